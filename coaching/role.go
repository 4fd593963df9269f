package coaching

// Role is what a member may do in a workspace. Each may all that the ones below
// it may.
type Role int

// The roles, from the least.
const (
	RoleRep     Role = iota // own goals and progress
	RoleManager             // everybody's goals, and the team's settings
	RoleAdmin               // who is a manager
)

// Profile is what a chat platform itself says of a member, so nobody can claim
// it of themselves.
type Profile struct {
	Name string
	// Locale is a BCP 47 tag, Zone an IANA name; both may be empty.
	Locale, Zone string
	// Admin members run the workspace on the platform.
	Admin bool
	// Groups are the platform's own groups or roles that the member is in, by
	// their ids.
	Groups []string
}
