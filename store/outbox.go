package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

type deliveryDoc struct {
	document.Header
	Workspace  string        `json:"workspace"`
	Channel    string        `json:"channel"`
	Member     string        `json:"member,omitempty"`
	Notices    []noticeDoc   `json:"notices"`
	Missed     int64         `json:"missed,omitempty"`
	State      string        `json:"state"`
	Next       document.Time `json:"next"`
	Attempts   int64         `json:"attempts"`
	Unresolved bool          `json:"unresolved"`
	Barred     bool          `json:"barred,omitempty"`
	Due        document.Time `json:"due"`
	Expires    document.Time `json:"expires"`
	Ended      document.Time `json:"ended"`
	Reason     string        `json:"reason"`
	Receipt    string        `json:"receipt"`
}

func deliveryToDoc(delivery coaching.Delivery) (deliveryDoc, error) {
	notices, err := noticesToDocs(delivery.Notices)
	if err != nil {
		return deliveryDoc{}, fmt.Errorf("delivery %s: %w", delivery.ID, err)
	}
	return deliveryDoc{
		Header:    document.Header{ID: delivery.ID, Revision: delivery.Revision},
		Workspace: string(delivery.Workspace), Channel: string(delivery.Channel), Member: string(delivery.Member),
		Notices: notices, Missed: int64(delivery.Missed),
		State: string(delivery.State), Next: document.At(delivery.NextAt),
		Attempts: int64(delivery.Attempts), Unresolved: delivery.Unresolved, Barred: delivery.Barred,
		Due: document.At(delivery.DueAt), Expires: document.At(delivery.ExpiresAt), Ended: document.At(delivery.EndedAt),
		Reason: string(delivery.Reason), Receipt: delivery.Receipt,
	}, nil
}

func (d deliveryDoc) delivery() (coaching.Delivery, error) {
	notices, err := noticesOf(d.Notices)
	if err != nil {
		return coaching.Delivery{}, fmt.Errorf("delivery %s: %w", d.ID, err)
	}
	return coaching.Delivery{
		ID: d.ID, Revision: d.Revision,
		Workspace: coaching.WorkspaceID(d.Workspace), Channel: coaching.ChannelID(d.Channel), Member: coaching.MemberID(d.Member),
		Notices: notices, Missed: int(d.Missed),
		State: coaching.DeliveryState(d.State), NextAt: d.Next.Time,
		Attempts: int(d.Attempts), Unresolved: d.Unresolved, Barred: d.Barred,
		DueAt: d.Due.Time, ExpiresAt: d.Expires.Time, EndedAt: d.Ended.Time,
		Reason: coaching.Reason(d.Reason), Receipt: d.Receipt,
	}, nil
}

// Enqueue stores deliveries that were decided. Where one of that id is stored
// already, nothing changes: the same decision was taken before.
func (s *Store) Enqueue(ctx context.Context, decided ...coaching.Delivery) error {
	if len(decided) == 0 {
		return nil
	}
	docs := make([]document.Document, len(decided))
	for i, delivery := range decided {
		doc, err := deliveryToDoc(delivery)
		if err != nil {
			return coded("enqueue delivery", err)
		}
		docs[i] = &doc
	}
	if err := s.engine.Insert(ctx, deliveries, docs...); err != nil && !errors.Is(err, document.ErrTaken) {
		return coded("enqueue delivery", err)
	}
	return nil
}

// DueDeliveries returns up to limit pending deliveries of all workspaces that
// may be tried by now, the longest due first.
func (s *Store) DueDeliveries(ctx context.Context, now time.Time, limit int) ([]coaching.Delivery, error) {
	return s.findDeliveries(ctx, document.Query{
		Index: "by_next", Equal: []any{string(coaching.Pending)}, Until: document.At(now.Add(time.Millisecond)), Limit: limit,
	})
}

// Delivery returns the delivery of that id, or NotFound.
func (s *Store) Delivery(ctx context.Context, id string) (coaching.Delivery, error) {
	var doc deliveryDoc
	if err := s.engine.Get(ctx, deliveries, id, &doc); err != nil {
		return coaching.Delivery{}, coded("read delivery", err)
	}
	delivery, err := doc.delivery()
	return delivery, coded("read delivery", err)
}

// Deliveries returns a workspace's latest deliveries, the last due first.
func (s *Store) Deliveries(ctx context.Context, workspace coaching.WorkspaceID, limit int) ([]coaching.Delivery, error) {
	return s.findDeliveries(ctx, document.Query{
		Index: "by_workspace", Equal: []any{string(workspace)}, Descending: true, Limit: limit,
	})
}

func (s *Store) findDeliveries(ctx context.Context, query document.Query) ([]coaching.Delivery, error) {
	var found []coaching.Delivery
	err := s.engine.Find(ctx, deliveries, query, func(decode document.Decode) error {
		var doc deliveryDoc
		if err := decode(&doc); err != nil {
			return err
		}
		delivery, err := doc.delivery()
		found = append(found, delivery)
		return err
	})
	return found, coded("find deliveries", err)
}

// SaveDelivery stores what became of a delivery and returns it at its new
// revision. It returns Conflict where somebody else was quicker, and then
// stores nothing: the way in which senders claim one.
func (s *Store) SaveDelivery(ctx context.Context, delivery coaching.Delivery) (coaching.Delivery, error) {
	doc, err := deliveryToDoc(delivery)
	if err != nil {
		return coaching.Delivery{}, coded("save delivery", err)
	}
	if err := s.engine.Replace(ctx, deliveries, &doc); err != nil {
		return coaching.Delivery{}, coded("save delivery", err)
	}
	delivery.Revision = doc.Revision
	return delivery, nil
}
