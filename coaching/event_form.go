package coaching

import "slices"

// EventField names a value of an event.
type EventField string

// The fields. Whose, where, what and which kind cut every figure; the days say
// when, where that is not the event's own time.
const (
	FieldOwner     EventField = "owner" // e-mail address or name in the CRM
	FieldTerritory EventField = "territory"
	FieldProduct   EventField = "product"
	FieldType      EventField = "type" // new business, renewal, …

	FieldAmount   EventField = "amount"   // what a deal brings, what a cost came to
	FieldValue    EventField = "value"    // what a customer pays a month; a metric's figure
	FieldCurrency EventField = "currency" // ISO 4217; the workspace's where it is left out

	FieldStage  EventField = "stage"
	FieldReason EventField = "reason"
	FieldSource EventField = "source" // where a lead came from

	FieldBudget    EventField = "budget"
	FieldAuthority EventField = "authority"
	FieldNeed      EventField = "need"
	FieldTiming    EventField = "timing"
	FieldScore     EventField = "score"

	FieldOpenedOn    EventField = "opened_on"
	FieldClosedOn    EventField = "closed_on"
	FieldReceivedOn  EventField = "received_on"
	FieldQualifiedOn EventField = "qualified_on"
	FieldStartedOn   EventField = "started_on"
	FieldRenewedOn   EventField = "renewed_on"
	FieldChurnedOn   EventField = "churned_on"
	FieldDoneOn      EventField = "done_on"
	FieldFrom        EventField = "from" // first and last day that a cost or a
	FieldTo          EventField = "to"   // metric is for

	FieldCategory EventField = "category" // what a cost is for
	FieldMetric   EventField = "metric"
	FieldOf       EventField = "of" // what a metric's percentage is a share of
	FieldActivity EventField = "activity"
	FieldCount    EventField = "count"
)

// FieldForm is how a field's value is written.
type FieldForm string

// The forms.
const (
	FormText   FieldForm = "text"   // at most [MaxEventText] characters
	FormAmount FieldForm = "amount" // a decimal from 0 up, with a dot
	FormCount  FieldForm = "count"  // a whole number from 1 up
	FormScore  FieldForm = "score"  // a decimal, of any sign
	FormFlag   FieldForm = "flag"   // true or false
	FormDate   FieldForm = "date"   // yyyy-mm-dd
	FormCode   FieldForm = "code"   // an ISO 4217 code
	FormChoice FieldForm = "choice" // one of the choices
)

// EventFieldSpec declares a field of a kind of event.
type EventFieldSpec struct {
	Field    EventField
	Form     FieldForm
	Required bool
	Choices  []string
}

// EventForm declares a kind of event: what it is about and which fields it may
// have. What is not declared is refused.
type EventForm struct {
	Kind    EventKind
	Subject SubjectKind
	// Day is the field that says on which day it happened, empty for kinds that
	// are for a period or happen at their very time.
	Day    EventField
	Fields []EventFieldSpec
	// NeedsSubject kinds must name what they are about.
	NeedsSubject bool
}

// Field returns the declaration of a field; ok is false where the kind has
// none of that name.
func (f EventForm) Field(name EventField) (spec EventFieldSpec, ok bool) {
	i := slices.IndexFunc(f.Fields, func(spec EventFieldSpec) bool { return spec.Field == name })
	if i < 0 {
		return EventFieldSpec{}, false
	}
	return f.Fields[i], true
}

// EventForms returns the declarations of all kinds, in a fixed order.
func EventForms() []EventForm { return slices.Clone(eventForms) }

// EventFormOf returns the declaration of a kind; ok is false for one unknown.
func EventFormOf(kind EventKind) (form EventForm, ok bool) {
	i := slices.IndexFunc(eventForms, func(form EventForm) bool { return form.Kind == kind })
	if i < 0 {
		return EventForm{}, false
	}
	return eventForms[i], true
}

// CostCategories are what a cost may be for. Marketing and sales are what
// winning customers costs; production grows with what is sold.
var CostCategories = []string{CostMarketing, CostSales, CostProduction, CostSalaries, CostOverhead, CostOther}

// The categories of costs.
const (
	CostMarketing  = "marketing"
	CostSales      = "sales" // salaries and commissions of those who sell among them
	CostProduction = "production"
	CostSalaries   = "salaries" // of everybody else
	CostOverhead   = "overhead"
	CostOther      = "other"
)

