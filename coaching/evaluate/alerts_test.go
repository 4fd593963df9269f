package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// alertLine returns a stream of so many weeks of 2 won of 5, and then of none.
func alertLine(scenario string, run, stream, usual, bad int) string {
	counts := slices.Concat(slices.Repeat([]string{"2/5"}, usual), slices.Repeat([]string{"0/5"}, bad))
	return fmt.Sprintf("%s,fall,48,%d,%d,%s\n", scenario, run, stream, strings.Join(counts, " "))
}

func writeStreams(t *testing.T, lines ...string) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "streams.csv")
	writeFile(t, path, "scenario,direction,periods_per_year,run,stream,counts\n"+strings.Join(lines, ""))
	return path
}

// mustAlarm returns the alarms that the program raises over a file of streams.
func mustAlarm(t *testing.T, path string) [][]string {
	t.Helper()
	var out strings.Builder
	if err := run([]string{"alerts", "-streams", path}, &out, io.Discard); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(out.String())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(rows[0], ","); got != "scenario,run,stream,period" {
		t.Fatalf("header %q", got)
	}
	return rows[1:]
}

func TestAlarmsAreWrittenByPeriod(t *testing.T) {
	t.Parallel()
	churn := "s03,rise,12,0,0," + strings.Join(slices.Concat(slices.Repeat([]string{"3/200"}, 18), slices.Repeat([]string{"20/200"}, 3)), " ") + "\n"
	got := mustAlarm(t, writeStreams(t, alertLine("s01", 0, 0, 96, 12), alertLine("s01", 1, 0, 108, 0), churn))
	if len(got) != 2 || strings.Join(got[0][:3], ",") != "s01,0,0" || strings.Join(got[1][:3], ",") != "s03,0,0" {
		t.Fatalf("got %v", got)
	}
	for i, bounds := range [][2]int{{97, 107}, {18, 19}} {
		if period, err := strconv.Atoi(got[i][3]); err != nil || period < bounds[0] || period > bounds[1] {
			t.Errorf("period %s, want one of %v", got[i][3], bounds)
		}
	}
}

func TestAnAlarmNeverUsesWhatCameLater(t *testing.T) {
	t.Parallel()
	whole := mustAlarm(t, writeStreams(t, alertLine("s01", 0, 0, 96, 24), alertLine("s01", 0, 1, 120, 0)))
	if len(whole) == 0 {
		t.Fatal("no alarm")
	}
	period, err := strconv.Atoi(whole[0][3])
	if err != nil {
		t.Fatal(err)
	}
	cut := func(periods int) [][]string {
		return mustAlarm(t, writeStreams(t, alertLine("s01", 0, 0, 96, periods-96), alertLine("s01", 0, 1, periods, 0)))
	}
	if until := cut(period + 1); len(until) != 1 || until[0][3] != whole[0][3] {
		t.Errorf("with nothing after it: %v, want %v", until, whole[0])
	}
	if before := cut(period); len(before) != 0 {
		t.Errorf("without its own period: %v", before)
	}
}

func TestStreamsOfARunShareItsBudget(t *testing.T) {
	t.Parallel()
	alone := mustAlarm(t, writeStreams(t, alertLine("s01", 0, 0, 96, 24)))
	lines := []string{alertLine("s01", 0, 0, 96, 24)}
	for stream := 1; stream < 30; stream++ {
		// Peers with too little to tell anything, so that all they do is share.
		lines = append(lines, fmt.Sprintf("s01,fall,48,0,%d,%s\n", stream, strings.Join(slices.Repeat([]string{"0/0"}, 120), " ")))
	}
	among := mustAlarm(t, writeStreams(t, lines...))
	if len(alone) != 1 || len(among) != 1 {
		t.Fatalf("alone %v, among 30 %v", alone, among)
	}
	one, _ := strconv.Atoi(alone[0][3])
	other, _ := strconv.Atoi(among[0][3])
	if other <= one {
		t.Errorf("among 30 in period %d, alone in %d", other, one)
	}
}

func TestStreamsThatCannotBeReadAreNamed(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ line, want string }{
		"a direction": {"s01,sideways,48,0,0,1/2\n", "sideways"},
		"the year":    {"s01,fall,50,0,0,1/2\n", "50"},
		"a count":     {"s01,fall,48,0,0,1/2 many\n", "many"},
		"more won":    {"s01,fall,48,0,0,3/2\n", "3/2"},
	} {
		if err := run([]string{"alerts", "-streams", writeStreams(t, tt.line)}, io.Discard, io.Discard); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := run([]string{"alerts", "-streams", "none.csv"}, io.Discard, io.Discard); err == nil {
		t.Error("a file that is not there")
	}
}
