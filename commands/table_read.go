package commands

import (
	"context"
	"errors"
	"io"
	"strings"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands/sheet"
)

// tableImport is what was understood of a table.
type tableImport struct {
	header []string
	layout sheet.Layout
	told   coaching.Layout
	kinds  map[coaching.EventKind]int // of the events that the rows tell
	rows   int
	// left counts the rows that are left out; problems are the first of them.
	left     int
	problems []sheet.Problem
}

// tableSource is a table and how it is to be read.
type tableSource struct {
	content  io.Reader
	encoding sheet.Encoding // empty: found out
	// as and columns are what somebody said of it besides what is remembered for
	// tables with its headings; they may be empty.
	as, columns string
	// asOf is when it was as it is, now bounds what can have happened.
	asOf, now time.Time
}

// takeBatch is how many events are taken together.
const takeBatch = 1000

// batch is some of what the rows of a table tell, in their order: the events of
// the rows up to one.
type batch struct {
	kind   sheet.Kind
	events []coaching.Event
	rows   int // read so far
	left   int // of those, left out
}

// readRows reads the table of a dialog, once for a request. The dialog's beginning
// is the time as of which it stands, so that finishing it twice tells the same.
func (r *Router) readRows(ctx context.Context, ask *ask, dialog coaching.Dialog) (tableImport, problems, error) {
	key := strings.Join([]string{dialog.ID, dialog.Answer("paste"), dialog.Answer("as"), dialog.Answer("columns")}, "\x00")
	if known, found := ask.tables[key]; found {
		return known.tableImport, known.problems, nil
	}
	source, err := r.sourceOf(ctx, ask, dialog)
	if err != nil {
		return tableImport{}, nil, err
	}
	read, wrong, err := r.scanTable(ctx, ask.workspace, source, nil)
	if err != nil {
		return tableImport{}, nil, err
	}
	if ask.tables == nil {
		ask.tables = make(map[string]tableRead)
	}
	ask.tables[key] = tableRead{read, wrong}
	return read, wrong, nil
}

// tableRead is what came of reading a table.
type tableRead struct {
	tableImport
	problems problems
}

// sourceOf is the table that a dialog is about: its file, or what was pasted.
func (r *Router) sourceOf(ctx context.Context, ask *ask, dialog coaching.Dialog) (tableSource, error) {
	source := tableSource{
		content: strings.NewReader(dialog.Answer("paste")), encoding: sheet.UTF8,
		as: dialog.Answer("as"), columns: dialog.Answer("columns"), asOf: dialog.Started, now: ask.Received.Add(time.Minute),
	}
	if !dialog.Answered(fileField) {
		return source, nil
	}
	upload, err := r.store.Upload(ctx, dialog.Workspace, dialog.ID)
	if coaching.CodeOf(err) == coaching.NotFound {
		return tableSource{}, &coaching.Error{Code: coaching.NotFound, Reason: "file_lapsed", Err: err}
	}
	source.content, source.encoding = r.store.UploadContent(ctx, upload), ""
	return source, err
}

// scanTable reads a table from its beginning to its end, and hands on what the rows
// tell where somebody takes it.
func (r *Router) scanTable(ctx context.Context, workspace coaching.Workspace, source tableSource, take func(batch) error) (tableImport, problems, error) {
	content := &sourceReader{source: source.content}
	table, err := sheet.Open(content, source.encoding, 0)
	switch {
	case content.failed != nil:
		return tableImport{}, nil, content.failed
	case err != nil:
		return tableImport{}, problems{"paste": "table_empty"}, nil //nolint:nilerr // It is said of the table.
	}
	read := tableImport{header: table.Header, kinds: make(map[coaching.EventKind]int)}
	var wrong problems
	if read.layout, read.told, wrong, err = r.layoutOf(ctx, workspace, table, source); err != nil || len(wrong) > 0 {
		return read, wrong, err
	}
	reading := sheet.NewReading(read.layout, workspace, source.asOf, source.now)
	var events []coaching.Event
	hand := func() error {
		if take == nil || len(events) == 0 {
			return nil
		}
		err := take(batch{kind: read.layout.Kind, events: events, rows: read.rows, left: read.left})
		events = nil
		return err
	}
	for {
		row, err := table.Next()
		if errors.Is(err, io.EOF) {
			return read, nil, hand()
		}
		switch {
		case content.failed != nil:
			return read, nil, content.failed
		case err != nil:
			return read, problems{"paste": "table_quote_open"}, nil //nolint:nilerr // It is said of the table.
		}
		read.rows++
		told, problem := reading.Events(row)
		if problem != nil {
			if read.left++; len(read.problems) < shownUnread {
				read.problems = append(read.problems, *problem)
			}
			continue
		}
		for _, event := range told {
			read.kinds[event.Kind]++
		}
		if take == nil {
			continue
		}
		if events = append(events, told...); len(events) >= takeBatch {
			if err := hand(); err != nil {
				return read, nil, err
			}
		}
	}
}

// sourceReader remembers what went wrong with its source, which is not the
// table's fault.
type sourceReader struct {
	source io.Reader
	failed error
}

// Read reads on.
func (r *sourceReader) Read(p []byte) (int, error) {
	n, err := r.source.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		r.failed = err
	}
	return n, err
}

// layoutOf finds out how a table is read.
func (r *Router) layoutOf(ctx context.Context, workspace coaching.Workspace, table *sheet.Table, source tableSource) (sheet.Layout, coaching.Layout, problems, error) {
	told, _, err := r.store.Layout(ctx, workspace.ID, sheet.Key(table.Header))
	if err != nil {
		return sheet.Layout{}, coaching.Layout{}, nil, err
	}
	told.Key = sheet.Key(table.Header)
	if source.as != "" && source.as != told.As {
		told.As, told.Columns, told.Fixed = source.as, nil, nil
	}
	for _, pair := range strings.FieldsFunc(source.columns, func(r rune) bool { return r == ',' || r == ';' }) {
		column, field, found := strings.Cut(pair, "=")
		if !found {
			return sheet.Layout{}, told, problems{"columns": "table_column_pairs"}, nil
		}
		told = told.Naming(strings.TrimSpace(column), strings.TrimSpace(field))
	}
	layout, err := sheet.Understand(table, told)
	switch {
	case err == nil:
		told.As = string(layout.Kind)
		return layout, told, nil, nil
	case layout.Kind != "":
		return layout, told, problems{"columns": "table_column_missing"}, nil
	case told.As == "":
		return layout, told, problems{"as": "table_kind_unclear"}, nil
	default:
		return layout, told, problems{"columns": "table_column_unknown"}, nil
	}
}
