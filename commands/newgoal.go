package commands

import (
	"context"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

// dialogNew is the dialog that sets a goal. Its fields are named for what they
// hold; "statement" is the goal in free text, and what it says is not asked. Its
// subject is the id of the draft that it makes more of, if there is one.
const dialogNew = "new"

// newGoal is a goal that is being talked about, as the answers so far make it.
type newGoal struct {
	router *Router
	ask    *ask
	dialog coaching.Dialog
	// statement holds the free text and every answer in its place; the proposal
	// is that statement judged.
	statement coaching.Statement
	proposal
}

// stated are the answers that a goal in free text gives.
func (a *ask) stated() map[string][]string {
	words, private := coaching.CutPrivate(a.rest)
	text := []rune(words)
	answers := map[string][]string{"statement": {string(text[:min(len(text), coaching.MaxText)])}}
	if private {
		answers["visible"] = []string{visiblePrivate}
	}
	if len(a.Mentions) == 1 && a.Mentions[0] != a.Member {
		answers["whose"], answers["member"] = []string{whoseMember}, []string{string(a.Mentions[0])}
	}
	return answers
}

// readNew puts a dialog's answers together and judges the goal they make.
func (r *Router) readNew(ctx context.Context, ask *ask, dialog coaching.Dialog) (*newGoal, error) {
	if _, err := r.actor(ctx, ask); err != nil { // for maySetFor
		return nil, err
	}
	goal := &newGoal{router: r, ask: ask, dialog: dialog}
	// "This month" is the month in which it was said.
	said := coaching.DateOf(dialog.Started.In(ask.workspace.Location()))
	s := coaching.ParseStatement(dialog.Answer("statement"), said)
	if metric, picked := goal.metric(); picked {
		s.Metric = metric
	}
	if target := dialog.Answer("target"); target != "" && target != otherAnswer {
		s = s.Sized(target, said)
	}
	if period, known := periodOf(dialog.Answer("period")); known {
		s = s.During(period)
	}
	if baseline, err := decimal.NewFromString(dialog.Answer("baseline")); err == nil {
		s = s.From(baseline)
	}
	if why := dialog.Answer("why"); why != "" {
		s.Why = why
	}
	if how := dialog.Answer("how"); how != "" {
		s.Strategy = how
	}
	goal.statement = s
	owner, err := goal.owner(ctx)
	if err != nil {
		return nil, err
	}
	if owner == "" {
		s.Who.Whose = coaching.Ours
	} else {
		s.Who.Whose = coaching.Mine
	}
	goal.statement = s
	goal.proposal, err = r.assessStatement(ctx, ask, s, ask.today)
	return goal, err
}

// What "kind" may hold beside the kinds themselves.
const (
	kindRecurring = "recurring" // revenue as a level
	kindOwn       = "own"       // counted by the noun in "noun"
	otherAnswer   = "other"     // asked for in words next
)

// metric is what was picked to be measured; picked is false where the statement
// itself says it.
func (g *newGoal) metric() (metric coaching.StatedMetric, picked bool) {
	voice := g.ask.voice
	switch kind := coaching.Kind(g.dialog.Answer("kind")); kind {
	case "", otherAnswer:
		return coaching.StatedMetric{}, false
	case kindRecurring:
		return coaching.RecurringRevenue().Named(voice.Text("new_recurring", nil)), true
	case kindOwn:
		return coaching.CountOf(g.dialog.Answer("noun")), true
	default:
		if _, known := coaching.TraitsOf(kind); !known {
			return coaching.StatedMetric{}, false
		}
		return coaching.MetricOf(kind).Named(voice.Text("kind_"+string(kind), nil)), true
	}
}

// What "whose" may hold.
const (
	whoseMine   = "mine"
	whoseTeam   = "team"
	whoseMember = "member" // the one in "member"
)

// owner returns whose goal it is, empty for the team. Who may set a goal for
// whom is asked of the role, whatever the answers say: without it the goal is
// the member's own.
func (g *newGoal) owner(ctx context.Context) (coaching.MemberID, error) {
	owner := g.meant()
	if !g.dialog.Answered("whose") && g.statement.ForTeam() {
		owner = ""
	}
	if !g.ask.maySetFor(owner) {
		return g.ask.Member, nil
	}
	return owner, g.router.meet(ctx, g.ask, owner)
}

// meant returns whose goal the answers say it is.
func (g *newGoal) meant() coaching.MemberID { return ownerAnswered(g.dialog, g.ask.Member) }

// ownerAnswered returns the owner that a dialog's answers name, else the member
// who answers.
func ownerAnswered(dialog coaching.Dialog, member coaching.MemberID) coaching.MemberID {
	switch dialog.Answer("whose") {
	case whoseTeam:
		return ""
	case whoseMember:
		if named := dialog.Answer("member"); named != "" {
			return coaching.MemberID(named)
		}
	}
	return member
}

// goal returns the goal as it would be created; it is whole where the card is
// ready.
func (g *newGoal) goal(ctx context.Context) (coaching.Goal, error) {
	goal := goalOn(g.card)
	owner, err := g.owner(ctx)
	if err != nil {
		return coaching.Goal{}, err
	}
	goal.Owner = owner
	goal.Private = owner != "" && g.dialog.Answer("visible") == visiblePrivate
	goal.Reason = g.dialog.Answer("reason")
	return g.ask.newGoal(goal)
}

// missing returns what is missing of the goal's figures, empty where nothing
// is. What is measured, when and from where is asked for by itself.
func (g *newGoal) missing() coaching.Reason {
	specific, timeBound := g.card.Lines[0].Reason, g.card.Lines[4].Reason
	for _, reason := range g.card.Missing {
		if reason != specific && reason != timeBound && reason != baselineMissing {
			return reason
		}
	}
	return ""
}

// baselineMissing stands in the way of a change of what adds up.
const baselineMissing coaching.Reason = "baseline_missing"

// newScript returns the steps of a new goal: what is missing, the most
// important first, then the card, from which everything else is in reach.
func (r *Router) newScript(ctx context.Context, ask *ask, dialog coaching.Dialog) (script, error) {
	if dialog.Subject != "" {
		// A button's value is no proof that the draft is the member's.
		if _, err := r.draft(ctx, ask, dialog.Subject); err != nil {
			return script{}, err
		}
	}
	g, err := r.readNew(ctx, ask, dialog)
	if err != nil {
		return script{}, err
	}
	steps := g.identity()
	// Where history can offer targets it needs the period first; where it
	// cannot, how much is what the goal lacks most.
	known, err := g.remembered(ctx)
	if err != nil {
		return script{}, err
	}
	if known {
		steps = append(steps, g.time()...)
		steps = append(steps, g.size()...)
	} else {
		steps = append(steps, g.size()...)
		steps = append(steps, g.time()...)
	}
	steps = append(steps, g.baselineStep(), g.reasonStep())
	more, err := g.more(ctx)
	if err != nil {
		return script{}, err
	}
	steps = append(steps, more...)
	return script{
		steps:  append(steps, g.cardStep(), g.changeStep()),
		finish: g.finish,
		over:   g.over,
	}, nil
}

// remembered reports whether there are past figures of what the goal measures.
func (g *newGoal) remembered(ctx context.Context) (bool, error) {
	if !hasHistory(g.statement.During(coaching.PeriodOf(coaching.Month, g.ask.today))) {
		return false, nil
	}
	figures, err := g.router.observations(ctx, g.ask, g.statement.Metric.Kind)
	return len(figures) > 0, err
}

// question returns a reply that asks for the fields. The first question after
// a statement comes with what was understood of it, and how to say it all at
// once.
func (g *newGoal) question(parts []Part, fields ...Field) Reply {
	voice := g.ask.voice
	if g.dialog.Turn == 0 && g.dialog.Answer("statement") != "" && !g.dialog.OneByOne {
		said := []Part{
			Heading{voice.Line("card_heading", nil)}, Text{Line{{Text: g.statement.Text}}}, g.ask.checks(g.proposal),
		}
		if parts = append(said, parts...); !g.card.Ready {
			parts = append(parts, Text{voice.Line("card_try", Args{
				"statement": Span{Text: "/" + Name + " new " + g.ask.suggestion(g.card), Style: Code},
			})})
		}
	}
	reply := g.ask.say(parts...)
	reply.Prompt = &Prompt{Title: voice.Text("new_title", nil), Fields: fields}
	return reply
}

// only returns a prompt of one question that says nothing else.
func (g *newGoal) only(field Field) func(context.Context) (Reply, error) {
	return func(context.Context) (Reply, error) { return g.question(nil, field), nil }
}

// measured returns how the goal's figures are read.
func (g *newGoal) measured() measure { return measureOf(goalOn(g.card)) }

// written is a figure as an answer would have it.
func written(value decimal.Decimal, unit coaching.Unit) string {
	if unit == coaching.Percent {
		return value.String() + "%"
	}
	return value.String()
}

// shortText reports whether a text can name what is counted.
func shortText(text string) bool {
	const mostWords = 4
	return len(strings.Fields(text)) <= mostWords && !strings.ContainsAny(text, "0123456789%$€£¥฿?!.,;:\"")
}
