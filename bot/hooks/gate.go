package hooks

import (
	"context"
	"sync"

	"github.com/smallwins/smallwins/coaching"
)

const (
	// laneWidth is how many batches of one workspace are taken at once: enough
	// to share commits, few enough that people's commands get in between.
	laneWidth = 4
	// laneLength is how many more of its batches may wait.
	laneLength = 12
	// gateRoom is how many batches of all workspaces are held in memory.
	gateRoom = 64
)

// gate bounds how many batches are under way, each workspace's in a lane of its
// own, so that nobody's rush keeps others out.
type gate struct {
	mu     sync.Mutex
	lanes  map[coaching.WorkspaceID]*lane
	inside int
}

type lane struct {
	places chan struct{}
	inside int // waiting or being taken
}

func newGate() *gate { return &gate{lanes: make(map[coaching.WorkspaceID]*lane)} }

// enter waits for a place. The caller leaves it when done.
func (g *gate) enter(ctx context.Context, workspace coaching.WorkspaceID) (leave func(), why *problem) {
	g.mu.Lock()
	own := g.lanes[workspace]
	if own == nil {
		own = &lane{places: make(chan struct{}, laneWidth)}
		g.lanes[workspace] = own
	}
	switch {
	case own.inside >= laneWidth+laneLength:
		why = tooMany
	case g.inside >= gateRoom:
		why = unavailable
	default:
		own.inside++
		g.inside++
	}
	g.tidy(workspace, own)
	g.mu.Unlock()
	if why != nil {
		return nil, why
	}
	gone := func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		own.inside--
		g.inside--
		g.tidy(workspace, own)
	}
	select {
	case own.places <- struct{}{}:
		return func() { <-own.places; gone() }, nil
	case <-ctx.Done():
		gone()
		return nil, unavailable
	}
}

// tidy forgets a lane that nobody is in.
func (g *gate) tidy(workspace coaching.WorkspaceID, own *lane) {
	if own.inside == 0 {
		delete(g.lanes, workspace)
	}
}
