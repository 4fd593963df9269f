package coaching_test

import (
	"testing"

	"github.com/smallwins/smallwins/coaching"
)

// fiveYears is a record of daily sales for so many teams, up to 15 April 2025.
func fiveYears(t testing.TB, teams int) []coaching.Ledger {
	ledgers := make([]coaching.Ledger, teams)
	for i := range ledgers {
		ledgers[i] = ledger(t, "2020-04-01", "2025-04-15", func(day coaching.Date) float64 {
			return workdaysOnly(day, 100*wobble(day.AddDays(7*i)))
		})
	}
	return ledgers
}

func BenchmarkNewPaceBookOfOneTeam(b *testing.B) { benchmarkBook(b, 1) }

func BenchmarkNewPaceBookOfFifteenTeams(b *testing.B) { benchmarkBook(b, 15) }

func benchmarkBook(b *testing.B, teams int) {
	ledgers, last := fiveYears(b, teams), mustDate(b, "2025-04-15")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := coaching.NewPaceBook(last, ledgers...); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOutlookOfOneTeam(b *testing.B) { benchmarkOutlook(b, 1) }

func BenchmarkOutlookAmongFifteenTeams(b *testing.B) { benchmarkOutlook(b, 15) }

func benchmarkOutlook(b *testing.B, teams int) {
	book := mustBook(b, "2025-04-15", fiveYears(b, teams)...)
	b.ReportAllocs()
	for b.Loop() {
		book.Outlook(0, april)
	}
}

// BenchmarkChanceInMidPeriod is the whole question, from a prepared book to
// the probability of meeting one goal.
func BenchmarkChanceInMidPeriod(b *testing.B) {
	book := mustBook(b, "2025-04-15", fiveYears(b, 1)...)
	b.ReportAllocs()
	for b.Loop() {
		if p := book.Outlook(0, april).Chance(2300); p < 0 {
			b.Fatal(p)
		}
	}
}

func BenchmarkChanceOfAnotherTarget(b *testing.B) {
	outlook := mustBook(b, "2025-04-15", fiveYears(b, 1)...).Outlook(0, april)
	b.ReportAllocs()
	for b.Loop() {
		if p := outlook.Chance(2300); p < 0 {
			b.Fatal(p)
		}
	}
}

func BenchmarkJudgePace(b *testing.B) {
	outlook := mustBook(b, "2025-04-15", fiveYears(b, 1)...).Outlook(0, april)
	b.ReportAllocs()
	for b.Loop() {
		if p := coaching.JudgePace(2300, coaching.Higher, outlook); p.State == "" {
			b.Fatal(p)
		}
	}
}

// BenchmarkBoardOfTwoHundredGoals judges 200 goals of 15 teams, from their
// records of five years to the verdicts.
func BenchmarkBoardOfTwoHundredGoals(b *testing.B) {
	ledgers, last := fiveYears(b, 15), mustDate(b, "2025-04-15")
	b.ReportAllocs()
	for b.Loop() {
		book, err := coaching.NewPaceBook(last, ledgers...)
		if err != nil {
			b.Fatal(err)
		}
		outlooks := make([]coaching.Outlook, len(ledgers))
		for i := range outlooks {
			outlooks[i] = book.Outlook(i, april)
		}
		for i := range 200 {
			coaching.JudgePace(2000+float64(i), coaching.Higher, outlooks[i%len(outlooks)])
		}
	}
}
