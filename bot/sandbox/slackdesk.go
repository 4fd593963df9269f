package sandbox

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"time"
)

// slackDesk plays Slack: it sends what members do as Slack sends it, and shows
// what comes back as Slack shows it.
type slackDesk struct {
	*courier
	api      *SlackAPI
	timeline *timeline
	secret   string
	slash    string
	parts    []Command
	newID    func() string
	answers  responses
	words    *words
}

func (d *slackDesk) name() string { return "slack" }

func (d *slackDesk) team() Team { return d.api.Team() }

func (d *slackDesk) directory() directory {
	return directory{team: d.api.Team(), bot: BotUser, system: slackbot, systemName: "Slackbot"}
}

func (d *slackDesk) command(Member) command {
	offered := command{Name: d.slash}
	for _, part := range d.parts {
		offered.Parts = append(offered.Parts, commandPart{Name: part.Name, Usage: part.Usage, Description: part.Description})
	}
	return offered
}

func (d *slackDesk) since(revision int64) ([]Message, int64, <-chan struct{}) {
	return d.timeline.since(revision)
}

func (d *slackDesk) in(channel string) []Message { return d.timeline.in(channel) }

func (d *slackDesk) sent(message Message) time.Time { return time.UnixMicro(micros(message.TS)) }

// sign computes the v0 signature of a request,
// https://docs.slack.dev/authentication/verifying-requests-from-slack.
func sign(secret, timestamp, body string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("v0:" + timestamp + ":" + body))
	return "v0=" + hex.EncodeToString(mac.Sum(nil))
}

// sendForm posts a signed form.
func (d *slackDesk) sendForm(ctx context.Context, path string, form url.Values) outcome {
	return d.sendSigned(ctx, path, "application/x-www-form-urlencoded", form.Encode())
}

// sendPayload posts an interaction.
func (d *slackDesk) sendPayload(ctx context.Context, payload []byte) outcome {
	return d.sendForm(ctx, "/slack/interactions", url.Values{"payload": {string(payload)}})
}

// sendEvent posts an event of the Events API, https://docs.slack.dev/apis/events-api.
func (d *slackDesk) sendEvent(ctx context.Context, event answer) outcome {
	id := "Ev" + d.newID()
	body, err := json.Marshal(answer{
		"token": "", "team_id": d.api.Team().ID, "api_app_id": appID, "type": "event_callback", "event_id": id,
		"event_time": d.now().Unix(), "event": event, "is_ext_shared_channel": false,
		"authorizations": []answer{{"team_id": d.api.Team().ID, "user_id": BotUser, "is_bot": true}},
	})
	if err != nil {
		return outcome{letter: letter{path: "/slack/events"}, err: err}
	}
	return d.sendSigned(ctx, "/slack/events", "application/json", string(body))
}

func (d *slackDesk) sendSigned(ctx context.Context, path, kind, body string) outcome {
	timestamp := strconv.FormatInt(d.now().Unix(), 10)
	signature := sign(d.secret, timestamp, body)
	return d.send(ctx, letter{
		platform: d.name(), path: path, kind: kind, body: body, signature: "X-Slack-Signature: " + signature,
		headers: map[string]string{
			"User-Agent":                "Slackbot 1.0 (+https://api.slack.com/robots)",
			"X-Slack-Request-Timestamp": timestamp,
			"X-Slack-Signature":         signature,
		},
	})
}

// trigger makes the id of something that a person did, which lets the bot show
// them a form.
func (d *slackDesk) trigger(member string) string {
	id := fmt.Sprintf("%d.%s", d.now().Unix(), d.newID())
	d.api.GrantTrigger(id, member)
	return id
}

// notice is something that the platform itself tells one person.
func (d *slackDesk) notice(at place, text, detail string) {
	d.timeline.post(Message{
		Channel: at.Channel.ID, Author: slackbot, OnlyFor: at.Member.ID, Text: text, Detail: detail, Via: ViaNotice,
	})
}
