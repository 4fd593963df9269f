package coaching

import (
	"slices"
	"strings"
)

// Owner is somebody whom the CRM names as the owner of deals, leads and so on:
// by an e-mail address or a name.
type Owner struct {
	Name string
	// Member is who that is in the workspace, empty where nobody said. What an
	// unmatched owner does counts for the team.
	Member MemberID
}

// OwnerKey is what owners are told apart by: their name without regard to case
// and to spaces around.
func OwnerKey(name string) string { return strings.ToLower(strings.Join(strings.Fields(name), " ")) }

// Owners are a workspace's.
type Owners []Owner

// Keep returns a filter of cuts: those of the owners who are the member. The
// empty member, which is the team, keeps every cut.
func (o Owners) Keep(member MemberID) func(Cut) bool {
	if member == "" {
		return func(Cut) bool { return true }
	}
	own := make(map[string]bool)
	for _, owner := range o {
		if owner.Member == member {
			own[OwnerKey(owner.Name)] = true
		}
	}
	seen := make(map[string]bool) // by the name as it is written
	return func(cut Cut) bool {
		keep, known := seen[cut.Owner]
		if !known {
			keep = own[OwnerKey(cut.Owner)]
			seen[cut.Owner] = keep
		}
		return keep
	}
}

// Has reports whether somebody in the CRM is the member.
func (o Owners) Has(member MemberID) bool {
	return slices.ContainsFunc(o, func(owner Owner) bool { return owner.Member == member })
}

// Unmatched counts those of whom nobody said who they are.
func (o Owners) Unmatched() int {
	n := 0
	for _, owner := range o {
		if owner.Member == "" {
			n++
		}
	}
	return n
}

// MemberOf returns the member whom the CRM means by an owner's name, empty where
// nobody said.
func (o Owners) MemberOf(name string) MemberID {
	key := OwnerKey(name)
	for _, owner := range o {
		if OwnerKey(owner.Name) == key {
			return owner.Member
		}
	}
	return ""
}
