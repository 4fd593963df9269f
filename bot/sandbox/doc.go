// Package sandbox plays chat platforms on this machine: the page of
// `smallwins demo`, on which one types as any member of a sample team, and
// [SlackAPI] and [DiscordAPI], stand-ins for Slack's Web API and Discord's REST
// API that are as strict as the documentation and that other packages' tests use
// as their platforms.
//
// It knows nothing of goals and imports nothing of the product. Requests reach
// the bot as they would from the platform, signed and over HTTP, and the bot's
// posts come back through its own client; there is no shortcut into the handlers.
// The signatures are computed here a second time on purpose: a judge that borrows
// the code it judges sees nothing. For loopback only, and never a part of `serve`.
package sandbox
