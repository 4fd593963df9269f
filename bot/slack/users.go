package slack

import (
	"context"
	"errors"
	"fmt"
	"slices"

	slackapi "github.com/slack-go/slack"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// Profile returns what Slack says of a member: NotFound where there is no such
// person, Forbidden where the app may not ask, and an error that wraps
// [commands.ErrTryLater] where Slack did not answer this time. It takes the
// scope users:read; the groups take usergroups:read, and without that there are
// none. Owners and admins of the workspace are its admins; a guest never is.
func (a *App) Profile(ctx context.Context, _ coaching.WorkspaceID, member coaching.MemberID) (coaching.Profile, error) {
	if a.token == "" {
		return coaching.Profile{}, &coaching.Error{Code: coaching.Forbidden, Reason: "token_missing"}
	}
	user, err := a.api.GetUserInfoContext(ctx, string(member))
	switch {
	case err != nil:
		return coaching.Profile{}, unknownMember("read profile", err)
	case user.Deleted, user.IsBot:
		return coaching.Profile{}, &coaching.Error{Code: coaching.NotFound, Reason: "not_found"}
	}
	profile := coaching.Profile{
		Name: user.Profile.DisplayName, Locale: user.Locale, Zone: user.TZ,
		Admin: (user.IsAdmin || user.IsOwner || user.IsPrimaryOwner) && !user.IsRestricted && !user.IsUltraRestricted,
	}
	if profile.Name == "" {
		profile.Name = user.RealName
	}
	profile.Groups, err = a.groups(ctx, string(member))
	return profile, err
}

// groups returns the ids of the user groups that a member is in.
func (a *App) groups(ctx context.Context, member string) ([]string, error) {
	groups, err := a.api.GetUserGroupsContext(ctx, slackapi.GetUserGroupsOptionIncludeUsers(true))
	switch refusalOf(err) {
	case "missing_scope", "paid_teams_only", "plan_upgrade_required":
		return nil, nil // the app was not given that scope, or the plan has no groups
	}
	if err != nil {
		return nil, unknownMember("read groups", err)
	}
	var in []string
	for _, group := range groups {
		if slices.Contains(group.Users, member) {
			in = append(in, group.ID)
		}
	}
	return in, nil
}

// unknownMember codes an error about a member.
func unknownMember(call string, err error) error {
	err = callError(call, err)
	var named slackapi.SlackErrorResponse
	if !errors.As(err, &named) {
		return fmt.Errorf("slack: %w: %w", err, commands.ErrTryLater)
	}
	switch {
	case named.Err == "user_not_found", named.Err == "user_not_visible", named.Err == "users_not_found":
		return &coaching.Error{Code: coaching.NotFound, Reason: "not_found", Err: err}
	case judgeName(named.Err).Result == coaching.Hopeless:
		return &coaching.Error{Code: coaching.Forbidden, Reason: coaching.Reason(named.Err), Err: err}
	}
	return fmt.Errorf("slack: %w: %w", err, commands.ErrTryLater)
}
