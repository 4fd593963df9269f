package commands

import (
	"context"

	"github.com/smallwins/smallwins/coaching"
)

// applaud counts a member's applause for the win that a button names, once. It is
// told in the next nudge.
func (r *Router) applaud(ctx context.Context, ask *ask) (Reply, error) {
	win, err := r.winOf(ctx, ask, ask.rest)
	if coaching.CodeOf(err) == coaching.NotFound {
		return Reply{}, &coaching.Error{Code: coaching.NotFound, Reason: "kudos_gone", Err: err}
	}
	if err != nil {
		return Reply{}, err
	}
	goal, err := r.store.Goal(ctx, ask.Request.Workspace, win.Goal)
	if err != nil {
		return Reply{}, err
	}
	if err := r.mayOn(ctx, ask, coaching.ActSee, goal); err != nil {
		return Reply{}, err
	}
	kudos, err := coaching.NewKudos(win, ask.Member, ask.Received)
	if err != nil {
		return Reply{}, err
	}
	repeated, err := r.store.GiveKudos(ctx, kudos)
	if err != nil {
		return Reply{}, err
	}
	id := "kudos_given"
	if repeated {
		id = "kudos_before"
	}
	return ask.say(Text{ask.voice.Line(id, Args{
		"member": Span{Text: nameOr(win.Name, win.Member), Member: win.Member, Style: Strong}, "goal": ask.name(goal),
	})}), nil
}

// winOf finds the win of an id: an entry, or what events told from a day on until
// the working day after it.
func (r *Router) winOf(ctx context.Context, ask *ask, id string) (coaching.Entry, error) {
	since, fed := coaching.FedWinDay(id)
	if !fed {
		return r.store.Entry(ctx, ask.Request.Workspace, id)
	}
	goals, err := r.store.Goals(ctx, ask.Request.Workspace, coaching.Active)
	if err != nil {
		return coaching.Entry{}, err
	}
	o := occasion{workspace: ask.workspace, date: ask.workspace.Calendar().Next(since), now: ask.Received}
	wins, err := r.fedWins(ctx, o, coaching.NudgeGoals("", goals), since)
	if err != nil {
		return coaching.Entry{}, err
	}
	for _, win := range wins {
		if win.Entry.ID == id {
			return win.Entry, nil
		}
	}
	return coaching.Entry{}, &coaching.Error{Code: coaching.NotFound, Reason: "kudos_gone"}
}

// maxKudosValue is how long the id of a win may be that a button carries on every
// platform.
const maxKudosValue = 90

// kudosButtons applaud the wins of a nudge.
func (a *ask) kudosButtons(wins []coaching.Win) []Button {
	var buttons []Button
	for _, win := range wins {
		if len(win.Entry.ID) > maxKudosValue {
			continue
		}
		buttons = append(buttons, Button{
			Label: a.voice.Text("button_kudos", Args{
				"member": nameOr(win.Entry.Name, win.Entry.Member), "amount": a.voice.change(win.Entry.Amount, measureOf(win.Goal)),
			}),
			Action: actionKudos, Value: win.Entry.ID,
		})
	}
	return buttons
}

// applause tells who was applauded since the nudge before, nil for nobody.
func (a *ask) applause(given []coaching.Applause) Line {
	if len(given) == 0 {
		return nil
	}
	var spans []Span
	for _, each := range given[:min(len(given), maxShown)] {
		spans = append(spans, Span{Text: a.voice.Text("kudos_count", Args{"member": nameOr(each.Name, each.Member), "count": each.Count})})
	}
	return a.voice.Line("nudge_kudos", Args{"members": listed(spans)})
}
