package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
	"github.com/smallwins/smallwins/commands/sheet"
	"github.com/smallwins/smallwins/store"
)

// importCommand brings in what a spreadsheet or a CRM exported, or what export
// wrote.
type importCommand struct {
	ofWorkspace
	File string `arg:"" help:"A CSV file, or a directory that export wrote."`

	As        string            `help:"What the rows are: deals, leads, customers, costs, activities or history. Found out where it is left out."`
	Columns   map[string]string `mapsep:"," help:"Which column is which field, such as 'close_date=closed,rep=owner'; an empty field leaves a column out. Remembered for files with the same headings."`
	Set       map[string]string `mapsep:"," help:"Fields with the same value in every row, such as 'currency=THB,qualified=yes'. Remembered, too."`
	DryRun    bool              `help:"Only show what is understood."`
	AsOf      string            `help:"Day or time as of which the file is, such as 2026-03-31; its own date where it is left out."`
	Dates     string            `enum:",dmy,mdy" default:"" help:"dmy where the day comes first in dates such as 3/4/2026, mdy where the month does."`
	Decimal   string            `enum:",dot,comma" default:"" help:"What stands before the fraction of a number: dot or comma."`
	Encoding  string            `help:"utf-8, utf-16le, utf-16be, windows-1252 or windows-874; found out where it is left out."`
	Delimiter string            `help:"What divides columns, such as ; or tab; found out where it is left out."`
}

// Run imports, and says what came of it.
func (c *importCommand) Run(ctx context.Context) (err error) {
	info, err := os.Stat(c.File)
	if err != nil {
		return fmt.Errorf("import: %w", err)
	}
	documents, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, documents.Close(context.WithoutCancel(ctx))) }()
	if info.IsDir() {
		return restore(ctx, documents, c.Workspace, c.File, os.Stdout)
	}
	file, err := os.Open(c.File)
	if err != nil {
		return fmt.Errorf("import: %w", err)
	}
	defer file.Close()
	asOf := info.ModTime()
	if c.AsOf != "" {
		if asOf, err = c.asOf(ctx, documents); err != nil {
			return err
		}
	}
	return c.from(ctx, documents, file, info.Size(), asOf, os.Stdout)
}

// asOf reads the time that the file is of: the end of a day, in the workspace's
// zone.
func (c *importCommand) asOf(ctx context.Context, documents *store.Store) (time.Time, error) {
	if at, err := time.Parse(time.RFC3339, c.AsOf); err == nil {
		return at, nil
	}
	day, err := coaching.ParseDate(c.AsOf)
	if err != nil {
		return time.Time{}, fmt.Errorf("--as-of: %q is no day such as 2026-03-31", c.AsOf)
	}
	workspace, err := documents.Workspace(ctx, c.Workspace)
	if err != nil {
		return time.Time{}, err
	}
	return day.AddDays(1).In(workspace.Location()).Add(-time.Hour), nil
}

// batchRows is how many rows are brought in at once.
const batchRows = 1000

// from imports a table.
func (c *importCommand) from(ctx context.Context, documents *store.Store, file io.Reader, size int64, asOf time.Time, out io.Writer) error {
	wording, err := commands.LoadWording()
	if err != nil {
		return err
	}
	counted := &countingReader{source: file}
	table, told, err := c.understand(ctx, documents, counted)
	if err != nil {
		return err
	}
	layout, err := sheet.Understand(table, told)
	if layout.Kind != "" {
		fmt.Fprint(out, describe(c.File, table, layout))
	}
	if err != nil {
		return fmt.Errorf("import: %w", err)
	}
	workspace, err := documents.Workspace(ctx, c.Workspace)
	if err != nil {
		return err
	}
	began := systemTime()
	tally := &importTally{out: out, voice: wording.In("en"), dry: c.DryRun, kinds: make(map[coaching.EventKind]int)}
	pass := &importPass{
		store: documents, workspace: c.Workspace, reading: sheet.NewReading(layout, workspace, asOf, began), tally: tally,
	}
	if err := pass.run(ctx, table, newProgressBar(size), counted); err != nil {
		return fmt.Errorf("import: %w", err)
	}
	if !c.DryRun {
		told.As = string(layout.Kind)
		if err := documents.SaveLayout(ctx, c.Workspace, told); err != nil {
			return err
		}
	}
	return tally.report(systemTime().Sub(began))
}

// understand opens the table and gathers what was said of its columns, now or
// for another file with the same headings.
func (c *importCommand) understand(ctx context.Context, documents *store.Store, source io.Reader) (*sheet.Table, coaching.Layout, error) {
	encoding, err := sheet.ParseEncoding(c.Encoding)
	if err != nil {
		return nil, coaching.Layout{}, fmt.Errorf("--encoding: %w", err)
	}
	delimiter, width := utf8.DecodeRuneInString(c.Delimiter)
	switch {
	case c.Delimiter == "":
		delimiter = 0
	case c.Delimiter == "tab", c.Delimiter == `\t`:
		delimiter = '\t'
	case width != len(c.Delimiter) || strings.ContainsRune("\"\r\n", delimiter) || delimiter == utf8.RuneError:
		return nil, coaching.Layout{}, fmt.Errorf("--delimiter: %q is not one character; write , or ; or tab", c.Delimiter)
	}
	table, err := sheet.Open(source, encoding, delimiter)
	if err != nil {
		return nil, coaching.Layout{}, fmt.Errorf("import %s: %w", c.File, err)
	}
	told, _, err := documents.Layout(ctx, c.Workspace, sheet.Key(table.Header))
	if err != nil {
		return nil, coaching.Layout{}, err
	}
	told.Key = sheet.Key(table.Header)
	if c.As != "" && c.As != told.As {
		told.As, told.Columns, told.Fixed = strings.ToLower(c.As), nil, nil // other rows have other fields
	}
	for column, field := range c.Columns {
		told = told.Naming(column, field)
	}
	for field, value := range c.Set {
		told = told.Fixing(field, value)
	}
	if c.Dates != "" {
		told.Days = coaching.DayOrder(c.Dates)
	}
	if c.Decimal != "" {
		told.Mark = coaching.DecimalMark(c.Decimal)
	}
	return table, told, nil
}

// describe says how a table is read.
func describe(name string, table *sheet.Table, layout sheet.Layout) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s, columns divided by %s, read as %s\n\n", name, table.Encoding, delimiterName(table.Delimiter), layout.Kind)
	width := 0
	for _, match := range layout.Matches {
		width = max(width, utf8.RuneCountInString(match.Column))
	}
	grounds := map[sheet.Why]string{
		sheet.ByWord: "as you said", sheet.ByName: "by its heading", sheet.ByPart: "by a part of its heading", sheet.ByContent: "by its content",
	}
	for _, match := range layout.Matches {
		known := grounds[match.Why]
		if !match.Certain() {
			known = "a guess, " + known + ": --columns says it otherwise"
		}
		fmt.Fprintf(&b, "  %-*s → %-12s %s\n", width, match.Column, match.Field, known)
	}
	for _, fixed := range layout.Fixed {
		fmt.Fprintf(&b, "  %-*s → %-12s in every row\n", width, fixed.Value, fixed.Field)
	}
	if len(layout.Ignored) > 0 {
		fmt.Fprintf(&b, "  left out: %s\n", strings.Join(layout.Ignored, ", "))
	}
	b.WriteByte('\n')
	return b.String()
}

func delimiterName(delimiter rune) string {
	switch delimiter {
	case '\t':
		return "tabs"
	case ',':
		return "commas"
	case ';':
		return "semicolons"
	default:
		return string(delimiter)
	}
}
