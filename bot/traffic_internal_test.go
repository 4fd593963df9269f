package bot

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/coaching"
)

var nine = time.Date(2026, time.March, 10, 9, 0, 0, 0, time.UTC)

func to(workspace, channel string) coaching.Delivery {
	return coaching.Delivery{Workspace: coaching.WorkspaceID(workspace), Channel: coaching.ChannelID(channel)}
}

// fly hands out all that may go now.
func (t *traffic) fly(now time.Time) []coaching.Delivery {
	var gone []coaching.Delivery
	for {
		delivery, found := t.next(now)
		if !found {
			return gone
		}
		gone = append(gone, delivery)
	}
}

var delivered = coaching.Outcome{Result: coaching.Delivered}

func TestChannelTakesOneAtATimeAtItsPace(t *testing.T) {
	t.Parallel()
	var road traffic
	if !road.offer(to("slack:A", "C1"), nine) || road.offer(to("slack:A", "C1"), nine) {
		t.Error("a free channel takes one delivery and no other")
	}
	if !road.offer(to("slack:B", "C1"), nine) || !road.offer(coaching.Delivery{Workspace: "slack:A", Member: "U1"}, nine) {
		t.Error("a channel of another workspace, or a member, is another place")
	}
	for _, delivery := range road.fly(nine) {
		if road.offer(delivery, nine.Add(time.Minute)) {
			t.Error("a channel took a delivery while one is in flight")
		}
		road.done(delivery, delivered, nine.Add(100*time.Millisecond))
	}
	if road.offer(to("slack:A", "C1"), nine.Add(channelPace-1)) {
		t.Error("a second post came sooner than the channel's pace")
	}
	if !road.offer(to("slack:A", "C1"), nine.Add(channelPace)) {
		t.Error("a second post may not come at the channel's pace")
	}
}

// Whoever offers thousands gets as many turns as whoever offers one, and hanging
// sends hold up their own workspace alone.
func TestWorkspacesTakeTurns(t *testing.T) {
	t.Parallel()
	var road traffic
	for i := range 1000 {
		road.offer(to("slack:big", fmt.Sprint("C", i)), nine)
	}
	for i := range 5 {
		road.offer(to(fmt.Sprint("slack:small", i), "C1"), nine)
	}
	first := road.fly(nine)
	served := make(map[coaching.WorkspaceID]int)
	for _, delivery := range first[:7] {
		served[delivery.Workspace]++
	}
	if len(served) != 6 {
		t.Errorf("the first seven served %v, want every workspace among them", served)
	}
	if len(first) != perWorkspace+5 {
		t.Errorf("%d in flight, want %d of the big workspace and the five others", len(first), perWorkspace)
	}
	// None of them comes back. A workspace that is new is served all the same.
	road.offer(to("slack:new", "C1"), nine)
	if late := road.fly(nine); len(late) != 1 || late[0].Workspace != "slack:new" {
		t.Errorf("behind sends that hang, %v were sent", late)
	}
}

func TestPlatformThatHangsHoldsUpNoOther(t *testing.T) {
	t.Parallel()
	var road traffic
	for i := range 100 {
		road.offer(to(fmt.Sprint("slack:", i), "C1"), nine)
	}
	if flying := len(road.fly(nine)); flying != perPlatform {
		t.Errorf("%d in flight, want %d", flying, perPlatform)
	}
	road.offer(to("discord:1", "1"), nine)
	if len(road.fly(nine)) != 1 {
		t.Error("the other platform has to wait")
	}
}

func TestWaitHoldsForWhatItWasAskedFor(t *testing.T) {
	t.Parallel()
	limited := func(scope coaching.OutcomeScope) coaching.Outcome {
		return coaching.Outcome{Result: coaching.Refused, Reason: "rate_limited", Scope: scope, Wait: 30 * time.Second}
	}
	for _, test := range []struct {
		name    string
		outcome coaching.Outcome
		free    []coaching.Delivery
		waits   []coaching.Delivery
	}{
		{"a channel", limited(coaching.OfChannel), []coaching.Delivery{to("slack:A", "C2"), to("slack:B", "C1")}, []coaching.Delivery{to("slack:A", "C1")}},
		{
			"a channel whose bucket is empty now",
			coaching.Outcome{Result: coaching.Delivered, Wait: 30 * time.Second},
			[]coaching.Delivery{to("slack:A", "C2")},
			[]coaching.Delivery{to("slack:A", "C1")},
		},
		{"a workspace", limited(coaching.OfWorkspace), []coaching.Delivery{to("slack:B", "C1")}, []coaching.Delivery{to("slack:A", "C1"), to("slack:A", "C2")}},
		{"a platform", limited(coaching.OfPlatform), []coaching.Delivery{to("discord:1", "1")}, []coaching.Delivery{to("slack:A", "C1"), to("slack:B", "C2")}},
	} {
		var road traffic
		road.offer(to("slack:A", "C1"), nine)
		road.done(road.fly(nine)[0], test.outcome, nine)
		soon := nine.Add(30*time.Second - time.Millisecond)
		for _, delivery := range test.waits {
			if road.offer(delivery, soon) {
				t.Errorf("%s: %+v did not wait", test.name, laneOf(delivery))
			}
			if !road.offer(delivery, nine.Add(30*time.Second)) {
				t.Errorf("%s: %+v waits longer than asked", test.name, laneOf(delivery))
			}
		}
		for _, delivery := range test.free {
			if !road.offer(delivery, soon) {
				t.Errorf("%s: %+v waits for nothing", test.name, laneOf(delivery))
			}
		}
	}
}

