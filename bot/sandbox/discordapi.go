package sandbox

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// DiscordAPI is a stand-in for Discord's REST API: an [http.Handler] that takes
// the same requests under any path that ends in its own, and judges their bodies
// by Discord's published contract. It is stricter where Discord lets pass what
// nobody can have meant. Everything is kept in memory and can be inspected;
// faults can be injected. All methods may be called at the same time.
//
// It knows the operations channels.get, messages.create, messages.list,
// direct.create, answers.create, answers.edit, answers.delete, commands.list and
// commands.put.
type DiscordAPI struct {
	outages
	callLog

	config DiscordConfig
	mux    *http.ServeMux

	mu           sync.Mutex
	channels     []Channel
	messages     []DiscordPost
	interactions map[string]*discordInteraction // by their tokens
	registered   map[string]json.RawMessage     // by server; "" is for all
	spent        map[string]discordBucket       // by route
	sent         map[string]discordSent         // by id
	last         int64                          // the newest id's number
	revision     int64
	changed      chan struct{}
}

// DiscordConfig says what a [DiscordAPI] plays.
type DiscordConfig struct {
	// Application, Bot and Server are ids: numbers.
	Application, Bot, Server, Token string
	// Channels are the server's, with numbers for ids.
	Channels []Channel
	// Now is the platform's clock; it decides every id.
	Now func() time.Time
	// RateLimit refuses more than five posts in five seconds per channel.
	RateLimit bool
	// WithoutHistory takes the permission to read earlier messages away.
	WithoutHistory bool
}

// DiscordPost is a message at Discord.
type DiscordPost struct {
	ID, Channel string
	// OnlyFor is the member who alone sees it.
	OnlyFor string
	// Body is what the bot sent, as the contract has it.
	Body json.RawMessage
	// Files are the pictures that were sent along.
	Files []DiscordFile
	// Reply is the id of the message that it replies to.
	Reply string
	// Nonce is what makes a repeated post one.
	Nonce string
	// Via is the operation that made it, "response" for what answered an
	// interaction right away.
	Via    string
	At     time.Time
	Edited bool
	// Author is the member who wrote it, empty for the bot, [discordSystem] for
	// what Discord itself tells one member.
	Author string
	// Asker is the member whose command it answers, Line that command as typed.
	Asker, Line string
	// Detail is a line for developers that Discord would not show.
	Detail  string
	Removed bool

	revision int64
}

// NewDiscordAPI returns a server in which nobody has said anything yet.
func NewDiscordAPI(config DiscordConfig) *DiscordAPI {
	a := &DiscordAPI{
		config: config, mux: http.NewServeMux(), channels: config.Channels,
		interactions: make(map[string]*discordInteraction), registered: make(map[string]json.RawMessage),
		spent: make(map[string]discordBucket), changed: make(chan struct{}),
	}
	for pattern, operation := range map[string]discordOperation{
		"GET /channels/{channel}":                                   {"channels.get", "", true, (*DiscordAPI).getChannel},
		"POST /channels/{channel}/messages":                         {"messages.create", DiscordMessage, true, (*DiscordAPI).createMessage},
		"GET /channels/{channel}/messages":                          {"messages.list", "", true, (*DiscordAPI).listMessages},
		"POST /users/@me/channels":                                  {"direct.create", DiscordDirect, true, (*DiscordAPI).openDirect},
		"POST /webhooks/{application}/{token}":                      {"answers.create", DiscordFollowup, false, (*DiscordAPI).createAnswer},
		"PATCH /webhooks/{application}/{token}/messages/@original":  {"answers.edit", DiscordEdit, false, (*DiscordAPI).editAnswer},
		"DELETE /webhooks/{application}/{token}/messages/@original": {"answers.delete", "", false, (*DiscordAPI).deleteAnswer},
		"GET /applications/{application}/commands":                  {"commands.list", "", true, (*DiscordAPI).listCommands},
		"PUT /applications/{application}/commands":                  {"commands.put", DiscordCommands, true, (*DiscordAPI).putCommands},
		"GET /applications/{application}/guilds/{server}/commands":  {"commands.list", "", true, (*DiscordAPI).listCommands},
		"PUT /applications/{application}/guilds/{server}/commands":  {"commands.put", DiscordCommands, true, (*DiscordAPI).putCommands},
	} {
		a.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) { a.serve(w, r, operation) })
	}
	return a
}

// discordOperation is one of the API's: what it takes and what it does.
type discordOperation struct {
	name string
	body DiscordBody
	// bot operations take the bot token, others their own.
	bot bool
	run func(*DiscordAPI, *http.Request, []byte) (any, *discordRefusal)
}

// discordRefusal is why a call did not go well.
type discordRefusal struct {
	status, code int
	message      string
	retryAfter   time.Duration
}

// discordRefuse returns a refusal by its status and code.
// https://docs.discord.com/developers/topics/opcodes-and-status-codes#json
func discordRefuse(status, code int, message string) *discordRefusal {
	return &discordRefusal{status: status, code: code, message: message}
}

// apiRoot is where the paths begin that the operations know.
const apiRoot = "/v10/"

// ServeHTTP answers one call.
func (a *DiscordAPI) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.Contains(r.URL.Path, sentPath) {
		a.giveSent(w, r)
		return
	}
	if i := strings.Index(r.URL.Path, apiRoot); i >= 0 {
		r.URL.Path = r.URL.Path[i+len(apiRoot)-1:]
	}
	a.mux.ServeHTTP(w, r)
}

