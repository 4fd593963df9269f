package commands

import (
	"context"
	"iter"

	"github.com/smallwins/smallwins/coaching"
)

// maxShown bounds how many goals one reply goes into.
const maxShown = 10

// progress shows where goals stand; with an amount it logs.
func (r *Router) progress(ctx context.Context, ask *ask) (Reply, error) {
	args, err := parseAmountArgs(ask.rest)
	if err != nil {
		return Reply{}, err
	}
	if args.found {
		return r.logOn(ctx, ask, args, ask.ID)
	}
	goals, err := r.findGoals(ctx, ask, args.goal)
	switch {
	case err != nil:
		return Reply{}, err
	case len(goals) == 0:
		return Reply{}, coaching.Refuse("no_goal_yet")
	case len(goals) == 1:
		judgement, err := r.judge(ctx, ask, goals[0])
		if err != nil {
			return Reply{}, err
		}
		parts := ask.detail([]Part{Heading{ask.name(goals[0])}}, &judgement)
		parts = append(parts, Note{ask.howToLog(&judgement)})
		reply := ask.say(parts...)
		if drawable(&judgement) {
			reply.Buttons = append(reply.Buttons, ask.pictureButton(pictureGoal, "#"+itoa(goals[0].Number)))
		}
		return reply, nil
	}
	return r.standings(ctx, ask, ask.voice.Line("progress_heading", nil), goals)
}

// standings shows several goals in brief, those in focus first.
func (r *Router) standings(ctx context.Context, ask *ask, heading Line, goals []coaching.Goal) (Reply, error) {
	parts := make([]Part, 1, 2+3*min(len(goals), maxShown)+1)
	parts[0] = Heading{heading}
	for goal := range focusedFirst(goals, maxShown) {
		judgement, err := r.judge(ctx, ask, goal)
		if err != nil {
			return Reply{}, err
		}
		if err := r.meet(ctx, ask, goal.Owner); err != nil {
			return Reply{}, err
		}
		parts = ask.brief(append(parts, Text{ask.title(goal)}), &judgement)
	}
	if more := len(goals) - maxShown; more > 0 {
		parts = append(parts, Note{ask.voice.Line("more_goals", Args{"count": more})})
	}
	return ask.say(append(parts, Note{ask.voice.Line("progress_more", nil)})...), nil
}

// focusedFirst goes over at most that many of the goals, those in focus first.
func focusedFirst(goals []coaching.Goal, most int) iter.Seq[coaching.Goal] {
	return func(yield func(coaching.Goal) bool) {
		told := 0
		for _, focus := range []bool{true, false} {
			for _, goal := range goals {
				if goal.Focus != focus {
					continue
				}
				if told == most || !yield(goal) {
					return
				}
				told++
			}
		}
	}
}

// title is a goal's name with what sets it apart: focus, whose it is.
func (a *ask) title(goal coaching.Goal) Line {
	line := a.name(goal)
	if goal.Focus {
		line = append(line, a.voice.Line("tag_focus", nil)...)
	}
	if goal.Private {
		line = append(line, a.voice.Line("tag_private", nil)...)
	}
	if goal.Owner != a.Member {
		line = append(line, Span{Text: " · "})
		line = append(line, a.owner(goal)...)
	}
	return line
}

// brief adds two lines that say where a goal stands.
func (a *ask) brief(parts []Part, j *coaching.Judgement) []Part {
	if meter, shown := a.meter(j); shown {
		parts = append(parts, meter)
	}
	return append(parts, Text{a.verdict(j)})
}

// detail adds where a goal stands, what is next and one step to take.
func (a *ask) detail(parts []Part, j *coaching.Judgement) []Part {
	parts = a.brief(parts, j)
	facts := Facts{Items: []Fact{
		{Label: a.voice.Text("fact_target", nil), Value: Line{{Text: a.target(j.Goal)}}},
		{Label: a.voice.Text("fact_left", nil), Value: a.timeLeft(j)},
	}}
	if next, found := j.NextMilestone(); found {
		facts.Items = append(facts.Items, Fact{
			Label: a.voice.Text("fact_milestone", nil),
			Value: a.voice.Line("milestone_by", Args{
				"figure": a.voice.counted(whole(next.Value, j.Goal.Unit), measureOf(j.Goal)), "date": a.voice.date(next.Day, a.today),
			}),
		})
	}
	if j.ChanceKnown() {
		facts.Items = append(facts.Items, a.outlook(j))
	}
	parts = append(append(parts, facts), a.fed(j)...)
	if step := a.step(j); step != nil {
		parts = append(parts, Text{step})
	}
	if missing := a.missing(j); missing != nil {
		parts = append(parts, Text{missing})
	}
	return parts
}

