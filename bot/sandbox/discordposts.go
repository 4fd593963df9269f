package sandbox

import (
	"slices"
	"strconv"
)

// discordEpoch is the first millisecond of 2015, from which ids count.
const discordEpoch = 1420070400000

// newID returns an id that tells its time. The lock is held.
func (a *DiscordAPI) newID() string {
	a.last = max(a.last+1, (a.config.Now().UnixMilli()-discordEpoch)<<22)
	return strconv.FormatInt(a.last, 10)
}

// post adds a message. The lock is held.
func (a *DiscordAPI) post(message DiscordPost) DiscordPost {
	message.ID, message.At = a.newID(), a.config.Now()
	a.messages = append(a.messages, message)
	a.touch(len(a.messages) - 1)
	return a.messages[len(a.messages)-1]
}

// touch gives a message the next revision and wakes those who wait. The lock is
// held.
func (a *DiscordAPI) touch(i int) {
	a.revision++
	a.messages[i].revision = a.revision
	a.announce()
}

// announce wakes those who wait for a change. The lock is held.
func (a *DiscordAPI) announce() {
	close(a.changed)
	a.changed = make(chan struct{})
}

// find returns the place of a message, or -1. The lock is held.
func (a *DiscordAPI) find(id string) int {
	return slices.IndexFunc(a.messages, func(m DiscordPost) bool { return m.ID == id && !m.Removed })
}
