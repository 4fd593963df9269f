package coaching

import "time"

// Draft is a goal statement that waits for its author's word.
type Draft struct {
	// ID is that of the request which began it.
	ID        string
	Workspace WorkspaceID
	Member    MemberID
	Statement string
	At        time.Time
}
