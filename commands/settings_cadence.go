package commands

import (
	"context"
	"slices"
	"strings"

	"github.com/smallwins/smallwins/coaching"
)

// cadenceNamed returns the kind of cadence that a setting is named after.
func cadenceNamed(name string) (kind coaching.CadenceKind, known bool) {
	kind = coaching.CadenceKind(strings.ReplaceAll(name, "-", ""))
	_, known = gatherers[kind]
	return kind, known
}

// setCadence sets when the bot does something by itself in a channel: "09:00
// Mon-Fri Asia/Bangkok #sales" in any order, what is left out staying as it was;
// "snooze 2026-12-31" for a break; or "off".
func (r *Router) setCadence(ctx context.Context, ask *ask, kind coaching.CadenceKind, values []string) (Reply, error) {
	args, err := ask.cadenceArgs(values)
	if err != nil {
		return Reply{}, err
	}
	if args.channel == "" {
		args.channel = ask.Channel
	}
	before, cadence, err := r.cadence(ctx, ask, kind, args.channel, "")
	if err != nil {
		return Reply{}, err
	}
	labels := Args{"name": ask.cadenceName(kind), "channel": channelSpan(args.channel)}
	if args.off {
		if err := r.maySetCadence(ctx, ask, kind, before, coaching.Cadence{}); err != nil {
			return Reply{}, err
		}
		if err := r.store.DeleteCadence(ctx, cadence.Key()); err != nil {
			return Reply{}, err
		}
		return r.showSettings(ctx, ask, ask.voice.Line("cadence_off", labels))
	}
	args.apply(&cadence)
	if cadence, err = ask.timed(cadence, ask.workspace.Terms()); err != nil {
		return Reply{}, err
	}
	if err := r.maySetCadence(ctx, ask, kind, before, cadence); err != nil {
		return Reply{}, err
	}
	if err := r.store.SaveCadence(ctx, cadence); err != nil {
		return Reply{}, err
	}
	if err := r.onlyOne(ctx, ask, cadence); err != nil {
		return Reply{}, err
	}
	labels["when"] = Span{Text: ask.when(cadence.NextAt, cadence.Location(ask.workspace.Terms())), Style: Strong}
	return r.showSettings(ctx, ask, ask.voice.Line("cadence_set", labels))
}

// onlyOne lets warnings come in one channel alone: setting them in another moves
// them there. Each is told once, wherever that is.
func (r *Router) onlyOne(ctx context.Context, ask *ask, cadence coaching.Cadence) error {
	if cadence.Kind != coaching.WarningCheck {
		return nil
	}
	kept, err := r.store.CadencesOf(ctx, ask.Request.Workspace, "")
	if err != nil {
		return err
	}
	for _, other := range kept {
		if other.Kind != cadence.Kind || other.Key() == cadence.Key() {
			continue
		}
		if err := r.store.DeleteCadence(ctx, other.Key()); err != nil {
			return err
		}
	}
	return nil
}

// cadence returns the cadence of a channel, or of a member, as it is kept, and as
// there is to change: where none is kept, as it usually is.
func (r *Router) cadence(ctx context.Context, ask *ask, kind coaching.CadenceKind, channel coaching.ChannelID, member coaching.MemberID) (before, now coaching.Cadence, err error) {
	now = coaching.NewCadence(kind, ask.workspace.Week)
	now.Workspace, now.Channel, now.Member = ask.Request.Workspace, channel, member
	kept, err := r.store.CadencesOf(ctx, ask.Request.Workspace, member)
	if err != nil {
		return coaching.Cadence{}, coaching.Cadence{}, err
	}
	for _, existing := range kept {
		if existing.Key() == now.Key() {
			return existing, existing, nil
		}
	}
	return coaching.Cadence{}, now, nil
}

