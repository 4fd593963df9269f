package sandbox

import (
	"fmt"
	"slices"
	"time"
)

// Team is the workspace that the sandbox plays: who is in it and where they
// talk. Ids look like Slack's (T…, C…, U…).
type Team struct {
	ID, Name, Domain string
	// Zone is the workspace's IANA time zone, such as "Asia/Bangkok".
	Zone     string
	Channels []Channel
	Members  []Member
	Groups   []Group
	// BotName is what the bot is called; empty means "smallwins".
	BotName string
}

// Channel is a place where the team talks.
type Channel struct {
	// ID starts with C. The direct messages between a member and the bot need
	// no entry: their id is D and the rest of the member's id.
	ID, Name, Topic string
	Private         bool
	Archived        bool
	// Members are the ids of those who are in; nil means the whole team.
	Members []string
	// WithoutBot says that nobody has invited the bot.
	WithoutBot bool
}

// Member is a person of the team.
type Member struct {
	// ID starts with U.
	ID string
	// Name is the full name, Handle what follows an @.
	Name, Handle string
	// Title is what they do: "Sales manager", "Account executive".
	Title string
	// Zone is an IANA time zone; empty means the team's.
	Zone string
	// Locale is an IETF tag such as "th-TH"; empty means "en-US".
	Locale string
	// Admin marks an administrator of the workspace.
	Admin   bool
	Deleted bool
}

// Group is a user group, such as "sales managers".
type Group struct {
	// ID starts with S.
	ID, Name string
	// Members are the ids of those who are in.
	Members []string
}

// The sandbox's own accounts. Slack gives an app one user, one bot and one app
// id; a team has one bot here, so they are constants.
const (
	BotUser  = "U0SMALLWINS"
	botID    = "B0SMALLWINS"
	appID    = "A0SMALLWINS"
	slackbot = "USLACKBOT"
)

// Direct returns the id of the direct messages between a member and the bot.
func Direct(member string) string {
	if member == "" {
		return ""
	}
	return "D" + member[1:]
}

// validate reports the first thing that would make the team unusable.
func (t Team) validate() error {
	if t.ID == "" {
		return fmt.Errorf("team: no id")
	}
	if _, err := time.LoadLocation(t.Zone); err != nil {
		return fmt.Errorf("team %s: %w", t.ID, err)
	}
	seen := make(map[string]bool)
	for _, channel := range t.Channels {
		if channel.ID == "" || seen[channel.ID] {
			return fmt.Errorf("team %s: channel id %q is empty or taken", t.ID, channel.ID)
		}
		seen[channel.ID] = true
	}
	for _, member := range t.Members {
		if len(member.ID) < 2 || seen[member.ID] {
			return fmt.Errorf("team %s: member id %q is too short or taken", t.ID, member.ID)
		}
		seen[member.ID] = true
		if _, err := time.LoadLocation(member.Zone); err != nil {
			return fmt.Errorf("member %s: %w", member.ID, err)
		}
	}
	return nil
}

// botName returns what the bot is called.
func (t Team) botName() string {
	if t.BotName == "" {
		return "smallwins"
	}
	return t.BotName
}

// zone returns the workspace's time zone, UTC where it is unknown.
func (t Team) zone() *time.Location {
	zone, err := time.LoadLocation(t.Zone)
	if err != nil {
		return time.UTC
	}
	return zone
}

// member finds a person by id.
func (t Team) member(id string) (Member, bool) {
	i := slices.IndexFunc(t.Members, func(m Member) bool { return m.ID == id })
	if i < 0 {
		return Member{}, false
	}
	return t.Members[i], true
}

// group finds a user group by id.
func (t Team) group(id string) (Group, bool) {
	i := slices.IndexFunc(t.Groups, func(g Group) bool { return g.ID == id })
	if i < 0 {
		return Group{}, false
	}
	return t.Groups[i], true
}

// channel finds a channel or somebody's direct messages by id.
func (t Team) channel(id string) (Channel, bool) {
	for _, channel := range t.Channels {
		if channel.ID == id {
			return channel, true
		}
	}
	for _, member := range t.Members {
		if Direct(member.ID) == id {
			return Channel{ID: id, Name: "directmessage", Private: true, Members: []string{member.ID}}, true
		}
	}
	return Channel{}, false
}

// direct reports whether the channel is somebody's direct messages.
func (c Channel) direct() bool { return len(c.ID) > 0 && c.ID[0] == 'D' }

// has reports whether the member is in the channel.
func (c Channel) has(member string) bool {
	return c.Members == nil || slices.Contains(c.Members, member)
}

// handle returns what follows the @ of the member.
func (m Member) handle() string {
	if m.Handle != "" {
		return m.Handle
	}
	return m.ID
}
