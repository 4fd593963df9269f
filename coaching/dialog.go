package coaching

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Dialog is a conversation that is under way: which one, what was asked and
// answered so far. It is a value; package commands knows the questions.
type Dialog struct {
	// ID is unique within the workspace and follows from the request that began
	// the dialog, so that beginning it twice begins it once.
	ID        string
	Workspace WorkspaceID
	Member    MemberID
	Channel   ChannelID
	// Name is the kind of dialog, Subject what it is about, such as a goal's
	// number; Subject may be empty.
	Name, Subject string

	State DialogState
	// Step is what is asked now. Turn counts how often that changed: an answer
	// to an earlier turn is out of date.
	Step string
	Turn int
	// Walked are the steps that were answered on the way here, for going back.
	Walked []string
	// Answers are the accepted ones, by the fields' names. A field that was
	// left empty is there with no answer.
	Answers map[string][]string

	// Typed are answers to the present step that are not accepted yet: those of
	// a form with something to mend in it, and those of a form whose fields are
	// asked one at a time. Problems are what is to be mended, by field.
	Typed    map[string][]string
	Problems map[string]Reason
	// OneByOne dialogs ask the fields of a step one at a time; Field is the
	// place of the one that is asked.
	OneByOne bool
	Field    int

	// Result names what the dialog came to, such as a goal's number.
	Result string
	// Requests are the ids of the latest requests that moved it, the last one
	// last.
	Requests []string

	Started, Changed time.Time
	// Revision is the store's.
	Revision int64
}

// DialogState is where a dialog is in its life.
type DialogState string

// The states of a dialog.
const (
	DialogOpen    DialogState = "open"
	DialogDone    DialogState = "done"    // it came to its result
	DialogDropped DialogState = "dropped" // ended without one
)

// Limits of dialogs.
const (
	// DialogLife is how long a dialog waits for the next answer.
	DialogLife = 7 * 24 * time.Hour

	mostWalked   = 50 // steps to go back
	mostRequests = 8  // repeats come soon after
)

// Expired reports whether the dialog has waited too long for an answer.
func (d Dialog) Expired(now time.Time) bool { return now.Sub(d.Changed) > DialogLife }

// Waits reports whether the dialog wants an answer.
func (d Dialog) Waits(now time.Time) bool { return d.State == DialogOpen && !d.Expired(now) }

// Token names the dialog and its turn; see [ParseDialogToken].
func (d Dialog) Token() string { return d.ID + "." + strconv.Itoa(d.Turn) }

// ParseDialogToken returns the dialog's id and the turn that a token names.
func ParseDialogToken(token string) (id string, turn int, ok bool) {
	id, number, found := strings.Cut(token, ".")
	turn, err := strconv.Atoi(number)
	return id, turn, found && id != "" && err == nil && turn >= 0
}

// Answered reports whether a field was answered, be it with nothing.
func (d Dialog) Answered(field string) bool {
	_, there := d.Answers[field]
	return there
}

// Answer returns the answer to a field, empty where there is none. Of several
// it is the first.
func (d Dialog) Answer(field string) string {
	if answers := d.Answers[field]; len(answers) > 0 {
		return answers[0]
	}
	return ""
}

// With returns the dialog with these answers among the accepted ones.
func (d Dialog) With(answers map[string][]string) Dialog {
	d.Answers = maps.Clone(d.Answers)
	if d.Answers == nil {
		d.Answers = make(map[string][]string, len(answers))
	}
	for field, values := range answers {
		d.Answers[field] = slices.Clone(values)
	}
	return d
}

// Without returns the dialog with these fields as if they had not been asked.
func (d Dialog) Without(fields ...string) Dialog {
	d.Answers = maps.Clone(d.Answers)
	for _, field := range fields {
		delete(d.Answers, field)
	}
	return d
}

// Moved returns the dialog at another step, which the present one leads to.
func (d Dialog) Moved(step string) Dialog {
	walked := append(slices.Clone(d.Walked), d.Step)
	d.Walked = walked[max(0, len(walked)-mostWalked):]
	return d.at(step)
}

// Back returns the dialog at the last step walked that is one of those given.
// It is as it was where there is none.
func (d Dialog) Back(steps []string) Dialog {
	for i := len(d.Walked) - 1; i >= 0; i-- {
		if step := d.Walked[i]; slices.Contains(steps, step) {
			d.Walked = slices.Clone(d.Walked[:i])
			return d.at(step)
		}
	}
	return d
}

func (d Dialog) at(step string) Dialog {
	d.Step, d.Turn = step, d.Turn+1
	d.Typed, d.Problems, d.Field = nil, nil, 0
	return d
}

// Touched returns the dialog as moved by a request.
func (d Dialog) Touched(request string, at time.Time) Dialog {
	requests := append(slices.Clone(d.Requests), request)
	d.Requests, d.Changed = requests[max(0, len(requests)-mostRequests):], at
	return d
}

// Repeats reports whether the request moved the dialog already.
func (d Dialog) Repeats(request string) bool { return slices.Contains(d.Requests, request) }
