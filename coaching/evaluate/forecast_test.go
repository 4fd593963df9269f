package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/smallwins/smallwins/coaching"
)

// writeData writes a data folder with a monthly series of 40 and a quarterly
// one of 10 values, and returns it with the values.
func writeData(t *testing.T) (dir string, monthly, quarterly []float64) {
	t.Helper()
	dir = t.TempDir()
	meta := "series_id,freq,source,kind,start,n,h,scale\n" +
		"shop,12,made up,retail,2020-01,40,12,1\n" +
		"mill,4,made up,industry,2020-1,10,4,1\n"
	var train strings.Builder
	train.WriteString("series_id,t,value\n")
	for t := range 40 {
		v := 1000 + 5*float64(t) + 200*math.Sin(2*math.Pi*float64(t)/12) + float64(t*t%17)
		monthly = append(monthly, v)
		fmt.Fprintf(&train, "shop,%d,%v\n", t+1, v)
	}
	for t := range 10 {
		v := 50 + float64(t*t%7)
		quarterly = append(quarterly, v)
		fmt.Fprintf(&train, "mill,%d,%v\n", t+1, v)
	}
	write(t, dir, "forecast_meta.csv", meta)
	write(t, dir, "forecast_train.csv", train.String())
	return dir, monthly, quarterly
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// mustRun runs the program and returns the records below the header.
func mustRun(t *testing.T, args ...string) [][]string {
	t.Helper()
	var out bytes.Buffer
	if err := run(args, &out, io.Discard); err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(&out).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(records[0], ","), "series_id,h,mean,lo80,hi80,lo95,hi95"; got != want {
		t.Fatalf("header %q, want %q", got, want)
	}
	return records[1:]
}

func TestForecastWritesEveryHorizonAndTotal(t *testing.T) {
	t.Parallel()
	dir, _, _ := writeData(t)
	var got []string
	for _, record := range mustRun(t, "forecast", "-data", dir) {
		got = append(got, record[0]+" "+record[1])
		var v [5]float64
		for i := range v {
			var err error
			if v[i], err = strconv.ParseFloat(record[i+2], 64); err != nil {
				t.Fatal(err)
			}
		}
		if mean, lo80, hi80, lo95, hi95 := v[0], v[1], v[2], v[3], v[4]; !slices.IsSorted([]float64{lo95, lo80, mean, hi80, hi95}) {
			t.Errorf("out of order: %v", record)
		}
	}
	want := []string{
		"shop 1", "shop 2", "shop 3", "shop 4", "shop 5", "shop 6", "shop 7", "shop 8",
		"shop 9", "shop 10", "shop 11", "shop 12", "shop S3", "shop S12",
		"mill 1", "mill 2", "mill 3", "mill 4", "mill S4",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestForecastIsWhatTheProductWouldSay(t *testing.T) {
	t.Parallel()
	dir, monthly, _ := writeData(t)
	for _, last := range []int{0, 24, 1000} {
		history := monthly
		if last == 24 {
			history = monthly[len(monthly)-24:]
		}
		f, err := coaching.NewForecast(history, 12, 12)
		if err != nil {
			t.Fatal(err)
		}
		record := mustRun(t, "forecast", "-data", dir, "-last", strconv.Itoa(last))[12]
		want := strconv.FormatFloat(f.Total(1, 3).Median(), 'g', 12, 64)
		if record[1] != "S3" || record[2] != want {
			t.Errorf("last %d: got %v, want S3 of %s", last, record, want)
		}
	}
}

func TestForecastRefusesDataThatIsNotInOrder(t *testing.T) {
	t.Parallel()
	const meta = "series_id,freq,h\nshop,12,12\n"
	for name, c := range map[string]struct{ meta, train, want string }{
		"a gap":            {meta, "series_id,t,value\nshop,1,5\nshop,3,5\n", "t is 3 where 2 comes next"},
		"no number":        {meta, "series_id,t,value\nshop,1,many\n", "value 1"},
		"a stranger":       {meta, "series_id,t,value\nkiosk,1,5\n", "kiosk"},
		"a missing column": {meta, "series_id,t\nshop,1\n", "no column value"},
		"too little":       {meta, "series_id,t,value\nshop,1,5\n", "too_little_history"},
		"no frequency":     {"series_id,freq,h\nshop,often,12\n", "series_id,t,value\n", "freq"},
		"an empty file":    {"", "series_id,t,value\n", "no header"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			write(t, dir, "forecast_meta.csv", c.meta)
			write(t, dir, "forecast_train.csv", c.train)
			err := run([]string{"forecast", "-data", dir}, io.Discard, io.Discard)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want it to name %q", err, c.want)
			}
		})
	}
}

func TestUnknownSubcommandsAreNamed(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{nil, {"guess"}, {"forecast", "-speed", "9"}, {"forecast", "-data", t.TempDir()}} {
		if err := run(args, io.Discard, io.Discard); err == nil {
			t.Errorf("%v: no error", args)
		}
	}
}
