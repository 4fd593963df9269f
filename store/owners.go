package store

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

// maxOwners bounds how many owners a workspace's list returns.
const maxOwners = 5000

// ownerDoc says who an owner of the CRM is among the members.
type ownerDoc struct {
	document.Header
	Workspace string `json:"workspace"`
	Name      string `json:"name"`   // as the CRM first wrote it
	Member    string `json:"member"` // empty: nobody said
}

func ownerKey(workspace coaching.WorkspaceID, name string) string {
	return string(workspace) + "/" + coaching.OwnerKey(name)
}

// meetOwners puts owners on the list that a batch names for the first time.
func (s *Store) meetOwners(ctx context.Context, b *batch) error {
	found := make(map[string]ownerDoc)
	for _, g := range b.subjects {
		name := g.state.Value(coaching.FieldOwner)
		if name == "" {
			continue
		}
		id := ownerKey(b.workspace.ID, name)
		found[id] = ownerDoc{Header: document.Header{ID: id}, Workspace: string(b.workspace.ID), Name: name}
	}
	docs := make([]ownerDoc, 0, len(found))
	for _, id := range slices.Sorted(maps.Keys(found)) {
		docs = append(docs, found[id])
	}
	taken, err := insertAll(ctx, s.engine, owners, docs)
	if err != nil {
		return coded("meet owners", err)
	}
	for _, doc := range docs {
		if taken[doc.ID] || !strings.Contains(doc.Name, "@") {
			continue
		}
		member, err := s.memberWithEmail(ctx, b.workspace.ID, doc.Name)
		if err == nil && member != "" {
			err = s.recognize(ctx, b.workspace.ID, doc.Name, member)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// recognize maps the owner of that e-mail address to a member, where there is
// such an owner of whom nobody has said anything.
func (s *Store) recognize(ctx context.Context, workspace coaching.WorkspaceID, email string, member coaching.MemberID) error {
	var doc ownerDoc
	err := s.engine.Get(ctx, owners, ownerKey(workspace, email), &doc)
	switch {
	case errors.Is(err, document.ErrNotFound), err == nil && doc.Member != "":
		return nil
	case err != nil:
		return coded("recognize owner", err)
	}
	doc.Member = string(member)
	if err = s.engine.Replace(ctx, owners, &doc); errors.Is(err, document.ErrStale) {
		return nil // Somebody said something just now.
	}
	return coded("recognize owner", err)
}

// Owners returns everybody whom events name as an owner, by name, with the
// member that they are mapped to.
func (s *Store) Owners(ctx context.Context, workspace coaching.WorkspaceID) (coaching.Owners, error) {
	var found coaching.Owners
	query := document.Query{Index: "by_name", Equal: []any{string(workspace)}, Limit: maxOwners}
	err := s.engine.Find(ctx, owners, query, func(decode document.Decode) error {
		var doc ownerDoc
		if err := decode(&doc); err != nil {
			return err
		}
		found = append(found, coaching.Owner{Name: doc.Name, Member: coaching.MemberID(doc.Member)})
		return nil
	})
	return found, coded("find owners", err)
}

// MapOwner says which member an owner is; the empty member takes that back.
// An owner that no event has named yet may be mapped ahead.
func (s *Store) MapOwner(ctx context.Context, workspace coaching.WorkspaceID, name string, member coaching.MemberID) error {
	name = strings.TrimSpace(name)
	for {
		doc := ownerDoc{Header: document.Header{ID: ownerKey(workspace, name)}, Workspace: string(workspace), Name: name}
		err := s.engine.Get(ctx, owners, doc.ID, &doc)
		switch {
		case errors.Is(err, document.ErrNotFound):
			doc.Member = string(member)
			err = s.engine.Insert(ctx, owners, &doc)
		case err == nil && doc.Member != string(member):
			doc.Member = string(member)
			err = s.engine.Replace(ctx, owners, &doc)
		}
		if !errors.Is(err, document.ErrStale) && !errors.Is(err, document.ErrTaken) {
			return coded("map owner", err)
		}
	}
}
