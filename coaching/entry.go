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
	// At is when the entry was made. It is stored within a minute of it: the
	// store takes what is older for complete.
	At time.Time
	Op Op
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

// NewEntry returns the entry that an amount as written makes on a goal: it is
// added to a sum and sets a level, unless a sign says otherwise. On a goal that
// follows events see [NewCorrection]. The error is
// Invalid with the reason why the amount or the note cannot be recorded. The
// caller adds who, when and the id.
func NewEntry(goal Goal, figure Figure, note string) (Entry, error) {
	entry := Entry{Workspace: goal.Workspace, Goal: goal.Number, Op: Add, Amount: figure.Value, Note: note}
	if figure.Sign == '=' || figure.Sign == 0 && goal.Nature != Sum {
		entry.Op = Set
	}
	if err := CheckFigure(entry.Amount); err != nil {
		return Entry{}, err
	}
	switch {
	case utf8.RuneCountInString(entry.Note) > MaxNote:
		return Entry{}, Refuse("note_too_long")
	case goal.State == Closed:
		return Entry{}, Refuse("goal_closed")
	case figure.Percent && goal.Unit != Percent:
		return Entry{}, Refuse("amount_is_percent")
	case figure.Currency != "" && goal.Unit != Money:
		return Entry{}, Refuse("amount_is_money")
	case figure.Currency != "" && figure.Currency != goal.Currency:
		return Entry{}, Refuse("amount_other_currency")
	case entry.Op == Add && entry.Amount.IsZero():
		return Entry{}, Refuse("amount_zero")
	case entry.Op == Set && entry.Amount.Sign() < 0 && goal.Kind != Margin:
		return Entry{}, Refuse("level_negative")
	case entry.Op == Set && goal.Unit == Percent && entry.Amount.GreaterThan(hundred):
		return Entry{}, Refuse("percent_above_hundred")
	}
	return entry, nil
}

// NewCorrection is [NewEntry] for a goal whose figure comes from events. Only what
// adds to a sum is taken, as a correction of it ("figure_followed"): a figure
// that is set would last until the next event, and a rate has its cases.
func NewCorrection(goal Goal, figure Figure, note string) (Entry, error) {
	entry, err := NewEntry(goal, figure, note)
	if err == nil && (goal.Nature != Sum || entry.Op != Add) {
		return Entry{}, Refuse("figure_followed")
	}
	return entry, err
}

// ChooseUndo returns the entry that takes back a member's latest one that
// stands. The entries are that member's, newest first. Where the request took
// something back before, that is returned with done set. found is false where
// nothing is left to take back.
func ChooseUndo(entries []Entry, request string) (undo Entry, done, found bool) {
	undone := make(map[string]bool)
	for _, entry := range entries {
		if entry.Op == Undo {
			if entry.Request == request {
				return entry, true, true
			}
			undone[entry.Reverts] = true
		}
	}
	for _, entry := range entries {
		if entry.Op == Undo || undone[entry.ID] {
			continue
		}
		return Entry{
			ID: entry.ID + "~undo", Workspace: entry.Workspace, Goal: entry.Goal, Member: entry.Member,
			Op: Undo, Amount: entry.Amount, Reverts: entry.ID, RevertsAt: entry.At, Request: request,
		}, false, true
	}
	return Entry{}, false, false
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
	// Cases counts what a rate that comes from events is of: deals that were
	// decided, customers at risk. It is 0 for other figures.
	Cases int
	// Followed says where the figure comes from where it is not from entries,
	// nil where it is. Entries is then how many events it rests on, as far as
	// that can be said, and LastAt when the last of them came.
	Followed *Following
}

// Subtotal is what the entries of a goal come to that were made up to a time.
type Subtotal struct {
	Through  time.Time
	Progress Progress
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
