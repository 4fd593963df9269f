package slack

import (
	"strings"

	"github.com/smallwins/smallwins/coaching"
)

// judgeName judges an answer of ok:false by the name of its error. A name that
// is not listed was refused for a reason we do not know, so it is tried again
// until it is too late: nothing was posted.
// https://docs.slack.dev/reference/methods/chat.postMessage#errors
func judgeName(name string) coaching.Outcome {
	outcome := coaching.Outcome{Result: coaching.Refused, Reason: coaching.Reason(name), Scope: scopes[name]}
	if result, listed := verdicts[name]; listed {
		outcome.Result = result
		return outcome
	}
	for _, prefix := range hopelessPrefixes {
		if strings.HasPrefix(name, prefix) {
			outcome.Result = coaching.Hopeless
		}
	}
	return outcome
}

// verdicts are the errors whose meaning is documented.
var verdicts = map[string]coaching.OutcomeResult{
	// Of these two Slack says that some of what was asked may have been done
	// before the error came up.
	"fatal_error":    coaching.Lost,
	"internal_error": coaching.Lost,

	// Not now.
	"message_limit_exceeded": coaching.Refused,
	"org_login_required":     coaching.Refused, // the workspace is being moved
	"rate_limited":           coaching.Refused,
	"ratelimited":            coaching.Refused,
	"request_timeout":        coaching.Refused, // the body came incomplete
	"service_unavailable":    coaching.Refused,
	"team_added_to_org":      coaching.Refused, // the workspace is being moved

	// The app may not, until somebody changes that.
	"access_denied":            coaching.Hopeless,
	"accesslimited":            coaching.Hopeless,
	"account_inactive":         coaching.Hopeless,
	"ekm_access_denied":        coaching.Hopeless,
	"enterprise_is_restricted": coaching.Hopeless,
	"missing_scope":            coaching.Hopeless,
	"no_permission":            coaching.Hopeless,
	"not_allowed_token_type":   coaching.Hopeless,
	"not_authed":               coaching.Hopeless,
	"team_access_not_granted":  coaching.Hopeless,
	"team_not_found":           coaching.Hopeless,
	"token_expired":            coaching.Hopeless,
	"token_revoked":            coaching.Hopeless,

	// The channel does not take it.
	"channel_is_limited_access": coaching.Hopeless,
	"channel_not_found":         coaching.Hopeless,
	"is_archived":               coaching.Hopeless,
	"messages_tab_disabled":     coaching.Hopeless,
	"not_in_channel":            coaching.Hopeless,

	// The message is not one: a mistake of ours, which a repetition repeats.
	"as_user_not_supported":             coaching.Hopeless,
	"attachment_payload_limit_exceeded": coaching.Hopeless,
	"deprecated_endpoint":               coaching.Hopeless,
	"markdown_text_conflict":            coaching.Hopeless,
	"metadata_must_be_sent_from_app":    coaching.Hopeless,
	"metadata_too_large":                coaching.Hopeless,
	"method_deprecated":                 coaching.Hopeless,
	"missing_post_type":                 coaching.Hopeless,
	"msg_blocks_too_long":               coaching.Hopeless,
	"msg_too_long":                      coaching.Hopeless,
	"no_text":                           coaching.Hopeless,
	"too_many_attachments":              coaching.Hopeless,
}

// scopes are the errors that are about the app or its token, and so hold for
// everything that is posted to the workspace.
var scopes = map[string]coaching.OutcomeScope{
	"access_denied":           coaching.OfWorkspace,
	"account_inactive":        coaching.OfWorkspace,
	"invalid_auth":            coaching.OfWorkspace,
	"message_limit_exceeded":  coaching.OfWorkspace,
	"missing_scope":           coaching.OfWorkspace,
	"not_allowed_token_type":  coaching.OfWorkspace,
	"not_authed":              coaching.OfWorkspace,
	"org_login_required":      coaching.OfWorkspace,
	"team_access_not_granted": coaching.OfWorkspace,
	"team_added_to_org":       coaching.OfWorkspace,
	"team_not_found":          coaching.OfWorkspace,
	"token_expired":           coaching.OfWorkspace,
	"token_missing":           coaching.OfWorkspace,
	"token_revoked":           coaching.OfWorkspace,
}

// hopelessPrefixes stand for families of errors: "invalid_auth",
// "invalid_blocks", "restricted_action_read_only_channel" and their like.
var hopelessPrefixes = [...]string{"invalid_", "restricted_action", "slack_connect_", "cannot_"}
