package coaching_test

import (
	"regexp"
	"testing"

	"github.com/smallwins/smallwins/coaching"
)

func TestEveryKindHasAPlaybook(t *testing.T) {
	t.Parallel()
	for _, traits := range coaching.Kinds() {
		book, known := coaching.PlaybookOf(traits.Kind)
		if !known || book.Traits != traits || book.Formula == "" {
			t.Errorf("%s: %+v", traits.Kind, book)
			continue
		}
		if traits.Kind == coaching.Custom {
			continue
		}
		if len(book.Plays) < 3 || len(book.Checks) == 0 {
			t.Errorf("%s has %d plays and checks %v", traits.Kind, len(book.Plays), book.Checks)
		}
	}
	if _, known := coaching.PlaybookOf("smiles"); known {
		t.Error("a kind that there is not has a playbook")
	}
}

func TestPlaysFitIntoAWeekAndAnswerAQuestion(t *testing.T) {
	t.Parallel()
	name := regexp.MustCompile(`^[a-z]+(_[a-z]+)+$`)
	questions := make(map[coaching.Question]bool)
	for _, question := range coaching.Questions() {
		questions[question] = true
	}
	seen := make(map[coaching.PlayID]bool)
	for _, play := range coaching.Plays() {
		if seen[play.ID] || !name.MatchString(string(play.ID)) {
			t.Errorf("play %q is there twice or is no message id", play.ID)
		}
		seen[play.ID] = true
		if !questions[play.Question] {
			t.Errorf("%s answers no question", play.ID)
		}
		once, counted := play.Days >= 1 && play.Days <= 5, play.Pieces >= 1 && play.Counts != ""
		if once == counted {
			t.Errorf("%s is done once or counted, one of both: %+v", play.ID, play)
		}
		if found, known := coaching.PlayOf(play.ID); !known || found != play {
			t.Errorf("%s is not found", play.ID)
		}
	}
}

func TestTheEightKindsHaveTheArticlesChecks(t *testing.T) {
	t.Parallel()
	for kind, want := range map[coaching.Kind]coaching.CheckID{
		coaching.Revenue: coaching.CheckIDCosts,
		coaching.CAC:     coaching.CheckIDValue,
		coaching.CLV:     coaching.CheckIDValue,
		coaching.Leads:   coaching.CheckIDActivity,
		coaching.Churn:   coaching.CheckIDBase,
		coaching.Cycle:   coaching.CheckIDCycleDeals,
	} {
		book, _ := coaching.PlaybookOf(kind)
		if book.Checks[0] != want {
			t.Errorf("%s is held against %v, want %s first", kind, book.Checks, want)
		}
	}
}

// One quarter: 120,000 sold at a cost of 72,000, 12,000 spent on winning 20
// customers, 5 of 100 customers lost, 30 of 120 deals won.
//
//	margin    (120,000 − 72,000) / 120,000 = 40%
//	CLV       480 a customer and quarter / 5% lost a quarter = 9,600
//	CAC       12,000 / 20 = 600
//	churn     5 / 100 = 5%
//	win rate  30 / 120 = 25%
func TestFiguresFollowFromWhatHappened(t *testing.T) {
	t.Parallel()
	quarter := coaching.Tally{
		Revenue: number("120000"), Cost: number("72000"), Spend: number("12000"), Pieces: number("340"),
		Won: 20, Deals: coaching.Rate{Hits: 30, Of: 120}, Churn: coaching.Rate{Hits: 5, Of: 100},
		Cycle: mustSurvival(t, spells(coaching.FateWon, 10, 20, 30)),
	}
	for kind, want := range map[coaching.Kind]string{
		coaching.Revenue: "120000", coaching.Margin: "40", coaching.CLV: "9600", coaching.CAC: "600",
		coaching.Churn: "5", coaching.WinRate: "25", coaching.Cycle: "20", coaching.Leads: "340",
	} {
		book, _ := coaching.PlaybookOf(kind)
		figure, err := book.Formula.Figure(quarter)
		if err != nil || !figure.Equal(number(want)) {
			t.Errorf("%s: %s (%v), want %s", kind, figure, err, want)
		}
	}
	for _, kind := range []coaching.Kind{coaching.Margin, coaching.CLV, coaching.CAC, coaching.Churn, coaching.WinRate, coaching.Cycle} {
		book, _ := coaching.PlaybookOf(kind)
		if figure, err := book.Formula.Figure(coaching.Tally{}); reasonOf(err) != coaching.ReasonFigureUnknown {
			t.Errorf("%s of nothing is %s (%v)", kind, figure, err)
		}
	}
}
