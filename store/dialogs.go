package store

import (
	"context"
	"errors"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

// maxDialogs bounds how many dialogs of a member are looked at.
const maxDialogs = 20

type dialogDoc struct {
	document.Header
	Workspace string              `json:"workspace"`
	Member    string              `json:"member"`
	Channel   string              `json:"channel"`
	Name      string              `json:"name"`
	Subject   string              `json:"subject"`
	State     string              `json:"state"`
	Step      string              `json:"step"`
	Turn      int64               `json:"turn"`
	Walked    []string            `json:"walked"`
	Answers   map[string][]string `json:"answers"`
	Typed     map[string][]string `json:"typed"`
	Problems  map[string]string   `json:"problems"`
	OneByOne  bool                `json:"one_by_one"`
	Field     int64               `json:"field"`
	Result    string              `json:"result"`
	Requests  []string            `json:"requests"`
	Started   document.Time       `json:"started"`
	Changed   document.Time       `json:"changed"`
}

func dialogToDoc(d coaching.Dialog) dialogDoc {
	problems := make(map[string]string, len(d.Problems))
	for field, reason := range d.Problems {
		problems[field] = string(reason)
	}
	return dialogDoc{
		Header:    document.Header{ID: entryKey(d.Workspace, d.ID), Revision: d.Revision},
		Workspace: string(d.Workspace), Member: string(d.Member), Channel: string(d.Channel),
		Name: d.Name, Subject: d.Subject, State: string(d.State), Step: d.Step, Turn: int64(d.Turn),
		Walked: d.Walked, Answers: d.Answers, Typed: d.Typed, Problems: problems,
		OneByOne: d.OneByOne, Field: int64(d.Field), Result: d.Result, Requests: d.Requests,
		Started: document.At(d.Started), Changed: document.At(d.Changed),
	}
}

func (d dialogDoc) dialog() coaching.Dialog {
	problems := make(map[string]coaching.Reason, len(d.Problems))
	for field, reason := range d.Problems {
		problems[field] = coaching.Reason(reason)
	}
	return coaching.Dialog{
		ID:        d.ID[min(len(d.ID), len(d.Workspace)+1):],
		Workspace: coaching.WorkspaceID(d.Workspace), Member: coaching.MemberID(d.Member), Channel: coaching.ChannelID(d.Channel),
		Name: d.Name, Subject: d.Subject, State: coaching.DialogState(d.State), Step: d.Step, Turn: int(d.Turn),
		Walked: d.Walked, Answers: d.Answers, Typed: d.Typed, Problems: problems,
		OneByOne: d.OneByOne, Field: int(d.Field), Result: d.Result, Requests: d.Requests,
		Started: d.Started.Time, Changed: d.Changed.Time, Revision: d.Revision,
	}
}

// BeginDialog stores a new dialog. One of that id that is there already is
// returned as it is, with repeated set.
func (s *Store) BeginDialog(ctx context.Context, dialog coaching.Dialog) (begun coaching.Dialog, repeated bool, err error) {
	doc := dialogToDoc(dialog)
	switch err := s.engine.Insert(ctx, dialogs, &doc); {
	case errors.Is(err, document.ErrTaken):
		begun, err = s.Dialog(ctx, dialog.Workspace, dialog.ID)
		return begun, true, err
	case err != nil:
		return coaching.Dialog{}, false, coded("begin dialog", err)
	}
	return doc.dialog(), false, nil
}

// Dialog returns the dialog of that id, or NotFound.
func (s *Store) Dialog(ctx context.Context, workspace coaching.WorkspaceID, id string) (coaching.Dialog, error) {
	var doc dialogDoc
	if err := s.engine.Get(ctx, dialogs, entryKey(workspace, id), &doc); err != nil {
		return coaching.Dialog{}, coded("read dialog", err)
	}
	return doc.dialog(), nil
}

// SaveDialog stores a dialog that was read before and returns it with its new
// revision; Conflict where it has been moved since.
func (s *Store) SaveDialog(ctx context.Context, dialog coaching.Dialog) (coaching.Dialog, error) {
	doc := dialogToDoc(dialog)
	if err := s.engine.Replace(ctx, dialogs, &doc); err != nil {
		return coaching.Dialog{}, coded("save dialog", err)
	}
	return doc.dialog(), nil
}

// DialogsOf returns a member's latest dialogs, the one that was changed last
// first.
func (s *Store) DialogsOf(ctx context.Context, workspace coaching.WorkspaceID, member coaching.MemberID) ([]coaching.Dialog, error) {
	docs, err := document.All[dialogDoc](ctx, s.engine, dialogs, document.Query{
		Index: "by_member", Equal: []any{string(workspace), string(member)}, Descending: true, Limit: maxDialogs,
	})
	if err != nil {
		return nil, coded("find dialogs", err)
	}
	found := make([]coaching.Dialog, len(docs))
	for i, doc := range docs {
		found[i] = doc.dialog()
	}
	return found, nil
}

// DeleteDialog removes a dialog; removing a missing one is no error.
func (s *Store) DeleteDialog(ctx context.Context, workspace coaching.WorkspaceID, id string) error {
	return coded("delete dialog", s.engine.Delete(ctx, dialogs, entryKey(workspace, id)))
}
