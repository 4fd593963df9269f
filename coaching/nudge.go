package coaching

import (
	"cmp"
	"slices"
	"time"
)

// Nudge holds the facts of a daily small-win nudge, as decided when it came
// due. Words are found for them when it is sent.
type Nudge struct {
	// Date is the local day it is for, Since the working day it looks back to.
	Date, Since Date
	Wins        []Win
	// MoreWins counts the wins beyond those listed.
	MoreWins int
	Goals    []Standing
}

// Win is the progress that one member made on one goal since the last working
// day. Entry is the latest of it, with the amounts of all added up.
type Win struct {
	Entry Entry
	Goal  Goal
}

// usefulFor is how long after its time a nudge is still worth sending: at nine
// it speaks of the day ahead, at the end of the day of nothing.
const usefulFor = 6 * time.Hour

// NudgeExpires returns when a nudge that is due at an instant becomes useless:
// after six hours, at the latest when its local day ends.
func NudgeExpires(due time.Time, loc *time.Location) time.Time {
	expires := due.Add(usefulFor)
	if midnight := DateOf(due.In(loc)).AddDays(1).In(loc); midnight.Before(expires) {
		return midnight.UTC()
	}
	return expires
}

// Limits of a nudge: what a person reads in a few seconds.
const (
	maxWins       = 5
	maxNudgeGoals = 5
)

// LookBack returns the first working day that a nudge on the date speaks of,
// the last one before it (so that Monday reports Friday), and the instant in
// loc at which that day begins.
func LookBack(date Date, calendar Calendar, loc *time.Location) (Date, time.Time) {
	since := calendar.Previous(date)
	return since, since.In(loc)
}

// NewNudge chooses what a nudge tells: the wins among the entries, largest share
// of their goal first, and the active focus goals, whose progress the caller
// fills in. Private goals stay out of channels.
func NewNudge(date, since Date, entries []Entry, goals []Goal) Nudge {
	nudge := Nudge{Date: date, Since: since}
	byNumber := make(map[int]Goal, len(goals))
	for _, goal := range goals {
		if goal.Private {
			continue
		}
		byNumber[goal.Number] = goal
		if goal.Focus && goal.State == Active && !date.After(goal.Period.To) {
			nudge.Goals = append(nudge.Goals, Standing{Goal: goal})
		}
	}
	// The team's goals concern everybody in the channel.
	slices.SortStableFunc(nudge.Goals, func(a, b Standing) int { return cmp.Compare(b.Goal.shared(), a.Goal.shared()) })
	nudge.Goals = nudge.Goals[:min(len(nudge.Goals), maxNudgeGoals)]
	undone := make(map[string]bool)
	for _, entry := range entries {
		if entry.Op == Undo {
			undone[entry.Reverts] = true
		}
	}
	type who struct {
		member MemberID
		goal   int
	}
	places := make(map[who]int)
	for _, entry := range entries {
		goal, known := byNumber[entry.Goal]
		if !known || undone[entry.ID] || !isWin(goal, entry) {
			continue
		}
		key := who{entry.Member, entry.Goal}
		if place, listed := places[key]; listed {
			entry.Amount = entry.Amount.Add(nudge.Wins[place].Entry.Amount)
			nudge.Wins[place].Entry = entry
			continue
		}
		places[key] = len(nudge.Wins)
		nudge.Wins = append(nudge.Wins, Win{Entry: entry, Goal: goal})
	}
	slices.SortStableFunc(nudge.Wins, func(a, b Win) int { return cmp.Compare(b.share(), a.share()) })
	if more := len(nudge.Wins) - maxWins; more > 0 {
		nudge.Wins, nudge.MoreWins = nudge.Wins[:maxWins], more
	}
	return nudge
}

// shared is 1 for the team's goals and 0 for a member's.
func (g Goal) shared() int {
	if g.Team() {
		return 1
	}
	return 0
}

// isWin reports whether an entry is progress: something added to a sum that
// wants more.
func isWin(goal Goal, entry Entry) bool {
	return entry.Op == Add && entry.Amount.Sign() > 0 && goal.Better == Higher
}

// share is how much of the goal's target the win makes up.
func (w Win) share() float64 {
	target, known := w.Goal.Target()
	if !known || target.Sign() <= 0 {
		return 0
	}
	return w.Entry.Amount.Div(target).InexactFloat64()
}
