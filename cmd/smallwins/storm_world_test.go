package main

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/smallwins/smallwins/bot/sandbox"
	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
)

// Where the posts of a storm go.
const (
	stormSlack   = coaching.WorkspaceID("slack:T1")
	stormDiscord = coaching.WorkspaceID("discord:" + discordServer)
)

// storm is a Slack and a Discord at which calls go wrong at random, and a ledger
// of what was done to them.
type storm struct {
	*testing.T
	slack   *sandbox.SlackAPI
	discord *sandbox.DiscordAPI
	config  Config
	// patience is how long servers wait for an answer to a post.
	patience time.Duration
	// ahead is how far the clocks are from this machine's: while a server is
	// down, time goes by.
	ahead atomic.Int64

	mu       sync.Mutex
	random   *rand.Rand
	injected map[sandbox.FaultKind]int
	// left is how many posts are let through before reached is closed.
	left    int
	reached chan struct{}
	// claimed are the deliveries that a process held when it was killed, ended
	// those that were taken out of the outbox because they had ended.
	claimed map[string]bool
	ended   map[string]coaching.Delivery
}

// newStorm returns the two with so many channels each, all of which take about
// one post a second.
func newStorm(t *testing.T, channels int, scopes []string, seed uint64) *storm {
	t.Helper()
	w := &storm{
		T: t, random: rand.New(rand.NewPCG(seed, seed)),
		patience: 3 * time.Second,
		injected: make(map[sandbox.FaultKind]int), claimed: make(map[string]bool), ended: make(map[string]coaching.Delivery),
	}
	team := testTeam
	team.Channels = nil
	var there []sandbox.Channel
	for i := range channels {
		team.Channels = append(team.Channels, sandbox.Channel{ID: string(stormChannel(stormSlack, i)), Name: fmt.Sprint("c", i)})
		there = append(there, sandbox.Channel{ID: string(stormChannel(stormDiscord, i)), Name: fmt.Sprint("c", i)})
	}
	var err error
	if w.slack, err = sandbox.NewSlackAPI(sandbox.APIConfig{
		Team: team, BotToken: testToken, Now: w.now, Scopes: scopes, RateLimit: true,
	}); err != nil {
		t.Fatal(err)
	}
	w.discord = sandbox.NewDiscordAPI(sandbox.DiscordConfig{
		Application: discordApplication, Bot: discordApplication, Server: discordServer, Token: discordToken,
		Channels: there, Now: w.now, RateLimit: true,
	})
	mux := http.NewServeMux()
	mux.Handle("/api/", w.slack)
	mux.Handle("/v10/", w.discord)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	w.config = (&discordChat{url: server.URL + "/v10"}).config(t.TempDir())
	w.config.SlackSigningSecret, w.config.SlackBotToken, w.config.SlackAPIURL = testSecret, testToken, server.URL+"/api/"
	w.slack.Plague(func(method string) sandbox.Fault { return w.strike(method == "chat.postMessage", "internal_error") })
	w.discord.Plague(func(method string) sandbox.Fault { return w.strike(method == "messages.create", "130000") })
	return w
}

func (w *storm) now() time.Time { return systemTime().Add(time.Duration(w.ahead.Load())) }

// stormChannel is the id of a workspace's channel.
func stormChannel(workspace coaching.WorkspaceID, i int) coaching.ChannelID {
	if workspace == stormSlack {
		return coaching.ChannelID(fmt.Sprintf("C%04d", i))
	}
	return coaching.ChannelID(fmt.Sprintf("14575104283590%05d", i))
}

// strike says what goes wrong with a call, and counts posts towards the time at
// which [storm.after] lets go.
func (w *storm) strike(post bool, refusal string) sandbox.Fault {
	w.mu.Lock()
	defer w.mu.Unlock()
	if post {
		if w.left--; w.left == 0 {
			close(w.reached)
		}
	}
	var fault sandbox.Fault
	switch dice := w.random.IntN(1000); {
	case dice < 30:
		fault = sandbox.Fault{Kind: sandbox.FaultTooMany, RetryAfter: time.Second}
	case dice < 55:
		fault = sandbox.Fault{Kind: sandbox.FaultStatus, Status: http.StatusInternalServerError}
	case dice < 75:
		fault = sandbox.Fault{Kind: sandbox.FaultLost}
	case dice < 80:
		fault = sandbox.Fault{Kind: sandbox.FaultHang}
	case dice < 85:
		fault = sandbox.Fault{Kind: sandbox.FaultHangAfter}
	case dice < 95:
		fault = sandbox.Fault{Kind: sandbox.FaultRefuse, Error: refusal}
	}
	w.injected[fault.Kind]++
	return fault
}

// after returns a channel that is closed when so many more posts were tried.
func (w *storm) after(posts int) <-chan struct{} {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.left, w.reached = posts, make(chan struct{})
	return w.reached
}

func (w *storm) await(what string, reached <-chan struct{}) {
	w.Helper()
	select {
	case <-reached:
	case <-time.After(time.Minute):
		w.Fatalf("after a minute: %s", what)
	}
}

// pick is a random number from low to below high.
func (w *storm) pick(low, high int) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return low + w.random.IntN(high-low)
}

