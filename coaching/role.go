package coaching

import (
	"cmp"
	"slices"
)

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
	// Email may be empty: platforms tell it only to apps that may know it.
	Email string
	// Admin members run the workspace on the platform.
	Admin bool
	// Groups are the platform's own groups or roles that the member is in, by
	// their ids.
	Groups []string
}

// RoleOf returns a member's role by what the workspace chose and what the
// platform says of the member, as far as that is known.
//
// Admins of the platform are admins here. Where the platform has never named
// one, the chosen managers are: somebody has to say who is a manager.
func (w Workspace) RoleOf(member MemberID, profile Profile) Role {
	switch chosen := slices.Contains(w.Managers, member); {
	case profile.Admin, chosen && !w.AdminKnown:
		return RoleAdmin
	case chosen, slices.ContainsFunc(profile.Groups, func(group string) bool { return slices.Contains(w.ManagerGroups, group) }):
		return RoleManager
	default:
		return RoleRep
	}
}

// Leaderless reports whether nobody is known to lead the workspace: no admin
// was ever named by the platform and no manager chosen. In such a team its goals
// are everybody's, and the first who changes a setting becomes its manager.
func (w Workspace) Leaderless() bool {
	return !w.AdminKnown && len(w.Managers) == 0 && len(w.ManagerGroups) == 0
}

// Bounds of who can be chosen.
const (
	MaxManagers      = 100
	MaxManagerGroups = 10
)

// WithManagers returns the workspace with members and groups chosen as managers
// and others no longer. The error is Invalid: "managers_too_many", or
// "managers_last" where nobody would be left who may choose the next.
func (w Workspace) WithManagers(change ManagerChange) (Workspace, error) {
	w.Managers = chooseAmong(w.Managers, change.Add, change.Drop)
	w.ManagerGroups = chooseAmong(w.ManagerGroups, change.AddGroups, change.DropGroups)
	names := make(map[string]string, len(w.ManagerGroups))
	for _, id := range w.ManagerGroups {
		if name := cmp.Or(change.GroupNames[id], w.GroupNames[id]); name != "" {
			names[id] = name
		}
	}
	w.GroupNames = names
	switch {
	case len(w.Managers) > MaxManagers, len(w.ManagerGroups) > MaxManagerGroups:
		return Workspace{}, Refuse("managers_too_many")
	// A group may be empty, or out of the app's sight: it is no one to rely on.
	case len(w.Managers) == 0 && !w.AdminKnown:
		return Workspace{}, Refuse("managers_last")
	}
	return w, nil
}

// ManagerChange says who becomes a manager and who is one no longer.
type ManagerChange struct {
	Add, Drop             []MemberID
	AddGroups, DropGroups []string
	// GroupNames are what added groups are called, by their ids.
	GroupNames map[string]string
}

// Empty reports whether nothing is to change.
func (c ManagerChange) Empty() bool {
	return len(c.Add)+len(c.Drop)+len(c.AddGroups)+len(c.DropGroups) == 0
}

// chooseAmong returns those chosen, once each and in order of their coming.
func chooseAmong[ID comparable](chosen, add, drop []ID) []ID {
	var now []ID
	for _, id := range append(slices.Clone(chosen), add...) {
		if !slices.Contains(drop, id) && !slices.Contains(now, id) {
			now = append(now, id)
		}
	}
	return now
}
