package store

import (
	"context"
	"sync"
	"time"

	"github.com/smallwins/smallwins/coaching"
)

// FedObservations returns what a workspace's events come to for the months that
// are over, of a kind as its goals mostly measure it, oldest first; nothing where
// no event tells of it. They are reckoned anew only after events or settings
// changed.
func (s *Store) FedObservations(ctx context.Context, id coaching.WorkspaceID, kind coaching.Kind, now time.Time) ([]coaching.Observation, error) {
	feeds, err := s.Feeds(ctx, id)
	if err != nil || len(feeds) == 0 {
		return nil, err
	}
	workspace, err := s.Workspace(ctx, id)
	if err != nil {
		return nil, err
	}
	q, sources, ok := coaching.FollowKind(kind, workspace, feeds)
	if !ok {
		return nil, nil
	}
	q.Today = coaching.DateOf(now.In(workspace.Location()))
	first := coaching.PeriodOf(coaching.Month, q.Today).From
	book, err := s.DayBook(ctx, id, coaching.Epoch(), first.AddDays(-1), now)
	if err != nil {
		return nil, err
	}
	ref := fedRef{workspace: id, kind: kind}
	state := fedState{marks: book.State, month: first, currency: q.Currency, margin: q.Margin.String(), hasMargin: q.HasMargin, wonAreNew: q.WonAreNew}
	if found, known := s.fedMonths.get(ref, state); known {
		return found, nil
	}
	found := book.ClosedMonths(q, sources)
	if book.Pending == 0 {
		s.fedMonths.keep(ref, state, found)
	}
	return found, nil
}

// fedRef names the closed months of a kind, fedState all that they depend on.
type fedRef struct {
	workspace coaching.WorkspaceID
	kind      coaching.Kind
}

type fedState struct {
	marks                int64
	month                coaching.Date
	currency, margin     string
	hasMargin, wonAreNew bool
}

// maxFed bounds for how many kinds of workspaces closed months are remembered.
const maxFed = 4096

// fedMemo remembers closed months.
type fedMemo struct {
	mu    sync.Mutex
	known map[fedRef]fedKnown
}

type fedKnown struct {
	state fedState
	found []coaching.Observation
}

func (m *fedMemo) get(ref fedRef, state fedState) (found []coaching.Observation, known bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	fed := m.known[ref]
	return fed.found, fed.state == state
}

func (m *fedMemo) keep(ref fedRef, state fedState, found []coaching.Observation) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.known == nil || len(m.known) >= maxFed {
		m.known = make(map[fedRef]fedKnown)
	}
	m.known[ref] = fedKnown{state: state, found: found}
}