// open opens the database between two servers.
func (w *storm) open() *store.Store {
	w.Helper()
	s, err := store.Open(w.Context(), store.Options{
		MongoURI: string(w.config.MongoDBURI), Database: w.config.MongoDBDatabase, Dir: w.config.DataDir,
	})
	if err != nil {
		w.Fatal(err)
	}
	return s
}

func (w *storm) close(s *store.Store) {
	w.Helper()
	if err := s.Close(context.WithoutCancel(w.Context())); err != nil {
		w.Error(err)
	}
}

// decide puts a delivery for each channel of both platforms into the outbox: the
// one of a day.
func (w *storm) decide(s *store.Store, channels, day int) {
	w.Helper()
	now := w.now()
	date := coaching.DateOf(now).AddDays(day)
	var all sync.WaitGroup
	for _, workspace := range []coaching.WorkspaceID{stormSlack, stormDiscord} {
		for i := range channels {
			all.Go(func() {
				channel := stormChannel(workspace, i)
				err := s.Enqueue(w.Context(), coaching.Delivery{
					ID: fmt.Sprintf("%s/nudge/%s/%s", workspace, channel, date), Workspace: workspace, Channel: channel,
					State: coaching.Pending, NextAt: now, DueAt: now, ExpiresAt: now.Add(6 * time.Hour),
					Notices: []coaching.Notice{coaching.Nudge{Date: date, Since: date.AddDays(-1)}},
				})
				if err != nil {
					w.Error(err)
				}
			})
		}
	}
	all.Wait()
}

// harvest takes what has ended out of the outbox and keeps it for the judgement,
// except what ended just now: that may be recorded between the look and the
// removal.
func (w *storm) harvest(s *store.Store) {
	w.Helper()
	before := w.now().Add(-w.patience)
	for _, state := range []coaching.DeliveryState{coaching.Sent, coaching.Uncertain, coaching.Dead, coaching.Expired} {
		ended, err := s.DeliveriesIn(w.Context(), state, 5000)
		if err != nil {
			w.Fatal(err)
		}
		for _, delivery := range ended {
			w.ended[delivery.ID] = delivery
		}
	}
	for removed := 1; removed > 0; {
		var err error
		if removed, err = s.PruneDeliveries(w.Context(), before, 500); err != nil {
			w.Fatal(err)
		}
	}
}

// start starts a server in a process of its own.
func (w *storm) start() *child {
	w.Helper()
	return startHasty(w.T, time.Duration(w.ahead.Load()), w.patience, w.config)
}

// remember notes which posts nobody knows the end of, now that a process was
// killed.
func (w *storm) remember(s *store.Store) {
	w.Helper()
	for _, workspace := range []coaching.WorkspaceID{stormSlack, stormDiscord} {
		pending, err := s.DeliveriesOf(w.Context(), workspace, coaching.Pending, 5000)
		if err != nil {
			w.Fatal(err)
		}
		for _, delivery := range pending {
			if delivery.Unresolved {
				w.claimed[delivery.ID] = true
			}
		}
	}
}

// drain waits until no more than some deliveries are pending. Where nothing else
// runs on the clock, the waits before a retry go by at once.
func (w *storm) drain(s *store.Store, pending int, alone bool) {
	w.Helper()
	deadline := time.After(time.Minute)
	look := time.NewTicker(250 * time.Millisecond)
	defer look.Stop()
	for {
		backlog, err := s.Backlog(w.Context(), w.now(), pending+1)
		switch {
		case err != nil:
			w.Log(err) // The database is slow; it is asked again.
		case backlog.Waiting <= pending:
			return
		case alone && backlog.Due == 0:
			w.ahead.Add(int64(stormDowntime))
		}
		select {
		case <-look.C:
		case <-deadline:
			w.Fatal("after a minute too many deliveries have not ended")
		}
	}
}

// settle runs a server in this process, without any more faults, until nothing is
// pending.
func (w *storm) settle(alone bool) {
	w.Helper()
	w.slack.Heal()
	w.discord.Heal()
	parts := testParts(w.now)
	parts.sendWithin = w.patience
	app, err := NewApp(w.Context(), w.config, parts)
	if err != nil {
		w.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- app.Run(ctx) }()
	defer func() {
		cancel()
		if err := <-done; err != nil {
			w.Error(err)
		}
	}()
	w.drain(app.store, 0, alone)
}

// ambiguous are the deliveries that Slack's ledger says nobody can know about:
// their call got no answer, or one that says nothing.
func (w *storm) ambiguous() map[string]bool {
	keys := make(map[string]bool)
	for _, call := range w.slack.Calls("chat.postMessage") {
		if call.Metadata == nil {
			continue
		}
		switch call.Fault {
		case sandbox.FaultStatus, sandbox.FaultLost, sandbox.FaultHang, sandbox.FaultHangAfter:
		default:
			if call.Error != "internal_error" && !call.Gone {
				continue
			}
		}
		keys[fmt.Sprint(call.Metadata.EventPayload["key"])] = true
	}
	return keys
}

// posted counts how often each delivery stands in its channel.
func (w *storm) posted(ids []string) map[string]int {
	counts := w.slack.CountByMetadata("key")
	nonces := make(map[string]int)
	for _, post := range w.discord.Posted() {
		nonces[post.Nonce]++
	}
	for _, id := range ids {
		sum := sha256.Sum256([]byte(id))
		if count := nonces[base64.RawURLEncoding.EncodeToString(sum[:18])]; count > 0 {
			counts[id] = count
		}
	}
	return counts
}
