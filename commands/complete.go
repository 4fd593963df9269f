package commands

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/smallwins/smallwins/coaching"
)

// maxSuggestions is how many suggestions Discord shows.
const maxSuggestions = 25

// complete suggests what an option that is being typed may become. What has
// been typed of it so far is its answer. Nobody is suggested a goal that they
// may not see.
func (r *Router) complete(ctx context.Context, ask *ask) (Reply, error) {
	name, _, _ := strings.Cut(strings.TrimSpace(ask.Text), " ")
	for _, command := range r.table {
		if !strings.EqualFold(command.Name, name) {
			continue
		}
		for _, option := range command.Options {
			if option.Name == ask.Completing {
				return r.suggest(ctx, ask, option)
			}
		}
	}
	return Reply{}, nil
}

func (r *Router) suggest(ctx context.Context, ask *ask, option Option) (reply Reply, err error) {
	typed := strings.ToLower(strings.TrimSpace(ask.Answer(option.Name)))
	var all []Choice
	switch option.Kind {
	case GoalOption:
		all, err = r.goalChoices(ctx, ask, option.States)
	case WinOption:
		all, err = r.winChoices(ctx, ask)
	case MetricOption:
		all = ask.metricChoices()
	case CommandOption:
		for _, command := range r.table {
			all = append(all, Choice{Label: command.Name, Value: command.Name})
		}
	}
	for _, choice := range all {
		if len(reply.Suggestions) < maxSuggestions && choice.meant(typed) {
			reply.Suggestions = append(reply.Suggestions, choice)
		}
	}
	return reply, err
}

// meant reports whether what was typed, in lower case, can mean the choice.
func (c Choice) meant(typed string) bool {
	return strings.Contains(strings.ToLower(c.Label), typed) || strings.HasPrefix(strings.ToLower(c.Value), typed)
}

// goalChoices are the goals in those states that the member may see: their own
// first, those in focus ahead, then the team's, then others'.
func (r *Router) goalChoices(ctx context.Context, ask *ask, states []coaching.State) ([]Choice, error) {
	if len(states) == 0 {
		states = []coaching.State{coaching.Active}
	}
	var goals []coaching.Goal
	for _, state := range states {
		found, err := r.store.Goals(ctx, ask.Request.Workspace, state)
		if err != nil {
			return nil, err
		}
		goals = append(goals, found...)
	}
	goals, err := r.visible(ctx, ask, goals)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(goals, func(a, b coaching.Goal) int { return ask.distance(a) - ask.distance(b) })
	choices := make([]Choice, len(goals))
	for i, goal := range goals {
		number := "#" + strconv.Itoa(goal.Number)
		choices[i] = Choice{Label: number + " " + goal.Title, Value: number}
	}
	return choices, nil
}

// distance is how far a goal is from what the member is likely to mean.
func (a *ask) distance(goal coaching.Goal) int {
	distance := 2
	switch {
	case goal.Owner == a.Member:
		distance = 0
	case goal.Team():
		distance = 1
	}
	switch {
	case goal.State != coaching.Active:
		return distance + 6
	case !goal.Focus:
		return distance + 3
	}
	return distance
}

// winChoices are the member's small wins of this week that are not ticked.
func (r *Router) winChoices(ctx context.Context, ask *ask) ([]Choice, error) {
	week, err := r.readWeek(ctx, ask)
	if err != nil {
		return nil, err
	}
	var choices []Choice
	for i, win := range week.wins {
		if !week.done[win.ID] {
			number := strconv.Itoa(week.numbers[i])
			choices = append(choices, Choice{Label: number + ". " + ask.win(win, week.goals[win.Goal]).String(), Value: number})
		}
	}
	return choices, nil
}

// metricChoices are the kinds of goals that figures are kept of, and the word
// that brings in more of them.
func (a *ask) metricChoices() []Choice {
	var choices []Choice
	for _, traits := range coaching.Kinds() {
		if traits.Kind != coaching.Custom {
			kind := string(traits.Kind)
			choices = append(choices, Choice{Label: a.voice.Text("kind_"+kind, nil), Value: kind})
		}
	}
	return append(choices, Choice{Label: a.voice.Text("choice_import", nil), Value: "import"})
}
