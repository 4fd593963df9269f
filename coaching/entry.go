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

// Tally sums entries as they are read, newest first, down to a checkpoint or to
// the first entry. The zero Tally is ready to use.
type Tally struct {
	undone  map[string]bool
	pending []Entry // newest first
}

// Add takes the next older entry.
func (t *Tally) Add(entry Entry) {
	if entry.Op == Undo {
		if t.undone == nil {
			t.undone = make(map[string]bool)
		}
		t.undone[entry.Reverts] = true
		return
	}
	if !t.undone[entry.ID] {
		t.pending = append(t.pending, entry)
	}
}

// From returns the progress of the entries added, on top of what an earlier
// stretch came to.
func (t *Tally) From(base Progress) Progress {
	progress := base
	for i := len(t.pending) - 1; i >= 0; i-- {
		entry := t.pending[i]
		if t.undone[entry.ID] {
			continue
		}
		if entry.Op == Set {
			progress.Value = entry.Amount
			if !progress.HasFirst {
				progress.First, progress.HasFirst = entry.Amount, true
			}
		} else {
			progress.Value = progress.Value.Add(entry.Amount)
		}
		progress.Entries++
		progress.LastAt = entry.At
	}
	return progress
}
