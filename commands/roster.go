package commands

import (
	"context"

	"github.com/smallwins/smallwins/coaching"
)

// setRep puts a member on the team's list with the days they came and left,
// changes those, or takes the member off: "rep @ben 2026-10-01", "rep @ben off".
func (r *Router) setRep(ctx context.Context, ask *ask, values []string) (Reply, error) {
	if len(ask.Mentions) != 1 || len(values) == 0 || values[0] != "@"+string(ask.Mentions[0]) {
		return Reply{}, coaching.Refuse("rep_who")
	}
	rep := coaching.Rep{Member: ask.Mentions[0]}
	if len(values) == 2 && values[1] == "off" {
		if err := r.store.DeleteRep(ctx, ask.Request.Workspace, rep.Member); err != nil {
			return Reply{}, err
		}
		return r.showSettings(ctx, ask, ask.voice.Line("settings_saved", nil))
	}
	for i, into := range []*coaching.Date{&rep.Start, &rep.End} {
		if len(values) <= i+1 {
			break
		}
		date, err := parseDay(values[i+1])
		if err != nil {
			return Reply{}, coaching.Refuse("rep_dates")
		}
		*into = date
	}
	if _, err := coaching.NewRoster(ask.workspace.Calendar(), nil, rep); err != nil {
		return Reply{}, err
	}
	if err := r.store.SaveRep(ctx, ask.Request.Workspace, rep); err != nil {
		return Reply{}, err
	}
	return r.showSettings(ctx, ask, ask.voice.Line("settings_saved", nil))
}

// roster returns the team as far as its list tells; nobody on it says nothing of
// capacity.
func (r *Router) roster(ctx context.Context, ask *ask) (coaching.Roster, error) {
	reps, err := r.store.Reps(ctx, ask.Request.Workspace)
	if err != nil || len(reps) == 0 {
		return coaching.Roster{}, err
	}
	return coaching.NewRoster(ask.workspace.Calendar(), coaching.DefaultRamp(), reps...)
}

// reps lists the team for the settings: who came when, and who left.
func (r *Router) reps(ctx context.Context, ask *ask) ([]Line, error) {
	reps, err := r.store.Reps(ctx, ask.Request.Workspace)
	if err != nil {
		return nil, err
	}
	lines := make([]Line, 0, len(reps))
	for _, rep := range reps {
		if err := r.meet(ctx, ask, rep.Member); err != nil {
			return nil, err
		}
		args := Args{
			"member": ask.member(rep.Member),
			"start":  func() string { return ask.voice.date(rep.Start, ask.today) },
			"end":    func() string { return ask.voice.date(rep.End, ask.today) },
		}
		id := "rep_long"
		switch {
		case !rep.End.IsZero():
			id = "rep_left"
		case !rep.Start.IsZero():
			id = "rep_since"
		}
		lines = append(lines, ask.voice.Line(id, args))
	}
	return lines, nil
}

// capacity says what people who are new, leave or are away take from a forecast,
// nil where nothing does.
func (a *ask) capacity(team coaching.TeamEffect) Line {
	if !team.Known || len(team.Now.Ramping) == 0 {
		return nil
	}
	return a.voice.Line("team_ramping", Args{
		"count": len(team.Now.Ramping), "heads": itoa(team.Now.Heads), "share": a.voice.percent(team.Now.Share()),
	})
}
