package coaching

import (
	"time"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// Op is what an entry does to a goal's figure.
type Op string

// The operations.
const (
	Add  Op = "add"  // adds Amount, which may be negative
	Set  Op = "set"  // sets the figure to Amount
	Undo Op = "undo" // takes back the entry named in Reverts
)

// Entry is one thing recorded on a goal. Entries are only ever added; taking
// one back is an entry too.
type Entry struct {
	// ID is unique within the workspace and derived from the request that made
	// the entry, so that a repeated request adds nothing.
	ID        string
	Workspace WorkspaceID
	Goal      int
	Member    MemberID
	// Name is what the member was called then.
	Name string
	At   time.Time
	Op   Op
	// Amount is in the goal's unit; for an Undo it repeats the amount taken
	// back.
	Amount decimal.Decimal
	Note   string
	// Reverts is the id of the entry taken back, and RevertsAt when that was
	// made, for an Undo.
	Reverts   string
	RevertsAt time.Time
	// Request is the id of the request that made the entry.
	Request string
}

// CheckEntry refuses an amount or note that cannot be recorded on the goal.
func CheckEntry(goal Goal, entry Entry) error {
	if err := CheckFigure(entry.Amount); err != nil {
		return err
	}
	switch {
	case utf8.RuneCountInString(entry.Note) > MaxNote:
		return Refuse("note_too_long")
	case goal.State == Closed:
		return Refuse("goal_closed")
	case entry.Op == Add && entry.Amount.IsZero():
		return Refuse("amount_zero")
	case entry.Op == Set && entry.Amount.Sign() < 0:
		return Refuse("level_negative")
	case entry.Op == Set && goal.Unit == Percent && entry.Amount.GreaterThan(hundred):
		return Refuse("percent_above_hundred")
	}
	return nil
}

// Progress is what the entries of a goal come to.
type Progress struct {
	// Value is the figure so far: the sum of what was added since it was last
	// set.
	Value decimal.Decimal
	// Entries counts the entries that stand, without those taken back.
	Entries int
	// LastAt is when the latest standing entry was made.
	LastAt time.Time
	// First is the first level that was set; levels without a baseline are
	// compared with it.
	First    decimal.Decimal
	HasFirst bool
}

// Reckon returns what entries come to on top of what earlier ones came to. The
// entries are ordered newest first, and an Undo takes back whichever of them it
// names.
func Reckon(earlier Progress, entries []Entry) Progress {
	var undone map[string]bool
	for _, entry := range entries {
		if entry.Op == Undo {
			if undone == nil {
				undone = make(map[string]bool)
			}
			undone[entry.Reverts] = true
		}
	}
	progress := earlier
	for i := len(entries) - 1; i >= 0; i-- {
		entry := entries[i]
		switch {
		case undone[entry.ID], entry.Op == Undo:
			continue
		case entry.Op == Set:
			progress.Value = entry.Amount
			if !progress.HasFirst {
				progress.First, progress.HasFirst = entry.Amount, true
			}
		default:
			progress.Value = progress.Value.Add(entry.Amount)
		}
		progress.Entries++
		progress.LastAt = entry.At
	}
	return progress
}
