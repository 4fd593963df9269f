package commands_test

import (
	"testing"

	"github.com/smallwins/smallwins/coaching"
)

func TestWhatCannotBeTrueIsNotLogged(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-10-20 09:00")
	for i, test := range []struct {
		kind   coaching.Kind
		target string
		// taken stands already, so that what follows adds to it.
		taken string
		// refused are amounts with their reasons.
		refused map[string]coaching.Reason
		fine    []string
	}{
		{coaching.WinRate, "35", "=30%", map[string]coaching.Reason{
			"+400,000": "points_above_hundred", "+80": "percent_above_hundred", "-31": "percent_below_zero", "=101%": "percent_above_hundred", "=-1%": "level_negative",
		}, []string{"+5", "-10", "=45%", "=0"}},
		{coaching.Churn, "2", "=2.5%", map[string]coaching.Reason{"-3": "percent_below_zero", "-400000": "points_above_hundred"}, []string{"-0.5"}},
		{coaching.Margin, "40", "=10%", map[string]coaching.Reason{"+91": "percent_above_hundred", "=140%": "percent_above_hundred"}, []string{"=-12%", "+5"}},
		{coaching.Revenue, "40000", "+100", map[string]coaching.Reason{"+4000001": "amount_far_beyond", "-5m": "amount_far_beyond"}, []string{"-500", "+4000000"}},
		{coaching.Leads, "30", "+2", map[string]coaching.Reason{"+3001": "amount_far_beyond", "+1.5": "count_not_whole", "-3": "total_below_zero"}, []string{"-2", "+12"}},
		{coaching.Calls, "200", "+1", map[string]coaching.Reason{"+400,000": "amount_far_beyond", "+0.5": "count_not_whole", "-2": "total_below_zero"}, []string{"+60"}},
		{coaching.Cycle, "30", "=31", map[string]coaching.Reason{"=400,000": "days_too_many", "+400000": "days_too_many", "-32": "total_below_zero"}, []string{"=29", "-1.5"}},
		{coaching.CAC, "900", "=1000", map[string]coaching.Reason{"=-5": "level_negative"}, []string{"-100", "=850.50"}},
		{coaching.CLV, "9000", "=8000", map[string]coaching.Reason{"=-5": "level_negative"}, []string{"+100"}},
	} {
		o.sets(test.kind, nok, string(test.kind), coaching.Quarter, "2026-10-01", test.target)
		number := "#" + string(rune('1'+i)) + " "
		o.reads(nok, "log "+number+test.taken)
		for amount, reason := range test.refused {
			o.refuses(nok, "log "+number+amount, reason)
		}
		for _, amount := range test.fine {
			o.reads(nok, "log "+number+amount)
			o.reads(nok, "undo")
		}
	}
}

// Slack repeats a request whose answer it lost; what made sense the first time is
// not refused for being there already.
func TestARepeatedEntryIsNotTakenForAnImpossibleOne(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-10-20 09:00")
	o.sets(coaching.WinRate, nok, "Win rate", coaching.Quarter, "2026-10-01", "80")
	o.reads(nok, "log #1 =30%")
	o.later()
	for _, want := range []string{"Logged +60%", "counts once"} {
		o.asked = 100 // the same request
		wants(t, o.reads(nok, "log #1 +60"), want, "90% now")
	}
}
