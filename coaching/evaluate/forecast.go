package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/smallwins/smallwins/coaching"
)

// series is one history to forecast.
type series struct {
	id      string
	perYear int
	horizon int
	values  []float64
}

// evaluateForecast forecasts every series of the folder, from its last values
// only where last is above zero, and writes a line for each period ahead and
// for the totals that goals are set for: the next quarter and year.
func evaluateForecast(dir string, last int, out io.Writer) error {
	all, err := readSeries(dir)
	if err != nil {
		return err
	}
	w := csv.NewWriter(out)
	if err := w.Write([]string{"series_id", "h", "mean", "lo80", "hi80", "lo95", "hi95"}); err != nil {
		return fmt.Errorf("writing the header: %w", err)
	}
	for _, s := range all {
		if err := writeForecast(w, s, last); err != nil {
			return fmt.Errorf("series %s: %w", s.id, err)
		}
	}
	w.Flush()
	return w.Error()
}

// writeForecast writes the lines of one series.
func writeForecast(w *csv.Writer, s *series, last int) error {
	history := s.values
	if last > 0 && len(history) > last {
		history = history[len(history)-last:]
	}
	f, err := coaching.NewForecast(history, s.perYear, s.horizon)
	if err != nil {
		return err
	}
	line := func(h string, d coaching.Distribution) error {
		lo80, hi80 := d.Within80()
		lo95, hi95 := d.Within95()
		record := []string{s.id, h}
		for _, v := range []float64{d.Median(), lo80, hi80, lo95, hi95} {
			record = append(record, strconv.FormatFloat(v, 'g', 12, 64))
		}
		return w.Write(record)
	}
	for h := 1; h <= s.horizon; h++ {
		if err := line(strconv.Itoa(h), f.At(h)); err != nil {
			return err
		}
	}
	totals := []int{s.perYear / 4, s.perYear}
	for _, k := range slices.Compact(totals) {
		if k > 1 && k <= s.horizon {
			if err := line("S"+strconv.Itoa(k), f.Total(1, k)); err != nil {
				return err
			}
		}
	}
	return nil
}

// readSeries reads the histories of the folder in the order of its meta file.
func readSeries(dir string) ([]*series, error) {
	meta, err := readTable(filepath.Join(dir, "forecast_meta.csv"), "series_id", "freq", "h")
	if err != nil {
		return nil, err
	}
	all := make([]*series, 0, len(meta))
	byID := make(map[string]*series, len(meta))
	for _, row := range meta {
		s := &series{id: row[0]}
		if s.perYear, err = strconv.Atoi(row[1]); err != nil {
			return nil, fmt.Errorf("series %s: freq: %w", s.id, err)
		}
		if s.horizon, err = strconv.Atoi(row[2]); err != nil {
			return nil, fmt.Errorf("series %s: h: %w", s.id, err)
		}
		all, byID[s.id] = append(all, s), s
	}
	values, err := readTable(filepath.Join(dir, "forecast_train.csv"), "series_id", "t", "value")
	if err != nil {
		return nil, err
	}
	for _, row := range values {
		s, ok := byID[row[0]]
		if !ok {
			return nil, fmt.Errorf("series %s has values but no line in forecast_meta.csv", row[0])
		}
		if want := strconv.Itoa(len(s.values) + 1); row[1] != want {
			return nil, fmt.Errorf("series %s: t is %s where %s comes next", s.id, row[1], want)
		}
		v, err := strconv.ParseFloat(row[2], 64)
		if err != nil {
			return nil, fmt.Errorf("series %s: value %s: %w", s.id, row[1], err)
		}
		s.values = append(s.values, v)
	}
	return all, nil
}

// readTable reads the named columns of a CSV file with a header.
func readTable(path string, columns ...string) (rows [][]string, err error) {
	file, err := os.Open(path) //nolint:gosec // The user names the folder.
	if err != nil {
		return nil, fmt.Errorf("opening the table: %w", err)
	}
	defer func() { err = firstError(err, file.Close()) }()
	all, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", filepath.Base(path), err)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("reading %s: no header", filepath.Base(path))
	}
	places := make([]int, len(columns))
	for i, column := range columns {
		if places[i] = slices.Index(all[0], column); places[i] < 0 {
			return nil, fmt.Errorf("reading %s: no column %s", filepath.Base(path), column)
		}
	}
	for _, record := range all[1:] {
		row := make([]string, len(columns))
		for i, place := range places {
			row[i] = record[place]
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// firstError returns the first of the errors that is one.
func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
