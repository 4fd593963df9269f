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
	// recountAgain is how many subjects one read reckons anew, in days that were
	// reckoned before, until it leaves the rest to the next: some twentieth of a
	// second. recountFirst bounds those of days that never were, without which
	// a figure would be far off: a second or two, after an import.
	recountAgain, recountFirst = 2_000, 100_000
	// recountFree is up to how many subjects a day is reckoned anew whenever it
	// changed. Above that a stream of events would keep readers at it all the
	// time, so a figure may be older: by recountRest for each subject, and by no
	// more than recountRestMost.
	recountFree     = 200
	recountRest     = 10 * time.Millisecond
	recountRestMost = time.Minute
)

// budget is how many subjects a read may still reckon.
type budget struct{ again, first int }

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
	left := budget{again: recountAgain, first: recountFirst}
	pages := make([]*month, len(months))
	for i, marked := range slices.Backward(months) {
		book.State += marked.Revision // never falls
		if pages[i], err = s.month(ctx, workspace, marked, now, &left); err != nil {
			return coaching.DayBook{}, coded("read day book", err)
		}
	}
	for _, page := range pages {
		for i := range page.days {
			if day := &page.days[i]; day.there && !day.rollup.Day.Before(from) && !day.rollup.Day.After(to) {
				book.Days = append(book.Days, day.rollup)
			}
		}
		book.Pending += page.pending
	}
	return book, nil
}

// month is the days of a month. Once made, nobody changes it.
type month struct {
	days [daysInMonth]reckoned
	// pending counts days that are out of date.
	pending int
}

// reckoned is what a day came to at a count of its marks.
type reckoned struct {
	there    bool
	rollup   coaching.Rollup
	mark     int64
	at       time.Time
	revision int64 // of the stored rollup
}

// rests reports whether a day of many subjects was reckoned so lately that it is
// left as it is.
func (r reckoned) rests(now time.Time) bool {
	age, subjects := now.Sub(r.at), r.rollup.Subjects
	return subjects > recountFree && age >= 0 && age < min(time.Duration(subjects)*recountRest, recountRestMost)
}

// month reads a month as its marks want it, as far as what is left allows.
func (s *Store) month(ctx context.Context, workspace coaching.WorkspaceID, marked marksDoc, now time.Time, left *budget) (*month, error) {
	if page, fresh := s.months.get(marked); fresh {
		return page, nil
	}
	// Those who come at once wait for one to reckon.
	gate := s.months.gate(marked.ID)
	gate.Lock()
	defer gate.Unlock()
	before, fresh := s.months.get(marked)
	if fresh {
		return before, nil
	}
	page := new(month)
	if before != nil && s.engine.Alone() {
		page.days = before.days
	} else if err := s.readRollups(ctx, workspace, marked.Month, page); err != nil {
		return nil, err
	}
	sure, err := s.refresh(ctx, workspace, marked, page, now, left)
	if err == nil && sure {
		s.months.keep(marked, page)
	}
	return page, err
}

// readRollups fills in the stored rollups of a month.
func (s *Store) readRollups(ctx context.Context, workspace coaching.WorkspaceID, month string, page *month) error {
	query := document.Query{
		Index: "by_day", Equal: []any{string(workspace)}, From: month + "-01", Until: month + "-99", Limit: daysInMonth,
	}
	return s.engine.Find(ctx, rollups, query, func(decode document.Decode) error {
		var doc rollupDoc
		if err := decode(&doc); err != nil {
			return err
		}
		rollup, err := doc.rollup()
		if err != nil {
			return err
		}
		page.days[rollup.Day.Day-1] = reckoned{there: true, rollup: rollup, mark: doc.Mark, at: doc.At.Time, revision: doc.Revision}
		return nil
	})
}

// refresh reckons the days of a month anew whose marks say so. sure is false
// where what was stored is not known to be what the page says.
func (s *Store) refresh(ctx context.Context, workspace coaching.WorkspaceID, marked marksDoc, page *month, now time.Time, left *budget) (sure bool, err error) {
	first, err := coaching.ParseDate(marked.Month + "-01")
	if err != nil {
		return false, err
	}
	sure = true
	for i, mark := range slices.Backward(marked.Days) {
		day := &page.days[i]
		if mark <= day.mark {
			continue
		}
		purse := &left.first
		if day.there {
			purse = &left.again
		}
		if *purse <= 0 || day.there && day.rests(now) {
			page.pending++
			continue
		}
		rollup, err := s.recount(ctx, workspace, first.AddDays(i))
		if err != nil {
			return false, err
		}
		*purse -= rollup.Subjects
		*day = reckoned{there: true, rollup: *rollup, mark: mark, at: now, revision: day.revision}
		// A rollup is only ever a saving, which the next reader can make as well.
		day.revision, err = s.saveRollup(ctx, workspace, *day)
		sure = sure && err == nil
	}
	return sure, nil
}

// saveRollup stores what a day came to in place of an earlier reckoning, and
// returns the revision that it has there.
func (s *Store) saveRollup(ctx context.Context, workspace coaching.WorkspaceID, day reckoned) (revision int64, err error) {
	doc := rollupToDoc(workspace, &day.rollup)
	doc.Mark, doc.At, doc.Revision = day.mark, document.At(day.at), day.revision
	if day.revision == 0 {
		err = s.engine.Insert(ctx, rollups, &doc)
	} else {
		err = s.engine.Replace(ctx, rollups, &doc)
	}
	return doc.Revision, err
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
