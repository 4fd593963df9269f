package coaching

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// maxParts is how many parts of a family are watched, those with the most cases:
// each costs the others sensitivity.
const maxParts = 25

// soleShare is the share of a stream's cases from which on they are one person's.
const soleShare = 0.9

// countStream is a stream of counts, month by month.
type countStream struct {
	Stream
	months []MonthCount
	// level is a goal's level in percent, where hasLevel is set.
	level    float64
	hasLevel bool
	// personal is set where the cases of the last year are one person's.
	personal bool
}

// total returns all cases of the stream.
func (s countStream) total() Rate {
	var all Rate
	for _, month := range s.months {
		all = PoolRates(all, month.Rate)
	}
	return all
}

// split returns the counts before a month and from it on.
func (s countStream) split(since Date) (before, now Rate) {
	for _, month := range s.months {
		if monthIndex(month.Month) < monthIndex(since) {
			before = PoolRates(before, month.Rate)
		} else {
			now = PoolRates(now, month.Rate)
		}
	}
	return before, now
}

// countTable collects counts by stream and month.
type countTable struct {
	months map[Stream]map[int]Rate
	// owners count a stream's cases of the last year by their owner.
	owners map[Stream]map[string]int
	lately int // the first month of the last year
}

func (t countTable) add(stream Stream, month int, rate Rate, owner string) {
	if rate.Of == 0 {
		return
	}
	if t.months[stream] == nil {
		t.months[stream], t.owners[stream] = make(map[int]Rate), make(map[string]int)
	}
	t.months[stream][month] = PoolRates(t.months[stream][month], rate)
	if month >= t.lately {
		t.owners[stream][OwnerKey(owner)] += rate.Of
	}
}

// personal reports whether a stream is one person's work.
func (t countTable) personal(stream Stream) bool {
	all, most := 0, 0
	for owner, n := range t.owners[stream] {
		all += n
		if owner != "" {
			most = max(most, n)
		}
	}
	return all > 0 && float64(most) >= soleShare*float64(all)
}

// stream returns the months of a stream from one to another, those without a case
// included.
func (t countTable) stream(stream Stream, from, to int) countStream {
	s := countStream{Stream: stream, personal: stream.Family == FamilyWinRep || t.personal(stream)}
	for month := from; month <= to; month++ {
		s.months = append(s.months, MonthCount{Month: dateOfMonth(month), Rate: t.months[stream][month]})
	}
	return s
}

// winStreams returns the streams of win rates up to a day: of all deals, and by
// stage, territory, product and rep. A family with one part would say what the
// whole says, and is left out.
func winStreams(book DayBook, begin, through Date) []countStream {
	last := monthIndex(through)
	t := countTable{months: make(map[Stream]map[int]Rate), owners: make(map[Stream]map[string]int), lately: last - 11}
	book.each(begin, through, keepAll, func(day Date, cut Cut, tally *DayTally) {
		month, rate := monthIndex(day), Rate{Hits: tally.Won, Of: tally.Won + tally.Lost}
		t.add(Stream{Family: FamilyWinRate}, month, rate, cut.Owner)
		for _, part := range partsOf(cut) {
			t.add(part, month, rate, cut.Owner)
		}
		for _, stage := range tally.Stages {
			came := stage.Won + stage.Lost
			t.add(Stream{FamilyWinStage, stage.Stage}, month, Rate{Hits: came - stage.LostHere, Of: came}, cut.Owner)
		}
	})
	whole := t.months[Stream{Family: FamilyWinRate}]
	if len(whole) == 0 {
		return nil
	}
	from := slices.Min(slices.Collect(maps.Keys(whole)))
	streams := []countStream{t.stream(Stream{Family: FamilyWinRate}, from, last)}
	for _, family := range []StreamFamily{FamilyWinStage, FamilyWinTerritory, FamilyWinProduct, FamilyWinRep} {
		var parts []countStream
		for stream := range t.months {
			if stream.Family == family && stream.Part != "" {
				parts = append(parts, t.stream(stream, from, last))
			}
		}
		streams = append(streams, largest(parts)...)
	}
	return streams
}

// partsOf are the streams besides the whole that a deal of that cut counts in.
func partsOf(cut Cut) []Stream {
	return []Stream{{FamilyWinTerritory, cut.Territory}, {FamilyWinProduct, cut.Product}, {FamilyWinRep, cut.Owner}}
}

// largest returns the parts of a family that are watched, those with the most
// cases; a stage at which nothing was ever lost is none.
func largest(parts []countStream) []countStream {
	parts = slices.DeleteFunc(parts, func(s countStream) bool {
		all := s.total()
		return s.Family == FamilyWinStage && all.Hits == all.Of
	})
	if len(parts) < 2 {
		return nil
	}
	slices.SortFunc(parts, func(a, b countStream) int {
		return cmp.Or(cmp.Compare(b.total().Of, a.total().Of), strings.Compare(a.Part, b.Part))
	})
	return parts[:min(len(parts), maxParts)]
}

// churnStreams returns the streams of churn of the whole months up to a day: of all
// customers, and by type of contract.
func churnStreams(book DayBook, begin, through Date) []countStream {
	types := make(map[string]bool)
	book.each(book.From, through, keepAll, func(_ Date, cut Cut, t *DayTally) {
		if t.Started > 0 || len(t.Left) > 0 {
			types[cut.Type] = true
		}
	})
	whole := churnOver(book, Stream{Family: FamilyChurn}, begin, through, keepAll)
	if len(whole.months) == 0 {
		return nil
	}
	begin = whole.months[0].Month
	var parts []countStream
	for name := range types {
		if name != "" {
			keep := func(cut Cut) bool { return cut.Type == name }
			parts = append(parts, churnOver(book, Stream{FamilyChurnType, name}, begin, through, keep))
		}
	}
	return append([]countStream{whole}, largest(parts)...)
}

// churnOver is one stream of churn, from its first month with customers.
func churnOver(book DayBook, stream Stream, begin, through Date, keep func(Cut) bool) countStream {
	s := countStream{Stream: stream}
	for month := PeriodOf(Month, begin); !month.To.After(through); month = month.Shift(1) {
		rate := book.ChurnIn(month.From, month.To, keep)
		if len(s.months) > 0 || rate.Of > 0 {
			s.months = append(s.months, MonthCount{Month: month.From, Rate: rate})
		}
	}
	return s
}

func keepAll(Cut) bool { return true }

// deals returns the deals that the book tells of, as far as their opening is
// known, for [CycleByMonth]. Those that did not end are open.
func (b DayBook) deals() []Deal {
	var deals []Deal
	open := make(map[int]int)
	b.each(b.From, b.To, keepAll, func(day Date, _ Cut, t *DayTally) {
		at := day.serial()
		open[at] += t.Opened
		for _, end := range t.Ends {
			if end.Days == unknownDays {
				continue
			}
			open[at-end.Days] -= end.N
			for range end.N {
				deals = append(deals, Deal{Opened: day.AddDays(-end.Days), Closed: day, Fate: end.Fate})
			}
		}
	})
	for _, opened := range slices.Sorted(maps.Keys(open)) {
		for range open[opened] {
			deals = append(deals, Deal{Opened: epoch.AddDays(opened - epoch.serial()), Fate: FateOpen})
		}
	}
	return deals
}
