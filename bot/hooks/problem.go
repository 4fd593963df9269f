package hooks

import (
	"net/http"
	"strconv"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// problemType is the media type of RFC 9457.
const problemType = "application/problem+json"

// problem is why a request is refused as a whole.
type problem struct {
	status int
	reason coaching.Reason // worded as "reason_" and this
	// retry is after how many seconds it may be sent again, 0 where that would
	// not help.
	retry int
	args  commands.Args
}

// The problems.
var (
	unsigned    = &problem{status: http.StatusUnauthorized, reason: "hook_unsigned"}
	stale       = &problem{status: http.StatusUnauthorized, reason: "hook_stale"}
	unverified  = &problem{status: http.StatusUnauthorized, reason: "hook_unverified"}
	notJSON     = &problem{status: http.StatusUnsupportedMediaType, reason: "hook_not_json"}
	packed      = &problem{status: http.StatusUnsupportedMediaType, reason: "hook_packed"}
	malformed   = &problem{status: http.StatusBadRequest, reason: "hook_malformed"}
	misshapen   = &problem{status: http.StatusBadRequest, reason: "hook_misshapen"}
	tooLong     = &problem{status: http.StatusRequestEntityTooLarge, reason: "hook_too_long"}
	tooLarge    = &problem{status: http.StatusRequestEntityTooLarge, reason: "hook_too_large"}
	nowhere     = &problem{status: http.StatusNotFound, reason: "hook_nowhere"}
	wrongMethod = &problem{status: http.StatusMethodNotAllowed, reason: "hook_method"}
	tooMany     = &problem{status: http.StatusTooManyRequests, reason: "hook_too_many", retry: 2}
	unavailable = &problem{status: http.StatusServiceUnavailable, reason: "hook_unavailable", retry: 5}
)

// refusal returns the problem of a status that the server came to by itself.
func refusal(status int) *problem {
	for _, p := range []*problem{tooLarge, nowhere, wrongMethod} {
		if p.status == status {
			return p
		}
	}
	if status >= http.StatusInternalServerError {
		return unavailable
	}
	return &problem{status: status, reason: "hook_misshapen"}
}

// Error names the problem, for logs.
func (p *problem) Error() string { return string(p.reason) }

// at is the problem of a body that stops to be JSON at a place.
func (p *problem) at(offset int64, pointer string) *problem {
	found := *p
	found.args = commands.Args{"place": place(offset, pointer)}
	return &found
}

// problemBody are the members of RFC 9457; its type is about:blank, so the title
// is the status's, and the reason tells problems apart.
type problemBody struct {
	Title  string          `json:"title"`
	Status int             `json:"status"`
	Reason coaching.Reason `json:"reason"`
}

func (p *problem) answer(voice *commands.Voice) commands.Answer {
	answer := marshaled(p.status, problemType, struct {
		problemBody
		Detail string `json:"detail"`
	}{problemBody{http.StatusText(p.status), p.status, p.reason}, voice.Text("reason_"+string(p.reason), p.args)})
	if p.retry > 0 {
		answer.Header["Retry-After"] = strconv.Itoa(p.retry)
	}
	if p.status == http.StatusUnauthorized {
		answer.Header["WWW-Authenticate"] = "StandardWebhooks"
	}
	return answer
}
