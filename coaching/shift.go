package coaching

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// Shift is a value that changed. Empty stands for none.
type Shift struct {
	// Name says which value: "target", "zone". Before and After are written as
	// documents keep them: decimals, dates as 2026-12-31, ids, lists with
	// spaces in between.
	Name          string
	Before, After string
}

// shifts collects the values that differ.
type shifts []Shift

func (s *shifts) add(name, before, after string) {
	if before != after {
		*s = append(*s, Shift{Name: name, Before: before, After: after})
	}
}

// GoalShifts returns what differs between two forms of a goal. Compared with
// the zero goal, it is all that a new one begins with.
func GoalShifts(before, after Goal) []Shift {
	var s shifts
	s.add("title", before.Title, after.Title)
	s.add("target", before.targetText(), after.targetText())
	s.add("baseline", before.baselineText(), after.baselineText())
	s.add("from", dateText(before.Period.From), dateText(after.Period.From))
	s.add("to", dateText(before.Period.To), dateText(after.Period.To))
	s.add("owner", string(before.Owner), string(after.Owner))
	s.add("private", flagText(before.Private), flagText(after.Private))
	s.add("strategy", before.Strategy, after.Strategy)
	s.add("why", before.Why, after.Why)
	s.add("state", string(before.State), string(after.State))
	s.add("focus", flagText(before.Focus), flagText(after.Focus))
	for _, move := range after.Moves[min(len(before.Moves), len(after.Moves)):] {
		if was := move.Was; move.Part == MovedMilestone && was.Place < len(after.Milestones) {
			s.add("milestone", was.Milestone.text(), after.Milestones[was.Place].text())
		}
	}
	return s
}

// PlanShifts returns what differs between two forms of a plan.
func PlanShifts(before, after Plan) []Shift {
	var s shifts
	s.add("succeeds", before.Succeeds, after.Succeeds)
	s.add("hiccups", before.Hiccups, after.Hiccups)
	s.add("has_tools", string(before.HasTools), string(after.HasTools))
	s.add("tools", before.Tools, after.Tools)
	s.add("leak_stage", before.LeakStage, after.LeakStage)
	s.add("leak_fix", before.LeakFix, after.LeakFix)
	s.add("audience", before.Audience, after.Audience)
	s.add("reach", before.Reach, after.Reach)
	return s
}

// CadenceShift returns what differs between two forms of a channel's cadence of a
// kind. The zero cadence stands for none.
func CadenceShift(kind CadenceKind, before, after Cadence) []Shift {
	var s shifts
	s.add(string(kind), before.text(), after.text())
	return s
}

// text writes a cadence's channel, time, days and zone, "C1 09:00 62 UTC", and
// until when it has a break.
func (c Cadence) text() string {
	if c.Channel == "" {
		return ""
	}
	words := []string{string(c.Channel), c.At.String(), strconv.Itoa(int(c.Days)), cmp.Or(c.Zone, "-")}
	if !c.SnoozedUntil.IsZero() {
		words = append(words, c.SnoozedUntil.String())
	}
	return strings.Join(words, " ")
}

// RepShift returns what differs between two forms of a member's place on the
// team's list. The zero rep stands for none.
func RepShift(before, after Rep) []Shift {
	var s shifts
	s.add("rep", before.text(), after.text())
	return s
}

// OwnerShift returns who an owner in the CRM is taken for before and after.
func OwnerShift(before, after Owner) []Shift {
	var s shifts
	s.add("matched", before.text(), after.text())
	return s
}

// text writes whom an owner is taken for, "U1 Darcy Schlechter"; nothing where
// nobody said.
func (o Owner) text() string {
	if o.Member == "" {
		return ""
	}
	return string(o.Member) + " " + o.Name
}

// text writes a member with the days on which they came and left, "U1
// 2026-01-05 -".
func (r Rep) text() string {
	if r.Member == "" {
		return ""
	}
	return strings.Join([]string{string(r.Member), cmp.Or(dateText(r.Start), "-"), cmp.Or(dateText(r.End), "-")}, " ")
}

// targetText writes what a goal asks for: the figure, else the change of it.
func (g Goal) targetText() string {
	target, known := g.Target()
	switch {
	case g.Size.Form == "":
		return ""
	case known:
		return target.String()
	case g.Size.Form == ChangePercent:
		return signedText(g.Size.Value) + "%"
	default:
		return signedText(g.Size.Value)
	}
}

