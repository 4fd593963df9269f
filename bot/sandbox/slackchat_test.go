package sandbox_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/smallwins/smallwins/bot/sandbox"
)

func TestPostIsRefusedWhereSlackWould(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	tests := map[string]struct {
		channel string
		options []slack.MsgOption
		want    string
	}{
		"no such channel":       {"C9999", []slack.MsgOption{text("hi")}, "channel_not_found"},
		"bot is not in":         {"C0003", []slack.MsgOption{text("hi")}, "not_in_channel"},
		"archived":              {"C0004", []slack.MsgOption{text("hi")}, "is_archived"},
		"nothing to say":        {"C0001", nil, "no_text"},
		"empty text":            {"C0001", []slack.MsgOption{text("")}, "no_text"},
		"too long":              {"C0001", []slack.MsgOption{text(strings.Repeat("ก", 4001))}, "msg_too_long"},
		"just short enough":     {"C0001", []slack.MsgOption{text(strings.Repeat("ก", 4000))}, ""},
		"no channel":            {"", []slack.MsgOption{text("hi")}, "invalid_arguments"},
		"reply to nothing":      {"C0001", []slack.MsgOption{text("hi"), slack.MsgOptionTS("1.000001")}, "cannot_reply_to_message"},
		"metadata without type": {"C0001", []slack.MsgOption{text("hi"), slack.MsgOptionMetadata(slack.SlackMetadata{EventPayload: map[string]any{"a": "b"}})}, "invalid_metadata_schema"},
		"metadata too large": {"C0001", []slack.MsgOption{text("hi"), slack.MsgOptionMetadata(slack.SlackMetadata{
			EventType: "nudge", EventPayload: map[string]any{"a": strings.Repeat("b", 9000)},
		})}, "metadata_too_large"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := p.post(test.channel, test.options...); code(err) != test.want {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

func TestEphemeralPostIsForOneMemberOfTheChannel(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	if _, err := p.client.PostEphemeral("C0001", "U0002", text("psst")); err != nil {
		t.Fatal(err)
	}
	if _, err := p.client.PostEphemeral("C0002", "U0002", text("psst")); code(err) != "user_not_in_channel" {
		t.Errorf("not in the channel: got %v", err)
	}
	messages := p.Messages("C0001")
	if len(messages) != 1 || messages[0].OnlyFor != "U0002" {
		t.Errorf("got %+v", messages)
	}
	history, err := p.client.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: "C0001"})
	if err != nil || len(history.Messages) != 0 {
		t.Errorf("ephemeral messages are not history: got %v, %v", history, err)
	}
}

func TestDirectMessageGoesByTheMembersID(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	channel, ts, err := p.client.PostMessage("U0002", text("just for you"))
	if err != nil || channel != sandbox.Direct("U0002") {
		t.Fatalf("got %q, %v", channel, err)
	}
	if messages := p.Messages(channel); len(messages) != 1 || messages[0].TS != ts {
		t.Errorf("got %+v", messages)
	}
}

func TestTimestampsAreUniqueAndGrowEvenIfTheClockDoesNot(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	var wait sync.WaitGroup
	for range 20 {
		wait.Go(func() {
			if _, err := p.post("C0001", text("hi")); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	p.clock.Add(-time.Hour)
	if _, err := p.post("C0001", text("earlier?")); err != nil {
		t.Fatal(err)
	}
	messages := p.Messages("C0001")
	if len(messages) != 21 || messages[0].TS != "1772416800.000000" {
		t.Fatalf("got %d messages, the first at %s", len(messages), messages[0].TS)
	}
	for i := 1; i < len(messages); i++ {
		if messages[i].TS <= messages[i-1].TS {
			t.Errorf("%s after %s", messages[i].TS, messages[i-1].TS)
		}
	}
}

func TestUpdateReplacesTextAndBlocks(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	ts, err := p.post("C0001", text("fallback"), slack.MsgOptionBlocks(slack.NewDividerBlock()))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, _, err := p.client.UpdateMessage("C0001", ts, text("new")); err != nil {
		t.Fatal(err)
	}
	message := p.Messages("C0001")[0]
	if message.Text != "new" || message.Blocks != nil || !message.Edited {
		t.Errorf("got %+v", message)
	}
	if _, _, _, err := p.client.UpdateMessage("C0001", "1.000001", text("new")); code(err) != "message_not_found" {
		t.Errorf("no such message: got %v", err)
	}
	if _, _, _, err := p.client.UpdateMessage("C0001", ts, text(strings.Repeat("ก", 1400))); code(err) != "msg_too_long" {
		t.Errorf("4,200 bytes: got %v", err)
	}
}

func TestHistoryIsPagedNewestFirstAndShowsMetadataWhenAsked(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	var stamps []string
	for _, id := range []string{"a", "b", "c", "d", "e"} {
		ts, err := p.post("C0001", text(id), slack.MsgOptionMetadata(slack.SlackMetadata{
			EventType: "smallwins_delivery", EventPayload: map[string]any{"delivery": id},
		}))
		if err != nil {
			t.Fatal(err)
		}
		stamps = append(stamps, ts)
		p.clock.Add(time.Minute)
	}
	seen := ""
	params := slack.GetConversationHistoryParameters{
		ChannelID: "C0001", Oldest: stamps[0], Limit: 3, IncludeAllMetadata: true,
	}
	for pages := 1; ; pages++ {
		page, err := p.client.GetConversationHistory(&params)
		if err != nil {
			t.Fatal(err)
		}
		for _, message := range page.Messages {
			seen += message.Text
			if message.Metadata.EventPayload["delivery"] != message.Text {
				t.Errorf("metadata of %s: got %+v", message.Text, message.Metadata)
			}
		}
		if params.Cursor = page.ResponseMetaData.NextCursor; params.Cursor == "" {
			if page.HasMore || pages != 2 {
				t.Errorf("page %d ends, more: %t", pages, page.HasMore)
			}
			break
		}
	}
	if seen != "edcb" {
		t.Errorf("after the oldest, newest first: got %q", seen)
	}
	plain, err := p.client.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: "C0001"})
	if err != nil || plain.Messages[0].Metadata.EventType != "" {
		t.Errorf("metadata without asking: got %+v, %v", plain, err)
	}
	params = slack.GetConversationHistoryParameters{ChannelID: "C0001", Oldest: "yesterday"}
	if _, err := p.client.GetConversationHistory(&params); code(err) != "invalid_ts_oldest" {
		t.Errorf("bad bound: got %v", err)
	}
	params = slack.GetConversationHistoryParameters{ChannelID: "C0001", Cursor: "x"}
	if _, err := p.client.GetConversationHistory(&params); code(err) != "invalid_cursor" {
		t.Errorf("bad cursor: got %v", err)
	}
	params = slack.GetConversationHistoryParameters{ChannelID: "C0003"}
	if _, err := p.client.GetConversationHistory(&params); code(err) != "not_in_channel" {
		t.Errorf("bot is not in: got %v", err)
	}
}

func TestChannelTakesAboutOneMessageASecond(t *testing.T) {
	t.Parallel()
	p := newPlatform(t, func(c *sandbox.APIConfig) { c.RateLimit = true })
	accepted := 0
	var limited *slack.RateLimitedError
	for range 10 {
		_, err := p.post("C0001", text("hi"))
		if err == nil {
			accepted++
		} else if !errors.As(err, &limited) {
			t.Fatal(err)
		}
	}
	if accepted != 3 || limited == nil || limited.RetryAfter != time.Second {
		t.Errorf("at once: %d accepted, then %v", accepted, limited)
	}
	if _, err := p.post("U0001", text("hi")); err != nil {
		t.Errorf("another channel: %v", err)
	}
	p.clock.Add(time.Second)
	if _, err := p.post("C0001", text("hi")); err != nil {
		t.Errorf("a second later: %v", err)
	}
	p.LimitRate(false)
	if _, err := p.post("C0001", text("hi")); err != nil {
		t.Errorf("switched off: %v", err)
	}
}

func TestPostsAreCountedByMetadata(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	done := make(chan error, 1)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	go func() {
		done <- p.Await(ctx, func(posted []sandbox.Message) bool { return len(posted) == 3 })
	}()
	for _, id := range []string{"d1", "d2", "d1"} {
		metadata := slack.SlackMetadata{EventType: "smallwins_delivery", EventPayload: map[string]any{"delivery": id}}
		if _, err := p.post("C0001", text("hi"), slack.MsgOptionMetadata(metadata)); err != nil {
			t.Fatal(err)
		}
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	counts := p.CountByMetadata("delivery")
	if len(counts) != 2 || counts["d1"] != 2 || counts["d2"] != 1 {
		t.Errorf("got %v", counts)
	}
}
