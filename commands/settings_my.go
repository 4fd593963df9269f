package commands

import (
	"context"
	"strings"

	"github.com/smallwins/smallwins/coaching"
)

// The names of a member's own settings, besides the kinds of cadences.
const (
	mySettings = "my"
	zoneWord   = "zone"
	quietWord  = "quiet"
	muteWord   = "mute"
	unmuteWord = "unmute"
)

// muteDays is for how many days a kind is muted where nobody says until when.
const muteDays = 28

// setMine shows or changes what a member agrees on about their own time: "nudge
// 08:45" or "nudge off" for a direct message, "zone Asia/Bangkok", "quiet
// 19:00-08:00", "mute checkin 2w".
func (r *Router) setMine(ctx context.Context, ask *ask, words []string) (Reply, error) {
	if len(words) == 0 {
		return r.showMine(ctx, ask, nil)
	}
	name, values := strings.ToLower(words[0]), words[1:]
	if kind, known := cadenceNamed(name); known && kind != coaching.WarningCheck {
		return r.setOwnCadence(ctx, ask, kind, values)
	}
	change, err := ask.rhythmChange(name, values)
	if err != nil {
		return Reply{}, err
	}
	if err := r.changeRhythm(ctx, ask, ask.Member, change); err != nil {
		return Reply{}, err
	}
	return r.showMine(ctx, ask, ask.voice.Line("settings_saved", nil))
}

// rhythmChange reads a change of one of the member's own settings.
func (a *ask) rhythmChange(name string, values []string) (func(coaching.Rhythm) (coaching.Rhythm, error), error) {
	if len(values) == 0 {
		return nil, coaching.Refuse("setting_value_missing")
	}
	value := values[0]
	switch name {
	case zoneWord:
		if strings.EqualFold(value, off) {
			value = ""
		} else if !isZone(value) {
			return nil, coaching.Refuse("zone_unknown")
		}
		return func(rhythm coaching.Rhythm) (coaching.Rhythm, error) {
			rhythm.Zone = value
			return rhythm, nil
		}, nil
	case quietWord:
		quiet, err := parseQuiet(values)
		return func(rhythm coaching.Rhythm) (coaching.Rhythm, error) {
			rhythm.Quiet = quiet
			return rhythm, nil
		}, err
	case muteWord, unmuteWord:
		kind, known := cadenceNamed(strings.ToLower(value))
		if !known {
			return nil, coaching.Refuse("mute_unknown")
		}
		var until coaching.Date
		if name == muteWord {
			until = a.today.AddDays(muteDays)
			if len(values) > 1 {
				var err error
				if until, err = a.snoozeUntil(values[len(values)-1]); err != nil {
					return nil, err
				}
			}
		}
		return func(rhythm coaching.Rhythm) (coaching.Rhythm, error) { return rhythm.WithMuted(kind, until), nil }, nil
	default:
		return nil, coaching.Refuse("my_setting_unknown")
	}
}

// parseQuiet reads quiet hours, or "off" for none.
func parseQuiet(values []string) (coaching.Quiet, error) {
	text := strings.Join(values, "")
	if strings.EqualFold(text, off) {
		return coaching.Quiet{}, nil
	}
	return coaching.ParseQuiet(text)
}

// setOwnCadence sets what the bot tells the member alone, in a direct message.
func (r *Router) setOwnCadence(ctx context.Context, ask *ask, kind coaching.CadenceKind, values []string) (Reply, error) {
	args, err := ask.cadenceArgs(values)
	if err != nil {
		return Reply{}, err
	}
	if args.channel != "" {
		return Reply{}, coaching.Refuse("own_without_channel")
	}
	return r.keepOwnCadence(ctx, ask, kind, args)
}

func (r *Router) keepOwnCadence(ctx context.Context, ask *ask, kind coaching.CadenceKind, args cadenceArgs) (Reply, error) {
	_, cadence, err := r.cadence(ctx, ask, kind, "", ask.Member)
	if err != nil {
		return Reply{}, err
	}
	labels := Args{"name": ask.cadenceName(kind)}
	if args.off {
		if err := r.store.DeleteCadence(ctx, cadence.Key()); err != nil {
			return Reply{}, err
		}
		return r.showMine(ctx, ask, ask.voice.Line("cadence_off_own", labels))
	}
	args.apply(&cadence)
	within, err := r.bounds(ctx, nil, ask.workspace, ask.Member)
	if err != nil {
		return Reply{}, err
	}
	if cadence, err = ask.timed(cadence, within.terms); err != nil {
		return Reply{}, err
	}
	// What is told there has to find the member by name and language.
	if _, err := r.remember(ctx, ask); err != nil {
		return Reply{}, err
	}
	if err := r.store.SaveCadence(ctx, cadence); err != nil {
		return Reply{}, err
	}
	labels["when"] = Span{Text: ask.when(cadence.NextAt, cadence.Location(within.terms)), Style: Strong}
	return r.showMine(ctx, ask, ask.voice.Line("cadence_set_own", labels))
}

// showMine shows the member's own settings.
func (r *Router) showMine(ctx context.Context, ask *ask, news Line) (Reply, error) {
	rhythm, err := r.store.Rhythm(ctx, ask.Request.Workspace, ask.Member)
	if err != nil {
		return Reply{}, err
	}
	within, err := r.bounds(ctx, nil, ask.workspace, ask.Member)
	if err != nil {
		return Reply{}, err
	}
	own, err := r.store.CadencesOf(ctx, ask.Request.Workspace, ask.Member)
	if err != nil {
		return Reply{}, err
	}
	voice := ask.voice
	var parts []Part
	if news != nil {
		parts = append(parts, Text{news})
	}
	facts := []Fact{
		{Label: voice.Text("setting_zone", nil), Value: Line{{Text: within.terms.Zone.String()}}},
		{Label: voice.Text("setting_quiet", nil), Value: ask.quiet(within.terms.Quiet)},
		{Label: voice.Text("setting_away", nil), Value: Line{{Text: ask.absences(rhythm)}}},
	}
	if rhythm.SnoozedUntil.After(ask.today) {
		facts = append(facts, Fact{Label: voice.Text("setting_snoozed", nil), Value: Line{{Text: ask.longDate(rhythm.SnoozedUntil)}}})
	}
	for _, kind := range coaching.CadenceKinds {
		if until := rhythm.Muted[kind]; until.After(ask.today) {
			facts = append(facts, Fact{
				Label: voice.Text("setting_muted", nil),
				Value: voice.Line("muted_until", Args{"name": ask.cadenceName(kind), "until": ask.longDate(until)}),
			})
		}
	}
	list := List{Items: ask.cadenceLines(own, within.terms)}
	if len(own) == 0 {
		list.Items = []Line{voice.Line("cadence_none_own", nil)}
	}
	troubles, err := r.troubles(ctx, ask, true)
	if err != nil {
		return Reply{}, err
	}
	list.Items = append(list.Items, troubles...)
	reply := ask.say(append(parts,
		Heading{voice.Line("my_settings_heading", nil)}, Facts{Items: facts}, list, Note{voice.Line("my_settings_how", nil)})...)
	reply.Buttons = []Button{ask.beginButton("button_mine", dialogMine, "")}
	return reply, nil
}

func (a *ask) quiet(quiet coaching.Quiet) Line {
	if quiet.IsZero() {
		return Line{{Text: a.voice.Text("none", nil)}}
	}
	return a.voice.Line("quiet_hours", Args{"from": quiet.From.String(), "to": quiet.To.String()})
}
