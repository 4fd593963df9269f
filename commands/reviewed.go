package commands

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

// maxContributions bounds how many members a review names.
const maxContributions = 20

// reviewed shows a review, with the goal posts that were moved.
func (a *ask) reviewed(review coaching.Review, moves []Part) []Part {
	parts := append(a.outcome(review), moves...)
	parts = append(parts, Text{a.graded(review)})
	parts = append(parts, a.proposed(review)...)
	if review.Partial {
		parts = append(parts, Note{a.voice.Line("review_set_late", Args{
			"date": a.voice.date(a.setOn(review.Goal), a.today), "period": a.voice.period(review.Goal.Period, a.today),
		})})
	}
	if review.Lessons != "" {
		parts = append(parts, Text{a.voice.Line("review_lessons", Args{"lessons": review.Lessons, "member": a.member(review.LessonsBy)})})
	}
	return append(parts, Note{a.voice.Line("review_more", Args{
		"command": Span{Text: "/" + Name + " review #" + itoa(review.Goal.Number) + " …", Style: Code},
	})})
}

// outcome says how a goal ended, who brought what and which milestones were kept.
func (a *ask) outcome(review coaching.Review) []Part {
	heading := append(Line{}, a.name(review.Goal)...)
	heading = append(heading, a.voice.Line("review_result_"+string(review.Result), nil)...)
	parts := []Part{Heading{heading}, Text{a.final(review)}}
	if review.Goal.Team() && len(review.Contributions) > 0 {
		parts = append(parts, Text{a.voice.Line("review_who", nil)}, a.contributions(review))
	}
	if marked := len(review.Milestones); marked > 0 {
		parts = append(parts, Text{a.voice.Line("review_milestones", Args{"count": marked, "kept": itoa(review.Kept)})})
	}
	return parts
}

// final says how a goal ended and by how much it was met or missed.
func (a *ask) final(review coaching.Review) Line {
	switch review.Reason {
	case coaching.ReasonNoFigure:
		return a.voice.Line("review_no_figure", nil)
	case coaching.ReasonNoTarget:
		return a.voice.Line("review_no_target", Args{"final": a.voice.counted(review.Final, measureOf(review.Goal))})
	}
	id := "review_met"
	switch {
	case review.Margin.IsZero():
		id = "review_met_exactly"
	case review.Result == coaching.ResultMet && review.Goal.Better == coaching.Lower:
		id = "review_met_below"
	case review.Result == coaching.ResultMissed && review.Goal.Better == coaching.Lower:
		id = "review_missed_above"
	case review.Result == coaching.ResultMissed:
		id = "review_missed"
	}
	args := a.finalArgs(review)
	line := a.voice.Line(id, args)
	if review.Goal.Nature == coaching.Sum && review.Goal.Better == coaching.Higher && !review.Margin.IsZero() {
		line = append(line, a.voice.Line("review_share", args)...)
	}
	if review.Result == coaching.ResultMet {
		line = append(line, a.voice.Line("review_win", nil)...)
	}
	return line
}

// ended says in a few words how a goal ended: "met, $115,000 of $100,000".
func (a *ask) ended(review coaching.Review) Line {
	id := "review_ended_" + string(review.Result)
	switch {
	case review.Result == coaching.ResultUnknown:
	case review.Goal.Better == coaching.Lower:
		id += "_lower"
	case review.Goal.Nature != coaching.Sum:
		id += "_level"
	}
	return a.voice.Line(id, a.finalArgs(review))
}

func (a *ask) finalArgs(review coaching.Review) Args {
	m := measureOf(review.Goal)
	return Args{
		"final":  func() string { return a.voice.counted(review.Final, m) },
		"value":  func() string { return a.voice.figure(review.Final, m) },
		"target": func() string { return a.voice.counted(review.Target, m) },
		"share": func() string {
			return a.voice.figure(decimal.NewFromFloat(review.Attainment*100).Floor(), measure{unit: coaching.Percent})
		},
		"margin": func() string {
			margin := review.Margin.Abs()
			if m.unit == coaching.Percent {
				return a.voice.Text("points", Args{"count": plural(margin), "figure": margin.String()})
			}
			return a.voice.counted(margin, m)
		},
	}
}

