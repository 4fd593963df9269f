package coaching

import "errors"

func (s Statement) specific() CardLine {
	line := CardLine{Letter: 'S', Found: quotes(s.Metric.Words, s.Segment)}
	switch {
	case s.Metric.Kind == "":
		line.Reason = "metric_missing"
	case s.Size.Form == "" && s.Strategy == "" && s.Segment == "" && (!s.Period.Found() || s.Period.Implied):
		line.Reason = "metric_vague" // "let's make more revenue"
	case s.Metric.Inferred:
		line.OK, line.Reason = true, "metric_inferred"
	default:
		line.OK, line.Reason = true, "metric_found"
	}
	return line
}

func (s Statement) measurable(problems []Reason) CardLine {
	line := CardLine{Letter: 'M', Found: quotes(s.Size.Words, s.Baseline.Words, s.Comparison.Words)}
	switch {
	case len(problems) > 0:
		line.Reason = problems[0]
		return line
	case s.Size.Banded:
		line.Reason = "band_found"
	case s.Size.Form == ChangePercent && s.Metric.Unit == Percent:
		line.Reason = "size_of_baseline"
	default:
		line.Reason = "size_found"
	}
	line.OK = true
	return line
}

func (s Statement) achievable(facts Facts) CardLine {
	line := CardLine{Letter: 'A'}
	switch {
	case s.Size.Form == "":
		line.Reason = "size_needed"
	case facts.Realism == "":
		line.OK, line.Reason = true, "no_history"
	default:
		line.OK, line.Reason = facts.Realism != Unrealistic, Reason(facts.Realism)
	}
	return line
}

func (s Statement) relevant() CardLine {
	line := CardLine{Letter: 'R', Found: quotes(s.Why, s.Strategy)}
	switch {
	case s.againstKind():
		line.Reason = "direction_against_kind"
	case s.Why != "":
		line.OK, line.Reason = true, "why_found"
	case s.Strategy != "":
		line.OK, line.Reason = true, "strategy_found"
	case s.Metric.known, s.Metric.Kind != "" && s.Metric.Kind != Custom:
		line.OK, line.Reason = true, "tied_to_revenue"
	default:
		line.Reason = "why_missing"
	}
	return line
}

// againstKind reports whether the goal is to make a figure worse: "reduce
// revenue 5%", "churn of at least 2%".
func (s Statement) againstKind() bool {
	return s.Metric.Kind != "" && s.Metric.Kind != Custom && s.Direction != "" && s.Direction != s.Metric.Better
}

func (s Statement) timeBound(today Date) CardLine {
	line := CardLine{Letter: 'T', Found: quotes(s.Period.Words)}
	switch {
	case !s.Period.Found() && s.Period.Unclear != "":
		line.Reason = "deadline_unclear"
	case !s.Period.Found():
		line.Reason = "deadline_missing"
	case s.Period.To.Before(today):
		line.Reason = "deadline_past"
	case s.Period.Implied:
		line.OK, line.Reason = true, "period_implied"
	default:
		line.OK, line.Reason = true, "period_found"
	}
	return line
}

// sizeProblems returns what keeps a goal's size from being used, in the order to
// ask about it.
func (s Statement) sizeProblems(facts Facts) []Reason {
	var problems []Reason
	if reason := s.sizeProblem(); reason != "" {
		problems = append(problems, reason)
	}
	if s.Metric.Unit == Money && s.Size.Currency == "" {
		problems = append(problems, "currency_missing")
	}
	if len(problems) > 0 || s.Metric.Kind == "" {
		return problems
	}
	// The rest is NewGoal's to judge; what does not concern the size is filled.
	goal := s.Goal(facts)
	goal.Workspace = "any"
	if !s.Period.Found() {
		goal.Period = PeriodOf(Day, Date{Year: firstYear, Month: 1, Day: 1})
	}
	var refusal *Error
	if _, err := NewGoal(goal); errors.As(err, &refusal) {
		problems = append(problems, refusal.Reason)
	}
	return problems
}

func (s Statement) sizeProblem() Reason {
	switch {
	case s.Size.Form != "" && s.Size.Per != "" && s.Period.Found() && 2*PeriodOf(s.Size.Per, s.Period.From).Days() <= s.Period.Days():
		return "size_is_rate" // "50 calls a week this quarter"
	case s.Size.Form != "":
		return ""
	case s.Size.Words != "":
		return "size_unit"
	case s.InWords != "":
		return "size_in_words"
	case len(s.Unused) > 0 && s.Metric.Kind != "":
		return "size_unclear"
	}
	return "size_missing"
}

// quotes returns the texts that are not empty.
func quotes(texts ...string) []string {
	var found []string
	for _, text := range texts {
		if text != "" {
			found = append(found, text)
		}
	}
	return found
}
