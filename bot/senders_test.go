package bot_test

import (
	"context"
	"errors"
	"testing"

	"github.com/smallwins/smallwins/bot"
	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// namedSender tells who it is.
type namedSender string

func (n namedSender) Send(context.Context, commands.Post) coaching.Outcome {
	return coaching.Outcome{Result: coaching.Delivered, Receipt: string(n)}
}

func (n namedSender) Sent(context.Context, commands.Post) (string, bool, error) {
	return string(n), true, nil
}

func TestPostsGoToTheirWorkspacesPlatform(t *testing.T) {
	t.Parallel()
	senders := bot.Senders{"slack": namedSender("s"), "discord": namedSender("d")}
	for workspace, want := range map[coaching.WorkspaceID]string{"slack:T1": "s", "discord:42": "d"} {
		post := commands.Post{Workspace: workspace}
		if got := senders.Send(t.Context(), post); got.Receipt != want {
			t.Errorf("%s is sent by %+v", workspace, got)
		}
		if receipt, found, err := senders.Sent(t.Context(), post); receipt != want || !found || err != nil {
			t.Errorf("%s is looked up by %s", workspace, receipt)
		}
	}
	other := commands.Post{Workspace: "teams:7"}
	if got := senders.Send(t.Context(), other); got.Result != coaching.Refused || got.Reason != "platform_not_configured" {
		t.Errorf("a platform without settings: %+v", got)
	}
	if _, _, err := senders.Sent(t.Context(), other); err == nil || errors.Is(err, commands.ErrTryLater) {
		t.Errorf("a platform without settings tells %v", err)
	}
}
