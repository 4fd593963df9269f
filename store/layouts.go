package store

import (
	"context"
	"errors"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

// sheetDoc remembers how the columns of a table are read, by its headings.
type sheetDoc struct {
	document.Header
	Workspace string           `json:"workspace"`
	As        string           `json:"as"`
	Columns   []sheetColumnDoc `json:"columns"`
	Fixed     []sheetColumnDoc `json:"fixed,omitempty"`
	Days      string           `json:"days,omitempty"`
	Mark      string           `json:"mark,omitempty"`
}

type sheetColumnDoc struct {
	Column string `json:"column,omitempty"`
	Field  string `json:"field"`
	Value  string `json:"value,omitempty"`
}

// SaveLayout remembers how tables with the same headings are read; the last
// word counts.
func (s *Store) SaveLayout(ctx context.Context, workspace coaching.WorkspaceID, layout coaching.Layout) error {
	doc := sheetDoc{
		Header: document.Header{ID: entryKey(workspace, layout.Key)}, Workspace: string(workspace),
		As: layout.As, Columns: []sheetColumnDoc{}, Days: string(layout.Days), Mark: string(layout.Mark),
	}
	for _, named := range layout.Columns {
		doc.Columns = append(doc.Columns, sheetColumnDoc{Column: named.Column, Field: named.Field})
	}
	for _, fixed := range layout.Fixed {
		doc.Fixed = append(doc.Fixed, sheetColumnDoc{Field: fixed.Field, Value: fixed.Value})
	}
	return coded("save layout", put(ctx, s.engine, sheets, &doc, &sheetDoc{}))
}

// Layout returns what is remembered of tables with those headings; ok is false
// where nothing is.
func (s *Store) Layout(ctx context.Context, workspace coaching.WorkspaceID, key string) (layout coaching.Layout, ok bool, err error) {
	var doc sheetDoc
	err = s.engine.Get(ctx, sheets, entryKey(workspace, key), &doc)
	if errors.Is(err, document.ErrNotFound) {
		return coaching.Layout{}, false, nil
	}
	layout = coaching.Layout{Key: key, As: doc.As, Days: coaching.DayOrder(doc.Days), Mark: coaching.DecimalMark(doc.Mark)}
	for _, named := range doc.Columns {
		layout.Columns = append(layout.Columns, coaching.NamedColumn{Column: named.Column, Field: named.Field})
	}
	for _, fixed := range doc.Fixed {
		layout.Fixed = append(layout.Fixed, coaching.FixedField{Field: fixed.Field, Value: fixed.Value})
	}
	return layout, err == nil, coded("read layout", err)
}
