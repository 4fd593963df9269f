package store

import (
	"context"
	"errors"
	"strings"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

type memberDoc struct {
	document.Header
	Workspace string        `json:"workspace"`
	Member    string        `json:"member"`
	Name      string        `json:"name"`
	Locale    string        `json:"locale"`
	Zone      string        `json:"zone"`
	ProfileAt document.Time `json:"profile_at"`
	Email     string        `json:"email"`              // in lower case, empty: not known
	Evidence  *evidenceDoc  `json:"evidence,omitempty"` // nil: never asked
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
	member := coaching.Member{Workspace: workspace, ID: id, Name: doc.Name, Locale: doc.Locale, Zone: doc.Zone, Email: doc.Email, ProfileAt: doc.ProfileAt.Time}
	if e := doc.Evidence; e != nil {
		member.Evidence = coaching.Evidence{At: e.At.Time, Admin: e.Admin, Looked: e.Looked, Groups: e.Groups}
	}
	return member, nil
}

// SaveMember stores what is known of a member; the last writer wins. Whom the
// CRM names by the member's e-mail address is the member from then on.
func (s *Store) SaveMember(ctx context.Context, member coaching.Member) error {
	doc := memberDoc{
		Header:    document.Header{ID: memberKey(member.Workspace, member.ID)},
		Workspace: string(member.Workspace), Member: string(member.ID),
		Name: member.Name, Locale: member.Locale, Zone: member.Zone, Email: strings.ToLower(member.Email), ProfileAt: document.At(member.ProfileAt),
	}
	if e := member.Evidence; !e.At.IsZero() {
		doc.Evidence = &evidenceDoc{At: document.At(e.At), Admin: e.Admin, Looked: e.Looked, Groups: e.Groups}
	}
	err := s.people.change(
		func() error { return put(ctx, s.engine, members, &doc, &memberDoc{}) },
		func(err error) bool { return errors.Is(err, document.ErrInvalid) },
	)
	if err != nil || doc.Email == "" {
		return coded("save member", err)
	}
	return s.recognize(ctx, member.Workspace, doc.Email, member.ID)
}

// memberWithEmail returns the member of that e-mail address, empty where there
// is none or more than one.
func (s *Store) memberWithEmail(ctx context.Context, workspace coaching.WorkspaceID, email string) (coaching.MemberID, error) {
	found, err := document.All[memberDoc](ctx, s.engine, members, document.Query{
		Index: "by_email", Equal: []any{string(workspace), strings.ToLower(email)}, Limit: 2,
	})
	if err != nil || len(found) != 1 {
		return "", coded("find member", err)
	}
	return coaching.MemberID(found[0].Member), nil
}
