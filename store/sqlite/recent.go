package sqlite

import "sync"

// Bounds of what is remembered: settings and the like, not the database.
const (
	maxRecent     = 512     // documents of one collection
	maxRecentBody = 4 << 10 // bytes of one document
)

// recent remembers documents that were read by id, or that they are not there,
// so that those which every request reads, such as a team's settings, cost no
// statement. The file belongs to this process alone and every change of it
// passes the writer, which makes recent forget before it acknowledges: nobody
// reads what they know to have been changed.
type recent struct {
	mu      sync.Mutex
	bodies  map[string]map[string][]byte // collection → id → document, nil for none
	changes uint64
}

// get returns what is remembered of a document; known is false where that is
// nothing. Then keep wants the mark when the document has been read.
func (r *recent) get(collection, id string) (body []byte, known bool, mark uint64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	body, known = r.bodies[collection][id]
	return body, known, r.changes
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

// forget drops a collection's documents after one of them changed.
func (r *recent) forget(collection string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.changes++
	delete(r.bodies, collection)
}
