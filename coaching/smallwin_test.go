package coaching_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/smallwins/smallwins/coaching"
)

// judged is where a goal of June 2026 stands on the morning of Tuesday the
// 16th, with 11 of its 22 working days done and 4 left of the week.
func judged(t testing.TB, goal coaching.Goal, value string) coaching.Judgement {
	t.Helper()
	goal.Number, goal.Period, goal.CreatedAt = 12, june, fromMay
	progress := coaching.Progress{Value: number(value), Entries: 1, LastAt: inJune}
	return coaching.Judge(coaching.Standing{Goal: mustGoal(t, goal), Progress: progress}, coaching.Calendar{}, june16, time.UTC)
}

// deals is a goal of 22 deals.
func deals() coaching.Goal {
	return coaching.Goal{Kind: coaching.Custom, Noun: "Deals", Size: exactly("22")}
}

func tuesday(j coaching.Judgement) coaching.WinAsk {
	return coaching.WinAsk{Judgement: j, Today: june16, Member: "U1"}
}

func summary(p coaching.WinProposal) string {
	var lines []string
	for _, win := range p.Wins {
		lines = append(lines, fmt.Sprintf("%s %d", win.Title, win.Count))
	}
	return string(p.Reason) + ": " + strings.Join(lines, ", ")
}

// 9 of 22 deals where 11 are due: 2 behind. The other 13 in 11 working days
// are 4.73 in the week's four, and half of that, for one of two reps, 2.36:
// 2.36 / 25% = 9.5, so 10 qualified leads; 2.36 / 25% / 40% = 23.6, so 24 calls.
func TestAGapBecomesThisWeeksWins(t *testing.T) {
	t.Parallel()
	ask := tuesday(judged(t, deals(), "9"))
	ask.Funnel, ask.Share = callsToDeals(t), 0.5
	ask.Plan = coaching.Plan{Goal: 12, LeakFix: "send the offer on the same day"}
	p := coaching.ProposeWins(ask)
	if got, want := summary(p), "wins_behind: win_pieces_leads 10, win_pieces_calls 24, win_answer_leak 0"; got != want {
		t.Fatalf("%s, want %s", got, want)
	}
	for _, win := range p.Wins {
		if win.Goal != 12 || win.Member != "U1" || win.Week != mustDate(t, "2026-06-15") || win.Due != mustDate(t, "2026-06-19") || win.Capped {
			t.Errorf("%+v", win)
		}
	}
	if last := p.Wins[2]; last.Text != "send the offer on the same day" || last.Source != coaching.WinFromQuestion {
		t.Errorf("%+v", last)
	}
}

// 190,000 of 440,000 with 220,000 due: the other 250,000 in 11 days are 90,909
// in four; at 20,000 a deal that is 4.55 deals, 18.2 leads and 45.5 calls. Four
// leads a day is the most that fits: 16.
func TestAGapInMoneyIsCappedAtWhatFits(t *testing.T) {
	t.Parallel()
	ask := tuesday(judged(t, coaching.Goal{Kind: coaching.Revenue, Currency: "USD", Size: exactly("440000")}, "190000"))
	ask.Funnel, ask.Size = callsToDeals(t), coaching.DealSize{Mean: number("20000"), Deals: 40, Variation: 0.5}
	p := coaching.ProposeWins(ask)
	if len(p.Wins) != 3 || p.Wins[0].Title != "win_pieces_leads" || p.Wins[0].Count != 16 || !p.Wins[0].Capped || p.Wins[1].Count != 46 || p.Wins[1].Capped {
		t.Fatal(summary(p))
	}
	// Who usually makes 6 calls a day is asked for half as many again: 36.
	ask.Usual = map[string]float64{"calls": 6}
	if p := coaching.ProposeWins(ask); p.Wins[1].Count != 36 || !p.Wins[1].Capped {
		t.Error(summary(p))
	}
}

