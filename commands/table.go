package commands

import (
	"context"
	"maps"
	"slices"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands/sheet"
)

// dialogTable is the dialog that brings in a table of deals, leads and so on.
const dialogTable = "table"

// fileField holds the name of the file that the table is in; it is not there for
// one that is pasted. The file is the upload of the dialog's id.
const fileField = "file"

// importRows asks for a table to be pasted, or takes the file that came along.
func (r *Router) importRows(ctx context.Context, ask *ask) (Reply, error) {
	if len(ask.Files) > 0 {
		return r.importFile(ctx, ask)
	}
	if err := r.may(ctx, ask, coaching.ActImport); err != nil {
		return Reply{}, err
	}
	return r.begin(ctx, ask, dialogTable, "", nil)
}

// tableScript asks for a table, shows how its columns and rows are understood,
// and takes the rows once somebody says so. Of a file it asks what the columns
// are only where that is not clear.
func (r *Router) tableScript(ctx context.Context, ask *ask, dialog coaching.Dialog) (script, error) {
	if err := r.may(ctx, ask, coaching.ActImport); err != nil {
		return script{}, err
	}
	rows := step{
		name: "rows", settled: dialog.Answer("paste") != "",
		prompt: func(context.Context) (Reply, error) { return ask.askRows(), nil },
		accept: func(ctx context.Context, dialog coaching.Dialog) (coaching.Dialog, problems, error) {
			_, wrong, err := r.readRows(ctx, ask, dialog)
			return dialog, wrong, err
		},
	}
	if dialog.Answered(fileField) && dialog.State == coaching.DialogOpen {
		read, wrong, err := r.readRows(ctx, ask, dialog)
		if err != nil {
			return script{}, err
		}
		if reason := wrong["paste"]; reason != "" {
			return script{}, coaching.Refuse(reason)
		}
		rows.settled = len(wrong) == 0
		rows.prompt = func(context.Context) (Reply, error) { return ask.askColumns(dialog, read, wrong), nil }
	}
	return script{
		steps: []step{rows, {
			name: "confirm", settled: dialog.Answer("confirm") == "save",
			prompt: func(ctx context.Context) (Reply, error) { return r.showRows(ctx, ask, dialog) },
			accept: func(_ context.Context, dialog coaching.Dialog) (coaching.Dialog, problems, error) {
				if dialog.Answer("confirm") != "save" {
					dialog.Step = "rows"
				}
				return dialog, nil, nil
			},
		}},
		finish: func(ctx context.Context) (Reply, string, error) { return r.takeRows(ctx, ask, dialog) },
	}, nil
}

func (a *ask) askRows() Reply {
	return a.asks("table_title", a.voice.Line("table_how", nil), append([]Field{{
		Name: "paste", Kind: AreaField, Label: a.voice.Text("table_paste", nil), Limit: maxPaste, Placeholder: a.voice.Text("table_example", nil),
	}}, a.columnFields()...)...)
}

// askColumns asks how a file's columns are to be read.
func (a *ask) askColumns(dialog coaching.Dialog, read tableImport, wrong problems) Reply {
	reply := a.asks("table_title", a.voice.Line("table_file_columns", Args{
		"file": Span{Text: dialog.Answer(fileField), Style: Strong}, "columns": a.voice.join(read.header[:min(len(read.header), shownColumns)]),
	}), a.columnFields()...)
	if len(dialog.Problems) > 0 {
		return reply // They are said at the fields.
	}
	for _, field := range slices.Sorted(maps.Keys(wrong)) {
		reply.Parts = append(reply.Parts, Text{a.voice.Line("reason_"+string(wrong[field]), nil)})
	}
	return reply
}

// shownColumns bounds how many headings are listed.
const shownColumns = 30

func (a *ask) columnFields() []Field {
	var choices []Choice
	for _, kind := range sheet.Kinds() {
		choices = append(choices, a.choice(string(kind), "table_as_"+string(kind)))
	}
	return []Field{
		{Name: "as", Kind: PickOne, Label: a.voice.Text("table_as", nil), Choices: choices, Optional: true},
		{Name: "columns", Kind: LineField, Label: a.voice.Text("table_columns", nil), Hint: a.voice.Text("table_columns_hint", nil), Optional: true},
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
	kind := ask.voice.Text("table_as_"+string(read.layout.Kind), nil)
	parts := []Part{Text{ask.voice.Line("table_read", Args{"count": read.rows, "kind": kind})}}
	if file := dialog.Answer(fileField); file != "" {
		parts = []Part{Text{ask.voice.Line("table_read_file", Args{"count": read.rows, "kind": kind, "file": Span{Text: file, Style: Strong}})}}
	}
	parts = append(parts, ask.columnsRead(read.layout))
	if len(read.kinds) > 0 {
		parts = append(parts, ask.eventsRead(read.kinds))
	}
	parts = append(parts, ask.rowsUnread(read)...)
	var choices []Choice
	if good := read.rows - read.left; good > 0 {
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
		id := "table_column"
		if !match.Certain() {
			id = "table_column_guessed"
		}
		list.Items = append(list.Items, a.voice.Line(id, Args{
			"column": match.Column, "field": Span{Text: string(match.Field), Style: Code},
		}))
	}
	if len(layout.Ignored) > 0 {
		list.Items = append(list.Items, a.voice.Line("table_ignored", Args{"columns": a.voice.join(layout.Ignored)}))
	}
	return list
}

// eventsRead counts what the rows tell.
func (a *ask) eventsRead(counts map[coaching.EventKind]int) List {
	var list List
	for _, kind := range slices.Sorted(maps.Keys(counts)) {
		list.Items = append(list.Items, a.voice.Line("table_events", Args{"kind": Span{Text: string(kind), Style: Code}, "number": itoa(counts[kind])}))
	}
	return list
}

// rowsUnread lists the rows that are left out, each with the reason.
func (a *ask) rowsUnread(read tableImport) []Part {
	if read.left == 0 {
		return nil
	}
	var list List
	for _, problem := range read.problems {
		list.Items = append(list.Items, a.voice.Line("table_unread_line", Args{
			"line": itoa(problem.Line), "column": problem.Column, "text": problem.Text,
			"reason": a.voice.Line("reason_"+string(problem.Reason), nil),
		}))
	}
	if more := read.left - len(read.problems); more > 0 {
		list.Items = append(list.Items, a.voice.Line("import_more", Args{"count": more}))
	}
	return []Part{Text{a.voice.Line("import_unread", Args{"count": read.left})}, list}
}
