package main

import (
	"testing"
	"time"

	"github.com/smallwins/smallwins/bot/sandbox"
	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/enginetest"
)

// stormDowntime is how much time goes by while all servers are down: more than a
// claim holds.
const stormDowntime = 70 * time.Second

// withoutHistory are the scopes of a Slack app that may not look into channels.
var withoutHistory = []string{"commands", "chat:write"}

// TestStormOnOneServer has a server deliver 2,000 posts (1,000 where Slack's
// history can be read) to 200 channels of two platforms that answer 429 and 500, hang, reset connections after they accepted
// a post, and revoke the token for a while, and kills it six times in the middle.
// Each delivery ends in one state, none is posted twice, none is lost, and what
// is uncertain is what nobody can know.
func TestStormOnOneServer(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		scopes []string
		each   int
		seed   uint64
	}{
		{"where Slack's history cannot be read", withoutHistory, 10, 1},
		{"where it can", nil, 5, 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			const channels, kills = 100, 6
			w := newStorm(t, channels, test.scopes, test.seed)
			s := w.open()
			for day := range test.each {
				w.decide(s, channels, day)
			}
			w.close(s)
			w.slack.SetChannel(sandbox.Channel{ID: string(stormChannel(stormSlack, 7)), Name: "c7", Archived: true})
			w.discord.SetChannel(sandbox.Channel{ID: string(stormChannel(stormDiscord, 7)), Name: "c7", Archived: true})
			for kill := range kills {
				switch kill {
				case 2:
					w.slack.Revoke()
				case 4:
					w.discord.Revoke()
				}
				enough := w.after(w.pick(100, 35*test.each))
				server := w.start()
				w.await("too few posts were tried", enough)
				server.kill()
				w.slack.Grant()
				w.discord.Grant()
				s = w.open()
				w.remember(s)
				w.close(s)
				w.ahead.Add(int64(stormDowntime))
			}
			w.settle(true)
			w.judge(channels, test.each, true, test.scopes == nil)
		})
	}
}

// TestStormOnThreeServers has three servers deliver 300 posts to 60 channels from
// a database that they share, while they are killed one at a time, and all of
// them once. The wire-level test server reads all documents of a collection for
// every query, so the posts are decided one for each channel after another, and
// what has ended is taken out.
func TestStormOnThreeServers(t *testing.T) {
	t.Parallel()
	const each, servers = 5, 3
	channels := 30
	if raceDetector {
		channels = 10 // The database runs within the test, many times slower then.
	}
	w := newStorm(t, channels, withoutHistory, 3)
	w.patience = 8 * time.Second // It serves one command at a time.
	w.config.MongoDBURI, w.config.MongoDBDatabase = Secret(enginetest.MongoURI(t)), "storm"
	s := w.open()
	defer w.close(s)
	running := make([]*child, servers)
	for i := range running {
		running[i] = w.start()
	}
	for day := range each {
		enough := w.after(w.pick(channels/3, channels))
		w.decide(s, channels, day)
		w.await("too few posts were tried", enough)
		if day == each/2 {
			for _, server := range running {
				server.kill()
			}
			w.remember(s)
			w.ahead.Add(int64(stormDowntime))
			for i := range running {
				running[i] = w.start()
			}
		} else {
			i := w.pick(0, servers)
			running[i].kill()
			w.remember(s)
			running[i] = w.start()
		}
		w.drain(s, channels, false) // What a killed one held comes back later.
		w.harvest(s)
	}
	w.settle(false)
	for _, server := range running {
		server.kill()
	}
	w.judge(channels, each, false, false)
}

// judge compares how the deliveries ended with the ledger of what was done to
// them. Where all processes were killed at once, what they held is known
// exactly; otherwise the others' posts on the way are among it. With exact
// scope to look, nothing is uncertain.
func (w *storm) judge(channels, each int, exact, looks bool) {
	w.Helper()
	s := w.open()
	defer w.close(s)
	w.harvest(s)
	var ids []string
	counts := make(map[coaching.DeliveryState]int)
	for id, delivery := range w.ended {
		ids = append(ids, id)
		counts[delivery.State]++
	}
	if len(ids) != 2*channels*each {
		w.Errorf("%d deliveries have ended, want %d", len(ids), 2*channels*each)
	}
	posted, ambiguous := w.posted(ids), w.ambiguous()
	unknowable := 0
	for _, id := range ids {
		delivery := w.ended[id]
		broken := delivery.Channel == stormChannel(delivery.Workspace, 7) && exact
		inDoubt := delivery.Workspace == stormSlack && !looks && (ambiguous[id] || exact && w.claimed[id])
		if inDoubt {
			unknowable++
		}
		switch delivery.State {
		case coaching.Sent:
			if posted[id] != 1 || broken {
				w.Errorf("%s was sent and stands there %d times", id, posted[id])
			}
			if inDoubt {
				w.Errorf("%s was sent although nobody could know what became of it", id)
			}
		case coaching.Uncertain:
			if posted[id] > 1 {
				w.Errorf("%s is uncertain and stands there %d times", id, posted[id])
			}
			if !inDoubt && (exact || !w.claimed[id] || delivery.Workspace != stormSlack) {
				w.Errorf("%s is uncertain although nothing happened that leaves a doubt", id)
			}
		case coaching.Dead:
			if posted[id] != 0 || !broken {
				w.Errorf("%s is dead (%s) and stands there %d times", id, delivery.Reason, posted[id])
			}
		case coaching.Pending, coaching.Expired:
			w.Errorf("%s is %s (%s) after %d attempts", id, delivery.State, delivery.Reason, delivery.Attempts)
		}
	}
	if !looks && counts[coaching.Uncertain] == 0 {
		w.Error("nothing ambiguous happened, so nothing was proved")
	}
	for _, kind := range []sandbox.FaultKind{sandbox.FaultTooMany, sandbox.FaultStatus, sandbox.FaultLost} {
		if exact && w.injected[kind] == 0 {
			w.Errorf("no fault %s was injected", kind)
		}
	}
	w.Logf("ends: %v; injected: %v; held by killed processes: %d; ambiguous on Slack: %d", counts, w.injected, len(w.claimed), unknowable)
}
