package sandbox

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// SlackAPI is a stand-in for Slack's Web API: an [http.Handler] that takes the
// same requests under any path that ends in /METHOD, and judges them by the
// documented rules. It is meant to be strict: where Slack would cut, split or
// guess, it refuses. Everything is kept in memory and can be inspected; faults
// can be injected. All methods may be called at the same time.
//
// It answers auth.revoke, auth.test, chat.postEphemeral, chat.postMessage, chat.update,
// conversations.history, conversations.info, conversations.open,
// conversations.replies, files.completeUploadExternal, files.getUploadURLExternal,
// usergroups.users.list, users.info, views.open, views.publish, views.push and
// views.update, and "unknown_method" to all others.
type SlackAPI struct {
	outages
	callLog

	tokens   map[string]slackToken
	scopes   []string
	now      func() time.Time
	timeline *timeline

	mu      sync.Mutex
	team    Team
	limited bool
	paces   map[string]time.Time // when a channel's allowance is full again
	views   views
	files   slackFiles
}

// APIConfig says what a [SlackAPI] plays.
type APIConfig struct {
	Team Team
	// BotToken is good from the beginning; [SlackAPI.Give] makes others so.
	BotToken string
	// Now is the platform's clock; it decides every TS.
	Now func() time.Time
	// RateLimit refuses more than about one message a second per channel.
	RateLimit bool
	// Scopes are what the bot was granted; nil means all.
	Scopes []string
}

// NewSlackAPI returns a workspace in which nobody has said anything yet.
func NewSlackAPI(config APIConfig) (*SlackAPI, error) {
	if err := config.Team.validate(); err != nil {
		return nil, err
	}
	api := &SlackAPI{
		tokens:   make(map[string]slackToken),
		scopes:   config.Scopes,
		now:      config.Now,
		timeline: newTimeline(config.Now),
		team:     config.Team,
		limited:  config.RateLimit,
		paces:    make(map[string]time.Time),
		views:    newViews(),
		files:    slackFiles{known: make(map[string]*SlackFile)},
	}
	if config.BotToken != "" {
		api.Give(config.BotToken, time.Time{})
	}
	return api, nil
}

// method is one of the Web API's: what it needs and what it does.
type method struct {
	run func(*SlackAPI, arguments) (answer, *refusal)
	// scopes are those of which one is enough, by the method's page.
	scopes []string
	// formOnly marks the reading methods, which do not look into a JSON body.
	formOnly bool
}

// methods is the table of what the stand-in can do. Its scopes are those of
// https://docs.slack.dev/reference/methods.
var methods = map[string]method{
	"auth.revoke":      {run: (*SlackAPI).revokeToken, formOnly: true},
	"auth.test":        {run: (*SlackAPI).authTest},
	"chat.postMessage": {run: (*SlackAPI).postMessage, scopes: []string{"chat:write"}},
	"chat.postEphemeral": {
		run: (*SlackAPI).postEphemeral, scopes: []string{"chat:write"},
	},
	"chat.update": {run: (*SlackAPI).update, scopes: []string{"chat:write"}},
	"conversations.history": {
		run:    (*SlackAPI).history,
		scopes: []string{"channels:history", "groups:history", "im:history", "mpim:history"},
	},
	"conversations.replies": {
		run: (*SlackAPI).replies, formOnly: true,
		scopes: []string{"channels:history", "groups:history", "im:history", "mpim:history"},
	},
	"conversations.info": {
		run: (*SlackAPI).conversation, formOnly: true,
		scopes: []string{"channels:read", "groups:read", "im:read", "mpim:read"},
	},
	"conversations.open": {
		run:    (*SlackAPI).openConversation,
		scopes: []string{"channels:manage", "groups:write", "im:write", "mpim:write"},
	},
	"files.completeUploadExternal": {run: (*SlackAPI).endUpload, scopes: []string{"files:write"}},
	"files.getUploadURLExternal":   {run: (*SlackAPI).beginUpload, formOnly: true, scopes: []string{"files:write"}},
	"views.open":                   {run: (*SlackAPI).openView},
	"views.publish":                {run: (*SlackAPI).publishView},
	"views.push":                   {run: (*SlackAPI).pushView},
	"views.update":                 {run: (*SlackAPI).updateView},
	"usergroups.users.list":        {run: (*SlackAPI).groupMembers, formOnly: true, scopes: []string{"usergroups:read"}},
	"users.info":                   {run: (*SlackAPI).user, formOnly: true, scopes: []string{"users:read"}},
}

