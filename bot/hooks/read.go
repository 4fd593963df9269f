package hooks

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/smallwins/smallwins/coaching"
)

// The reasons why an event cannot be read, beside those of [coaching.CheckEvent].
const (
	reasonNoObject coaching.Reason = "event_not_object"
	reasonForm     coaching.Reason = "event_value_form" // a number for a text, an object for a value
	reasonTwice    coaching.Reason = "event_field_twice"
	reasonTime     coaching.Reason = "event_time_unreadable"
)

// reasonEventsRefused tells that none of a request's events was taken; each says
// why.
const reasonEventsRefused coaching.Reason = "events_refused"

// sending is what a request holds: the events that can be read, and what is
// wrong with the others.
type sending struct {
	events []coaching.Event
	places []int // of the events in the request
	faults []fault
}

// fault is what is wrong with an event.
type fault struct {
	index  int
	field  string
	reason coaching.Reason
}

// readEvents reads a request's body: {"events": [...]}, each event an object
// without objects within. It is strict: nothing may be there twice, and nothing
// that is not asked for. What is wrong with one event leaves the others alone;
// what is no JSON at all is refused as a whole.
func readEvents(body []byte) (sending, *problem) {
	r := reader{jsontext.NewDecoder(bytes.NewReader(body), jsontext.AllowDuplicateNames(true))}
	sent, err := r.sending()
	var why *problem
	var broken *jsontext.SyntacticError
	switch {
	case err == nil:
		return sent, nil
	case errors.As(err, &why):
		return sending{}, why
	case errors.As(err, &broken):
		return sending{}, malformed.at(broken.ByteOffset, string(broken.JSONPointer))
	default:
		return sending{}, malformed.at(int64(len(body)), "")
	}
}

// reader reads JSON token by token. Its errors are the decoder's and problems.
type reader struct{ *jsontext.Decoder }

func (r reader) sending() (sent sending, err error) {
	if r.PeekKind() != '{' {
		return sent, r.unlike(misshapen)
	}
	if _, err := r.ReadToken(); err != nil {
		return sent, err
	}
	found := false
	for r.PeekKind() == '"' {
		name, err := r.text()
		switch {
		case err != nil:
			return sent, err
		case name != "events" || found || r.PeekKind() != '[':
			return sent, r.unlike(misshapen)
		}
		if sent, err = r.list(); err != nil {
			return sent, err
		}
		found = true
	}
	if _, err := r.ReadToken(); err != nil { // the closing brace
		return sent, err
	}
	if !found {
		return sent, misshapen
	}
	if _, err := r.ReadToken(); !errors.Is(err, io.EOF) {
		return sent, errors.Join(err, misshapen) // something follows
	}
	return sent, nil
}

// unlike is the problem, or, where the next token is no JSON at all, that.
func (r reader) unlike(why *problem) error {
	if err := r.SkipValue(); err != nil {
		return err
	}
	return why
}

func (r reader) list() (sent sending, err error) {
	if _, err := r.ReadToken(); err != nil {
		return sent, err
	}
	for index := 0; r.PeekKind() != ']'; index++ {
		if index == MaxEvents {
			return sent, tooLong
		}
		event, why, err := r.event()
		switch {
		case err != nil:
			return sent, err
		case why != nil:
			why.index = index
			sent.faults = append(sent.faults, *why)
		default:
			sent.events, sent.places = append(sent.events, event), append(sent.places, index)
		}
	}
	_, err = r.ReadToken()
	return sent, err
}

// member is a name of an event's object and what stands for it.
type member struct {
	name, text string
	kind       jsontext.Kind
}

// event reads one event, or says what keeps it from being one.
func (r reader) event() (coaching.Event, *fault, error) {
	if r.PeekKind() != '{' {
		return coaching.Event{}, &fault{reason: reasonNoObject}, r.SkipValue()
	}
	if _, err := r.ReadToken(); err != nil {
		return coaching.Event{}, nil, err
	}
	var (
		members []member
		why     *fault
	)
	seen := make(map[string]bool)
	for r.PeekKind() == '"' {
		name, err := r.text()
		if err != nil {
			return coaching.Event{}, nil, err
		}
		value, err := r.value()
		if err != nil {
			return coaching.Event{}, nil, err
		}
		if seen[name] && why == nil {
			why = &fault{field: name, reason: reasonTwice}
		}
		seen[name] = true
		value.name = name
		members = append(members, value)
	}
	if _, err := r.ReadToken(); err != nil {
		return coaching.Event{}, nil, err
	}
	if why != nil {
		return coaching.Event{}, why, nil
	}
	event, why := makeEvent(members)
	return event, why, nil
}

// text reads a string.
func (r reader) text() (string, error) {
	token, err := r.ReadToken()
	if err != nil {
		return "", err
	}
	return token.String(), nil
}

// value reads a value: a number keeps the text that it was written in, an object
// or a list is only gone through.
func (r reader) value() (member, error) {
	kind := r.PeekKind()
	if kind == '{' || kind == '[' {
		return member{kind: kind}, r.SkipValue()
	}
	text, err := r.text()
	return member{kind: kind, text: text}, err
}

// makeEvent puts the members of an object in their places. Whether they are
// right is [coaching.CheckEvent]'s to say, as far as JSON does not matter.
func makeEvent(members []member) (coaching.Event, *fault) {
	event := coaching.Event{Fields: make(map[coaching.EventField]string, len(members))}
	at := ""
	head := map[string]*string{"id": &event.ID, "kind": (*string)(&event.Kind), "subject": &event.Subject, "at": &at}
	for _, m := range members {
		if place := head[m.name]; place != nil {
			if m.kind != '"' && m.kind != 'n' {
				return coaching.Event{}, &fault{field: m.name, reason: reasonForm}
			}
			*place = m.said()
		}
	}
	form, known := coaching.EventFormOf(event.Kind)
	for _, m := range members {
		if head[m.name] != nil {
			continue
		}
		spec, declared := form.Field(coaching.EventField(m.name))
		if known && declared && !m.fits(spec.Form) {
			return coaching.Event{}, &fault{field: m.name, reason: reasonForm}
		}
		event.Fields[coaching.EventField(m.name)] = m.said()
	}
	if at != "" {
		var err error
		if event.At, err = time.Parse(time.RFC3339, at); err != nil {
			return coaching.Event{}, &fault{field: "at", reason: reasonTime}
		}
	}
	return event, nil
}

// said is the member's value as text; null says nothing.
func (m member) said() string {
	if m.kind == 'n' {
		return ""
	}
	return m.text
}

// fits reports whether JSON of this kind can be such a value. Text in quotes
// always can: an amount in quotes keeps every digit, which some senders' numbers
// do not.
func (m member) fits(form coaching.FieldForm) bool {
	switch m.kind {
	case '"', 'n':
		return true
	case '0':
		return form == coaching.FormAmount || form == coaching.FormScore || form == coaching.FormCount
	case 't', 'f':
		return form == coaching.FormFlag
	default:
		return false
	}
}

// shown shortens a name that a sender made up, so that it can be said back.
func shown(name string) string {
	const enough = 60
	if runes := []rune(name); len(runes) > enough {
		return string(runes[:enough]) + "…"
	}
	return name
}

// place words where a body stops to be JSON.
func place(offset int64, pointer string) string {
	if pointer == "" {
		return strconv.FormatInt(offset, 10)
	}
	return strconv.FormatInt(offset, 10) + " (" + shown(pointer) + ")"
}
