package store

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

const (
	// recountMost is how many subjects one read reckons anew before it leaves
	// the rest to the next: about a fifth of a second.
	recountMost = 20_000
	// recountFree is up to how many subjects a day is reckoned anew whenever it
	// changed. Above that a stream of events would keep readers at it all the
	// time, so a figure may be as old as the day has subjects, a millisecond for
	// each.
	recountFree = 2_000
)

// DayBook returns what the events of a workspace come to, day by day, from one
// day to another. Days that events touched since they were last read are
// reckoned anew, the latest first and only so many at once; how many were left
// is said in the book.
func (s *Store) DayBook(ctx context.Context, workspace coaching.WorkspaceID, from, to coaching.Date, now time.Time) (coaching.DayBook, error) {
	months, err := s.marksOf(ctx, workspace, from, to)
	if err != nil {
		return coaching.DayBook{}, coded("read marks", err)
	}
	book := coaching.DayBook{From: from, To: to}
	budget := recountMost
	pages := make([]month, len(months))
	for i, marked := range slices.Backward(months) {
		book.State += marked.Revision // never falls
		if pages[i], err = s.month(ctx, workspace, marked, now, &budget); err != nil {
			return coaching.DayBook{}, coded("read day book", err)
		}
	}
	for _, page := range pages {
		for _, rollup := range page.days {
			if !rollup.Day.Before(from) && !rollup.Day.After(to) {
				book.Days = append(book.Days, rollup)
			}
		}
		book.Pending += page.pending
	}
	return book, nil
}

// month is the rollups of a month, in order.
type month struct {
	days []coaching.Rollup
	// pending counts days that are out of date.
	pending int
}

// month reads a month as its marks want it. One that is up to date is
// remembered.
func (s *Store) month(ctx context.Context, workspace coaching.WorkspaceID, marked marksDoc, now time.Time, budget *int) (month, error) {
	if page, known := s.months.get(marked); known {
		return page, nil
	}
	// Those who come at once wait for one to reckon.
	gate := s.months.gate(marked.ID)
	gate.Lock()
	defer gate.Unlock()
	if page, known := s.months.get(marked); known {
		return page, nil
	}
	stored, err := document.All[rollupDoc](ctx, s.engine, rollups, document.Query{
		Index: "by_day", Equal: []any{string(workspace)},
		From: marked.Month + "-01", Until: marked.Month + "-99", Limit: daysInMonth,
	})
	if err != nil {
		return month{}, err
	}
	known := make(map[int]rollupDoc, len(stored))
	for _, doc := range stored {
		day, err := coaching.ParseDate(doc.Day)
		if err != nil {
			return month{}, err
		}
		known[day.Day-1] = doc
	}
	page, err := s.refresh(ctx, workspace, marked, known, now, budget)
	if err == nil && page.pending == 0 {
		s.months.keep(marked, page)
	}
	return page, err
}

// refresh reckons the days of a month anew whose marks say so.
func (s *Store) refresh(ctx context.Context, workspace coaching.WorkspaceID, marked marksDoc, known map[int]rollupDoc, now time.Time, budget *int) (month, error) {
	first, err := coaching.ParseDate(marked.Month + "-01")
	if err != nil {
		return month{}, err
	}
	var page month
	fresh := make([]*coaching.Rollup, daysInMonth)
	for day, mark := range slices.Backward(marked.Days) {
		doc, there := known[day]
		if mark <= doc.Mark {
			continue
		}
		age := now.Sub(doc.At.Time)
		streaming := there && doc.Subjects > recountFree && age >= 0 && age < time.Duration(doc.Subjects)*time.Millisecond
		if *budget <= 0 || streaming {
			page.pending++
			continue
		}
		rollup, err := s.recount(ctx, workspace, first.AddDays(day))
		if err != nil {
			return month{}, err
		}
		*budget -= rollup.Subjects
		fresh[day] = rollup
		// A rollup is only ever a saving, which the next reader can make as well.
		_ = s.saveRollup(ctx, workspace, rollup, doc, mark, now)
	}
	for day := range daysInMonth {
		if rollup := fresh[day]; rollup != nil {
			page.days = append(page.days, *rollup)
			continue
		}
		if doc, there := known[day]; there {
			rollup, err := doc.rollup()
			if err != nil {
				return month{}, err
			}
			page.days = append(page.days, rollup)
		}
	}
	return page, nil
}

// saveRollup stores what a day came to in place of an earlier reckoning.
func (s *Store) saveRollup(ctx context.Context, workspace coaching.WorkspaceID, rollup *coaching.Rollup, before rollupDoc, mark int64, now time.Time) error {
	doc := rollupToDoc(workspace, rollup)
	doc.Mark, doc.At, doc.Revision = mark, document.At(now), before.Revision
	if before.Revision == 0 {
		return s.engine.Insert(ctx, rollups, &doc)
	}
	return s.engine.Replace(ctx, rollups, &doc)
}

// recount reckons a day anew from the subjects that touch it.
func (s *Store) recount(ctx context.Context, workspace coaching.WorkspaceID, day coaching.Date) (*coaching.Rollup, error) {
	count := coaching.NewRecount(day)
	seen := make(map[subjectRef]bool)
	add := func(subject coaching.Dossier) error {
		if ref := (subjectRef{subject.Kind, subject.ID}); !seen[ref] {
			seen[ref] = true
			count.Add(subject)
		}
		return nil
	}
	on := func(index, from, until string) document.Query {
		return document.Query{Index: index, Equal: []any{string(workspace)}, From: from, Until: until, Limit: maxEntries}
	}
	today, tomorrow := day.String(), day.AddDays(1).String()
	for _, look := range []struct {
		kind  coaching.SubjectKind
		query document.Query
	}{
		{coaching.SubjectDeal, on("by_first", today, tomorrow)},
		{coaching.SubjectDeal, on("by_second", today, tomorrow)},
		{coaching.SubjectLead, on("by_first", today, tomorrow)},
		{coaching.SubjectLead, on("by_second", today, tomorrow)},
		{coaching.SubjectMetric, on("by_first", today, tomorrow)},
		{coaching.SubjectActivity, on("by_first", today, tomorrow)},
		// A cost is found by its last day, and may have begun a year before.
		{coaching.SubjectCost, on("by_first", today, day.AddDays(coaching.MaxEventDays).String())},
	} {
		if err := s.walk(ctx, look.kind, look.query, add); err != nil {
			return nil, err
		}
	}
	err := s.engine.Find(ctx, customerDays, on("by_day", today, tomorrow), func(decode document.Decode) error {
		var doc customerDay
		if err := decode(&doc); err != nil {
			return err
		}
		customer, err := s.Dossier(ctx, workspace, coaching.SubjectCustomer, doc.Customer)
		if coaching.CodeOf(err) == coaching.NotFound {
			return nil // Their first event has not got that far.
		}
		return errors.Join(err, add(customer))
	})
	return count.Rollup(day), err
}
