package discord

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/smallwins/smallwins/bot/sandbox"
	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

var aPost = commands.Post{
	Key: "nudge/discord:1/2026-03-10", Workspace: "discord:" + testServer, Channel: testChannel,
	Reply: commands.Reply{Parts: []commands.Part{
		commands.Heading{Line: words("Good morning")},
		commands.Text{Line: commands.Line{{Text: "Mia", Member: "1033044521375764530", Ping: true}, {Text: ", two demos to go. @everyone"}}},
	}},
}

func TestPostIsMadeOnceAndFoundAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	if _, found, err := w.Sent(t.Context(), aPost); found || err != nil {
		t.Errorf("in an empty channel: %v %v", found, err)
	}
	outcome := w.Send(t.Context(), aPost)
	if outcome.Result != coaching.Delivered || outcome.Receipt == "" {
		t.Fatalf("outcome %+v", outcome)
	}
	posted := w.discord.Posted()
	if len(posted) != 1 || len(posted[0].Nonce) > 25 || !strings.Contains(string(posted[0].Body), `"users":["1033044521375764530"]`) {
		t.Errorf("posted %+v", posted)
	}
	receipt, found, err := w.Sent(t.Context(), aPost)
	if !found || err != nil || receipt != outcome.Receipt {
		t.Errorf("looking for it gives %q %v %v", receipt, found, err)
	}
	other := aPost
	other.Key = "another"
	if _, found, err := w.Sent(t.Context(), other); found || err != nil {
		t.Errorf("another post is found: %v %v", found, err)
	}
}

func TestLostAnswerIsResolved(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name           string
		withoutHistory bool
		fault          sandbox.FaultKind
		passes         time.Duration
		found, untold  bool
		posts          int
	}{
		{name: "by looking, where it arrived", fault: sandbox.FaultLost, found: true, posts: 1},
		{name: "by looking, a day later", fault: sandbox.FaultLost, passes: 24 * time.Hour, found: true, posts: 1},
		{name: "by the nonce, where nothing can be read", withoutHistory: true, fault: sandbox.FaultLost, passes: time.Minute, posts: 1},
		{name: "not at all, once the nonce is forgotten", withoutHistory: true, fault: sandbox.FaultLost, passes: 3 * time.Minute, untold: true, posts: 1},
		{name: "by the channel, where nothing was ever said", withoutHistory: true, fault: sandbox.FaultStatus, passes: 3 * time.Minute, posts: 1},
		{name: "by the nonce, where it never arrived", withoutHistory: true, fault: sandbox.FaultStatus, posts: 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, func(c *sandbox.DiscordConfig) { c.WithoutHistory = test.withoutHistory })
			w.discord.Inject(sandbox.Fault{Kind: test.fault, Method: "messages.create"})
			if outcome := w.Send(t.Context(), aPost); outcome.Result != coaching.Lost {
				t.Fatalf("outcome %+v", outcome)
			}
			w.clock.Pass(test.passes)
			_, found, err := w.Sent(t.Context(), aPost)
			if found != test.found || errors.Is(err, ErrUntold) != test.untold {
				t.Fatalf("found %v, %v", found, err)
			}
			if !found && err == nil {
				if outcome := w.Send(t.Context(), aPost); outcome.Result != coaching.Delivered {
					t.Errorf("sent again: %+v", outcome)
				}
			}
			if posts := len(w.discord.Posted()); posts != test.posts {
				t.Errorf("%d posts, want %d", posts, test.posts)
			}
		})
	}
}

