package coaching_test

import (
	"testing"
	"time"

	"github.com/smallwins/smallwins/coaching"
)

func TestAFigureOfAPartOfThePeriodIsHeldAgainstNothing(t *testing.T) {
	t.Parallel()
	// Set on 10 November for Q4: the 45 logged since are not what Q4 brought.
	goal := revenueGoal(t, quarterOf(2026, time.October), "120")
	goal.CreatedAt = at(t, "2026-11-10 09:00")
	history := monthly(coaching.Revenue, 2025, time.January, repeat(22, 300)...)
	end := coaching.Ending{
		Goal: goal, Entries: []coaching.Entry{logged(t, "a", "2026-11-20 09:00", "ann", "45")}, At: at(t, "2027-01-05 09:00"),
		Expected:    coaching.Expectation{Low: 850, Middle: 900, High: 950, Target: figure(t, "120"), Chance: 0.99, Verdict: coaching.Comfortable},
		HasExpected: true, History: history,
	}
	r := mustReview(t, end)
	if !r.Partial || r.Result != coaching.ResultMissed || len(r.Observations) != 0 {
		t.Errorf("partial %v, %s, leaves %v", r.Partial, r.Result, r.Observations)
	}
	if r.Grade.Graded || r.Grade.Scored || r.Grade.Reason != coaching.GradePartial {
		t.Errorf("grade %+v", r.Grade)
	}
	between(t, "next middle", r.Next.Expected.Middle, 850, 950)

	// The books' figure is of the whole period, whenever the goal was set.
	end.Final, end.HasFinal = figure(t, "900"), true
	if r := mustReview(t, end); r.Partial || !r.Grade.Graded || len(r.Observations) == 0 {
		t.Errorf("of the books: partial %v, grade %+v, leaves %v", r.Partial, r.Grade, r.Observations)
	}
}
