package commands_test

import (
	"slices"
	"testing"

	"github.com/smallwins/smallwins/coaching"
)

func TestAllAboutWarningsIsSetByOneForm(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-03-12 09:00")
	o.leads(lin)
	o.locale = "en"
	f := o.opens(lin, "settings warnings")
	if n := len(f.prompt.Fields); n > 5 {
		t.Errorf("%d fields are more than a form of Discord has", n)
	}
	if got, all := f.field("watch").Values, len(coaching.WarningKinds); len(got) != all || f.field("budget").Value != "1" {
		t.Errorf("it begins with %v and %q", got, f.field("budget").Value)
	}
	f.answers("budget=often").wrong("budget", "0.1 to 12").
		answers("budget=20").wrong("budget", "0.1 to 12").
		answers("budget=2", "time=soon").wrong("time", "09:00").
		answers("time=09:30", "days=mon", "budget=2", "watch=churn | winrate").
		wants("Early warnings in #C0SALES: first on Mon 16 Mar, 09:30", "at most 2; muted: ", "Early warnings in #C0SALES: Mon at 09:30")
	workspace, err := o.store.Workspace(t.Context(), officeID)
	if err != nil || workspace.Warnings.FalseAlarms != 2 || !slices.Equal(workspace.Warnings.Muted, []coaching.Kind{coaching.CAC, coaching.Cycle, coaching.Margin}) {
		t.Errorf("kept is %+v, %v", workspace.Warnings, err)
	}
	f = o.opens(lin, "settings warnings")
	if got := f.field("watch").Values; !slices.Equal(got, []string{"winrate", "churn"}) || f.field("time").Value != "09:30" {
		t.Errorf("the form begins with %v at %q", got, f.field("time").Value)
	}
	f.answers("state=off").wants("Early warnings: off in #C0SALES.", "at most 2; muted: ")
}

func TestLineSaysAllAboutWarningsToo(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-03-12 09:00")
	o.leads(lin)
	o.locale = "en"
	wants(t, o.reads(lin, "settings warnings 10:00 Tue budget 0.5 mute cac margin"), "at most 0.5; muted: Customer acquisition cost, Profit margin", "Tue at 10:00")
	wants(t, o.reads(lin, "settings warnings watch win-rate,churn,cac,margin,cycle"), "false alarms a year: at most 0.5\n", "Tue at 10:00")
	for line, want := range map[string]coaching.Reason{
		"budget":             "warning_setting_how",
		"budget 2 3":         "warning_budget_range",
		"watch rain":         "warning_kind_unknown",
		"mute":               "warning_setting_how",
		"soon budget 2":      "cadence_unreadable",
		"budget 2 mute rain": "warning_kind_unknown",
	} {
		o.refuses(lin, "settings warnings "+line, want)
	}
	workspace, err := o.store.Workspace(t.Context(), officeID)
	if err != nil || workspace.Warnings.FalseAlarms != 0.5 {
		t.Errorf("a line that is wrong in part changed %+v, %v", workspace.Warnings, err)
	}
	o.refuses(nok, "settings warnings budget 3", "settings_of_managers")
}
