package coaching

import (
	"fmt"
	"math"
	"time"
)

// DayFigure is what one team logged on one day.
type DayFigure struct {
	Day Date
	// Amount is in the goal's unit. It may be negative: returns and corrections.
	Amount float64
	// Entries is how many deals, orders or calls the amount is made of. How
	// often something sells tells more of a team's rhythm than how much, for a
	// single large order hides it. 0 means unknown: the amount is used then.
	Entries int
}

// Ledger is the daily record of one team, or of one member, for one measure.
type Ledger struct {
	// Calendar has the working days of this team, personal days off included.
	Calendar Calendar
	// From is the first day on which everything was logged. Days from then on
	// that have no figure had none.
	From Date
	// Days may come in any order; several figures of a day add up. Figures
	// before From or after the book's last day are left out.
	Days []DayFigure
}

// PaceBook knows what is normal for a group of teams that share one measure:
// how their weeks, seasons and periods run and how far they stray from it.
// Teams of a book learn their rhythm from one another and count equally,
// whatever their size, so that a team with three months of its own gets
// sensible answers. A book of a single team works as well.
//
// A PaceBook never changes and may be read by many goroutines.
type PaceBook struct {
	first, last int // serial numbers of the first and last day on record
	blocks      []paceBlock
	crews       []paceCrew
	weekdays    [7]float64 // exposure of a day, by weekday; a mean working day is 1
	restDay     float64    // exposure of a working day that is off
	seasons     []paceSeason
}

// paceBlock is a calendar month of the record, cut at its two ends.
type paceBlock struct {
	from, to int // serial numbers, to excluded
	month    int // 0..11
}

// paceCrew is one team's record. The slices hold running totals: element i is
// the total of the first i days on record.
type paceCrew struct {
	calendar Calendar
	from     int
	amount   []float64
	capped   []float64 // amounts with each day's outliers cut
	rhythm   []float64 // entries, or capped amounts where entries are unknown
	exposure []float64
	rate     float64 // mean amount for each unit of exposure; 0 where there is nothing to learn from
	grain    float64 // size of the pieces that amounts come in: Σx²/Σx over days
	excess   float64 // what the cut outliers add on average: total over capped total
	recency  float64 // how far the level follows recent months, 0 to 1
	returns  bool    // some day went below zero
}

// NewPaceBook opens a book on the record of some teams up to and including
// the last day. Teams are addressed by their position. Figures that are not
// finite are Invalid with reason "figure_not_finite"; a book without a last
// day or a ledger with figures but without From is Invalid with reason
// "day_missing".
func NewPaceBook(last Date, ledgers ...Ledger) (*PaceBook, error) {
	if last.IsZero() {
		return nil, fmt.Errorf("new pace book: %w", Refuse("day_missing"))
	}
	b := &PaceBook{last: last.serial(), crews: make([]paceCrew, len(ledgers))}
	b.first = b.last + 1
	for _, ledger := range ledgers {
		switch {
		case !ledger.From.IsZero():
			b.first = min(b.first, ledger.From.serial())
		case len(ledger.Days) > 0:
			return nil, fmt.Errorf("new pace book: %w", Refuse("day_missing"))
		}
	}
	b.blocks = paceBlocks(b.first, b.last)
	days := make([][]float64, len(ledgers))
	for i, ledger := range ledgers {
		var err error
		if days[i], err = b.read(&b.crews[i], ledger); err != nil {
			return nil, fmt.Errorf("new pace book: %w", err)
		}
	}
	b.learnWeekdays()
	for i := range b.crews {
		b.crews[i].exposure = b.exposures(&b.crews[i])
	}
	b.learnSeasons()
	b.learnSizes(days)
	b.learnRecency()
	return b, nil
}

// paceBlocks splits the days from first to last into calendar months.
func paceBlocks(first, last int) (blocks []paceBlock) {
	for from := first; from <= last; {
		day := dateOfSerial(from)
		next := Date{Year: day.Year, Month: day.Month + 1, Day: 1}
		to := min(next.serial(), last+1)
		blocks = append(blocks, paceBlock{from: from, to: to, month: int(day.Month - time.January)})
		from = to
	}
	return blocks
}

