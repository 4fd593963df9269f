package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/smallwins/smallwins/bot/sandbox"
	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/enginetest"
)

// TestKilledServerKeepsEveryAcknowledgedLog kills a server in the middle of
// concurrent logging, starts it again and repeats every request: each counts
// once, whether or not it was acknowledged before the crash.
func TestKilledServerKeepsEveryAcknowledgedLog(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name          string
		writers, each int
		killAfter     int64
		total         string
		config        func(t *testing.T, world *slackWorld) Config
	}{
		{"sqlite", 64, 200, 6000, "25,600", func(t *testing.T, world *slackWorld) Config {
			t.Helper()
			return world.config(t.TempDir())
		}},
		// The wire-level test server reads all documents of a collection for
		// every query, so there are few of them.
		{"mongodb", 2, 16, 16, "64", func(t *testing.T, world *slackWorld) Config {
			t.Helper()
			config := world.config("")
			config.MongoDBURI, config.MongoDBDatabase = Secret(enginetest.MongoURI(t)), "crash"
			return config
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			world := newSlackWorld(t, systemTime, nil)
			config := test.config(t, world)
			server := startChild(t, 0, config)
			c := newCaller(t, server.base, world, systemTime)
			draft := buttonValue(t, c.says(t, "U1", "new we will make 1000 calls this year", "n1"))
			c.presses(t, "U1", "goal_create", draft, "p1")

			var answered, acknowledged atomic.Int64
			var all sync.WaitGroup
			acks := make([][]bool, test.writers)
			for writer := range test.writers {
				acks[writer] = make([]bool, test.each)
				all.Go(func() {
					for i := range test.each {
						status, body, err := c.command(fmt.Sprint("W", writer), "log #1 +2", fmt.Sprintf("l-%d-%d", writer, i))
						if err != nil {
							return // The server is gone.
						}
						// On a slow machine some answers are to come late; of
						// those nothing is known when the server dies.
						if status == http.StatusOK && strings.Contains(body, "Logged ") {
							acks[writer][i] = true
							acknowledged.Add(1)
						}
						if answered.Add(1) == test.killAfter {
							server.kill()
						}
					}
				})
			}
			all.Wait()
			if n := acknowledged.Load(); n == 0 || n == int64(test.writers*test.each) {
				t.Fatalf("%d logs were acknowledged, so the kill was not in the middle", n)
			}

			server = startChild(t, 0, config)
			c = newCaller(t, server.base, world, systemTime)
			for writer := range test.writers {
				all.Go(func() {
					for i := range test.each {
						body, err := c.insist(fmt.Sprint("W", writer), "log #1 +2", fmt.Sprintf("l-%d-%d", writer, i))
						if err != nil {
							t.Error(err)
							return
						}
						if acks[writer][i] && !strings.Contains(body, "counts once") {
							t.Errorf("log %d of writer %d was acknowledged and is lost", i, writer)
						}
					}
				})
			}
			all.Wait()
			c.says(t, "U1", "show #1", "s1", test.total+" of 1,000 calls") // 2 each
			server.kill()
		})
	}
}

// lateOn returns how far a server's clock must be ahead to read the hour and
// minute of the next given weekday in UTC.
func lateOn(weekday time.Weekday, hour, minute int) time.Duration {
	now := systemTime()
	at := time.Date(now.Year(), now.Month(), now.Day()+1, hour, minute, 0, 0, time.UTC)
	for at.Weekday() != weekday {
		at = at.AddDate(0, 0, 1)
	}
	return at.Sub(now)
}

// TestNudgeIsPostedOnceAlthoughTheServerDied kills a server between sending a
// nudge and recording that it was sent, or before the platform had it, and lets
// another one go on from what is stored.
func TestNudgeIsPostedOnceAlthoughTheServerDied(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		fault  sandbox.FaultKind
		scopes []string
		state  coaching.DeliveryState
		posts  int
	}{
		{"after the platform had it", sandbox.FaultHangAfter, nil, coaching.Sent, 1},
		{"before the platform had it", sandbox.FaultHang, nil, coaching.Sent, 1},
		{"after the platform had it, where nobody may look", sandbox.FaultHangAfter, []string{"commands", "chat:write"}, coaching.Uncertain, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			ahead := lateOn(time.Tuesday, 8, 59)
			now := func() time.Time { return systemTime().Add(ahead) }
			world := newSlackWorld(t, now, test.scopes)
			config := world.config(t.TempDir())

			// A nudge that comes due within the server's first seconds.
			base, stop := startApp(t, config, now)
			c := newCaller(t, base, world, now)
			due := now().Add(time.Minute)
			c.says(t, "U1", fmt.Sprintf("settings nudge %s Mon-Fri UTC", due.Format("15:04")), "s1", "first on")
			stop()

			reached := make(chan struct{})
			world.api.Inject(sandbox.Fault{Kind: test.fault, Method: "chat.postMessage", Hit: sync.OnceFunc(func() { close(reached) })})
			server := startChild(t, ahead+time.Minute, config)
			ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
			defer cancel()
			select {
			case <-reached:
			case <-ctx.Done():
				t.Fatal("the nudge was not sent")
			}
			if test.fault == sandbox.FaultHangAfter {
				if err := world.api.Await(ctx, func(posted []sandbox.Message) bool { return len(posted) > 0 }); err != nil {
					t.Fatal(err)
				}
			}
			server.kill()
			world.api.Heal()

			later := func() time.Time { return now().Add(10 * time.Minute) }
			app, err := NewApp(t.Context(), config, testParts(later))
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = app.store.Close(context.Background()) }()
			for tried := 1; tried > 0; {
				if tried, err = app.posts.Round(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			deliveries, err := app.store.Deliveries(t.Context(), "slack:T1", 10)
			if err != nil || len(deliveries) != 1 || deliveries[0].State != test.state {
				t.Errorf("deliveries = %+v, %v; want one that is %s", deliveries, err, test.state)
			}
			for key, count := range world.api.CountByMetadata("key") {
				if count != test.posts {
					t.Errorf("%s was posted %d times", key, count)
				}
			}
			if got := len(world.api.Messages("C1")); got != test.posts {
				t.Errorf("the channel has %d messages, want %d", got, test.posts)
			}
		})
	}
}
