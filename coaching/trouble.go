package coaching

import "time"

// Trouble is a place that posts do not reach until somebody changes something.
type Trouble struct {
	// Channel is where posts do not arrive; empty where none arrive in the whole
	// workspace.
	Channel ChannelID
	// Reason is what the platform calls it: "not_in_channel", "token_revoked".
	Reason Reason
	// Since is when it was first noticed, as far as the given deliveries tell.
	Since time.Time
}

// Troubles returns where the latest posts of a workspace did not arrive. It
// takes the workspace's latest deliveries, the last due first. A channel's last
// ended delivery decides, so that trouble is over with the next post that went
// through. What was dropped by an operator, or came too late, is no trouble.
func Troubles(latest []Delivery) []Trouble {
	var (
		troubles []Trouble
		well     = make(map[ChannelID]bool)
		place    = make(map[ChannelID]int)
		sent     bool // to any channel, later than what is looked at
		barred   = -1
	)
	note := func(channel ChannelID, delivery Delivery) int {
		troubles = append(troubles, Trouble{Channel: channel, Reason: delivery.Reason, Since: delivery.noticed()})
		return len(troubles) - 1
	}
	for _, delivery := range latest {
		switch channel := delivery.Channel; {
		case delivery.Barred:
			switch {
			case sent:
			case barred < 0:
				barred = note("", delivery)
			default:
				troubles[barred].Since = delivery.noticed()
			}
		case delivery.State == Sent:
			sent, well[channel] = true, true
		case delivery.State == Dead && delivery.Reason != "dropped" && !well[channel]:
			if i, noted := place[channel]; noted {
				troubles[i].Since = delivery.noticed()
			} else {
				place[channel] = note(channel, delivery)
			}
		}
	}
	return troubles
}

// noticed is when it was known that the delivery does not arrive.
func (d Delivery) noticed() time.Time {
	if d.EndedAt.IsZero() {
		return d.DueAt
	}
	return d.EndedAt
}
