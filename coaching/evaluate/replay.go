package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"github.com/smallwins/smallwins/coaching"
)

// Files of the replay.
const (
	opportunitiesFile = "crm_opportunities.csv"
	subscribersFile   = "subscribers.csv"
)

// listedOn is the day on which the list of subscribers is taken to be from; it
// does not say.
var listedOn = coaching.Date{Year: 2019, Month: 12, Day: 31}

// evaluateReplay looks at the deals and the subscribers in dir on the first of
// every month, with nothing but what had happened until then, and writes a line
// for all that would have been told. A source is replayed as if its events had been
// received as they happened, and as if they had all been brought in at the end.
func evaluateReplay(dir string, out io.Writer) error {
	w := csv.NewWriter(out)
	if err := w.Write([]string{"source", "received", "look", "told", "stream", "since", "was", "is", "hits", "of", "usual", "low", "high", "sure", "cases", "needs"}); err != nil {
		return fmt.Errorf("writing the header: %w", err)
	}
	for _, source := range []struct {
		feed coaching.FeedSource
		read func(path string) ([]coaching.Event, error)
		file string
	}{{coaching.FeedDeals, readDeals, opportunitiesFile}, {coaching.FeedCustomers, readSubscribers, subscribersFile}} {
		events, err := source.read(filepath.Join(dir, source.file))
		if err != nil {
			return fmt.Errorf("evaluate replay: %w", err)
		}
		slices.SortStableFunc(events, func(a, b coaching.Event) int { return a.At.Compare(b.At) })
		for _, live := range []bool{true, false} {
			r := replay{events: events, feed: source.feed, live: live, known: make(map[coaching.Stream]coaching.Watched)}
			if err := r.each(func(cells []string) error {
				return w.Write(append([]string{string(source.feed), r.received()}, cells...))
			}); err != nil {
				return fmt.Errorf("evaluate replay: %w", err)
			}
		}
	}
	w.Flush()
	return w.Error()
}

// replay is a source's events, as they were received.
type replay struct {
	events []coaching.Event // in order
	feed   coaching.FeedSource
	live   bool
	known  map[coaching.Stream]coaching.Watched
}

func (r *replay) received() string {
	if r.live {
		return "as it happened"
	}
	return "at the end"
}

// each looks month by month and calls write for what is told.
func (r *replay) each(write func(cells []string) error) error {
	if len(r.events) == 0 {
		return nil
	}
	first, last := coaching.DateOf(r.events[0].At), coaching.DateOf(r.events[len(r.events)-1].At)
	look := coaching.PeriodOf(coaching.Month, first).Shift(1)
	if !r.live {
		look = coaching.PeriodOf(coaching.Month, last).Shift(1)
	}
	for ; !look.From.After(last.AddDays(1)); look = look.Shift(1) {
		if err := r.look(look.From, write); err != nil {
			return fmt.Errorf("on %s: %w", look.From, err)
		}
	}
	return nil
}

