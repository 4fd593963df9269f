package store_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
)

// aWin is a small win of the week of start, told apart by its slot.
func aWin(goal coaching.Goal, member coaching.MemberID, slot string) coaching.SmallWin {
	week := coaching.DateOf(start)
	return coaching.SmallWin{
		ID: fmt.Sprintf("win~%d~%s~%s~%s", goal.Number, week, slot, member), Workspace: goal.Workspace, Goal: goal.Number, Member: member,
		Week: week, Due: week.AddDays(4), Kind: coaching.WinPieces, Source: coaching.WinFromGap,
		Title: "win_pieces_meetings", Count: 5, Stage: "meetings", Capped: true, Text: "*as* <!channel> wrote it",
	}
}

func saveWins(t testing.TB, s *store.Store, at time.Time, wins ...coaching.SmallWin) {
	t.Helper()
	if err := s.SaveWins(t.Context(), wins, at); err != nil {
		t.Fatal(err)
	}
}

func TestWinsComeBackInTheOrderOfTheirProposalAndStayAsTheyWere(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		goal := created(t, s, demos(t, "U1"), "d")
		second, first, last := aWin(goal, "U1", "b"), aWin(goal, "U1", "c"), aWin(goal, "U1", "a")
		saveWins(t, s, start, first, second)
		grown := second
		grown.Count = 50
		saveWins(t, s, start.Add(time.Hour), grown, last)
		before := aWin(goal, "U1", "z")
		before.ID, before.Week = "win~of~the~week~before", before.Week.AddDays(-7)
		saveWins(t, s, start, before, aWin(goal, "U2", "a"))
		got, err := s.WinsSince(t.Context(), team, "U1", coaching.DateOf(start))
		if err != nil {
			t.Fatal(err)
		}
		if want := []coaching.SmallWin{first, second, last}; fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
			t.Errorf("got  %+v\nwant %+v", got, want)
		}
		if _, err := s.Win(t.Context(), "slack:T2", first.ID); coaching.CodeOf(err) != coaching.NotFound {
			t.Errorf("another workspace reads it: %v", err)
		}
	})
}

func TestWinIsTickedByOneOfManyPresses(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		goal := created(t, s, demos(t, "U1"), "d")
		win, other := aWin(goal, "U1", "a"), aWin(goal, "U1", "b")
		saveWins(t, s, start, win, other)
		const presses = 8
		requests := make([]string, presses)
		var all sync.WaitGroup
		for press := range presses {
			all.Go(func() {
				done, err := win.Done(coaching.Member{ID: "U1", Name: "Nok"}, start, "", fmt.Sprint("r", press))
				if err != nil {
					t.Error(err)
				}
				recorded, repeated, err := s.RecordWin(t.Context(), done)
				if err != nil || repeated == (recorded.Request == done.Request) {
					t.Errorf("press %d: recorded %+v, repeated %v, %v", press, recorded, repeated, err)
				}
				requests[press] = recorded.Request
			})
		}
		all.Wait()
		ticks, err := s.Ticks(t.Context(), []coaching.SmallWin{win, other})
		if err != nil || len(ticks) != 1 || ticks[0].Win != win.ID || ticks[0].Name != "Nok" || !ticks[0].At.Equal(start) {
			t.Fatalf("ticks = %+v, %v; want one, of %s", ticks, err, win.ID)
		}
		for press, request := range requests {
			if request != ticks[0].Request {
				t.Errorf("press %d was told of request %s, want %s", press, request, ticks[0].Request)
			}
		}
	})
}
