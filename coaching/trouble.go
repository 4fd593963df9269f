package coaching

import "time"

// Trouble is a place that posts do not reach until somebody changes something.
type Trouble struct {
	// Channel, or Member, is where posts do not arrive; both are empty where none
	// arrive in the whole workspace.
	Channel ChannelID
	Member  MemberID
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
	type subject struct {
		channel ChannelID
		member  MemberID
	}
	var (
		troubles []Trouble
		well     = make(map[subject]bool)
		place    = make(map[subject]int)
		sent     bool // to any channel, later than what is looked at
		barred   = -1
	)
	note := func(of subject, delivery Delivery) int {
		troubles = append(troubles, Trouble{Channel: of.channel, Member: of.member, Reason: delivery.Reason, Since: delivery.noticed()})
		return len(troubles) - 1
	}
	for _, delivery := range latest {
		switch of := (subject{delivery.Channel, delivery.Member}); {
		case delivery.Barred:
			switch {
			case sent:
			case barred < 0:
				barred = note(subject{}, delivery)
			default:
				troubles[barred].Since = delivery.noticed()
			}
		case delivery.State == Sent:
			sent, well[of] = true, true
		case delivery.State == Dead && delivery.Reason != "dropped" && !well[of]:
			if i, noted := place[of]; noted {
				troubles[i].Since = delivery.noticed()
			} else {
				place[of] = note(of, delivery)
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
