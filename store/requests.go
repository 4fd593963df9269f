package store

import (
	"context"
	"errors"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

const (
	// requestLease is for how long nobody takes a request up again whose answer
	// is not known to have gone out: longer than an answer may take.
	requestLease = time.Minute
	// requestKept is how long a request is remembered. Slack repeats an event
	// within two hours at most.
	requestKept = 24 * time.Hour
	// requestsForgotten is how many old requests make room for a new one, so
	// that there are never many more than a day's.
	requestsForgotten = 4
)

// requestDoc remembers a request that the platform may send again.
type requestDoc struct {
	document.Header
	Workspace string        `json:"workspace"`
	At        document.Time `json:"at"`
	Done      bool          `json:"done"`
}

// BeginRequest reports whether a request is to be carried out: the first time
// that it comes, or again after a minute where nothing is known of its end, for
// then whoever began it has crashed.
func (s *Store) BeginRequest(ctx context.Context, workspace coaching.WorkspaceID, id string, at time.Time) (bool, error) {
	doc := requestDoc{
		Header: document.Header{ID: entryKey(workspace, id)}, Workspace: string(workspace), At: document.At(at),
	}
	err := s.engine.Insert(ctx, requests, &doc)
	if errors.Is(err, document.ErrTaken) {
		return s.beginAgain(ctx, doc)
	}
	if err != nil {
		return false, coded("begin request", err)
	}
	return true, s.forgetRequests(ctx, workspace, at)
}

// beginAgain takes up a request that was left behind.
func (s *Store) beginAgain(ctx context.Context, again requestDoc) (bool, error) {
	var doc requestDoc
	if err := s.engine.Get(ctx, requests, again.ID, &doc); err != nil {
		return false, coded("read request", err)
	}
	if doc.Done || again.At.Before(doc.At.Add(requestLease)) {
		return false, nil
	}
	doc.At = again.At
	err := s.engine.Replace(ctx, requests, &doc)
	if errors.Is(err, document.ErrStale) {
		return false, nil // somebody else took it up
	}
	if err != nil {
		return false, coded("begin request again", err)
	}
	return true, nil
}

// EndRequest remembers that a request was answered, or cannot be.
func (s *Store) EndRequest(ctx context.Context, workspace coaching.WorkspaceID, id string) error {
	var doc requestDoc
	if err := s.engine.Get(ctx, requests, entryKey(workspace, id), &doc); err != nil {
		return coded("read request", err)
	}
	if doc.Done {
		return nil
	}
	doc.Done = true
	if err := s.engine.Replace(ctx, requests, &doc); err != nil {
		return coded("end request", err)
	}
	return nil
}

// forgetRequests deletes a few of those that nobody repeats any more.
func (s *Store) forgetRequests(ctx context.Context, workspace coaching.WorkspaceID, at time.Time) error {
	old, err := document.All[requestDoc](ctx, s.engine, requests, document.Query{
		Index: "by_time", Equal: []any{string(workspace)}, Until: document.At(at.Add(-requestKept)), Limit: requestsForgotten,
	})
	if err != nil {
		return coded("find old requests", err)
	}
	for _, doc := range old {
		if err := s.engine.Delete(ctx, requests, doc.ID); err != nil {
			return coded("forget request", err)
		}
	}
	return nil
}
