package coaching_test

import (
	"slices"
	"testing"

	"github.com/smallwins/smallwins/coaching"
)

// Every month that is over has its figure, from the first in which something
// happened that the figure is of: deals for a win rate, revenue for a margin.
func TestClosedMonthsBeginWithTheFirstThatHasSomething(t *testing.T) {
	t.Parallel()
	feeds := coaching.Feeds{
		{Source: coaching.FeedDeals, First: coaching.Date{Year: 2026, Month: 1, Day: 1}},
		{Source: coaching.FeedCosts, First: coaching.Date{Year: 2026, Month: 1, Day: 1}},
	}
	book := bookOf(t, "2026-01-01", "2026-03-31",
		event(coaching.CostRecorded, "p1", "2026-01-30", "amount", "500", "category", "production"), // nothing is sold yet
		event(coaching.DealWon, "a", "2026-02-12", "amount", "4000"),
		event(coaching.CostRecorded, "p2", "2026-02-27", "amount", "1000", "category", "production"),
		event(coaching.DealWon, "b", "2026-03-03", "amount", "2000"),
		event(coaching.DealLost, "c", "2026-03-03"),
		event(coaching.CostRecorded, "p3", "2026-03-20", "amount", "1500", "category", "production"),
	)
	april := coaching.Date{Year: 2026, Month: 4, Day: 2}
	for kind, want := range map[coaching.Kind][]string{
		coaching.Margin:  {"2026-02-01 75", "2026-03-01 25"},
		coaching.WinRate: {"2026-02-01 100", "2026-03-01 50"},
		coaching.Revenue: {"2026-02-01 4000", "2026-03-01 2000"},
	} {
		q := query(kind, month(2026, 3))
		q.Today = april
		var got []string
		for _, o := range book.ClosedMonths(q, feeds) {
			got = append(got, o.Period.From.String()+" "+o.Value.String())
			if !o.Fed {
				t.Errorf("%s of %s is not said to be fed", kind, o.Period.From)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s has %q, want %q", kind, got, want)
		}
	}
}
