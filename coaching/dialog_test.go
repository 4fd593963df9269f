package coaching_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/coaching"
)

func TestDialogTokenNamesTheDialogAndItsTurn(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		dialog := coaching.Dialog{ID: rapid.StringMatching(`[a-v0-9]{1,40}`).Draw(t, "id"), Turn: rapid.IntRange(0, 1e6).Draw(t, "turn")}
		if id, turn, ok := coaching.ParseDialogToken(dialog.Token()); !ok || id != dialog.ID || turn != dialog.Turn {
			t.Fatalf("%q reads as %q, %d, %t", dialog.Token(), id, turn, ok)
		}
	})
	for _, token := range []string{"", "x", ".1", "x.", "x.-1", "x.1.2", "x.one", "x.99999999999999999999"} {
		if _, _, ok := coaching.ParseDialogToken(token); ok {
			t.Errorf("%q is taken for a token", token)
		}
	}
}

func TestDialogBackTakesTheStepsThatAreStillThere(t *testing.T) {
	t.Parallel()
	dialog := coaching.Dialog{Step: "what", Typed: map[string][]string{"what": {"x"}}, Field: 1}.Moved("whose").Moved("period").Moved("card")
	if dialog.Step != "card" || dialog.Turn != 3 || dialog.Typed != nil || dialog.Field != 0 {
		t.Fatalf("moved to %+v", dialog)
	}
	back := dialog.Back([]string{"what", "whose", "card"})
	if back.Step != "whose" || back.Turn != 4 || !slices.Equal(back.Walked, []string{"what"}) {
		t.Errorf("back to %+v", back)
	}
	if first := back.Back(nil); first.Step != back.Step || first.Turn != back.Turn {
		t.Errorf("there is no way back, yet it went to %+v", first)
	}
	if !slices.Equal(dialog.Walked, []string{"what", "whose", "period"}) {
		t.Errorf("going back changed the dialog it began from: %v", dialog.Walked)
	}
}

func TestDialogRemembersABoundedPast(t *testing.T) {
	t.Parallel()
	dialog := coaching.Dialog{Step: "first"}
	at := time.Date(2026, 3, 17, 9, 0, 0, 0, time.UTC)
	for i := range 1000 {
		dialog = dialog.Moved(fmt.Sprint("step", i)).Touched(fmt.Sprint("request", i), at)
	}
	if len(dialog.Walked) > 100 || len(dialog.Requests) > 100 {
		t.Errorf("remembers %d steps and %d requests", len(dialog.Walked), len(dialog.Requests))
	}
	if !dialog.Repeats("request999") || dialog.Repeats("request0") {
		t.Errorf("remembers %v", dialog.Requests)
	}
}

func TestDialogExpiresAfterAWeek(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 17, 9, 0, 0, 0, time.UTC)
	dialog := coaching.Dialog{State: coaching.DialogOpen}.Touched("r", at)
	if !dialog.Waits(at.Add(coaching.DialogLife)) || dialog.Waits(at.Add(coaching.DialogLife+time.Second)) {
		t.Error("waits for another time than a week")
	}
}

func TestDialogAnswersAreItsOwn(t *testing.T) {
	t.Parallel()
	given := map[string][]string{"kind": {"calls"}, "why": {}}
	dialog := coaching.Dialog{}.With(given)
	given["kind"][0] = "churn"
	later := dialog.With(map[string][]string{"kind": {"leads"}}).Without("why")
	if dialog.Answer("kind") != "calls" || !dialog.Answered("why") || dialog.Answer("why") != "" {
		t.Errorf("answers %v", dialog.Answers)
	}
	if later.Answer("kind") != "leads" || later.Answered("why") {
		t.Errorf("answers %v", later.Answers)
	}
}
