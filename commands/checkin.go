package commands

import (
	"context"
	"slices"
	"strings"

	"github.com/smallwins/smallwins/coaching"
)

// wordCheckIn words a check-in: each goal against its next milestone and the
// chance to reach the target, with buttons to answer. Of people's own goals a
// channel hears only what goes well; each finds all of their own behind a button.
func (r *Router) wordCheckIn(ctx context.Context, ask *ask, checkIn coaching.CheckIn) ([]Part, error) {
	goals, err := r.stillShared(ctx, ask, checkIn)
	if err != nil {
		return nil, err
	}
	parts := []Part{Heading{ask.voice.Line("checkin_heading", Args{"date": ask.voice.date(checkIn.Date, checkIn.Date)})}}
	var (
		well  List
		rows  int
		asked bool
	)
	for _, checked := range goals {
		judgement, err := r.judged(ctx, ask, checked)
		if err != nil {
			return nil, err
		}
		if checkIn.Member == "" && !checked.Goal.Team() {
			asked = true
			if judgement.GoesWell() {
				well.Items = append(well.Items, ask.boardLine(&judgement))
			}
			continue
		}
		parts = append(parts, ask.checked(&judgement)...)
		if rows++; rows <= maxWithButtons {
			parts = append(parts, Row{ask.answerButtons(checked.Goal, checkIn.Date)})
		}
	}
	if len(well.Items) > 0 {
		well.Items = well.Items[:min(len(well.Items), maxShown)]
		parts = append(parts, Text{ask.voice.Line("checkin_well", nil)}, well)
	}
	if checkIn.MoreGoals > 0 {
		parts = append(parts, Note{ask.voice.Line("more_goals", Args{"count": checkIn.MoreGoals})})
	}
	if asked {
		parts = append(parts,
			Text{ask.voice.Line("checkin_own", nil)},
			Row{[]Button{{Label: ask.voice.Text("button_own_goals", nil), Action: actionOwnGoals, Value: checkIn.Date.String()}}})
	}
	how := "checkin_how"
	if checkIn.Member != "" {
		how = "checkin_how_alone"
	}
	return append(parts, Note{ask.voice.Line(how, nil)}), nil
}

// stillShared returns the goals of a check-in without those that are gone, or
// private by now, and looks up whose they are.
func (r *Router) stillShared(ctx context.Context, ask *ask, checkIn coaching.CheckIn) ([]coaching.Standing, error) {
	var kept []coaching.Standing
	for _, checked := range checkIn.Goals {
		goal, err := r.store.Goal(ctx, ask.Request.Workspace, checked.Goal.Number)
		switch {
		case coaching.CodeOf(err) == coaching.NotFound:
		case err != nil:
			return nil, err
		case checkIn.Member == "" && goal.Private:
		case checkIn.Member != "" && goal.Owner != checkIn.Member:
		default:
			kept = append(kept, checked)
			if err := r.meet(ctx, ask, goal.Owner); err != nil {
				return nil, err
			}
		}
	}
	return kept, nil
}

// checked shows one goal of a check-in: how much is reached, the next milestone
// and the chance.
func (a *ask) checked(judgement *coaching.Judgement) []Part {
	parts := a.brief([]Part{Text{a.title(judgement.Goal)}}, judgement)
	args := make(Args)
	likely := judgement.ChanceKnown() && !judgement.Met()
	if likely {
		args["chance"] = Span{Text: a.voice.likely(judgement.Pace.Chance), Style: Strong}
	}
	next, ahead := judgement.NextMilestone()
	if ahead {
		args["figure"] = Span{Text: a.voice.counted(whole(next.Value, judgement.Goal.Unit), measureOf(judgement.Goal)), Style: Strong}
		args["date"] = a.voice.date(next.Day, a.today)
	}
	if missed, late := judgement.MissedMilestone(); late {
		parts = append(parts, Text{a.voice.Line("checkin_missed", Args{
			"figure": a.voice.counted(whole(missed.Value, judgement.Goal.Unit), measureOf(judgement.Goal)),
			"date":   a.voice.date(missed.Day, a.today),
			"short":  a.voice.counted(up(missed.Value-missed.Figure, judgement.Goal.Unit), measureOf(judgement.Goal)),
		})})
	}
	switch {
	case ahead && likely:
		parts = append(parts, Text{a.voice.Line("checkin_milestone_chance", args)})
	case ahead:
		parts = append(parts, Text{a.voice.Line("checkin_milestone", args)})
	case likely:
		parts = append(parts, Text{a.voice.Line("checkin_chance", args)})
	}
	return parts
}

// answerButtons answer a check-in about a goal.
func (a *ask) answerButtons(goal coaching.Goal, day coaching.Date) []Button {
	about := itoa(goal.Number) + " " + day.String()
	var buttons []Button
	for _, mood := range coaching.Moods {
		buttons = append(buttons, Button{
			Label: a.voice.Text("button_mood_"+string(mood), nil), Action: actionAnswered, Value: string(mood) + " " + about,
		})
	}
	return append(buttons, a.beginButton("button_note", dialogCheckIn, about), a.beginButton("button_log", dialogLog, itoa(goal.Number)))
}

