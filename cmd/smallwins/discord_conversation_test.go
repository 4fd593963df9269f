package main

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/smallwins/smallwins/commands"
)

// setsGoal answers the questions about a goal, up to its card.
func (d *discordChat) setsGoal(between func()) {
	d.Helper()
	d.types("new")
	d.picks("kind", "meetings")
	between()
	d.fills("target", "lots")
	d.wants("I find no number")
	d.fills("target", "20")
	d.picks("period", "This month")
	d.wants("Specific", "20")
}

func TestGoalIsSetOnDiscordAcrossARestart(t *testing.T) {
	t.Parallel()
	d, restart := newDiscordChat(t)
	d.setsGoal(restart)
	d.picks("card", "create")
	d.wants("#1")
	d.types("log", "goal", "#1", "amount", "+3", "note", "Acme")
	d.wants("Logged +3", "3 of 20")
	d.types("list", "whose", "all")
	d.wants("#1", "20")
	if heard := d.completes("log", "goal", "1"); !strings.Contains(heard, `"value":"#1"`) {
		t.Errorf("suggested are %s", heard)
	}
}

func TestGoalIsSetOnceOnDiscordWithEverythingDoneTwice(t *testing.T) {
	t.Parallel()
	d, _ := newDiscordChat(t)
	d.twice = true
	d.setsGoal(func() {})
	d.picks("card", "create")
	d.wants("#1")
	d.twice = false
	d.types("list", "whose", "all")
	if heard := d.heard(); strings.Contains(heard, "#2") {
		t.Errorf("two goals are there:\n%s", heard)
	}
}

func TestDialogOnDiscordIsPressedTwice(t *testing.T) {
	t.Parallel()
	d, _ := newDiscordChat(t)
	d.setsGoal(func() {})
	// Both presses are of the button that was there: the second comes late.
	message, _ := d.discord.Answer(d.at)
	d.picks("card", "create")
	first := d.heard()
	other := d.as(nokThere)
	var data map[string]any
	eachComponent(message.Body, func(component map[string]any) {
		if id, _ := component["custom_id"].(string); strings.HasSuffix(id, "|create") {
			data = map[string]any{"component_type": 2, "custom_id": id}
		}
	})
	other.does(pressOf(message.ID, data))
	d.types("list", "whose", "all")
	if heard := d.heard(); !strings.Contains(first, "#1") || strings.Contains(heard, "#2") {
		t.Errorf("the presses left:\n%s\n%s", first, heard)
	}
}

func TestRepOnDiscordCannotActAsManager(t *testing.T) {
	t.Parallel()
	d, _ := newDiscordChat(t)
	boss := d.as(bossThere)
	boss.types("new", "statement", "we will make 300 calls this month")
	boss.presses("goal_create|")
	boss.wants("#1")
	d.types("close", "goal", "#1", "reason", "no")
	if heard := d.heard(); strings.Contains(heard, "is closed") {
		t.Errorf("a rep closed the team's goal:\n%s", heard)
	}
	d.types("settings", "setting", "zone", "value", "Asia/Bangkok")
	if heard := d.heard(); strings.Contains(heard, "Saved") {
		t.Errorf("a rep changed the settings:\n%s", heard)
	}
	boss.types("settings", "setting", "zone", "value", "Asia/Bangkok")
	boss.wants("Asia/Bangkok")
	boss.types("settings", "setting", "changes")
	boss.wants("Nok")
}

func TestDiscordRequestsAreVerified(t *testing.T) {
	t.Parallel()
	d, _ := newDiscordChat(t)
	ping := []byte(`{"application_id":"` + discordApplication + `","id":"5","token":"t","type":1,"version":1}`)
	if status, answer := d.sendsSigned(ping, discordKey, d.now()); status != http.StatusOK || string(answer) != `{"type":1}` {
		t.Errorf("a ping: %d %s", status, answer)
	}
	stranger := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{9}, ed25519.SeedSize))
	if status, _ := d.sendsSigned(ping, stranger, d.now()); status != http.StatusUnauthorized {
		t.Errorf("another key: %d", status)
	}
	if status, _ := d.sendsSigned(ping, discordKey, d.now().Add(-6*time.Minute)); status != http.StatusUnauthorized {
		t.Errorf("a stale one: %d", status)
	}
	if status, _ := d.sendsSigned([]byte(`{"type":2}`), discordKey, d.now()); status != http.StatusBadRequest {
		t.Errorf("half a command: %d", status)
	}
}

func TestNudgeIsPostedToDiscord(t *testing.T) {
	t.Parallel()
	clock := &testClock{now: aTuesday}
	d := newDiscord(t, clock.Now)
	app, err := NewApp(t.Context(), d.config(t.TempDir()), testParts(clock.Now))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = app.store.Close(context.Background()) }()
	platform, err := newPlatforms(app.config, new(commands.Wording), nil, testParts(clock.Now))
	if err != nil {
		t.Fatal(err)
	}
	body, _, err := d.discord.Interact(askOf(bossThere, "settings", map[string]any{"name": "setting", "type": 3, "value": "nudge"},
		map[string]any{"name": "value", "type": 3, "value": "09:00 Mon-Fri UTC"}, map[string]any{"name": "channel", "type": 7, "value": discordSales}))
	if err != nil {
		t.Fatal(err)
	}
	request, err := platform.discord.Decode(body, clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := app.router.Handle(t.Context(), request); err != nil {
		t.Fatal(err)
	}
	clock.Set(aTuesday.AddDate(0, 0, 1))
	for range 2 {
		if err := app.router.Tick(t.Context(), clock.Now()); err != nil {
			t.Fatal(err)
		}
		if _, err := app.posts.Round(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if posted := d.discord.Posted(); len(posted) != 1 || posted[0].Channel != discordSales {
		t.Errorf("posted %+v; calls %+v", posted, d.discord.Calls(""))
	}
}

func TestSlowDatabaseIsAnsweredInTimeOnDiscordAndThenForGood(t *testing.T) {
	t.Parallel()
	now := runningClock()
	d := newDiscord(t, now)
	wording, err := commands.LoadWording()
	if err != nil {
		t.Fatal(err)
	}
	platforms, err := newPlatforms(d.config(t.TempDir()), wording, nil, testParts(now))
	if err != nil {
		t.Fatal(err)
	}
	url, engine := serveSlow(t, now, wording, platforms.mount)
	d.base = url

	d.types("new", "statement", "20 demos this month")
	engine.slow.Store(true)
	d.presses("goal_create|") // Respond fails where the first answer takes more than 3 s
	d.wants("#1")
	d.types("new")
	d.picks("kind", "meetings")
	// A form cannot be opened any more; a button does it.
	if message, _ := d.discord.Answer(d.at); !strings.Contains(string(message.Body), commands.ActionOpen+"|") {
		t.Errorf("the late form is %s", message.Body)
	}
	if got := d.completes("log", "goal", ""); got != `{"choices":[]}` {
		t.Errorf("suggestions that come too late: %s", got)
	}
}
