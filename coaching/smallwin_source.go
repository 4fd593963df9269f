package coaching

import (
	"hash/fnv"
	"slices"
)

// fullDay is the most that a working day has room for by activity, where
// nobody knows what is usual for the member: it keeps a hopeless gap from
// becoming a hopeless week.
var fullDay = map[string]float64{
	string(Calls):    25,
	string(Emails):   25,
	string(Meetings): 3,
	string(Leads):    4,
}

// aboveUsual is how much above the usual a week may ask for.
const aboveUsual = 1.5

// pieces returns the wins that the target asks for, the nearest stage first:
// what this week has to bring, translated into the stages before it. Limits,
// ratios and levels other than revenue have none.
func (w winWeek) pieces() []SmallWin {
	amount := w.amount()
	if amount <= 0 {
		return nil
	}
	goal, funnel := w.ask.Judgement.Goal, w.ask.Funnel
	var wins []SmallWin
	if stage := funnel.stageOf(goal); goal.Unit != Money && stage != funnel.end {
		wins = append(wins, w.piecesAt(stage, roundUp(amount)))
	}
	// A funnel that lacks the stage, or any before it, has nothing to add.
	plan, _ := funnel.translateAmount(goal, amount, w.ask.Size)
	needs := slices.DeleteFunc(plan.Needs, func(need Need) bool { return need.Pieces == 0 })
	// The nearest stage shows whether the work bears fruit and the first is
	// the one that is in a rep's own hands.
	if len(needs) > 2 {
		needs = []Need{needs[0], needs[len(needs)-1]}
	}
	for _, need := range needs {
		wins = append(wins, w.piecesAt(need.Stage, need.Pieces))
	}
	return wins
}

// amount returns the member's part of what the week has to bring, in the
// goal's unit, 0 where that cannot be told.
func (w winWeek) amount() float64 {
	j, ask := w.ask.Judgement, w.ask
	var daily float64
	switch {
	case j.Goal.Better != Higher:
		return 0
	case j.Pace != nil:
		daily = j.Pace.Needed
	case j.Level != nil && j.Goal.Kind == Revenue:
		left := ask.Calendar.Workdays(ask.Today, j.Goal.Period.To)
		daily = j.Level.Gap / float64(max(left, 1))
	}
	share := ask.Share
	if share <= 0 || share > 1 {
		share = 1
	}
	return daily * float64(w.days) * share
}

func (w winWeek) piecesAt(stage string, count int) SmallWin {
	win := w.win()
	win.Kind, win.Source, win.Stage, win.Count = WinPieces, WinFromGap, stage, count
	win.Title = "win_pieces"
	if _, worded := fullDay[stage]; worded {
		win.Title += "_" + stage
	}
	most, known := fullDay[stage]
	if usual := w.ask.Usual[stage]; usual > 0 {
		most, known = aboveUsual*usual, true
	}
	if room := max(roundUp(most*float64(w.days)), 1); known && win.Count > room {
		win.Count, win.Capped = room, true
	}
	return win.identified("pieces-" + stage)
}

// others returns the wins about how it is done: the plan's answers and the
// playbook in turn, one week the one and the next the other first.
func (w winWeek) others() []SmallWin {
	answers := turned(w.answers(), w.number())
	plays := w.plays()
	if w.number()%2 != 0 && len(plays) > 0 {
		return slices.Concat(plays[:1], answers, plays[1:])
	}
	if len(answers) > 0 {
		return slices.Concat(answers[:1], plays, answers[1:])
	}
	return plays
}

// answers returns a win for each answer of the plan that says what to do, and
// one for the funnel's leak where the plan does not name it.
func (w winWeek) answers() []SmallWin {
	plan := w.ask.Plan
	var wins []SmallWin
	add := func(question Question, title, text string) {
		win := w.win()
		win.Kind, win.Source, win.Question = WinAnswer, WinFromQuestion, question
		win.Title, win.Text = title, text
		if question == QuestionLeak {
			win.Stage = plan.LeakStage
		}
		wins = append(wins, win.identified("answer-"+string(question)))
	}
	switch leak, found := w.ask.Funnel.Leak(); {
	case plan.LeakFix != "":
		add(QuestionLeak, "win_answer_leak", plan.LeakFix)
	case found && leak.Lost > 0:
		win := w.win()
		win.Kind, win.Source, win.Question, win.Title = WinAnswer, WinFromFunnel, QuestionLeak, "win_leak_review"
		win.Stage, win.Count = leak.Stage.ID, min(leak.Lost, 3)
		wins = append(wins, win.identified("answer-"+string(QuestionLeak)))
	}
	switch {
	case plan.Hiccups != "":
		add(QuestionProcess, "win_answer_hiccup", plan.Hiccups)
	case plan.Succeeds != "":
		add(QuestionProcess, "win_answer_succeeds", plan.Succeeds)
	}
	switch {
	case plan.Tools != "" && plan.HasTools == ToolsThere:
		add(QuestionTools, "win_answer_tools", plan.Tools)
	case plan.Tools != "":
		add(QuestionTools, "win_answer_tools_missing", plan.Tools)
	}
	switch {
	case plan.Reach != "":
		add(QuestionAudience, "win_answer_reach", plan.Reach)
	case plan.Audience != "":
		add(QuestionAudience, "win_answer_audience", plan.Audience)
	}
	return wins
}

// plays returns the playbook's wins that fit into the days left, those tried
// before last.
func (w winWeek) plays() []SmallWin {
	plays := turned(playsOf(w.ask.Judgement.Goal.Kind), w.number()+memberTurn(w.ask.Member))
	slices.SortStableFunc(plays, func(a, b Play) int { return w.tried(a) - w.tried(b) })
	var wins []SmallWin
	for _, play := range plays {
		if play.Days > w.days {
			continue
		}
		win := w.win()
		win.Kind, win.Source, win.Question = WinPlay, WinFromPlaybook, play.Question
		win.Play, win.Title = play.ID, "play_"+string(play.ID)
		win.Count, win.Stage = play.Pieces*w.days, string(play.Counts)
		if w.calm {
			win.Count = (win.Count + 1) / 2
		}
		wins = append(wins, win.identified("play-"+string(play.ID)))
	}
	return wins
}

func (w winWeek) tried(play Play) int {
	if slices.Contains(w.ask.Tried, play.ID) {
		return 1
	}
	return 0
}

// memberTurn spreads members over the playbook. Which comes first carries no
// meaning; it only has to stay the same.
func memberTurn(member MemberID) int {
	hash := fnv.New32a()
	_, _ = hash.Write([]byte(member)) // A hash takes everything.
	return int(hash.Sum32() % 997)
}