// look looks on a day at what had happened until then.
func (r *replay) look(today coaching.Date, write func(cells []string) error) error {
	began := r.events[0].At
	since := began
	if !r.live {
		since = today.In(time.UTC)
	}
	l := coaching.Lookout{
		Today: today, Book: bookOf(r.events, today.AddDays(-1)),
		Feeds:  coaching.Feeds{{Source: r.feed, First: coaching.DateOf(began), Since: since}},
		Before: make(map[coaching.Stream]coaching.Episode),
	}
	var known []coaching.Watched
	for stream, watched := range r.known {
		l.Before[stream] = watched.Episode
		known = append(known, watched)
	}
	sightings, err := coaching.Look(l)
	if err != nil {
		return err
	}
	round := coaching.NewRound("replay", today, today.In(time.UTC), known)
	for _, sighting := range sightings {
		round.See(sighting)
	}
	for _, watched := range round.Episodes() {
		r.known[watched.Stream] = watched
	}
	for _, post := range round.Posts("channel", []coaching.MemberID{"manager"}) {
		for _, notice := range post.Notices {
			for _, cells := range cellsOf(notice) {
				if err := write(append([]string{today.String()}, cells...)); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// cellsOf writes what a notice tells of each stream.
func cellsOf(notice coaching.Notice) [][]string {
	figure := func(v float64) string { return strconv.FormatFloat(v, 'f', 2, 64) }
	switch told := notice.(type) {
	case coaching.Warning:
		return [][]string{{
			string(told.Event), told.Stream.Key(), told.Since.String(), figure(told.Was), figure(told.Is),
			strconv.Itoa(told.Now.Hits), strconv.Itoa(told.Now.Of), figure(told.Usual), figure(told.Low), figure(told.High), figure(told.Sure), "", "",
		}}
	case coaching.Thin:
		var lines [][]string
		for _, thin := range told.Streams {
			line := make([]string, 13)
			line[0], line[1] = string(coaching.AlarmTooLittle), thin.Stream.Key()
			line[11], line[12] = strconv.Itoa(thin.Cases), strconv.Itoa(thin.Needs)
			lines = append(lines, line)
		}
		return lines
	default:
		return nil
	}
}

// bookOf reckons the days up to one from the events until then.
func bookOf(events []coaching.Event, through coaching.Date) coaching.DayBook {
	book := coaching.DayBook{From: coaching.DateOf(events[0].At), To: through}
	dossiers := make(map[string]coaching.Dossier)
	var subjects []string
	for _, event := range events {
		if coaching.DateOf(event.At).After(through) {
			break
		}
		dossier := coaching.DossierOf(event, coaching.Workspace{})
		if before, known := dossiers[event.Subject]; known {
			dossier = before.Merge(dossier)
		} else {
			subjects = append(subjects, event.Subject)
		}
		dossiers[event.Subject] = dossier
	}
	var days []coaching.Date
	for day := book.From; !day.After(through); day = day.AddDays(1) {
		days = append(days, day)
	}
	count := coaching.NewRecount(days...)
	for _, subject := range subjects {
		count.Add(dossiers[subject])
	}
	for _, day := range days {
		book.Days = append(book.Days, *count.Rollup(day))
	}
	return book
}

// readDeals reads opportunities as the events of their deals. Of those that are
// not opened yet there is nothing to tell.
func readDeals(path string) ([]coaching.Event, error) {
	var events []coaching.Event
	ends := map[string]coaching.EventKind{"Won": coaching.DealWon, "Lost": coaching.DealLost}
	columns := []string{"opportunity_id", "sales_agent", "regional_office", "product", "deal_stage", "engage_date", "close_date"}
	err := eachRow(path, columns, func(row []string) error {
		if row[5] == "" {
			return nil
		}
		fields := map[coaching.EventField]string{coaching.FieldOwner: row[1], coaching.FieldTerritory: row[2], coaching.FieldProduct: row[3]}
		opened, err := coaching.ParseDate(row[5])
		if err != nil {
			return fmt.Errorf("engage_date: %w", err)
		}
		events = append(events, happened(row[0], coaching.DealCreated, opened, fields))
		end, ended := ends[row[4]]
		if !ended {
			return nil
		}
		closed, err := coaching.ParseDate(row[6])
		if err != nil {
			return fmt.Errorf("close_date: %w", err)
		}
		events = append(events, happened(row[0], end, closed, nil))
		return nil
	})
	return events, err
}

// readSubscribers reads a list of customers as the events that it tells of: when
// each of them came, and who left in its last month.
func readSubscribers(path string) ([]coaching.Event, error) {
	var events []coaching.Event
	err := eachRow(path, []string{"customer", "tenure_months", "contract", "churned"}, func(row []string) error {
		tenure, err := strconv.Atoi(row[1])
		if err != nil {
			return fmt.Errorf("tenure_months: %w", err)
		}
		fields := map[coaching.EventField]string{coaching.FieldType: row[2]}
		events = append(events, happened(row[0], coaching.CustomerStarted, listedOn.AddMonths(-tenure), fields))
		if row[3] == "1" {
			events = append(events, happened(row[0], coaching.CustomerChurned, listedOn, nil))
		}
		return nil
	})
	return events, err
}

// happened is an event about a subject on a day.
func happened(subject string, kind coaching.EventKind, day coaching.Date, fields map[coaching.EventField]string) coaching.Event {
	event := coaching.Event{ID: subject + " " + string(kind), Kind: kind, Subject: subject, At: day.In(time.UTC), Fields: fields}
	return event.Placed(coaching.Workspace{})
}
