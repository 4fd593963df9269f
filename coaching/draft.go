package coaching

import (
	"strings"
	"time"
)

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

// CutPrivate takes the word off a statement with which its author keeps the goal
// to themselves and managers: "private 20 demos this month".
func CutPrivate(statement string) (rest string, private bool) {
	statement = strings.TrimSpace(statement)
	word, rest, _ := strings.Cut(statement, " ")
	switch strings.ToLower(strings.TrimSuffix(word, ":")) {
	case "private", "ส่วนตัว":
		return strings.TrimSpace(rest), true
	default:
		return statement, false
	}
}
