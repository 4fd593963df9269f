package mongo

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/event"

	"github.com/smallwins/smallwins/store/document"
	"github.com/smallwins/smallwins/store/enginetest"
)

type job struct {
	document.Header
	State string        `json:"state"`
	Due   document.Time `json:"due"`
	Parts []part        `json:"parts"`
}

type part struct {
	Name string `json:"name"`
}

var jobs = document.Collection{Name: "jobs", Indexes: []document.Index{{Name: "due", Keys: []string{"state", "due"}}}}

func newJob() *job {
	return &job{
		Header: document.Header{ID: "job/1"}, State: "open",
		Due: document.At(time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)), Parts: []part{{Name: "call"}},
	}
}

func TestDocumentsAreReadableBSON(t *testing.T) {
	t.Parallel()
	raw, err := encode(newJob(), 3)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"_id": "job/1","revision": {"$numberLong":"3"},"state": "open",` +
		`"due": {"$date":{"$numberLong":"1772355600000"}},"parts": [{"name": "call"}]}`
	if got := raw.String(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if err := raw.Validate(); err != nil {
		t.Error(err)
	}
}

// listener collects the commands that a driver sends.
type listener struct {
	mu   sync.Mutex
	sent []bson.Raw
}

func (l *listener) started(_ context.Context, sent *event.CommandStartedEvent) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sent = append(l.sent, slices.Clone(sent.Command))
}

// TestOnlyPlainCommandsAreSent looks at every command that the operations
// send: which ones, that writes ask for a majority, and that none has what the
// services that imitate MongoDB lack.
func TestOnlyPlainCommandsAreSent(t *testing.T) {
	t.Parallel()
	ctx, heard := t.Context(), new(listener)
	e, err := connect(clientOptions(enginetest.MongoURI(t)).SetMonitor(&event.CommandMonitor{Started: heard.started}), "plain")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(context.WithoutCancel(ctx)); err != nil {
			t.Error(err)
		}
	})
	open := document.Query{Index: "due", Equal: []any{"open"}, Until: newJob().Due, Limit: 1000}
	behind := open
	behind.After, behind.Descending = &document.Cursor{Key: newJob().Due, ID: "job/0"}, true
	doc := newJob()
	for what, run := range map[string]func() error{
		"ensure":  func() error { return e.Ensure(ctx, jobs) },
		"find":    func() error { return e.Find(ctx, jobs, open, func(document.Decode) error { return nil }) },
		"page":    func() error { return e.Find(ctx, jobs, behind, func(document.Decode) error { return nil }) },
		"insert":  func() error { return e.Insert(ctx, jobs, newJob()) },
		"replace": func() error { return e.Replace(ctx, jobs, doc) },
		"get":     func() error { return e.Get(ctx, jobs, "job/2", new(job)) },
		"claim":   func() error { return e.Claim(ctx, jobs, open, map[string]any{"state": "taken"}, new(job)) },
		"delete":  func() error { return e.Delete(ctx, jobs, "job/2") },
		"ping":    func() error { return e.Ping(ctx) },
	} {
		if err := run(); err != nil {
			t.Logf("%s: %v", what, err) // An outcome; the contract is another test's.
		}
	}
	plain := []string{"createIndexes", "delete", "find", "findAndModify", "insert", "ping", "update"}
	var names []string
	for _, command := range heard.sent {
		elements, err := command.Elements()
		if err != nil {
			t.Fatal(err)
		}
		name := elements[0].Key()
		names = append(names, name)
		if writes := slices.Contains([]string{"delete", "findAndModify", "insert", "update"}, name); writes {
			if level, _ := command.Lookup("writeConcern", "w").StringValueOK(); level != "majority" {
				t.Errorf("%s asks for %v", name, command.Lookup("writeConcern"))
			}
		}
		for _, special := range []string{"$expr", "pipeline", "startTransaction", "$where", "$lookup", "expireAfterSeconds"} {
			if strings.Contains(command.String(), special) {
				t.Errorf("%s has %s: %s", name, special, command)
			}
		}
	}
	slices.Sort(names)
	if names = slices.Compact(names); !slices.Equal(names, plain) {
		t.Errorf("sent %v, want %v", names, plain)
	}
}

func TestCredentialsAreTakenOutOfTexts(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ text, uri, want string }{
		{"bad address anna:hunter2@db", "mongodb://anna:hunter2@db/", "bad address ***@db"},
		{"no answer", "mongodb://db/", "no answer"},
		{"p@ss: anna:p@ss@db", "mongodb://anna:p@ss@db/", "p@ss: ***@db"},
	} {
		if got := redact(test.text, test.uri); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}
