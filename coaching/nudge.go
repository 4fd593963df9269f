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
	// Member is whose own nudge it is; it is empty in a channel.
	Member MemberID
	Wins   []Win
	// MoreWins counts the wins beyond those listed.
	MoreWins int
	Goals    []Standing
	// Small are this week's small wins to be shown: in a channel those that are
	// ticked, to a member all of their own. SmallTicked of SmallAll are ticked.
	Small                 []WeekWin
	SmallAll, SmallTicked int
	// Applause is what kudos were given since the nudge before.
	Applause []Applause
}

// WeekWin is a small win of the week, with the goal that it leads to.
type WeekWin struct {
	Win  SmallWin
	Goal Goal
	Done bool
	// Name is what the member was called when it was ticked.
	Name string
}

// Win is the progress that one member made on one goal since the last working
// day. Entry is the latest of it, with the amounts of all added up.
type Win struct {
	Entry Entry
	Goal  Goal
}

// Limits of a nudge: what a person reads in a few seconds.
const (
	maxWins       = 5
	maxNudgeGoals = 5
	maxWeekWins   = 5
)

// LookBack returns the first working day that a nudge on the date speaks of,
// the last one before it (so that Monday reports Friday), and the instant in
// loc at which that day begins.
func LookBack(date Date, calendar Calendar, loc *time.Location) (Date, time.Time) {
	since := calendar.Previous(date)
	return since, since.In(loc)
}

// NudgeGoals returns the goals that a nudge may speak of: in a channel all but the
// private ones, where a member is given theirs and the team's.
func NudgeGoals(member MemberID, goals []Goal) []Goal {
	return slices.DeleteFunc(slices.Clone(goals), func(goal Goal) bool {
		return member == "" && goal.Private || member != "" && goal.Owner != member && !goal.Team()
	})
}

// NewNudge chooses what a nudge tells: the wins among the entries and those that
// events tell of, largest share of their goal first, and the active focus goals,
// whose progress the caller fills in. It speaks of [NudgeGoals] alone. Where a
// member is given it is their own nudge, and of what they won.
func NewNudge(date, since Date, member MemberID, entries []Entry, fed []Win, goals []Goal) Nudge {
	nudge := Nudge{Date: date, Since: since, Member: member}
	byNumber := make(map[int]Goal, len(goals))
	for _, goal := range NudgeGoals(member, goals) {
		byNumber[goal.Number] = goal
		if goal.Focus && goal.State == Active && !date.After(goal.Period.To) {
			nudge.Goals = append(nudge.Goals, Standing{Goal: goal})
		}
	}
	// The team's goals concern everybody in the channel; alone, one's own come first.
	slices.SortStableFunc(nudge.Goals, func(a, b Standing) int {
		if member != "" {
			a, b = b, a
		}
		return cmp.Compare(b.Goal.shared(), a.Goal.shared())
	})
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
	for _, win := range fed {
		entries = append(slices.Clip(entries), win.Entry) // A correction by hand adds to it.
	}
	for _, entry := range entries {
		goal, known := byNumber[entry.Goal]
		if !known || undone[entry.ID] || !isWin(goal, entry) || member != "" && entry.Member != member {
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

// WithSmallWins returns the nudge with this week's small wins. In a channel those
// for private goals are left out, and what is not ticked yet is only counted.
func (n Nudge) WithSmallWins(wins []SmallWin, ticks []WinDone, goals map[int]Goal) Nudge {
	ticked := make(map[string]WinDone, len(ticks))
	for _, tick := range ticks {
		ticked[tick.Win] = tick
	}
	for _, win := range wins {
		goal, known := goals[win.Goal]
		if !known || goal.Private && n.Member == "" || n.Member != "" && win.Member != n.Member {
			continue
		}
		tick, done := ticked[win.ID]
		n.SmallAll++
		if done {
			n.SmallTicked++
		}
		if (done || n.Member != "") && len(n.Small) < maxWeekWins {
			n.Small = append(n.Small, WeekWin{Win: win, Goal: goal, Done: done, Name: tick.Name})
		}
	}
	return n
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