// ownGoals shows a member's own goals with buttons to answer a check-in, to them
// alone.
func (r *Router) ownGoals(ctx context.Context, ask *ask) (Reply, error) {
	day, err := coaching.ParseDate(ask.rest)
	if err != nil {
		return Reply{}, coaching.Refuse("button_unknown")
	}
	goals, err := r.store.GoalsOf(ctx, ask.Request.Workspace, ask.Member, coaching.Active)
	if err != nil {
		return Reply{}, err
	}
	parts := []Part{Heading{ask.voice.Line("checkin_own_heading", nil)}}
	rows := 0
	for _, goal := range goals {
		if !goal.Period.Contains(ask.today) || rows == maxWithButtons {
			continue
		}
		rows++
		judgement, err := r.judge(ctx, ask, goal)
		if err != nil {
			return Reply{}, err
		}
		parts = append(parts, ask.checked(&judgement)...)
		parts = append(parts, Row{ask.answerButtons(goal, day)})
	}
	if rows == 0 {
		return ask.say(Text{ask.voice.Line("checkin_own_none", nil)}), nil
	}
	return ask.say(append(parts, Note{ask.voice.Line("checkin_how", nil)})...), nil
}

// wordAnswered words an answer for the thread below its check-in. Private by
// now, or gone, it says nothing.
func (r *Router) wordAnswered(ctx context.Context, ask *ask, answered coaching.Answered) ([]Part, error) {
	goal, err := r.store.Goal(ctx, ask.Request.Workspace, answered.Goal.Number)
	switch {
	case coaching.CodeOf(err) == coaching.NotFound, err == nil && goal.Private:
		return nil, nil
	case err != nil:
		return nil, err
	}
	return []Part{Text{ask.answerLine(answered.Answer, ask.name(goal))}}, nil
}

// answerLine words an answer: whose, about what, how they see it and why.
func (a *ask) answerLine(answer coaching.Answer, goal Line) Line {
	args := Args{
		"member": Span{Text: nameOr(answer.Name, answer.Member), Member: answer.Member, Style: Strong}, "goal": goal,
		"mood": Span{Text: a.voice.Text("mood_"+string(answer.Mood), nil), Style: Strong}, "note": answer.Note,
	}
	if answer.Note != "" {
		return a.voice.Line("checkin_answer_note", args)
	}
	return a.voice.Line("checkin_answer", args)
}

// wordDigest words what a manager is told of a check-in: what was answered, and
// who has not, by name.
func (r *Router) wordDigest(ctx context.Context, ask *ask, digest coaching.Digest) ([]Part, error) {
	checkIn := digest.CheckIn
	answers, err := r.store.Answers(ctx, ask.Request.Workspace, checkIn.Week)
	if err != nil {
		return nil, err
	}
	goals, err := r.stillShared(ctx, ask, checkIn)
	if err != nil {
		return nil, err
	}
	waiting := coaching.Waiting(checkIn.Asked, answers)
	parts := []Part{Heading{ask.voice.Line("digest_heading", Args{
		"date":     ask.voice.date(checkIn.Date, checkIn.Date),
		"answered": itoa(len(checkIn.Asked) - len(waiting)), "asked": len(checkIn.Asked),
	})}}
	for _, checked := range goals {
		judgement, err := r.judged(ctx, ask, checked)
		if err != nil {
			return nil, err
		}
		parts = append(parts, Text{ask.boardLine(&judgement)})
		var said List
		for _, answer := range answers {
			if answer.Goal == checked.Goal.Number {
				said.Items = append(said.Items, ask.saidLine(answer))
			}
		}
		if len(said.Items) > 0 {
			parts = append(parts, said)
		}
	}
	if err := r.meet(ctx, ask, slices.Concat(waiting, checkIn.Away)...); err != nil {
		return nil, err
	}
	if len(waiting) > 0 {
		parts = append(parts, Text{ask.voice.Line("digest_waiting", Args{"members": ask.people(waiting)})})
	}
	if len(checkIn.Away) > 0 {
		parts = append(parts, Text{ask.voice.Line("digest_away", Args{"members": ask.people(checkIn.Away)})})
	}
	return append(parts, Note{ask.voice.Line("digest_private", nil)}), nil
}

// saidLine is answerLine below the goal that it is about.
func (a *ask) saidLine(answer coaching.Answer) Line {
	args := Args{
		"member": Span{Text: nameOr(answer.Name, answer.Member), Member: answer.Member, Style: Strong},
		"mood":   a.voice.Text("mood_"+string(answer.Mood), nil), "note": answer.Note,
	}
	if answer.Note != "" {
		return a.voice.Line("digest_answer_note", args)
	}
	return a.voice.Line("digest_answer", args)
}

// people names members, in the order of their names.
func (a *ask) people(members []coaching.MemberID) Line {
	spans := make([]Span, len(members))
	for i, member := range members {
		spans[i] = a.member(member)
	}
	slices.SortFunc(spans, func(a, b Span) int { return strings.Compare(a.Text, b.Text) })
	return listed(spans)
}
