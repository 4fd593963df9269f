package commands

import (
	"context"

	"github.com/smallwins/smallwins/coaching"
)

// boardKinds are the figures that the board shows where events tell of them.
var boardKinds = []coaching.Kind{
	coaching.Revenue, coaching.WinRate, coaching.Cycle, coaching.Leads, coaching.Churn, coaching.CLV, coaching.CAC, coaching.Margin,
}

// boardFigures shows the team's figures of the month so far, as events tell
// them; nothing where none came.
func (r *Router) boardFigures(ctx context.Context, ask *ask) ([]Part, error) {
	feeds, err := r.store.Feeds(ctx, ask.Request.Workspace)
	if err != nil || len(feeds) == 0 {
		return nil, err
	}
	month := coaching.PeriodOf(coaching.Month, ask.today)
	var list List
	var used coaching.Feeds
	for _, kind := range boardKinds {
		k, sources, fed, err := r.figure(ctx, ask, feeds, kind, month)
		if err != nil {
			return nil, err
		}
		if !fed || k.Reason == coaching.ReasonKPINoCosts || k.Reason == coaching.ReasonKPINoMargin {
			continue
		}
		used = append(used, sources...)
		traits, _ := coaching.TraitsOf(kind)
		m := measure{unit: traits.Unit, kind: kind, currency: ask.workspace.Currency}
		list.Items = append(list.Items, ask.partLine("parts_line", ask.voice.Line("kind_"+string(kind), nil), k, m))
	}
	if len(list.Items) == 0 {
		return nil, nil
	}
	parts := []Part{
		Text{ask.voice.Line("board_fed", Args{"period": ask.voice.period(month, ask.today)})},
		list,
		Note{ask.lastFed(newest(used).Last)},
	}
	if silent := ask.silent(used); silent != nil {
		parts = append(parts, Text{silent})
	}
	return parts, nil
}

// figure returns the team's figure of a kind, as events tell it; fed is false
// where none do.
func (r *Router) figure(ctx context.Context, ask *ask, feeds coaching.Feeds, kind coaching.Kind, period coaching.Period) (k coaching.KPI, sources coaching.Feeds, fed bool, err error) {
	q, sources, fed := coaching.FollowKind(kind, ask.workspace, feeds)
	if !fed {
		return coaching.KPI{}, nil, false, nil
	}
	q.Period, q.Today = period, ask.today
	book, err := r.store.DayBook(ctx, ask.Request.Workspace, q.Reach(), period.To, ask.Received)
	return book.KPI(q), sources, true, err
}
