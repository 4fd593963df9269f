package coaching

// Ramp is how much of a fully productive member's work a new one does, as
// shares from 0 to 1: in the first month after the start, in the second and so
// on. After the last it is all of it. A nil Ramp is that of the roster, or
// [DefaultRamp].
type Ramp []float64

// longestRamp bounds a ramp, in months.
const longestRamp = 36

// DefaultRamp is a quarter more each month: 25, 50, 75 and from the fourth
// month 100%. Teams adjust it to what they see.
func DefaultRamp() Ramp { return Ramp{0.25, 0.5, 0.75, 1} }

// NewRamp returns the ramp of these shares. The error is Invalid, with reason
// "ramp_share_out_of_range" for one that is not from 0 to 1 and
// "ramp_too_long" for more than 36 months.
func NewRamp(shares ...float64) (Ramp, error) {
	if len(shares) > longestRamp {
		return nil, Refuse("ramp_too_long")
	}
	for _, share := range shares {
		if !(share >= 0 && share <= 1) { // NaN compares false
			return nil, Refuse("ramp_share_out_of_range")
		}
	}
	return append(Ramp{}, shares...), nil
}

// At returns the share on a day for a member who started on another: 0 before
// the start. A month of the ramp begins on the day of the month of the start.
func (r Ramp) At(start, day Date) float64 {
	if start.IsZero() {
		return 1
	}
	if day.Before(start) {
		return 0
	}
	for i, share := range r {
		if day.Before(start.AddMonths(i + 1)) {
			return share
		}
	}
	return 1
}

// stage is a part of a ramp: the days from first to last at one share.
type stage struct {
	first, last Date
	share       float64
}

// stages returns the parts of the ramp that fall between two days, both
// included, for a member who started on a third.
func (r Ramp) stages(start, from, to Date) []stage {
	if start.IsZero() {
		return []stage{{from, to, 1}}
	}
	if from.Before(start) {
		from = start
	}
	var stages []stage
	for i, share := range r {
		if from.After(to) {
			return stages
		}
		end := start.AddMonths(i + 1).AddDays(-1)
		if end.Before(from) {
			continue
		}
		if end.After(to) {
			end = to
		}
		stages = append(stages, stage{from, end, share})
		from = end.AddDays(1)
	}
	if !from.After(to) {
		stages = append(stages, stage{from, to, 1})
	}
	return stages
}
