package main

import (
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/smallwins/smallwins/coaching"
)

// visitor is somebody with the page of a demo, without a browser.
type visitor struct {
	*testing.T
	demo   *demo
	client *http.Client
	stop   func()
}

// visits starts a demo on a directory and opens its page.
func visits(t *testing.T, dir string) *visitor {
	t.Helper()
	demo, err := newDemo(t.Context(), "127.0.0.1:0", dir, "en")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended, ready := make(chan error, 1), make(chan struct{})
	go func() { ended <- demo.Run(ctx, func() { close(ready) }) }()
	<-ready
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	v := &visitor{T: t, demo: demo, client: &http.Client{Jar: jar, Transport: &http.Transport{}}}
	stopped := false
	v.stop = func() {
		if stopped {
			return
		}
		stopped = true
		v.client.CloseIdleConnections()
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
	t.Cleanup(v.stop)
	v.reads(demo.address)
	return v
}

func (v *visitor) world() *demoWorld { return v.demo.worlds[0] }

func (v *visitor) reads(address string) string {
	v.Helper()
	response, err := v.client.Get(address) //nolint:noctx // The demo's.
	if err != nil {
		v.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		v.Fatalf("%d, %v: %s", response.StatusCode, err, body)
	}
	return string(body)
}

// types types a line as somebody of the team in #sales.
func (v *visitor) types(on, who, line string) {
	v.Helper()
	story := v.story(on)
	page, _, _ := strings.Cut(v.demo.address, "?")
	response, err := v.client.PostForm(page+"say", url.Values{ //nolint:noctx // The demo's.
		"on": {on}, "as": {string(story.id(who))}, "channel": {string(story.channel())}, "text": {line},
	})
	if err != nil {
		v.Fatal(err)
	}
	_ = response.Body.Close()
	if response.StatusCode != http.StatusOK {
		v.Fatalf("%q came to %d", line, response.StatusCode)
	}
}

func (v *visitor) story(on string) *sample {
	for _, story := range v.world().stories {
		if strings.HasPrefix(string(story.workspace), on+":") {
			return story
		}
	}
	v.Fatalf("no story is told on %q", on)
	return nil
}

// logged is what has been logged in a workspace since the story was told: by
// members, and by the team of the story as it goes on.
func (v *visitor) logged(on string) (members, team []coaching.Entry) {
	v.Helper()
	entries, err := v.world().app.store.EntriesSince(
		v.Context(), v.story(on).workspace, v.world().clock.Told(), v.world().clock.Now().AddDate(1, 0, 0), sampleLimit)
	if err != nil {
		v.Fatal(err)
	}
	for _, entry := range entries {
		if strings.HasPrefix(entry.ID, storyEntry) {
			team = append(team, entry)
		} else {
			members = append(members, entry)
		}
	}
	return members, team
}

func TestDemoGoesOnWhereItWas(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	v := visits(t, dir)
	v.types("slack", "ben", "/goal log +3")
	monday := next(v.world().clock.Now().In(storyZone()), time.Monday)
	if err := v.world().advance(v.Context(), monday); err != nil {
		t.Fatal(err)
	}
	v.types("slack", "ben", "/goal log +4")
	before, told := v.world().clock.Now(), v.world().clock.Told()
	if before.Before(monday) {
		t.Fatalf("the clock stands at %v", before)
	}
	v.stop()

	again := visits(t, dir)
	if now := again.world().clock.Now(); now.Before(before) || now.Sub(before) > time.Hour {
		t.Errorf("the clock stood at %v, and now at %v", before, now)
	}
	if !again.world().clock.Told().Equal(told) {
		t.Errorf("the story is told at %v, no longer at %v", again.world().clock.Told(), told)
	}
	again.types("slack", "ben", "/goal log +5")
	entries, _ := again.logged("slack")
	if len(entries) != 3 {
		t.Errorf("%d entries are there, want 3: %+v", len(entries), entries)
	}
	for _, entry := range entries {
		if entry.At.After(again.world().clock.Now()) {
			t.Errorf("%s lies in the future: %v", entry.Amount, entry.At)
		}
	}
	page := again.reads(again.demo.address + "&on=slack")
	if n := strings.Count(page, `<li class="done"`); n != 2 { // progress and the warning; the nudge is to come
		t.Errorf("%d steps are done, want 2", n)
	}
}

// next is nine o'clock on the next such weekday.
func next(now time.Time, day time.Weekday) time.Time {
	at := time.Date(now.Year(), now.Month(), now.Day(), 9, 0, 0, 0, now.Location())
	for !at.After(now) || at.Weekday() != day {
		at = at.AddDate(0, 0, 1)
	}
	return at
}

func TestTeamGoesOnWhileTheClockMoves(t *testing.T) {
	t.Parallel()
	v := visits(t, t.TempDir())
	until := v.world().clock.Now().AddDate(0, 0, 15)
	if err := v.world().advance(t.Context(), until); err != nil {
		t.Fatal(err)
	}
	for _, on := range []string{"slack", "discord"} {
		story := v.story(on)
		members, team := v.logged(on)
		if len(members) > 0 || len(team) < 10 {
			t.Errorf("%s: members logged %d times, the team %d times", on, len(members), len(team))
		}
		for _, entry := range team {
			if entry.Member == story.id("nok") {
				t.Errorf("%s: %s was logged in the visitor's name", on, entry.Amount)
			}
		}
		if _, progress := story.newSince(t.Context(), v.world().app.store); progress {
			t.Errorf("%s: what the team logs is taken for the visitor's", on)
		}
		feeds, err := v.world().app.store.Feeds(t.Context(), story.workspace)
		feed, _ := feeds.Of(coaching.FeedCustomers)
		today := coaching.DateOf(until.In(storyZone()))
		if _, unusual := feed.Silent(today, coaching.NewWorkspace(story.workspace).Calendar()); err != nil || unusual {
			t.Errorf("%s: the customers' feed has fallen silent: %+v, %v", on, feed, err)
		}
	}
}

// TestStoryComesToItsWarningInEveryQuarter tells the story in each of them, since
// nobody knows when somebody will look.
func TestStoryComesToItsWarningInEveryQuarter(t *testing.T) {
	t.Parallel()
	for _, today := range []string{"2027-02-01", "2027-05-31", "2027-07-01", "2028-12-31"} {
		t.Run(today, func(t *testing.T) {
			t.Parallel()
			day, err := time.Parse(time.DateOnly, today)
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			keepClock(t, dir, day)
			v := visits(t, dir)
			if err := v.world().advance(t.Context(), next(v.world().clock.Now().In(storyZone()), time.Monday).Add(time.Hour)); err != nil {
				t.Fatal(err)
			}
			warnings := func() (count int) {
				for _, message := range v.world().sandbox.API().Posted() {
					if strings.Contains(string(message.Blocks), "⚠️ Churn has risen to") && strings.Contains(string(message.Blocks), "slack_file") {
						count++
					}
				}
				for _, message := range v.world().sandbox.Discord().Posted() {
					if strings.Contains(string(message.Body), "⚠️ Churn has risen to") && len(message.Files) == 1 {
						count++
					}
				}
				return count
			}
			// The metronome may have taken one in hand before, and be drawing it yet.
			eventually(t, "both warnings have come", func() bool { return warnings() >= 2 })
			if n := warnings(); n != 2 {
				t.Errorf("%d warnings with a picture came, want one on each platform", n)
			}
		})
	}
}

// keepClock makes a demo in a directory tell its story in the quarter of a day.
func keepClock(t *testing.T, dir string, day time.Time) {
	t.Helper()
	told, err := storyTime(day)
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range demoLanguages {
		clock := &demoClock{file: filepath.Join(dir, language.tag, "clock.json"), kept: keptClock{Told: told, Ahead: told.Sub(systemTime())}}
		if err := os.MkdirAll(filepath.Dir(clock.file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := clock.save(); err != nil {
			t.Fatal(err)
		}
	}
}
