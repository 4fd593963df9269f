package bot_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/smallwins/smallwins/bot"
	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
	"github.com/smallwins/smallwins/store"
)

var nine = time.Date(2026, time.March, 10, 9, 0, 0, 0, time.UTC)

// channelPost is a platform that answers as told and keeps what it got.
type channelPost struct {
	mu       sync.Mutex
	outcomes []coaching.Outcome // of the next sends; then all are delivered
	arrives  bool               // whether a lost one arrives all the same
	blind    error              // why nobody can look
	unworded int                // how many times no words are found
	posts    map[string]int
	byPlace  map[coaching.ChannelID]int
}

func (c *channelPost) Send(_ context.Context, post commands.Post) coaching.Outcome {
	c.mu.Lock()
	defer c.mu.Unlock()
	outcome := coaching.Outcome{Result: coaching.Delivered, Receipt: "1.0"}
	if len(c.outcomes) > 0 {
		outcome, c.outcomes = c.outcomes[0], c.outcomes[1:]
	}
	if outcome.Result == coaching.Delivered || outcome.Result == coaching.Lost && c.arrives {
		c.posts[post.Key]++
		c.byPlace[post.Channel]++
	}
	return outcome
}

func (c *channelPost) Sent(_ context.Context, post commands.Post) (string, bool, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return "1.0", c.posts[post.Key] > 0, c.blind
}

// Word has the delivery's key for words.
func (c *channelPost) Word(_ context.Context, delivery coaching.Delivery) (commands.Post, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.unworded > 0 {
		c.unworded--
		return commands.Post{}, errors.New("no words")
	}
	return commands.Post{Key: delivery.ID, Workspace: delivery.Workspace, Channel: delivery.Channel, Reply: text("nudge")}, nil
}

type outboxWorld struct {
	*channelPost
	store     *store.Store
	deliverer *bot.Deliverer
	now       time.Time
}

func newOutboxWorld(t *testing.T) *outboxWorld {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close(context.Background()) })
	w := &outboxWorld{
		channelPost: &channelPost{posts: map[string]int{}, byPlace: map[coaching.ChannelID]int{}}, store: s, now: nine,
	}
	w.deliverer = &bot.Deliverer{
		Outbox: s, Worder: w, Sender: w, Now: func() time.Time { return w.now },
		Log: slog.New(slog.DiscardHandler), Metrics: bot.NewMetrics(prometheus.NewRegistry()),
	}
	return w
}

