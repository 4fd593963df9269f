package slack

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	slackapi "github.com/slack-go/slack"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// Profile asks Slack who a member is: one call of users.info, which takes the
// scope users:read. Owners and admins of the workspace are admins; guests,
// people of other organizations and those who left are not, whatever they are
// elsewhere. The e-mail address comes where the app may see it, users:read.email.
// It looks into no user groups.
//
// The error is NotFound for a member that Slack does not know or show, Forbidden
// where the app may not ask, and wraps [commands.ErrTryLater] otherwise.
func (a *App) Profile(ctx context.Context, workspace coaching.WorkspaceID, member coaching.MemberID) (coaching.Profile, error) {
	api, err := a.asking(ctx, workspace)
	if err != nil {
		return coaching.Profile{}, err
	}
	user, err := api.GetUserInfoContext(ctx, string(member))
	switch {
	case err != nil:
		return coaching.Profile{}, unanswered("users.info", err)
	case user.ID != string(member):
		return coaching.Profile{}, fmt.Errorf("users.info: an answer about somebody else: %w", commands.ErrTryLater)
	}
	full := !user.Deleted && !user.IsStranger && !user.IsBot && !user.IsRestricted && !user.IsUltraRestricted
	return coaching.Profile{
		Name: displayName(user), Locale: user.Locale, Zone: user.TZ, Email: user.Profile.Email,
		Admin: full && (user.IsAdmin || user.IsOwner || user.IsPrimaryOwner),
	}, nil
}

// displayName is what Slack calls a member in conversations.
func displayName(user *slackapi.User) string {
	for _, name := range []string{user.Profile.DisplayName, user.RealName, user.Name} {
		if name = strings.TrimSpace(name); name != "" {
			return name
		}
	}
	return ""
}

// Groups returns those of the user groups that the member is in: one call of
// usergroups.users.list for each, which takes the scope usergroups:read. Its
// errors are those of [App.Profile]; NotFound where one of the groups is not
// there.
func (a *App) Groups(ctx context.Context, workspace coaching.WorkspaceID, member coaching.MemberID, groups []string) ([]string, error) {
	api, err := a.asking(ctx, workspace)
	if err != nil {
		return nil, err
	}
	var in []string
	for _, group := range groups {
		members, err := api.GetUserGroupMembersContext(ctx, group)
		if err != nil {
			return nil, unanswered("usergroups.users.list", err)
		}
		if slices.Contains(members, string(member)) {
			in = append(in, group)
		}
	}
	return in, nil
}

// asking returns the Web API to ask with; Forbidden where the workspace gave no
// token, or is another platform's.
func (a *App) asking(ctx context.Context, workspace coaching.WorkspaceID) (*slackapi.Client, error) {
	api, err := a.in(ctx, workspace)
	if !strings.HasPrefix(string(workspace), workspacePrefix) || err != nil && !errors.Is(err, commands.ErrTryLater) {
		return nil, &coaching.Error{Code: coaching.Forbidden, Reason: "platform_untold", Err: err}
	}
	return api, err
}

// unanswered judges a call that Slack did not answer with what was asked for, by
// the name of its error. What is not known by name may go well another time.
// https://docs.slack.dev/reference/methods/users.info#errors
func unanswered(method string, err error) error {
	var named slackapi.SlackErrorResponse
	if !errors.As(err, &named) {
		return fmt.Errorf("%s: %w: %w", method, commands.ErrTryLater, err)
	}
	err = fmt.Errorf("%s: %w", method, err)
	switch named.Err {
	case "user_not_found", "user_not_visible":
		return &coaching.Error{Code: coaching.NotFound, Reason: "member_unknown", Err: err}
	case "no_such_subteam":
		return &coaching.Error{Code: coaching.NotFound, Reason: "group_unknown", Err: err}
	case "plan_upgrade_required": // user groups are for paid workspaces
		return &coaching.Error{Code: coaching.Forbidden, Reason: "platform_untold", Err: err}
	}
	if judgeName(named.Err).Result == coaching.Hopeless {
		return &coaching.Error{Code: coaching.Forbidden, Reason: "platform_untold", Err: err}
	}
	return fmt.Errorf("%w: %w", commands.ErrTryLater, err)
}
