package sandbox

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// teamMark begins the part of a path that names the workspace, in addresses that
// carry no token.
const teamMark = "@"

// ServeHTTP answers oauth.v2.access, and hands a call to the workspace that its
// token is of.
func (o *SlackOAuth) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if team, found := teamIn(r.URL.Path); found {
		if api := o.teams[team]; api != nil {
			api.ServeHTTP(w, r)
			return
		}
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		write(w, nil, refuse("request_timeout"))
		return
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		form = nil
	}
	name := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
	if name == "oauth.v2.access" {
		o.answerAccess(w, r, name, form)
		return
	}
	token, found := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !found {
		token = form.Get("token")
	}
	for id, api := range o.teams {
		if api.knows(token) {
			r.Body = io.NopCloser(bytes.NewReader(body))
			r.URL.Path = strings.TrimSuffix(r.URL.Path, name) + teamMark + id + "/" + name
			api.ServeHTTP(w, r)
			return
		}
	}
	refused := refuse("invalid_auth")
	if token == "" {
		refused = refuse("not_authed")
	}
	o.record(Call{Method: name, At: o.config.Now(), Error: refused.code})
	write(w, nil, refused)
}

// teamIn returns the workspace that a path names.
func teamIn(path string) (team string, found bool) {
	for part := range strings.SplitSeq(path, "/") {
		if team, found = strings.CutPrefix(part, teamMark); found {
			return team, true
		}
	}
	return "", false
}

// answerAccess answers oauth.v2.access, unless something goes wrong with it.
func (o *SlackOAuth) answerAccess(w http.ResponseWriter, r *http.Request, name string, form url.Values) {
	call := Call{Method: name, At: o.config.Now()}
	defer func() { o.record(call) }()
	fault := o.fault(name)
	if fault.before(w, r, func(wait time.Duration) { write(w, nil, &refusal{code: "ratelimited", retryAfter: wait}) }) {
		call.Fault = fault.Kind
		return
	}
	refused := fault.refusal()
	var result answer
	if refused == nil {
		result, refused = o.access(r.Method, r.Header.Get("Content-Type"), form)
	}
	if refused != nil {
		call.Error = refused.code
	}
	if fault.after(w, r) {
		call.Fault = fault.Kind
		return
	}
	write(w, result, refused)
}
