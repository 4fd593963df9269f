package commands

import (
	"context"

	"github.com/smallwins/smallwins/coaching"
)

// precisionMonths is how far back the bot's own precision is reported.
const precisionMonths = 12

// boardWarnings tells which warnings stand, how well those of the last year did,
// and the budget that they keep; nothing where there are none.
func (r *Router) boardWarnings(ctx context.Context, ask *ask, role coaching.Role) ([]Part, error) {
	since := ask.today.AddMonths(-precisionMonths).In(ask.workspace.Location())
	told, err := r.store.WarnedSince(ctx, ask.Request.Workspace, since)
	if err != nil || len(told) == 0 {
		return nil, err
	}
	known, err := r.store.Episodes(ctx, ask.Request.Workspace)
	if err != nil {
		return nil, err
	}
	personal := make(map[coaching.Stream]bool, len(told))
	tellable := make(map[string]bool, len(told))
	for _, each := range told {
		personal[each.Stream], tellable[each.ID] = each.Personal, true
	}
	var standing List
	for _, watched := range known {
		id := watched.WarningID()
		if id == "" || watched.Hushed || !tellable[id] || personal[watched.Stream] && role < coaching.RoleManager {
			continue
		}
		standing.Items = append(standing.Items, ask.voice.Line("warning_stands", Args{
			"stream": ask.streamName(watched.Stream, ""), "since": ask.monthOf(watched.Episode.Since),
		}))
	}
	precision := coaching.CountVerdicts(told)
	parts := []Part{Text{ask.voice.Line("board_warnings", nil)}}
	if len(standing.Items) > 0 {
		parts = append(parts, standing)
	}
	return append(parts, Note{ask.voice.Line("warning_precision", Args{
		"count": precision.Told(), "useful": itoa(precision.Useful), "false": itoa(precision.FalseAlarms),
		"unanswered": itoa(precision.Unanswered), "budget": ask.falseAlarms(),
	})}), nil
}
