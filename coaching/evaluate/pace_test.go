package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// writeSales writes a data folder in which two teams sell 100 and 200 on every
// weekday of January to April 2025, followed by the lines given.
func writeSales(t *testing.T, more ...string) (dir string) {
	t.Helper()
	var lines strings.Builder
	lines.WriteString("set,team,date,revenue,profit,orders\n")
	for month, days := range []int{31, 28, 31, 30} {
		for day := 1; day <= days; day++ {
			fmt.Fprintf(&lines, "s,a,2025-%02d-%02d,100,,1\n", month+1, day)
			fmt.Fprintf(&lines, "s,b,2025-%02d-%02d,200,,2\n", month+1, day)
		}
	}
	lines.WriteString(strings.Join(more, "\n"))
	dir = t.TempDir()
	writeFile(t, filepath.Join(dir, salesFile), lines.String())
	return dir
}

func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func writePoints(t *testing.T, points string) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "points.csv")
	writeFile(t, path, "point_id,set,team,month,checkpoint,asof,target\n"+points)
	return path
}

func answers(t *testing.T, dir, points string) [][]string {
	t.Helper()
	var out strings.Builder
	if err := evaluatePace(dir, points, &out); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(out.String())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestEveryPointIsAnswered(t *testing.T) {
	t.Parallel()
	points := writePoints(t, "a easy,s,a,2025-04,50,2025-04-15,2500\na hard,s,a,2025-04,50,2025-04-15,4500\nb,s,b,2025-04,50,2025-04-15,6000\n")
	rows := answers(t, writeSales(t), points)
	if len(rows) != 4 || strings.Join(rows[0], ",") != "point_id,mean,p" {
		t.Fatalf("got %v", rows)
	}
	for i, want := range []struct {
		id                    string
		mean, least, greatest float64
	}{{"a easy", 3000, 0.9, 1}, {"a hard", 3000, 0, 0.1}, {"b", 6000, 0.3, 0.7}} {
		row := rows[i+1]
		mean, errMean := strconv.ParseFloat(row[1], 64)
		p, errP := strconv.ParseFloat(row[2], 64)
		if errMean != nil || errP != nil {
			t.Fatalf("row %v: %v, %v", row, errMean, errP)
		}
		if row[0] != want.id || mean < want.mean*0.95 || mean > want.mean*1.05 || p < want.least || p > want.greatest {
			t.Errorf("got %v, want %s about %.0f with a chance of %.1f to %.1f", row, want.id, want.mean, want.least, want.greatest)
		}
	}
}

func TestAnswersNeverUseWhatCameLater(t *testing.T) {
	t.Parallel()
	points := writePoints(t, "a,s,a,2025-04,50,2025-04-15,3000\n")
	plain := answers(t, writeSales(t), points)
	later := answers(t, writeSales(t, "s,a,2025-04-16,90000,,9", "s,b,2025-05-01,90000,,9", "s,new,2025-04-16,5,,1"), points)
	if plain[1][1] != later[1][1] || plain[1][2] != later[1][2] {
		t.Errorf("later sales change the answer from %v to %v", plain[1], later[1])
	}
	earlier := answers(t, writeSales(t, "s,a,2025-04-15,900,,9"), points)
	if plain[1][1] == earlier[1][1] {
		t.Error("sales of the day itself must count")
	}
}

func TestWhatCannotBeReadIsNamed(t *testing.T) {
	t.Parallel()
	good := "a,s,a,2025-04,50,2025-04-15,3000\n"
	for name, tt := range map[string]struct{ dir, points, want string }{
		"no folder":     {filepath.Join(t.TempDir(), "none"), writePoints(t, good), "daily_sales.csv"},
		"no points":     {writeSales(t), filepath.Join(t.TempDir(), "none.csv"), "none.csv"},
		"a bad date":    {writeSales(t, "s,a,2025-02-30,1,,1"), writePoints(t, good), "2025-02-30"},
		"a bad amount":  {writeSales(t, "s,a,2025-02-03,much,,1"), writePoints(t, good), "much"},
		"no such team":  {writeSales(t), writePoints(t, "x,s,c,2025-04,50,2025-04-15,1\n"), `team "c"`},
		"no such set":   {writeSales(t), writePoints(t, "x,q,a,2025-04,50,2025-04-15,1\n"), `set "q"`},
		"a bad target":  {writeSales(t), writePoints(t, "x,s,a,2025-04,50,2025-04-15,?\n"), "points.csv:2"},
		"another table": {writeSales(t), filepath.Join(writeSales(t), salesFile), `"point_id"`},
	} {
		err := evaluatePace(tt.dir, tt.points, &strings.Builder{})
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want an error that names %s", name, err, tt.want)
		}
	}
}
