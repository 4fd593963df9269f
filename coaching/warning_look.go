package coaching

import (
	"math"
	"slices"
)

// Lookout is what a look at the figures of a workspace is made from.
type Lookout struct {
	// Today is the day of the look; what is judged is what was over before it.
	Today    Date
	Calendar Calendar
	Settings WarningSettings
	// Book is all that events tell, and Feeds what sends them.
	Book  DayBook
	Feeds Feeds
	// Goals are the active ones; the team's churn goal is a level to watch.
	Goals []Goal
	// Values are the figures of the months that are over, of margin, acquisition
	// cost and lifetime value.
	Values map[Kind][]Observation
	// Before are the episodes that the look before left.
	Before map[Stream]Episode
}

// Sighting is what a look found in one stream.
type Sighting struct {
	Stream Stream
	// Personal is set where it concerns one person, and so is not for everybody.
	Personal bool
	Alarm    Alarm
	// Fact is what there is to tell of it, without whom and which event.
	Fact Warning
	// Thin is set where the stream has too little.
	Thin ThinStream
}

// Look judges every stream that a workspace's figures make, under its budget.
// Kinds that are muted are not watched, nor are those whose source has fallen
// silent: what is not sent is not quiet. What is wrong with the figures of one
// stream is an error.
func Look(l Lookout) ([]Sighting, error) {
	counts, values := l.streams()
	watched := make(map[StreamFamily]bool)
	for _, s := range counts {
		watched[s.Family] = true
	}
	for _, s := range values {
		watched[s.stream.Family] = true
	}
	var sightings []Sighting
	for _, family := range families {
		var found []Sighting
		var err error
		of := countsOf(counts, family)
		if len(of) > 0 {
			found, err = l.judgeCounts(of, counts, len(watched))
		}
		for _, s := range values {
			if s.stream.Family == family {
				found, err = l.judgeValue(s, len(watched))
			}
		}
		if err != nil {
			return nil, err
		}
		sightings = append(sightings, found...)
	}
	return sightings, nil
}

func countsOf(all []countStream, family StreamFamily) []countStream {
	var of []countStream
	for _, s := range all {
		if s.Family == family {
			of = append(of, s)
		}
	}
	return of
}

// valueStreamOf is a stream of figures that are no counts.
type valueStreamOf struct {
	stream Stream
	months []MonthValue
	watch  ValueWatch
}

// streams makes the streams that are watched.
func (l Lookout) streams() (counts []countStream, values []valueStreamOf) {
	yesterday := l.Today.AddDays(-1)
	if begin, fed := l.begin(WinRate, FeedDeals); fed {
		counts = append(counts, winStreams(l.Book, begin, yesterday)...)
	}
	if begin, fed := l.begin(Churn, FeedCustomers); fed {
		streams := churnStreams(l.Book, begin, yesterday)
		counts = append(counts, streams...)
		if level, set := l.churnLevel(); set && len(streams) > 0 {
			counts = append(counts, streams[0].against(level, l.Today))
		}
	}
	if begin, fed := l.begin(Cycle, FeedDeals); fed {
		// Months with too few wins have no figure; deals that are wrong are none of a DayBook.
		if months, err := CycleByMonth(l.Book.deals(), begin, yesterday); err == nil && len(months) > 0 {
			values = append(values, valueStreamOf{Stream{Family: FamilyCycle}, months, ValueWatch{Better: Lower, Amount: true}})
		}
	}
	if l.watches(Margin) {
		if months := monthValues(l.Values[Margin]); len(months) > 0 {
			values = append(values, valueStreamOf{Stream{Family: FamilyMargin}, months, ValueWatch{Better: Higher}})
		}
	}
	if l.watches(CAC) {
		if months := CostToValue(monthValues(l.Values[CAC]), monthValues(l.Values[CLV])); len(months) > 0 {
			values = append(values, valueStreamOf{Stream{Family: FamilyCostToValue}, months, ValueWatch{Better: Lower, Amount: true, Level: 1, HasLevel: true}})
		}
	}
	return counts, values
}

func (l Lookout) watches(kind Kind) bool { return l.Settings.Watches(kind) }

// begin returns the first day of the months that count; fed is false where the
// kind is muted or its source is missing or silent for longer than usual.
func (l Lookout) begin(kind Kind, source FeedSource) (begin Date, fed bool) {
	feed, known := l.Feeds.Of(source)
	if !known || !l.watches(kind) {
		return Date{}, false
	}
	if _, unusual := feed.Silent(l.Today, l.Calendar); unusual {
		return Date{}, false
	}
	month := PeriodOf(Month, feed.First)
	if feed.First.Day > firstWeek {
		month = month.Shift(1)
	}
	if recorded := l.Book.recordedFrom(kind, l.Feeds); recorded.After(month.From) {
		return recorded, true
	}
	return month.From, true
}