func TestOnPaceThereAreFewerAndSmallerWinsAndNoneWhenReached(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		value  string
		wins   int
		reason coaching.Reason
	}{
		{"9", 3, coaching.ReasonWinsBehind},
		{"11", 2, coaching.ReasonWinsOnPace},
		{"15", 1, coaching.ReasonWinsAhead},
		{"22", 0, coaching.ReasonWinsReached},
	} {
		ask := tuesday(judged(t, deals(), tt.value))
		ask.Funnel = callsToDeals(t)
		ask.Plan = coaching.Plan{Hiccups: "offers lie around", Reach: "the trade fair"}
		p := coaching.ProposeWins(ask)
		if len(p.Wins) != tt.wins || p.Reason != tt.reason {
			t.Errorf("%s of 22: %s", tt.value, summary(p))
		}
		if len(p.Wins) > 1 && p.Wins[len(p.Wins)-1].Kind != coaching.WinAnswer {
			t.Errorf("%s of 22: no win is for how it is done: %s", tt.value, summary(p))
		}
	}
}

func TestDaysOffHaveNoWinsAndShortWeeksFew(t *testing.T) {
	t.Parallel()
	ask := tuesday(judged(t, deals(), "9"))
	ask.Funnel = callsToDeals(t)
	ask.Plan = coaching.Plan{Hiccups: "offers lie around"}
	for _, tt := range []struct {
		name   string
		change func(*coaching.WinAsk)
		wins   int
		reason coaching.Reason
	}{
		{"a Saturday", func(a *coaching.WinAsk) { a.Today = mustDate(t, "2026-06-20") }, 0, coaching.ReasonWinsDayOff},
		{"leave", func(a *coaching.WinAsk) { a.Calendar = a.Calendar.Without(june16) }, 0, coaching.ReasonWinsDayOff},
		{"the last day of the week", func(a *coaching.WinAsk) { a.Today = mustDate(t, "2026-06-19") }, 1, coaching.ReasonWinsBehind},
		{"leave from Thursday", func(a *coaching.WinAsk) {
			a.Calendar = a.Calendar.WithoutPeriod(mustDate(t, "2026-06-18"), mustDate(t, "2026-06-26"))
		}, 2, coaching.ReasonWinsBehind},
		{"after the period", func(a *coaching.WinAsk) { a.Today = mustDate(t, "2026-07-01") }, 0, coaching.ReasonWinsOutside},
		{"a parked goal", func(a *coaching.WinAsk) { a.Judgement.Goal.State = coaching.Parked }, 0, coaching.ReasonWinsNotActive},
	} {
		changed := ask
		tt.change(&changed)
		p := coaching.ProposeWins(changed)
		if len(p.Wins) != tt.wins || p.Reason != tt.reason {
			t.Errorf("%s: %s", tt.name, summary(p))
		}
		for _, win := range p.Wins {
			if !changed.Calendar.Works(win.Due) || win.Due.Before(changed.Today) {
				t.Errorf("%s: due on %s", tt.name, win.Due)
			}
		}
	}
}

func TestTheWeekBeginsWhereTheTeamsDoes(t *testing.T) {
	t.Parallel()
	ask := tuesday(judged(t, deals(), "9"))
	ask.Funnel = callsToDeals(t)
	sunday := []time.Weekday{time.Sunday, time.Monday, time.Tuesday, time.Wednesday, time.Thursday}
	ask.Calendar = mustCalendar(t, sunday)
	win := coaching.ProposeWins(ask).Wins[0]
	if win.Week != mustDate(t, "2026-06-14") || win.Due != mustDate(t, "2026-06-18") {
		t.Errorf("a week from Sunday: %s to %s", win.Week, win.Due)
	}
}