// outlook is the chance of reaching the target and where the figure is likely
// to end.
func (a *ask) outlook(j *coaching.Judgement) Fact {
	m := measureOf(j.Goal)
	args := a.band(j.Pace.Low, j.Pace.Middle, j.Pace.High, m)
	args["chance"] = Span{Text: a.voice.likely(j.Pace.Chance), Style: Strong}
	if least := j.Progress.Value; asRoughly(j.Pace.Low, m).LessThan(least) {
		args["low"] = a.voice.figure(least, m) // what is there is not lost by rounding
	}
	if j.Met() {
		return Fact{Label: a.voice.Text("fact_likely", nil), Value: a.voice.Line("likely_end", args)}
	}
	return Fact{Label: a.voice.Text("fact_chance", nil), Value: a.voice.Line("chance_to_reach", args)}
}

// meter shows the share of the target reached where figures add up to it. A
// level's share of the way would be taken for the level itself.
func (a *ask) meter(j *coaching.Judgement) (Meter, bool) {
	if !j.HasTarget || j.Goal.Nature != coaching.Sum || j.Goal.Better == coaching.Lower {
		return Meter{}, false
	}
	m := measureOf(j.Goal)
	return Meter{
		Share: j.Share, Expected: j.Expected,
		Label: a.voice.line(a.voice.message("meter"), func(s *sentence, name string) {
			switch name {
			case "value":
				s.style = Strong
				s.figure(j.Progress.Value, m)
			case "target":
				s.counted(j.Target, m)
			}
		}),
	}, true
}

func (a *ask) workdays(n int) string {
	return a.voice.written(func(s *sentence) { s.workdays(n) })
}

func (s *sentence) workdays(n int) {
	s.say(s.voice.messageOf("workdays", n), func(s *sentence, _ string) { s.number(itoa(n)) })
}

// catchUp is how many days' worth may be asked for in one day to be back on
// pace; beyond that the steady rate is the honest advice.
const catchUp = 2

// step is the one thing to do next, nil where there is none.
func (a *ask) step(j *coaching.Judgement) Line {
	m := measureOf(j.Goal)
	switch {
	case !j.HasTarget:
		return nil
	case j.Level != nil:
		if j.Level.State == coaching.LevelUnread && j.Progress.Followed == nil {
			return a.voice.Line("step_read", nil)
		}
		return nil
	case j.Pace.State == coaching.PaceOver, j.Pace.State == coaching.PaceDone, j.Goal.Better == coaching.Lower, j.Pace.Needed <= 0:
		return nil
	}
	workdays := a.calendarOf(j.Goal.Owner).Workdays(a.today, j.Goal.Period.To)
	switch {
	case workdays == 0:
		return a.voice.Line("step_no_days", Args{"last": a.voice.date(j.Goal.Period.To, a.today), "number": itoa(j.Goal.Number)})
	case j.Pace.State == coaching.PaceBehind && j.Pace.Minimum <= catchUp*j.Pace.Needed:
		return a.voice.Line("step_back", Args{
			"amount": Span{Text: a.voice.counted(up(j.Pace.Minimum, j.Goal.Unit), m), Style: Strong}, "date": a.day(j.Pace.BackBy),
			"rate": a.rate(j, workdays),
		})
	case j.Goal.Unit == coaching.Count && j.Pace.Needed < 1 && j.Goal.Period.To.Sub(a.today) < 2*daysPerWeek:
		return a.voice.Line("step_rest", Args{
			"rest": Span{Text: a.voice.counted(j.Target.Sub(j.Progress.Value), m), Style: Strong},
			"last": a.voice.date(j.Goal.Period.To, a.today),
		})
	default:
		return a.voice.Line("step_rate", Args{
			"rate": Span{Text: a.rate(j, workdays), Style: Strong},
			"last": a.voice.date(j.Goal.Period.To, a.today),
		})
	}
}

// rate words how much is needed at a time: on each of the working days that are
// left or, where that would be a part of a piece, each week or month.
func (a *ask) rate(j *coaching.Judgement, workdays int) string {
	id, amount := "rate_day", j.Pace.Needed
	if perDay := amount * float64(workdays) / float64(j.Goal.Period.To.Sub(a.today)+1); j.Goal.Unit == coaching.Count && amount < 1 {
		if id, amount = "rate_week", daysPerWeek*perDay; amount < 1 {
			id, amount = "rate_month", daysPerMonth*perDay
		}
	}
	return a.voice.Text(id, Args{"figure": a.voice.counted(round(amount, j.Goal.Unit), measureOf(j.Goal))})
}

const (
	daysPerWeek  = 7
	daysPerMonth = 365.25 / 12
)

// day words a near day: "today", "tomorrow", else its weekday.
func (a *ask) day(date coaching.Date) string {
	switch days := date.Sub(a.today); {
	case days <= 0:
		return a.voice.Text("today", nil)
	case days == 1:
		return a.voice.Text("tomorrow", nil)
	case days < 7:
		return a.voice.weekday(date.Weekday())
	default:
		return a.voice.Text("day_date", Args{"date": a.voice.date(date, a.today)})
	}
}