func (a *DiscordAPI) serve(w http.ResponseWriter, r *http.Request, operation discordOperation) {
	call := Call{Method: operation.name, Channel: r.PathValue("channel"), At: a.config.Now()}
	defer func() {
		call.Gone = r.Context().Err() != nil
		a.record(call)
	}()
	body, err := readDiscord(w, r)
	if err != nil {
		return
	}
	call.Nonce = nonceOf(body)
	fault := a.fault(operation.name)
	tooMany := func(wait time.Duration) {
		a.refuse(w, &discordRefusal{status: http.StatusTooManyRequests, retryAfter: wait})
	}
	if fault.before(w, r, tooMany) {
		call.Fault = fault.Kind
		return
	}
	refused := a.judge(r, operation, body)
	if refused == nil && fault.Kind == FaultRefuse {
		refused = namedRefusal(fault.Error)
	}
	if refused == nil {
		refused = a.pace(w, r, operation)
	}
	var result any
	if refused == nil {
		result, refused = operation.run(a, r, body)
	}
	if refused != nil {
		call.Error = strconv.Itoa(refused.code) + " " + refused.message
	}
	if fault.after(w, r) {
		call.Fault = fault.Kind
		return
	}
	if refused != nil {
		a.refuse(w, refused)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	if result == nil {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	_ = json.NewEncoder(w).Encode(result)
}

// nonceOf is the nonce of a post; other bodies have none.
func nonceOf(body []byte) string {
	var sent struct {
		Nonce string `json:"nonce"`
	}
	if json.Unmarshal(body, &sent) != nil {
		return ""
	}
	return sent.Nonce
}

// namedRefusal is an error by its code, under the status that it comes with.
func namedRefusal(code string) *discordRefusal {
	number, _ := strconv.Atoi(code)
	status := http.StatusBadRequest
	switch number {
	case 50001, 50013:
		status = http.StatusForbidden
	case 10003, 10004, 10015:
		status = http.StatusNotFound
	case 0, 40001:
		status = http.StatusUnauthorized
	}
	return discordRefuse(status, number, "injected")
}

// judge refuses a call without the right token, without what Discord wants every
// client to say of itself, or with a body that breaks the contract.
func (a *DiscordAPI) judge(r *http.Request, operation discordOperation, body []byte) *discordRefusal {
	switch {
	case !strings.HasPrefix(r.UserAgent(), "DiscordBot ("):
		return discordRefuse(http.StatusForbidden, 0, "no user agent of a bot")
	case operation.bot && (r.Header.Get("Authorization") != "Bot "+a.config.Token || a.isRevoked()):
		return discordRefuse(http.StatusUnauthorized, 0, "401: Unauthorized")
	case !operation.bot && r.Header.Get("Authorization") != "":
		return discordRefuse(http.StatusBadRequest, 0, "a token where none belongs")
	case r.PathValue("application") != "" && r.PathValue("application") != a.config.Application:
		return discordRefuse(http.StatusForbidden, 20012, "another application")
	case operation.body == "":
		return nil
	case r.MultipartForm == nil && r.Header.Get("Content-Type") != "application/json":
		return discordRefuse(http.StatusBadRequest, 50109, "not JSON")
	}
	if err := CheckDiscord(operation.body, body); err != nil {
		return discordRefuse(http.StatusBadRequest, 50035, "Invalid Form Body: "+err.Error())
	}
	if operation.body == DiscordCommands {
		return nil
	}
	if _, err := discordFiles(r, body); err != nil {
		return discordRefuse(http.StatusBadRequest, 50035, "Invalid Form Body: "+err.Error())
	}
	return nil
}

func (a *DiscordAPI) refuse(w http.ResponseWriter, refused *discordRefusal) {
	w.Header().Set("Content-Type", "application/json")
	answer := map[string]any{"code": refused.code, "message": refused.message}
	if refused.status == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", seconds(refused.retryAfter))
		w.Header().Set("X-RateLimit-Scope", "user")
		answer["retry_after"], answer["global"] = refused.retryAfter.Seconds(), false
	}
	w.WriteHeader(refused.status)
	_ = json.NewEncoder(w).Encode(answer)
}

// discordBucket is what is left of a route's allowance until a time.
type discordBucket struct {
	left  int
	until time.Time
}

// A channel takes five posts in five seconds.
const (
	discordBurst  = 5
	discordPeriod = 5 * time.Second
)

// pace counts a post against its channel's allowance and tells what is left.
func (a *DiscordAPI) pace(w http.ResponseWriter, r *http.Request, operation discordOperation) *discordRefusal {
	a.mu.Lock()
	defer a.mu.Unlock()
	if !a.config.RateLimit || operation.name != "messages.create" {
		return nil
	}
	now, route := a.config.Now(), r.PathValue("channel")
	bucket, found := a.spent[route]
	if !found || !now.Before(bucket.until) {
		bucket = discordBucket{left: discordBurst, until: now.Add(discordPeriod)}
	}
	wait := bucket.until.Sub(now)
	header := w.Header()
	header.Set("X-RateLimit-Limit", strconv.Itoa(discordBurst))
	header.Set("X-RateLimit-Reset-After", strconv.FormatFloat(wait.Seconds(), 'f', 3, 64))
	header.Set("X-RateLimit-Bucket", "posts")
	if bucket.left == 0 {
		header.Set("X-RateLimit-Remaining", "0")
		return &discordRefusal{status: http.StatusTooManyRequests, retryAfter: wait}
	}
	bucket.left--
	header.Set("X-RateLimit-Remaining", strconv.Itoa(bucket.left))
	a.spent[route] = bucket
	return nil
}