func signedText(value decimal.Decimal) string {
	if value.Sign() > 0 {
		return "+" + value.String()
	}
	return value.String()
}

func (g Goal) baselineText() string {
	if !g.HasBaseline {
		return ""
	}
	return g.Baseline.String()
}

func dateText(date Date) string {
	if date.IsZero() {
		return ""
	}
	return date.String()
}

// text writes a milestone, "2026-03-13 9".
func (m Milestone) text() string {
	return m.Day.String() + " " + decimal.NewFromFloat(m.Value).Round(2).String()
}

// flagText writes a flag; one that is not set is none.
func flagText(set bool) string {
	if !set {
		return ""
	}
	return "yes"
}

// SettingShifts returns what differs between two forms of a workspace's
// settings.
func SettingShifts(before, after Workspace) []Shift {
	var s shifts
	s.add("zone", before.Zone, after.Zone)
	s.add("language", before.Language, after.Language)
	s.add("week", strconv.Itoa(int(before.Week)), strconv.Itoa(int(after.Week)))
	s.add("holidays", datesText(before.Holidays), datesText(after.Holidays))
	s.add("worked", datesText(before.Worked), datesText(after.Worked))
	s.add("country", before.Country, after.Country)
	s.add("quiet", before.Quiet.text(), after.Quiet.text())
	s.add("currency", before.Currency, after.Currency)
	s.add("focus_limit", strconv.Itoa(before.FocusLimit), strconv.Itoa(after.FocusLimit))
	s.add("salaries", amountText(before.Costs.Salaries), amountText(after.Costs.Salaries))
	s.add("production", amountText(before.Costs.Production), amountText(after.Costs.Production))
	s.add("marketing", amountText(before.Costs.Marketing), amountText(after.Costs.Marketing))
	s.add("overhead", amountText(before.Costs.Overhead), amountText(after.Costs.Overhead))
	s.add("margin", before.marginText(), after.marginText())
	s.add("funnel", before.Funnel.text(), after.Funnel.text())
	s.add("deal", before.Deal.text(), after.Deal.text())
	s.add("false_alarms", before.Warnings.budgetText(), after.Warnings.budgetText())
	s.add("muted", idsText(before.Warnings.Muted), idsText(after.Warnings.Muted))
	s.add("managers", idsText(before.Managers), idsText(after.Managers))
	s.add("manager_groups", idsText(before.ManagerGroups), idsText(after.ManagerGroups))
	return s
}

func datesText(dates []Date) string {
	texts := make([]string, len(dates))
	for i, date := range dates {
		texts[i] = date.String()
	}
	return strings.Join(texts, " ")
}

func idsText[ID ~string](ids []ID) string {
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = string(id)
	}
	return strings.Join(texts, " ")
}

// amountText writes an amount; zero is none.
func amountText(amount decimal.Decimal) string {
	if amount.IsZero() {
		return ""
	}
	return amount.String()
}

func (w Workspace) marginText() string {
	if !w.HasMargin {
		return ""
	}
	return w.Margin.String()
}

// text writes a funnel's stages with their counts, "leads 400 deals 30".
func (f Funnel) text() string {
	if f.IsZero() {
		return ""
	}
	var words []string
	stages := f.Stages()
	for _, stage := range stages {
		words = append(words, stage.ID, strconv.Itoa(stage.Onward.Of))
	}
	return strings.Join(append(words, f.End(), strconv.Itoa(stages[len(stages)-1].Onward.Hits)), " ")
}

// text writes a deal's mean and from how many it is known, "5000 30".
func (d DealSize) text() string {
	if d.Deals == 0 {
		return ""
	}
	return d.Mean.String() + " " + strconv.Itoa(d.Deals)
}

// AwayShift returns what differs between the days off of two forms of a member's
// rhythm: the member and the days, "U1 2026-12-24 2027-01-02".
func AwayShift(before, after Rhythm) []Shift {
	var s shifts
	s.add("away", before.awayText(), after.awayText())
	return s
}

func (r Rhythm) awayText() string {
	if len(r.Away) == 0 {
		return ""
	}
	words := []string{string(r.Member)}
	for _, absence := range r.Away {
		words = append(words, absence.From.String(), absence.To.String())
	}
	return strings.Join(words, " ")
}
