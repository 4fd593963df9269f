package coaching

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Dossier is what the events about one deal, lead, customer, cost, metric or
// activity come to.
//
// It is built so that the order in which events arrive, and how often, cannot
// matter: [Dossier.Merge] is commutative, associative and idempotent, a state
// that replicas converge on (Shapiro and others, "Conflict-free Replicated Data
// Types", 2011). Each field is a register that the latest event wins; what
// happened when is a set.
type Dossier struct {
	Kind SubjectKind
	ID   string
	// Values are the registers, in the order of their fields.
	Values []DossierValue
	// Steps are what happened, in the order in which it did.
	Steps []DossierStep
	// Touched are the days that any of its events named, also those that count no
	// more, in order: figures of no other days can depend on it.
	Touched []DayRange
}

// DossierValue is a field as the latest event left it.
type DossierValue struct {
	Field EventField
	Value string
	At    time.Time
	Event string
}

// DossierStep is one thing that happened to a subject.
type DossierStep struct {
	Event string
	Kind  EventKind
	At    time.Time
	// Day is the local day on which it counts, Stage the stage of a deal that it
	// came to, and Value what a customer pays a month from then on; the latter
	// two are empty where the event does not say.
	Day   Date
	Stage string
	Value string
}

// DayRange are days one after the other, both ends included.
type DayRange struct{ From, To Date }

// MaxSteps is how many events one subject keeps.
const MaxSteps = 4096

// DossierOf returns the subject as one event tells it. The event is checked and
// placed.
func DossierOf(event Event, workspace Workspace) Dossier {
	kind, id := event.About()
	form, _ := EventFormOf(event.Kind)
	s := Dossier{Kind: kind, ID: id, Values: make([]DossierValue, 0, len(event.Fields))}
	for field, value := range event.Fields {
		s.Values = append(s.Values, DossierValue{Field: field, Value: value, At: event.At, Event: event.ID})
	}
	SortValues(s.Values)
	step := DossierStep{Event: event.ID, Kind: event.Kind, At: event.At, Stage: event.Fields[FieldStage]}
	if form.Day != "" {
		step.Day = event.day(form.Day)
	} else {
		step.Day = DateOf(event.At.In(workspace.Location()))
	}
	if kind == SubjectCustomer {
		step.Value = event.Fields[FieldValue]
	}
	s.Steps = []DossierStep{step}
	s.Touched = s.days()
	return s
}

// SortValues puts registers into the order that [Dossier] keeps them in.
func SortValues(values []DossierValue) { slices.SortFunc(values, byField) }

func byField(a, b DossierValue) int { return strings.Compare(string(a.Field), string(b.Field)) }

// wins reports whether a value stands against another of the same field: it is
// of the later event, of the greater id where both happened at once.
func (v DossierValue) wins(other DossierValue) bool {
	return cmp.Or(v.At.Compare(other.At), strings.Compare(v.Event, other.Event), strings.Compare(v.Value, other.Value)) > 0
}

// compare orders steps as they happened. Of one event there is one step; read
// in two zones its day may differ, then the later one stands.
func (s DossierStep) compare(other DossierStep) int {
	return cmp.Or(s.At.Compare(other.At), strings.Compare(s.Event, other.Event))
}

// Merge returns what two states of one subject come to.
func (s Dossier) Merge(other Dossier) Dossier {
	merged := Dossier{Kind: s.Kind, ID: s.ID}
	merged.Values = mergeSorted(s.Values, other.Values, byField, func(a, b DossierValue) DossierValue {
		if b.wins(a) {
			return b
		}
		return a
	})
	merged.Steps = mergeSorted(s.Steps, other.Steps, DossierStep.compare, func(a, b DossierStep) DossierStep {
		if b.Day.After(a.Day) {
			return b
		}
		return a
	})
	merged.Touched = mergeRanges(s.Touched, other.Touched)
	return merged
}

func mergeRanges(a, b []DayRange) []DayRange {
	return mergeSorted(a, b,
		func(a, b DayRange) int { return cmp.Or(a.From.Compare(b.From), a.To.Compare(b.To)) },
		func(a, _ DayRange) DayRange { return a })
}

// mergeSorted merges two sorted lists without repetitions; of equals pick
// chooses.
func mergeSorted[T any](a, b []T, compare func(a, b T) int, pick func(a, b T) T) []T {
	merged := make([]T, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		switch c := compare(a[0], b[0]); {
		case c < 0:
			merged, a = append(merged, a[0]), a[1:]
		case c > 0:
			merged, b = append(merged, b[0]), b[1:]
		default:
			merged, a, b = append(merged, pick(a[0], b[0])), a[1:], b[1:]
		}
	}
	return append(append(merged, a...), b...)
}

// Equal reports whether two states are the same.
func (s Dossier) Equal(other Dossier) bool {
	return s.Kind == other.Kind && s.ID == other.ID && slices.EqualFunc(s.Values, other.Values, func(a, b DossierValue) bool {
		return a.Field == b.Field && a.Value == b.Value && a.Event == b.Event && a.At.Equal(b.At)
	}) && slices.EqualFunc(s.Steps, other.Steps, func(a, b DossierStep) bool {
		return a.At.Equal(b.At) && a.Event == b.Event && a.Kind == b.Kind && a.Day == b.Day && a.Stage == b.Stage && a.Value == b.Value
	}) && slices.Equal(s.Touched, other.Touched)
}

// Value returns a field as the latest event left it, empty where none said.
func (s Dossier) Value(field EventField) string {
	i, found := slices.BinarySearchFunc(s.Values, field, func(v DossierValue, field EventField) int {
		return strings.Compare(string(v.Field), string(field))
	})
	if !found {
		return ""
	}
	return s.Values[i].Value
}

func (s Dossier) date(field EventField) Date {
	date, _ := ParseDate(s.Value(field))
	return date
}
