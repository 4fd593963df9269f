package commands

import (
	"context"
	"strings"

	"github.com/smallwins/smallwins/coaching"
)

// plan shows how a goal will be reached: the four questions with the answers so
// far, plays of the kind's playbook and the member's small wins of this week.
// With an answer it keeps that first.
func (r *Router) plan(ctx context.Context, ask *ask) (Reply, error) {
	goals, text, err := r.planned(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	goal, clear := chosen(goals)
	switch {
	case len(goals) == 0:
		return Reply{}, coaching.Refuse("goal_missing")
	case !clear:
		return r.standings(ctx, ask, ask.voice.Line("plan_several", nil), goals)
	case text == "":
		plan, err := r.store.Plan(ctx, goal.Workspace, goal.Number)
		if err != nil {
			return Reply{}, err
		}
		return r.showPlan(ctx, ask, goal, plan, nil)
	}
	plan, err := r.answer(ctx, ask, goal, text)
	if err != nil {
		return Reply{}, err
	}
	return r.showPlan(ctx, ask, goal, plan, ask.voice.Line("plan_saved", nil))
}

// planned cuts "[goal] [answer]" and returns the goals that may be meant. A
// title may hold a word that begins an answer, so the whole text is looked for
// among the titles first.
func (r *Router) planned(ctx context.Context, ask *ask) (goals []coaching.Goal, answer string, err error) {
	if number, rest := cutWord(ask.rest); isGoalNumber(number) {
		goals, err = r.findGoals(ctx, ask, number)
		return goals, rest, err
	}
	goals, err = r.findGoals(ctx, ask, ask.rest)
	if coaching.CodeOf(err) != coaching.NotFound {
		return goals, "", err
	}
	fragment, answer, found := cutAnswer(ask.rest)
	if !found {
		return nil, "", err
	}
	goals, err = r.findGoals(ctx, ask, fragment)
	return goals, answer, err
}

// answer keeps one answer of a goal's plan.
func (r *Router) answer(ctx context.Context, ask *ask, goal coaching.Goal, text string) (coaching.Plan, error) {
	if err := r.mayOn(ctx, ask, coaching.ActPlan, goal); err != nil {
		return coaching.Plan{}, err
	}
	put, err := parseAnswer(text)
	if err != nil {
		return coaching.Plan{}, err
	}
	return r.changePlan(ctx, ask, goal, put)
}

// changePlan puts answers into a goal's plan, leaving a trace of it. The caller
// has made sure that the member may.
func (r *Router) changePlan(ctx context.Context, ask *ask, goal coaching.Goal, put func(*coaching.Plan)) (coaching.Plan, error) {
	before, err := r.store.Plan(ctx, goal.Workspace, goal.Number)
	if err != nil {
		return coaching.Plan{}, err
	}
	after := before
	put(&after)
	if _, err := coaching.NewPlan(after); err != nil {
		return coaching.Plan{}, err
	}
	err = r.trace(ctx, ask, coaching.Trace{Goal: goal.Number, Kind: coaching.TracePlanned, Shifts: coaching.PlanShifts(before, after)})
	if err != nil {
		return coaching.Plan{}, err
	}
	return r.store.ChangePlan(ctx, goal.Workspace, goal.Number, func(plan coaching.Plan) (coaching.Plan, error) {
		put(&plan)
		plan.By, plan.At = ask.Member, ask.Received
		return coaching.NewPlan(plan)
	})
}

// showPlan tells all of a plan, below what was just done to it.
func (r *Router) showPlan(ctx context.Context, ask *ask, goal coaching.Goal, plan coaching.Plan, done Line) (Reply, error) {
	reply := ask.say(Heading{ask.voice.Line("plan_heading", Args{"goal": ask.name(goal)})})
	if done != nil {
		reply.Parts = append(reply.Parts, Text{done})
	}
	reply.Parts = append(reply.Parts, ask.questions(goal, plan))
	var (
		week week
		wins []Part
	)
	// What is to do for somebody else's goal is theirs to hear.
	if goal.Team() || goal.Owner == ask.Member {
		proposed, reason, err := r.proposeWins(ctx, ask, goal, plan)
		if err != nil {
			return Reply{}, err
		}
		week = proposed.of(goal)
		wins = append([]Part{Divider{}}, ask.winsOf(week, reason)...)
		if done != nil && !proposed.grown && len(week.wins) > 0 {
			wins = append(wins, Note{ask.voice.Line("plan_wins_stay", nil)})
		}
	}
	if plays := ask.plays(goal, week); len(plays.Items) > 0 {
		reply.Parts = append(reply.Parts, Text{ask.voice.Line("plan_plays", nil)}, plays)
	}
	reply.Parts = append(reply.Parts, wins...)
	reply.Parts = append(reply.Parts, Note{ask.voice.Line("plan_how", Args{"plan": planCommand(goal)})})
	reply.Buttons = ask.winButtons(week)
	if !ask.workspace.Funnel.IsZero() {
		reply.Buttons = append(reply.Buttons, ask.pictureButton(pictureFunnel, ""))
	}
	if may, err := r.canOn(ctx, ask, coaching.ActPlan, goal); err != nil || !may {
		return reply, err
	}
	reply.Buttons = append(reply.Buttons, ask.beginButton("button_plan", dialogPlan, itoa(goal.Number)))
	return reply, nil
}

func planCommand(goal coaching.Goal) string { return "/" + Name + " plan #" + itoa(goal.Number) }

// questions shows the four questions, each with its answer or with how to give
// one.
func (a *ask) questions(goal coaching.Goal, plan coaching.Plan) Checks {
	missing := make(map[coaching.Question]bool)
	for _, question := range plan.Missing() {
		missing[question] = true
	}
	var checks Checks
	for _, question := range coaching.Questions() {
		check := Check{Done: !missing[question], Line: a.voice.Line("question_"+string(question), nil)}
		if check.Done {
			check.Hint = a.answered(plan, question)
		} else {
			check.Hint = a.voice.Line("question_"+string(question)+"_how", Args{"plan": planCommand(goal)})
		}
		checks.Items = append(checks.Items, check)
	}
	return checks
}

// answered words what a plan answers to a question, in its own words.
func (a *ask) answered(plan coaching.Plan, question coaching.Question) Line {
	var line Line
	add := func(id, text string) {
		if text == "" {
			return
		}
		if len(line) > 0 {
			line = append(line, Span{Text: " · "})
		}
		line = append(line, a.voice.Line(id, Args{"text": text})...)
	}
	switch question {
	case coaching.QuestionProcess:
		add("answer_succeeds", plan.Succeeds)
		add("answer_hiccup", plan.Hiccups)
	case coaching.QuestionTools:
		if plan.HasTools != "" {
			line = a.voice.Line("answer_tools_"+string(plan.HasTools), nil)
		}
		add("answer_tools", plan.Tools)
	case coaching.QuestionLeak:
		add("answer_leak", a.stage(plan.LeakStage))
		add("answer_leak_fix", plan.LeakFix)
	default:
		add("answer_audience", plan.Audience)
		add("answer_reach", plan.Reach)
	}
	return line
}

// stage words a stage of the funnel: the usual ones in the language spoken,
// others as they were named, "demo held" for demo_held.
func (a *ask) stage(stage string) string {
	if id := "stage_" + stage; a.voice.Has(id) {
		return a.voice.Text(id, nil)
	}
	return stageNoun(stage)
}

// stageNoun is what the pieces of a stage are counted as.
func stageNoun(stage string) string { return strings.ReplaceAll(stage, "_", " ") }

// mostPlays is how many plays of a playbook are shown: enough for a choice.
const mostPlays = 3

// plays lists plays of the goal's kind that are not among the week's wins,
// sized for a day.
func (a *ask) plays(goal coaching.Goal, week week) List {
	book, _ := coaching.PlaybookOf(goal.Kind)
	among := make(map[coaching.PlayID]bool)
	for _, win := range week.wins {
		among[win.Play] = true
	}
	var list List
	for _, play := range book.Plays {
		if among[play.ID] || len(list.Items) == mostPlays {
			continue
		}
		args := Args{}
		if play.Pieces > 0 {
			args["count"] = play.Pieces
		}
		list.Items = append(list.Items, a.voice.Line("play_"+string(play.ID), args))
	}
	return list
}
