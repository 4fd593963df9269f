package coaching

import "math"

// LevelReading is a level or ratio as read on one day: a churn rate, a win
// rate, days of a sales cycle, monthly recurring revenue.
type LevelReading struct {
	Day   Date
	Value float64
	// Of is what a percentage is a share of (deals closed, customers at the
	// start), 0 where the figure is no share or its base is not known.
	Of int
}

// LevelState says where a level goal stands. Levels cannot be prorated: half
// way through the quarter a win rate is not supposed to be half reached.
type LevelState string

// The states of a level goal.
const (
	LevelUnread LevelState = "unread" // no reading yet
	LevelMet    LevelState = "met"    // at the target or better, as of the last reading
	LevelShort  LevelState = "short"  // not yet there
	LevelOver   LevelState = "over"   // the period has ended
)

// The reasons of a level's state.
const (
	ReasonNoReading   Reason = "no_reading"
	ReasonAtTarget    Reason = "at_target"
	ReasonAtInNoise   Reason = "at_target_within_noise"    // so few cases that the true rate may be short
	ReasonShortNoise  Reason = "short_within_noise"        // so few cases that the true rate may be there
	ReasonClosing     Reason = "short_but_closing"         // better than at the start
	ReasonSlipping    Reason = "short_and_slipping"        // worse than at the start
	ReasonShort       Reason = "short_of_target"           // no start to compare with
	ReasonLevelMissed Reason = "target_missed_at_the_end"  // the last reading is short
	ReasonLevelMade   Reason = "target_reached_at_the_end" // the last reading is there
)

// LevelPace is where a level or ratio goal stands.
type LevelPace struct {
	State  LevelState
	Reason Reason

	Target, Current float64
	ReadOn          Date
	// Gap is how far the current figure is from the target in the direction
	// that is better, 0 when it is met. Moved is how far it has come since the
	// start, negative when it got worse.
	Gap, Moved float64
	// Low and High hold the true rate four times in five, given Of cases; both
	// are the current figure where Of is 0 (Wilson 1927).
	Low, High float64
	Of        int
	// Chance is the probability that the figure meets the target on the
	// period's last day, if it goes on moving as it did from reading to
	// reading; ChanceKnown is false below four readings.
	Chance      float64
	ChanceKnown bool
}

// JudgeLevel says where a level or ratio goal stands on a day. Readings are in
// ascending order of days and may begin before the period, those after the day
// are left out; values are in the target's unit, percentages from 0 to 100.
// The start to compare with is the last reading before the period, or else
// the first within it.
func JudgeLevel(target float64, better Direction, period Period, through Date, readings []LevelReading) LevelPace {
	p := LevelPace{Target: target}
	for len(readings) > 0 && readings[len(readings)-1].Day.After(through) {
		readings = readings[:len(readings)-1]
	}
	if len(readings) == 0 {
		p.State, p.Reason = LevelUnread, ReasonNoReading
		return p
	}
	now := readings[len(readings)-1]
	p.Current, p.ReadOn, p.Of = now.Value, now.Day, now.Of
	p.Low, p.High = wilson(now.Value, now.Of)
	sign := 1.0
	if better == Lower {
		sign = -1
	}
	p.Gap = max(sign*(target-now.Value), 0)
	p.Moved = sign * (now.Value - startOf(period, readings).Value)
	left := max(period.To.Sub(through), 0)
	p.Chance, p.ChanceKnown = levelChance(sign*(now.Value-target), left, readings)
	p.State, p.Reason = p.judge(through, period)
	return p
}

func (p LevelPace) judge(through Date, period Period) (LevelState, Reason) {
	met := p.Gap == 0
	inNoise := p.Of > 0 && p.Low < p.Target && p.Target < p.High
	switch {
	case !through.Before(period.To) && met:
		return LevelOver, ReasonLevelMade
	case !through.Before(period.To):
		return LevelOver, ReasonLevelMissed
	case met && inNoise:
		return LevelMet, ReasonAtInNoise
	case met:
		return LevelMet, ReasonAtTarget
	case inNoise:
		return LevelShort, ReasonShortNoise
	case p.Moved > 0:
		return LevelShort, ReasonClosing
	case p.Moved < 0:
		return LevelShort, ReasonSlipping
	default:
		return LevelShort, ReasonShort
	}
}

func startOf(period Period, readings []LevelReading) LevelReading {
	start := readings[0]
	for _, reading := range readings {
		if !reading.Day.Before(period.From) {
			break
		}
		start = reading
	}
	return start
}

// wilson returns the score interval at 80% of a percentage of so many cases
// (Wilson 1927), in percent.
func wilson(percent float64, of int) (low, high float64) {
	if of <= 0 {
		return percent, percent
	}
	const z = 1.2816 // the normal's 90% point
	n, share := float64(of), min(max(percent/100, 0), 1)
	middle := (share + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(share*(1-share)/n+z*z/(4*n*n))
	return 100 * max(middle-half, 0), 100 * min(middle+half, 1)
}

// levelChance is the probability that a level that is ahead of its target by
// the lead (negative: short of it) still is after so many days, as a random
// walk with the steps seen so far and no drift: trends of a few readings do
// not last.
func levelChance(lead float64, left int, readings []LevelReading) (chance float64, known bool) {
	const fewest = 4
	days, squares, steps := 0, 0.0, 0
	for i := 1; i < len(readings); i++ {
		gap := readings[i].Day.Sub(readings[i-1].Day)
		if gap <= 0 {
			continue
		}
		step := readings[i].Value - readings[i-1].Value
		days += gap
		squares += step * step
		steps++
	}
	if steps+1 < fewest {
		return 0, false
	}
	deviation := math.Sqrt(squares / float64(days) * float64(left))
	if deviation == 0 {
		if lead >= 0 {
			return 1, true
		}
		return 0, true
	}
	return math.Erfc(-lead/deviation/math.Sqrt2) / 2, true
}
