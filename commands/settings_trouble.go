package commands

import (
	"context"

	"github.com/smallwins/smallwins/coaching"
)

// remedies are the messages that say what to do about a trouble, by the reason
// that platforms give for it.
var remedies = map[coaching.Reason]string{
	"not_in_channel":            "trouble_invite",
	"channel_not_found":         "trouble_invite",
	"missing_access":            "trouble_invite",
	"missing_permissions":       "trouble_permission",
	"no_permission":             "trouble_permission",
	"channel_is_limited_access": "trouble_permission",
	"restricted_action":         "trouble_permission",
	"is_archived":               "trouble_archived",
	"token_missing":             "trouble_token",
	"token_revoked":             "trouble_token",
	"token_expired":             "trouble_token",
	"invalid_auth":              "trouble_token",
	"not_authed":                "trouble_token",
	"account_inactive":          "trouble_token",
	"token_unreadable":          "trouble_token",
	"app_not_installed":         "trouble_token",
	"app_uninstalled":           "trouble_token",
	"server_not_found":          "trouble_token",
	"missing_scope":             "trouble_scope",
}

// troubles tells managers where posts do not arrive, and what to do about it.
// Trouble with a member's direct messages is shown to that member alone.
func (r *Router) troubles(ctx context.Context, ask *ask, mine bool) ([]Line, error) {
	known, err := r.store.Troubles(ctx, ask.Request.Workspace)
	if err != nil {
		return nil, err
	}
	var lines []Line
	for _, trouble := range known {
		if own := trouble.Member != ""; own != mine || own && trouble.Member != ask.Member {
			continue
		}
		remedy := remedies[trouble.Reason]
		switch {
		case trouble.Member != "":
			remedy = "trouble_direct"
		case remedy == "":
			remedy = "trouble_other"
		}
		lines = append(lines, ask.voice.Line(remedy, Args{
			"channel": ask.place(trouble.Channel), "reason": string(trouble.Reason),
			"since": ask.voice.date(coaching.DateOf(trouble.Since.In(ask.workspace.Location())), ask.today),
		}))
	}
	return lines, nil
}

// place names a channel; the empty one stands for all of them.
func (a *ask) place(channel coaching.ChannelID) Span {
	if channel == "" {
		return Span{Text: a.voice.Text("trouble_anywhere", nil)}
	}
	return channelSpan(channel)
}
