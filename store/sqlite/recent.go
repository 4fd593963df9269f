package sqlite

import (
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/smallwins/smallwins/store/document"
)

// Bounds of what is remembered of one collection: what is read again and
// again, not the database.
const (
	maxRecentResult = 4 << 10 // bytes of one result
	maxRecentBytes  = 4 << 20 // bytes of all results, about
	recentOverhead  = 100     // bytes that a result takes beside its documents
)

// recent remembers the results of short reads: of a document by its id, or that
// it is not there, and of a query with few documents. So what every request
// reads, such as a team's settings, and what people ask for again, such as where
// their goals stand, costs no statement while nothing in that collection
// changed.
//
// The file belongs to this process alone and every change of it passes the
// writer, which makes recent forget before it acknowledges: nobody reads what
// they know to have been changed.
type recent struct {
	mu      sync.Mutex
	known   map[string]*recentResults // by collection
	changes uint64
}

type recentResults struct {
	results map[string][][]byte
	size    int
}

// get returns a remembered result; found is false where there is none. Then keep
// wants the mark when the result has been read.
func (r *recent) get(collection, key string) (result [][]byte, found bool, mark uint64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if known := r.known[collection]; known != nil {
		result, found = known.results[key]
	}
	return result, found, r.changes
}

// keep remembers a result that was read since the mark was taken, unless
// something changed meanwhile. The documents must not change any more.
func (r *recent) keep(collection, key string, result [][]byte, mark uint64) {
	size := len(key) + recentOverhead
	for _, body := range result {
		size += len(body)
	}
	if size > maxRecentResult {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.changes != mark {
		return
	}
	known := r.known[collection]
	if known == nil || known.size+size > maxRecentBytes {
		if r.known == nil {
			r.known = make(map[string]*recentResults)
		}
		known = &recentResults{results: make(map[string][][]byte)}
		r.known[collection] = known
	}
	known.results[key] = result
	known.size += size
}

// forget drops what is known of a collection after a change in it.
func (r *recent) forget(collection string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.changes++
	delete(r.known, collection)
}

// byID is the key of a read by id.
func byID(id string) string { return "=" + id }

// byPlan is the key of a query.
func byPlan(plan document.Plan) string {
	var key strings.Builder
	writeKey(&key, plan.Index)
	for _, value := range plan.Equal {
		writeKey(&key, value)
	}
	writeKey(&key, plan.From)
	writeKey(&key, plan.Until)
	writeKey(&key, int64(plan.Limit))
	writeKey(&key, plan.Descending)
	if plan.After != nil {
		writeKey(&key, plan.After.Key)
		writeKey(&key, plan.After.ID)
	}
	return key.String()
}

// writeKey appends a value so that no two lists of values give one key: with its
// kind, and text with its length.
func writeKey(key *strings.Builder, value any) {
	switch value := value.(type) {
	case string:
		key.WriteString("s" + strconv.Itoa(len(value)) + ":" + value)
	case int64:
		key.WriteString("i" + strconv.FormatInt(value, 10))
	case bool:
		key.WriteString("b" + strconv.FormatBool(value))
	case document.Time:
		key.WriteString("t" + strconv.FormatInt(value.Time.Truncate(time.Millisecond).UnixMilli(), 10))
	default:
		key.WriteString("-")
	}
}
