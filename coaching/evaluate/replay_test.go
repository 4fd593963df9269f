package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/smallwins/smallwins/coaching"
)

// replayed returns what is told of two years of 40 deals a month, half of them won
// until the last months, and of a list of 300 subscribers of whom some left last.
func replayed(t *testing.T) [][]string {
	t.Helper()
	dir := t.TempDir()
	var deals, customers strings.Builder
	deals.WriteString("opportunity_id,sales_agent,regional_office,product,deal_stage,engage_date,close_date\n")
	first := coaching.Date{Year: 2016, Month: 1, Day: 4}
	for month := range 24 {
		won := 20
		if month >= 20 {
			won = 6
		}
		for i := range 40 {
			stage := "Lost"
			if i < won {
				stage = "Won"
			}
			day := first.AddMonths(month).AddDays(i % 20)
			agent := [...]string{"Ann", "Bob"}[i%2]
			fmt.Fprintf(&deals, "d%d-%d,%s,North,Box,%s,%s,%s\n", month, i, agent, stage, day, day.AddDays(3))
		}
	}
	deals.WriteString("never,Ann,North,Box,Prospecting,,\n")
	customers.WriteString("customer,tenure_months,contract,churned\n")
	for i := range 300 {
		left := 0
		if i%6 == 0 {
			left = 1
		}
		fmt.Fprintf(&customers, "c%d,%d,Monthly,%d\n", i, 1+i%40, left)
	}
	writeFile(t, filepath.Join(dir, opportunitiesFile), deals.String())
	writeFile(t, filepath.Join(dir, subscribersFile), customers.String())
	var out strings.Builder
	if err := run([]string{"replay", "-data", dir}, &out, io.Discard); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(out.String())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

func TestReplayTellsWhatWasToBeKnownThen(t *testing.T) {
	t.Parallel()
	told := make(map[string]string)
	for _, row := range replayed(t) {
		if row[3] == string(coaching.AlarmBegan) {
			told[row[0]+" "+row[1]+" "+row[4]] = row[2]
		}
	}
	if look := told["deal as it happened win_rate/"]; look != "2017-10-01" && look != "2017-11-01" {
		t.Errorf("the fall of September 2017 is told on %q", look)
	}
	if look := told["customer as it happened churn/"]; look != "2020-01-01" {
		t.Errorf("as if nobody had left before, the leavings are told on %q", look)
	}
	if look, warned := told["customer at the end churn/"]; warned {
		t.Errorf("a list of today's customers raises a warning on %s", look)
	}
}

func TestReplayNamesTheFileThatCannotBeRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := run([]string{"replay", "-data", dir}, io.Discard, io.Discard); err == nil || !strings.Contains(err.Error(), opportunitiesFile) {
		t.Errorf("got %v", err)
	}
	writeFile(t, filepath.Join(dir, opportunitiesFile), "opportunity_id,sales_agent,regional_office,product,deal_stage,engage_date,close_date\nd1,Ann,North,Box,Won,soon,\n")
	if err := run([]string{"replay", "-data", dir}, io.Discard, io.Discard); err == nil || !strings.Contains(err.Error(), "engage_date") {
		t.Errorf("got %v", err)
	}
}