// answer is the body of a call that went well, without its "ok".
type answer map[string]any

// refusal is why a call did not go well.
type refusal struct {
	code string
	// messages explain it, as in response_metadata.messages.
	messages []string
	// needed is the scope that was missing.
	needed string
	// retryAfter makes it a 429.
	retryAfter time.Duration
}

func refuse(code string, messages ...string) *refusal {
	return &refusal{code: code, messages: messages}
}

// ServeHTTP answers one call.
func (a *SlackAPI) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.Contains(r.URL.Path, "/"+uploadPath) {
		a.takeUpload(w, r)
		return
	}
	if strings.Contains(r.URL.Path, sharedPath) {
		a.giveShared(w, r)
		return
	}
	name := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
	call := Call{Method: name, At: a.now()}
	defer func() {
		call.Gone = r.Context().Err() != nil
		a.record(call)
	}()

	called, known := methods[name]
	if !known {
		call.Error = "unknown_method"
		write(w, nil, refuse(call.Error))
		return
	}
	args, refused := readArguments(w, r, called.formOnly)
	call.Channel = args.text("channel")
	// What is no metadata is refused later.
	_ = json.Unmarshal([]byte(args.text("metadata")), &call.Metadata)
	fault := a.fault(name)
	tooMany := func(wait time.Duration) { write(w, nil, &refusal{code: "ratelimited", retryAfter: wait}) }
	if fault.before(w, r, tooMany) {
		call.Fault = fault.Kind
		return
	}
	if refused == nil {
		refused = a.authorize(args.token, called.scopes)
	}
	if refused == nil {
		refused = fault.refusal()
	}
	var result answer
	if refused == nil {
		result, refused = called.run(a, args)
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

// authorize judges the token and the scopes that come with it.
func (a *SlackAPI) authorize(token string, scopes []string) *refusal {
	a.mu.Lock()
	defer a.mu.Unlock()
	if refused := a.judgeToken(token); refused != nil {
		return refused
	}
	switch {
	case a.scopes == nil || len(scopes) == 0:
		return nil
	case !slices.ContainsFunc(scopes, func(s string) bool { return slices.Contains(a.scopes, s) }):
		return &refusal{code: "missing_scope", needed: strings.Join(scopes, ",")}
	}
	return nil
}

// lookup finds a channel for the bot: it must exist and, unless that does not
// matter, the bot must be in.
func (a *SlackAPI) lookup(id string, member bool) (Channel, *refusal) {
	channel, found := a.Team().channel(id)
	switch {
	case !found, channel.Private && channel.WithoutBot:
		return Channel{}, refuse("channel_not_found")
	case member && channel.WithoutBot:
		return Channel{}, refuse("not_in_channel")
	}
	return channel, nil
}

// write sends the answer as Slack does: 200 whatever came of it, except 429.
func write(w http.ResponseWriter, result answer, refused *refusal) {
	status := http.StatusOK
	if result == nil {
		result = answer{}
	}
	result["ok"] = refused == nil
	if refused != nil {
		result["error"] = refused.code
		if len(refused.messages) > 0 {
			result["errors"] = refused.messages
			prefixed := make([]string, len(refused.messages))
			for i, message := range refused.messages {
				prefixed[i] = "[ERROR] " + message
			}
			result["response_metadata"] = answer{"messages": prefixed}
		}
		if refused.needed != "" {
			result["needed"] = refused.needed
		}
		if refused.retryAfter > 0 {
			status = http.StatusTooManyRequests
			w.Header().Set("Retry-After", seconds(refused.retryAfter))
		}
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	writeJSON(w, result)
}

// writeJSON writes a body. A caller that has gone away cannot be told.
func writeJSON(w http.ResponseWriter, body answer) { _ = json.NewEncoder(w).Encode(body) }
