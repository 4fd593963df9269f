package commands

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

// The settings of warnings besides when and where they come.
const (
	budgetWord = "budget"
	watchWord  = "watch"
)

// warningRules are the words that begin what a team agrees on about warnings,
// rather than when and where they come.
var warningRules = []string{budgetWord, watchWord, muteWord, unmuteWord}

// setWarnings sets when and where warnings come and what the team agreed on about
// them, "09:30 Mon #sales budget 2 watch churn"; without values a form asks.
func (r *Router) setWarnings(ctx context.Context, ask *ask, values []string) (Reply, error) {
	name := string(coaching.WarningCheck)
	if len(values) == 0 {
		return r.begin(ctx, ask, dialogSettings, "", map[string][]string{settingField: {name}})
	}
	when, rules := cutRules(values)
	if len(rules) == 0 {
		return r.setCadence(ctx, ask, coaching.WarningCheck, when)
	}
	if _, err := ask.cadenceArgs(when); err != nil {
		return Reply{}, err
	}
	reply, err := r.setShared(ctx, ask, name, rules)
	if err != nil || len(when) == 0 {
		return reply, err
	}
	return r.setCadence(ctx, ask, coaching.WarningCheck, when)
}

// cutRules splits the values behind "warnings" into when and where they come and
// the rules.
func cutRules(values []string) (when, rules []string) {
	at := slices.IndexFunc(values, isWarningRule)
	if at < 0 {
		return values, nil
	}
	return values[:at], values[at:]
}

func isWarningRule(word string) bool { return slices.Contains(warningRules, strings.ToLower(word)) }

// withWarnings returns the workspace with settings of warnings changed: "budget 2"
// false alarms a year, "watch winrate churn" alone, "mute churn", "unmute churn",
// one after the other.
func withWarnings(workspace coaching.Workspace, values []string) (coaching.Workspace, error) {
	for len(values) > 0 {
		rule, rest := strings.ToLower(values[0]), values[1:]
		of := rest
		if end := slices.IndexFunc(rest, isWarningRule); end >= 0 {
			of = rest[:end]
		}
		values = rest[len(of):]
		changed, err := withWarningRule(workspace.Warnings, rule, of)
		if err != nil {
			return workspace, err
		}
		workspace.Warnings = changed
	}
	return workspace, nil
}

func withWarningRule(settings coaching.WarningSettings, rule string, of []string) (coaching.WarningSettings, error) {
	if len(of) == 0 || !isWarningRule(rule) {
		return settings, coaching.Refuse("warning_setting_how")
	}
	if rule == budgetWord {
		yearly, err := strconv.ParseFloat(of[0], 64)
		if err != nil || len(of) > 1 {
			return settings, coaching.Refuse("warning_budget_range")
		}
		return settings.WithBudget(yearly)
	}
	kinds := warningKinds(of)
	if rule == watchWord {
		return settings.Watching(kinds)
	}
	var err error
	for _, kind := range kinds {
		if settings, err = settings.WithMuted(kind, rule == muteWord); err != nil {
			return settings, err
		}
	}
	return settings, nil
}

// warningKinds reads kinds: "win-rate", "churn,cac", "churn cac".
func warningKinds(words []string) []coaching.Kind {
	var kinds []coaching.Kind
	for _, word := range words {
		for name := range strings.SplitSeq(word, ",") {
			if name = strings.ToLower(strings.ReplaceAll(name, "-", "")); name != "" {
				kinds = append(kinds, coaching.Kind(name))
			}
		}
	}
	return kinds
}

// warningFields ask for all about warnings in this channel, beginning with what
// is set.
func warningFields(ctx context.Context, r *Router, ask *ask) ([]Field, error) {
	_, cadence, err := r.cadence(ctx, ask, coaching.WarningCheck, ask.Channel, "")
	if err != nil {
		return nil, err
	}
	watch := Field{Name: watchWord, Kind: PickMany, Label: ask.voice.Text("setting_warnings_watch", nil)}
	for _, kind := range coaching.WarningKinds {
		watch.Choices = append(watch.Choices, ask.choice(string(kind), "kind_"+string(kind)))
		if ask.workspace.Warnings.Watches(kind) {
			watch.Values = append(watch.Values, string(kind))
		}
	}
	return []Field{
		ask.stateField("state", "setting_cadence_on", "setting_cadence_off"),
		{Name: "time", Kind: LineField, Label: ask.voice.Text("setting_time", nil), Value: cadence.At.String(), Placeholder: "09:30"},
		ask.daysField(cadence.Days),
		watch,
		{
			Name: budgetWord, Kind: LineField, Label: ask.voice.Text("setting_warnings_allowed", nil), Value: ask.workspace.Warnings.BudgetText(),
			Hint: ask.voice.Text("setting_warnings_allowed_hint", nil), Placeholder: "1",
		},
	}, nil
}

// warningLine names the channel in which the dialog was begun.
func warningLine(_ *ask, dialog coaching.Dialog) (typed, problems) {
	channel := "#" + string(dialog.Channel)
	if dialog.Answer("state") == off {
		return typed{text: off + " " + channel}, nil
	}
	if _, err := coaching.ParseClockTime(dialog.Answer("time")); err != nil {
		return typed{}, problems{"time": reasonOf(err)}
	}
	rules := []string{budgetWord, dialog.Answer(budgetWord), watchWord, strings.Join(dialog.Answers[watchWord], ",")}
	if _, err := withWarnings(coaching.Workspace{}, rules[:2]); err != nil {
		return typed{}, problems{budgetWord: reasonOf(err)}
	}
	if len(dialog.Answers[watchWord]) == 0 {
		return typed{}, problems{watchWord: "answer_missing"}
	}
	when := []string{dialog.Answer("time"), strings.Join(dialog.Answers["days"], ","), channel}
	return typed{text: strings.Join(append(when, rules...), " ")}, nil
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
