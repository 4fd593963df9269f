package coaching

import (
	"math"
	"slices"
)

// Rep is a member of a team as far as its capacity goes.
type Rep struct {
	Member MemberID
	// Start is the first day at work, zero for one who has long been there.
	// End is the last day, zero for one who stays. Those who left belong into
	// the roster too, or the past looks as if fewer had made its figures.
	Start, End Date
	// Weight is the usual output against that of a usual member: 0.5 for half
	// a week, 1.3 for a veteran; 0 reads as 1.
	Weight float64
	// Ramp is the member's own, nil for the roster's.
	Ramp Ramp
	// Away are days off beside the calendar's. They may overlap.
	Away []Period
}

// largestWeight bounds what one member can count for.
const largestWeight = 10

// Roster is a team with its working days and its ramp. The zero Roster has
// nobody in it and says nothing of capacity. Make one with [NewRoster].
type Roster struct {
	calendar Calendar
	reps     []Rep
}

// NewRoster returns the roster of a team. Refusals are Invalid: "rep_twice",
// "rep_ends_before_start", "rep_weight_out_of_range" for a weight that is
// negative or above 10, and those of [NewRamp].
func NewRoster(calendar Calendar, ramp Ramp, reps ...Rep) (Roster, error) {
	if ramp == nil {
		ramp = DefaultRamp()
	}
	roster := Roster{calendar: calendar, reps: make([]Rep, 0, len(reps))}
	for _, rep := range reps {
		switch {
		case slices.ContainsFunc(roster.reps, func(other Rep) bool { return other.Member == rep.Member }):
			return Roster{}, Refuse("rep_twice")
		case !rep.End.IsZero() && rep.End.Before(rep.Start):
			return Roster{}, Refuse("rep_ends_before_start")
		case !(rep.Weight >= 0 && rep.Weight <= largestWeight):
			return Roster{}, Refuse("rep_weight_out_of_range")
		}
		if rep.Weight == 0 {
			rep.Weight = 1
		}
		if rep.Ramp == nil {
			rep.Ramp = ramp
		}
		var err error
		if rep.Ramp, err = NewRamp(rep.Ramp...); err != nil {
			return Roster{}, err
		}
		rep.Away = mergePeriods(rep.Away)
		roster.reps = append(roster.reps, rep)
	}
	return roster, nil
}

// mergePeriods returns the same days as periods that do not overlap.
func mergePeriods(periods []Period) []Period {
	sorted := slices.Clone(periods)
	slices.SortFunc(sorted, func(a, b Period) int { return a.From.Compare(b.From) })
	merged := sorted[:0]
	for _, p := range sorted {
		if n := len(merged); n > 0 && !p.From.After(merged[n-1].To) {
			if p.To.After(merged[n-1].To) {
				merged[n-1].To = p.To
			}
			continue
		}
		merged = append(merged, p)
	}
	return merged
}

// Only returns the roster of one member, for what is expected of that member
// alone; it is empty for one who is not in it.
func (r Roster) Only(member MemberID) Roster {
	alone := Roster{calendar: r.calendar}
	for _, rep := range r.reps {
		if rep.Member == member {
			alone.reps = append(alone.reps, rep)
		}
	}
	return alone
}

// Capacity is how much of a team is at work in a period, counted in usual,
// fully ramped members: 5.25 means as much as five and a quarter of them.
type Capacity struct {
	// Heads counts the members who belong to the team for at least one working
	// day of the period, Ramping names those of them who are not fully ramped
	// on all of theirs.
	Heads   int
	Ramping []MemberID
	// AwayDays counts their working days off.
	AwayDays int
	// Full is the capacity that is there and Normal what the same heads would
	// be, fully ramped and there every day.
	Full, Normal float64
}

// Share is the part of the normal capacity that is there, 1 where there is no
// team.
func (c Capacity) Share() float64 {
	if c.Normal == 0 {
		return 1
	}
	return c.Full / c.Normal
}

