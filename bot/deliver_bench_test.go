package bot_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"runtime"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/smallwins/smallwins/bot"
	"github.com/smallwins/smallwins/bot/sandbox"
	"github.com/smallwins/smallwins/bot/slack"
	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
	"github.com/smallwins/smallwins/store"
)

// benchClock stands still until it is moved.
type benchClock struct{ now time.Time }

func (c *benchClock) Now() time.Time { return c.now }

// sketch finds the same few words for every delivery.
type sketch struct{}

func (sketch) Word(_ context.Context, delivery coaching.Delivery) (commands.Post, error) {
	return commands.Post{Key: delivery.ID, Workspace: delivery.Workspace, Channel: delivery.Channel, Reply: text("Good morning. 3 wins since yesterday.")}, nil
}

// newBenchWorld is a deliverer on the embedded database before a Slack that takes
// any number of posts.
func newBenchWorld(tb testing.TB, channels int, sender func(url string) bot.Sender) (*bot.Deliverer, *store.Store, *benchClock) {
	tb.Helper()
	s, err := store.Open(tb.Context(), store.Options{Dir: tb.TempDir()})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = s.Close(context.WithoutCancel(tb.Context())) })
	clock := &benchClock{now: nine}
	team := sandbox.Team{ID: "T1", Name: "Test", Domain: "test", Zone: "UTC", Members: []sandbox.Member{{ID: "U1", Name: "Nok", Handle: "nok"}}}
	for i := range channels {
		team.Channels = append(team.Channels, sandbox.Channel{ID: fmt.Sprintf("C%05d", i), Name: fmt.Sprint("c", i)})
	}
	api, err := sandbox.NewSlackAPI(sandbox.APIConfig{Team: team, BotToken: "xoxb-test", Now: clock.Now})
	if err != nil {
		tb.Fatal(err)
	}
	server := httptest.NewServer(api)
	tb.Cleanup(server.Close)
	return &bot.Deliverer{
		Outbox: s, Worder: sketch{}, Sender: sender(server.URL + "/api/"), Now: clock.Now,
		Log: slog.New(slog.DiscardHandler), Metrics: bot.NewMetrics(prometheus.NewRegistry()),
	}, s, clock
}

func slackSender(tb testing.TB) func(url string) bot.Sender {
	tb.Helper()
	return func(url string) bot.Sender {
		app, err := slack.New(slack.Config{SigningSecret: "secret", Token: "xoxb-test", APIURL: url})
		if err != nil {
			tb.Fatal(err)
		}
		return app
	}
}

// decided returns one delivery for each of some channels, spread over
// workspaces.
func decided(day, channels, workspaces int, due time.Time) []coaching.Delivery {
	all := make([]coaching.Delivery, channels)
	for i := range all {
		all[i] = coaching.Delivery{
			ID: fmt.Sprintf("d%04d-%05d", day, i), Workspace: coaching.WorkspaceID(fmt.Sprint("slack:T", i%workspaces)),
			Channel: coaching.ChannelID(fmt.Sprintf("C%05d", i)), State: coaching.Pending,
			DueAt: due, NextAt: due, ExpiresAt: due.Add(6 * time.Hour),
		}
	}
	return all
}

// BenchmarkDelivery measures a post from due to recorded through the stand-in
// over HTTP, without rate limits: claim, word, send, record, with every commit on
// the disk.
func BenchmarkDelivery(b *testing.B) {
	const channels, workspaces = 1000, 20
	deliverer, s, clock := newBenchWorld(b, channels, slackSender(b))
	b.ReportAllocs()
	sent := 0
	began := time.Now()
	for day := 0; sent < b.N; day++ {
		b.StopTimer()
		if err := s.Enqueue(b.Context(), decided(day, min(channels, b.N-sent), workspaces, clock.now)...); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		n, err := deliverer.Round(b.Context())
		if err != nil || n == 0 {
			b.Fatal(n, err)
		}
		sent += n
		clock.now = clock.now.Add(time.Second)
	}
	b.ReportMetric(float64(sent)/time.Since(began).Seconds(), "deliveries/s")
}

// BenchmarkIdleBeat measures a beat at which nothing is due, before any number of
// deliveries that ended or wait for their time.
func BenchmarkIdleBeat(b *testing.B) {
	for _, kept := range []int{0, 100_000} {
		b.Run(fmt.Sprintf("kept=%d", kept), func(b *testing.B) {
			deliverer, s, clock := newBenchWorld(b, 1, slackSender(b))
			for day := 0; day*1000 < kept; day++ {
				some := decided(day, 1000, 20, clock.now.Add(time.Hour))
				for i := range some[:500] {
					some[i] = some[i].Begin(nine, time.Minute).Settle(coaching.Outcome{Result: coaching.Delivered}, nine)
				}
				if err := s.Enqueue(b.Context(), some...); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportAllocs()
			for b.Loop() {
				if n, err := deliverer.Beat(b.Context()); err != nil || n != 0 {
					b.Fatal(n, err)
				}
			}
		})
	}
}

// accepting is a platform that takes every post and keeps nothing.
type accepting struct{}

func (accepting) Send(context.Context, commands.Post) coaching.Outcome {
	return coaching.Outcome{Result: coaching.Delivered, Receipt: "1.0"}
}

func (accepting) Sent(context.Context, commands.Post) (string, bool, error) { return "", false, nil }

// TestMemoryIsFlatOverAMonth lives through two months of posts to 40 channels of
// 8 workspaces, at a beat a minute around nine o'clock. What the second one
// leaves behind in memory and in the outbox is what the first one did. It does
// not run beside others, whose memory would be counted with it.
func TestMemoryIsFlatOverAMonth(t *testing.T) { //nolint:paralleltest // See above.
	deliverer, s, clock := newBenchWorld(t, 1, func(string) bot.Sender { return accepting{} })
	heap := func() uint64 {
		var stats runtime.MemStats
		runtime.GC()
		runtime.GC()
		runtime.ReadMemStats(&stats)
		return stats.HeapAlloc
	}
	kept := func() int {
		all, err := s.DeliveriesIn(t.Context(), coaching.Sent, 10_000)
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	month := func(first int) {
		for day := first; day < first+30; day++ {
			clock.now = nine.AddDate(0, 0, day)
			if err := s.Enqueue(t.Context(), decided(day, 40, 8, clock.now)...); err != nil {
				t.Fatal(err)
			}
			for range 5 {
				if _, err := deliverer.Round(t.Context()); err != nil {
					t.Fatal(err)
				}
				if err := deliverer.Tidy(t.Context(), s); err != nil {
					t.Fatal(err)
				}
				clock.now = clock.now.Add(time.Minute)
			}
		}
	}
	month(0)
	before, keptBefore := heap(), kept()
	month(30)
	after, keptAfter := heap(), kept()
	t.Logf("heap %d KiB after one month, %d KiB after two; kept %d and %d deliveries", before>>10, after>>10, keptBefore, keptAfter)
	if after > before+before/4+1<<20 {
		t.Errorf("the heap grew from %d to %d bytes", before, after)
	}
	if keptAfter != keptBefore || keptBefore != 30*40 {
		t.Errorf("%d deliveries are kept after one month and %d after two, want 1200", keptBefore, keptAfter)
	}
}