func TestOutcomesOfPosts(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		breaks func(*world)
		want   coaching.Outcome
	}{
		{"a revoked token", func(w *world) { w.discord.Revoke() }, coaching.Outcome{Result: coaching.Hopeless, Reason: "token_revoked", Scope: coaching.OfPlatform}},
		{"a channel without the bot", func(w *world) {
			w.discord.SetChannel(sandbox.Channel{ID: testChannel, WithoutBot: true})
		}, coaching.Outcome{Result: coaching.Hopeless, Reason: "missing_access"}},
		{"no permission to send", func(w *world) { w.refuses("50013") }, coaching.Outcome{Result: coaching.Hopeless, Reason: "missing_permissions"}},
		{"a channel that is gone", func(w *world) { w.refuses("10003") }, coaching.Outcome{Result: coaching.Hopeless, Reason: "channel_not_found"}},
		{"an archived thread", func(w *world) {
			w.discord.SetChannel(sandbox.Channel{ID: testChannel, Archived: true})
		}, coaching.Outcome{Result: coaching.Hopeless, Reason: "is_archived"}},
		{"a slow channel", func(w *world) { w.refuses("20016") }, coaching.Outcome{Result: coaching.Refused, Reason: "slow_mode"}},
		{"an unknown reason", func(w *world) { w.refuses("99999") }, coaching.Outcome{Result: coaching.Refused, Reason: "http_400"}},
		{"too many", func(w *world) {
			w.discord.Inject(sandbox.Fault{Kind: sandbox.FaultTooMany, RetryAfter: 7 * time.Second})
		}, coaching.Outcome{Result: coaching.Refused, Wait: 7 * time.Second, Reason: "rate_limited"}},
		{"a server error", func(w *world) {
			w.discord.Inject(sandbox.Fault{Kind: sandbox.FaultStatus, Status: http.StatusBadGateway})
		}, coaching.Outcome{Result: coaching.Lost, Reason: "http_502"}},
		{"a reset connection", func(w *world) { w.discord.Inject(sandbox.Fault{Kind: sandbox.FaultLost}) }, coaching.Outcome{Result: coaching.Lost, Reason: "connection_lost"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, nil)
			test.breaks(w)
			if got := w.Send(t.Context(), aPost); got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
			if calls := len(w.discord.Calls("messages.create")); calls != 1 {
				t.Errorf("%d calls: a post is never repeated by itself", calls)
			}
		})
	}
}

func (w *world) refuses(code string) {
	w.discord.Inject(sandbox.Fault{Kind: sandbox.FaultRefuse, Error: code, Calls: -1})
}

func TestPostThatHangsIsLost(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	ctx, cancel := context.WithCancel(t.Context())
	w.discord.Inject(sandbox.Fault{Kind: sandbox.FaultHang, Hit: cancel})
	if got := w.Send(ctx, aPost); got.Result != coaching.Lost {
		t.Errorf("outcome %+v", got)
	}
	if got := w.Send(ctx, aPost); got.Result != coaching.Refused || got.Reason != "not_begun" {
		t.Errorf("a post that is not begun: %+v", got)
	}
}

func TestWhatCannotBePostedIsHopeless(t *testing.T) {
	t.Parallel()
	empty, elsewhere := aPost, aPost
	empty.Reply, elsewhere.Channel = commands.Reply{}, "C0SALES"
	w := newWorld(t, nil)
	for _, post := range []commands.Post{empty, elsewhere} {
		if got := w.Send(t.Context(), post); got.Result != coaching.Hopeless {
			t.Errorf("%+v", got)
		}
	}
	if got := mustApp(t, Config{}).Send(t.Context(), aPost); got.Reason != "token_missing" {
		t.Errorf("%+v", got)
	}
}

func TestSentTellsWhenToAskAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.Send(t.Context(), aPost)
	w.discord.Inject(sandbox.Fault{Kind: sandbox.FaultStatus, Method: "messages.list"})
	if _, _, err := w.Sent(t.Context(), aPost); !errors.Is(err, commands.ErrTryLater) {
		t.Errorf("a server error: %v", err)
	}
	w.discord.Inject(sandbox.Fault{Kind: sandbox.FaultRefuse, Method: "messages.list", Error: "50001"})
	if _, _, err := w.Sent(t.Context(), aPost); !errors.Is(err, ErrUntold) {
		t.Errorf("no access: %v", err)
	}
}

