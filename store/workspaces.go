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
	Zone       string            `json:"zone"`
	Language   string            `json:"language,omitempty"`
	Week       int64             `json:"week"`
	Holidays   []string          `json:"holidays"`
	Worked     []string          `json:"worked,omitempty"`
	Country    string            `json:"country,omitempty"`
	Public     []string          `json:"public_holidays,omitempty"`
	Through    int64             `json:"public_through,omitempty"`
	Quiet      string            `json:"quiet,omitempty"`
	Currency   string            `json:"currency"`
	FocusLimit int64             `json:"focus_limit"`
	Managers   []string          `json:"managers,omitempty"`
	Groups     []string          `json:"manager_groups,omitempty"`
	GroupNames map[string]string `json:"group_names,omitempty"`
	AdminKnown bool              `json:"admin_known,omitempty"`
	Books      *booksDoc         `json:"books,omitempty"` // nil: nothing of it is set
	// FalseAlarms is how many a year the team puts up with, 0 where nobody said.
	FalseAlarms float64  `json:"false_alarms,omitempty"`
	Muted       []string `json:"muted_warnings,omitempty"`
}

// Workspace returns a workspace's settings; one that was never saved has those
// that a team starts with.
func (s *Store) Workspace(ctx context.Context, id coaching.WorkspaceID) (coaching.Workspace, error) {
	return s.settings.read(id, func() (coaching.Workspace, error) { return s.readWorkspace(ctx, id) })
}

func (s *Store) readWorkspace(ctx context.Context, id coaching.WorkspaceID) (coaching.Workspace, error) {
	var doc workspaceDoc
	switch err := s.engine.Get(ctx, workspaces, string(id), &doc); {
	case errors.Is(err, document.ErrNotFound):
		return coaching.NewWorkspace(id), nil
	case err != nil:
		return coaching.Workspace{}, coded("read workspace", err)
	}
	workspace, err := doc.workspace()
	return workspace, coded("read workspace", err)
}

func (d workspaceDoc) workspace() (coaching.Workspace, error) {
	workspace := coaching.Workspace{
		ID: coaching.WorkspaceID(d.ID), Zone: d.Zone, Language: d.Language, Week: coaching.Weekdays(d.Week), //nolint:gosec // Written from a Weekdays.
		Currency: d.Currency, FocusLimit: int(d.FocusLimit),
		Country: d.Country, PublicThrough: int(d.Through),
		ManagerGroups: d.Groups, GroupNames: d.GroupNames, AdminKnown: d.AdminKnown,
	}
	workspace.Warnings.FalseAlarms = d.FalseAlarms
	for _, kind := range d.Muted {
		workspace.Warnings.Muted = append(workspace.Warnings.Muted, coaching.Kind(kind))
	}
	for _, id := range d.Managers {
		workspace.Managers = append(workspace.Managers, coaching.MemberID(id))
	}
	var errs [4]error
	workspace.Holidays, errs[0] = parseDays(d.Holidays)
	workspace.Worked, errs[1] = parseDays(d.Worked)
	workspace.PublicHolidays, errs[2] = parseDays(d.Public)
	workspace.Quiet, errs[3] = parseQuiet(d.Quiet)
	if err := errors.Join(errs[:]...); err != nil {
		return coaching.Workspace{}, fmt.Errorf("workspace %s: %w", d.ID, err)
	}
	if err := d.Books.addTo(&workspace); err != nil {
		return coaching.Workspace{}, fmt.Errorf("workspace %s: %w", d.ID, err)
	}
	return workspace, nil
}

func workspaceToDoc(workspace coaching.Workspace) workspaceDoc {
	doc := workspaceDoc{
		Header: document.Header{ID: string(workspace.ID)},
		Zone:   workspace.Zone, Language: workspace.Language, Week: int64(workspace.Week), Currency: workspace.Currency,
		FocusLimit: int64(workspace.FocusLimit), Holidays: dayTexts(workspace.Holidays), Worked: dayTexts(workspace.Worked),
		Country: workspace.Country, Public: dayTexts(workspace.PublicHolidays), Through: int64(workspace.PublicThrough),
		Quiet: quietText(workspace.Quiet), Books: booksToDoc(workspace),
		Groups: workspace.ManagerGroups, GroupNames: workspace.GroupNames, AdminKnown: workspace.AdminKnown,
	}
	doc.FalseAlarms = workspace.Warnings.FalseAlarms
	for _, kind := range workspace.Warnings.Muted {
		doc.Muted = append(doc.Muted, string(kind))
	}
	for _, id := range workspace.Managers {
		doc.Managers = append(doc.Managers, string(id))
	}
	return doc
}

// SaveWorkspace stores a workspace's settings; the last writer wins.
func (s *Store) SaveWorkspace(ctx context.Context, workspace coaching.Workspace) error {
	doc := workspaceToDoc(workspace)
	return coded("save workspace", s.changingSettings(func() error {
		return put(ctx, s.engine, workspaces, &doc, &workspaceDoc{})
	}))
}

// ChangeWorkspace changes a workspace's settings and returns them as stored.
// Where somebody else was quicker, change is asked again with what they left.
// Its error ends the matter and is returned.
func (s *Store) ChangeWorkspace(ctx context.Context, id coaching.WorkspaceID, change func(coaching.Workspace) (coaching.Workspace, error)) (coaching.Workspace, error) {
	for {
		var before workspaceDoc
		workspace := coaching.NewWorkspace(id)
		err := s.engine.Get(ctx, workspaces, string(id), &before)
		found := err == nil
		if found {
			workspace, err = before.workspace()
		}
		if err != nil && !errors.Is(err, document.ErrNotFound) {
			return coaching.Workspace{}, coded("change workspace", err)
		}
		if workspace, err = change(workspace); err != nil {
			return coaching.Workspace{}, err
		}
		doc := workspaceToDoc(workspace)
		doc.ID = string(id)
		err = s.changingSettings(func() error {
			if found {
				doc.Revision = before.Revision
				return s.engine.Replace(ctx, workspaces, &doc)
			}
			return s.engine.Insert(ctx, workspaces, &doc)
		})
		switch {
		case err == nil:
			return workspace, nil
		case !errors.Is(err, document.ErrStale) && !errors.Is(err, document.ErrTaken):
			return coaching.Workspace{}, coded("change workspace", err)
		}
	}
}

// changingSettings writes a workspace while nobody remembers what it was.
func (s *Store) changingSettings(write func() error) error {
	return s.settings.change(write, notStored)
}

// notStored reports whether an error of a write says that nothing was stored.
func notStored(err error) bool {
	return errors.Is(err, document.ErrInvalid) || errors.Is(err, document.ErrStale) || errors.Is(err, document.ErrTaken)
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
