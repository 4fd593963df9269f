package store

import (
	"sync"
	"time"

	"github.com/smallwins/smallwins/coaching"
)

// maxRemembered bounds for how many goals progress is remembered.
const maxRemembered = 1 << 13

// memo remembers what the entries of goals come to, where this process is the
// only one that records any. A goal that many log on at once would otherwise be
// summed up from its latest entries for every one of them.
//
// What is added to a sum is added to what is remembered; everything else makes
// it forget. A record that failed may still reach the disk, so its goal is not
// remembered any more.
type memo struct {
	mu    sync.Mutex
	goals map[goalRef]*remembered
}

type goalRef struct {
	workspace coaching.WorkspaceID
	number    int
}

// remembered is the place of one goal.
type remembered struct {
	// gate is held shared while an entry is recorded, and alone while the goal
	// is summed up, so that no entry comes to the sum in between.
	gate sync.RWMutex
	// users counts who holds the place; guarded by the memo, as is all below.
	users    int
	known    bool
	doubtful bool
	progress coaching.Progress
	// setAt is when the figure was last set; what was made before counts no more.
	setAt time.Time
}

// enter returns the place of a goal, to be left again. Making room drops places
// that nobody uses.
func (m *memo) enter(ref goalRef) *remembered {
	m.mu.Lock()
	defer m.mu.Unlock()
	r := m.goals[ref]
	if r == nil {
		if len(m.goals) >= maxRemembered {
			for other, r := range m.goals {
				if r.users == 0 && !r.doubtful {
					delete(m.goals, other)
				}
			}
		}
		if m.goals == nil {
			m.goals = make(map[goalRef]*remembered)
		}
		r = new(remembered)
		m.goals[ref] = r
	}
	r.users++
	return r
}

func (m *memo) leave(r *remembered) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r.users--
}

// get returns what is remembered of a goal.
func (m *memo) get(r *remembered) (progress coaching.Progress, known bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return r.progress, r.known
}

// keep remembers what a goal comes to. The caller holds the goal's gate alone.
func (m *memo) keep(r *remembered, progress coaching.Progress, setAt time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r.known, r.progress, r.setAt = !r.doubtful, progress, setAt
}

// forget drops what is remembered of a goal.
func (m *memo) forget(ref goalRef) {
	r := m.enter(ref)
	defer m.leave(r)
	m.mu.Lock()
	defer m.mu.Unlock()
	r.known = false
}

// recording says how a record ended.
type recording int

const (
	recorded recording = iota // the entry is new and durable
	repeated                  // it was there before
	failed                    // it may become durable yet, or not
)

// add takes an entry into what is remembered. The caller holds the goal's gate
// shared.
func (m *memo) add(r *remembered, entry coaching.Entry, outcome recording) {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case outcome == repeated:
	case outcome == failed:
		r.known, r.doubtful = false, true
	case entry.Op != coaching.Add || !entry.At.After(r.setAt):
		r.known = false
	default:
		r.progress.Value = r.progress.Value.Add(entry.Amount)
		r.progress.Entries++
		if entry.At.After(r.progress.LastAt) {
			r.progress.LastAt = entry.At
		}
	}
}
