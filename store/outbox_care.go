package store

import (
	"context"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

// latestDeliveries is how many of a workspace's latest deliveries tell where
// posts do not arrive.
const latestDeliveries = 500

// ended are the states in which a delivery is only kept to be looked at.
var ended = [...]coaching.DeliveryState{coaching.Sent, coaching.Expired, coaching.Dead, coaching.Uncertain}

// DeliveriesIn returns up to limit deliveries of all workspaces that are in a
// state: those that are pending in the order in which they come up, of those
// that ended the last one first.
func (s *Store) DeliveriesIn(ctx context.Context, state coaching.DeliveryState, limit int) ([]coaching.Delivery, error) {
	return s.findDeliveries(ctx, document.Query{
		Index: "by_next", Equal: []any{string(state)}, Descending: state != coaching.Pending, Limit: limit,
	})
}

// DeliveriesOf is [Store.DeliveriesIn] for one workspace.
func (s *Store) DeliveriesOf(ctx context.Context, workspace coaching.WorkspaceID, state coaching.DeliveryState, limit int) ([]coaching.Delivery, error) {
	return s.findDeliveries(ctx, document.Query{
		Index: "by_turn", Equal: []any{string(state), string(workspace)}, Descending: state != coaching.Pending, Limit: limit,
	})
}

// Troubles returns where a workspace's posts do not arrive.
func (s *Store) Troubles(ctx context.Context, workspace coaching.WorkspaceID) ([]coaching.Trouble, error) {
	latest, err := s.Deliveries(ctx, workspace, latestDeliveries)
	return coaching.Troubles(latest), err
}

// PruneDeliveries removes up to limit deliveries that ended before an instant
// and reports how many it removed. By then no decision can be taken again whose
// id is forgotten with them, since all have long come due.
func (s *Store) PruneDeliveries(ctx context.Context, before time.Time, limit int) (int, error) {
	removed := 0
	for _, state := range ended {
		if removed == limit {
			break
		}
		query := document.Query{Index: "by_next", Equal: []any{string(state)}, Until: document.At(before), Limit: limit - removed}
		var ids []string
		err := s.engine.Find(ctx, deliveries, query, func(decode document.Decode) error {
			var doc struct{ document.Header }
			err := decode(&doc)
			ids = append(ids, doc.ID)
			return err
		})
		if err != nil {
			return removed, coded("find old deliveries", err)
		}
		for _, id := range ids {
			if err := s.engine.Delete(ctx, deliveries, id); err != nil {
				return removed, coded("remove old delivery", err)
			}
			removed++
		}
	}
	return removed, nil
}
