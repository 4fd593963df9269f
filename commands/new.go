package commands

import (
	"context"
	"strings"

	"github.com/smallwins/smallwins/coaching"
)

// propose reads a goal statement and answers with its SMART card: for each
// letter what was found, or what is missing and how to say it. Where all that
// is needed is there, a button creates the goal.
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
	card := proposal.card
	reply := ask.say(
		Heading{ask.voice.Line("card_heading", nil)},
		Text{Line{{Text: card.Statement.Text}}},
		ask.checks(proposal),
	)
	if !card.Ready {
		reply.Parts = append(reply.Parts, ask.tiers(proposal)...)
		reply.Parts = append(reply.Parts, Text{ask.voice.Line("card_try", Args{"statement": Span{Text: "/goal new " + ask.suggestion(card), Style: Code}})})
		return reply, nil
	}
	goal, err := r.goalOf(ask, proposal)
	if err != nil {
		return Reply{}, err
	}
	if err := r.mayOn(ctx, ask, coaching.ActSet, goal); err != nil {
		return Reply{}, err
	}
	if err := r.store.SaveDraft(ctx, draft); err != nil {
		return Reply{}, err
	}
	warnings, err := r.warnings(ctx, ask, goal)
	if err != nil {
		return Reply{}, err
	}
	reply.Parts = append(reply.Parts, ask.plan(goal))
	reply.Parts = append(reply.Parts, warnings...)
	reply.Parts = append(reply.Parts, ask.tiers(proposal)...)
	reply.Buttons = []Button{{Label: ask.voice.Text("button_create", nil), Action: actionCreate, Value: draft.ID, Look: Primary}}
	reply.Parts = append(reply.Parts, Note{ask.voice.Line("card_change", nil)})
	return reply, nil
}

// goalOf returns the goal that a ready card describes.
func (r *Router) goalOf(ask *ask, p proposal) (coaching.Goal, error) {
	goal := goalOn(p.card)
	goal.Private = p.private
	goal.Workspace = ask.Request.Workspace
	goal.CreatedBy, goal.CreatedAt, goal.ChangedAt = ask.Member, ask.Received, ask.Received
	if !p.card.Statement.ForTeam() {
		goal.Owner = ask.Member
	}
	return coaching.NewGoal(goal)
}

// create makes a goal of a draft when its author presses the button. Pressing
// again shows the goal that is there.
func (r *Router) create(ctx context.Context, ask *ask) (Reply, error) {
	draft, err := r.store.Draft(ctx, ask.Request.Workspace, ask.rest)
	if coaching.CodeOf(err) == coaching.NotFound || err == nil && draft.Member != ask.Member {
		return Reply{}, &coaching.Error{Code: coaching.NotFound, Reason: "draft_unknown", Err: err}
	}
	if err != nil {
		return Reply{}, err
	}
	proposal, err := r.assess(ctx, ask, draft)
	if err != nil {
		return Reply{}, err
	}
	goal, err := r.goalOf(ask, proposal)
	if err != nil {
		return Reply{}, err
	}
	if err := r.mayOn(ctx, ask, coaching.ActSet, goal); err != nil {
		return Reply{}, err
	}
	siblings, err := r.store.GoalsOf(ctx, goal.Workspace, goal.Owner, coaching.Active)
	if err != nil {
		return Reply{}, err
	}
	goal.Focus = focused(siblings) < ask.workspace.FocusLimit
	goal, repeated, err := r.store.CreateGoal(ctx, goal, draft.ID)
	if err != nil {
		return Reply{}, err
	}
	if err := r.traceCreation(ctx, ask, goal, draft.ID); err != nil {
		return Reply{}, err
	}
	if a := proposal.appraisal; a.HasTarget && a.Reason == "" {
		if err := r.store.SaveExpectation(ctx, goal.Workspace, goal.Number, a.Expectation()); err != nil {
			return Reply{}, err
		}
	}
	if _, err := r.remember(ctx, ask); err != nil {
		return Reply{}, err
	}
	heading := "created"
	if repeated {
		heading = "created_before"
	}
	reply := ask.say(
		Heading{ask.voice.Line(heading, Args{"goal": ask.name(goal)})},
		ask.plan(goal),
	)
	reply.Replace = true
	if !goal.Focus && !repeated {
		reply.Parts = append(reply.Parts, Text{ask.voice.Line("created_unfocused", Args{"count": ask.workspace.FocusLimit})})
	}
	reply.Parts = append(reply.Parts, Note{ask.voice.Line("created_next", Args{"command": ask.logExample(goal)})})
	return reply, nil
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

// remember returns the member's name, keeping what the platform calls them where
// no better one is known, for texts that speak of them when they are not there.
func (r *Router) remember(ctx context.Context, ask *ask) (name string, err error) {
	member, err := r.store.Member(ctx, ask.Request.Workspace, ask.Member)
	if err != nil {
		return "", err
	}
	before := member
	if member.Name == "" {
		member.Name, member.Locale = ask.MemberName, ask.Locale
	}
	if ask.Profile != nil {
		member = met(member, *ask.Profile)
	}
	if member.Name == before.Name && member.Locale == before.Locale && member.Zone == before.Zone {
		return member.Name, nil
	}
	return member.Name, r.store.SaveMember(ctx, member)
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
		checks.Items = append(checks.Items, check)
	}
	return checks
}
