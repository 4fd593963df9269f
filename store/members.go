package store

import (
	"context"
	"errors"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

type memberDoc struct {
	document.Header
	Workspace string       `json:"workspace"`
	Member    string       `json:"member"`
	Name      string       `json:"name"`
	Locale    string       `json:"locale"`
	Zone      string       `json:"zone"`
	Evidence  *evidenceDoc `json:"evidence,omitempty"` // nil: never asked
}

type evidenceDoc struct {
	At     document.Time `json:"at"`
	Admin  bool          `json:"admin"`
	Looked []string      `json:"looked,omitempty"`
	Groups []string      `json:"groups,omitempty"`
}

func memberKey(workspace coaching.WorkspaceID, member coaching.MemberID) string {
	return string(workspace) + "/" + string(member)
}

// Member returns what is known of a member; of one never seen that is the id
// alone.
func (s *Store) Member(ctx context.Context, workspace coaching.WorkspaceID, id coaching.MemberID) (coaching.Member, error) {
	return s.people.read(memberRef{workspace, id}, func() (coaching.Member, error) { return s.readMember(ctx, workspace, id) })
}

func (s *Store) readMember(ctx context.Context, workspace coaching.WorkspaceID, id coaching.MemberID) (coaching.Member, error) {
	var doc memberDoc
	err := s.engine.Get(ctx, members, memberKey(workspace, id), &doc)
	if err != nil && !errors.Is(err, document.ErrNotFound) {
		return coaching.Member{}, coded("read member", err)
	}
	member := coaching.Member{Workspace: workspace, ID: id, Name: doc.Name, Locale: doc.Locale, Zone: doc.Zone}
	if e := doc.Evidence; e != nil {
		member.Evidence = coaching.Evidence{At: e.At.Time, Admin: e.Admin, Looked: e.Looked, Groups: e.Groups}
	}
	return member, nil
}

// SaveMember stores what is known of a member; the last writer wins.
func (s *Store) SaveMember(ctx context.Context, member coaching.Member) error {
	doc := memberDoc{
		Header:    document.Header{ID: memberKey(member.Workspace, member.ID)},
		Workspace: string(member.Workspace), Member: string(member.ID),
		Name: member.Name, Locale: member.Locale, Zone: member.Zone,
	}
	if e := member.Evidence; !e.At.IsZero() {
		doc.Evidence = &evidenceDoc{At: document.At(e.At), Admin: e.Admin, Looked: e.Looked, Groups: e.Groups}
	}
	return coded("save member", s.people.change(
		func() error { return put(ctx, s.engine, members, &doc, &memberDoc{}) },
		func(err error) bool { return errors.Is(err, document.ErrInvalid) },
	))
}
