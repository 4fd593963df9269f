package coaching

import (
	"fmt"
	"time"
)

// Ended is what is told of a goal whose period is over: its review, as it would
// be kept if the books were closed now, and what is worth keeping.
type Ended struct {
	Date Date
	// Member is who is told it alone; it is empty in a channel.
	Member MemberID
	Review Review
	// Keep is what the goal's plan says goes well, and Ticked how many small
	// wins were ticked on the way.
	Keep   string
	Ticked int
}

// Kind is [ReviewEnd].
func (Ended) Kind() CadenceKind { return ReviewEnd }

// Day is the day on which it is told.
func (e Ended) Day() Date { return e.Date }

// endedFor is for how many days after a period's end its review is still posted
// by itself. Who comes later asks for it.
const endedFor = 7

// JustEnded reports whether the goal's period ended so shortly before a day that
// its end is told then. Every day may ask: what was told has the same
// [EndedID] the next time.
func JustEnded(goal Goal, day Date) bool {
	days := day.Sub(goal.Period.To)
	return (goal.State == Active || goal.State == Parked) && days > 0 && days <= endedFor
}

// ToldInPublic reports whether how a goal ended may be told in a channel:
// winning in public, all else to those whose it is.
func ToldInPublic(review Review) bool {
	return review.Result == ResultMet && !review.Goal.Private
}

// EndedID identifies the post that tells somebody, or a channel, how a goal
// ended. A period that is moved ends anew.
func EndedID(goal Goal, to string) string {
	return fmt.Sprintf("%s/%s/%d/%s/%s", goal.Workspace, ReviewEnd, goal.Number, goal.Period.To, to)
}

// EndedExpires returns when a post about the end of a goal becomes useless.
func EndedExpires(due time.Time) time.Time { return due.Add(usefulFor[ReviewEnd]) }
