package store

import (
	"sync"
	"time"

	"github.com/smallwins/smallwins/coaching"
)

// maxRemembered bounds for how many goals progress is remembered.
const maxRemembered = 1 << 15

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
	clock uint64 // counts changes over all goals
}

type goalRef struct {
	workspace coaching.WorkspaceID
	number    int
}

type remembered struct {
	known    bool
	progress coaching.Progress
	// setAt is when the figure was last set; what was made before counts no more.
	setAt time.Time
	// pending counts the records under way, version the changes seen.
	pending  int
	version  uint64
	doubtful bool
}

// get returns what is remembered of a goal; otherwise keep wants the mark when
// its progress has been read.
func (m *memo) get(ref goalRef) (progress coaching.Progress, known bool, mark uint64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r := m.of(ref)
	return r.progress, r.known, r.version
}

// keep remembers progress that was read since the mark was taken, unless
// something was recorded meanwhile.
func (m *memo) keep(ref goalRef, progress coaching.Progress, setAt time.Time, mark uint64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r := m.of(ref)
	if r.version == mark && r.pending == 0 && !r.doubtful {
		r.known, r.progress, r.setAt = true, progress, setAt
	}
}

// begin announces a record; end tells how it ended.
func (m *memo) begin(ref goalRef) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r := m.of(ref)
	r.pending++
	m.touch(r)
}

// recording says how a record ended.
type recording int

const (
	recorded recording = iota // the entry is new and durable
	repeated                  // it was there before
	failed                    // it may become durable yet, or not
)

func (m *memo) end(entry coaching.Entry, outcome recording) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r := m.of(goalRef{entry.Workspace, entry.Goal})
	r.pending = max(r.pending-1, 0)
	m.touch(r)
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

// forget drops what is remembered of a goal.
func (m *memo) forget(ref goalRef) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r := m.of(ref)
	r.known = false
	m.touch(r)
}

func (m *memo) touch(r *remembered) {
	m.clock++
	r.version = m.clock
}

// of returns the place of a goal. Making room drops all others, but for those
// that something is under way for; versions never return, so that nobody takes a
// new place for the old one.
func (m *memo) of(ref goalRef) *remembered {
	if r := m.goals[ref]; r != nil {
		return r
	}
	if m.goals == nil {
		m.goals = make(map[goalRef]*remembered)
	}
	if len(m.goals) >= maxRemembered {
		for other, r := range m.goals {
			if r.pending == 0 && !r.doubtful {
				delete(m.goals, other)
			}
		}
	}
	r := new(remembered)
	m.touch(r)
	m.goals[ref] = r
	return r
}
