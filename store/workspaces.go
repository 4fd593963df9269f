package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

type workspaceDoc struct {
	document.Header
	Zone       string    `json:"zone"`
	Language   string    `json:"language,omitempty"`
	Week       int64     `json:"week"`
	Holidays   []string  `json:"holidays"`
	Currency   string    `json:"currency"`
	FocusLimit int64     `json:"focus_limit"`
	Books      *booksDoc `json:"books,omitempty"` // nil: nothing of it is set
}

// Workspace returns a workspace's settings; one that was never saved has those
// that a team starts with.
func (s *Store) Workspace(ctx context.Context, id coaching.WorkspaceID) (coaching.Workspace, error) {
	var doc workspaceDoc
	switch err := s.engine.Get(ctx, workspaces, string(id), &doc); {
	case errors.Is(err, document.ErrNotFound):
		return coaching.NewWorkspace(id), nil
	case err != nil:
		return coaching.Workspace{}, coded("read workspace", err)
	}
	workspace := coaching.Workspace{
		ID: id, Zone: doc.Zone, Language: doc.Language, Week: coaching.Weekdays(doc.Week), //nolint:gosec // Written from a Weekdays.
		Currency: doc.Currency, FocusLimit: int(doc.FocusLimit),
	}
	for _, text := range doc.Holidays {
		date, err := coaching.ParseDate(text)
		if err != nil {
			return coaching.Workspace{}, coded("read workspace", err)
		}
		workspace.Holidays = append(workspace.Holidays, date)
	}
	if err := doc.Books.addTo(&workspace); err != nil {
		return coaching.Workspace{}, coded("read workspace", fmt.Errorf("workspace %s: %w", id, err))
	}
	return workspace, nil
}

// SaveWorkspace stores a workspace's settings; the last writer wins.
func (s *Store) SaveWorkspace(ctx context.Context, workspace coaching.Workspace) error {
	doc := workspaceDoc{
		Header: document.Header{ID: string(workspace.ID)},
		Zone:   workspace.Zone, Language: workspace.Language, Week: int64(workspace.Week), Currency: workspace.Currency,
		FocusLimit: int64(workspace.FocusLimit), Holidays: []string{}, Books: booksToDoc(workspace),
	}
	for _, date := range workspace.Holidays {
		doc.Holidays = append(doc.Holidays, date.String())
	}
	return coded("save workspace", put(ctx, s.engine, workspaces, &doc, &workspaceDoc{}))
}

type memberDoc struct {
	document.Header
	Workspace string `json:"workspace"`
	Member    string `json:"member"`
	Name      string `json:"name"`
	Locale    string `json:"locale"`
	Zone      string `json:"zone"`
}

func memberKey(workspace coaching.WorkspaceID, member coaching.MemberID) string {
	return string(workspace) + "/" + string(member)
}

// Member returns what is known of a member; of one never seen that is the id
// alone.
func (s *Store) Member(ctx context.Context, workspace coaching.WorkspaceID, id coaching.MemberID) (coaching.Member, error) {
	var doc memberDoc
	err := s.engine.Get(ctx, members, memberKey(workspace, id), &doc)
	if err != nil && !errors.Is(err, document.ErrNotFound) {
		return coaching.Member{}, coded("read member", err)
	}
	return coaching.Member{Workspace: workspace, ID: id, Name: doc.Name, Locale: doc.Locale, Zone: doc.Zone}, nil
}

// SaveMember stores what is known of a member; the last writer wins.
func (s *Store) SaveMember(ctx context.Context, member coaching.Member) error {
	doc := memberDoc{
		Header:    document.Header{ID: memberKey(member.Workspace, member.ID)},
		Workspace: string(member.Workspace), Member: string(member.ID),
		Name: member.Name, Locale: member.Locale, Zone: member.Zone,
	}
	return coded("save member", put(ctx, s.engine, members, &doc, &memberDoc{}))
}

// put stores a document whatever was there before. The scratch document is of
// the same type and receives what was.
func put(ctx context.Context, engine document.Engine, c document.Collection, doc, scratch document.Document) error {
	for {
		err := engine.Insert(ctx, c, doc)
		if !errors.Is(err, document.ErrTaken) {
			return err
		}
		switch err := engine.Get(ctx, c, doc.Head().ID, scratch); {
		case errors.Is(err, document.ErrNotFound):
			continue // deleted meanwhile
		case err != nil:
			return err
		}
		doc.Head().Revision = scratch.Head().Revision
		if err := engine.Replace(ctx, c, doc); !errors.Is(err, document.ErrStale) {
			return err
		}
	}
}
