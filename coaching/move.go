package coaching

import "time"

// MovedPart is a part of a goal that people go by while it runs.
type MovedPart string

// The parts whose changes are remembered with the goal.
const (
	MovedTarget    MovedPart = "target"
	MovedBaseline  MovedPart = "baseline"
	MovedEnd       MovedPart = "end"
	MovedOwner     MovedPart = "owner"
	MovedMilestone MovedPart = "milestone"
)

// MaxMoves is how many changes are remembered with a goal. One that would be
// changed more often is another goal by then.
const MaxMoves = 40

// Move tells that a part of a goal was changed and what it was until then, so
// that whoever looks at how the goal ended sees which goal posts were moved.
type Move struct {
	Part   MovedPart
	At     time.Time
	By     MemberID
	Reason string

	// Was is the part as it was until At, in the field that belongs to it.
	Was Moved
}

// Moved holds one part of a goal.
type Moved struct {
	Size      Size      // of MovedTarget
	Baseline  Baseline  // of MovedBaseline
	End       Date      // of MovedEnd
	Owner     MemberID  // of MovedOwner
	Milestone Milestone // of MovedMilestone
	Place     int       // of that, among the milestones there were then
}
