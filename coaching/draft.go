package coaching

import "time"

// Draft is what a member wrote and has not settled yet: a goal statement that
// waits for its author's word, or an amount that waits for its goal.
type Draft struct {
	// ID derives from that of the request which began it.
	ID        string
	Workspace WorkspaceID
	Member    MemberID
	Statement string
	At        time.Time
}