// Slack does not say whether a channel or the whole workspace is refused.
func TestThreeRefusedChannelsStandForTheirWorkspace(t *testing.T) {
	t.Parallel()
	var road traffic
	for i := range 3 {
		if road.paused("slack:A", nine) {
			t.Errorf("paused after %d refused channels", i)
		}
		road.offer(to("slack:A", fmt.Sprint("C", i)), nine)
		road.done(road.fly(nine)[0], coaching.Outcome{Result: coaching.Refused, Wait: time.Minute}, nine)
	}
	if !road.paused("slack:A", nine.Add(59*time.Second)) || road.paused("slack:A", nine.Add(time.Minute)) || road.paused("slack:B", nine) {
		t.Error("the workspace, and it alone, is to wait as long as was asked")
	}
}

// A revoked token is one trouble, however many posts wait: it is told once, tried
// again seldom, and over with the first post that goes through.
func TestTroubleOfAWorkspaceIsToldOnceAndTriedAgain(t *testing.T) {
	t.Parallel()
	var road traffic
	revoked := coaching.Outcome{Result: coaching.Hopeless, Reason: "token_revoked", Scope: coaching.OfWorkspace}
	tries, told := 0, 0
	for now := nine; now.Before(nine.Add(time.Hour)); now = now.Add(time.Second) {
		road.sweep(now)
		for i := range 50 {
			road.offer(to("slack:A", fmt.Sprint("C", i)), now)
		}
		for _, delivery := range road.fly(now) {
			tries++
			if began, _ := road.done(delivery, revoked, now); began {
				told++
			}
		}
	}
	if told != 1 || tries > 20*perWorkspace {
		t.Errorf("in an hour told %d times and tried %d times", told, tries)
	}
	if _, barred := road.load(); barred != 1 {
		t.Errorf("%d workspaces in trouble, want 1", barred)
	}
	later := nine.Add(2 * time.Hour)
	road.offer(to("slack:A", "C1"), later)
	if _, ended := road.done(road.fly(later)[0], delivered, later); !ended {
		t.Error("the first post that went through did not end the trouble")
	}
	if !road.offer(to("slack:A", "C2"), later) {
		t.Error("the workspace is still paused")
	}
}

func TestNothingBeginsOnAClosedRoad(t *testing.T) {
	t.Parallel()
	var road traffic
	road.offer(to("slack:A", "C1"), nine)
	road.close()
	if road.offer(to("slack:A", "C2"), nine) || len(road.fly(nine)) != 0 {
		t.Error("something began")
	}
}

// Whatever is offered and whatever comes of it: a channel never has two in
// flight, the bounds hold, and in the end nobody is left holding a place.
func TestTrafficKeepsItsBounds(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		var road traffic
		now := nine
		var flying []coaching.Delivery
		land := func(i int, outcome coaching.Outcome) {
			road.done(flying[i], outcome, now)
			flying = append(flying[:i:i], flying[i+1:]...)
		}
		rt.Repeat(map[string]func(*rapid.T){
			"offer": func(rt *rapid.T) {
				workspace := fmt.Sprint("slack:", rapid.IntRange(0, 12).Draw(rt, "workspace"))
				road.offer(to(workspace, fmt.Sprint("C", rapid.IntRange(0, 15).Draw(rt, "channel"))), now)
			},
			"fly": func(*rapid.T) { flying = append(flying, road.fly(now)...) },
			"land": func(rt *rapid.T) {
				if len(flying) == 0 {
					return
				}
				land(rapid.IntRange(0, len(flying)-1).Draw(rt, "which"), coaching.Outcome{
					Result: rapid.SampledFrom([]coaching.OutcomeResult{coaching.Delivered, coaching.Refused, coaching.Hopeless, coaching.Lost, ""}).Draw(rt, "result"),
					Scope:  rapid.SampledFrom([]coaching.OutcomeScope{coaching.OfChannel, coaching.OfWorkspace, coaching.OfPlatform}).Draw(rt, "scope"),
					Wait:   time.Duration(rapid.IntRange(0, 3).Draw(rt, "wait")) * time.Second,
				})
			},
			"pass": func(rt *rapid.T) {
				now = now.Add(time.Duration(rapid.IntRange(0, 2000).Draw(rt, "ms")) * time.Millisecond)
			},
			"sweep": func(*rapid.T) { road.sweep(now) },
			"": func(rt *rapid.T) {
				lanes, workspaces := make(map[lane]bool), make(map[coaching.WorkspaceID]int)
				for _, delivery := range flying {
					if lanes[laneOf(delivery)] {
						rt.Fatalf("two in flight to %+v", laneOf(delivery))
					}
					lanes[laneOf(delivery)] = true
					if workspaces[delivery.Workspace]++; workspaces[delivery.Workspace] > perWorkspace {
						rt.Fatalf("more than %d in flight of %s", perWorkspace, delivery.Workspace)
					}
				}
				if len(flying) > perPlatform {
					rt.Fatalf("%d in flight", len(flying))
				}
			},
		})
		for len(flying) > 0 {
			land(0, delivered)
		}
		for range 20 {
			for _, delivery := range road.fly(now) {
				road.done(delivery, delivered, now)
			}
		}
		now = now.Add(time.Hour)
		road.sweep(now)
		if len(road.lanes)+len(road.queues)+len(road.ring) != 0 || road.flying["slack"] != 0 {
			rt.Fatalf("left behind: %d lanes, %d queues, %d in the ring, %v in flight", len(road.lanes), len(road.queues), len(road.ring), road.flying)
		}
	})
}
