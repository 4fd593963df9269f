package hooks

import (
	"encoding/json"
	"net/http"
	"slices"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// receipt is what became of a request's events.
type receipt struct {
	Accepted int      `json:"accepted"`
	Repeated int      `json:"repeated"`
	Refused  int      `json:"refused"`
	Detail   string   `json:"detail"`
	Errors   []listed `json:"errors"`
}

// listed is a refused event in an answer.
type listed struct {
	Index  int             `json:"index"`
	Field  string          `json:"field"` // empty: it is about no field in particular
	Reason coaching.Reason `json:"reason"`
	Detail string          `json:"detail"`
}

// receipt joins what the store says of the events to what could not be read.
func (s sending) receipt(results []coaching.EventResult, voice *commands.Voice) receipt {
	r := receipt{Errors: []listed{}}
	faults := slices.Clone(s.faults)
	for i, result := range results {
		switch result.Outcome {
		case coaching.EventAccepted:
			r.Accepted++
		case coaching.EventRepeated:
			r.Repeated++
		default:
			why := fault{index: s.places[i], reason: "event_refused"}
			if result.Why != nil {
				why.field, why.reason = string(result.Why.Field), result.Why.Reason
			}
			faults = append(faults, why)
		}
	}
	slices.SortFunc(faults, func(a, b fault) int { return a.index - b.index })
	for _, f := range faults {
		r.Errors = append(r.Errors, listed{
			Index: f.index, Field: shown(f.field), Reason: f.reason, Detail: voice.Text("reason_"+string(f.reason), nil),
		})
	}
	r.Refused = len(faults)
	args := commands.Args{"count": r.Accepted + r.Repeated}
	switch {
	case r.Refused == 0:
		r.Detail = voice.Text("hook_taken", args)
	case r.Accepted+r.Repeated == 0:
		r.Detail = voice.Text("hook_refused", commands.Args{"count": r.Refused})
	default:
		args["refused"] = voice.Text("hook_refused_of", commands.Args{"count": r.Refused})
		r.Detail = voice.Text("hook_partly", args)
	}
	return r
}

// answer is 200 where all events count; 207 where some do, for the others would
// not be better for sending all again; 422 where none does.
func (r receipt) answer() commands.Answer {
	switch {
	case r.Refused == 0:
		return marshaled(http.StatusOK, "application/json", r)
	case r.Accepted+r.Repeated > 0:
		return marshaled(http.StatusMultiStatus, "application/json", r)
	default:
		return marshaled(http.StatusUnprocessableEntity, problemType, struct {
			problemBody
			receipt
		}{problemBody{Title: http.StatusText(http.StatusUnprocessableEntity), Status: http.StatusUnprocessableEntity, Reason: reasonEventsRefused}, r})
	}
}

func marshaled(status int, kind string, body any) commands.Answer {
	text, err := json.Marshal(body)
	if err != nil { // It holds texts and numbers only.
		return commands.Answer{Status: http.StatusInternalServerError}
	}
	return commands.Answer{Status: status, Header: map[string]string{"Content-Type": kind}, Body: text}
}
