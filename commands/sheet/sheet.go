// Package sheet reads tables that spreadsheets and CRMs export, as CSV in any of
// its dialects, and turns their rows into events.
//
// It finds out the encoding, the delimiter, the order of days and months, the
// decimal mark, and which column is what, and says of each how sure it is and
// why. It keeps nothing and writes nothing. Cells are text: a formula is never
// reckoned, only read as the characters it is made of.
package sheet

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Limits of what is read.
const (
	sampleSize = 64 << 10 // bytes from which encoding and delimiter are told
	maxRecord  = 1 << 20  // bytes of one row; a quote that never ends is longer
	maxColumns = 500
	sampleRows = 200 // rows from which columns are told
)

// ErrEmpty is returned for a table without a row of headings.
var ErrEmpty = errors.New("the table is empty: its first line must name the columns")

// Row is a row of a table.
type Row struct {
	Line  int // on which it begins, from 1
	Cells []string
}

// Table reads a table row by row, in memory that does not grow with it.
type Table struct {
	Encoding  Encoding
	Delimiter rune
	// Header names the columns, each once.
	Header []string

	reader *csv.Reader
	guard  *recordGuard
	ahead  []Row // read as the sample and not handed out yet
	end    error
}

// Open begins to read a table. An empty encoding and a zero delimiter are found
// out.
func Open(source io.Reader, from Encoding, delimiter rune) (*Table, error) {
	raw := bufio.NewReaderSize(source, sampleSize)
	start, err := raw.Peek(sampleSize)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return nil, fmt.Errorf("read table: %w", err)
	}
	if from == "" {
		from = sniffEncoding(start)
	}
	text := bufio.NewReaderSize(decoded(raw, from), sampleSize)
	start, err = text.Peek(sampleSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read table: %w", err)
	}
	first, _, _ := strings.Cut(string(start), "\n")
	told, skip := toldDelimiter(first)
	lines := 0
	if skip {
		if _, err := text.ReadString('\n'); err != nil && !errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("read table: %w", err)
		}
		start, lines = start[min(len(first)+1, len(start)):], 1
	}
	switch {
	case delimiter != 0:
	case told != 0:
		delimiter = told
	default:
		delimiter = sniffDelimiter(string(start))
	}
	t := &Table{Encoding: from, Delimiter: delimiter, guard: &recordGuard{source: text, line: lines}}
	t.reader = csv.NewReader(t.guard)
	t.reader.Comma, t.reader.LazyQuotes, t.reader.FieldsPerRecord = delimiter, true, -1
	header, err := t.read()
	switch {
	case errors.Is(err, io.EOF):
		return nil, ErrEmpty
	case err != nil:
		return nil, err
	case len(header.Cells) > maxColumns:
		return nil, fmt.Errorf("the table has %d columns and at most %d are read: leave some out", len(header.Cells), maxColumns)
	}
	t.Header = distinct(header.Cells)
	for len(t.ahead) < sampleRows && t.end == nil {
		row, err := t.read()
		if err != nil {
			t.end = err
			break
		}
		t.ahead = append(t.ahead, row)
	}
	return t, nil
}

// toldDelimiter reads the line "sep=;" that Excel takes the delimiter from.
func toldDelimiter(line string) (delimiter rune, told bool) {
	rest, found := strings.CutPrefix(strings.ToLower(strings.TrimRight(line, "\r")), "sep=")
	if runes := []rune(rest); found && len(runes) == 1 {
		return runes[0], true
	}
	return 0, false
}

// delimiters are what divides cells, the likeliest first.
var delimiters = []rune{',', ';', '\t', '|'}

// sniffDelimiter returns the delimiter that cuts the first lines into the most
// cells, as many in each.
func sniffDelimiter(start string) rune {
	best, most := delimiters[0], 0
	for _, delimiter := range delimiters {
		reader := csv.NewReader(strings.NewReader(start))
		reader.Comma, reader.LazyQuotes, reader.FieldsPerRecord = delimiter, true, -1
		first, alike := 0, 0
		for range 10 {
			cells, err := reader.Read()
			if err != nil {
				break
			}
			if first == 0 {
				first = len(cells)
			}
			if len(cells) == first {
				alike++
			}
		}
		if score := (first - 1) * alike; score > most {
			best, most = delimiter, score
		}
	}
	return best
}

// distinct trims headings and tells those apart that are the same.
func distinct(names []string) []string {
	header := make([]string, 0, len(names))
	for i, name := range names {
		name = strings.Join(strings.Fields(unguard(name)), " ")
		if name == "" {
			name = "column " + strconv.Itoa(i+1)
		}
		unique := name
		for n := 2; slices.Contains(header, unique); n++ {
			unique = name + " (" + strconv.Itoa(n) + ")"
		}
		header = append(header, unique)
	}
	return header
}

// Sample returns the first rows, which Next returns as well.
func (t *Table) Sample() []Row { return t.ahead }

// Next returns the next row that has anything in it. The error is io.EOF at the
// end.
func (t *Table) Next() (Row, error) {
	if len(t.ahead) > 0 {
		row := t.ahead[0]
		t.ahead = t.ahead[1:]
		return row, nil
	}
	if t.end != nil {
		return Row{}, t.end
	}
	row, err := t.read()
	if err != nil {
		t.end = err
	}
	return row, err
}

func (t *Table) read() (Row, error) {
	for {
		t.guard.left = maxRecord
		cells, err := t.reader.Read()
		if err != nil {
			var long *longRecordError
			if errors.As(err, &long) {
				return Row{}, long
			}
			if errors.Is(err, io.EOF) {
				return Row{}, io.EOF
			}
			return Row{}, fmt.Errorf("read table: %w", err)
		}
		line, _ := t.reader.FieldPos(0)
		line += t.guard.line
		t.guard.last = line
		blank := true
		for i, cell := range cells {
			cells[i] = unguard(strings.TrimSpace(cell))
			blank = blank && cells[i] == ""
		}
		if !blank {
			return Row{Line: line, Cells: cells}, nil
		}
	}
}

// recordGuard ends a table whose row is too long to be one.
type recordGuard struct {
	source     io.Reader
	left       int // bytes that the present row may still have
	line, last int // lines before the table, and the last row's
}

// Read reads on.
func (g *recordGuard) Read(p []byte) (int, error) {
	if g.left <= 0 {
		return 0, &longRecordError{after: g.last}
	}
	n, err := g.source.Read(p)
	g.left -= n
	return n, err
}

type longRecordError struct{ after int }

// Error says where to look.
func (e *longRecordError) Error() string {
	return fmt.Sprintf("a quotation mark behind line %d is never closed: close it, or take it out", e.after)
}

// Guard returns a text so that no spreadsheet takes it for a formula: those
// begin with one of = + - @, a tab or a return, and a number is none. Unguarding
// happens as a table is read.
func Guard(text string) string {
	if text == "" || strings.IndexByte("=+-@\t\r", text[0]) < 0 {
		return text
	}
	if _, err := strconv.ParseFloat(text, 64); err == nil {
		return text
	}
	return "'" + text
}

// unguard takes away what [Guard] put before a text.
func unguard(text string) string {
	if len(text) > 1 && text[0] == '\'' && strings.IndexByte("=+-@\t\r", text[1]) >= 0 {
		return text[1:]
	}
	return text
}
