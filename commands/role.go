package commands

import (
	"context"

	"github.com/smallwins/smallwins/coaching"
)

// role returns what the member may do in their workspace.
func (r *Router) role(_ context.Context, _ *ask) (coaching.Role, error) {
	return coaching.RoleManager, nil
}

// mayOwn reports whether a member in that role may set a goal for the owner;
// the empty one is the team.
func mayOwn(role coaching.Role, member, owner coaching.MemberID) bool {
	return role >= coaching.RoleManager || owner == member
}
