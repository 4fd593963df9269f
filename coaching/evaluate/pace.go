package main

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"github.com/smallwins/smallwins/coaching"
)

// salesFile is the daily record, one line for each team and day with sales.
const salesFile = "daily_sales.csv"

// team is one team of a set; teams of a set share a book.
type team struct {
	name string
	days []coaching.DayFigure
}

// sales is the daily record by set.
type sales map[string]*salesSet

type salesSet struct {
	from  coaching.Date // first day of any team
	teams []team
	index map[string]int
}

// point is one question: the chance that a team's month ends at the target or
// above, seen from the end of a day.
type point struct {
	id, set, team string
	month         coaching.Date
	asOf          coaching.Date
	target        float64
}

// evaluatePace answers the questions of the points file from the daily sales
// in dir and writes point_id,mean,p lines. Each answer comes from a book that
// is cut at the question's day; mean is the outlook's middle, the single
// figure that is nearest to the truth on average.
func evaluatePace(dir, points string, out io.Writer) error {
	record, err := readSales(filepath.Join(dir, salesFile))
	if err != nil {
		return fmt.Errorf("evaluate pace: %w", err)
	}
	asked, err := readPoints(points)
	if err != nil {
		return fmt.Errorf("evaluate pace: %w", err)
	}
	type bookKey struct {
		set  string
		asOf coaching.Date
	}
	books := map[bookKey]*coaching.PaceBook{}
	buffer := bufio.NewWriter(out)
	fmt.Fprintln(buffer, "point_id,mean,p")
	for _, p := range asked {
		set := record[p.set]
		if set == nil {
			return fmt.Errorf("evaluate pace: point %s: set %q has no sales", p.id, p.set)
		}
		number, known := set.index[p.team]
		if !known {
			return fmt.Errorf("evaluate pace: point %s: team %q has no sales", p.id, p.team)
		}
		key := bookKey{set: p.set, asOf: p.asOf}
		book := books[key]
		if book == nil {
			if book, err = set.bookAt(p.asOf); err != nil {
				return fmt.Errorf("evaluate pace: point %s: %w", p.id, err)
			}
			books[key] = book
		}
		outlook := book.Outlook(number, coaching.PeriodOf(coaching.Month, p.month))
		fmt.Fprintf(buffer, "%s,%.4f,%.6f\n", p.id, outlook.Middle(), outlook.Chance(p.target))
	}
	if err := buffer.Flush(); err != nil {
		return fmt.Errorf("evaluate pace: %w", err)
	}
	return nil
}

// bookAt opens the set's book at the end of a day; no later figure enters it.
func (s *salesSet) bookAt(asOf coaching.Date) (*coaching.PaceBook, error) {
	ledgers := make([]coaching.Ledger, len(s.teams))
	for i, team := range s.teams {
		known := make([]coaching.DayFigure, 0, len(team.days))
		for _, day := range team.days {
			if !day.Day.After(asOf) {
				known = append(known, day)
			}
		}
		ledgers[i] = coaching.Ledger{From: s.from, Days: known}
	}
	return coaching.NewPaceBook(asOf, ledgers...)
}

func readSales(path string) (sales, error) {
	record := sales{}
	err := eachRow(path, []string{"set", "team", "date", "revenue", "orders"}, func(row []string) error {
		day, err := coaching.ParseDate(row[2])
		if err != nil {
			return err
		}
		revenue, err := strconv.ParseFloat(row[3], 64)
		if err != nil {
			return err
		}
		orders, err := strconv.Atoi(row[4])
		if err != nil {
			return err
		}
		set := record[row[0]]
		if set == nil {
			set = &salesSet{from: day, index: map[string]int{}}
			record[row[0]] = set
		}
		if day.Before(set.from) {
			set.from = day
		}
		number, known := set.index[row[1]]
		if !known {
			number = len(set.teams)
			set.index[row[1]] = number
			set.teams = append(set.teams, team{name: row[1]})
		}
		figure := coaching.DayFigure{Day: day, Amount: revenue, Entries: orders}
		set.teams[number].days = append(set.teams[number].days, figure)
		return nil
	})
	return record, err
}

func readPoints(path string) (points []point, err error) {
	err = eachRow(path, []string{"point_id", "set", "team", "month", "asof", "target"}, func(row []string) error {
		month, err := coaching.ParseDate(row[3] + "-01")
		if err != nil {
			return err
		}
		asOf, err := coaching.ParseDate(row[4])
		if err != nil {
			return err
		}
		target, err := strconv.ParseFloat(row[5], 64)
		if err != nil {
			return err
		}
		points = append(points, point{id: row[0], set: row[1], team: row[2], month: month, asOf: asOf, target: target})
		return nil
	})
	return points, err
}

// eachRow calls do with the named columns of every line of a CSV file. The
// slice is reused from line to line.
func eachRow(path string, columns []string, do func(row []string) error) error {
	file, err := os.Open(path) //nolint:gosec // the path is the caller's own argument
	if err != nil {
		return err
	}
	defer file.Close()
	reader := csv.NewReader(bufio.NewReader(file))
	reader.ReuseRecord = true
	header, err := reader.Read()
	if err != nil {
		return fmt.Errorf("%s: header: %w", path, err)
	}
	places := make([]int, len(columns))
	for i, column := range columns {
		places[i] = -1
		for j, name := range header {
			if name == column {
				places[i] = j
			}
		}
		if places[i] < 0 {
			return fmt.Errorf("%s: no column %q", path, column)
		}
	}
	picked := make([]string, len(columns))
	for {
		row, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		for i, place := range places {
			picked[i] = row[place]
		}
		if err := do(picked); err != nil {
			line, _ := reader.FieldPos(0)
			return fmt.Errorf("%s:%d: %w", path, line, err)
		}
	}
}
