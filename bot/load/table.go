package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"
)

// table is the measurements of a run, the bare handler's before the server's at
// each number of connections.
type table []measurement

// report writes the table in Markdown. The error tells of wrong answers.
func (t table) report(output io.Writer) error {
	var (
		text  strings.Builder
		wrong error
	)
	text.WriteString("| connections\t| server\t| requests/s\t| of bare\t| p50\t| p99\t| CPU/request\t| RSS, peak\t| client CPU/request\t|\n")
	text.WriteString("| ---\t| ---\t| ---\t| ---\t| ---\t| ---\t| ---\t| ---\t| ---\t|\n")
	for i, m := range t {
		ratio := none
		if i%2 == 1 {
			ratio = fmt.Sprintf("%.0f%%", 100*m.outcome.perSecond()/t[i-1].outcome.perSecond()) //nolint:gosec // i is odd.
		}
		memory := none
		if m.peak > 0 {
			memory = fmt.Sprintf("%.0f, %.0f MiB", mib(m.resident), mib(m.peak))
		}
		fmt.Fprintf(&text, "| %d\t| %s\t| %.0f\t| %s\t| %s\t| %s\t| %s\t| %s\t| %s\t|\n", m.connections, m.server,
			m.outcome.perSecond(), ratio, millis(m.outcome.latency.percentile(0.5)), millis(m.outcome.latency.percentile(0.99)),
			micros(m.cpu), memory, micros(m.clientCPU))
		if m.outcome.wrong > 0 {
			wrong = errors.Join(wrong, fmt.Errorf("%s at %d connections: %d wrong answers beside %d right ones, the first: %w",
				m.server, m.connections, m.outcome.wrong, m.outcome.right, m.outcome.firstWrong))
		}
	}
	cells := tabwriter.NewWriter(output, 0, 0, 1, ' ', 0)
	_, err := io.WriteString(cells, text.String())
	return errors.Join(err, cells.Flush(), wrong)
}

// none stands for what was not measured.
const none = "—"

func micros(d time.Duration) string {
	if d == 0 {
		return none
	}
	return fmt.Sprintf("%.1f µs", float64(d)/float64(time.Microsecond))
}

func millis(d time.Duration) string {
	return fmt.Sprintf("%.2f ms", float64(d)/float64(time.Millisecond))
}

func mib(bytes int64) float64 { return float64(bytes) / (1 << 20) }
