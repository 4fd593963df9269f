package store

import (
	"maps"
	"slices"
	"sync"

	"github.com/smallwins/smallwins/coaching"
)

// seldom remembers values that nearly every command reads and that seldom
// change, where this process is the only one that changes any. Every change of
// one drops all. After a change of unknown outcome, which may still reach the
// disk, nothing is remembered any more. A nil seldom remembers nothing.
type seldom[K comparable, V any] struct {
	most  int       // how many are remembered
	clone func(V) V // what a reader may change

	mu       sync.Mutex
	known    map[K]V
	changing int
	changes  uint64
	doubtful bool
}

// read returns a value that the caller may change: what is remembered, or what
// the function reads. What was read is remembered unless a value changed
// meanwhile or is changing.
func (m *seldom[K, V]) read(key K, read func() (V, error)) (V, error) {
	if m == nil {
		return read()
	}
	m.mu.Lock()
	value, known := m.known[key]
	mark := m.changes
	m.mu.Unlock()
	if known {
		return m.clone(value), nil
	}
	value, err := read()
	if err != nil {
		return value, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.changes == mark && m.changing == 0 && !m.doubtful {
		if m.known == nil || len(m.known) >= m.most {
			m.known = make(map[K]V)
		}
		m.known[key] = m.clone(value)
	}
	return value, nil
}

// change runs a write of values. Its error is of unknown outcome, unless sure
// says otherwise.
func (m *seldom[K, V]) change(write func() error, sure func(error) bool) error {
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
	m.known = nil
	m.doubtful = m.doubtful || err != nil && !sure(err)
	return err
}

type listRef struct {
	workspace coaching.WorkspaceID
	owner     coaching.MemberID
	state     coaching.State
}

// rememberLists is for owners' goals.
func rememberLists() *seldom[listRef, []coaching.Goal] {
	return &seldom[listRef, []coaching.Goal]{most: 4096, clone: slices.Clone[[]coaching.Goal]}
}

// rememberFeeds is for how sources are fed. Feeds are never changed, but replaced.
func rememberFeeds() *seldom[coaching.WorkspaceID, coaching.Feeds] {
	return &seldom[coaching.WorkspaceID, coaching.Feeds]{most: 64, clone: slices.Clip[coaching.Feeds]}
}

type memberRef struct {
	workspace coaching.WorkspaceID
	member    coaching.MemberID
}

// rememberMembers is for what is known of members.
func rememberMembers() *seldom[memberRef, coaching.Member] {
	return &seldom[memberRef, coaching.Member]{most: 4096, clone: func(m coaching.Member) coaching.Member {
		m.Evidence.Looked, m.Evidence.Groups = slices.Clone(m.Evidence.Looked), slices.Clone(m.Evidence.Groups)
		return m
	}}
}

// rememberWorkspaces is for settings. Funnels and managers are never changed, but
// replaced.
func rememberWorkspaces() *seldom[coaching.WorkspaceID, coaching.Workspace] {
	return &seldom[coaching.WorkspaceID, coaching.Workspace]{most: 64, clone: func(w coaching.Workspace) coaching.Workspace {
		w.Holidays, w.Worked = slices.Clone(w.Holidays), slices.Clone(w.Worked)
		w.PublicHolidays = slices.Clone(w.PublicHolidays)
		w.Managers, w.ManagerGroups = slices.Clone(w.Managers), slices.Clone(w.ManagerGroups)
		w.GroupNames = maps.Clone(w.GroupNames)
		return w
	}}
}

// rememberRhythms is for what members agreed on about their time.
func rememberRhythms() *seldom[memberRef, coaching.Rhythm] {
	return &seldom[memberRef, coaching.Rhythm]{most: 4096, clone: func(r coaching.Rhythm) coaching.Rhythm {
		r.Away, r.Muted = slices.Clone(r.Away), maps.Clone(r.Muted)
		return r
	}}
}