// Capacity returns the team's capacity in a period. Each working day counts
// with the member's weight times the ramp's share of that day, and a day off
// counts nothing; the sum is divided by the period's working days.
func (r Roster) Capacity(period Period) Capacity {
	var c Capacity
	days := r.calendar.Workdays(period.From, period.To)
	if days == 0 {
		return c
	}
	for _, rep := range r.reps {
		w := r.work(rep, period, days)
		if !w.present {
			continue
		}
		c.Heads++
		c.AwayDays += w.away
		c.Normal += rep.Weight
		c.Full += rep.Weight * w.days / float64(days)
		if w.ramping {
			c.Ramping = append(c.Ramping, rep.Member)
		}
	}
	return c
}

// repWork is what one member is there for in a period.
type repWork struct {
	days             float64 // fully productive working days
	away             int     // working days off
	present, ramping bool
}

// work returns what a member is there for in a period of so many working days.
func (r Roster) work(rep Rep, period Period, days int) repWork {
	if rep.Start.IsZero() && rep.End.IsZero() && len(rep.Away) == 0 {
		return repWork{days: float64(days), present: days > 0}
	}
	var w repWork
	from, to := period.From, period.To
	if !rep.End.IsZero() && rep.End.Before(to) {
		to = rep.End
	}
	for _, s := range rep.Ramp.stages(rep.Start, from, to) {
		worked := r.calendar.Workdays(s.first, s.last)
		if worked == 0 {
			continue
		}
		away := r.away(rep, s)
		w.present = true
		w.ramping = w.ramping || s.share < 1
		w.away += away
		w.days += s.share * float64(worked-away)
	}
	return w
}

// away counts the working days that a member is off in a stage.
func (r Roster) away(rep Rep, s stage) (days int) {
	for _, off := range rep.Away {
		first, last := off.From, off.To
		if first.Before(s.first) {
			first = s.first
		}
		if last.After(s.last) {
			last = s.last
		}
		days += r.calendar.Workdays(first, last)
	}
	return days
}

// TeamEffect is what the capacity of a period, against that of the history
// before it, does to the forecast.
type TeamEffect struct {
	// Known is false where no roster is at hand, none of it was there in the
	// history, or the figures do not add up over a period: more people do not
	// make a win rate higher.
	Known bool
	// Factor is what the forecast is multiplied by: capacity Now over Usual.
	Factor float64
	// Now is the capacity of the period, or of what is left of it, and Then
	// that of history's last period. Usual is the capacity that the forecast's
	// level rests on: the mean of history's, recent periods weighing more, as
	// they do in the forecast.
	Now, Then Capacity
	Usual     float64
}

// Changed reports whether the capacity fell below two thirds or rose above one
// and a half times of what it was.
func (e TeamEffect) Changed() bool {
	return e.Known && (e.Factor < 2.0/3 || e.Factor > 1.5)
}

func (e TeamEffect) factor() float64 {
	if !e.Known {
		return 1
	}
	return e.Factor
}

// effect compares the capacity of what is still to come of a period with that
// of history, where a surprise moves the forecast's level by the reaction.
func (r Roster) effect(period Period, s trail, reaction float64) TeamEffect {
	if len(r.reps) == 0 {
		return TeamEffect{}
	}
	if known := s.period().To; !known.Before(period.From) {
		period.From = known.AddDays(1)
	}
	e := TeamEffect{Now: r.Capacity(period)}
	weight, weights := 1.0, 0.0
	for age := range s.values {
		c := r.Capacity(s.grid.period(s.last - age))
		if age == 0 {
			e.Then = c
		}
		e.Usual += weight * c.Full
		weights += weight
		if weight *= 1 - reaction; weight < leastWeight {
			break
		}
	}
	e.Usual /= weights
	e.Factor = e.Now.Full / e.Usual
	if e.Known = e.Usual > 0 && isFinite(e.Factor) && !math.Signbit(e.Factor); !e.Known {
		e.Factor = 0
	}
	return e
}

// leastWeight is where history is too long ago to matter to the level.
const leastWeight = 0.01
