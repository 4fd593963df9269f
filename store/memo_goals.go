package store

import (
	"slices"
	"sync"

	"github.com/smallwins/smallwins/coaching"
)

// maxLists bounds how many lists of goals are remembered.
const maxLists = 1024

// goalsMemo remembers owners' goals, which nearly every command reads and which
// seldom change, where this process is the only one that changes any. Every
// change of a goal drops all of it. After a change of unknown outcome, which may
// still reach the disk, nothing is remembered any more.
type goalsMemo struct {
	mu       sync.Mutex
	lists    map[listRef][]coaching.Goal
	changing int
	changes  uint64
	doubtful bool
}

type listRef struct {
	workspace coaching.WorkspaceID
	owner     coaching.MemberID
	state     coaching.State
}

// get returns a list that the caller may change; otherwise keep wants the mark
// when the list has been read.
func (m *goalsMemo) get(ref listRef) (list []coaching.Goal, known bool, mark uint64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	list, known = m.lists[ref]
	return slices.Clone(list), known, m.changes
}

// keep remembers a list that was read since the mark was taken, unless a goal
// changed meanwhile or is changing.
func (m *goalsMemo) keep(ref listRef, list []coaching.Goal, mark uint64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.changes != mark || m.changing > 0 || m.doubtful {
		return
	}
	if m.lists == nil || len(m.lists) >= maxLists {
		m.lists = make(map[listRef][]coaching.Goal)
	}
	m.lists[ref] = slices.Clone(list)
}

// change runs a write of goals. Its error is of unknown outcome, unless sure
// says otherwise.
func (m *goalsMemo) change(write func() error, sure func(error) bool) error {
	if m == nil {
		return write()
	}
	m.mu.Lock()
	m.changing++
	m.changes++
	m.mu.Unlock()
	err := write()
	m.mu.Lock()
	defer m.mu.Unlock()
	m.changing--
	m.changes++
	m.lists = nil
	m.doubtful = m.doubtful || err != nil && !sure(err)
	return err
}
