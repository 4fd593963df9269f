package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
	"github.com/smallwins/smallwins/commands/sheet"
	"github.com/smallwins/smallwins/store"
)

// importPass brings the rows of one table in, a batch at a time.
type importPass struct {
	store     *store.Store
	workspace coaching.WorkspaceID
	reading   *sheet.Reading
	tally     *importTally

	events []coaching.Event
	lines  []int // of the events
}

func (p *importPass) run(ctx context.Context, table *sheet.Table, bar *progressBar, counted *countingReader) error {
	defer bar.End()
	for {
		row, err := table.Next()
		if errors.Is(err, io.EOF) {
			return p.flush(ctx)
		}
		if err != nil {
			return errors.Join(p.flush(ctx), err)
		}
		p.tally.rows++
		events, problem := p.reading.Events(row)
		if problem != nil {
			p.tally.leaveOut(*problem)
			continue
		}
		p.tally.read(row.Line, events)
		for _, event := range events {
			p.events, p.lines = append(p.events, event), append(p.lines, row.Line)
		}
		if len(p.events) >= batchRows {
			if err := p.flush(ctx); err != nil {
				return err
			}
			bar.Show(counted.read, fmt.Sprintf("%d rows", p.tally.rows))
		}
	}
}

// flush brings in what was gathered.
func (p *importPass) flush(ctx context.Context) error {
	if len(p.events) > 0 && !p.tally.dry {
		results, err := p.store.IngestTable(ctx, p.workspace, p.events, p.reading.Layout.Kind == sheet.Deals, systemTime())
		if err != nil {
			return err
		}
		for i, result := range results {
			switch result.Outcome {
			case coaching.EventAccepted:
				p.tally.taken++
			case coaching.EventRepeated:
				p.tally.known++
			default:
				p.tally.leaveOut(sheet.Problem{Line: p.lines[i], Column: string(result.Why.Field), Reason: result.Why.Reason})
			}
		}
	}
	p.events, p.lines = p.events[:0], p.lines[:0]
	return ctx.Err()
}

// importTally says what came of an import.
type importTally struct {
	out   io.Writer
	voice *commands.Voice
	dry   bool

	rows, taken, known, left, shown int
	kinds                           map[coaching.EventKind]int
}

// The bounds of what is listed.
const (
	shownEvents   = 5
	shownProblems = 50
)

// read counts the events of a row, and shows the first ones in a dry run.
func (t *importTally) read(line int, events []coaching.Event) {
	for _, event := range events {
		t.kinds[event.Kind]++
		if t.dry && t.shown < shownEvents {
			t.shown++
			fmt.Fprintf(t.out, "line %d: %s %s%s\n", line, event.Kind, event.Subject, fieldList(event))
		}
	}
}

func fieldList(event coaching.Event) string {
	var b strings.Builder
	for i, field := range slices.Sorted(maps.Keys(event.Fields)) {
		divider := ", "
		if i == 0 {
			divider = ": "
		}
		fmt.Fprintf(&b, "%s%s %s", divider, field, event.Fields[field])
	}
	return b.String()
}

// leaveOut says why a row is left out.
func (t *importTally) leaveOut(problem sheet.Problem) {
	if t.left++; t.left > shownProblems {
		return
	}
	where := ""
	if problem.Column != "" {
		where = ", " + problem.Column
	}
	if problem.Text != "" {
		where += fmt.Sprintf(" %q", problem.Text)
	}
	reason := strings.ReplaceAll(t.voice.Text("reason_"+string(problem.Reason), nil), "`", "")
	if problem.Reason == coaching.ReasonEventOrder {
		reason += " Or say which it is in this file: --dates dmy or --dates mdy."
	}
	fmt.Fprintf(t.out, "line %d%s: %s\n", problem.Line, where, reason)
}

// report sums up. Rows that were left out are an error, so that scripts see it.
func (t *importTally) report(took time.Duration) error {
	if more := t.left - shownProblems; more > 0 {
		fmt.Fprintf(t.out, "and %d more that are left out\n", more)
	}
	fmt.Fprintf(t.out, "\n%d rows:", t.rows)
	for i, kind := range slices.Sorted(maps.Keys(t.kinds)) {
		divider := ","
		if i == 0 {
			divider = ""
		}
		fmt.Fprintf(t.out, "%s %d %s", divider, t.kinds[kind], kind)
	}
	fmt.Fprintln(t.out)
	if t.dry {
		fmt.Fprintln(t.out, "Nothing was saved. Run it without --dry-run to import.")
	} else {
		fmt.Fprintf(t.out, "New or changed: %d. Known already: %d. Took %s.\n", t.taken, t.known, took.Round(time.Millisecond))
	}
	if t.left > 0 {
		return fmt.Errorf("%d lines were left out, the others count: correct them and import the file again, nothing is counted twice", t.left)
	}
	return nil
}
