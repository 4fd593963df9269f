package coaching

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// Parts that a [Suggestion] may have filled.
const (
	FilledMetric    = "metric"
	FilledDirection = "direction"
	FilledSize      = "size"
	FilledBaseline  = "baseline"
	FilledCurrency  = "currency"
	FilledPeriod    = "period"
)

// suggest returns the statement with placeholders for what is missing, so that
// it would pass. Sizes without history are those of the playbook's examples.
func (c Card) suggest() Suggestion {
	s := c.Statement
	var filled []string
	fill := func(part string) {
		if !slices.Contains(filled, part) {
			filled = append(filled, part)
		}
	}
	for _, reason := range c.Missing {
		switch reason {
		case "metric_missing":
			s.Metric, s.Direction, s.Baseline = s.named(recurringRevenue), "", StatedBaseline{}
			if s.Size.Form != ChangePercent || s.Size.Value.Sign() < 0 {
				s.Size = StatedSize{Currency: s.Size.Currency}
			}
			fill(FilledMetric)
		case "direction_against_kind":
			s.Direction = s.Metric.Better
			if s.Size.Form == Absolute {
				s.Size = StatedSize{Currency: s.Size.Currency}
			}
			s.Size.Value, s.Size.Stretch = s.Size.Value.Neg(), s.Size.Stretch.Neg()
			fill(FilledDirection)
		case "deadline_missing", "deadline_unclear", "deadline_past":
			s.Period = StatedPeriod{Period: impliedPeriod(usualSpan(s.Metric.Kind), c.facts.Today)}
			fill(FilledPeriod)
		}
	}
	if s.Metric.Inferred {
		s.Metric = s.named(s.Metric)
	}
	if s = s.with(c.facts); s.Metric.Unit == Money && s.Size.Currency == "" {
		s.Size.Currency = "USD"
		fill(FilledCurrency)
	}
	for range 3 { // each step fills one part; the last is sure to pass
		problems := s.sizeProblems(c.facts)
		if len(problems) == 0 {
			break
		}
		switch problems[0] {
		case "baseline_missing":
			s.Baseline = StatedBaseline{Value: decimal.New(100, 0), Known: true}
			if s.Metric.Unit == Money {
				s.Baseline.Value = decimal.New(1, 6)
			}
			fill(FilledBaseline)
		case "size_is_rate":
			s.Size = s.totalSize()
			fill(FilledSize)
		default:
			s = s.withUsualSize()
			fill(FilledSize)
		}
	}
	if len(s.sizeProblems(c.facts)) > 0 {
		s.Size = StatedSize{Size: Size{Absolute, decimal.New(10, 0)}, Currency: s.Size.Currency}
		s.Baseline = StatedBaseline{}
	}
	return Suggestion{Statement: s, Filled: filled}
}

// named returns revenue with a name in the language of the statement, so that
// the suggestion can be said and is understood when it is.
func (s Statement) named(metric StatedMetric) StatedMetric {
	metric.Words = "revenue"
	thai := strings.ContainsFunc(s.Text, func(r rune) bool { return r >= thaiFirst && r <= thaiLast })
	switch {
	case thai && metric.Recurring:
		metric.Words = "รายได้ประจำ"
	case thai:
		metric.Words = "รายได้"
	case metric.Recurring:
		metric.Words = "recurring revenue"
	}
	return metric
}

// totalSize turns a rate into the period's total: 50 calls a week are 650 a
// quarter. Days count as working days, five a week.
func (s Statement) totalSize() StatedSize {
	size := s.Size
	if size.Form == Absolute {
		days := int64(s.Period.Days())
		times := days / int64(PeriodOf(size.Per, s.Period.From).Days())
		if size.Per == Day {
			times = max(1, days*5/7)
		}
		size.Value = size.Value.Mul(decimal.New(times, 0))
		size.Stretch = size.Stretch.Mul(decimal.New(times, 0))
	}
	size.Per, size.Words = "", ""
	return size
}

// usualSpan is the period that goals of a kind are mostly set for.
func usualSpan(kind Kind) Span {
	switch kind {
	case Calls, Emails:
		return Week
	case Meetings, Leads, Custom, Churn, CAC:
		return Month
	default:
		return Quarter
	}
}

// withUsualSize returns the statement with the size of the playbook's example
// for its kind. Revenue with no baseline becomes recurring, which can be raised
// from wherever it stands.
func (s Statement) withUsualSize() Statement {
	change := func(percent int64) Size { return Size{ChangePercent, decimal.New(percent, 0)} }
	reach := func(value int64) Size { return Size{Absolute, decimal.New(value, 0)} }
	var size Size
	switch {
	case s.Metric.Kind == Revenue:
		size = change(3)
		if !s.Baseline.Known && !s.Metric.Recurring {
			s.Metric = s.named(recurringRevenue)
		}
	case s.Metric.Kind == Churn:
		size = reach(2)
	case s.Metric.Kind == CLV:
		size = change(10)
	case s.Metric.Kind == CAC:
		size = change(-3)
	case s.Metric.Kind == Cycle:
		size = change(-5)
	case s.Metric.Nature != Sum:
		size = change(5)
	case s.Baseline.Known && s.Baseline.Value.Sign() > 0:
		size = change(10)
	case s.Metric.Unit == Money:
		size = reach(10_000)
	case s.Metric.Kind == Calls:
		size = reach(50)
	case s.Metric.Kind == Emails:
		size = reach(100)
	case s.Metric.Kind == Meetings:
		size = reach(20)
	case s.Metric.Kind == Leads:
		size = reach(40)
	default:
		size = reach(10)
	}
	if size.Form == ChangePercent && s.Better() == Lower && size.Value.Sign() > 0 {
		size.Value = size.Value.Neg()
	}
	s.Size = StatedSize{Size: size, Currency: s.Size.Currency, Percent: size.Form == ChangePercent || s.Metric.Unit == Percent}
	if s.againstKind() {
		s.Direction = s.Metric.Better
	}
	return s
}
