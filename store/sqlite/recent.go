package sqlite

import "sync"

// Bounds of what is remembered: settings and the like, not the database.
const (
	maxRecent     = 512      // documents of one collection
	maxRecentBody = 4 * 1024 // bytes of one document
)

// missing is remembered of a document that is not there.
var missing = []byte{}

// recent remembers documents that were read by id, or that they are not there,
// so that those which every request reads, such as a team's settings, cost no
// statement. The file belongs
// to this process alone and every change of it passes the writer, which makes
// recent forget before it acknowledges; so nobody reads what they know to have
// been changed.
type recent struct {
	mu      sync.Mutex
	bodies  map[string]map[string][]byte // collection → id → document
	changes uint64
}

// get returns a remembered document, of no length where it is known to be
// missing and nil where nothing is known. Then keep wants the mark when the
// document has been read.
func (r *recent) get(collection, id string) (body []byte, mark uint64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.bodies[collection][id], r.changes
}

// keep remembers a document that was read since the mark was taken, unless
// something changed meanwhile. The body must not change any more.
func (r *recent) keep(collection, id string, body []byte, mark uint64) {
	if len(body) > maxRecentBody {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.changes != mark {
		return
	}
	if r.bodies == nil {
		r.bodies = make(map[string]map[string][]byte)
	}
	known := r.bodies[collection]
	if known == nil || len(known) >= maxRecent {
		known = make(map[string][]byte)
		r.bodies[collection] = known
	}
	known[id] = body
}

// forget drops documents that changed; of a whole collection, where it is not
// known which.
func (r *recent) forget(collection string, ids ...string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.changes++
	if len(ids) == 0 {
		delete(r.bodies, collection)
	}
	for _, id := range ids {
		delete(r.bodies[collection], id)
	}
}
