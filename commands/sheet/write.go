package sheet

import (
	"encoding/csv"
	"fmt"
	"io"
)

// Writer writes a table as CSV with nothing in it that a spreadsheet would take
// for a formula; reading it gives the same cells back.
type Writer struct{ out *csv.Writer }

// NewWriter begins a table with its headings.
func NewWriter(to io.Writer, header []string) (*Writer, error) {
	w := &Writer{out: csv.NewWriter(to)}
	return w, w.Write(header)
}

// Write adds a row.
func (w *Writer) Write(cells []string) error {
	guarded := make([]string, len(cells))
	for i, cell := range cells {
		guarded[i] = Guard(cell)
	}
	if err := w.out.Write(guarded); err != nil {
		return fmt.Errorf("write row: %w", err)
	}
	return nil
}

// Flush writes what is buffered.
func (w *Writer) Flush() error {
	w.out.Flush()
	return w.out.Error()
}
