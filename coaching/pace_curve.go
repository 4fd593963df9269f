package coaching

// Curve is how a period is expected to run: the share of its total that is
// usual by the end of each day. It rises on working days, by the weekdays,
// seasons and period shape of the team, and not along the calendar.
type Curve struct {
	from, days int
	// shares are by the end of each day; the last is 1. Without any of them each
	// of the working days brings the same or, where there is none, each day.
	shares   []float64
	calendar Calendar
	workdays int
}

// NewCurve returns the curve of a period of which nothing is known but its
// working days: each brings the same. Without any working day it follows the
// calendar.
func NewCurve(period Period, calendar Calendar) Curve {
	from, to := period.From.serial(), period.To.serial()
	return Curve{from: from, days: max(to-from+1, 0), calendar: calendar, workdays: calendar.workdaysSerial(from, to)}
}

func curveOf(from, to int, weight func(serial int) float64) Curve {
	shares := make([]float64, max(to-from+1, 0))
	total := 0.0
	for i := range shares {
		total += weight(from + i)
		shares[i] = total
	}
	for i := range shares {
		if total > 0 {
			shares[i] /= total
		} else {
			shares[i] = float64(i+1) / float64(len(shares))
		}
	}
	return Curve{from: from, days: len(shares), shares: shares}
}

// At returns the share of the period's total that is usual by the end of the
// day: 0 before the period, 1 from its last day on.
func (c Curve) At(day Date) float64 {
	i := day.serial() - c.from
	switch {
	case i < 0 || c.days == 0:
		return 0
	case i >= c.days-1:
		return 1
	default:
		return c.share(i)
	}
}

// share is what is usual by the end of the period's day of that index.
func (c Curve) share(i int) float64 {
	switch {
	case c.shares != nil:
		return c.shares[i]
	case c.workdays > 0:
		return float64(c.calendar.workdaysSerial(c.from, c.from+i)) / float64(c.workdays)
	default:
		return float64(i+1) / float64(c.days)
	}
}

// Reaches returns the first day by whose end the share is usual. The share is
// held between 0 and 1.
func (c Curve) Reaches(share float64) Date {
	for i := range c.days {
		if c.share(i) >= share {
			return dateOfSerial(c.from + i)
		}
	}
	return dateOfSerial(c.from + max(c.days-1, 0))
}

// curve returns how the view's period should run for a team.
func (b *PaceBook) curve(crew *paceCrew, v *paceView, shape *paceShape) Curve {
	curve := curveOf(v.from, v.to, func(serial int) float64 {
		return b.weight(crew, serial) * v.season[int(dateOfSerial(serial).Month)-1]
	})
	for i, share := range curve.shares {
		curve.shares[i] = shape.at(share)
	}
	return curve
}
