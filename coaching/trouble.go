package coaching

import "time"

// Trouble is a place that posts do not reach until somebody changes something.
type Trouble struct {
	// Channel is where posts do not arrive, or Member whose direct messages take
	// none. Both are empty where nothing arrives in the whole workspace.
	Channel ChannelID
	Member  MemberID
	// Reason is what the platform calls it: "not_in_channel", "token_revoked".
	Reason Reason
	// Since is when it was first noticed, as far as the given deliveries tell.
	Since time.Time
}

// ourFault are the reasons for which a delivery is dead that say nothing about
// the place where it was to go.
var ourFault = map[Reason]bool{
	"dropped": true, "empty_message": true, "invalid_blocks": true, "invalid_message": true,
	"msg_blocks_too_long": true, "msg_too_long": true, "nothing_to_post": true,
}

// Troubles returns where the latest posts of a workspace did not arrive. It
// takes the workspace's latest deliveries, the last due first. The last one that
// ended decides, so that trouble is over with the next post that went through.
// What only came too late, or was our own fault, is no trouble.
func Troubles(latest []Delivery) []Trouble {
	type place struct {
		channel ChannelID
		member  MemberID
	}
	var (
		troubles []Trouble
		well     = make(map[place]bool)
		noted    = make(map[place]int)
	)
	for _, delivery := range latest {
		at := place{delivery.Channel, delivery.Member}
		if delivery.Barred {
			at = place{}
		}
		switch {
		case delivery.State == Sent:
			well[at], well[place{}] = true, true
		case well[at], ourFault[delivery.Reason], !delivery.Barred && delivery.State != Dead:
		default:
			since := delivery.EndedAt
			if since.IsZero() {
				since = delivery.DueAt
			}
			if i, known := noted[at]; known {
				troubles[i].Since = since
				continue
			}
			noted[at] = len(troubles)
			troubles = append(troubles, Trouble{Channel: at.channel, Member: at.member, Reason: delivery.Reason, Since: since})
		}
	}
	return troubles
}
