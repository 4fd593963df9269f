package commands

import (
	"strings"

	"github.com/smallwins/smallwins/coaching"
)

// drawable reports whether there is anything to draw of a goal.
func drawable(j *coaching.Judgement) bool {
	return j.HasTarget && !j.Goal.Period.To.Before(j.Goal.Period.From) && (j.Pace != nil || j.Progress.Entries > 0)
}

// goalChart is a goal's figure by day against its plan, with milestones and
// where it is likely to end.
func (a *ask) goalChart(j *coaching.Judgement, course coaching.Course) Chart {
	m, target := measureOf(j.Goal), j.Target.InexactFloat64()
	eve := course.Days[0].Day
	at := func(day coaching.Date) float64 { return float64(day.Sub(eve)) }
	last := at(j.Goal.Period.To)

	actual := Series{Name: a.voice.Text("chart_logged", nil), Role: Actual}
	plan := Series{Name: a.voice.Text("chart_plan", nil), Role: Expected}
	fan := Band{Name: a.voice.Text("chart_likely", nil)}
	low, high := target, target
	for _, day := range course.Days {
		x := at(day.Day)
		if day.Known {
			actual.Points = append(actual.Points, Point{x, day.Figure})
			low, high = min(low, day.Figure), max(high, day.Figure)
		}
		if j.Pace != nil {
			plan.Points = append(plan.Points, Point{x, day.Expected})
		}
		if day.Foreseen {
			fan.Points = append(fan.Points, BandPoint{x, day.Low, day.High})
			low, high = min(low, day.Low), max(high, day.High)
		}
	}
	targetName := "chart_target"
	if j.Goal.Better == coaching.Lower {
		targetName = "chart_limit"
	}
	chart := Chart{
		Title: a.voice.Text("chart_goal", Args{"goal": a.name(j.Goal).String(), "period": a.voice.period(j.Goal.Period, a.today)}),
		Lead:  a.verdict(j).String(),
		Up:    a.scaleUp(low, high, j.Goal.Nature, m),
		Series: []Series{
			actual, plan,
			{Name: a.voice.Text(targetName, nil), Role: Target, Points: []Point{{0, target}, {last, target}}},
		},
		Marks: a.milestoneMarks(j, course, at),
	}
	if j.Pace == nil {
		chart.Series = append(chart.Series[:1], chart.Series[2])
	}
	if len(fan.Points) > 1 {
		chart.Bands = []Band{fan}
	}
	if n := len(actual.Points); n > 0 {
		chart.Marks = append(chart.Marks, Mark{
			Role: MarkNow, At: actual.Points[n-1].At, Value: actual.Points[n-1].Value, Label: a.voice.figure(j.Progress.Value, m),
		})
	}
	chart.Across = Scale{High: last}
	for _, day := range a.daysAlong(j.Goal.Period) {
		chart.Across.Ticks = append(chart.Across.Ticks, Tick{at(day), a.voice.date(day, a.today)})
	}
	chart.Alt = a.goalAlt(j, course, chart)
	return chart
}

// daysAlong returns a few days of a period in even steps, its ends among them.
func (a *ask) daysAlong(period coaching.Period) []coaching.Date {
	const steps = 3
	days := []coaching.Date{period.From}
	for i := 1; i <= steps; i++ {
		if day := period.From.AddDays((period.Days() - 1) * i / steps); day.After(days[len(days)-1]) {
			days = append(days, day)
		}
	}
	return days
}

// milestoneMarks are the milestones on the way, the next with its figure.
func (a *ask) milestoneMarks(j *coaching.Judgement, course coaching.Course, at func(coaching.Date) float64) []Mark {
	var marks []Mark
	for _, milestone := range course.Milestones {
		mark := Mark{Role: milestoneRole(milestone), Name: a.voice.Text("chart_milestone", nil), At: at(milestone.Day), Value: milestone.Value}
		if milestone.State == coaching.MilestoneNext {
			mark.Label = a.voice.figure(whole(milestone.Value, j.Goal.Unit), measureOf(j.Goal))
		}
		marks = append(marks, mark)
	}
	return marks
}

// milestoneRole is how a milestone is marked.
func milestoneRole(milestone coaching.MarkedMilestone) MarkRole {
	switch milestone.State {
	case coaching.MilestoneKept, coaching.MilestoneAhead:
		return MarkKept
	case coaching.MilestoneMissed:
		return MarkMissed
	default:
		return MarkAhead
	}
}

// goalAlt says in words what a goal's chart shows.
func (a *ask) goalAlt(j *coaching.Judgement, course coaching.Course, chart Chart) string {
	m := measureOf(j.Goal)
	sentences := []string{
		a.voice.Text("chart_alt", Args{"title": chart.Title}),
		chart.Lead,
		a.voice.Text("chart_alt_goal", Args{
			"value": a.voice.counted(j.Progress.Value, m), "target": a.voice.counted(j.Target, m), "last": a.voice.date(j.Goal.Period.To, a.today),
		}),
	}
	if len(chart.Bands) > 0 {
		sentences = append(sentences, a.voice.Text("chart_alt_likely", Args{
			"low": a.voice.figure(whole(j.Pace.Low, j.Goal.Unit), m), "high": a.voice.counted(whole(j.Pace.High, j.Goal.Unit), m),
		}))
	}
	if along := a.courseAlong(j, course); len(along) > 0 {
		sentences = append(sentences, a.voice.Text("chart_alt_course", Args{"figures": a.listed(along)}))
	}
	var milestones []string
	for _, milestone := range course.Milestones {
		milestones = append(milestones, a.voice.Text("chart_alt_"+string(milestoneRole(milestone)), Args{
			"milestone": a.voice.Text("milestone_by", Args{
				"figure": a.voice.figure(whole(milestone.Value, j.Goal.Unit), m), "date": a.voice.date(milestone.Day, a.today),
			}),
		}))
	}
	if len(milestones) > 0 {
		sentences = append(sentences, a.voice.Text("chart_alt_milestones", Args{"milestones": a.listed(milestones)}))
	}
	return strings.Join(sentences, " ")
}

// courseAlong says what was there on a few days, and what was planned.
func (a *ask) courseAlong(j *coaching.Judgement, course coaching.Course) []string {
	m := measureOf(j.Goal)
	var said []string
	for _, date := range a.daysAlong(j.Goal.Period) {
		day := course.Days[date.Sub(course.Days[0].Day)]
		if !day.Known {
			continue
		}
		id, args := "chart_alt_day", Args{
			"date": a.voice.date(date, a.today), "value": a.voice.figure(whole(day.Figure, j.Goal.Unit), m),
		}
		if j.Pace != nil {
			id, args["plan"] = "chart_alt_day_planned", a.voice.figure(whole(day.Expected, j.Goal.Unit), m)
		}
		said = append(said, a.voice.Text(id, args))
	}
	return said
}

// listed puts what may hold commas in one line.
func (a *ask) listed(items []string) string {
	return strings.Join(items, a.voice.Text("chart_join", nil))
}
