package coaching_test

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

// company is a simulated small company: about 30 deals are decided a month, it has
// 400 customers, and its costs and margins have the noise of such a company's.
type company struct {
	random *rand.Rand
	months int
	days   map[coaching.Date]*coaching.DayTally
	values map[coaching.Kind][]coaching.Observation
}

// state is how a company does in a month.
type state struct {
	winRate, churn, margin, cost float64
	cycle                        float64 // median days
}

var usually = state{winRate: 0.25, churn: 0.015, margin: 40, cost: 700, cycle: 24}

func newCompany(seed uint64) *company {
	c := &company{random: rand.New(rand.NewPCG(seed, 7)), days: make(map[coaching.Date]*coaching.DayTally), values: make(map[coaching.Kind][]coaching.Observation)}
	c.on(january2024).Started = 400
	return c
}

func (c *company) on(day coaching.Date) *coaching.DayTally {
	if c.days[day] == nil {
		c.days[day] = new(coaching.DayTally)
	}
	return c.days[day]
}

// lives lets a month pass.
func (c *company) lives(s state) {
	month := coaching.PeriodOf(coaching.Month, january2024.AddMonths(c.months))
	c.months++
	for range 30 {
		opened := month.From.AddDays(c.random.IntN(month.Days()))
		took := int(math.Round(math.Exp(math.Log(s.cycle) + 0.5*c.random.NormFloat64())))
		c.on(opened).Opened++
		end := c.on(opened.AddDays(took))
		if c.random.Float64() < s.winRate {
			end.Won++
			end.Ends = append(end.Ends, coaching.End{Days: took, Fate: coaching.FateWon, N: 1})
		} else {
			end.Lost++
			end.Ends = append(end.Ends, coaching.End{Days: took, Fate: coaching.FateLost, N: 1})
		}
	}
	for range 400 {
		if c.random.Float64() < s.churn { // as many come as go
			day := c.on(month.From.AddDays(c.random.IntN(month.Days())))
			day.Left = append(day.Left, coaching.Leaving{Days: 200, N: 1})
			day.Started++
		}
	}
	c.figure(coaching.Margin, month, s.margin+1.2*c.random.NormFloat64())
	c.figure(coaching.CAC, month, s.cost*math.Exp(0.12*c.random.NormFloat64()))
	c.figure(coaching.CLV, month, 1000*math.Exp(0.05*c.random.NormFloat64()))
}

func (c *company) figure(kind coaching.Kind, month coaching.Period, value float64) {
	c.values[kind] = append(c.values[kind], coaching.Observation{Kind: kind, Period: month, Value: decimal.NewFromFloat(value)})
}

// looks judges the months that are over and returns the families of which a warning
// begins.
func (c *company) looks(t *testing.T, before map[coaching.Stream]coaching.Episode) map[coaching.StreamFamily]coaching.Warning {
	t.Helper()
	today := january2024.AddMonths(c.months)
	book := coaching.DayBook{From: january2024, To: today.AddDays(-1)}
	for day := book.From; day.Before(today); day = day.AddDays(1) {
		if tally := c.days[day]; tally != nil {
			book.Days = append(book.Days, coaching.Rollup{Day: day, Cells: map[coaching.Cut]*coaching.DayTally{{}: tally}})
		}
	}
	began := january2024.In(time.UTC)
	sightings, err := coaching.Look(coaching.Lookout{
		Today: today, Book: book, Values: c.values, Before: before,
		Feeds: coaching.Feeds{
			{Source: coaching.FeedDeals, First: january2024, Since: began}, {Source: coaching.FeedCustomers, First: january2024, Since: began},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	found := make(map[coaching.StreamFamily]coaching.Warning)
	for _, sighting := range sightings {
		before[sighting.Stream] = sighting.Alarm.Episode
		if sighting.Alarm.Event == coaching.AlarmBegan {
			found[sighting.Stream.Family] = sighting.Fact
		}
	}
	return found
}

func TestEachWarningCanBeRaisedAtTheVolumeOfASmallCompany(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		change   func(*state)
		families []coaching.StreamFamily
	}{
		"much at once": {
			func(s *state) { s.winRate, s.churn, s.margin, s.cost = 0.125, 0.035, 35, 1400 },
			[]coaching.StreamFamily{coaching.FamilyWinRate, coaching.FamilyChurn, coaching.FamilyCostToValue, coaching.FamilyMargin},
		},
		"the cycle alone": {func(s *state) { s.cycle = 42 }, []coaching.StreamFamily{coaching.FamilyCycle}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			const companies, usual, bad = 4, 24, 9
			early, inTime := make(map[coaching.StreamFamily]int), make(map[coaching.StreamFamily]int)
			for seed := range uint64(companies) {
				c, before := newCompany(seed), make(map[coaching.Stream]coaching.Episode)
				told := make(map[coaching.StreamFamily]bool)
				for month := range usual + bad {
					now := usually
					if month >= usual {
						tt.change(&now)
					}
					if c.lives(now); month < usual-2 {
						continue
					}
					for family, warning := range c.looks(t, before) {
						if month < usual {
							early[family]++
							continue
						}
						if !told[family] {
							told[family] = true
							inTime[family]++
						}
						if warning.Is == 0 || warning.Since.IsZero() || len(warning.Plays) != 2 {
							t.Errorf("company %d is told %+v", seed, warning)
						}
					}
				}
			}
			for _, family := range tt.families {
				if inTime[family] < companies*3/4 || early[family] > 1 {
					t.Errorf("%s: %d of %d companies are warned within %d months, and %d before", family, inTime[family], companies, bad, early[family])
				}
			}
		})
	}
}

func TestListOfTodaysCustomersIsNoHistoryOfChurn(t *testing.T) {
	t.Parallel()
	c := newCompany(1)
	for range 30 {
		c.lives(usually)
	}
	// Of all that happened, the list knows who is still there and who left last.
	last := january2024.AddMonths(29)
	for day, tally := range c.days {
		if day.Before(last) {
			tally.Left = nil
		}
	}
	c.on(last).Left = []coaching.Leaving{{Days: 300, N: 40}}
	book := coaching.DayBook{From: january2024, To: last.AddMonths(1).AddDays(-1)}
	for day := book.From; !day.After(book.To); day = day.AddDays(1) {
		if tally := c.days[day]; tally != nil {
			book.Days = append(book.Days, coaching.Rollup{Day: day, Cells: map[coaching.Cut]*coaching.DayTally{{}: tally}})
		}
	}
	for name, tt := range map[string]struct {
		since  coaching.Date
		months int
		warned bool
	}{
		"brought in at the end":    {last.AddDays(20), 1, false},
		"received as it went":      {january2024, 29, true},
		"received since last year": {last.AddMonths(-12), 13, true},
	} {
		feeds := coaching.Feeds{{Source: coaching.FeedCustomers, First: january2024, Since: tt.since.In(time.UTC)}}
		months := book.ClosedMonths(coaching.KPIQuery{Kind: coaching.Churn, Today: last.AddMonths(1)}, feeds)
		if len(months) != tt.months {
			t.Errorf("%s: %d months of churn are known, want %d", name, len(months), tt.months)
		}
		sightings, err := coaching.Look(coaching.Lookout{Today: last.AddMonths(1), Book: book, Feeds: feeds})
		if err != nil {
			t.Fatal(err)
		}
		warned := false
		for _, sighting := range sightings {
			warned = warned || sighting.Alarm.Event == coaching.AlarmBegan
		}
		if warned != tt.warned {
			t.Errorf("%s: a warning is given: %v, want %v", name, warned, tt.warned)
		}
	}
}
