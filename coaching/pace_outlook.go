package coaching

import "math"

// Outlook is what a team's record says of one period of a measure that adds
// up: how it should run and where it is likely to end.
type Outlook struct {
	Period Period
	// Through is the last day on record. It may lie before the period, or
	// after its end.
	Through Date
	// SoFar is the total of the period's days on record.
	SoFar float64
	// Done and Left count the period's working days up to Through and after it.
	Done, Left int
	// Periods is how many whole periods like this one lie in the team's own
	// record before it. With none there is nothing to judge the future by, and
	// chances mean little.
	Periods int
	// Graded is how many past forecasts, of this team and the others in the
	// book, the spread has been corrected by.
	Graded int
	// Curve is how the period is expected to run.
	Curve Curve

	calendar Calendar
	left     paceSpread
	returns  bool
}

// WithSoFar returns the outlook with another total so far and the same
// expectation of the days left: for an entry that is not on record yet, and
// for "what if".
func (o Outlook) WithSoFar(soFar float64) Outlook {
	o.SoFar = soFar
	return o
}

// Chance returns the probability that the period's total ends at the target
// or above, from 0 to 1. It never rises with the target.
func (o Outlook) Chance(target float64) float64 {
	rest := target - o.SoFar
	switch {
	case o.left.mean <= 0 && rest <= 0:
		return 1
	case o.left.mean <= 0:
		return 0
	case rest <= 0 && o.returns:
		return paceReached
	case rest <= 0:
		return 1
	case o.returns:
		return min(o.left.above(rest), paceReached)
	default:
		return o.left.above(rest)
	}
}

// ChanceAtMost returns the probability that the period's total stays at or
// below the limit, for measures where lower is better.
func (o Outlook) ChanceAtMost(limit float64) float64 { return 1 - o.Chance(limit) }

// ChanceOf returns the probability of meeting the target in the direction
// that is better.
func (o Outlook) ChanceOf(target float64, better Direction) float64 {
	if better == Lower {
		return o.ChanceAtMost(target)
	}
	return o.Chance(target)
}

// Quantile returns the total that the period ends below with probability p.
// Nothing below what is already reached is considered.
func (o Outlook) Quantile(p float64) float64 {
	if o.left.mean <= 0 {
		return o.SoFar
	}
	return o.SoFar + o.left.quantile(p)
}

// Middle returns the total that is as likely to be passed as to be missed. Of
// all single figures it is the nearest to the truth on average.
func (o Outlook) Middle() float64 { return o.Quantile(0.5) }

// Outlook looks at a period from the book's last day, for the team at that
// position. It uses nothing of the record after the last day, and grades the
// same forecast on past periods, each with what was known at the same point
// of it, to correct its bias and spread.
func (b *PaceBook) Outlook(team int, period Period) Outlook {
	if team < 0 || team >= len(b.crews) {
		return Outlook{Period: period, Through: dateOfSerial(b.last)}
	}
	crew := &b.crews[team]
	v := paceView{from: period.From.serial(), to: period.To.serial()}
	v.asof = min(max(b.last, v.from-1), v.to)
	v.season = &b.seasons[b.blockAt(v.from)]
	o := Outlook{
		Period:  period,
		Through: dateOfSerial(b.last),
		SoFar:   b.soFar(crew, crew.amount, &v),
		Done:    crew.calendar.workdaysSerial(v.from, v.asof),
		Left:    crew.calendar.workdaysSerial(v.asof+1, v.to),

		calendar: crew.calendar,
		returns:  crew.returns,
	}
	past := b.pastViews(crew, period, &v, o.Done, o.Left)
	for _, p := range past {
		if p.from >= crew.from {
			o.Periods++
		}
	}
	shape := b.learnShape(team, past)
	o.Curve = b.curve(crew, &v, &shape)
	if v.asof >= v.to {
		return o
	}
	b.exposeNow(crew, team, &v, o.Curve.At(dateOfSerial(v.asof)))
	guesses := make([]paceGuess, len(b.crews))
	b.guess(&v, guesses)
	o.left = paceSpread{mean: guesses[team].mean, variance: guesses[team].variance, scale: 1}
	if !guesses[team].known {
		o.left = b.fromSoFar(crew, &v, team, o.SoFar)
		return o
	}
	o.left.shift, o.left.scale, o.Graded = b.grade(team, past, &shape, guesses)
	return o
}

// fromSoFar spreads the days left of a team without a record by its days so
// far: proportionally, and with a doubt as large as the figure itself.
func (b *PaceBook) fromSoFar(crew *paceCrew, v *paceView, team int, soFar float64) paceSpread {
	if soFar <= 0 || v.done[team] <= 0 {
		return paceSpread{}
	}
	mean := soFar / v.done[team] * v.left[team]
	return paceSpread{mean: mean, variance: mean*mean + crew.grain*mean, scale: 1}
}

