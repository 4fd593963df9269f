package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

// marksDoc counts for each day of a month how often events touched it. The
// rollup of a day names the count that it was reckoned at: where that is lower,
// it is out of date. Nobody ever sets a count back, so a reader that was
// overtaken by a writer cannot hide what it did not see.
type marksDoc struct {
	document.Header
	Workspace string  `json:"workspace"`
	Month     string  `json:"month"`
	Days      []int64 `json:"days"` // of each day of the month
}

const daysInMonth = 31

func monthText(day coaching.Date) string { return fmt.Sprintf("%04d-%02d", day.Year, int(day.Month)) }

func newMarks(workspace coaching.WorkspaceID, month string) marksDoc {
	return marksDoc{
		Header:    document.Header{ID: string(workspace) + "/" + month},
		Workspace: string(workspace), Month: month, Days: make([]int64, daysInMonth),
	}
}

// markDays marks days as to be reckoned anew.
func (s *Store) markDays(ctx context.Context, workspace coaching.WorkspaceID, days map[coaching.Date]bool) error {
	months := make(map[string][]int)
	for day := range days {
		months[monthText(day)] = append(months[monthText(day)], day.Day-1)
	}
	names := make([]string, 0, len(months))
	for month := range months {
		names = append(names, month)
	}
	err := abreast(ctx, len(names), func(ctx context.Context, i int) error {
		return s.markMonth(ctx, workspace, names[i], months[names[i]])
	})
	return coded("mark days", err)
}

func (s *Store) markMonth(ctx context.Context, workspace coaching.WorkspaceID, month string, days []int) error {
	for {
		doc := newMarks(workspace, month)
		err := s.engine.Get(ctx, marks, doc.ID, &doc)
		found := err == nil
		if err != nil && !errors.Is(err, document.ErrNotFound) {
			return err
		}
		for _, day := range days {
			doc.Days[day]++
		}
		if found {
			err = s.engine.Replace(ctx, marks, &doc)
		} else {
			err = s.engine.Insert(ctx, marks, &doc)
		}
		if !errors.Is(err, document.ErrStale) && !errors.Is(err, document.ErrTaken) {
			return err
		}
	}
}

// marksOf returns the marks of the months that have any, from one day to
// another, by month.
func (s *Store) marksOf(ctx context.Context, workspace coaching.WorkspaceID, from, to coaching.Date) ([]marksDoc, error) {
	return document.All[marksDoc](ctx, s.engine, marks, document.Query{
		Index: "by_month", Equal: []any{string(workspace)},
		From: monthText(from), Until: monthText(to.AddMonths(1)), Limit: maxMonths,
	})
}

// maxMonths bounds how many months are looked at: a hundred years.
const maxMonths = 1200