// read enters a ledger into the crew's running totals and returns its amounts
// day by day.
func (b *PaceBook) read(crew *paceCrew, ledger Ledger) ([]float64, error) {
	n := b.last + 1 - b.first
	days := make([]float64, n)
	entries := make([]float64, n)
	crew.calendar = ledger.Calendar
	crew.from = b.last + 1
	if !ledger.From.IsZero() {
		crew.from = min(ledger.From.serial(), b.last+1)
	}
	counted := false
	for _, figure := range ledger.Days {
		if math.IsNaN(figure.Amount) || math.IsInf(figure.Amount, 0) {
			return nil, Refuse("figure_not_finite")
		}
		serial := figure.Day.serial()
		if serial < crew.from || serial > b.last {
			continue
		}
		days[serial-b.first] += figure.Amount
		entries[serial-b.first] += float64(max(figure.Entries, 0))
		counted = counted || figure.Entries > 0
	}
	crew.amount = runningTotal(days)
	if counted {
		crew.rhythm = runningTotal(entries)
	} else {
		limit := paceRhythmOutlier * grainOf(days)
		crew.rhythm = runningTotal(mapFloats(days, func(x float64) float64 { return max(min(x, limit), 0) }))
	}
	for _, amount := range days {
		crew.returns = crew.returns || amount < 0
	}
	return days, nil
}

// learnSizes finds each team's rate, the grain of its amounts and what its
// outliers come to. A team's own grain is shrunk towards the one usual in the
// book.
func (b *PaceBook) learnSizes(days [][]float64) {
	usual, teams := 0.0, 0.0
	for i := range b.crews {
		crew := &b.crews[i]
		total, exposure := grand(crew.amount), grand(crew.exposure)
		if total <= 0 || exposure <= 0 {
			continue
		}
		crew.rate = total / exposure
		crew.grain = grainOf(days[i])
		usual += crew.grain / crew.rate
		teams++
	}
	for i := range b.crews {
		crew := &b.crews[i]
		if crew.rate == 0 {
			crew.capped, crew.excess = crew.amount, 1
			continue
		}
		exposure := grand(crew.exposure)
		crew.grain = (crew.grain*exposure + usual/teams*crew.rate*paceGrainDays) / (exposure + paceGrainDays)
		crew.capped = b.withoutOutliers(days[i], paceOutlier*crew.grain)
		crew.excess = 1
		if capped := grand(crew.capped); capped > 0 {
			crew.excess = grand(crew.amount) / capped
		}
	}
}

// withoutOutliers totals the days with none counted above the limit, which a
// strong season raises.
func (b *PaceBook) withoutOutliers(days []float64, limit float64) []float64 {
	season := &b.seasons[len(b.seasons)-1]
	total := make([]float64, len(days)+1)
	for _, block := range b.blocks {
		most := limit * max(season[block.month], 1)
		for t := block.from - b.first; t < block.to-b.first; t++ {
			total[t+1] = total[t] + min(days[t], most)
		}
	}
	return total
}

// grainOf returns Σx²/Σx, the mean size of what a unit of the total came in:
// days of 1, 1 and 8 have grain 6.6. For a total that is the sum of
// independent pieces it is the variance for each unit of the mean.
func grainOf(days []float64) float64 {
	sum, squares := 0.0, 0.0
	for _, x := range days {
		sum += x
		squares += x * x
	}
	if sum <= 0 {
		return 0
	}
	return squares / sum
}

func runningTotal(days []float64) []float64 {
	total := make([]float64, len(days)+1)
	for i, x := range days {
		total[i+1] = total[i] + x
	}
	return total
}

func mapFloats(days []float64, f func(float64) float64) []float64 {
	out := make([]float64, len(days))
	for i, x := range days {
		out[i] = f(x)
	}
	return out
}

func grand(total []float64) float64 { return total[len(total)-1] }
