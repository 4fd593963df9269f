package store_test

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
)

func dialogOf(member coaching.MemberID, id string, at time.Time) coaching.Dialog {
	return coaching.Dialog{
		ID: id, Workspace: team, Member: member, Channel: "C1", Name: "new", Subject: "12",
		State: coaching.DialogOpen, Step: "target", Turn: 3, Walked: []string{"what", "whose"},
		Answers: map[string][]string{"kind": {"calls"}, "why": {}, "wins": {"pieces-calls", "play-x"}},
		Typed:   map[string][]string{"target": {"ราคา <!channel>"}}, Problems: map[string]coaching.Reason{"target": "size_missing"},
		OneByOne: true, Field: 1, Result: "", Requests: []string{"r1", "r2"}, Started: start, Changed: at,
	}
}

func TestDialogsComeBackAsTheyWere(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		dialog := dialogOf("U1", "d1", start)
		begun, repeated, err := s.BeginDialog(t.Context(), dialog)
		if err != nil || repeated {
			t.Fatal(repeated, err)
		}
		got, err := s.Dialog(t.Context(), team, "d1")
		if err != nil {
			t.Fatal(err)
		}
		dialog.Revision = begun.Revision
		if !reflect.DeepEqual(got, dialog) {
			t.Errorf("got  %+v\nwant %+v", got, dialog)
		}
		if _, err := s.Dialog(t.Context(), "slack:T2", "d1"); coaching.CodeOf(err) != coaching.NotFound {
			t.Errorf("another workspace finds it: %v", err)
		}
	})
}

func TestDialogBegunTwiceStaysAsItIs(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		if _, _, err := s.BeginDialog(t.Context(), dialogOf("U1", "d1", start)); err != nil {
			t.Fatal(err)
		}
		again := dialogOf("U1", "d1", start.Add(time.Hour))
		again.Step = "what"
		got, repeated, err := s.BeginDialog(t.Context(), again)
		if err != nil || !repeated || got.Step != "target" {
			t.Errorf("%+v, %t, %v", got, repeated, err)
		}
	})
}

func TestDialogMovedMeanwhileIsAConflict(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		read, _, err := s.BeginDialog(t.Context(), dialogOf("U1", "d1", start))
		if err != nil {
			t.Fatal(err)
		}
		saved, err := s.SaveDialog(t.Context(), read.Moved("period"))
		if err != nil || saved.Step != "period" || saved.Revision == read.Revision {
			t.Fatal(saved, err)
		}
		if _, err := s.SaveDialog(t.Context(), read.Moved("card")); coaching.CodeOf(err) != coaching.Conflict {
			t.Errorf("a stale write: %v", err)
		}
		if _, err := s.SaveDialog(t.Context(), saved.Moved("card")); err != nil {
			t.Error(err)
		}
	})
}

func TestLatestDialogsComeFirstAndAreTheMembersOwn(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		for i := range 25 {
			if _, _, err := s.BeginDialog(t.Context(), dialogOf("U1", fmt.Sprint("d", i), start.Add(time.Duration(i)*time.Second))); err != nil {
				t.Fatal(err)
			}
		}
		if _, _, err := s.BeginDialog(t.Context(), dialogOf("U2", "other", start.Add(time.Hour))); err != nil {
			t.Fatal(err)
		}
		got, err := s.DialogsOf(t.Context(), team, "U1")
		if err != nil || len(got) != 20 || got[0].ID != "d24" || got[19].ID != "d5" {
			t.Fatalf("%d dialogs, %v", len(got), err)
		}
		for range 2 {
			if err := s.DeleteDialog(t.Context(), team, "d24"); err != nil {
				t.Error(err)
			}
		}
		if got, err = s.DialogsOf(t.Context(), team, "U1"); err != nil || got[0].ID != "d23" {
			t.Errorf("after a deletion %s, %v", got[0].ID, err)
		}
	})
}
