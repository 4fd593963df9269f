package coaching

import "time"

// AlarmStill is told when a break from a warning is over and the figures are not
// back.
const AlarmStill AlarmEvent = "alarm_still"

// SnoozeDays is how long a warning is snoozed for by its button.
const SnoozeDays = 28

// Watched is what is remembered of a stream between two looks.
type Watched struct {
	Workspace WorkspaceID
	Stream    Stream
	Episode   Episode
	// Hushed is set where nobody is to hear how the episode ends: it was called a
	// false alarm, or told as part of the whole's.
	Hushed bool
	// SnoozedUntil is the day from which it is told of again.
	SnoozedUntil Date
	// Revision is the stored revision that this value was read at; the store
	// compares it before it overwrites.
	Revision int64
}

// WarningID identifies the warning that stands; it is empty while it is quiet.
func (w Watched) WarningID() string {
	if w.Episode.State != AlarmRaised {
		return ""
	}
	return WarningID(w.Stream, w.Episode.Raised)
}

// After returns what is to be remembered after a look, what there is to tell, and
// of which warning. Covered says that the whole's own warning tells of it.
func (w Watched) After(alarm Alarm, covered bool, today Date) (next Watched, event AlarmEvent, warning string) {
	warning = w.WarningID() // an end is told of what stood before
	next, event = w, alarm.Event
	next.Episode = alarm.Episode
	if event == AlarmBegan {
		next.Hushed = covered
	}
	if warning == "" || next.Episode.State == AlarmRaised {
		warning = next.WarningID()
	}
	if today.Before(w.SnoozedUntil) {
		return next, "", warning
	}
	woke := !w.SnoozedUntil.IsZero()
	next.SnoozedUntil = Date{}
	switch {
	case event == AlarmTooLittle:
		return next, event, ""
	case next.Hushed:
		event = ""
	case woke && alarm.Raised() && event == "":
		event = AlarmStill
	}
	if next.Episode.State != AlarmRaised {
		next.Hushed = false
	}
	return next, event, warning
}

// Verdict is what people say of a warning.
type Verdict string

// The verdicts; none is "not answered".
const (
	VerdictUseful     Verdict = "useful"
	VerdictFalseAlarm Verdict = "false"
)

// Warned is a warning that was told, and what came of it.
type Warned struct {
	Workspace WorkspaceID
	ID        string
	Stream    Stream
	// Personal is set where only managers were told.
	Personal bool
	At       time.Time
	// Verdict is the last that was given, By and AnsweredAt by whom and when.
	Verdict    Verdict
	By         MemberID
	AnsweredAt time.Time
}

// Precision is how well warnings did.
type Precision struct{ Useful, FalseAlarms, Unanswered int }

// Told is how many warnings it is of.
func (p Precision) Told() int { return p.Useful + p.FalseAlarms + p.Unanswered }

// CountVerdicts returns how well warnings did by what people said of them.
func CountVerdicts(told []Warned) Precision {
	var p Precision
	for _, each := range told {
		switch each.Verdict {
		case VerdictUseful:
			p.Useful++
		case VerdictFalseAlarm:
			p.FalseAlarms++
		default:
			p.Unanswered++
		}
	}
	return p
}
