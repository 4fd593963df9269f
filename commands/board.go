package commands

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/smallwins/smallwins/coaching"
)

// maxBoard bounds how many lines each half of the board has.
const maxBoard = 30

// board shows the team's goals and, member by member, everybody's own: in the
// order of names, for it is no ranking. What does not go well for a member is
// seen by that member and managers only; the others are told how many such goals
// there are.
func (r *Router) board(ctx context.Context, ask *ask) (Reply, error) {
	goals, err := r.store.Goals(ctx, ask.Request.Workspace, coaching.Active)
	if err != nil {
		return Reply{}, err
	}
	if goals, err = r.visible(ctx, ask, goals); err != nil {
		return Reply{}, err
	}
	role, err := r.role(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	var teams, own []coaching.Judgement
	withheld := 0
	for _, goal := range goals {
		judgement, err := r.judge(ctx, ask, goal)
		switch {
		case err != nil:
			return Reply{}, err
		case goal.Team():
			teams = append(teams, judgement)
		case goal.Owner == ask.Member || role >= coaching.RoleManager || forAll(&judgement):
			own = append(own, judgement)
		default:
			withheld++
		}
	}
	figures, err := r.boardFigures(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	warnings, err := r.boardWarnings(ctx, ask, role)
	if err != nil {
		return Reply{}, err
	}
	figures = append(figures, warnings...)
	if len(teams)+len(own)+withheld+len(figures) == 0 {
		return ask.say(Text{ask.voice.Line("list_none", nil)}, ask.examples()), nil
	}
	for _, judgement := range own {
		if err := r.meet(ctx, ask, judgement.Goal.Owner); err != nil {
			return Reply{}, err
		}
	}
	slices.SortStableFunc(own, func(a, b coaching.Judgement) int {
		return cmp.Or(
			strings.Compare(ask.nameOf(a.Goal.Owner), ask.nameOf(b.Goal.Owner)),
			strings.Compare(string(a.Goal.Owner), string(b.Goal.Owner)),
		)
	})
	parts := []Part{Heading{ask.voice.Line("board_heading", nil)}}
	parts = append(parts, ask.boardOf("board_team", teams)...)
	parts = append(parts, ask.boardOf("board_members", own)...)
	if withheld > 0 {
		parts = append(parts, Note{ask.voice.Line("board_withheld", Args{"count": withheld})})
	}
	parts = append(parts, figures...)
	return ask.say(append(parts, Note{ask.voice.Line("board_more", nil)})...), nil
}

// forAll reports whether a member's goal may be shown to the others. Within a
// limit is well, but not when it is nearly used up.
func forAll(j *coaching.Judgement) bool {
	return j.GoesWell() && (j.Pace == nil || j.Pace.State != coaching.PaceBehind)
}

// nameOf is what a member is sorted by.
func (a *ask) nameOf(id coaching.MemberID) string { return strings.ToLower(a.member(id).Text) }

// boardOf is one half of the board, nothing where there is no goal for it.
func (a *ask) boardOf(title string, judgements []coaching.Judgement) []Part {
	if len(judgements) == 0 {
		return nil
	}
	var list List
	for _, judgement := range judgements[:min(len(judgements), maxBoard)] {
		list.Items = append(list.Items, a.boardLine(&judgement))
	}
	parts := []Part{Text{a.voice.Line(title, nil)}, list}
	if more := len(judgements) - maxBoard; more > 0 {
		parts = append(parts, Note{a.voice.Line("more_goals", Args{"count": more})})
	}
	return parts
}

// boardLine is a goal in one line: whose, which, how much, and its state in a
// word or two.
func (a *ask) boardLine(j *coaching.Judgement) Line {
	m := measureOf(j.Goal)
	var line Line
	if !j.Goal.Team() {
		line = append(line, a.member(j.Goal.Owner), Span{Text: " "})
	}
	line = append(line, a.name(j.Goal)...)
	if j.HasTarget {
		line = append(line, a.voice.Line(boardFigure(j), Args{
			"value": a.voice.figure(shown(j), m), "target": a.voice.counted(j.Target, m),
		})...)
	}
	return append(line, a.voice.Line("board_state", Args{"state": a.voice.Text(boardState(j), Args{
		"first": func() string { return a.voice.date(j.Goal.Period.From, a.today) },
	})})...)
}

// boardFigure is the id of the message that says how much of what is reached.
func boardFigure(j *coaching.Judgement) string {
	unread := j.Level != nil && j.Level.State == coaching.LevelUnread
	switch {
	case unread && j.Goal.Better == coaching.Lower:
		return "board_unread_limit"
	case unread:
		return "board_unread_target"
	case j.Goal.Better == coaching.Lower:
		return "board_limit"
	case j.Goal.Nature != coaching.Sum:
		return "board_level"
	default:
		return "board_sum"
	}
}

// boardState is the id of the message that says in a word or two where a goal
// stands.
func boardState(j *coaching.Judgement) string {
	if !j.HasTarget {
		return "board_no_target"
	}
	if j.Level != nil {
		switch j.Level.Reason {
		case coaching.ReasonNoReading:
			return "board_unread"
		case coaching.ReasonAtTarget, coaching.ReasonAtInNoise:
			if j.Goal.Better == coaching.Lower {
				return "board_within"
			}
			return "board_reached"
		case coaching.ReasonClosing:
			return "board_closing"
		case coaching.ReasonSlipping:
			return "board_slipping"
		case coaching.ReasonLevelMade:
			return "board_met"
		case coaching.ReasonLevelMissed:
			return "board_missed"
		default:
			return "board_short"
		}
	}
	switch j.Pace.State {
	case coaching.PaceNotStarted:
		return "board_not_started"
	case coaching.PaceTooEarly:
		return "board_too_early"
	case coaching.PaceAhead:
		return "board_ahead"
	case coaching.PaceBehind:
		return "board_behind"
	case coaching.PaceDone:
		return "board_reached"
	case coaching.PaceMissed:
		return "board_over_limit"
	case coaching.PaceOver:
		if j.Met() {
			return "board_met"
		}
		return "board_missed"
	default:
		return "board_on_pace"
	}
}
