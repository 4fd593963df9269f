package store

import (
	"context"
	"errors"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

type draftDoc struct {
	document.Header
	Workspace string        `json:"workspace"`
	Member    string        `json:"member"`
	Statement string        `json:"statement"`
	At        document.Time `json:"at"`
}

// SaveDraft stores a draft; storing it again changes nothing.
func (s *Store) SaveDraft(ctx context.Context, draft coaching.Draft) error {
	doc := draftDoc{
		Header:    document.Header{ID: entryKey(draft.Workspace, draft.ID)},
		Workspace: string(draft.Workspace), Member: string(draft.Member),
		Statement: draft.Statement, At: document.At(draft.At),
	}
	if err := s.engine.Insert(ctx, drafts, &doc); err != nil && !errors.Is(err, document.ErrTaken) {
		return coded("save draft", err)
	}
	return nil
}

// Draft returns the draft of that id, or NotFound.
func (s *Store) Draft(ctx context.Context, workspace coaching.WorkspaceID, id string) (coaching.Draft, error) {
	var doc draftDoc
	if err := s.engine.Get(ctx, drafts, entryKey(workspace, id), &doc); err != nil {
		return coaching.Draft{}, coded("read draft", err)
	}
	return coaching.Draft{
		ID: id, Workspace: workspace, Member: coaching.MemberID(doc.Member), Statement: doc.Statement, At: doc.At.Time,
	}, nil
}
