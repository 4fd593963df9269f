package commands

import (
	"context"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands/sheet"
)

// dialogTable is the dialog that brings in a table of deals, leads and so on.
const dialogTable = "table"

// importRows asks for a table to be pasted.
func (r *Router) importRows(ctx context.Context, ask *ask) (Reply, error) {
	if err := r.may(ctx, ask, coaching.ActImport); err != nil {
		return Reply{}, err
	}
	return r.begin(ctx, ask, dialogTable, "", nil)
}

// tableImport is what was understood of a pasted table.
type tableImport struct {
	layout   sheet.Layout
	told     coaching.Layout
	events   []coaching.Event
	rows     int
	problems []sheet.Problem
}

// tableScript asks for a table, shows how its columns and rows are understood,
// and takes the rows once somebody says so.
func (r *Router) tableScript(ctx context.Context, ask *ask, dialog coaching.Dialog) (script, error) {
	if err := r.may(ctx, ask, coaching.ActImport); err != nil {
		return script{}, err
	}
	return script{
		steps: []step{
			{
				name: "rows", settled: dialog.Answer("paste") != "",
				prompt: func(context.Context) (Reply, error) { return ask.askRows(), nil },
				accept: func(ctx context.Context, dialog coaching.Dialog) (coaching.Dialog, problems, error) {
					_, wrong, err := r.readRows(ctx, ask, dialog)
					return dialog, wrong, err
				},
			},
			{
				name: "confirm", settled: dialog.Answer("confirm") == "save",
				prompt: func(ctx context.Context) (Reply, error) { return r.showRows(ctx, ask, dialog) },
				accept: func(_ context.Context, dialog coaching.Dialog) (coaching.Dialog, problems, error) {
					if dialog.Answer("confirm") != "save" {
						dialog.Step = "rows"
					}
					return dialog, nil, nil
				},
			},
		},
		finish: func(ctx context.Context) (Reply, string, error) { return r.takeRows(ctx, ask, dialog) },
	}, nil
}

func (a *ask) askRows() Reply {
	var choices []Choice
	for _, kind := range sheet.Kinds() {
		choices = append(choices, a.choice(string(kind), "table_as_"+string(kind)))
	}
	return a.asks("table_title", a.voice.Line("table_how", nil),
		Field{Name: "paste", Kind: AreaField, Label: a.voice.Text("table_paste", nil), Limit: maxPaste, Placeholder: a.voice.Text("table_example", nil)},
		Field{Name: "as", Kind: PickOne, Label: a.voice.Text("table_as", nil), Choices: choices, Optional: true},
		Field{Name: "columns", Kind: LineField, Label: a.voice.Text("table_columns", nil), Hint: a.voice.Text("table_columns_hint", nil), Optional: true},
	)
}

// readRows reads what was pasted. The dialog's beginning is the time as of which
// it stands, so that finishing it twice tells the same.
func (r *Router) readRows(ctx context.Context, ask *ask, dialog coaching.Dialog) (tableImport, problems, error) {
	table, err := sheet.Open(strings.NewReader(dialog.Answer("paste")), sheet.UTF8, 0)
	if err != nil {
		return tableImport{}, problems{"paste": "table_empty"}, nil //nolint:nilerr // It is said at the field.
	}
	told, _, err := r.store.Layout(ctx, ask.Request.Workspace, sheet.Key(table.Header))
	if err != nil {
		return tableImport{}, nil, err
	}
	told.Key = sheet.Key(table.Header)
	if as := dialog.Answer("as"); as != "" && as != told.As {
		told.As, told.Columns, told.Fixed = as, nil, nil
	}
	for _, pair := range strings.FieldsFunc(dialog.Answer("columns"), func(r rune) bool { return r == ',' || r == ';' }) {
		column, field, found := strings.Cut(pair, "=")
		if !found {
			return tableImport{}, problems{"columns": "table_column_pairs"}, nil
		}
		told = told.Naming(strings.TrimSpace(column), strings.TrimSpace(field))
	}
	layout, err := sheet.Understand(table, told)
	switch {
	case err == nil:
	case layout.Kind != "":
		return tableImport{}, problems{"columns": "table_column_missing"}, nil
	case told.As == "":
		return tableImport{}, problems{"as": "table_kind_unclear"}, nil
	default:
		return tableImport{}, problems{"columns": "table_column_unknown"}, nil
	}
	told.As = string(layout.Kind)
	read := tableImport{layout: layout, told: told}
	reading := sheet.NewReading(layout, ask.workspace, dialog.Started, ask.Received.Add(time.Minute))
	for {
		row, err := table.Next()
		if errors.Is(err, io.EOF) {
			return read, nil, nil
		}
		if err != nil {
			return tableImport{}, problems{"paste": "table_quote_open"}, nil //nolint:nilerr // It is said at the field.
		}
		read.rows++
		events, problem := reading.Events(row)
		if problem != nil {
			read.problems = append(read.problems, *problem)
		}
		read.events = append(read.events, events...)
	}
}

