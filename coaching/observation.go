package coaching

import "github.com/shopspring/decimal"

// Observation is the final figure of a kind for a period that is over.
type Observation struct {
	Kind   Kind
	Period Period
	Value  decimal.Decimal
}

// Total returns what the observations of one kind add up to over a period, as
// the sum of months or quarters that lie in it. complete is false where a part
// of the period is not covered.
func Total(observations []Observation, period Period) (total decimal.Decimal, complete bool) {
	days := 0
	for _, observation := range observations {
		if !observation.Period.From.Before(period.From) && !observation.Period.To.After(period.To) {
			total = total.Add(observation.Value)
			days += observation.Period.Days()
		}
	}
	return total, days == period.Days()
}

// BaselineFrom returns the figure that a statement's change is measured from,
// like for like: the period before where the statement compares with that, else
// the same period a year before. known is false where the observations do not
// cover it.
func BaselineFrom(observations []Observation, statement Statement) (baseline decimal.Decimal, known bool) {
	period := statement.Period.Period
	switch statement.Comparison.Span {
	case Month, Quarter, Week:
		return Total(observations, period.Shift(-1))
	}
	before := Period{
		Span: period.Span,
		From: period.From.AddMonths(-12),
		To:   period.To.AddDays(1).AddMonths(-12).AddDays(-1),
	}
	return Total(observations, before)
}