func TestChannelsLimitIsKeptWithoutBeingRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(c *sandbox.DiscordConfig) { c.RateLimit = true })
	for i := range 7 {
		post := aPost
		post.Key = strings.Repeat("k", i+1)
		outcome := w.Send(t.Context(), post)
		if want := i < 5; (outcome.Result == coaching.Delivered) != want {
			t.Errorf("post %d: %+v", i, outcome)
		}
		if i >= 5 && outcome.Wait != 5*time.Second {
			t.Errorf("post %d is to wait %s, want 5s", i, outcome.Wait)
		}
	}
	if calls := len(w.discord.Calls("messages.create")); calls != 5 {
		t.Errorf("%d calls, want 5: Discord counts those that it refuses", calls)
	}
	w.clock.Pass(5 * time.Second)
	if outcome := w.Send(t.Context(), aPost); outcome.Result != coaching.Delivered {
		t.Errorf("after the wait: %+v", outcome)
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	respond := func(status int, headers ...string) *http.Response {
		response := &http.Response{StatusCode: status, Header: http.Header{}}
		for i := 0; i < len(headers); i += 2 {
			response.Header.Set(headers[i], headers[i+1])
		}
		return response
	}
	t.Run("a global limit stops every call of the bot, but no answer", func(t *testing.T) {
		t.Parallel()
		l := newLimits(testNow)
		l.learn("a", true, respond(429, "Retry-After", "3", "X-RateLimit-Global", "true"), testNow)
		if wait, scope := l.take("b", true, testNow); wait != 3*time.Second || scope != coaching.OfPlatform {
			t.Errorf("wait %s", wait)
		}
		if wait, _ := l.take("b", false, testNow); wait != 0 {
			t.Errorf("an answer waits %s", wait)
		}
		if wait, _ := l.take("b", true, testNow.Add(3*time.Second)); wait != 0 {
			t.Errorf("still %s", wait)
		}
	})
	t.Run("no more than 45 calls go out in a second", func(t *testing.T) {
		t.Parallel()
		l := newLimits(testNow)
		made := 0
		for range 100 {
			if wait, _ := l.take("a", true, testNow); wait == 0 {
				made++
			}
		}
		if made != 45 {
			t.Errorf("%d calls", made)
		}
	})
	t.Run("thousands of refused calls stop all until the window ends", func(t *testing.T) {
		t.Parallel()
		l := newLimits(testNow)
		for range maxInvalid {
			l.learn("a", true, respond(403), testNow)
		}
		if wait, _ := l.take("b", false, testNow); wait != invalidWindow {
			t.Errorf("wait %s", wait)
		}
		if wait, _ := l.take("b", false, testNow.Add(invalidWindow)); wait != 0 {
			t.Errorf("after the window: %s", wait)
		}
	})
	t.Run("what others used up does not count as refused", func(t *testing.T) {
		t.Parallel()
		l := newLimits(testNow)
		for range maxInvalid {
			l.learn("a", true, respond(429, "Retry-After", "1", "X-RateLimit-Scope", "shared"), testNow)
		}
		if wait, _ := l.take("b", true, testNow); wait != 0 {
			t.Errorf("wait %s", wait)
		}
	})
	t.Run("a wait that is no number is none, and a long one is bounded", func(t *testing.T) {
		t.Parallel()
		for text, want := range map[string]time.Duration{"": 0, "soon": 0, "-1": 0, "NaN": 0, "0.25": 250 * time.Millisecond, "1e99": maxWait} {
			if got := seconds(text); got != want {
				t.Errorf("%q is %s, want %s", text, got, want)
			}
		}
	})
}

func TestRoutesAreForgottenWhenTheyAreFilledAgain(t *testing.T) {
	t.Parallel()
	l := newLimits(testNow)
	for i := range 2 * maxRoutes {
		l.remember(strings.Repeat("x", i%97)+string(rune('a'+i/97)), allowance{until: testNow.Add(time.Second)}, testNow.Add(time.Duration(i)*time.Second))
	}
	if len(l.routes) > maxRoutes {
		t.Errorf("%d routes are remembered", len(l.routes))
	}
}
