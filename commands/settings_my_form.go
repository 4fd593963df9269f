package commands

import (
	"context"

	"github.com/smallwins/smallwins/coaching"
)

// dialogMine is the dialog that changes a member's own settings.
const dialogMine = "mine"

// mineScript asks for all of a member's own settings at once.
func (r *Router) mineScript(ask *ask, dialog coaching.Dialog) script {
	return script{
		steps: []step{{
			name: dialogMine, settled: dialog.Answered(asked),
			prompt: func(ctx context.Context) (Reply, error) { return r.askMine(ctx, ask) },
			accept: func(_ context.Context, dialog coaching.Dialog) (coaching.Dialog, problems, error) {
				_, wrong := mineOf(dialog)
				return dialog.With(map[string][]string{asked: {}}), wrong, nil
			},
		}},
		finish: func(ctx context.Context) (Reply, string, error) {
			reply, err := r.saveMine(ctx, ask, dialog)
			return reply, dialogMine, err
		},
	}
}

func (r *Router) askMine(ctx context.Context, ask *ask) (Reply, error) {
	kept, cadence, err := r.cadence(ctx, ask, coaching.NudgeDaily, "", ask.Member)
	if err != nil {
		return Reply{}, err
	}
	rhythm, err := r.store.Rhythm(ctx, ask.Request.Workspace, ask.Member)
	if err != nil {
		return Reply{}, err
	}
	within, err := r.bounds(ctx, nil, ask.workspace, ask.Member)
	if err != nil {
		return Reply{}, err
	}
	state := ask.stateField("state", "mine_nudge_on", "mine_nudge_off")
	if kept.Revision == 0 {
		state.Value = off
	}
	return ask.asks("my_settings_heading", ask.voice.Line("mine_ask", nil),
		state,
		Field{Name: "time", Kind: LineField, Label: ask.voice.Text("setting_time", nil), Value: cadence.At.String(), Placeholder: "09:00"},
		ask.daysField(cadence.Days),
		Field{Name: "zone", Kind: LineField, Label: ask.voice.Text("setting_zone", nil), Value: within.terms.Zone.String(), Placeholder: "Asia/Bangkok"},
		ask.quietField(rhythm.Quiet),
	), nil
}

// mine are the answers to a member's own settings.
type mine struct {
	nudge bool
	at    coaching.ClockTime
	days  coaching.Weekdays
	zone  string
	quiet coaching.Quiet
}

func mineOf(dialog coaching.Dialog) (mine, problems) {
	answers := mine{nudge: dialog.Answer("state") != off, zone: dialog.Answer("zone")}
	wrong := make(problems)
	note := func(field string, err error) {
		if err != nil {
			wrong[field] = reasonOf(err)
		}
	}
	var err error
	answers.at, err = coaching.ParseClockTime(dialog.Answer("time"))
	note("time", err)
	for _, name := range dialog.Answers["days"] {
		day, err := parseWeekday(name)
		note("days", err)
		answers.days |= coaching.WeekdaysOf(day)
	}
	if answers.days == 0 {
		wrong["days"] = "weekdays_unreadable"
	}
	if !isZone(answers.zone) {
		wrong["zone"] = "zone_unknown"
	}
	if hours := dialog.Answer("hours"); hours != "" {
		answers.quiet, err = coaching.ParseQuiet(hours)
		note("hours", err)
	}
	return answers, wrong
}

// saveMine saves a member's own settings. A zone that they have already from
// elsewhere is not made their choice.
func (r *Router) saveMine(ctx context.Context, ask *ask, dialog coaching.Dialog) (Reply, error) {
	answers, _ := mineOf(dialog)
	within, err := r.bounds(ctx, nil, ask.workspace, ask.Member)
	if err != nil {
		return Reply{}, err
	}
	chosen := answers.zone != within.terms.Zone.String()
	err = r.changeRhythm(ctx, ask, ask.Member, func(rhythm coaching.Rhythm) (coaching.Rhythm, error) {
		rhythm.Quiet = answers.quiet
		if chosen {
			rhythm.Zone = answers.zone
		}
		return rhythm, nil
	})
	if err != nil {
		return Reply{}, err
	}
	args := cadenceArgs{off: !answers.nudge, at: &answers.at, days: &answers.days}
	return r.keepOwnCadence(ctx, ask, coaching.NudgeDaily, args)
}
