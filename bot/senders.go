package bot

import (
	"context"
	"fmt"
	"strings"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// Senders hands each post to its workspace's platform, by the name that the
// workspace's id begins with: "slack", "discord".
type Senders map[string]Sender

// Send posts through the workspace's platform. Where this server has no settings
// for it, the post waits for them until it is too late.
func (s Senders) Send(ctx context.Context, post commands.Post) coaching.Outcome {
	sender, found := s.of(post)
	if !found {
		return coaching.Outcome{Result: coaching.Refused, Reason: "platform_not_configured"}
	}
	return sender.Send(ctx, post)
}

// Sent asks the workspace's platform.
func (s Senders) Sent(ctx context.Context, post commands.Post) (receipt string, found bool, err error) {
	sender, served := s.of(post)
	if !served {
		return "", false, fmt.Errorf("send: no platform of workspace %q is configured", post.Workspace)
	}
	return sender.Sent(ctx, post)
}

func (s Senders) of(post commands.Post) (Sender, bool) {
	platform, _, _ := strings.Cut(string(post.Workspace), ":")
	sender, found := s[platform]
	return sender, found
}
