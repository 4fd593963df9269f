package coaching

// AlarmState says whether a stream is in an episode.
type AlarmState string

// The states of a stream; the zero value reads as quiet.
const (
	AlarmQuiet  AlarmState = "alarm_quiet"  // nothing that chance does not explain
	AlarmRaised AlarmState = "alarm_raised" // changed for the worse, and not back
)

// AlarmEvent is what a look at a stream newly found. It is empty where there
// is nothing to tell that was not told before.
type AlarmEvent string

// The events.
const (
	AlarmBegan   AlarmEvent = "alarm_began"   // a change for the worse: tell it, once
	AlarmCleared AlarmEvent = "alarm_cleared" // back to what was usual
	// AlarmSettled: a year after the change it is what is usual. The episode
	// is over, and what comes is judged against the new level.
	AlarmSettled AlarmEvent = "alarm_settled"
	// AlarmTooLittle: no change would show within a year with so few cases.
	AlarmTooLittle AlarmEvent = "alarm_too_little"
)

// Episode is what has to be remembered of a stream between two looks; the rest
// follows from its history. The zero Episode is that of a stream never looked
// at. Whether somebody wants not to hear of it for a while is kept elsewhere:
// an episode goes on, and ends, whether it is told or not.
type Episode struct {
	State AlarmState
	// Raised is the month in which the alarm was raised, Since the one in which
	// the change most likely began; zero while quiet.
	Raised, Since Date
	// Base is the first month of what is usual, zero for all that is known:
	// an episode that settled leaves its first month here.
	Base Date
	// Cleared is the month of the last all-clear.
	Cleared Date
	// ToldTooLittle is set once that was told, until there is enough.
	ToldTooLittle bool
}

// The course of an episode.
const (
	// fadedShare is how far the evidence has to fall from the bar for an alarm
	// to have been none.
	fadedShare = 0.1
	// allClearOdds is how much likelier the last months have to be at what was
	// usual than at what it changed to, for it to be all clear: one good month
	// shall not end an episode and the next reopen it.
	allClearOdds = 10
	// fewestClearMonths have to be good, however clearly one is.
	fewestClearMonths = 2
	// settledAfter is the months after a change, and settledLeast those after
	// its alarm, from which on a level is what is usual.
	settledAfter = 12
	settledLeast = 6
	// enoughAgain is how far above the need the cases of a year have to rise
	// before a stream may say again that it has too few.
	enoughAgain = 1.25
)

// alarmLook is what a look at a stream found in a month.
type alarmLook struct {
	month         Date
	strength, bar float64
	since         Date // when the change most likely began
	known         bool // there are months enough to judge by
	ripe          bool // and bad ones enough
	power         AlarmPower
	back          bool // the last months are as usual again
	settles       bool // a new level becomes what is usual
}

// next returns the episode after a look, and what there is to tell.
func (e Episode) next(look alarmLook) (Episode, AlarmEvent) {
	if float64(look.power.Cases) >= enoughAgain*float64(look.power.Needs) {
		e.ToldTooLittle = false
	}
	if e.State == AlarmRaised {
		switch {
		case look.back || look.strength <= fadedShare*look.bar:
			cleared := e.quiet()
			cleared.Cleared = look.month
			return cleared, AlarmCleared
		case look.settles && e.old(look.month):
			settled := e.quiet()
			settled.Base, settled.Cleared = e.Since, Date{}
			return settled, AlarmSettled
		}
		return e, ""
	}
	e = e.quiet()
	switch {
	case look.ripe && look.strength >= look.bar:
		e.State, e.Raised, e.Since = AlarmRaised, look.month, look.since
		return e, AlarmBegan
	case look.known && look.power.TooLittle() && !e.ToldTooLittle:
		e.ToldTooLittle = true
		return e, AlarmTooLittle
	}
	return e, ""
}

// old reports whether a month lies long after the change and its alarm.
func (e Episode) old(month Date) bool {
	now := monthIndex(month)
	return now-monthIndex(e.Since) >= settledAfter && now-monthIndex(e.Raised) >= settledLeast
}

func (e Episode) quiet() Episode {
	e.State, e.Raised, e.Since = AlarmQuiet, Date{}, Date{}
	return e
}