// churnLevel returns the level a month that the team's churn goal sets: what is
// meant for a longer period is taken to be lost evenly, so that the same share
// is left at its end.
func (l Lookout) churnLevel() (percent float64, set bool) {
	for _, goal := range l.Goals {
		target, known := goal.Target()
		if goal.Kind != Churn || !goal.Team() || !known || goal.Unit != Percent || !goal.Period.Contains(l.Today) {
			continue
		}
		months := max(math.Round(float64(goal.Period.Days())/(365.25/12)), 1)
		level := 100 * (1 - math.Pow(1-target.InexactFloat64()/100, 1/months))
		if level > 0 && level < 100 {
			return level, true
		}
	}
	return 0, false
}

// levelMonths is how many months are held against a goal's level: the goal is of
// now, and what was long ago is not against it.
const levelMonths = 6

// against returns the last months of churn to be judged by a level.
func (s countStream) against(level float64, today Date) countStream {
	s.Stream, s.level, s.hasLevel = Stream{Family: FamilyChurnGoal}, level, true
	from := monthIndex(today) - levelMonths
	s.months = slices.DeleteFunc(slices.Clone(s.months), func(month MonthCount) bool { return monthIndex(month.Month) < from })
	return s
}

func monthValues(observations []Observation) []MonthValue {
	var months []MonthValue
	for _, o := range observations {
		if o.Period.Span == Month {
			months = append(months, MonthValue{Month: o.Period.From, Value: o.Value.InexactFloat64()})
		}
	}
	return months
}

// judgeCounts judges the streams of a family.
func (l Lookout) judgeCounts(of, all []countStream, watched int) ([]Sighting, error) {
	yesterday := l.Today.AddDays(-1)
	streams := make([]RateStream, len(of))
	for i, s := range of {
		// A month that is not over counts so far, but for customers at risk.
		over := s.Family.Kind() == Churn || PeriodOf(Month, yesterday).To == yesterday
		streams[i] = RateStream{
			Watch: RateWatch{Better: s.Family.better(), Level: s.level, HasLevel: s.hasLevel, Personal: s.personal}, History: s.months,
			Over: over, Before: l.Before[s.Stream],
		}
	}
	alerts, err := JudgeRateFamily(l.Settings.Budget(), watched, streams)
	if err != nil {
		return nil, err
	}
	sightings := make([]Sighting, len(of))
	for i, alert := range alerts {
		s := of[i]
		fact := factOf(s.Stream, alert.Alarm)
		fact.Counted, fact.Before, fact.Now, fact.Usual = true, alert.Before, alert.Now, alert.Usual
		fact.Was, fact.Low, fact.High = alert.UsualPercent, alert.Low, alert.High
		fact.Is, _ = alert.Now.Percent()
		if s.hasLevel {
			fact.Was = alert.Level
		}
		fact.Parts = partsBehind(alert, s, all)
		sightings[i] = Sighting{
			Stream: s.Stream, Personal: s.personal, Alarm: alert.Alarm, Fact: fact,
			Thin: ThinStream{Stream: s.Stream, Counted: true, Cases: alert.Power.Cases, Needs: alert.Power.Needs},
		}
	}
	return sightings, nil
}

// judgeValue judges a stream of figures.
func (l Lookout) judgeValue(s valueStreamOf, watched int) ([]Sighting, error) {
	s.watch.FalseAlarms = l.Settings.Budget().Share(1, watched)
	alert, err := JudgeValueAlert(s.watch, s.months, l.Before[s.stream])
	if err != nil {
		return nil, err
	}
	fact := factOf(s.stream, alert.Alarm)
	fact.Was, fact.Is, fact.Low, fact.High = alert.Before, alert.Now, alert.Low, alert.High
	return []Sighting{{
		Stream: s.stream, Alarm: alert.Alarm, Fact: fact,
		Thin: ThinStream{Stream: s.stream, Cases: alert.Months, Needs: alert.Months + alert.Needs},
	}}, nil
}

func factOf(stream Stream, alarm Alarm) Warning {
	return Warning{
		Stream: stream, Since: alarm.Since, Sure: alarm.Sure, Level: alarm.Level, HasLevel: alarm.HasLevel,
		Plays: warningPlays(stream.Family.Kind()),
	}
}