// showRows says what was understood, and asks whether to take it.
func (r *Router) showRows(ctx context.Context, ask *ask, dialog coaching.Dialog) (Reply, error) {
	read, wrong, err := r.readRows(ctx, ask, dialog)
	if err != nil {
		return Reply{}, err
	}
	for _, reason := range wrong {
		return Reply{}, coaching.Refuse(reason)
	}
	parts := []Part{
		Text{ask.voice.Line("table_read", Args{"count": read.rows, "kind": ask.voice.Text("table_as_"+string(read.layout.Kind), nil)})},
		ask.columnsRead(read.layout), ask.eventsRead(read.events),
	}
	parts = append(parts, ask.rowsUnread(read.problems)...)
	var choices []Choice
	if good := read.rows - len(read.problems); good > 0 {
		choices = append(choices, Choice{Label: ask.voice.Text("table_save", Args{"count": good}), Value: "save"})
	}
	reply := ask.say(parts...)
	reply.Prompt = &Prompt{Title: ask.voice.Text("table_title", nil), Fields: []Field{{
		Name: "confirm", Kind: PickOne, Label: ask.voice.Text("import_confirm", nil),
		Choices: append(choices, ask.choice("mend", "import_mend")),
	}}}
	return reply, nil
}

// columnsRead lists which column is what.
func (a *ask) columnsRead(layout sheet.Layout) List {
	var list List
	for _, match := range layout.Matches {
		list.Items = append(list.Items, a.voice.Line("table_column", Args{
			"column": match.Column, "field": Span{Text: string(match.Field), Style: Code}, "sure": itoa(match.Sure),
		}))
	}
	if len(layout.Ignored) > 0 {
		list.Items = append(list.Items, a.voice.Line("table_ignored", Args{"columns": a.voice.join(layout.Ignored)}))
	}
	return list
}

// eventsRead counts what the rows tell.
func (a *ask) eventsRead(events []coaching.Event) List {
	counts := make(map[coaching.EventKind]int)
	for _, event := range events {
		counts[event.Kind]++
	}
	var list List
	for _, kind := range slices.Sorted(maps.Keys(counts)) {
		list.Items = append(list.Items, a.voice.Line("table_events", Args{"kind": Span{Text: string(kind), Style: Code}, "number": itoa(counts[kind])}))
	}
	return list
}

// rowsUnread lists the rows that are left out, each with the reason.
func (a *ask) rowsUnread(unread []sheet.Problem) []Part {
	if len(unread) == 0 {
		return nil
	}
	var list List
	for _, problem := range unread[:min(len(unread), shownUnread)] {
		list.Items = append(list.Items, a.voice.Line("table_unread_line", Args{
			"line": itoa(problem.Line), "column": problem.Column, "text": problem.Text,
			"reason": a.voice.Line("reason_"+string(problem.Reason), nil),
		}))
	}
	if more := len(unread) - shownUnread; more > 0 {
		list.Items = append(list.Items, a.voice.Line("import_more", Args{"count": more}))
	}
	return []Part{Text{a.voice.Line("import_unread", Args{"count": len(unread)})}, list}
}

// takeRows brings the rows in and remembers how the table is read.
func (r *Router) takeRows(ctx context.Context, ask *ask, dialog coaching.Dialog) (Reply, string, error) {
	read, wrong, err := r.readRows(ctx, ask, dialog)
	if err != nil {
		return Reply{}, "", err
	}
	for _, reason := range wrong {
		return Reply{}, "", coaching.Refuse(reason)
	}
	results, err := r.store.IngestTable(ctx, ask.Request.Workspace, read.events, read.layout.Kind == sheet.Deals, ask.Received.Add(time.Minute))
	if err != nil {
		return Reply{}, "", err
	}
	if err := r.store.SaveLayout(ctx, ask.Request.Workspace, read.told); err != nil {
		return Reply{}, "", err
	}
	taken, known := 0, 0
	for _, result := range results {
		switch result.Outcome { //nolint:exhaustive // What is refused was left out before.
		case coaching.EventAccepted:
			taken++
		case coaching.EventRepeated:
			known++
		}
	}
	return ask.say(
		Text{ask.voice.Line("table_taken", Args{"count": taken, "known": itoa(known)})},
		Note{ask.voice.Line("table_next", nil)},
	), string(read.layout.Kind), nil
}
