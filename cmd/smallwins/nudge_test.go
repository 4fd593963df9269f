package main

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/smallwins/smallwins/bot/sandbox"
	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// TestNudgeComesAtTheLocalMinuteAcrossDaylightSaving lives through the weeks in
// which New York and Berlin change their clocks, minute by minute. Each channel
// gets its nudge at its own nine o'clock on working days, and never twice.
func TestNudgeComesAtTheLocalMinuteAcrossDaylightSaving(t *testing.T) {
	t.Parallel()
	clock := &testClock{now: time.Date(2026, time.March, 5, 12, 0, 0, 0, time.UTC)}
	world := newSlackWorld(t, clock.Now, nil)
	app, err := NewApp(t.Context(), world.config(t.TempDir()), testParts(clock.Now))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = app.store.Close(context.Background()) }()
	for i, text := range []string{
		"settings holiday 2026-03-27",
		"settings nudge 09:00 Mon-Fri America/New_York #C1",
		"settings nudge 09:00 Mon-Fri Europe/Berlin #C2",
	} {
		_, err := app.router.Handle(t.Context(), commands.Request{
			ID: fmt.Sprint("t", i), Workspace: "slack:T1", Channel: "C1", Member: "U1", Received: clock.Now(),
			Text: text, Channels: []coaching.ChannelID{"C1", "C2"},
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, days := range []struct{ from, to int }{{6, 10}, {26, 31}} {
		clock.Set(time.Date(2026, time.March, days.from, 0, 0, 0, 0, time.UTC))
		for clock.Now().Day() >= days.from && clock.Now().Day() <= days.to && clock.Now().Month() == time.March {
			if err := app.router.Tick(t.Context(), clock.Now()); err != nil {
				t.Fatal(err)
			}
			if _, err := app.posts.Round(t.Context()); err != nil {
				t.Fatal(err)
			}
			clock.Set(clock.Now().Add(time.Minute))
		}
	}
	want := map[string][]string{
		// New York is five hours behind UTC until Sunday the 8th, then four.
		"C1": {"Fri 6 14:00", "Mon 9 13:00", "Tue 10 13:00", "Thu 26 13:00", "Mon 30 13:00", "Tue 31 13:00"},
		// Berlin is one hour ahead until Sunday the 29th, then two. The 27th is
		// the team's holiday.
		"C2": {"Fri 6 08:00", "Mon 9 08:00", "Tue 10 08:00", "Thu 26 08:00", "Mon 30 07:00", "Tue 31 07:00"},
	}
	for channel, times := range want {
		var got []string
		for _, message := range world.api.Messages(channel) {
			got = append(got, postedAt(t, message))
		}
		if strings.Join(got, ", ") != strings.Join(times, ", ") {
			t.Errorf("%s got nudges at\n%v, want\n%v", channel, got, times)
		}
	}
	for key, count := range world.api.CountByMetadata("key") {
		if count != 1 {
			t.Errorf("%s was posted %d times", key, count)
		}
	}
}

func postedAt(t *testing.T, message sandbox.Message) string {
	t.Helper()
	var seconds int64
	if _, err := fmt.Sscanf(message.TS, "%d.", &seconds); err != nil {
		t.Fatal(err)
	}
	return time.Unix(seconds, 0).UTC().Format("Mon 2 15:04")
}
