package coaching_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/coaching"
)

func month(year int, m int) coaching.Period {
	return coaching.PeriodOf(coaching.Month, coaching.Date{Year: year, Month: 1, Day: 1}.AddMonths(m-1))
}

func query(kind coaching.Kind, period coaching.Period) coaching.KPIQuery {
	return coaching.KPIQuery{Kind: kind, Period: period, Today: coaching.DateOf(eventNow), Currency: "USD"}
}

func TestChurnIsThatOfThoseAtRisk(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		var events []coaching.Event
		var subscriptions []coaching.Subscription
		start := coaching.Date{Year: 2026, Month: 1, Day: 1}
		for i := range rapid.IntRange(1, 30).Draw(rt, "customers") {
			id := fmt.Sprint("c", i)
			s := coaching.Subscription{First: start.AddDays(rapid.IntRange(0, 80).Draw(rt, "first"))}
			events = append(events, event(coaching.CustomerStarted, id, s.First.String()))
			if stay := rapid.IntRange(0, 120).Draw(rt, "stay"); s.First.AddDays(stay).Before(coaching.DateOf(eventNow)) && stay > 0 {
				s.Last = s.First.AddDays(stay)
				events = append(events, event(coaching.CustomerChurned, id, s.Last.String()))
			}
			subscriptions = append(subscriptions, s)
		}
		book := bookOf(t, "2026-01-01", "2026-03-31", events...)
		for _, period := range []coaching.Period{month(2026, 2), month(2026, 3), coaching.PeriodOf(coaching.Quarter, start)} {
			if got, want := book.KPI(query(coaching.Churn, period)).Rate, coaching.ChurnOf(subscriptions, period); got != want {
				rt.Fatalf("churn of %v is %v, want %v", period, got, want)
			}
		}
	})
}

func TestTheCycleIsThatOfTheDealsThemselves(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		var events []coaching.Event
		var deals []coaching.Deal
		start := coaching.Date{Year: 2025, Month: 1, Day: 1}
		for i := range rapid.IntRange(1, 40).Draw(rt, "deals") {
			id := fmt.Sprint("d", i)
			deal := coaching.Deal{Opened: start.AddDays(rapid.IntRange(0, 440).Draw(rt, "opened")), Fate: coaching.FateOpen}
			events = append(events, event(coaching.DealCreated, id, deal.Opened.String()))
			days := rapid.IntRange(0, 90).Draw(rt, "days")
			if fate := rapid.SampledFrom([]coaching.Fate{coaching.FateWon, coaching.FateLost, coaching.FateOpen}).Draw(rt, "fate"); fate != coaching.FateOpen && !deal.Opened.AddDays(days).After(coaching.DateOf(eventNow)) {
				deal.Fate, deal.Closed = fate, deal.Opened.AddDays(days)
				kind := map[coaching.Fate]coaching.EventKind{coaching.FateWon: coaching.DealWon, coaching.FateLost: coaching.DealLost}[fate]
				closing := event(kind, id, deal.Closed.String())
				closing.At = closing.At.Add(1)
				events = append(events, closing)
			}
			deals = append(deals, deal)
		}
		book := bookOf(t, "2025-01-01", "2026-03-31", events...)
		for _, period := range []coaching.Period{month(2025, 3), month(2025, 12), month(2026, 3)} {
			through := period.To
			recent := slices.DeleteFunc(slices.Clone(deals), func(d coaching.Deal) bool { return !d.Opened.After(through.AddMonths(-12)) })
			want, err := coaching.CycleOf(recent, through)
			if err != nil {
				rt.Fatal(err)
			}
			got := book.KPI(query(coaching.Cycle, period)).Cycle
			if got.Median() != want.Median() || got.At(30) != want.At(30) {
				rt.Fatalf("cycle as of %s: median %+v, want %+v", through, got.Median(), want.Median())
			}
		}
	})
}

