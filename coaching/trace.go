package coaching

import (
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// Trace is an entry of the audit trail: who changed what when, or was refused.
// It holds values, not sentences. The trail is only ever added to.
//
// A trace is left before the change is made, so that none is made without one;
// where a process dies in between, repeating the request makes the change.
type Trace struct {
	// ID is unique within the workspace and derived from the request and what
	// it was about, so that a repeated request adds nothing.
	ID        string
	Workspace WorkspaceID
	// Goal is the number of the goal, 0 for what the team shares.
	Goal   int
	Kind   TraceKind
	Member MemberID
	// Name is what the member was called then.
	Name   string
	At     time.Time
	Shifts []Shift
	// Why is the reason that the member gave, in their words.
	Why string
	// Act and Refusal tell what was refused, and why.
	Act     Act
	Refusal Reason
}

// TraceKind says what sort of change it is of.
type TraceKind string

// The kinds of traces.
const (
	TraceCreated  TraceKind = "created"
	TraceEdited   TraceKind = "edited"
	TraceState    TraceKind = "state" // focused, parked, closed, taken up again
	TracePlanned  TraceKind = "planned"
	TraceReviewed TraceKind = "reviewed"
	TraceUndone   TraceKind = "undone"
	TraceSettings TraceKind = "settings"
	TraceManagers TraceKind = "managers"
	TraceClaimed  TraceKind = "claimed" // became the manager of a team without one
	TraceImported TraceKind = "imported"
	TraceRefused  TraceKind = "refused" // was beyond the member's role
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
	return s
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
	s.add("week", strconv.Itoa(int(before.Week)), strconv.Itoa(int(after.Week)))
	s.add("holidays", datesText(before.Holidays), datesText(after.Holidays))
	s.add("currency", before.Currency, after.Currency)
	s.add("focus_limit", strconv.Itoa(before.FocusLimit), strconv.Itoa(after.FocusLimit))
	s.add("salaries", amountText(before.Costs.Salaries), amountText(after.Costs.Salaries))
	s.add("production", amountText(before.Costs.Production), amountText(after.Costs.Production))
	s.add("marketing", amountText(before.Costs.Marketing), amountText(after.Costs.Marketing))
	s.add("overhead", amountText(before.Costs.Overhead), amountText(after.Costs.Overhead))
	s.add("margin", before.marginText(), after.marginText())
	s.add("funnel", before.Funnel.text(), after.Funnel.text())
	s.add("deal", before.Deal.text(), after.Deal.text())
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
