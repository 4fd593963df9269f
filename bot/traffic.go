package bot

import (
	"maps"
	"strings"
	"sync"
	"time"

	"github.com/smallwins/smallwins/coaching"
)

// The rules of the road. They hold within one process; replicas meet at the
// platform, whose own limits are obeyed as its answers tell them.
const (
	// channelPace is the least time between two posts to one channel. Platforms
	// allow about one a second and short bursts above that, so a beat of about one
	// second that comes early is not made to wait for the next.
	channelPace = 750 * time.Millisecond
	// perWorkspace and perPlatform bound the sends in flight. Channels that hang
	// hold up no more than their own workspace, and a platform that hangs not
	// the other one.
	perWorkspace = 8
	perPlatform  = 64
	// Where nothing can be sent to a workspace, one post after another tries
	// whether that is still so: after firstPause, then after twice as long.
	firstPause = 5 * time.Second
	lastPause  = 5 * time.Minute
)

// traffic decides which of the due deliveries is sent when: one at a time to a
// channel, at its pace, workspace after workspace in turn. Its zero value is an
// open road. It holds no clock and does no IO.
type traffic struct {
	mu     sync.Mutex
	closed bool
	lanes  map[lane]turn
	queues map[coaching.WorkspaceID]*queue
	// ring are the workspaces with something waiting, the next one first.
	ring []coaching.WorkspaceID
	// flying counts the sends in flight by platform.
	flying map[string]int
	// pauses are by workspace or by platform.
	pauses map[string]pause
}

// lane is where deliveries follow one another: a channel, or a member's direct
// messages.
type lane struct {
	workspace coaching.WorkspaceID
	channel   coaching.ChannelID
	member    coaching.MemberID
}

func laneOf(delivery coaching.Delivery) lane {
	return lane{delivery.Workspace, delivery.Channel, delivery.Member}
}

// turn is how a lane stands: held by a delivery that waits or is being sent, or
// free from an instant on.
type turn struct {
	held bool
	free time.Time
	// limited is until when the platform wants nothing more on the lane.
	limited time.Time
}

// queue is what waits and what is in flight of one workspace.
type queue struct {
	waiting []coaching.Delivery
	flying  int
}

// pause is until when nothing is sent. Troubles counts how many tries in a row
// found that nothing can be.
type pause struct {
	until    time.Time
	troubles int
}

func platformOf(workspace coaching.WorkspaceID) string {
	platform, _, _ := strings.Cut(string(workspace), ":")
	return platform
}

// offer takes a due delivery in unless its channel is taken, or it is not yet
// time for another one there.
func (t *traffic) offer(delivery coaching.Delivery, now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	key := laneOf(delivery)
	if held := t.lanes[key]; t.closed || held.held || now.Before(held.free) || t.paused(delivery.Workspace, now) {
		return false
	}
	if t.lanes == nil {
		t.lanes, t.queues = make(map[lane]turn), make(map[coaching.WorkspaceID]*queue)
		t.flying, t.pauses = make(map[string]int), make(map[string]pause)
	}
	t.lanes[key] = turn{held: true}
	queued := t.queues[delivery.Workspace]
	if queued == nil {
		queued = &queue{}
		t.queues[delivery.Workspace] = queued
	}
	if len(queued.waiting) == 0 {
		t.ring = append(t.ring, delivery.Workspace)
	}
	queued.waiting = append(queued.waiting, delivery)
	return true
}

// next returns the delivery whose turn it is, if there is room for one more in
// flight.
func (t *traffic) next(now time.Time) (coaching.Delivery, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for range len(t.ring) {
		workspace := t.ring[0]
		t.ring = t.ring[1:]
		queued := t.queues[workspace]
		switch platform := platformOf(workspace); {
		case t.closed, t.paused(workspace, now):
			t.turnAway(workspace)
		case queued.flying >= perWorkspace, t.flying[platform] >= perPlatform:
			t.ring = append(t.ring, workspace)
		default:
			delivery := queued.waiting[0]
			queued.waiting = queued.waiting[1:]
			if len(queued.waiting) > 0 {
				t.ring = append(t.ring, workspace)
			}
			queued.flying++
			t.flying[platform]++
			t.lanes[laneOf(delivery)] = turn{held: true, free: now.Add(channelPace)}
			return delivery, true
		}
	}
	return coaching.Delivery{}, false
}

