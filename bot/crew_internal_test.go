package bot

import (
	"sync/atomic"
	"testing"
)

func TestCrewRunsEverythingOnceAndAtMostSoManyAtATime(t *testing.T) {
	t.Parallel()
	c := newCrew()
	var ran, running, most atomic.Int64
	hold := make(chan struct{})
	const jobs = 3 * crewSize
	for range jobs {
		c.run(func() {
			now := running.Add(1)
			for seen := most.Load(); now > seen && !most.CompareAndSwap(seen, now); seen = most.Load() {
			}
			<-hold
			running.Add(-1)
			ran.Add(1)
		})
	}
	close(hold)
	c.dismiss()
	if ran.Load() != jobs || most.Load() > crewSize {
		t.Errorf("%d of %d ran, up to %d at a time; want all, up to %d", ran.Load(), jobs, most.Load(), crewSize)
	}
}

func TestFullQueueKeepsNobodyWaiting(t *testing.T) {
	t.Parallel()
	c := newCrew()
	hold := make(chan struct{})
	var ran atomic.Int64
	const jobs = crewSize + crewQueue + 10
	for range jobs {
		c.run(func() {
			<-hold
			ran.Add(1)
		})
	}
	close(hold)
	c.dismiss()
	if ran.Load() != jobs {
		t.Errorf("%d of %d ran", ran.Load(), jobs)
	}
}
