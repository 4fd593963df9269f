package store

import (
	"hash/maphash"
	"sync"
)

// maxCells bounds how many cells of rollups are remembered: about 50 MB.
const maxCells = 100_000

// monthsMemo remembers months of rollups, good for as long as their marks do not
// change. Marks are read each time, so it holds good beside other processes.
type monthsMemo struct {
	mu    sync.Mutex
	known map[string]knownMonth // by the id of its marks
	cells int
	gates [64]sync.Mutex
	seed  maphash.Seed
}

type knownMonth struct {
	revision int64 // of its marks
	page     *month
	cells    int
}

func newMonthsMemo() *monthsMemo {
	return &monthsMemo{known: make(map[string]knownMonth), seed: maphash.MakeSeed()}
}

// gate returns the lock under which a month is reckoned.
func (m *monthsMemo) gate(id string) *sync.Mutex {
	return &m.gates[maphash.String(m.seed, id)%uint64(len(m.gates))]
}

// get returns the month as it was last read, nil where nothing is remembered;
// fresh says that it is as its marks want it.
func (m *monthsMemo) get(marked marksDoc) (page *month, fresh bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	found := m.known[marked.ID]
	return found.page, found.page != nil && found.page.pending == 0 && found.revision == marked.Revision
}

// keep remembers a month that was read by its marks.
func (m *monthsMemo) keep(marked marksDoc, page *month) {
	cells := 1
	for i := range page.days {
		cells += len(page.days[i].rollup.Cells)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.cells+cells > maxCells {
		clear(m.known)
		m.cells = 0
	}
	m.cells += cells - m.known[marked.ID].cells
	m.known[marked.ID] = knownMonth{revision: marked.Revision, page: page, cells: cells}
}
