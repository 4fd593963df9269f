package coaching

import (
	"slices"
	"strconv"
)

// WarningSettings are what a team agreed on about early warnings.
type WarningSettings struct {
	// FalseAlarms is how many false alarms a year the team puts up with; zero
	// reads as that of [DefaultAlarmBudget].
	FalseAlarms float64
	// Muted are the kinds of goals about which there are no warnings.
	Muted []Kind
}

// WarningKinds are the kinds that there are warnings about.
var WarningKinds = []Kind{WinRate, Churn, CAC, Margin, Cycle}

// Bounds of the budget: below it nothing is told in years, above it warnings are
// noise.
const (
	leastFalseAlarms = 0.1
	mostFalseAlarms  = 12
)

// Yearly is how many false alarms a year the team puts up with.
func (s WarningSettings) Yearly() float64 {
	if s.FalseAlarms == 0 {
		return DefaultAlarmBudget.Team
	}
	return s.FalseAlarms
}

// Budget is what the settings make of the budget: a family's part of it grows
// with the team's.
func (s WarningSettings) Budget() AlarmBudget {
	return AlarmBudget{Family: DefaultAlarmBudget.Family * s.Yearly() / DefaultAlarmBudget.Team, Team: s.Yearly()}
}

// WithBudget returns the settings with another budget. One outside 0.1 to 12 is
// Invalid ("warning_budget_range").
func (s WarningSettings) WithBudget(yearly float64) (WarningSettings, error) {
	if !(yearly >= leastFalseAlarms && yearly <= mostFalseAlarms) {
		return s, Refuse("warning_budget_range")
	}
	s.FalseAlarms = yearly
	return s, nil
}

// WithMuted returns the settings with a kind muted or not. One that there are no
// warnings about is Invalid ("warning_kind_unknown").
func (s WarningSettings) WithMuted(kind Kind, muted bool) (WarningSettings, error) {
	if !slices.Contains(WarningKinds, kind) {
		return s, Refuse("warning_kind_unknown")
	}
	s.Muted = slices.DeleteFunc(slices.Clone(s.Muted), func(k Kind) bool { return k == kind })
	if muted {
		s.Muted = append(s.Muted, kind)
		slices.Sort(s.Muted)
	}
	return s, nil
}

// Watching returns the settings with just these kinds not muted. A kind that there
// are no warnings about is Invalid ("warning_kind_unknown").
func (s WarningSettings) Watching(kinds []Kind) (WarningSettings, error) {
	for _, kind := range kinds {
		if !slices.Contains(WarningKinds, kind) {
			return s, Refuse("warning_kind_unknown")
		}
	}
	s.Muted = slices.DeleteFunc(slices.Clone(WarningKinds), func(k Kind) bool { return slices.Contains(kinds, k) })
	slices.Sort(s.Muted)
	return s, nil
}

// Watches reports whether there are warnings about a kind.
func (s WarningSettings) Watches(kind Kind) bool {
	return slices.Contains(WarningKinds, kind) && !slices.Contains(s.Muted, kind)
}

// BudgetText writes the budget as it can be typed.
func (s WarningSettings) BudgetText() string { return strconv.FormatFloat(s.Yearly(), 'f', -1, 64) }

// budgetText is the budget that was agreed on, empty where it is the usual one.
func (s WarningSettings) budgetText() string {
	if s.FalseAlarms == 0 {
		return ""
	}
	return s.BudgetText()
}
