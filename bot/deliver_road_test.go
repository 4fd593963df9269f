package bot_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/smallwins/smallwins/bot"
	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// hanging is a platform that does not answer for one channel until it is let go.
type hanging struct {
	*channelPost
	channel coaching.ChannelID
	begun   chan struct{}
	release chan struct{}
}

func (h *hanging) Send(ctx context.Context, post commands.Post) coaching.Outcome {
	if post.Channel == h.channel {
		close(h.begun)
		<-h.release
	}
	return h.channelPost.Send(ctx, post)
}

func TestChannelThatHangsHoldsUpNoOther(t *testing.T) {
	t.Parallel()
	w := newOutboxWorld(t)
	stuck := &hanging{w.channelPost, "C1", make(chan struct{}), make(chan struct{})}
	w.deliverer.Sender = stuck
	w.enqueue(t, "d1", "C1")
	if _, err := w.deliverer.Beat(t.Context()); err != nil {
		t.Fatal(err)
	}
	<-stuck.begun
	w.enqueue(t, "d2", "C2")
	w.enqueue(t, "d3", "C1")
	if tried := w.round(t); tried != 1 || w.byPlace["C2"] != 1 {
		t.Errorf("while one channel hangs, %d were tried and %v arrived", tried, w.byPlace)
	}
	close(stuck.release)
	if err := w.deliverer.Stop(t.Context()); err != nil || w.posts["d1"] != 1 {
		t.Errorf("the stop did not wait for the send under way: %v, %v", err, w.posts)
	}
	if tried := w.round(t); tried != 0 {
		t.Errorf("%d were begun after the stop", tried)
	}
}

// flaky is an outbox whose database fails for a while when outcomes are recorded.
type flaky struct {
	bot.Outbox
	failures int
	slow     func()
}

func (f *flaky) SaveDelivery(ctx context.Context, delivery coaching.Delivery) (coaching.Delivery, error) {
	if delivery.State == coaching.Sent && f.failures > 0 {
		f.failures--
		return coaching.Delivery{}, errors.New("the database is away")
	}
	saved, err := f.Outbox.SaveDelivery(ctx, delivery)
	if delivery.State == coaching.Pending && delivery.Unresolved && f.slow != nil {
		f.slow()
	}
	return saved, err
}

func TestOutcomeIsRecordedAlthoughTheDatabaseFailsForAMoment(t *testing.T) {
	t.Parallel()
	w := newOutboxWorld(t)
	w.deliverer.Outbox = &flaky{Outbox: w.store, failures: 2}
	w.blind = errors.New("missing_scope")
	w.enqueue(t, "d1", "C1")
	w.round(t)
	if got := w.only(t); got.State != coaching.Sent || w.posts["d1"] != 1 {
		t.Errorf("ended %s after %d posts, want it sent once", got.State, w.posts["d1"])
	}
}

// A claim that took so long that another sender might take over before this
// attempt ends is given back.
func TestSlowClaimIsGivenBack(t *testing.T) {
	t.Parallel()
	w := newOutboxWorld(t)
	slow := &flaky{Outbox: w.store, slow: func() { w.now = w.now.Add(50 * time.Second) }}
	w.deliverer.Outbox = slow
	w.enqueue(t, "d1", "C1")
	w.round(t)
	if got := w.only(t); got.State != coaching.Pending || got.Unresolved || got.Reason != "too_slow" || w.posts["d1"] != 0 {
		t.Errorf("%+v after %d posts, want it unsent and known to be", got, w.posts["d1"])
	}
	slow.slow = nil
	w.now = w.now.Add(time.Minute)
	if w.round(t); w.posts["d1"] != 1 {
		t.Error("not sent when the database was quick again")
	}
}

// A token that was revoked is no delivery's end while the post is of use, and is
// written down once.
func TestPostsWaitForANewToken(t *testing.T) {
	t.Parallel()
	for _, repaired := range []bool{true, false} {
		w := newOutboxWorld(t)
		var log strings.Builder
		w.deliverer.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelWarn}))
		for i := range 20 {
			w.enqueue(t, fmt.Sprint("d", i), coaching.ChannelID(fmt.Sprint("C", i)))
		}
		revoked := coaching.Outcome{Result: coaching.Hopeless, Reason: "token_revoked", Scope: coaching.OfWorkspace}
		w.outcomes = make([]coaching.Outcome, 1000)
		for i := range w.outcomes {
			w.outcomes[i] = revoked
		}
		for w.now.Before(nine.Add(8 * time.Hour)) {
			w.round(t)
			w.now = w.now.Add(3 * time.Minute)
			if repaired && w.now.After(nine.Add(5*time.Hour)) {
				w.outcomes = nil
			}
		}
		all, err := w.store.Deliveries(t.Context(), "slack:T1", 100)
		if err != nil || len(all) != 20 {
			t.Fatal(len(all), err)
		}
		ends := make(map[coaching.DeliveryState]int)
		for _, got := range all {
			ends[got.State]++
			if got.State == coaching.Dead && got.Reason != "token_revoked" {
				t.Errorf("%s is dead for %s", got.ID, got.Reason)
			}
		}
		switch {
		case repaired && ends[coaching.Sent] != 20:
			t.Errorf("with a new token they ended %v", ends)
		case !repaired && (ends[coaching.Dead] == 0 || ends[coaching.Dead]+ends[coaching.Expired] != 20):
			// Those that nobody tried meanwhile are late and nothing else.
			t.Errorf("without a new token they ended %v", ends)
		}
		if lines := strings.Count(log.String(), "nothing can be sent"); lines != 1 {
			t.Errorf("written down %d times\n%s", lines, log.String())
		}
		troubles, err := w.store.Troubles(t.Context(), "slack:T1")
		if err != nil || (len(troubles) == 0) != repaired {
			t.Errorf("repaired: %v; troubles %+v, %v", repaired, troubles, err)
		}
	}
}

// However many one workspace has, another one's post goes out with the first
// beat.
func TestThousandsOfOneWorkspaceKeepNobodyWaiting(t *testing.T) {
	t.Parallel()
	w := newOutboxWorld(t)
	var many []coaching.Delivery
	add := func(id string, workspace coaching.WorkspaceID, channel int, due time.Time) {
		many = append(many, coaching.Delivery{
			ID: id, Workspace: workspace, Channel: coaching.ChannelID(fmt.Sprint("C", channel)), State: coaching.Pending,
			NextAt: due, DueAt: due, ExpiresAt: nine.Add(time.Hour),
		})
	}
	for i := range 3000 {
		add(fmt.Sprintf("a%04d", i), "slack:big", i/10, nine.Add(-time.Minute))
	}
	add("small", "slack:small", 1, nine)
	if err := w.store.Enqueue(t.Context(), many...); err != nil {
		t.Fatal(err)
	}
	if w.round(t); w.posts["small"] != 1 {
		t.Error("the small workspace was not served with the first beat")
	}
}
