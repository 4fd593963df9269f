package coaching

import (
	"strconv"
	"time"
)

// Trace is an entry of the audit trail: who changed what when, or was refused.
// It holds values, not sentences. The trail is only ever added to.
//
// A trace is left before the change is made, so that none is made without one;
// where a process dies in between, repeating the request makes the change.
type Trace struct {
	// ID is unique within the workspace and derived from the request and what
	// it was about, so that a repeated request adds nothing.
	ID        string
	Workspace WorkspaceID
	// Goal is the number of the goal, 0 for what the team shares.
	Goal   int
	Kind   TraceKind
	Member MemberID
	// Name is what the member was called then.
	Name   string
	At     time.Time
	Shifts []Shift
	// Why is the reason that the member gave, in their words.
	Why string
	// Act and Refusal tell what was refused, and why.
	Act     Act
	Refusal Reason
}

// Subject is what a part of the trail is about.
type Subject string

// The subjects besides goals. What was refused is apart, lest attempts bury what
// was done.
const (
	SubjectSettings Subject = "settings"
	SubjectRefused  Subject = "refused"
)

// SubjectGoal is the goal of that number.
func SubjectGoal(number int) Subject { return Subject("goal/" + strconv.Itoa(number)) }

// Subject returns the part of the trail that the trace belongs to.
func (t Trace) Subject() Subject {
	switch {
	case t.Kind == TraceRefused:
		return SubjectRefused
	case t.Goal == 0:
		return SubjectSettings
	default:
		return SubjectGoal(t.Goal)
	}
}

// TraceKind says what sort of change it is of.
type TraceKind string

// The kinds of traces.
const (
	TraceCreated  TraceKind = "created"
	TraceEdited   TraceKind = "edited"
	TraceState    TraceKind = "state" // focused, parked, closed, taken up again
	TracePlanned  TraceKind = "planned"
	TraceReviewed TraceKind = "reviewed"
	TraceAnswered TraceKind = "answered" // at a check-in
	TraceUndone   TraceKind = "undone"
	TraceSettings TraceKind = "settings"
	TraceManagers TraceKind = "managers"
	TraceClaimed  TraceKind = "claimed" // became the manager of a team without one
	TraceImported TraceKind = "imported"
	TraceExported TraceKind = "exported"
	TraceRefused  TraceKind = "refused" // was beyond the member's role
)