func TestMoneyFiguresSayWhatTheyRestOn(t *testing.T) {
	t.Parallel()
	events := []coaching.Event{
		event(coaching.DealWon, "a", "2026-02-02", "amount", "6000"),
		event(coaching.DealWon, "b", "2026-02-12", "amount", "4000"),
		event(coaching.DealWon, "eur", "2026-02-13", "amount", "99", "currency", "EUR"),
		event(coaching.DealLost, "c", "2026-02-20", "amount", "900"),
		// A quarter's marketing, of which February has 28 of 90 days.
		event(coaching.CostRecorded, "m", "2026-03-31", "amount", "9000", "category", "marketing", "from", "2026-01-01", "to", "2026-03-31"),
		event(coaching.CostRecorded, "p", "2026-02-28", "amount", "2500", "category", "production"),
		event(coaching.CustomerStarted, "k1", "2026-01-10", "value", "100"),
		event(coaching.CustomerStarted, "k2", "2026-02-10", "value", "200"),
		event(coaching.CustomerStarted, "k3", "2026-02-15", "value", "300"),
		event(coaching.CustomerRenewed, "k2", "2026-03-10", "value", "250"),
		event(coaching.CustomerChurned, "k1", "2026-03-20"),
	}
	book := bookOf(t, "2026-01-01", "2026-03-31", events...)
	for name, c := range map[string]struct {
		query   coaching.KPIQuery
		want    string
		rate    coaching.Rate
		foreign int
	}{
		"revenue":       {query(coaching.Revenue, month(2026, 2)), "10000", coaching.Rate{Hits: 2, Of: 3}, 1},
		"margin":        {query(coaching.Margin, month(2026, 2)), "75", coaching.Rate{}, 1},
		"cac":           {query(coaching.CAC, month(2026, 2)), "1400", coaching.Rate{Hits: 2, Of: 2}, 1},
		"win rate":      {query(coaching.WinRate, month(2026, 2)), "75", coaching.Rate{Hits: 3, Of: 4}, 0},
		"churn":         {query(coaching.Churn, month(2026, 3)), "33.333333", coaching.Rate{Hits: 1, Of: 3}, 0},
		"recurring":     {coaching.KPIQuery{Kind: coaching.Revenue, Recurring: true, Period: month(2026, 3), Today: coaching.DateOf(eventNow), Currency: "USD"}, "550", coaching.Rate{Hits: 2, Of: 2}, 0},
		"nothing of it": {query(coaching.Leads, month(2026, 2)), "0", coaching.Rate{}, 0},
	} {
		if k := book.KPI(c.query); !k.Known || k.Value.String() != c.want || c.rate != (coaching.Rate{}) && k.Rate != c.rate || k.Foreign != c.foreign {
			t.Errorf("%s is %s on %+v with %d foreign (%s), want %s on %+v with %d", name, k.Value, k.Rate, k.Foreign, k.Reason, c.want, c.rate, c.foreign)
		}
	}
	// Paid: 100 in January, 600 in February, 550 in March; production 2,500.
	clv := book.KPI(query(coaching.CLV, month(2026, 3)))
	if clv.Revenue.String() != "1250" || clv.Cost.String() != "2500" || clv.Rate != (coaching.Rate{Hits: 1, Of: 3}) || clv.Value.String() != "-1250" {
		t.Errorf("lifetime value %s rests on %s less %s over %+v (%s)", clv.Value, clv.Revenue, clv.Cost, clv.Rate, clv.Reason)
	}
}

func TestAQuartersCostIsSharedOutToTheLastDigit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		amount := decimal.New(rapid.Int64Range(1, 99999999).Draw(rt, "amount"), -2)
		days := rapid.IntRange(1, 90).Draw(rt, "days")
		to := coaching.Date{Year: 2026, Month: 1, Day: 1}.AddDays(days - 1)
		book := bookOf(t, "2026-01-01", "2026-03-31", event(coaching.CostRecorded, "c", "2026-03-01", "amount", amount.String(), "category", "sales", "from", "2026-01-01", "to", to.String()))
		if got := book.Total(book.From, book.To, func(coaching.Cut) bool { return true }).Spent(); !got.Equal(amount) {
			rt.Fatalf("%s over %d days adds up to %s", amount, days, got)
		}
	})
}

func TestAFigureThatIsRecordedGoesBeforeOneThatIsReckoned(t *testing.T) {
	t.Parallel()
	won := event(coaching.DealWon, "a", "2026-02-02", "amount", "6000")
	book := bookOf(t, "2026-01-01", "2026-03-31", won,
		event(coaching.MetricRecorded, "m1", "2026-03-02", "metric", "revenue", "value", "5000", "from", "2026-02-01", "to", "2026-02-28"),
		event(coaching.MetricRecorded, "m2", "2026-03-05", "metric", "churn", "value", "2.5", "of", "80", "from", "2026-02-01", "to", "2026-02-28"),
		event(coaching.MetricRecorded, "m3", "2026-03-05", "metric", "revenue", "value", "9000", "from", "2026-01-15", "to", "2026-02-15"), // of no month
	)
	if k := book.KPI(query(coaching.Revenue, month(2026, 2))); k.Value.String() != "5000" || !k.Direct {
		t.Errorf("revenue %s, direct %v", k.Value, k.Direct)
	}
	if k := book.KPI(query(coaching.Churn, month(2026, 2))); k.Value.String() != "2.5" || k.Rate != (coaching.Rate{Hits: 2, Of: 80}) {
		t.Errorf("churn %s of %+v", k.Value, k.Rate)
	}
}

func TestPartsAddUpToTheWhole(t *testing.T) {
	t.Parallel()
	book := bookOf(t, "2026-01-01", "2026-03-31",
		event(coaching.DealWon, "a", "2026-02-02", "amount", "6000", "product", "Pro", "owner", "Nok", "stage", "Demo"),
		event(coaching.DealLost, "b", "2026-02-03", "product", "Pro", "owner", "nok ", "stage", "Demo"),
		event(coaching.DealWon, "c", "2026-02-04", "amount", "10", "product", "Basic"),
	)
	parts := book.Parts(query(coaching.WinRate, month(2026, 2)), func(cut coaching.Cut) string { return cut.Product })
	if len(parts) != 2 || parts[0].Name != "Basic" || parts[1].KPI.Rate != (coaching.Rate{Hits: 1, Of: 2}) {
		t.Errorf("by product: %+v", parts)
	}
	owners := coaching.Owners{{Name: "NOK", Member: "U1"}}
	q := query(coaching.WinRate, month(2026, 2))
	q.Keep = owners.Keep("U1")
	if k := book.KPI(q); k.Rate != (coaching.Rate{Hits: 1, Of: 2}) {
		t.Errorf("of the member: %+v", k.Rate)
	}
	stages := book.Stages(month(2026, 2), nil)
	if len(stages) != 1 || stages[0] != (coaching.StageTally{Stage: "Demo", Won: 1, Lost: 1, LostHere: 1}) {
		t.Errorf("by stage: %+v", stages)
	}
}
