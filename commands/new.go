package commands

import (
	"context"
	"strings"

	"github.com/smallwins/smallwins/coaching"
)

// propose reads a goal statement. One that says all that is needed is answered
// with its SMART card and a button that creates the goal; of any other the rest
// is asked.
func (r *Router) propose(ctx context.Context, ask *ask) (Reply, error) {
	if ask.rest == "" {
		return r.begin(ctx, ask, dialogNew, "", nil)
	}
	draft := coaching.Draft{
		ID: ask.ID, Workspace: ask.Request.Workspace, Member: ask.Member, Statement: ask.rest, At: ask.Received,
	}
	proposal, err := r.assess(ctx, ask, draft)
	if err != nil {
		return Reply{}, err
	}
	if !proposal.card.Ready || proposal.appraisal.NeedsReason() || len(ask.Mentions) > 0 {
		return r.proposeRest(ctx, ask)
	}
	goal, err := r.goalOf(ctx, ask, proposal)
	if err != nil {
		return Reply{}, err
	}
	if err := r.store.SaveDraft(ctx, draft); err != nil {
		return Reply{}, err
	}
	warnings, err := r.warnings(ctx, ask, goal)
	if err != nil {
		return Reply{}, err
	}
	if goal.Owner != "" && proposal.card.Statement.Who.Whose == coaching.Ours {
		warnings = append(warnings, Note{ask.voice.Line("new_own_part", nil)})
	}
	reply := ask.card(proposal, goal, warnings)
	reply.Buttons = []Button{
		{Label: ask.voice.Text("button_create", nil), Action: actionCreate, Value: draft.ID, Look: Primary},
		{Label: ask.voice.Text("button_refine", nil), Action: actionRefine, Value: draft.ID},
	}
	reply.Parts = append(reply.Parts, Note{ask.voice.Line("card_change", nil)})
	return reply, nil
}

// proposeRest asks for what a statement does not say. A goal for somebody else
// is refused before anything is asked.
func (r *Router) proposeRest(ctx context.Context, ask *ask) (Reply, error) {
	answers := ask.stated()
	owner := ownerAnswered(coaching.Dialog{Answers: answers}, ask.Member)
	if err := r.mayOn(ctx, ask, coaching.ActSet, coaching.Goal{Owner: owner}); err != nil {
		return Reply{}, err
	}
	return r.begin(ctx, ask, dialogNew, "", answers)
}

// card shows a goal before it is created: its words, the five letters, what it
// comes to and what history says of it.
func (a *ask) card(proposal proposal, goal coaching.Goal, warnings []Part) Reply {
	reply := a.say(Heading{a.voice.Line("card_heading", nil)})
	if text := proposal.card.Statement.Text; text != "" {
		reply.Parts = append(reply.Parts, Text{Line{{Text: text}}})
	}
	reply.Parts = append(reply.Parts, a.checks(proposal), a.plan(goal))
	reply.Parts = append(reply.Parts, warnings...)
	reply.Parts = append(reply.Parts, a.tiers(proposal)...)
	return reply
}

// goalOf returns the goal that a ready card describes. The team's goals are set
// by managers; what a rep says for the team is their own part of it.
func (r *Router) goalOf(ctx context.Context, ask *ask, p proposal) (coaching.Goal, error) {
	goal := goalOn(p.card)
	goal.Private = p.private
	team := p.card.Statement.ForTeam()
	if team {
		var err error
		if team, err = r.canOn(ctx, ask, coaching.ActSet, coaching.Goal{}); err != nil {
			return coaching.Goal{}, err
		}
	}
	if !team {
		goal.Owner = ask.Member
	}
	return ask.newGoal(goal)
}

// newGoal checks a goal that is set just now.
func (a *ask) newGoal(goal coaching.Goal) (coaching.Goal, error) {
	goal.Workspace = a.Request.Workspace
	goal.CreatedBy, goal.CreatedAt, goal.ChangedAt = a.Member, a.Received, a.Received
	return coaching.NewGoal(goal)
}

// draft returns the member's own draft of that id.
func (r *Router) draft(ctx context.Context, ask *ask, id string) (coaching.Draft, error) {
	draft, err := r.store.Draft(ctx, ask.Request.Workspace, id)
	if coaching.CodeOf(err) == coaching.NotFound || err == nil && draft.Member != ask.Member {
		return coaching.Draft{}, &coaching.Error{Code: coaching.NotFound, Reason: "draft_unknown", Err: err}
	}
	return draft, err
}

