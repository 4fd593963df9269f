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
	before, err := r.listed(ctx, ask, rep.Member)
	if err != nil {
		return Reply{}, err
	}
	if len(values) == 2 && values[1] == "off" {
		if err := r.mayRoster(ctx, ask, before, coaching.Rep{}); err != nil {
			return Reply{}, err
		}
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
	if err := r.mayRoster(ctx, ask, before, rep); err != nil {
		return Reply{}, err
	}
	if err := r.store.SaveRep(ctx, ask.Request.Workspace, rep); err != nil {
		return Reply{}, err
	}
	return r.showSettings(ctx, ask, ask.voice.Line("settings_saved", nil))
}

// listed returns a member's place on the team's list, the zero rep where they
// have none.
func (r *Router) listed(ctx context.Context, ask *ask, member coaching.MemberID) (coaching.Rep, error) {
	reps, err := r.store.Reps(ctx, ask.Request.Workspace)
	for _, rep := range reps {
		if rep.Member == member {
			return rep, err
		}
	}
	return coaching.Rep{}, err
}

// mayRoster returns nil where the member may change the team's list, after
// leaving a trace of how.
func (r *Router) mayRoster(ctx context.Context, ask *ask, before, after coaching.Rep) error {
	if err := r.may(ctx, ask, coaching.ActSettings); err != nil {
		return err
	}
	return r.trace(ctx, ask, coaching.Trace{Kind: coaching.TraceSettings, Shifts: coaching.RepShift(before, after)})
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
		lines = append(lines, ask.rep(rep))
	}
	return lines, nil
}

// rep words a member's place on the team's list.
func (a *ask) rep(rep coaching.Rep) Line {
	args := Args{
		"member": a.member(rep.Member),
		"start":  func() string { return a.voice.date(rep.Start, a.today) },
		"end":    func() string { return a.voice.date(rep.End, a.today) },
	}
	id := "rep_long"
	switch {
	case !rep.End.IsZero():
		id = "rep_left"
	case !rep.Start.IsZero():
		id = "rep_since"
	}
	return a.voice.Line(id, args)
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
