package coaching

import (
	"math"
	"time"
)

// paceSeason is how the calendar months compare, as known before some month
// of the record: 1 is a mean month.
type paceSeason [12]float64

// learnWeekdays finds what share of the business each weekday does, over all
// teams alike, shrunk towards "every working day the same, nothing on days
// off".
func (b *PaceBook) learnWeekdays() {
	var sum, days [7]float64
	var worked [7]bool
	for i := range b.crews {
		crew := &b.crews[i]
		mean := grand(crew.rhythm) / float64(max(b.last+1-crew.from, 1))
		for w := range worked {
			worked[w] = worked[w] || crew.calendar.workweek().Has(time.Weekday(w))
		}
		if mean <= 0 {
			continue
		}
		for t := max(crew.from-b.first, 0); t < len(crew.rhythm)-1; t++ {
			w := weekdayOfSerial(b.first + t)
			if crew.calendar.inWeek(b.first+t) && !crew.calendar.worksSerial(b.first+t) {
				continue // a holiday says nothing about its weekday
			}
			sum[w] += (crew.rhythm[t+1] - crew.rhythm[t]) / mean
			days[w]++
		}
	}
	level, count := 0.0, 0.0
	for w := range 7 {
		if worked[w] {
			level += sum[w]
			count += days[w]
		}
	}
	if count == 0 || level <= 0 {
		level, count = 1, 1
	}
	level /= count
	rest, restDays := 0.0, 0.0
	for w := range 7 {
		plain := 0.0
		if worked[w] {
			plain = 1
		}
		b.weekdays[w] = (sum[w]/level + paceWeekdayDays*plain) / (days[w] + paceWeekdayDays)
		if !worked[w] {
			rest += b.weekdays[w]
			restDays++
		}
	}
	if restDays > 0 {
		b.restDay = rest / restDays
	}
}

// weight returns the exposure of one day, season aside: how much of a mean
// working day's business it brings. A holiday counts as a day off does.
func (b *PaceBook) weight(crew *paceCrew, serial int) float64 {
	if crew.calendar.inWeek(serial) && !crew.calendar.worksSerial(serial) {
		return b.restDay
	}
	return b.weekdays[weekdayOfSerial(serial)]
}

func (b *PaceBook) exposures(crew *paceCrew) []float64 {
	days := make([]float64, b.last+1-b.first)
	for t := max(crew.from-b.first, 0); t < len(days); t++ {
		days[t] = b.weight(crew, b.first+t)
	}
	return runningTotal(days)
}

// learnSeasons finds, for each month of the record, how calendar months
// compared in the months before it. Each month of each team is taken over the
// mean of the year around it; a calendar month's factor is the mean over
// years and teams, shrunk towards the factor of its place in the quarter (many
// sales teams close at a quarter's end), which is itself shrunk towards 1.
//
// Keeping the factors of every month apart lets the book grade its own past
// forecasts with what was known then.
func (b *PaceBook) learnSeasons() {
	const halfYear = 6
	b.seasons = make([]paceSeason, len(b.blocks)+1)
	settled := make([]float64, 0, len(b.blocks)) // factors whose year is complete
	var sum, count [12]float64
	for m := range b.seasons {
		if j := m - halfYear; j >= 0 {
			if factor, ok := b.monthFactor(j, m); ok {
				sum[b.blocks[j].month] += factor
				count[b.blocks[j].month]++
			}
			settled = append(settled, 0)
		}
		monthSum, monthCount := sum, count
		for j := len(settled); j < m; j++ {
			if factor, ok := b.monthFactor(j, m); ok {
				monthSum[b.blocks[j].month] += factor
				monthCount[b.blocks[j].month]++
			}
		}
		b.seasons[m] = seasonOf(monthSum, monthCount)
	}
}

// monthFactor compares month j with the year around it, of which the months
// before end are known; it is the mean over teams.
func (b *PaceBook) monthFactor(j, end int) (factor float64, ok bool) {
	const halfYear = 6
	year := paceBlock{from: b.blocks[max(j-halfYear, 0)].from, to: b.blocks[min(j+halfYear, end)-1].to}
	month := b.blocks[j]
	teams := 0.0
	for i := range b.crews {
		crew := &b.crews[i]
		around, aroundExposure := b.between(crew.rhythm, year.from, year.to), b.between(crew.exposure, year.from, year.to)
		exposure := b.between(crew.exposure, month.from, month.to)
		if around <= 0 || exposure <= 0 {
			continue
		}
		factor += b.between(crew.rhythm, month.from, month.to) / exposure * aroundExposure / around
		teams++
	}
	if teams == 0 {
		return 0, false
	}
	return factor / teams, true
}

func seasonOf(sum, count [12]float64) (season paceSeason) {
	const inQuarter = 3
	var place [inQuarter]float64
	for p := range inQuarter {
		s, n := paceQuarterMonths, paceQuarterMonths
		for month := p; month < 12; month += inQuarter {
			s += sum[month]
			n += count[month]
		}
		place[p] = s / n
	}
	for month := range season {
		// One year's month may be high for any reason, growth among them; the
		// doubt falls with every year that repeats it.
		doubt := paceSeasonYears / math.Max(count[month], 1)
		factor := (sum[month] + doubt*place[month%inQuarter]) / (count[month] + doubt)
		season[month] = math.Max(factor, paceLeastSeason)
	}
	return season
}

// between returns what a running total gained on the days from, to excluded.
func (b *PaceBook) between(total []float64, from, to int) float64 {
	return total[to-b.first] - total[from-b.first]
}

// exposure returns a crew's exposure on the days from, to excluded, of the
// record with the season in it.
func (b *PaceBook) exposure(crew *paceCrew, from, to int, season *paceSeason) (sum float64) {
	for m := b.blockAt(from); m < len(b.blocks) && b.blocks[m].from < to; m++ {
		block := b.blocks[m]
		sum += season[block.month] * b.between(crew.exposure, max(from, block.from), min(to, block.to))
	}
	return sum
}

// blockAt returns the month of the record that a day lies in, or the number
// of months where it lies after the record.
func (b *PaceBook) blockAt(serial int) int {
	if serial > b.last || len(b.blocks) == 0 {
		return len(b.blocks)
	}
	// Blocks are calendar months, so a 31st of a day is never past its month.
	const longestMonth = 31
	m := min(max((serial-b.first)/longestMonth, 0), len(b.blocks)-1)
	for b.blocks[m].to <= serial {
		m++
	}
	return m
}
