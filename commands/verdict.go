package commands

import (
	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

// verdict says in one sentence where a goal stands, with the number and the
// reason.
func (a *ask) verdict(j *coaching.Judgement) Line {
	m := measureOf(j.Goal)
	switch {
	case !j.HasTarget:
		return a.voice.Line("pace_no_target", nil)
	case j.Level != nil:
		return a.voice.line(a.voice.message("level_"+string(j.Level.Reason)+levelSuffix(j)), func(s *sentence, name string) {
			switch name {
			case "value":
				s.counted(shown(j), m)
			case "limit":
				s.counted(j.Target, m)
			case "gap":
				s.write(a.gap(j))
			case "target":
				if j.Goal.Size.Form == coaching.Absolute {
					s.write(a.size(j.Goal))
				} else {
					s.counted(j.Target, m)
				}
			}
		})
	}
	gap := whole(j.Pace.Gap, j.Goal.Unit)
	return a.voice.line(a.voice.message("pace_"+string(j.Pace.State)+paceSuffix(j, gap)), func(s *sentence, name string) {
		switch name {
		case "target":
			s.counted(j.Target, m)
		case "value":
			s.counted(j.Figure(), m)
		case "over":
			s.counted(j.Progress.Value.Sub(j.Target).Abs(), m)
		case "first":
			s.write(a.voice.date(j.Goal.Period.From, a.today))
		case "gap":
			s.counted(gap.Abs(), m)
		case "expected":
			s.counted(whole(j.Pace.Expected, j.Goal.Unit), m)
		case "safe":
			s.workdays(j.Pace.Safe)
		}
	})
}

// levelSuffix tells apart a level that is to be reached from a limit.
func levelSuffix(j *coaching.Judgement) string {
	state := j.Level.State
	if j.Goal.Better == coaching.Lower && (state == coaching.LevelMet || state == coaching.LevelShort) {
		return "_lower"
	}
	return ""
}

// paceSuffix tells apart the wordings of a state that depend on the direction, on
// how the period ended, or on whether the gap is one that can be told.
func paceSuffix(j *coaching.Judgement, gap decimal.Decimal) string {
	switch {
	case j.Pace.State == coaching.PaceOver && j.Met():
		return "_met"
	case j.Pace.State == coaching.PaceOver:
		return "_missed"
	case j.Goal.Better == coaching.Lower:
		return "_lower"
	case j.Pace.State == coaching.PaceDone && j.Progress.Value.GreaterThan(j.Target):
		return "_above"
	case (j.Pace.State == coaching.PaceAhead || j.Pace.State == coaching.PaceBehind) && gap.IsZero():
		return "_just"
	case j.Pace.State == coaching.PaceAhead && j.Pace.Safe > 0:
		return "_safe"
	default:
		return ""
	}
}

// gap is how far a level is from its target, in points for percentages.
func (a *ask) gap(j *coaching.Judgement) string {
	gap := round(j.Level.Gap, j.Goal.Unit)
	if computed(j) {
		gap = trimmed(shown(j).Sub(j.Target).Abs()) // So that the sum is right for whoever reads it.
	}
	if j.Goal.Unit == coaching.Percent {
		return a.voice.Text("points", Args{"count": plural(gap), "figure": a.voice.number(gap.String())})
	}
	return a.voice.counted(gap, measureOf(j.Goal))
}

// timeLeft words the days that are left.
func (a *ask) timeLeft(j *coaching.Judgement) Line {
	period := j.Goal.Period
	args := Args{"last": a.voice.date(period.To, a.today)}
	switch {
	case a.today.After(period.To):
		return a.voice.Line("time_over", args)
	case a.today.Before(period.From):
		args["first"] = a.voice.date(period.From, a.today)
		return a.voice.Line("time_not_begun", args)
	}
	args["days"] = a.workdays(a.calendarOf(j.Goal.Owner).Workdays(a.today, period.To))
	return a.voice.Line("time_left", args)
}