func TestLevelsTakeTheirWinsFromThePlanAndThePlaybook(t *testing.T) {
	t.Parallel()
	churn := coaching.Goal{Kind: coaching.Churn, Size: exactly("2"), Baseline: number("3"), HasBaseline: true}
	ask := tuesday(judged(t, churn, "3.5"))
	ask.Plan = coaching.Plan{Tools: "a list of accounts by last login", HasTools: coaching.ToolsMissing}
	p := coaching.ProposeWins(ask)
	if len(p.Wins) != 3 || p.Reason != coaching.ReasonWinsBehind {
		t.Fatal(summary(p))
	}
	plays := 0
	for _, win := range p.Wins {
		if win.Kind == coaching.WinPieces {
			t.Errorf("a churn rate has no pieces: %+v", win)
		}
		if win.Kind == coaching.WinPlay {
			plays++
		}
	}
	if plays != 2 {
		t.Errorf("%d plays beside one answer: %s", plays, summary(p))
	}
	if met := coaching.ProposeWins(tuesday(judged(t, churn, "1.5"))); met.Reason != coaching.ReasonWinsReached {
		t.Error(summary(met))
	}
	// Next month the plays tried give way to others.
	ask.Tried = nil
	for _, win := range p.Wins {
		if win.Play != "" {
			ask.Tried = append(ask.Tried, win.Play)
		}
	}
	for _, win := range coaching.ProposeWins(ask).Wins {
		if slices.Contains(ask.Tried, win.Play) {
			t.Errorf("%s is proposed again", win.Play)
		}
	}
}

func TestAPersonHasThreeWinsOverAllGoals(t *testing.T) {
	t.Parallel()
	ask := tuesday(judged(t, deals(), "9"))
	ask.Funnel = callsToDeals(t)
	other := coaching.SmallWin{ID: "a", Goal: 7, Member: "U1", Week: mustDate(t, "2026-06-15")}
	elsewhere := coaching.SmallWin{ID: "b", Goal: 7, Member: "U2", Week: mustDate(t, "2026-06-15")}
	ask.Kept = []coaching.SmallWin{other, elsewhere}
	if p := coaching.ProposeWins(ask); len(p.Wins) != 2 {
		t.Errorf("beside one win of another goal: %s", summary(p))
	}
	second, third := other, other
	second.ID, third.ID = "c", "d"
	ask.Kept = []coaching.SmallWin{other, second, third}
	if p := coaching.ProposeWins(ask); len(p.Wins) != 0 || p.Reason != coaching.ReasonWinsWeekFull {
		t.Errorf("beside three: %s", summary(p))
	}
}

func TestTickingAWinTwiceIsOneEvent(t *testing.T) {
	t.Parallel()
	ask := tuesday(judged(t, deals(), "9"))
	ask.Funnel = callsToDeals(t)
	wins := coaching.ProposeWins(ask).Wins
	dao := coaching.Member{ID: "U1", Name: "Dao"}
	first, err := wins[0].Done(dao, inJune, "before lunch", "r1")
	if err != nil {
		t.Fatal(err)
	}
	again, err := wins[0].Done(dao, inJune.Add(time.Hour), "", "r2")
	if err != nil || first.ID != again.ID || first.Win != wins[0].ID || first.Name != "Dao" {
		t.Errorf("%+v and %+v, %v", first, again, err)
	}
	if ticked, all := coaching.TickedOf(wins, []coaching.WinDone{first, again}); ticked != 1 || all {
		t.Errorf("%d of %d ticked, all %v", ticked, len(wins), all)
	}
	if ticked, all := coaching.TickedOf(wins[:1], []coaching.WinDone{first}); ticked != 1 || !all {
		t.Errorf("%d of 1 ticked, all %v", ticked, all)
	}
	if _, err := wins[0].Done(coaching.Member{ID: "U2"}, inJune, "", "r3"); coaching.CodeOf(err) != coaching.Forbidden {
		t.Errorf("somebody else's: %v", err)
	}
	if _, err := wins[0].Done(dao, inJune, strings.Repeat("x", coaching.MaxNote+1), "r4"); reasonOf(err) != "note_too_long" {
		t.Errorf("a long note: %v", err)
	}
}
