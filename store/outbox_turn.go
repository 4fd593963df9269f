package store

import (
	"context"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

// lastID is behind every id in the order of ids.
const lastID = "\U0010FFFF"

// DueByTurn goes from workspace to workspace and returns of each up to perTurn
// deliveries that may be tried by now, so that whoever has many keeps nobody
// from having a turn. It begins behind the given workspace, ends after turns
// workspaces or with the last one, and returns where it ended: the empty id
// stands for the beginning.
func (s *Store) DueByTurn(ctx context.Context, now time.Time, after coaching.WorkspaceID, turns, perTurn int) ([]coaching.Delivery, coaching.WorkspaceID, error) {
	var due []coaching.Delivery
	for range turns {
		next, found, err := s.nextInQueue(ctx, after)
		switch {
		case err != nil:
			return nil, "", err
		case !found:
			return due, "", nil
		}
		ofWorkspace, err := s.findDeliveries(ctx, document.Query{
			Index: "by_turn", Equal: []any{string(coaching.Pending), string(next)},
			Until: document.At(now.Add(time.Millisecond)), Limit: perTurn,
		})
		if err != nil {
			return nil, "", err
		}
		due, after = append(due, ofWorkspace...), next
	}
	return due, after, nil
}

// nextInQueue returns the first workspace behind the given one for which a
// delivery is pending. It reads one document, however many there are.
func (s *Store) nextInQueue(ctx context.Context, after coaching.WorkspaceID) (next coaching.WorkspaceID, found bool, err error) {
	query := document.Query{Index: "by_queue", Equal: []any{string(coaching.Pending)}, Limit: 1}
	if after != "" {
		query.After = &document.Cursor{Key: string(after), ID: lastID}
	}
	err = s.engine.Find(ctx, deliveries, query, func(decode document.Decode) error {
		var doc struct {
			document.Header
			Workspace string `json:"workspace"`
		}
		next, found = "", true
		err := decode(&doc)
		next = coaching.WorkspaceID(doc.Workspace)
		return err
	})
	return next, found, coded("find deliveries", err)
}

// Backlog returns what is pending by now, counted up to a limit.
func (s *Store) Backlog(ctx context.Context, now time.Time, limit int) (coaching.Backlog, error) {
	var backlog coaching.Backlog
	query := document.Query{Index: "by_next", Equal: []any{string(coaching.Pending)}, Limit: limit}
	err := s.engine.Find(ctx, deliveries, query, func(decode document.Decode) error {
		var doc struct {
			document.Header
			Next document.Time `json:"next"`
			Due  document.Time `json:"due"`
		}
		if err := decode(&doc); err != nil {
			return err
		}
		backlog.Waiting++
		if !doc.Next.After(now) {
			backlog.Due++
		}
		if backlog.Oldest.IsZero() || doc.Due.Before(backlog.Oldest) {
			backlog.Oldest = doc.Due.Time
		}
		return nil
	})
	return backlog, coded("count deliveries", err)
}