// timed returns the cadence with its next time. One that would never come is
// refused.
func (a *ask) timed(cadence coaching.Cadence, terms coaching.Terms) (coaching.Cadence, error) {
	next, found := cadence.Next(a.Received, terms)
	if !found {
		return cadence, coaching.Refuse("cadence_never")
	}
	cadence.NextAt = next
	return cadence, nil
}

// maySetCadence returns nil where the member may change a channel's cadence,
// after leaving a trace of how.
func (r *Router) maySetCadence(ctx context.Context, ask *ask, kind coaching.CadenceKind, before, after coaching.Cadence) error {
	if err := r.may(ctx, ask, coaching.ActSettings); err != nil {
		return err
	}
	return r.trace(ctx, ask, coaching.Trace{Kind: coaching.TraceSettings, Shifts: coaching.CadenceShift(kind, before, after)})
}

func (a *ask) cadenceName(kind coaching.CadenceKind) string {
	return a.voice.Text("cadence_name_"+string(kind), nil)
}

// cadenceArgs are the parts of a cadence that were given.
type cadenceArgs struct {
	off     bool
	at      *coaching.ClockTime
	days    *coaching.Weekdays
	zone    string
	snooze  *coaching.Date
	channel coaching.ChannelID
}

func (c cadenceArgs) apply(cadence *coaching.Cadence) {
	if c.at != nil {
		cadence.At = *c.at
	}
	if c.days != nil {
		cadence.Days = *c.days
	}
	if c.zone != "" {
		cadence.Zone = c.zone
	}
	if c.snooze != nil {
		cadence.SnoozedUntil = *c.snooze
	}
}

const (
	snoozeWord = "snooze"
	resumeWord = "resume"
)

func (a *ask) cadenceArgs(values []string) (cadenceArgs, error) {
	var args cadenceArgs
	for i := 0; i < len(values); i++ {
		value := values[i]
		switch {
		case strings.EqualFold(value, off):
			args.off = true
		case strings.EqualFold(value, resumeWord):
			args.snooze = new(coaching.Date)
		case strings.EqualFold(value, snoozeWord):
			if i++; i == len(values) {
				return args, coaching.Refuse("snooze_until_missing")
			}
			until, err := a.snoozeUntil(values[i])
			if err != nil {
				return args, err
			}
			args.snooze = &until
		case strings.HasPrefix(value, "#"):
			channel := coaching.ChannelID(value[1:])
			if !slices.Contains(a.Channels, channel) {
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
				return args, coaching.Refuse("cadence_unreadable")
			}
			args.days = &days
		}
	}
	return args, nil
}

// reschedule computes anew when the workspace's cadences come due, or those of
// one member, after what bounds them changed.
func (r *Router) reschedule(ctx context.Context, ask *ask, cadences []coaching.Cadence) error {
	known := make(map[coaching.MemberID]bounds)
	for _, cadence := range cadences {
		within, found := known[cadence.Member]
		if !found {
			var err error
			if within, err = r.bounds(ctx, nil, ask.workspace, cadence.Member); err != nil {
				return err
			}
			known[cadence.Member] = within
		}
		if err := r.store.SaveCadence(ctx, within.moved(cadence, ask.Received)); err != nil {
			return err
		}
	}
	return nil
}

// cadenceLines show the cadences, with when they come next.
func (a *ask) cadenceLines(cadences []coaching.Cadence, terms coaching.Terms) []Line {
	var lines []Line
	for _, cadence := range cadences {
		loc := cadence.Location(terms)
		id, args := "cadence_line", Args{
			"name": a.cadenceName(cadence.Kind), "at": cadence.At.String(), "days": a.weekdays(cadence.Days),
			"zone": loc.String(), "channel": channelSpan(cadence.Channel),
		}
		if cadence.Member != "" {
			id = "cadence_line_own"
		}
		switch {
		case cadence.NextAt.IsZero():
			id += "_never"
		default:
			args["next"] = a.when(cadence.NextAt, loc)
		}
		lines = append(lines, a.voice.Line(id, args))
	}
	return lines
}
