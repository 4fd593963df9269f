package discord

import (
	"math"
	"net/http"
	"strconv"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/smallwins/smallwins/coaching"
)

// Discord's limits. Each route belongs to a bucket that the answers tell about;
// all of a bot's calls together are limited too, and whoever makes too many that
// are refused is shut out for hours.
// https://docs.discord.com/developers/topics/rate-limits
const (
	globalPerSecond = 45 // of 50; the rest is for other replicas' luck
	invalidWindow   = 10 * time.Minute
	maxInvalid      = 5000 // of 10,000, after which Discord shuts the address out
	maxRoutes       = 4096 // ours: how many routes are remembered
	// maxWait bounds how long Discord may ask to wait.
	maxWait = time.Hour
)

// limits keeps what Discord said of its rate limits. It never waits: a call
// that would be refused is not made, and whoever wanted it is told how long to
// wait.
type limits struct {
	mu     sync.Mutex
	global *rate.Limiter
	// blocked is until when no call of the bot may be made.
	blocked time.Time
	// routes are what is left of each route's bucket.
	routes map[string]allowance
	// invalid counts refused calls since the window began.
	invalid int
	began   time.Time
}

// allowance is how many calls are left until a bucket is filled again.
type allowance struct {
	left  int
	until time.Time
}

func newLimits(now time.Time) *limits {
	return &limits{global: rate.NewLimiter(globalPerSecond, globalPerSecond), routes: make(map[string]allowance), began: now}
}

// take counts a call against the limits. If there is no room for it, it returns
// how long to wait and what that holds for. Answers to interactions are not
// among the bot's calls.
func (l *limits) take(route string, bot bool, now time.Time) (time.Duration, coaching.OutcomeScope) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if now.Sub(l.began) >= invalidWindow {
		l.invalid, l.began = 0, now
	}
	if l.invalid >= maxInvalid {
		return l.began.Add(invalidWindow).Sub(now), coaching.OfPlatform
	}
	allowed, known := l.routes[route]
	known = known && now.Before(allowed.until)
	if known && allowed.left <= 0 {
		return allowed.until.Sub(now), coaching.OfChannel
	}
	if bot {
		if wait := l.blocked.Sub(now); wait > 0 {
			return wait, coaching.OfPlatform
		}
		if reserved := l.global.ReserveN(now, 1); reserved.DelayFrom(now) > 0 {
			wait := reserved.DelayFrom(now)
			reserved.CancelAt(now)
			return wait, coaching.OfPlatform
		}
	}
	if known {
		allowed.left--
		l.routes[route] = allowed
	}
	return 0, coaching.OfChannel
}

// wait returns how long a route's bucket is empty, which may be no time.
func (l *limits) wait(route string, now time.Time) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	if allowed, known := l.routes[route]; known && allowed.left <= 0 {
		return max(allowed.until.Sub(now), 0)
	}
	return 0
}

// learn reads what an answer's headers say of the limits.
func (l *limits) learn(route string, bot bool, response *http.Response, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	header := response.Header
	shared := header.Get("X-RateLimit-Scope") == "shared"
	switch response.StatusCode {
	case http.StatusUnauthorized, http.StatusForbidden:
		l.invalid++
	case http.StatusTooManyRequests:
		// What others used up is not counted against the bot.
		if !shared {
			l.invalid++
		}
		wait := seconds(header.Get("Retry-After"))
		if header.Get("X-RateLimit-Global") != "" && bot {
			l.blocked = now.Add(wait)
			return
		}
		l.remember(route, allowance{until: now.Add(wait)}, now)
		return
	}
	left, err := strconv.Atoi(header.Get("X-RateLimit-Remaining"))
	if err != nil {
		return
	}
	l.remember(route, allowance{left: left, until: now.Add(seconds(header.Get("X-RateLimit-Reset-After")))}, now)
}

// remember keeps a route's allowance; where there are too many, those that are
// filled again are forgotten.
func (l *limits) remember(route string, allowed allowance, now time.Time) {
	if len(l.routes) >= maxRoutes {
		for other, old := range l.routes {
			if !now.Before(old.until) {
				delete(l.routes, other)
			}
		}
	}
	if len(l.routes) < maxRoutes {
		l.routes[route] = allowed
	}
}

// seconds reads a number of seconds, rounded up to milliseconds and bounded.
func seconds(text string) time.Duration {
	number, err := strconv.ParseFloat(text, 64)
	if err != nil || !(number > 0) {
		return 0
	}
	return duration(number)
}

func duration(seconds float64) time.Duration {
	return min(time.Duration(math.Ceil(math.Min(seconds, maxWait.Seconds())*1000))*time.Millisecond, maxWait)
}
