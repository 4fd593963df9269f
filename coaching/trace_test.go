package coaching_test

import (
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

func TestShiftsOfAGoalAreWhatDiffers(t *testing.T) {
	t.Parallel()
	before := coaching.Goal{
		Number: 12, Title: "Demos", Kind: coaching.Meetings, Owner: "nok", Nature: coaching.Sum, Better: coaching.Higher,
		Period: coaching.PeriodOf(coaching.Month, coaching.Date{Year: 2026, Month: time.March, Day: 1}),
		Size:   coaching.Size{Form: coaching.Absolute, Value: decimal.NewFromInt(20)}, State: coaching.Active, Focus: true,
	}
	if found := coaching.GoalShifts(before, before); len(found) != 0 {
		t.Errorf("nothing changed, and it says %+v", found)
	}
	after := before
	after.Size.Value = decimal.NewFromInt(30)
	after.State, after.Focus, after.Private = coaching.Parked, false, true
	want := []coaching.Shift{
		{Name: "target", Before: "20", After: "30"},
		{Name: "private", After: "yes"},
		{Name: "state", Before: "active", After: "parked"},
		{Name: "focus", Before: "yes"},
	}
	if got := coaching.GoalShifts(before, after); !slices.Equal(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	// A change is asked for as long as there is nothing to measure it from.
	after = before
	after.Size = coaching.Size{Form: coaching.ChangePercent, Value: decimal.NewFromInt(3)}
	if got := coaching.GoalShifts(before, after)[0]; got != (coaching.Shift{Name: "target", Before: "20", After: "+3%"}) {
		t.Errorf("got %+v", got)
	}
	after.Baseline, after.HasBaseline = decimal.NewFromInt(200), true
	if got := coaching.GoalShifts(before, after)[0]; got != (coaching.Shift{Name: "target", Before: "20", After: "206"}) {
		t.Errorf("got %+v", got)
	}
}

func TestShiftsOfSettingsAreWhatDiffers(t *testing.T) {
	t.Parallel()
	before := coaching.NewWorkspace("slack:T1")
	if found := coaching.SettingShifts(before, before); len(found) != 0 {
		t.Errorf("nothing changed, and it says %+v", found)
	}
	after := before
	after.Zone, after.Managers = "Asia/Bangkok", []coaching.MemberID{"U1", "U2"}
	after.Costs.Salaries = decimal.NewFromInt(20000)
	after.Holidays = []coaching.Date{{Year: 2026, Month: time.December, Day: 31}, {Year: 2027, Month: time.January, Day: 1}}
	var err error
	after.Funnel, err = coaching.NewFunnel("deals", coaching.FunnelStage{ID: "leads", Onward: coaching.Rate{Of: 400, Hits: 30}})
	if err != nil {
		t.Fatal(err)
	}
	want := []coaching.Shift{
		{Name: "zone", Before: "UTC", After: "Asia/Bangkok"},
		{Name: "holidays", After: "2026-12-31 2027-01-01"},
		{Name: "salaries", After: "20000"},
		{Name: "funnel", After: "leads 400 deals 30"},
		{Name: "managers", After: "U1 U2"},
	}
	if got := coaching.SettingShifts(before, after); !slices.Equal(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestWhatWasRefusedIsKeptApart(t *testing.T) {
	t.Parallel()
	for want, trace := range map[coaching.Subject]coaching.Trace{
		"goal/12":                {Kind: coaching.TraceState, Goal: 12},
		coaching.SubjectSettings: {Kind: coaching.TraceSettings},
		coaching.SubjectRefused:  {Kind: coaching.TraceRefused, Goal: 12},
	} {
		if got := trace.Subject(); got != want {
			t.Errorf("%+v is about %q, want %q", trace, got, want)
		}
	}
}

func TestPrivateIsAWordBeforeTheStatement(t *testing.T) {
	t.Parallel()
	for statement, want := range map[string]string{
		"private 20 demos this month":   "20 demos this month",
		"Private: 20 demos this month":  "20 demos this month",
		" ส่วนตัว 20 demos this month ": "20 demos this month",
		"private": "",
	} {
		if rest, private := coaching.CutPrivate(statement); !private || rest != want {
			t.Errorf("%q: %v, %q", statement, private, rest)
		}
	}
	for _, statement := range []string{"20 demos this month", "privately 20 demos", "20 private demos"} {
		if rest, private := coaching.CutPrivate(statement); private || rest != statement {
			t.Errorf("%q: %v, %q", statement, private, rest)
		}
	}
}