// contributions lists who brought what, by name: it is no ranking. Where there
// are too many to take in, those who brought least are left out.
func (a *ask) contributions(review coaching.Review) List {
	m := measureOf(review.Goal)
	parts := slices.Clone(review.Contributions[:min(len(review.Contributions), maxContributions)])
	slices.SortStableFunc(parts, func(a, b coaching.Contribution) int {
		switch restA, restB := isRest(a), isRest(b); {
		case restA && restB:
			return 0
		case restA: // what nobody brought comes last
			return 1
		case restB:
			return -1
		default:
			return strings.Compare(nameOr(a.Name, a.Member), nameOr(b.Name, b.Member))
		}
	})
	var list List
	for _, part := range parts {
		member := Line{{Text: nameOr(part.Name, part.Member), Member: part.Member}}
		id := "review_part"
		if isRest(part) {
			id, member = "review_part_rest", nil
		}
		list.Items = append(list.Items, a.voice.Line(id, Args{
			"member": member, "amount": Span{Text: a.voice.counted(part.Amount, m), Style: Strong},
			"share": a.voice.figure(percents(part.Share), measure{unit: coaching.Percent}), "count": part.Entries,
		}))
	}
	if more := len(review.Contributions) - maxContributions; more > 0 {
		list.Items = append(list.Items, a.voice.Line("review_more_parts", Args{"count": more}))
	}
	return list
}

// isRest reports whether a contribution is of nobody that anything is known of.
func isRest(c coaching.Contribution) bool { return c.Member == "" && c.Name == "" }

// graded holds the forecast of the start against what came.
func (a *ask) graded(review coaching.Review) Line {
	grade := review.Grade
	if !grade.Graded {
		return a.voice.Line("grade_"+string(grade.Reason), nil)
	}
	args := a.band(review.Expected.Low, review.Expected.Middle, review.Expected.High, measureOf(review.Goal))
	args["chance"] = a.voice.likely(grade.Chance)
	id := "grade_within"
	switch {
	case grade.Above:
		id = "grade_above"
	case grade.Below:
		id = "grade_below"
	}
	line := a.voice.Line(id, args)
	line = append(line, Span{Text: " "})
	return append(line, a.voice.Line("grade_"+string(grade.Reason), args)...)
}

// proposed says what to go for in the period after, with its chance and why.
func (a *ask) proposed(review coaching.Review) []Part {
	next := review.Next
	m := measureOf(review.Goal)
	tier, ok := next.Tier()
	if !ok {
		line := a.voice.Line("review_no_next", Args{"period": a.voice.period(next.Period, a.today)})
		if next.Expected.Reason != "" {
			line = append(line, Span{Text: " "})
			line = append(line, a.unknown(next.Expected.Reason, next.Expected.Used, 0)...)
		}
		return []Part{Text{line}}
	}
	line := a.voice.Line("review_next", Args{
		"period": a.voice.period(next.Period, a.today),
		"value":  Span{Text: a.voice.counted(tier.Value, m), Style: Strong},
		"chance": a.voice.likely(tier.Chance),
		"why":    a.voice.Text(string(next.Why), nil),
	})
	parts := []Part{Text{line}, a.tierList(next.Tiers, m)}
	if statement, ok := a.statement(review, tier.Value); ok {
		parts = append(parts, Note{a.voice.Line("review_set", Args{
			"command": Span{Text: "/" + Name + " new " + statement, Style: Code},
		})})
	}
	return parts
}

// statement words a goal for the period after a review's, to be typed. It is
// there for what a statement can say: whole calendar periods and plain kinds.
func (a *ask) statement(review coaching.Review, target decimal.Decimal) (statement string, ok bool) {
	goal, next := review.Goal, review.Next.Period
	switch next.Span {
	case coaching.Month, coaching.Quarter, coaching.Year:
	default:
		return "", false
	}
	if !a.ofTheKind(goal) {
		return "", false
	}
	metric := a.voice.Text("metric_"+string(goal.Kind), nil)
	size := a.voice.figure(target, measureOf(goal))
	if goal.Unit == coaching.Count && goal.Noun != "" {
		metric = goal.Noun
	}
	id := "review_reach"
	if goal.Better == coaching.Lower {
		id = "review_keep"
	}
	if goal.Team() {
		id += "_team"
	}
	return a.voice.Text(id, Args{"metric": metric, "size": size, "period": a.voice.period(next, a.today)}), true
}