// create makes a goal of a draft when its author presses the button. Pressing
// again shows the goal that is there.
func (r *Router) create(ctx context.Context, ask *ask) (Reply, error) {
	draft, err := r.draft(ctx, ask, ask.rest)
	if err != nil {
		return Reply{}, err
	}
	proposal, err := r.assess(ctx, ask, draft)
	if err != nil {
		return Reply{}, err
	}
	goal, err := r.goalOf(ctx, ask, proposal)
	if err != nil {
		return Reply{}, err
	}
	goal, repeated, err := r.set(ctx, ask, goal, draft.ID, proposal.appraisal)
	if err != nil {
		return Reply{}, err
	}
	reply := ask.created(goal, repeated)
	reply.Replace = true
	return reply, nil
}

// refine talks about a draft that could be created as it is: who wants a plan,
// small wins or other numbers adds them before.
func (r *Router) refine(ctx context.Context, ask *ask) (Reply, error) {
	draft, err := r.draft(ctx, ask, ask.rest)
	if err != nil {
		return Reply{}, err
	}
	ask.rest = draft.Statement
	return r.begin(ctx, ask, dialogNew, draft.ID, ask.stated())
}

// set creates a goal under the id of what it was made from, in focus where
// there is room, and keeps what is expected of it.
func (r *Router) set(ctx context.Context, ask *ask, goal coaching.Goal, draft string, appraisal coaching.Appraisal) (created coaching.Goal, repeated bool, err error) {
	siblings, err := r.store.GoalsOf(ctx, goal.Workspace, goal.Owner, coaching.Active)
	if err != nil {
		return coaching.Goal{}, false, err
	}
	goal.Focus = focused(siblings) < ask.workspace.FocusLimit
	if goal, repeated, err = r.store.CreateGoal(ctx, goal, draft); err != nil {
		return coaching.Goal{}, false, err
	}
	if err := r.traceCreation(ctx, ask, goal, draft); err != nil {
		return coaching.Goal{}, false, err
	}
	if appraisal.HasTarget && appraisal.Reason == "" {
		if err := r.store.SaveExpectation(ctx, goal.Workspace, goal.Number, appraisal.Expectation()); err != nil {
			return coaching.Goal{}, false, err
		}
	}
	_, err = r.remember(ctx, ask)
	return goal, repeated, err
}

// created says that a goal is there and how to begin.
func (a *ask) created(goal coaching.Goal, repeated bool) Reply {
	heading := "created"
	if repeated {
		heading = "created_before"
	}
	reply := a.say(
		Heading{a.voice.Line(heading, Args{"goal": a.name(goal)})},
		a.plan(goal),
	)
	if !goal.Focus && !repeated {
		reply.Parts = append(reply.Parts, Text{a.voice.Line("created_unfocused", Args{"count": a.workspace.FocusLimit})})
	}
	reply.Parts = append(reply.Parts, Note{a.voice.Line("created_next", Args{"command": a.logExample(goal)})})
	return reply
}

func focused(goals []coaching.Goal) int {
	count := 0
	for _, goal := range goals {
		if goal.Focus {
			count++
		}
	}
	return count
}

// undemanding asks whether a target that nearly every period would reach is
// meant as it stands.
func (a *ask) undemanding(p proposal) Line {
	m, id, bound := measureOf(goalOn(p.card)), "hint_undemanding", p.appraisal.Low
	if p.appraisal.Traits.Better == coaching.Lower {
		id, bound = "hint_undemanding_lower", p.appraisal.High
	}
	return a.voice.Line(id, Args{
		"period": a.voice.period(p.appraisal.Period, a.today),
		"bound":  a.voice.roughly(bound, m),
	})
}

// checks shows the five letters of a card.
func (a *ask) checks(p proposal) Checks {
	var checks Checks
	for _, line := range p.card.Lines {
		letter := string(rune(line.Letter))
		found := "found_" + string(line.Reason)
		if line.Reason == "no_history" && p.appraisal.Basis.Used > 0 {
			found = "found_too_little_history"
		}
		check := Check{Done: line.OK, Line: a.voice.Line("smart_"+strings.ToLower(letter), Args{
			"found": a.voice.Line(found, a.cardArgs(p, line)),
		})}
		if hint := "hint_" + string(line.Reason); a.voice.Has(hint) {
			check.Hint = a.voice.Line(hint, a.cardArgs(p, line))
		}
		if line.Letter == 'A' && line.OK && p.appraisal.Undemanding() {
			check.Hint = a.undemanding(p)
		}
		checks.Items = append(checks.Items, check)
	}
	return checks
}
