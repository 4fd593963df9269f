package commands

import (
	"context"
	"slices"
	"strings"

	"github.com/smallwins/smallwins/coaching"
)

// setNudge sets when and where the daily nudge comes: "09:00 Mon-Fri
// Asia/Bangkok #sales" in any order, what is left out staying as it was, or
// "off".
func (r *Router) setNudge(ctx context.Context, ask *ask, values []string) (Reply, error) {
	cadences, err := r.store.Cadences(ctx, ask.Request.Workspace, coaching.NudgeDaily)
	if err != nil {
		return Reply{}, err
	}
	args, err := parseNudge(values, ask.Channels)
	if err != nil {
		return Reply{}, err
	}
	if args.channel == "" {
		args.channel = ask.Channel
	}
	cadence := coaching.Cadence{
		Workspace: ask.Request.Workspace, Kind: coaching.NudgeDaily, Channel: args.channel,
		At: 9 * 60, Days: ask.workspace.Week, Zone: ask.workspace.Zone,
	}
	for _, existing := range cadences {
		if existing.Channel == args.channel {
			cadence = existing
		}
	}
	var before coaching.Cadence
	if cadence.Revision > 0 {
		before = cadence
	}
	if args.off {
		if err := r.mayNudge(ctx, ask, before, coaching.Cadence{}); err != nil {
			return Reply{}, err
		}
		if err := r.store.DeleteCadence(ctx, cadence.Key()); err != nil {
			return Reply{}, err
		}
		return r.showSettings(ctx, ask, ask.voice.Line("nudge_off", Args{"channel": channelSpan(args.channel)}))
	}
	args.apply(&cadence)
	next, found, err := cadence.Next(ask.Received, ask.workspace.Calendar())
	if err != nil {
		return Reply{}, err
	}
	if !found {
		return Reply{}, coaching.Refuse("nudge_never")
	}
	cadence.NextAt = next
	if err := r.mayNudge(ctx, ask, before, cadence); err != nil {
		return Reply{}, err
	}
	if err := r.store.SaveCadence(ctx, cadence); err != nil {
		return Reply{}, err
	}
	return r.showSettings(ctx, ask, ask.voice.Line("nudge_set", Args{
		"channel": channelSpan(cadence.Channel), "when": Span{Text: ask.when(cadence.NextAt, cadence.Zone), Style: Strong},
	}))
}

// mayNudge returns nil where the member may change the nudge, after leaving a
// trace of how.
func (r *Router) mayNudge(ctx context.Context, ask *ask, before, after coaching.Cadence) error {
	if err := r.may(ctx, ask, coaching.ActSettings); err != nil {
		return err
	}
	return r.trace(ctx, ask, coaching.Trace{Kind: coaching.TraceSettings, Shifts: coaching.NudgeShift(before, after)})
}

// nudgeArgs are the parts of a nudge setting that were given.
type nudgeArgs struct {
	off     bool
	at      *coaching.ClockTime
	days    *coaching.Weekdays
	zone    string
	channel coaching.ChannelID
}

func (n nudgeArgs) apply(cadence *coaching.Cadence) {
	if n.at != nil {
		cadence.At = *n.at
	}
	if n.days != nil {
		cadence.Days = *n.days
	}
	if n.zone != "" {
		cadence.Zone = n.zone
	}
}

func parseNudge(values []string, channels []coaching.ChannelID) (nudgeArgs, error) {
	var args nudgeArgs
	for _, value := range values {
		switch {
		case strings.EqualFold(value, "off"):
			args.off = true
		case strings.HasPrefix(value, "#"):
			channel := coaching.ChannelID(value[1:])
			if !slices.Contains(channels, channel) {
				return args, coaching.Refuse("channel_unknown")
			}
			args.channel = channel
		case strings.Contains(value, ":"):
			at, err := coaching.ParseClockTime(value)
			if err != nil {
				return args, err
			}
			args.at = &at
		case isZone(value):
			args.zone = value
		default:
			days, err := parseWeekdays(value)
			if err != nil {
				return args, coaching.Refuse("nudge_unreadable")
			}
			args.days = &days
		}
	}
	return args, nil
}