// turnAway lets go of what waits for a workspace; it stays due in the outbox.
func (t *traffic) turnAway(workspace coaching.WorkspaceID) {
	queued := t.queues[workspace]
	for _, delivery := range queued.waiting {
		delete(t.lanes, laneOf(delivery))
	}
	if queued.waiting = nil; queued.flying == 0 {
		delete(t.queues, workspace)
	}
}

// done gives a delivery's place back and keeps what its outcome says of those
// to come: a wait, a pause, or that the road is open again. It reports whether
// that began or ended a trouble of a workspace or a platform.
func (t *traffic) done(delivery coaching.Delivery, outcome coaching.Outcome, now time.Time) (began, ended bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	queued := t.queues[delivery.Workspace]
	queued.flying--
	t.flying[platformOf(delivery.Workspace)]--
	if queued.flying == 0 && len(queued.waiting) == 0 {
		delete(t.queues, delivery.Workspace)
	}
	key := laneOf(delivery)
	state := t.lanes[key]
	state.held = false
	if outcome.Wait > 0 && outcome.Scope == coaching.OfChannel {
		state.limited = now.Add(outcome.Wait)
		state.free = later(state.free, state.limited)
	}
	t.lanes[key] = state

	place := string(delivery.Workspace)
	if outcome.Scope == coaching.OfPlatform {
		place = platformOf(delivery.Workspace)
	}
	was := t.pauses[place]
	switch {
	case outcome.Result == coaching.Hopeless && outcome.Scope != coaching.OfChannel:
		if now.Before(was.until) {
			return false, false // One that was in flight when the trouble began.
		}
		wait := min(firstPause<<min(was.troubles, 10), lastPause)
		t.pauses[place] = pause{now.Add(max(wait, outcome.Wait)), was.troubles + 1}
		return was.troubles == 0, false
	case outcome.Wait > 0 && (outcome.Scope != coaching.OfChannel || outcome.Result == coaching.Refused && t.crowded(key, now)):
		was.until = later(was.until, now.Add(outcome.Wait))
		t.pauses[place] = was
	case outcome.Result == coaching.Delivered:
		for _, open := range []string{place, platformOf(delivery.Workspace)} {
			ended = ended || t.pauses[open].troubles > 0
			delete(t.pauses, open)
		}
	}
	return false, ended
}

// crowded reports whether the platform wants to wait on two more channels of the
// workspace. Slack limits channels and workspaces alike and does not say which
// of them a refusal is about; three channels at once are no coincidence.
// https://docs.slack.dev/apis/web-api/rate-limits
func (t *traffic) crowded(limited lane, now time.Time) bool {
	others := 0
	for key, state := range t.lanes {
		if key.workspace == limited.workspace && key != limited && now.Before(state.limited) {
			others++
		}
	}
	return others >= 2
}

// paused reports whether nothing is sent to a workspace for now.
func (t *traffic) paused(workspace coaching.WorkspaceID, now time.Time) bool {
	return now.Before(t.pauses[string(workspace)].until) || now.Before(t.pauses[platformOf(workspace)].until)
}

// sweep forgets the lanes and workspaces that are free again.
func (t *traffic) sweep(now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	maps.DeleteFunc(t.lanes, func(_ lane, state turn) bool { return !state.held && !now.Before(state.free) })
	maps.DeleteFunc(t.pauses, func(_ string, state pause) bool { return state.troubles == 0 && !now.Before(state.until) })
}

// load tells how many deliveries are in flight, and how many workspaces and
// platforms nothing can be sent to.
func (t *traffic) load() (flying, barred int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, count := range t.flying {
		flying += count
	}
	for _, state := range t.pauses {
		if state.troubles > 0 {
			barred++
		}
	}
	return flying, barred
}

// close lets nobody begin any more.
func (t *traffic) close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.closed = true
}

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}
