package coaching

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// Limits of an event.
const (
	MaxEventID   = 200 // characters, of ids of events and subjects
	MaxEventText = 200 // characters, of a text field
	// MaxEventDays is how long the period of a cost or a metric may be.
	MaxEventDays = 366
	// EventLeeway is how far ahead of now an event may have happened: clocks
	// differ, and a day begins in the east before it does in the west.
	EventLeeway = 24 * time.Hour
	// maxEventCount is how often one event may say that something was done.
	maxEventCount = 100_000
	// oldestEvent is the first year that events may be of.
	oldestEvent = 1970
)

// EventError says why an event cannot be taken. Field is empty where it is not
// about one of the fields; "id", "kind", "subject" and "at" name the others.
type EventError struct {
	Field  EventField
	Reason Reason
}

// Error names the field and the reason, for logs.
func (e *EventError) Error() string {
	if e.Field == "" {
		return "event: " + string(e.Reason)
	}
	return fmt.Sprintf("event: %s: %s", e.Field, e.Reason)
}

// The reasons why an event is refused.
const (
	ReasonEventID          Reason = "event_id_missing"
	ReasonEventIDLong      Reason = "event_id_too_long"
	ReasonEventIDReused    Reason = "event_id_reused" // the id is known with other content
	ReasonEventKind        Reason = "event_kind_unknown"
	ReasonEventSubject     Reason = "event_subject_missing"
	ReasonEventSubjectFull Reason = "event_subject_full" // too many events about one subject
	ReasonEventTime        Reason = "event_time_missing"
	ReasonEventFuture      Reason = "event_in_the_future"
	ReasonEventOld         Reason = "event_too_old"
	ReasonEventField       Reason = "event_field_unknown"
	ReasonEventMissing     Reason = "event_field_missing"
	ReasonEventText        Reason = "event_text_too_long"
	ReasonEventNotText     Reason = "event_text_unreadable"
	ReasonEventAmount      Reason = "event_amount_unreadable"
	ReasonEventCount       Reason = "event_count_unreadable"
	ReasonEventFlag        Reason = "event_flag_unreadable"
	ReasonEventDate        Reason = "event_date_unreadable"
	ReasonEventOrder       Reason = "event_date_order"
	ReasonEventCode        Reason = "event_currency_unknown"
	ReasonEventChoice      Reason = "event_choice_unknown"
	ReasonEventPeriod      Reason = "event_period_backwards"
	ReasonEventLong        Reason = "event_period_too_long"
)

// CheckEvent returns an event in its canonical form, the time in milliseconds,
// texts trimmed, numbers without superfluous digits, or says what is wrong with
// it. Empty fields are left out: they say nothing. The error, if any, is an
// [*EventError] of the first thing wrong, in the order of the declaration.
func CheckEvent(event Event, now time.Time) (Event, error) {
	form, known := EventFormOf(event.Kind)
	event.ID, event.Subject = strings.TrimSpace(event.ID), strings.TrimSpace(event.Subject)
	event.At = event.At.UTC().Truncate(time.Millisecond)
	if err := checkEventHead(event, form, known, now); err != nil {
		return Event{}, err
	}
	for _, name := range slices.Sorted(maps.Keys(event.Fields)) {
		if _, declared := form.Field(name); !declared {
			return Event{}, &EventError{Field: name, Reason: ReasonEventField}
		}
	}
	fields := make(map[EventField]string, len(event.Fields))
	for _, spec := range form.Fields {
		text := strings.TrimSpace(event.Fields[spec.Field])
		if text == "" {
			if spec.Required {
				return Event{}, &EventError{Field: spec.Field, Reason: ReasonEventMissing}
			}
			continue
		}
		value, reason := spec.canonical(text, now)
		if reason != "" {
			return Event{}, &EventError{Field: spec.Field, Reason: reason}
		}
		fields[spec.Field] = value
	}
	event.Fields = fields
	return event, event.checkPeriod()
}

