package coaching

import (
	"maps"
	"slices"
)

// CostToValue returns what a customer costs to win over what they bring, for
// the months in which both are known: figures for a [ValueWatch] of amounts
// with the level 1. Months whose figures are not above zero are left out. Both
// are in ascending order.
func CostToValue(cost, value []MonthValue) []MonthValue {
	worth := make(map[int]float64, len(value))
	for _, month := range value {
		worth[monthIndex(month.Month)] = month.Value
	}
	var ratios []MonthValue
	for _, month := range cost {
		if brings := worth[monthIndex(month.Month)]; brings > 0 && month.Value > 0 {
			ratios = append(ratios, MonthValue{Month: month.Month, Value: month.Value / brings})
		}
	}
	return ratios
}

// CycleByMonth returns the median days to a win as each month's own deals show
// it, for the whole months from one date to another: figures for a
// [ValueWatch] of amounts. Months with fewer than [CycleFewest] wins are left
// out, and so are those whose median is not reached.
//
// A median over all deals of the last year moves late and each month with the
// one before. So a month counts only what happened in it: a deal enters at the
// age that it had when the month began and leaves when it was won or lost, or
// open at the month's end (Kaplan and Meier with late entry, as in Andersen and
// others, "Statistical Models Based on Counting Processes", 1993, section
// IV.3). Losing competes with winning (Aalen and Johansen 1978); the median is
// that of the winners.
//
// A deal closed before it was opened is Invalid ("deal_closed_before_opened").
func CycleByMonth(deals []Deal, from, to Date) ([]MonthValue, error) {
	var readings []MonthValue
	for index := monthIndex(from); index <= monthIndex(to); index++ {
		month := PeriodOf(Month, dateOfMonth(index))
		if month.To.After(to) {
			break
		}
		stays, err := staysIn(deals, month)
		if err != nil {
			return nil, err
		}
		if median, ok := medianWait(stays); ok {
			readings = append(readings, MonthValue{Month: month.From, Value: max(float64(median), 0.5)})
		}
	}
	return readings, nil
}

// stay is the part of a deal's age that falls into a month.
type stay struct {
	from, to int // ages in days: from when it is at risk, to when it left
	fate     Fate
}

func staysIn(deals []Deal, month Period) ([]stay, error) {
	first, last := month.From.serial(), month.To.serial()
	var stays []stay
	for _, deal := range deals {
		opened := deal.Opened.serial()
		closed, decided := deal.Closed.serial(), !deal.Closed.IsZero() && deal.Fate != FateOpen
		switch {
		case decided && closed < opened:
			return nil, Refuse("deal_closed_before_opened")
		case opened > last || decided && closed < first:
			continue
		}
		s := stay{from: max(first-opened, 0), to: last - opened, fate: FateOpen}
		if decided && closed <= last {
			s.to, s.fate = closed-opened, deal.Fate
		}
		stays = append(stays, s)
	}
	return stays, nil
}

// medianWait returns the age by which half of what is won in the end was won.
func medianWait(stays []stay) (days int, ok bool) {
	wins := 0
	ends := make(map[int]Rate) // by day: wins of those decided
	for _, s := range stays {
		if s.fate == FateOpen {
			continue
		}
		end := ends[s.to]
		end.Of++
		if s.fate == FateWon {
			end.Hits++
			wins++
		}
		ends[s.to] = end
	}
	if wins < CycleFewest {
		return 0, false
	}
	ages := slices.Sorted(maps.Keys(ends))
	won, undecided, wonBy := 0.0, 1.0, make([]float64, len(ages))
	for i, age := range ages {
		atRisk := 0
		for _, s := range stays {
			if s.from <= age && age <= s.to {
				atRisk++
			}
		}
		won += undecided * float64(ends[age].Hits) / float64(atRisk)
		undecided *= 1 - float64(ends[age].Of)/float64(atRisk)
		wonBy[i] = won
	}
	half := slices.IndexFunc(wonBy, func(by float64) bool { return by >= won/2 })
	return ages[half], true
}
