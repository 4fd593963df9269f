package coaching

import (
	"maps"
	"time"
)

// EventKind says what happened in the sales process.
type EventKind string

// The kinds of events.
const (
	DealCreated      EventKind = "deal.created"
	DealStageChanged EventKind = "deal.stage_changed"
	DealWon          EventKind = "deal.won"
	DealLost         EventKind = "deal.lost"
	DealReopened     EventKind = "deal.reopened" // a win or a loss that was none
	LeadReceived     EventKind = "lead.received"
	LeadQualified    EventKind = "lead.qualified"
	CustomerStarted  EventKind = "customer.started"
	CustomerRenewed  EventKind = "customer.renewed"
	CustomerChurned  EventKind = "customer.churned"
	CostRecorded     EventKind = "cost.recorded"
	MetricRecorded   EventKind = "metric.recorded"
	ActivityDone     EventKind = "activity.done"
)

// Event is one thing that happened, as a CRM or another program reports it.
// Its values are text in a canonical form, which [CheckEvent] brings about.
type Event struct {
	// ID is the sender's, unique within the workspace: the same id again is the
	// same event and counts once.
	ID   string
	Kind EventKind
	// Subject is the sender's id of what it happened to: the deal, the lead, the
	// customer. Costs, metrics and activities may leave it empty; it is then the
	// event's own id, and with one a later event corrects an earlier.
	Subject string
	// At is when it happened, not when it was sent. Of two events that say
	// different things of one subject the later one is right, whichever came
	// first.
	At     time.Time
	Fields map[EventField]string
}

// SubjectKind is what an event is about.
type SubjectKind string

// The kinds of subjects.
const (
	SubjectDeal     SubjectKind = "deal"
	SubjectLead     SubjectKind = "lead"
	SubjectCustomer SubjectKind = "customer"
	SubjectCost     SubjectKind = "cost"
	SubjectMetric   SubjectKind = "metric"
	SubjectActivity SubjectKind = "activity"
)

// SubjectKinds returns the kinds of subjects in the order in which they are
// listed.
func SubjectKinds() []SubjectKind {
	return []SubjectKind{SubjectDeal, SubjectLead, SubjectCustomer, SubjectCost, SubjectMetric, SubjectActivity}
}

// About returns the kind and the id of what the event is about.
func (e Event) About() (SubjectKind, string) {
	form, _ := EventFormOf(e.Kind)
	if e.Subject == "" {
		return form.Subject, e.ID
	}
	return form.Subject, e.Subject
}

// Placed returns a checked event with what it leaves to the workspace filled
// in: the day is that of its time in the zone, amounts are in the workspace's
// currency. It never changes the given event.
func (e Event) Placed(workspace Workspace) Event {
	form, _ := EventFormOf(e.Kind)
	fields := maps.Clone(e.Fields)
	if fields == nil {
		fields = make(map[EventField]string)
	}
	day := DateOf(e.At.In(workspace.Location()))
	switch {
	case form.Day != "":
		if fields[form.Day] == "" {
			fields[form.Day] = day.String()
		}
	case e.Kind == CostRecorded || e.Kind == MetricRecorded:
		placePeriod(fields, day)
	}
	for _, spec := range form.Fields {
		if spec.Field == FieldCurrency && fields[FieldCurrency] == "" {
			fields[FieldCurrency] = workspace.Currency
		}
	}
	e.Fields = fields
	return e
}

// placePeriod completes a period: one end alone is that day, none is the day
// of the event.
func placePeriod(fields map[EventField]string, day Date) {
	from, to := fields[FieldFrom], fields[FieldTo]
	switch {
	case from == "" && to == "":
		from, to = day.String(), day.String()
	case from == "":
		from = to
	case to == "":
		to = from
	}
	fields[FieldFrom], fields[FieldTo] = from, to
}

// day returns a field of a placed event as a date, the zero date where it is
// none.
func (e Event) day(field EventField) Date {
	date, _ := ParseDate(e.Fields[field])
	return date
}