// Activities are the activities that events report, each with the kind of goal
// that counts it.
var Activities = map[string]Kind{"call": Calls, "email": Emails, "meeting": Meetings}

func field(name EventField, form FieldForm) EventFieldSpec {
	return EventFieldSpec{Field: name, Form: form}
}

func choice(name EventField, choices ...string) EventFieldSpec {
	return EventFieldSpec{Field: name, Form: FormChoice, Required: true, Choices: choices}
}

// with joins what every event of a subject may say to what one kind adds.
func with(base []EventFieldSpec, more ...EventFieldSpec) []EventFieldSpec {
	return slices.Concat(base, more)
}

var (
	cutFields = []EventFieldSpec{
		field(FieldOwner, FormText), field(FieldTerritory, FormText), field(FieldProduct, FormText), field(FieldType, FormText),
	}
	dealFields = with(cutFields,
		field(FieldAmount, FormAmount), field(FieldCurrency, FormCode), field(FieldOpenedOn, FormDate), field(FieldStage, FormText))
	leadFields = with(cutFields,
		field(FieldSource, FormText), field(FieldReceivedOn, FormDate), field(FieldBudget, FormFlag), field(FieldAuthority, FormFlag),
		field(FieldNeed, FormFlag), field(FieldTiming, FormFlag), field(FieldScore, FormScore))
	customerFields = with(cutFields, field(FieldValue, FormAmount), field(FieldCurrency, FormCode))
	periodFields   = with(cutFields, field(FieldCurrency, FormCode), field(FieldFrom, FormDate), field(FieldTo, FormDate))
)

func required(spec EventFieldSpec) EventFieldSpec {
	spec.Required = true
	return spec
}

var eventForms = []EventForm{
	{Kind: DealCreated, Subject: SubjectDeal, NeedsSubject: true, Day: FieldOpenedOn, Fields: dealFields},
	{Kind: DealStageChanged, Subject: SubjectDeal, NeedsSubject: true, Fields: with(
		slices.DeleteFunc(slices.Clone(dealFields), func(s EventFieldSpec) bool { return s.Field == FieldStage }),
		required(field(FieldStage, FormText)))},
	{Kind: DealWon, Subject: SubjectDeal, NeedsSubject: true, Day: FieldClosedOn, Fields: with(dealFields, field(FieldClosedOn, FormDate))},
	{Kind: DealLost, Subject: SubjectDeal, NeedsSubject: true, Day: FieldClosedOn, Fields: with(dealFields, field(FieldClosedOn, FormDate), field(FieldReason, FormText))},
	{Kind: DealReopened, Subject: SubjectDeal, NeedsSubject: true, Fields: dealFields},
	{Kind: LeadReceived, Subject: SubjectLead, NeedsSubject: true, Day: FieldReceivedOn, Fields: leadFields},
	{Kind: LeadQualified, Subject: SubjectLead, NeedsSubject: true, Day: FieldQualifiedOn, Fields: with(leadFields, field(FieldQualifiedOn, FormDate))},
	{Kind: CustomerStarted, Subject: SubjectCustomer, NeedsSubject: true, Day: FieldStartedOn, Fields: with(customerFields, field(FieldStartedOn, FormDate))},
	{Kind: CustomerRenewed, Subject: SubjectCustomer, NeedsSubject: true, Day: FieldRenewedOn, Fields: with(customerFields, field(FieldRenewedOn, FormDate))},
	{Kind: CustomerChurned, Subject: SubjectCustomer, NeedsSubject: true, Day: FieldChurnedOn, Fields: with(customerFields, field(FieldChurnedOn, FormDate), field(FieldReason, FormText))},
	{Kind: CostRecorded, Subject: SubjectCost, Fields: with(periodFields, choice(FieldCategory, CostCategories...), required(field(FieldAmount, FormAmount)))},
	{Kind: MetricRecorded, Subject: SubjectMetric, Fields: with(periodFields,
		choice(FieldMetric, string(Revenue), string(Churn), string(Margin), string(CLV), string(Leads), string(WinRate), string(CAC), string(Cycle)),
		required(field(FieldValue, FormScore)), field(FieldOf, FormCount))},
	{Kind: ActivityDone, Subject: SubjectActivity, Day: FieldDoneOn, Fields: with(cutFields,
		choice(FieldActivity, "call", "email", "meeting"), field(FieldCount, FormCount), field(FieldDoneOn, FormDate))},
}
