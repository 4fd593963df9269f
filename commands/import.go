package commands

import (
	"context"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

// dialogImport is the dialog that brings in figures of past periods.
const dialogImport = "import"

// importWord begins it, behind the command for history.
const importWord = "import"

// maxPaste is how many characters can be pasted at once, as many as the
// platforms let through.
const maxPaste = 3000

// The bounds of what a dry run lists.
const (
	shownRead   = 24
	shownUnread = 10
)

// importHistory asks for figures of past periods; a kind may be named.
func (r *Router) importHistory(ctx context.Context, ask *ask, kind string) (Reply, error) {
	if err := r.may(ctx, ask, coaching.ActImport); err != nil {
		return Reply{}, err
	}
	traits, _, err := historyArgs(kind, ask.today)
	if err != nil {
		return Reply{}, err
	}
	return r.begin(ctx, ask, dialogImport, string(traits.Kind), nil)
}

// importScript asks for the figures, shows what was understood of them, and
// saves them once somebody says so.
func (r *Router) importScript(ctx context.Context, ask *ask, dialog coaching.Dialog) (script, error) {
	if err := r.may(ctx, ask, coaching.ActImport); err != nil {
		return script{}, err
	}
	kind := coaching.Kind(dialog.Answer("kind"))
	if kind == "" {
		kind = coaching.Kind(dialog.Subject)
	}
	traits, known := coaching.TraitsOf(kind)
	if !known || kind == coaching.Custom {
		return script{}, coaching.Refuse("history_kind")
	}
	paste := dialog.Answer("paste")
	imported := importOf{
		traits: traits, measure: measure{unit: traits.Unit, kind: kind, currency: ask.workspace.Currency},
		past: coaching.ParsePastFigures(paste, traits, ask.workspace.Currency, ask.today),
	}
	return script{
		steps: []step{
			{name: "figures", settled: paste != "", prompt: func(context.Context) (Reply, error) {
				return ask.askFigures(kind, paste), nil
			}},
			{
				name: "confirm", settled: dialog.Answer("confirm") == "save",
				prompt: func(ctx context.Context) (Reply, error) {
					return r.dryRun(ctx, ask, imported)
				},
				accept: func(_ context.Context, dialog coaching.Dialog) (coaching.Dialog, problems, error) {
					if dialog.Answer("confirm") != "save" {
						dialog.Step = "figures"
					}
					return dialog, nil, nil
				},
			},
		},
		finish: func(ctx context.Context) (Reply, string, error) {
			reply, err := r.saveFigures(ctx, ask, imported)
			return reply, string(kind), err
		},
	}, nil
}

// importOf is what was understood of figures of a kind.
type importOf struct {
	traits  coaching.Traits
	measure measure
	past    coaching.PastFigures
}

func (a *ask) askFigures(kind coaching.Kind, paste string) Reply {
	var choices []Choice
	for _, traits := range coaching.Kinds() {
		if traits.Kind != coaching.Custom {
			choices = append(choices, a.choice(string(traits.Kind), "kind_"+string(traits.Kind)))
		}
	}
	return a.asks("import_title", a.voice.Line("import_how", nil),
		Field{Name: "kind", Kind: PickOne, Label: a.voice.Text("import_kind", nil), Choices: choices, Value: string(kind)},
		Field{
			Name: "paste", Kind: AreaField, Label: a.voice.Text("import_paste", nil), Value: paste, Limit: maxPaste,
			Placeholder: a.voice.Text("import_example", nil),
		},
	)
}

// dryRun shows what was understood and what was not, and asks whether to save
// it.
func (r *Router) dryRun(ctx context.Context, ask *ask, imported importOf) (Reply, error) {
	before, err := r.figuresBefore(ctx, ask, imported)
	if err != nil {
		return Reply{}, err
	}
	read := imported.past.Read
	var parts []Part
	if len(read) > 0 {
		parts = append(parts, Text{ask.voice.Line("import_read", Args{
			"count": len(read), "kind": ask.voice.Text("kind_"+string(imported.traits.Kind), nil),
		})}, ask.figuresRead(imported, before))
	}
	parts = append(parts, ask.linesUnread(imported.past.Unread)...)
	if len(parts) == 0 {
		parts = append(parts, Text{ask.voice.Line("import_nothing", nil)})
	}
	var choices []Choice
	if len(read) > 0 {
		choices = append(choices, Choice{Label: ask.voice.Text("import_save", Args{"count": len(read)}), Value: "save"})
	}
	reply := ask.say(parts...)
	reply.Prompt = &Prompt{Title: ask.voice.Text("import_title", nil), Fields: []Field{{
		Name: "confirm", Kind: PickOne, Label: ask.voice.Text("import_confirm", nil),
		Choices: append(choices, ask.choice("mend", "import_mend")),
	}}}
	return reply, nil
}

// figuresBefore returns the figures that are kept of the kind, by their period.
func (r *Router) figuresBefore(ctx context.Context, ask *ask, imported importOf) (map[coaching.Period]decimal.Decimal, error) {
	observations, err := r.store.Observations(ctx, ask.Request.Workspace, imported.traits.Kind)
	if err != nil {
		return nil, err
	}
	before := make(map[coaching.Period]decimal.Decimal, len(observations))
	for _, observation := range observations {
		before[observation.Period] = observation.Value
	}
	return before, nil
}

// figuresRead lists the figures, the oldest first, with what they take the place
// of.
func (a *ask) figuresRead(imported importOf, before map[coaching.Period]decimal.Decimal) List {
	read := slices.Clone(imported.past.Read)
	slices.SortStableFunc(read, func(a, b coaching.PastFigure) int { return a.Period.From.Compare(b.Period.From) })
	var list List
	for _, figure := range read[:min(len(read), shownRead)] {
		was, known := before[figure.Period]
		id := "import_line"
		switch {
		case known && was.Equal(figure.Value):
			id = "import_line_same"
		case known:
			id = "import_line_instead"
		}
		list.Items = append(list.Items, a.voice.Line(id, Args{
			"period": a.voice.period(figure.Period, a.today), "value": a.voice.counted(figure.Value, imported.measure),
			"was": a.voice.counted(was, imported.measure),
		}))
	}
	if more := len(read) - shownRead; more > 0 {
		list.Items = append(list.Items, a.voice.Line("import_more", Args{"count": more}))
	}
	return list
}

// linesUnread lists the lines that are left out, each with the reason.
func (a *ask) linesUnread(unread []coaching.UnreadLine) []Part {
	if len(unread) == 0 {
		return nil
	}
	var list List
	for _, line := range unread[:min(len(unread), shownUnread)] {
		list.Items = append(list.Items, a.voice.Line("import_unread_line", Args{
			"line": itoa(line.Line), "text": strings.Join(strings.Fields(line.Text), " "), "reason": a.voice.Line("reason_"+string(line.Reason), nil),
		}))
	}
	if more := len(unread) - shownUnread; more > 0 {
		list.Items = append(list.Items, a.voice.Line("import_more", Args{"count": more}))
	}
	return []Part{Text{a.voice.Line("import_unread", Args{"count": len(unread)})}, list}
}

// saveFigures keeps the figures, each in the place of the one of its period, and
// shows the history that they make. Saving them again changes nothing.
func (r *Router) saveFigures(ctx context.Context, ask *ask, imported importOf) (Reply, error) {
	before, err := r.figuresBefore(ctx, ask, imported)
	if err != nil {
		return Reply{}, err
	}
	var was, is []string
	for _, figure := range imported.past.Read {
		text := string(figure.Kind) + " " + figure.Period.From.String() + " "
		switch old, known := before[figure.Period]; {
		case known && old.Equal(figure.Value):
			continue
		case known:
			was = append(was, text+old.String())
		}
		is = append(is, text+figure.Value.String())
	}
	if len(is) > 0 {
		err = r.trace(ctx, ask, coaching.Trace{Kind: coaching.TraceImported, Shifts: []coaching.Shift{{
			Name: "figures", Before: strings.Join(was, ", "), After: strings.Join(is, ", "),
		}}})
	}
	for _, figure := range imported.past.Read {
		if err == nil {
			err = r.store.SaveObservation(ctx, ask.Request.Workspace, figure.Observation)
		}
	}
	if err != nil {
		return Reply{}, err
	}
	ask.rest = string(imported.traits.Kind)
	reply, err := r.history(ctx, ask)
	reply.Parts = append([]Part{Text{ask.voice.Line("import_saved", Args{"count": len(is)})}}, reply.Parts...)
	return reply, err
}
