package commands

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

// The settings of warnings besides when and where they come.
const budgetWord = "budget"

// agreesOnWarnings reports whether the values behind "warnings" are what a team
// agrees on about them, rather than when and where they come.
func agreesOnWarnings(values []string) bool {
	return len(values) > 0 && slices.Contains([]string{budgetWord, muteWord, unmuteWord}, strings.ToLower(values[0]))
}

// withWarnings returns the workspace with a setting of warnings changed: "budget
// 2" false alarms a year, "mute churn", "unmute churn".
func withWarnings(workspace coaching.Workspace, values []string) (coaching.Workspace, error) {
	if len(values) < 2 {
		return workspace, coaching.Refuse("warning_setting_how")
	}
	var err error
	switch word := strings.ToLower(values[0]); word {
	case budgetWord:
		yearly, wrong := strconv.ParseFloat(values[1], 64)
		if wrong != nil {
			return workspace, coaching.Refuse("warning_budget_range")
		}
		workspace.Warnings, err = workspace.Warnings.WithBudget(yearly)
	case muteWord, unmuteWord:
		kind := coaching.Kind(strings.ToLower(strings.ReplaceAll(strings.Join(values[1:], ""), "-", "")))
		workspace.Warnings, err = workspace.Warnings.WithMuted(kind, word == muteWord)
	default:
		err = coaching.Refuse("warning_setting_how")
	}
	return workspace, err
}

// warningsFact shows what the team agreed on about warnings.
func (a *ask) warningsFact() Fact {
	muted := a.workspace.Warnings.Muted
	if len(muted) == 0 {
		return Fact{Label: a.voice.Text("setting_warnings", nil), Value: a.voice.Line("setting_warnings_budget", Args{"budget": a.falseAlarms()})}
	}
	names := make([]string, len(muted))
	for i, kind := range muted {
		names[i] = a.voice.Text("kind_"+string(kind), nil)
	}
	return Fact{
		Label: a.voice.Text("setting_warnings", nil),
		Value: a.voice.Line("setting_warnings_muted", Args{"budget": a.falseAlarms(), "kinds": a.voice.join(names)}),
	}
}

// falseAlarms words how many false alarms a year the team puts up with.
func (a *ask) falseAlarms() string {
	return a.voice.figure(decimal.NewFromFloat(a.workspace.Warnings.Yearly()), measure{unit: coaching.Count})
}
