package coaching

import (
	"slices"
	"time"

	"github.com/shopspring/decimal"
)

// Workspace holds what a team agreed on: its zone, work week, holidays,
// currency and limits.
type Workspace struct {
	ID WorkspaceID
	// Zone is a name of the IANA time zone database.
	Zone string
	Week Weekdays
	// Holidays are days off of the team's own, Worked public holidays on which it
	// works all the same.
	Holidays, Worked []Date
	// Country is whose public holidays are days off, by its ISO 3166 code with
	// what part of it where that matters ("DE", "AU-NSW"); empty means none.
	// PublicHolidays are they, for the years to PublicThrough.
	Country        string
	PublicHolidays []Date
	PublicThrough  int
	// Quiet are the hours in which the bot says nothing by itself.
	Quiet Quiet
	// Language is the BCP 47 tag of what the bot speaks in channels, and to
	// members whose own language is unknown; empty means English.
	Language string
	// Currency is the ISO 4217 code for amounts that name none.
	Currency string
	// FocusLimit is how many focus goals a member or the team may have at once.
	FocusLimit int

	// Managers are the members that were chosen to be managers, ManagerGroups
	// the platform's own groups or roles whose members are, by their ids.
	Managers      []MemberID
	ManagerGroups []string
	// GroupNames are what those groups are called, by their ids, as far as known.
	GroupNames map[string]string
	// AdminKnown is set once the platform has named one of its admins.
	AdminKnown bool

	// Costs are those of a usual month, in the currency above; all of them are
	// zero where nobody said.
	Costs Costs
	// Margin is the contribution margin in percent, where HasMargin is set.
	Margin    decimal.Decimal
	HasMargin bool
	// Funnel is the sales process as counted in the last months, zero where
	// nobody counted it.
	Funnel Funnel
	// Deal is what a won deal brings, in the currency above; zero where nobody
	// said.
	Deal DealSize

	// Warnings are what was agreed on about early warnings.
	Warnings WarningSettings
}

// InCurrency returns the settings with another currency. Amounts in the old
// one say nothing of the new: costs and the deal size are dropped, which lost
// tells.
func (w Workspace) InCurrency(code string) (changed Workspace, lost bool) {
	if w.Currency == code {
		return w, false
	}
	lost = !w.Costs.Total().IsZero() || w.Deal.Deals > 0
	w.Currency, w.Costs, w.Deal = code, Costs{}, DealSize{}
	return w, lost
}

// NewWorkspace returns the settings that a team starts with.
func NewWorkspace(id WorkspaceID) Workspace {
	return Workspace{ID: id, Zone: "UTC", Week: MondayToFriday, Currency: "USD", FocusLimit: 3}
}

// Location returns the workspace's zone; an unknown one, which the settings
// never let in, reads as UTC.
func (w Workspace) Location() *time.Location {
	return zoneOr(w.Zone, time.UTC)
}

// Calendar returns the workspace's working days.
func (w Workspace) Calendar() Calendar {
	off := w.Holidays
	for _, day := range w.PublicHolidays {
		if !slices.Contains(w.Worked, day) {
			off = append(off[:len(off):len(off)], day)
		}
	}
	calendar, err := NewCalendar(w.Week, off...)
	if err != nil {
		return Calendar{}
	}
	return calendar
}

// Terms returns what bounds the cadences of channels.
func (w Workspace) Terms() Terms {
	return Terms{Calendar: w.Calendar(), Zone: w.Location(), Quiet: w.Quiet}
}

// Member is a person in a workspace, as last seen.
type Member struct {
	Workspace WorkspaceID
	ID        MemberID
	Name      string
	// Locale is a BCP 47 tag, Zone an IANA name; both may be empty.
	Locale, Zone string
	// ProfileAt is when the platform last told name, locale and zone on being
	// asked, zero where it never was.
	ProfileAt time.Time
	// Email is what the CRM may know the member by; it may be empty.
	Email string
	// Evidence is what the platform last said of the member's standing.
	Evidence Evidence
}

// Evidence is what the platform said of a member's standing when it was asked.
type Evidence struct {
	// At is when that was, zero where it never was.
	At    time.Time
	Admin bool
	// Looked are the groups that were looked into, Groups those of them that
	// the member was in.
	Looked, Groups []string
}

// Covers reports whether the evidence was taken within a time before now and
// looked into all of the groups.
func (e Evidence) Covers(groups []string, within time.Duration, now time.Time) bool {
	if e.At.IsZero() || now.Sub(e.At) > within {
		return false
	}
	for _, group := range groups {
		if !slices.Contains(e.Looked, group) {
			return false
		}
	}
	return true
}

// Forgotten counts what became of the documents that named a member.
type Forgotten struct{ Deleted, Renamed int }
