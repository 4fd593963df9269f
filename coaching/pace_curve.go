package coaching

// Curve is how a period is expected to run: the share of its total that is
// usual by the end of each day. It rises on working days, by the weekdays,
// seasons and period shape of the team, and not along the calendar.
type Curve struct {
	from   int
	shares []float64 // by the end of each day; the last is 1
}

// NewCurve returns the curve of a period of which nothing is known but its
// working days: each brings the same. Without any working day it follows the
// calendar.
func NewCurve(period Period, calendar Calendar) Curve {
	from, to := period.From.serial(), period.To.serial()
	return curveOf(from, to, func(serial int) float64 {
		if calendar.worksSerial(serial) {
			return 1
		}
		return 0
	})
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
	return Curve{from: from, shares: shares}
}

// At returns the share of the period's total that is usual by the end of the
// day: 0 before the period, 1 from its last day on.
func (c Curve) At(day Date) float64 {
	i := day.serial() - c.from
	switch {
	case i < 0 || len(c.shares) == 0:
		return 0
	case i >= len(c.shares)-1:
		return 1
	default:
		return c.shares[i]
	}
}

// Reaches returns the first day by whose end the share is usual. The share is
// held between 0 and 1.
func (c Curve) Reaches(share float64) Date {
	for i, s := range c.shares {
		if s >= share {
			return dateOfSerial(c.from + i)
		}
	}
	return dateOfSerial(c.from + max(len(c.shares)-1, 0))
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