func checkEventHead(event Event, form EventForm, known bool, now time.Time) error {
	switch {
	case event.ID == "":
		return &EventError{Field: "id", Reason: ReasonEventID}
	case !known:
		return &EventError{Field: "kind", Reason: ReasonEventKind}
	case event.Subject == "" && form.NeedsSubject:
		return &EventError{Field: "subject", Reason: ReasonEventSubject}
	case event.At.IsZero():
		return &EventError{Field: "at", Reason: ReasonEventTime}
	case event.At.After(now.Add(EventLeeway)):
		return &EventError{Field: "at", Reason: ReasonEventFuture}
	case event.At.Year() < oldestEvent:
		return &EventError{Field: "at", Reason: ReasonEventOld}
	}
	for name, text := range map[EventField]string{"id": event.ID, "subject": event.Subject} {
		switch {
		case !isPlain(text):
			return &EventError{Field: name, Reason: ReasonEventNotText}
		case utf8.RuneCountInString(text) > MaxEventID:
			return &EventError{Field: name, Reason: ReasonEventIDLong}
		}
	}
	return nil
}

// checkPeriod refuses a period that ends before it begins or is too long.
func (e Event) checkPeriod() error {
	if e.Fields[FieldFrom] == "" || e.Fields[FieldTo] == "" {
		return nil
	}
	switch days := e.day(FieldTo).Sub(e.day(FieldFrom)) + 1; {
	case days < 1:
		return &EventError{Field: FieldTo, Reason: ReasonEventPeriod}
	case days > MaxEventDays:
		return &EventError{Field: FieldTo, Reason: ReasonEventLong}
	}
	return nil
}

// canonical returns the one way in which a value of the form is written, or why
// it is none.
func (s EventFieldSpec) canonical(text string, now time.Time) (value string, reason Reason) {
	switch s.Form {
	case FormAmount, FormScore:
		return canonicalAmount(text, s.Form)
	case FormCount:
		count, err := strconv.Atoi(text)
		if err != nil || count < 1 || count > maxEventCount {
			return "", ReasonEventCount
		}
		return strconv.Itoa(count), ""
	case FormFlag:
		return canonicalFlag(text)
	case FormDate:
		date, err := ParseDate(text)
		switch {
		case err != nil:
			return "", ReasonEventDate
		case date.Year < oldestEvent:
			return "", ReasonEventOld
		case s.Field != FieldTo && s.Field != FieldFrom && date.After(DateOf(now.Add(EventLeeway))):
			return "", ReasonEventFuture
		case date.After(DateOf(now).AddDays(MaxEventDays)): // a budget for the year ahead
			return "", ReasonEventFuture
		}
		return date.String(), ""
	case FormCode:
		code := strings.ToUpper(text)
		if len(code) != 3 || strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
			return "", ReasonEventCode
		}
		return code, ""
	case FormChoice:
		if choice := strings.ToLower(text); slices.Contains(s.Choices, choice) {
			return choice, ""
		}
		return "", ReasonEventChoice
	default:
		switch {
		case !isPlain(text):
			return "", ReasonEventNotText
		case utf8.RuneCountInString(text) > MaxEventText:
			return "", ReasonEventText
		}
		return text, ""
	}
}

// maxNumberText bounds how much text is read as a number.
const maxNumberText = 40

func canonicalAmount(text string, form FieldForm) (string, Reason) {
	if len(text) > maxNumberText {
		return "", ReasonEventAmount
	}
	value, err := decimal.NewFromString(text)
	if err != nil || CheckFigure(value) != nil || form == FormAmount && value.Sign() < 0 {
		return "", ReasonEventAmount
	}
	return value.String(), ""
}

func canonicalFlag(text string) (string, Reason) {
	switch strings.ToLower(text) {
	case "true", "yes", "y", "1":
		return "true", ""
	case "false", "no", "n", "0":
		return "false", ""
	default:
		return "", ReasonEventFlag
	}
}

// isPlain reports whether a text is UTF-8 without control characters.
func isPlain(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f })
}
