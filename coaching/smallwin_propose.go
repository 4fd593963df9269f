package coaching

import "slices"

// The reasons of a proposal, the first of them for wins and the others for
// none.
const (
	ReasonWinsBehind     Reason = "wins_behind"  // up to three
	ReasonWinsOnPace     Reason = "wins_on_pace" // up to two, smaller
	ReasonWinsAhead      Reason = "wins_ahead"   // one
	ReasonWinsReached    Reason = "wins_target_reached"
	ReasonWinsDayOff     Reason = "wins_day_off"
	ReasonWinsOutside    Reason = "wins_outside_period"
	ReasonWinsNotActive  Reason = "wins_goal_not_active"
	ReasonWinsNoTarget   Reason = "wins_no_target"
	ReasonWinsWeekFull   Reason = "wins_week_full" // other goals have the week's three
	ReasonWinsNothingFit Reason = "wins_nothing_fits"
)

// WinAsk is what small wins follow from.
type WinAsk struct {
	// Judgement is where the goal stands on the morning of Today.
	Judgement Judgement
	Today     Date
	// Member is whose wins they are, Calendar their own: holidays and leave
	// are off.
	Member   MemberID
	Calendar Calendar
	// Share is the member's part of what is left to do, above 0 and up to 1;
	// 0 reads as 1. Four reps who share a team goal alike have a quarter each.
	Share float64

	// Plan, Funnel and Size may be zero; with less known the wins come from the
	// playbook.
	Plan   Plan
	Funnel Funnel
	Size   DealSize
	// Usual is what the member does on a normal working day by funnel stage or
	// activity, as far as known.
	Usual map[string]float64

	// Kept are wins proposed before. Those of the member's week count against
	// its limit, whatever their goal, and are not proposed a second time.
	Kept []SmallWin
	// Tried are plays of past weeks, which give way to others.
	Tried []PlayID
}

// WinProposal is a week's small wins of one member for one goal.
type WinProposal struct {
	// Wins are those kept of the goal, then new ones; never more than
	// [MostWins] together with those kept of other goals.
	Wins   []SmallWin
	Reason Reason
}

// ProposeWins proposes this week's small wins for a member's goal: what the
// target asks of the week, translated through the funnel into pieces of work,
// then what the plan's answers and the playbook say to do. They are sized for
// the working days left, at most one win for each; a goal on pace gets fewer
// and smaller ones, one that is reached or a day off none.
//
// The result follows from the ask alone. Giving it back as Kept proposes the
// same again, so that a second run of the week, on whatever replica, adds
// nothing.
func ProposeWins(ask WinAsk) WinProposal {
	most, reason := ask.limit()
	if most == 0 {
		return WinProposal{Reason: reason}
	}
	week := newWinWeek(ask, reason)
	if !ask.Calendar.Works(ask.Today) {
		return WinProposal{Reason: ReasonWinsDayOff}
	}
	most = min(most, week.days)
	p := WinProposal{Reason: reason}
	room := MostWins
	known := make(map[string]bool)
	pieces := 0
	for _, win := range ask.Kept {
		if win.Member != ask.Member || win.Week != week.first || known[win.ID] {
			continue
		}
		known[win.ID] = true
		room--
		if win.Goal == ask.Judgement.Goal.Number {
			p.Wins = append(p.Wins, win)
			if win.Kind == WinPieces {
				pieces++
			}
		}
	}
	add := func(win SmallWin) {
		if room > 0 && len(p.Wins) < most && !known[win.ID] {
			p.Wins = append(p.Wins, win)
			known[win.ID] = true
			room--
		}
	}
	// One win beside the pieces is for how it is done, where there is room.
	for _, win := range week.pieces() {
		if pieces < max(most-1, 1) && !known[win.ID] {
			add(win)
			pieces++
		}
	}
	for _, win := range week.others() {
		add(win)
	}
	if len(p.Wins) == 0 {
		p.Reason = ReasonWinsNothingFit
		if room == 0 {
			p.Reason = ReasonWinsWeekFull
		}
	}
	// Kept wins may be more than are proposed now, but never more than fit.
	p.Wins = p.Wins[:min(len(p.Wins), MostWins)]
	return p
}

// limit returns how many wins the goal's standing asks for, and why.
func (ask WinAsk) limit() (most int, reason Reason) {
	j := ask.Judgement
	switch {
	case j.Goal.State != Active:
		return 0, ReasonWinsNotActive
	case !j.Goal.Period.Contains(ask.Today):
		return 0, ReasonWinsOutside
	case !j.HasTarget:
		return 0, ReasonWinsNoTarget
	// A limit is kept until the period's end, not reached before it.
	case j.Met() && (j.Pace == nil || j.Goal.Better == Higher):
		return 0, ReasonWinsReached
	case j.Pace != nil:
		return limitOfPace(j.Pace.State)
	case j.Level != nil && (j.Level.State == LevelUnread || j.Level.Reason == ReasonClosing || j.Level.Reason == ReasonShortNoise):
		return 2, ReasonWinsOnPace
	default:
		return MostWins, ReasonWinsBehind
	}
}

func limitOfPace(state PaceState) (most int, reason Reason) {
	switch state {
	case PaceBehind, PaceMissed:
		return MostWins, ReasonWinsBehind
	case PaceAhead:
		return 1, ReasonWinsAhead
	case PaceDone:
		return 0, ReasonWinsReached
	case PaceOver:
		return 0, ReasonWinsOutside
	default:
		return 2, ReasonWinsOnPace
	}
}

// winWeek is the week that wins are proposed for.
type winWeek struct {
	ask   WinAsk
	first Date
	due   Date
	days  int // working days left, today among them
	// calm is set where the goal is not behind: wins are smaller.
	calm bool
}

func newWinWeek(ask WinAsk, reason Reason) winWeek {
	w := winWeek{ask: ask, first: ask.Calendar.WeekStart(ask.Today), calm: reason != ReasonWinsBehind}
	last := w.first.AddDays(6)
	if end := ask.Judgement.Goal.Period.To; last.After(end) {
		last = end
	}
	w.due = ask.Calendar.lastWorkday(last)
	w.days = ask.Calendar.Workdays(ask.Today, last)
	return w
}

// WeekStart returns the first day of the working week around a day: the
// working day that follows one off, Monday where there is more than one such
// day or none.
func (c Calendar) WeekStart(day Date) Date {
	const weekdays = 7
	start := 1 // Monday
	for offset := range weekdays {
		today, eve := (1+offset)%weekdays, offset
		if c.inWeek(weekdaySerial(today)) && !c.inWeek(weekdaySerial(eve)) {
			start = today
			break
		}
	}
	return day.AddDays(-((int(day.Weekday()) - start + weekdays) % weekdays))
}

// weekdaySerial returns the number of some day that is that day of the week,
// with Sunday as 0: 4 January 1970 was one.
func weekdaySerial(weekday int) int { return 3 + weekday }

// win returns the part that every win of the week shares.
func (w winWeek) win() SmallWin {
	goal := w.ask.Judgement.Goal
	return SmallWin{
		Workspace: goal.Workspace, Goal: goal.Number, Member: w.ask.Member,
		Week: w.first, Due: w.due,
	}
}

// number counts weeks, so that proposals go round.
func (w winWeek) number() int { return (w.first.serial() + 3) / 7 }

// turned returns the list begun at another place each week and, so that a team
// does not all do the same, for each member.
func turned[T any](list []T, by int) []T {
	if len(list) == 0 {
		return nil
	}
	start := ((by % len(list)) + len(list)) % len(list)
	return slices.Concat(list[start:], list[:start])
}