func (w *outboxWorld) enqueue(t *testing.T, id string, channel coaching.ChannelID) {
	t.Helper()
	date := coaching.DateOf(nine)
	err := w.store.Enqueue(t.Context(), coaching.Delivery{
		ID: id, Workspace: "slack:T1", Channel: channel, State: coaching.Pending,
		NextAt: nine, DueAt: nine, ExpiresAt: nine.Add(6 * time.Hour), Notices: []coaching.Notice{coaching.Nudge{Date: date, Since: date}},
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (w *outboxWorld) round(t *testing.T) int {
	t.Helper()
	tried, err := w.deliverer.Round(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return tried
}

func (w *outboxWorld) only(t *testing.T) coaching.Delivery {
	t.Helper()
	all, err := w.store.Deliveries(t.Context(), "slack:T1", 2)
	if err != nil || len(all) != 1 {
		t.Fatalf("deliveries = %+v, %v; want one", all, err)
	}
	return all[0]
}

func TestDeliveryEndsAsItsAttemptsSay(t *testing.T) {
	t.Parallel()
	refused := coaching.Outcome{Result: coaching.Refused, Reason: "ratelimited"}
	lost := coaching.Outcome{Result: coaching.Lost, Reason: "timeout"}
	for _, test := range []struct {
		name     string
		outcomes []coaching.Outcome
		arrives  bool
		blind    error
		state    coaching.DeliveryState
		reason   coaching.Reason
		posts    int
	}{
		{"sent at once", nil, false, nil, coaching.Sent, "", 1},
		{"refused three times, then sent", []coaching.Outcome{refused, refused, refused}, false, nil, coaching.Sent, "", 1},
		{"hopeless", []coaching.Outcome{{Result: coaching.Hopeless, Reason: "is_archived"}}, false, nil, coaching.Dead, "is_archived", 0},
		{"lost on the way there, looked for and sent again", []coaching.Outcome{lost}, false, nil, coaching.Sent, "", 1},
		{"lost on the way back, looked for and found", []coaching.Outcome{lost}, true, nil, coaching.Sent, "", 1},
		{"lost where nobody may look", []coaching.Outcome{lost}, true, errors.New("missing_scope"), coaching.Uncertain, "answer_lost", 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newOutboxWorld(t)
			w.outcomes, w.arrives, w.blind = test.outcomes, test.arrives, test.blind
			w.enqueue(t, "d1", "C1")
			for range 10 {
				w.round(t)
				w.now = w.now.Add(2 * time.Minute)
			}
			got := w.only(t)
			if got.State != test.state || got.Reason != test.reason {
				t.Errorf("ended %s (%s), want %s (%s)", got.State, got.Reason, test.state, test.reason)
			}
			if w.posts["d1"] != test.posts {
				t.Errorf("posted %d times, want %d", w.posts["d1"], test.posts)
			}
		})
	}
}

// A post whose answer was lost arrived; then, for once, no words are found for
// it. That must not make it look as if it had never been sent.
func TestDoubtOutlivesAFailureToWord(t *testing.T) {
	t.Parallel()
	w := newOutboxWorld(t)
	w.outcomes, w.arrives = []coaching.Outcome{{Result: coaching.Lost, Reason: "timeout"}}, true
	w.enqueue(t, "d1", "C1")
	w.round(t)
	w.unworded = 1
	for range 5 {
		w.now = w.now.Add(2 * time.Minute)
		w.round(t)
	}
	if got := w.only(t); got.State != coaching.Sent || w.posts["d1"] != 1 {
		t.Errorf("ended %s after %d posts, want it sent once", got.State, w.posts["d1"])
	}
}

// A channel that cannot be looked into, time and again, ends the search when the
// post has become useless, and the post is not repeated.
func TestSearchForALostPostEnds(t *testing.T) {
	t.Parallel()
	w := newOutboxWorld(t)
	w.outcomes, w.blind = []coaching.Outcome{{Result: coaching.Lost, Reason: "timeout"}}, commands.ErrTryLater
	w.enqueue(t, "d1", "C1")
	for range 60 {
		w.round(t)
		w.now = w.now.Add(15 * time.Minute)
	}
	if got := w.only(t); got.State != coaching.Uncertain || w.posts["d1"] != 0 {
		t.Errorf("ended %s after %d posts, want it uncertain and not repeated", got.State, w.posts["d1"])
	}
}

func TestRetryWaitsAsLongAsThePlatformAsked(t *testing.T) {
	t.Parallel()
	w := newOutboxWorld(t)
	w.outcomes = []coaching.Outcome{{Result: coaching.Refused, Wait: 30 * time.Minute}}
	w.enqueue(t, "d1", "C1")
	w.round(t)
	w.now = nine.Add(30*time.Minute - time.Millisecond)
	if tried := w.round(t); tried != 0 {
		t.Error("tried again before the time that the platform asked for")
	}
	w.now = nine.Add(30 * time.Minute)
	if w.round(t); w.posts["d1"] != 1 {
		t.Error("not sent when the wait was over")
	}
}

func TestUselessDeliveryExpiresUnsent(t *testing.T) {
	t.Parallel()
	w := newOutboxWorld(t)
	w.enqueue(t, "d1", "C1")
	w.now = nine.Add(6 * time.Hour)
	w.round(t)
	if got := w.only(t); got.State != coaching.Expired || w.posts["d1"] != 0 {
		t.Errorf("ended %s after %d posts, want it expired and unsent", got.State, w.posts["d1"])
	}
}

func TestRoundSendsOneToEachChannel(t *testing.T) {
	t.Parallel()
	w := newOutboxWorld(t)
	for i := range 3 {
		for _, channel := range []coaching.ChannelID{"C1", "C2", "C3"} {
			w.enqueue(t, fmt.Sprint(channel, "-", i), channel)
		}
	}
	for round := 1; round <= 3; round++ {
		w.now = w.now.Add(time.Second)
		if tried := w.round(t); tried != 3 {
			t.Errorf("round %d tried %d, want one for each of three channels", round, tried)
		}
		for channel, posts := range w.byPlace {
			if posts != round {
				t.Errorf("%s has %d posts after round %d", channel, posts, round)
			}
		}
	}
	if tried := w.round(t); tried != 0 {
		t.Errorf("a fourth round tried %d", tried)
	}
}

func TestReplicasShareTheOutboxWithoutDoubling(t *testing.T) {
	t.Parallel()
	w := newOutboxWorld(t)
	const channels = 40
	for i := range channels {
		w.enqueue(t, fmt.Sprint("d", i), coaching.ChannelID(fmt.Sprint("C", i)))
	}
	var replicas sync.WaitGroup
	for range 4 {
		replica := &bot.Deliverer{
			Outbox: w.store, Worder: w, Sender: w, Now: w.deliverer.Now, Log: w.deliverer.Log, Metrics: w.deliverer.Metrics,
		}
		replicas.Go(func() {
			if _, err := replica.Round(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	replicas.Wait()
	for i := range channels {
		if key := fmt.Sprint("d", i); w.posts[key] != 1 {
			t.Errorf("%s was posted %d times", key, w.posts[key])
		}
	}
}
