package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

// installationDoc is the bot as a workspace installed it. One without anything
// sealed was taken out again.
type installationDoc struct {
	document.Header
	Name    string        `json:"name"`
	Sealed  string        `json:"sealed"` // a tokensDoc
	Expires document.Time `json:"expires"`
	Renew   document.Time `json:"renew"`
	Scopes  []string      `json:"scopes"`
	Bot     string        `json:"bot"`
	By      string        `json:"by"`
	At      document.Time `json:"at"`
}

// tokensDoc is what is sealed of an installation.
type tokensDoc struct {
	Token   string `json:"token"`
	Refresh string `json:"refresh,omitempty"`
}

// aboutInstallation is what tokens are sealed for: moved to another workspace,
// they do not open.
func aboutInstallation(workspace string) string { return "installation/" + workspace }

// installation opens what is sealed.
func (s *Store) installation(doc installationDoc) (coaching.Installation, error) {
	i := coaching.Installation{
		Workspace: coaching.WorkspaceID(doc.ID), Name: doc.Name, ExpiresAt: doc.Expires.Time, RenewAt: doc.Renew.Time,
		Scopes: doc.Scopes, Bot: coaching.MemberID(doc.Bot), By: coaching.MemberID(doc.By), At: doc.At.Time, Revision: doc.Revision,
	}
	if doc.Sealed == "" {
		return i, nil
	}
	if s.sealer == nil {
		return i, &coaching.Error{Code: coaching.Internal, Reason: "token_unreadable", Err: errors.New("ENCRYPTION_KEY is not set")}
	}
	opened, err := s.sealer.Open(doc.Sealed, aboutInstallation(doc.ID))
	if err != nil {
		return i, &coaching.Error{Code: coaching.Internal, Reason: "token_unreadable", Err: err}
	}
	var tokens tokensDoc
	if err := json.Unmarshal(opened, &tokens); err != nil {
		// The error would quote what was opened.
		return i, &coaching.Error{Code: coaching.Internal, Reason: "token_unreadable", Err: errors.New("what is sealed is no token")}
	}
	i.Token, i.Refresh = coaching.Token(tokens.Token), coaching.Token(tokens.Refresh)
	return i, nil
}

func (s *Store) installationToDoc(i coaching.Installation) (installationDoc, error) {
	doc := installationDoc{
		Header: document.Header{ID: string(i.Workspace), Revision: i.Revision}, Name: i.Name,
		Expires: document.At(i.ExpiresAt), Renew: document.At(i.RenewAt), Scopes: i.Scopes,
		Bot: string(i.Bot), By: string(i.By), At: document.At(i.At),
	}
	if i.Token == "" {
		return doc, nil
	}
	if s.sealer == nil {
		return doc, coaching.Refuse("encryption_key_missing")
	}
	tokens, err := json.Marshal(tokensDoc{string(i.Token), string(i.Refresh)})
	if err != nil {
		return doc, errors.New("tokens are no JSON")
	}
	doc.Sealed, err = s.sealer.Seal(tokens, aboutInstallation(doc.ID))
	return doc, err
}

// Installation returns the bot as a workspace installed it. It is NotFound with
// "app_not_installed" where it never did, and with "app_uninstalled" where it
// took the bot out again. Tokens that do not open are an Internal error with
// "token_unreadable".
func (s *Store) Installation(ctx context.Context, workspace coaching.WorkspaceID) (coaching.Installation, error) {
	var doc installationDoc
	err := s.engine.Get(ctx, installations, string(workspace), &doc)
	if errors.Is(err, document.ErrNotFound) {
		return coaching.Installation{}, &coaching.Error{Code: coaching.NotFound, Reason: "app_not_installed"}
	}
	if err != nil {
		return coaching.Installation{}, coded("read installation", err)
	}
	if doc.Sealed == "" {
		return coaching.Installation{}, &coaching.Error{Code: coaching.NotFound, Reason: "app_uninstalled"}
	}
	i, err := s.installation(doc)
	if err != nil {
		return coaching.Installation{}, fmt.Errorf("read installation: %w", err)
	}
	return i, nil
}

// Install stores an installation in the place of what the workspace had before.
// It refuses with "encryption_key_missing" where no encryption key is set.
func (s *Store) Install(ctx context.Context, i coaching.Installation) error {
	doc, err := s.installationToDoc(i)
	if err != nil {
		return fmt.Errorf("install: %w", err)
	}
	return coded("install", put(ctx, s.engine, installations, &doc, &installationDoc{}))
}

// ReplaceInstallation stores a change of an installation and returns it at its
// new revision. It returns Conflict where somebody else was quicker, and then
// stores nothing.
func (s *Store) ReplaceInstallation(ctx context.Context, i coaching.Installation) (coaching.Installation, error) {
	doc, err := s.installationToDoc(i)
	if err != nil {
		return coaching.Installation{}, fmt.Errorf("replace installation: %w", err)
	}
	if err := s.engine.Replace(ctx, installations, &doc); err != nil {
		return coaching.Installation{}, coded("replace installation", err)
	}
	i.Revision = doc.Revision
	return i, nil
}

// installing is what the states of installations are remembered under, in the
// place of a workspace: nobody knows yet which one it will be.
const installing = coaching.WorkspaceID("installing")

// SpendState reports whether the state of an installation comes back for the
// first time. States must not be valid for longer than a day.
func (s *Store) SpendState(ctx context.Context, state string, at time.Time) (first bool, err error) {
	doc := requestDoc{
		Header: document.Header{ID: entryKey(installing, state)}, Workspace: string(installing), At: document.At(at), Done: true,
	}
	switch err := s.engine.Insert(ctx, requests, &doc); {
	case errors.Is(err, document.ErrTaken):
		return false, nil
	case err != nil:
		return false, coded("spend state", err)
	}
	return true, s.forgetRequests(ctx, installing, at)
}