// pastViews lists the earlier periods like this one that are on record, the
// latest first, each seen from the same share of its working days.
func (b *PaceBook) pastViews(crew *paceCrew, period Period, now *paceView, done, left int) (views []paceView) {
	const most = 36                                 // grades beyond three years of months weigh next to nothing
	partial := !crew.calendar.worksSerial(now.asof) // a day off after the last working day
	for n := 1; n <= most; n++ {
		earlier := period.Shift(-n)
		v := paceView{from: earlier.From.serial(), to: earlier.To.serial()}
		if v.from < b.first {
			break
		}
		if v.to > b.last {
			continue
		}
		workdays := crew.calendar.workdaysSerial(v.from, v.to)
		seen := int(math.Round(float64(workdays*done) / float64(max(done+left, 1))))
		v.asof = v.from - 1
		if seen > 0 {
			v.asof = crew.calendar.addWorkdaysSerial(v.from-1, seen)
			if partial {
				v.asof = crew.calendar.addWorkdaysSerial(v.asof, 1) - 1
			}
			v.asof = min(v.asof, v.to)
		}
		v.season = &b.seasons[b.blockAt(v.from)]
		views = append(views, v)
	}
	return views
}

// exposeNow fills in the exposures of the period under way: the days on record
// for every team, the days to come for the one looked at. The share is what the
// team's curve has reached; days count for more or less as it is above or below
// their part of the exposure.
func (b *PaceBook) exposeNow(crew *paceCrew, team int, v *paceView, share float64) {
	v.done, v.left = make([]float64, len(b.crews)), make([]float64, len(b.crews))
	gone, left := b.daysAhead(crew, v.from, v.asof, v.season), b.daysAhead(crew, v.asof+1, v.to, v.season)
	v.left[team] = (gone + left) * (1 - share)
	bent := 1.0
	if gone > 0 {
		bent = share * (gone + left) / gone
	}
	from, to := max(v.from, b.first), min(v.asof, b.last)+1
	for i := range b.crews {
		if to > from {
			v.done[i] = bent * b.exposure(&b.crews[i], from, to, v.season)
		}
	}
}

// daysAhead returns the exposure of the days from first to last, on record or
// not.
func (b *PaceBook) daysAhead(crew *paceCrew, first, last int, season *paceSeason) (sum float64) {
	for serial := first; serial <= last; serial++ {
		sum += b.weight(crew, serial) * season[int(dateOfSerial(serial).Month)-1]
	}
	return sum
}

// expose fills in the exposures of a past period, with the shape of the period
// in them.
func (b *PaceBook) expose(v *paceView, shape *paceShape) {
	for i := range b.crews {
		crew := &b.crews[i]
		done := b.exposure(crew, v.from, v.asof+1, v.season)
		total := done + b.exposure(crew, v.asof+1, v.to+1, v.season)
		v.done[i], v.left[i] = 0, 0
		if total > 0 {
			share := shape.at(done / total)
			v.done[i], v.left[i] = total*share, total*(1-share)
		}
	}
}

// grade repeats the forecast on past periods and returns by how many standard
// deviations they came out above it, and how much wider than said they
// spread. Both are shrunk towards "as said".
func (b *PaceBook) grade(team int, past []paceView, shape *paceShape, guesses []paceGuess) (shift, scale float64, graded int) {
	const (
		fewestDays = 61    // of record before a forecast is worth grading
		surest     = 0.001 // no forecast of a few periods is surer than that
	)
	weights, sum, squares := 0.0, 0.0, 0.0
	fresh := 1 / paceGradeDecay
	done, left := make([]float64, len(b.crews)), make([]float64, len(b.crews)) // shared by all views
	for j := range past {
		v := &past[j]
		v.done, v.left = done, left
		fresh *= paceGradeDecay
		if v.from < b.first+fewestDays {
			break
		}
		b.expose(v, shape)
		b.guess(v, guesses)
		for i := range b.crews {
			if !guesses[i].known || guesses[i].mean <= 0 {
				continue
			}
			came := b.between(b.crews[i].amount, v.asof+1, v.to+1)
			said := paceSpread{mean: guesses[i].mean, variance: guesses[i].variance, scale: 1}
			z := normalScore(min(max(said.plainAbove(came), surest), 1-surest))
			weight := fresh
			if i == team {
				weight *= paceOwnPeriod
			}
			weights += weight
			sum += weight * z
			squares += weight * z * z
			graded++
		}
	}
	n := weights + paceTrustPeriods
	shift = sum / n
	variance := (paceTrustPeriods + squares - 2*shift*sum + weights*shift*shift) / n
	return shift, math.Sqrt(variance), graded
}
