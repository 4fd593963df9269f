package coaching

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Kudos is a member's applause for another one's win. It counts once.
type Kudos struct {
	Workspace WorkspaceID
	// Win is the id of the entry that stands for the win.
	Win  string
	From MemberID
	// To is who won, and Name what they were called then.
	To   MemberID
	Name string
	At   time.Time
}

// NewKudos returns the applause of a member for the win that an entry is. One's
// own win is Forbidden ("kudos_own").
func NewKudos(win Entry, from MemberID, at time.Time) (Kudos, error) {
	if win.Member == from {
		return Kudos{}, &Error{Code: Forbidden, Reason: "kudos_own"}
	}
	return Kudos{Workspace: win.Workspace, Win: win.ID, From: from, To: win.Member, Name: win.Name, At: at}, nil
}

// Applause is how much kudos a member got.
type Applause struct {
	Member MemberID
	Name   string
	Count  int
}

// CountKudos adds up kudos by who got it, the most first, then by name.
func CountKudos(given []Kudos) []Applause {
	var counted []Applause
	for _, kudos := range given {
		i := slices.IndexFunc(counted, func(a Applause) bool { return a.Member == kudos.To })
		if i < 0 {
			i = len(counted)
			counted = append(counted, Applause{Member: kudos.To})
		}
		counted[i].Count++
		counted[i].Name = kudos.Name
	}
	slices.SortFunc(counted, func(a, b Applause) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Name, b.Name), strings.Compare(string(a.Member), string(b.Member)))
	})
	return counted
}
