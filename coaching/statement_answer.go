package coaching

import (
	"strings"

	"github.com/shopspring/decimal"
)

// RecurringRevenue returns revenue that is a level, such as MRR.
func RecurringRevenue() StatedMetric { return recurringRevenue }

// CountOf returns what a team counts by a word of its own: "workshops".
func CountOf(noun string) StatedMetric {
	metric := MetricOf(Custom)
	metric.Noun = noun
	return metric.Named(noun)
}

// Named returns the metric under a name fit for a title.
func (m StatedMetric) Named(words string) StatedMetric {
	m.Words = words
	return m
}

// anchors are words that the reader takes for a metric of that kind.
var anchors = map[Kind]string{
	Revenue: "revenue", Churn: "churn", Margin: "margin", CLV: "CLV", Leads: "leads", WinRate: "win rate",
	CAC: "CAC", Cycle: "sales cycle", Calls: "calls", Emails: "emails", Meetings: "meetings", Custom: "leads",
}

// Sized returns the statement with the size that an answer to "how much?"
// gives: "$50k", "+3%", "from 4% to 3%", with the baseline and the direction
// where the answer says them. A bare figure is the one to reach, a bare
// percentage of what is no percentage itself a change in the better direction.
// Where the answer holds no size that fits, the card of the result says why.
func (s Statement) Sized(answer string, today Date) Statement {
	anchor := anchors[s.Metric.Kind]
	if s.Metric.Recurring {
		anchor = "MRR"
	}
	if noun := strings.ToLower(s.Metric.Noun); noun != "" && strings.HasSuffix(strings.ToLower(answer), noun) {
		answer = answer[:len(answer)-len(noun)]
	}
	read := ParseStatement(strings.TrimSpace(anchor+" "+answer), today)
	s.Size, s.InWords, s.Unused = read.Size, read.InWords, read.Unused
	if read.Baseline.Known {
		s.Baseline = read.Baseline
	}
	if read.Direction != "" || s.Metric.Kind != Custom {
		s.Direction = read.Direction
	}
	change := s.Size.Form == ChangeBy || s.Size.Form == ChangePercent
	if change && read.Direction == "" && s.Better() == Lower && s.Size.Value.Sign() > 0 {
		s.Size.Value, s.Size.Stretch = s.Size.Value.Neg(), s.Size.Stretch.Neg()
	}
	return s
}

// During returns the statement with its period.
func (s Statement) During(period Period) Statement {
	s.Period = StatedPeriod{Period: period}
	return s
}

// From returns the statement with the figure that it starts from.
func (s Statement) From(baseline decimal.Decimal) Statement {
	s.Baseline = StatedBaseline{Value: baseline, Known: true}
	return s
}
