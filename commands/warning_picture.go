package commands

import (
	"context"
	"slices"

	"github.com/smallwins/smallwins/coaching"
)

// warningChart shows the months that a warning of a whole rate was given on, up
// to the one after which it came; nothing for parts of a rate and for values,
// whose months are not kept with their cases.
func (r *Router) warningChart(ctx context.Context, ask *ask, w coaching.Warning, lead Line) ([]Part, error) {
	if w.Stream.Part != "" || w.Stream.Family != coaching.FamilyWinRate && w.Stream.Family != coaching.FamilyChurn {
		return nil, nil
	}
	kind := w.Stream.Family.Kind()
	observations, err := r.store.FedObservations(ctx, ask.Request.Workspace, kind, w.Date.In(ask.workspace.Location()))
	if err != nil {
		return nil, err
	}
	var rates []rateOf
	for _, observation := range observations {
		if observation.Period.Span == coaching.Month && observation.Rate.Of > 0 {
			rates = append(rates, rateOf{observation.Period, observation.Rate})
		}
	}
	slices.SortFunc(rates, func(a, b rateOf) int { return a.Period.From.Compare(b.Period.From) })
	rates = rates[max(len(rates)-historyLines, 0):]
	if len(rates) < fewestFigures {
		return nil, nil
	}
	return []Part{ask.rateChart(kind, rates, len(rates)-1, lead.String())}, nil
}
