package coaching

import "github.com/shopspring/decimal"

// Realism is how likely a target is to be reached, in words.
type Realism string

// The degrees of realism; see [RealismOf]. Empty means that there is not enough
// history to tell.
const (
	Comfortable Realism = "comfortable"
	Realistic   Realism = "realistic"
	Challenging Realism = "challenging"
	Unrealistic Realism = "unrealistic"
)

// RealismOf names the chance of reaching a target: from 0.7 it is comfortable,
// from 0.4 realistic, from 0.1 challenging and below unrealistic.
func RealismOf(chance float64) Realism {
	switch {
	case chance >= 0.7:
		return Comfortable
	case chance >= 0.4:
		return Realistic
	case chance >= 0.1:
		return Challenging
	default:
		return Unrealistic
	}
}

// Facts are what is known beside the statement when it is judged.
type Facts struct {
	// Today is the speaker's local date.
	Today Date
	// Currency is the workspace's ISO 4217 code, taken where the statement
	// names none; empty asks for it.
	Currency string
	// Baseline is the figure that a change is measured from, in the metric's
	// unit, where history knows it.
	Baseline    decimal.Decimal
	HasBaseline bool
	// Realism is the forecast's verdict on the target and Chance its
	// probability between 0 and 1; Realism is empty where there is no history.
	Realism Realism
	Chance  float64
}

// CardLine is the verdict on one letter of SMART.
type CardLine struct {
	// Letter is 'S', 'M', 'A', 'R' or 'T'.
	Letter byte
	OK     bool
	// Reason names what was found or is missing; see [Assess].
	Reason Reason
	// Found are the words of the statement that speak for it.
	Found []string
}

// Card is a statement judged by the five letters of SMART.
type Card struct {
	// Statement is the one judged, with what the facts add filled in: the
	// currency and the baseline.
	Statement Statement
	// Lines are the verdicts in the order S, M, A, R, T.
	Lines [5]CardLine
	// Ready is set where the goal can be created. A doubtful A, or an R with
	// nothing to show, is said but does not stand in the way.
	Ready bool
	// Missing is what stands in the way, in the order to ask for it; empty
	// where Ready.
	Missing []Reason
	// Suggestion is how it could be said.
	Suggestion Suggestion

	facts Facts
}

// Suggestion is a statement that would pass, with placeholders where the one
// judged says nothing.
type Suggestion struct {
	Statement Statement
	// Filled names the parts that are placeholders, such as [FilledSize].
	Filled []string
}

// Assess judges a statement by the five letters of SMART. The reasons are, with
// those of a letter that passes before the bar,
//
//	S  metric_found, metric_inferred | metric_missing, metric_vague
//	M  size_found, size_of_baseline, band_found | size_missing, size_in_words,
//	   size_unit, size_unclear, size_is_rate, currency_missing,
//	   baseline_missing, or another reason of NewGoal: target_above_hundred …
//	A  no_history, comfortable, realistic, challenging | unrealistic,
//	   size_needed
//	R  why_found, strategy_found, tied_to_revenue | why_missing,
//	   direction_against_kind
//	T  period_found, period_implied | deadline_missing, deadline_unclear,
//	   deadline_past
//
// A goal is relevant when the statement gives a reason or a strategy, for that
// ties it to what the business is after; so does a metric that sales teams are
// known to follow. A noun of the team's own, such as workshops, wants a reason. "size_of_baseline" notes that a percentage of a
// percentage was taken for a share of the baseline, not for points.
func Assess(statement Statement, facts Facts) Card {
	card := Card{Statement: statement.with(facts), facts: facts}
	problems := card.Statement.sizeProblems(facts)
	card.Lines = [...]CardLine{
		card.Statement.specific(),
		card.Statement.measurable(problems),
		card.Statement.achievable(facts),
		card.Statement.relevant(),
		card.Statement.timeBound(facts.Today),
	}
	specific, relevant, timeBound := card.Lines[0], card.Lines[3], card.Lines[4]
	if specific.Reason == "metric_missing" {
		card.Missing = append(card.Missing, specific.Reason)
	}
	if relevant.Reason == "direction_against_kind" {
		card.Missing = append(card.Missing, relevant.Reason)
	}
	card.Missing = append(card.Missing, problems...)
	if !timeBound.OK {
		card.Missing = append(card.Missing, timeBound.Reason)
	}
	card.Ready = len(card.Missing) == 0
	card.Suggestion = card.suggest()
	return card
}

// Goal returns the goal that the card's statement describes; see
// [Statement.Goal].
func (c Card) Goal() Goal { return c.Statement.Goal(c.facts) }

// Goal returns the goal that the statement describes, all of it but the
// workspace, the number, the owner and what a creation adds. The baseline and
// the currency of the facts stand in for unsaid ones. For a statement whose
// card is Ready, [NewGoal] accepts the result once the workspace is set.
func (s Statement) Goal(facts Facts) Goal {
	s = s.with(facts)
	goal := Goal{
		Title:       s.Title(),
		Statement:   s.Text,
		Kind:        s.Metric.Kind,
		Unit:        s.Metric.Unit,
		Noun:        s.Metric.Noun,
		Nature:      s.Metric.Nature,
		Better:      s.Better(),
		Period:      s.Period.Period,
		Baseline:    s.Baseline.Value,
		HasBaseline: s.Baseline.Known,
		Size:        s.Size.Size,
		Strategy:    s.Strategy,
		Why:         s.Why,
	}
	if goal.Unit == Money {
		goal.Currency = s.Size.Currency
	}
	return goal
}

// with returns the statement with what the facts know filled in.
func (s Statement) with(facts Facts) Statement {
	if s.Size.Currency == "" && s.Metric.Unit == Money {
		s.Size.Currency = facts.Currency
	}
	if !s.Baseline.Known && facts.HasBaseline && CheckFigure(facts.Baseline) == nil {
		s.Baseline = StatedBaseline{Value: facts.Baseline, Known: true}
	}
	return s
}
