package sandbox

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// sharedPath is where the files that members sent are downloaded, below the Web
// API's own path: /files-pri/TEAM-FILE/download/NAME.
const sharedPath = "/files-pri/"

// Share keeps a file that a member sends and returns the object that an event has
// of it, https://docs.slack.dev/reference/objects/file-object. Base is the address
// at which the bot reaches the Web API.
func (a *SlackAPI) Share(base, member, name, kind string, data []byte) map[string]any {
	a.mu.Lock()
	defer a.mu.Unlock()
	id := "F" + fmt.Sprintf("%010d", len(a.files.known)+1)
	a.files.known[id] = &SlackFile{ID: id, Name: name, Title: name, Data: data, size: len(data), whole: true, shared: true}
	address := strings.TrimSuffix(base, "/") + sharedPath + a.team.ID + "-" + id + "/"
	return map[string]any{
		"id": id, "name": name, "title": name, "mimetype": kind, "size": len(data), "user": member, "mode": "hosted",
		"is_external": false, "is_public": false, "file_access": "visible",
		"url_private": address + url.PathEscape(name), "url_private_download": address + "download/" + url.PathEscape(name),
	}
}

// Unshare deletes a file that a member sent.
func (a *SlackAPI) Unshare(id string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if file, found := a.files.known[id]; found {
		file.shared = false
	}
}

// Shared returns the files that the bot shared in a channel, oldest first.
func (a *SlackAPI) Shared(channel string) []SlackFile {
	var shared []SlackFile
	for _, message := range a.timeline.in(channel) {
		for _, id := range message.Files {
			if file, found := a.File(id); found && message.Author == BotUser {
				shared = append(shared, file)
			}
		}
	}
	return shared
}

// giveShared answers the download of a file that a member sent. Whoever may not
// have it is sent to the page for signing in, as Slack does.
func (a *SlackAPI) giveShared(w http.ResponseWriter, r *http.Request) {
	call := Call{Method: "download", At: a.now()}
	defer func() { a.record(call) }()
	fault := a.fault("download")
	tooMany := func(wait time.Duration) {
		w.Header().Set("Retry-After", seconds(wait))
		w.WriteHeader(http.StatusTooManyRequests)
	}
	if fault.before(w, r, tooMany) {
		call.Fault = fault.Kind
		return
	}
	_, rest, _ := strings.Cut(r.URL.Path, sharedPath)
	place, _, _ := strings.Cut(rest, "/")
	team, id, _ := strings.Cut(place, "-")
	token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	a.mu.Lock()
	defer a.mu.Unlock()
	file, found := a.files.known[id]
	switch {
	case a.judgeToken(token) != nil, a.scopes != nil && !slices.Contains(a.scopes, "files:read"), team != a.team.ID:
		call.Error = "sign in"
		http.Redirect(w, r, "/?redir="+url.QueryEscape(r.URL.Path), http.StatusFound)
	case !found || !file.shared:
		call.Error = "not found"
		http.NotFound(w, r)
	default:
		w.Header().Set("Content-Type", "application/octet-stream")
		_, _ = w.Write(file.Data)
	}
}

// share sends a file, with or without words. The bot hears of it in its own direct
// messages alone.
func (d *slackDesk) share(ctx context.Context, at place, typed typed) {
	sent := typed.files[""]
	file := d.api.Share(at.base+"/api/", at.Member.ID, sent.name, sent.kind, sent.data)
	id, _ := file["id"].(string)
	message := d.timeline.post(Message{
		Channel: at.Channel.ID, Author: at.Member.ID, Text: d.encode(typed.text), Files: []string{id}, Via: ViaTyped,
	})
	if at.Channel.direct() {
		d.tellOf(ctx, at, answer{
			"type": "message", "subtype": "file_share", "channel_type": "im", "user": at.Member.ID, "channel": message.Channel,
			"text": message.Text, "files": []any{file}, "ts": message.TS, "event_ts": message.TS, "team": d.api.Team().ID,
		})
	}
}
