package commands

import (
	"context"
	"strings"

	"github.com/smallwins/smallwins/coaching"
)

// stateField asks whether something is wanted at all.
func (a *ask) stateField(name, on, gone string) Field {
	return Field{
		Name: name, Kind: PickOne, Label: a.voice.Text("setting_state", nil), Value: "on",
		Choices: []Choice{a.choice("on", on), a.choice(off, gone)},
	}
}

// cadenceFields asks when something comes to the channel.
func cadenceFields(kind coaching.CadenceKind) func(context.Context, *Router, *ask) ([]Field, error) {
	return func(ctx context.Context, r *Router, ask *ask) ([]Field, error) {
		_, cadence, err := r.cadence(ctx, ask, kind, ask.Channel, "")
		if err != nil {
			return nil, err
		}
		zone := cadence.Location(ask.workspace.Terms()).String()
		return []Field{
			ask.stateField("state", "setting_cadence_on", "setting_cadence_off"),
			{Name: "time", Kind: LineField, Label: ask.voice.Text("setting_time", nil), Value: cadence.At.String(), Placeholder: "09:00"},
			ask.daysField(cadence.Days),
			{Name: "zone", Kind: LineField, Label: ask.voice.Text("setting_zone", nil), Value: zone, Placeholder: "Asia/Bangkok"},
		}, nil
	}
}

// cadenceLine names the channel in which the dialog was begun.
func cadenceLine(_ *ask, dialog coaching.Dialog) (typed, problems) {
	channel := "#" + string(dialog.Channel)
	if dialog.Answer("state") == off {
		return typed{text: off + " " + channel}, nil
	}
	zone := dialog.Answer("zone")
	if !isZone(zone) {
		return typed{}, problems{"zone": "zone_unknown"}
	}
	if _, err := coaching.ParseClockTime(dialog.Answer("time")); err != nil {
		return typed{}, problems{"time": reasonOf(err)}
	}
	return typed{text: strings.Join([]string{dialog.Answer("time"), strings.Join(dialog.Answers["days"], ","), zone, channel}, " ")}, nil
}

func repFields(_ context.Context, _ *Router, ask *ask) ([]Field, error) {
	return []Field{
		{Name: "member", Kind: PickMember, Label: ask.voice.Text("setting_rep_who", nil)},
		ask.stateField("state", "setting_rep_on", "setting_rep_off"),
		{Name: "start", Kind: PickDay, Label: ask.voice.Text("setting_rep_start", nil), Optional: true},
		{Name: "end", Kind: PickDay, Label: ask.voice.Text("setting_rep_end", nil), Optional: true},
	}, nil
}

func repLine(_ *ask, dialog coaching.Dialog) (typed, problems) {
	member, start, end := dialog.Answer("member"), dialog.Answer("start"), dialog.Answer("end")
	words := []string{"@" + member}
	switch {
	case dialog.Answer("state") == off:
		words = append(words, off)
	case start == "" && end != "":
		return typed{}, problems{"start": "answer_missing"}
	case start != "" && end != "" && end < start:
		return typed{}, problems{"end": "rep_ends_before_start"}
	default:
		words = append(words, start, end)
	}
	return typed{text: strings.TrimSpace(strings.Join(words, " ")), mentions: []coaching.MemberID{coaching.MemberID(member)}}, nil
}

func managerFields(ctx context.Context, r *Router, ask *ask) ([]Field, error) {
	if err := r.meet(ctx, ask, ask.workspace.Managers...); err != nil {
		return nil, err
	}
	fields := []Field{{Name: "add", Kind: PickMember, Label: ask.voice.Text("setting_manager_add", nil), Optional: true}}
	const most = 25
	var choices []Choice
	for _, id := range ask.workspace.Managers[:min(len(ask.workspace.Managers), most)] {
		choices = append(choices, Choice{Label: ask.member(id).Text, Value: string(id)})
	}
	if len(choices) > 0 {
		fields = append(fields, Field{Name: "drop", Kind: PickMany, Label: ask.voice.Text("setting_manager_drop", nil), Choices: choices, Optional: true})
	}
	return fields, nil
}

func managerLine(_ *ask, dialog coaching.Dialog) (typed, problems) {
	var line typed
	name := func(sign, id string) {
		line.text = strings.TrimSpace(line.text + " " + sign + "@" + id)
		line.mentions = append(line.mentions, coaching.MemberID(id))
	}
	if member := dialog.Answer("add"); member != "" {
		name("", member)
	}
	for _, member := range dialog.Answers["drop"] {
		name("-", member)
	}
	if line.text == "" {
		return typed{}, problems{"add": "answer_missing"}
	}
	return line, nil
}
