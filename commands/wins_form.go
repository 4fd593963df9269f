package commands

import (
	"context"

	"github.com/smallwins/smallwins/coaching"
)

// dialogWins is the dialog that ticks several small wins at once; its subject is
// the first day of their week.
const dialogWins = "wins"

// winsScript lists the member's small wins of the week that are not ticked yet.
func (r *Router) winsScript(ctx context.Context, ask *ask, dialog coaching.Dialog) (script, error) {
	week, err := r.readWeek(ctx, ask)
	if err != nil {
		return script{}, err
	}
	open := week.open()
	if dialog.Subject != week.first.String() || len(open.wins) == 0 && dialog.State == coaching.DialogOpen {
		return script{}, &coaching.Error{Code: coaching.NotFound, Reason: "win_unknown"}
	}
	return script{
		steps: []step{{name: "ticked", settled: dialog.Answered("ticked"), prompt: func(context.Context) (Reply, error) {
			field := Field{Name: "ticked", Kind: PickMany, Label: ask.voice.Text("wins_which", nil)}
			for i, win := range open.wins {
				goal := week.goals[win.Goal]
				field.Choices = append(field.Choices, Choice{
					Label: ask.win(win, goal).String(), Value: itoa(open.numbers[i]), Hint: ask.name(goal).String(),
				})
			}
			return ask.asks("wins_title", ask.voice.Line("done_heading", nil), field), nil
		}}},
		finish: func(ctx context.Context) (Reply, string, error) {
			for i, win := range week.wins {
				for _, number := range dialog.Answers["ticked"] {
					if number != itoa(week.numbers[i]) {
						continue
					}
					if _, err := r.recordWin(ctx, ask, win); err != nil {
						return Reply{}, "", err
					}
				}
			}
			after, err := r.readWeek(ctx, ask)
			if err != nil {
				return Reply{}, "", err
			}
			ticked, all := coaching.TickedOf(after.wins, after.ticks)
			heading := "wins_ticked"
			if all {
				heading = "wins_ticked_all"
			}
			return ask.listWins(after, ask.voice.Line(heading, Args{"ticked": ticked, "wins": len(after.wins)})), "", nil
		},
	}, nil
}

// open returns the part of the week that is not ticked yet.
func (w week) open() week {
	part := w
	part.wins, part.numbers = nil, nil
	for i, win := range w.wins {
		if !w.done[win.ID] {
			part.wins, part.numbers = append(part.wins, win), append(part.numbers, w.numbers[i])
		}
	}
	return part
}
