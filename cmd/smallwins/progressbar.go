package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/mattn/go-isatty"
)

// progressBar shows how far a long command is, on a terminal and nowhere else:
// in a file or a pipe its lines would be litter.
type progressBar struct {
	out   io.Writer // nil shows nothing
	total int64
	began time.Time
	drawn time.Time
	now   func() time.Time
}

// The bar's width, and how often it is drawn.
const (
	barWidth = 30
	barEvery = 100 * time.Millisecond
)

// newProgressBar returns a bar for work of a known size, in any unit.
func newProgressBar(total int64) *progressBar {
	bar := &progressBar{total: total, began: systemTime(), now: systemTime}
	if isatty.IsTerminal(os.Stderr.Fd()) {
		bar.out = os.Stderr
	}
	return bar
}

// Show draws the bar at a place, with a word on what is there.
func (b *progressBar) Show(done int64, what string) {
	if b.out == nil || b.total <= 0 {
		return
	}
	now := b.now()
	if now.Sub(b.drawn) < barEvery && done < b.total {
		return
	}
	b.drawn = now
	done = min(done, b.total)
	filled := int(barWidth * done / b.total)
	left := ""
	if spent := now.Sub(b.began); done > 0 && done < b.total && spent > time.Second {
		rest := time.Duration(float64(spent) * float64(b.total-done) / float64(done))
		left = ", " + rest.Round(time.Second).String() + " left"
	}
	fmt.Fprintf(b.out, "\r\x1b[K[%s%s] %d%%  %s%s", strings.Repeat("#", filled), strings.Repeat(".", barWidth-filled), 100*done/b.total, what, left)
}

// End takes the bar away.
func (b *progressBar) End() {
	if b.out != nil && !b.drawn.IsZero() {
		fmt.Fprint(b.out, "\r\x1b[K")
	}
}

// countingReader counts what was read.
type countingReader struct {
	source io.Reader
	read   int64
}

// Read reads on.
func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.source.Read(p)
	c.read += int64(n)
	return n, err
}
