package sandbox

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// sentPath is where the files that members send are downloaded. Their addresses
// are signed and lapse.
const sentPath = "/ephemeral-attachments/"

// sentFor is how long the address of a file is good.
const sentFor = 24 * time.Hour

// discordSent is a file that a member sends with a command.
type discordSent struct {
	name string
	data []byte
}

// Attach keeps a file that a member sends with a command, and returns its id, which
// is the option's value, and what the interaction says of it. Base is where the bot
// reaches the API.
func (a *DiscordAPI) Attach(base, name, kind string, data []byte) (id string, resolved map[string]any) {
	a.mu.Lock()
	defer a.mu.Unlock()
	id = a.newID()
	if a.sent == nil {
		a.sent = make(map[string]discordSent)
	}
	a.sent[id] = discordSent{name, data}
	address := strings.TrimSuffix(base, "/") + sentPath + a.config.Application + "/" + id + "/" + url.PathEscape(name) +
		"?ex=" + strconv.FormatInt(a.config.Now().Add(sentFor).Unix(), 16) + "&hm=" + id
	return id, map[string]any{
		"id": id, "filename": name, "content_type": kind, "size": len(data), "url": address, "proxy_url": address, "ephemeral": true,
	}
}

// giveSent answers the download of such a file.
func (a *DiscordAPI) giveSent(w http.ResponseWriter, r *http.Request) {
	call := Call{Method: "download", At: a.config.Now()}
	defer func() { a.record(call) }()
	a.mu.Lock()
	defer a.mu.Unlock()
	sent, found := a.sent[r.FormValue("hm")]
	lapses, err := strconv.ParseInt(r.FormValue("ex"), 16, 64)
	switch {
	case r.Header.Get("Authorization") != "":
		call.Error = "a token where none belongs"
		http.Error(w, call.Error, http.StatusBadRequest)
	case !found || err != nil || a.config.Now().Unix() >= lapses:
		call.Error = "This content is no longer available."
		http.Error(w, call.Error, http.StatusNotFound)
	default:
		w.Header().Set("Content-Type", "text/csv")
		_, _ = w.Write(sent.data)
	}
}

// sentName is what a file is called that a member sent.
func (a *DiscordAPI) sentName(id string) string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.sent[id].name
}

// attach keeps the files that were chosen for a command's options, and gives the
// options their ids.
func (d *discordDesk) attach(at place, typed *typed) map[string]any {
	attached := make(map[string]any, len(typed.files))
	for option, sent := range typed.files {
		id, file := d.api.Attach(at.base+DiscordPath, sent.name, sent.kind, sent.data)
		typed.options[option], attached[id] = id, file
	}
	return attached
}
