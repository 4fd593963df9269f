package commands

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/smallwins/smallwins/coaching"
)

// reasonOf returns the reason of a coded error that a member can act on.
func reasonOf(err error) coaching.Reason {
	var coded *coaching.Error
	if errors.As(err, &coded) && coded.Code != coaching.Internal {
		return coded.Reason
	}
	return ""
}

// amountArgs are the arguments of log, and of progress with an amount.
type amountArgs struct {
	goal   string // as written: a number, a fragment of the title, or empty
	figure coaching.Figure
	found  bool // whether there is an amount
	note   string
}

// parseAmountArgs cuts "[goal] [amount] [note]". The goal is "#12" or a
// fragment of its title; the amount begins at the first word that reads as one.
// A word that was meant as an amount and is none is refused with the reason.
func parseAmountArgs(text string) (amountArgs, error) {
	if len(text) > 4*coaching.MaxText {
		return amountArgs{}, coaching.Refuse("text_too_long")
	}
	var args amountArgs
	rest := strings.TrimSpace(text)
	if number, after := cutWord(rest); isGoalNumber(number) {
		args.goal, rest = number, after
	}
	for before := 0; ; {
		tail := rest[before:]
		if tail == "" {
			break
		}
		figure, note, err := coaching.ScanFigure(tail)
		if err == nil {
			args.figure, args.found, args.note = figure, true, strings.TrimSpace(note)
			rest = rest[:before]
			break
		}
		if looksLikeAmount(tail) {
			return amountArgs{}, err
		}
		_, after := cutWord(tail)
		before = len(rest) - len(after)
	}
	fragment := strings.TrimSpace(rest)
	switch {
	case args.goal == "":
		args.goal = fragment
	case fragment != "" && !args.found:
		return amountArgs{}, amountError(fragment)
	case fragment != "":
		// "#12 Acme +3": words between the goal and the amount are the note's.
		args.note = strings.TrimSpace(fragment + " " + args.note)
	}
	if utf8.RuneCountInString(args.note) > coaching.MaxNote {
		return amountArgs{}, coaching.Refuse("note_too_long")
	}
	return args, nil
}

// amountError is the reason why a text is no amount.
func amountError(text string) error {
	if _, _, err := coaching.ScanFigure(text); err != nil {
		return err
	}
	return coaching.Refuse("figure_missing")
}

// looksLikeAmount reports whether the text's first word was meant as an amount:
// a digit, perhaps behind signs and a currency; or a plus or an equals sign
// with whatever behind it; or one of the numbers that are none.
func looksLikeAmount(text string) bool {
	word, _ := cutWord(text)
	if word[0] == '+' || word[0] == '=' {
		return true
	}
	trimmed := strings.TrimLeft(word, "+-−=$€£¥฿")
	first, _ := utf8.DecodeRuneInString(trimmed)
	return first >= '0' && first <= '9' || first >= '๐' && first <= '๙' ||
		strings.EqualFold(trimmed, "nan") || strings.EqualFold(trimmed, "inf")
}

func cutWord(text string) (word, rest string) {
	word, rest, _ = strings.Cut(text, " ")
	return word, strings.TrimLeft(rest, " ")
}

func isGoalNumber(word string) bool {
	digits, marked := strings.CutPrefix(word, "#")
	if !marked || digits == "" || len(digits) > 9 {
		return false
	}
	_, err := strconv.ParseUint(digits, 10, 32)
	return err == nil
}

// findGoals returns the goals that a member can mean by what they wrote: the
// one of that number, or those active ones whose title has the fragment. An
// empty text means the member's own active goals and, if there are none, the
// team's.
func (r *Router) findGoals(ctx context.Context, ask *ask, text string) ([]coaching.Goal, error) {
	if isGoalNumber(text) {
		number, err := strconv.Atoi(text[1:])
		if err != nil {
			return nil, coaching.Refuse("goal_unknown")
		}
		goal, err := r.store.Goal(ctx, ask.Request.Workspace, number)
		if coaching.CodeOf(err) == coaching.NotFound {
			return nil, &coaching.Error{Code: coaching.NotFound, Reason: "goal_unknown", Err: err}
		}
		if err != nil {
			return nil, err
		}
		return []coaching.Goal{goal}, r.mayOn(ctx, ask, coaching.ActSee, goal)
	}
	own, err := r.store.GoalsOf(ctx, ask.Request.Workspace, ask.Member, coaching.Active)
	if err != nil {
		return nil, err
	}
	if text == "" && len(own) > 0 {
		return own, nil
	}
	teams, err := r.store.GoalsOf(ctx, ask.Request.Workspace, "", coaching.Active)
	if err != nil || text == "" {
		return teams, err
	}
	found := titled(append(own, teams...), text)
	if len(found) > 0 {
		return found, nil
	}
	all, err := r.store.Goals(ctx, ask.Request.Workspace, coaching.Active)
	if err != nil {
		return nil, err
	}
	found, err = r.visible(ctx, ask, titled(all, text))
	if err == nil && len(found) == 0 {
		err = &coaching.Error{Code: coaching.NotFound, Reason: "goal_unknown"}
	}
	return found, err
}

func titled(goals []coaching.Goal, fragment string) []coaching.Goal {
	var found []coaching.Goal
	for _, goal := range goals {
		if strings.Contains(strings.ToLower(goal.Title), strings.ToLower(fragment)) {
			found = append(found, goal)
		}
	}
	return found
}

// visible returns those of the goals that the member may see.
func (r *Router) visible(ctx context.Context, ask *ask, goals []coaching.Goal) ([]coaching.Goal, error) {
	seen := make([]coaching.Goal, 0, len(goals))
	for _, goal := range goals {
		ok, err := r.canOn(ctx, ask, coaching.ActSee, goal)
		if err != nil {
			return nil, err
		}
		if ok {
			seen = append(seen, goal)
		}
	}
	return seen, nil
}
