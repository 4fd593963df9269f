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
	Nudge      nudgeDoc      `json:"nudge"`
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

// nudgeDoc keeps the facts as they were when the nudge was decided.
type nudgeDoc struct {
	Date     string        `json:"date"`
	Since    string        `json:"since"`
	Wins     []winDoc      `json:"wins"`
	MoreWins int64         `json:"more_wins"`
	Goals    []standingDoc `json:"goals"`
}

type winDoc struct {
	Entry entryDoc `json:"entry"`
	Goal  goalDoc  `json:"goal"`
}

type standingDoc struct {
	Goal     goalDoc     `json:"goal"`
	Progress subtotalDoc `json:"progress"`
}

func nudgeToDoc(nudge coaching.Nudge) nudgeDoc {
	doc := nudgeDoc{
		Date: nudge.Date.String(), Since: nudge.Since.String(), MoreWins: int64(nudge.MoreWins),
		Wins: []winDoc{}, Goals: []standingDoc{},
	}
	for _, win := range nudge.Wins {
		doc.Wins = append(doc.Wins, winDoc{Entry: entryToDoc(win.Entry), Goal: goalToDoc(win.Goal)})
	}
	for _, standing := range nudge.Goals {
		doc.Goals = append(doc.Goals, standingDoc{
			Goal: goalToDoc(standing.Goal), Progress: progressToDoc(standing.Progress),
		})
	}
	return doc
}

func (d nudgeDoc) nudge() (coaching.Nudge, error) {
	nudge := coaching.Nudge{MoreWins: int(d.MoreWins)}
	var err error
	if nudge.Date, err = coaching.ParseDate(d.Date); err != nil {
		return coaching.Nudge{}, err
	}
	if nudge.Since, err = coaching.ParseDate(d.Since); err != nil {
		return coaching.Nudge{}, err
	}
	for _, doc := range d.Wins {
		entry, errEntry := doc.Entry.entry()
		goal, errGoal := doc.Goal.goal()
		if err := errors.Join(errEntry, errGoal); err != nil {
			return coaching.Nudge{}, err
		}
		nudge.Wins = append(nudge.Wins, coaching.Win{Entry: entry, Goal: goal})
	}
	for _, doc := range d.Goals {
		goal, errGoal := doc.Goal.goal()
		subtotal, errSubtotal := doc.Progress.subtotal()
		if err := errors.Join(errGoal, errSubtotal); err != nil {
			return coaching.Nudge{}, err
		}
		nudge.Goals = append(nudge.Goals, coaching.Standing{Goal: goal, Progress: subtotal.Progress})
	}
	return nudge, nil
}

func deliveryToDoc(delivery coaching.Delivery) deliveryDoc {
	return deliveryDoc{
		Header:    document.Header{ID: delivery.ID, Revision: delivery.Revision},
		Workspace: string(delivery.Workspace), Channel: string(delivery.Channel), Nudge: nudgeToDoc(delivery.Nudge),
		State: string(delivery.State), Next: document.At(delivery.NextAt),
		Attempts: int64(delivery.Attempts), Unresolved: delivery.Unresolved, Barred: delivery.Barred,
		Due: document.At(delivery.DueAt), Expires: document.At(delivery.ExpiresAt), Ended: document.At(delivery.EndedAt),
		Reason: string(delivery.Reason), Receipt: delivery.Receipt,
	}
}

func (d deliveryDoc) delivery() (coaching.Delivery, error) {
	nudge, err := d.Nudge.nudge()
	if err != nil {
		return coaching.Delivery{}, fmt.Errorf("delivery %s: %w", d.ID, err)
	}
	return coaching.Delivery{
		ID: d.ID, Revision: d.Revision,
		Workspace: coaching.WorkspaceID(d.Workspace), Channel: coaching.ChannelID(d.Channel), Nudge: nudge,
		State: coaching.DeliveryState(d.State), NextAt: d.Next.Time,
		Attempts: int(d.Attempts), Unresolved: d.Unresolved, Barred: d.Barred,
		DueAt: d.Due.Time, ExpiresAt: d.Expires.Time, EndedAt: d.Ended.Time,
		Reason: coaching.Reason(d.Reason), Receipt: d.Receipt,
	}, nil
}

// Enqueue stores a delivery that was decided. Where one of that id is stored
// already, nothing changes: the same decision was taken before.
func (s *Store) Enqueue(ctx context.Context, delivery coaching.Delivery) error {
	doc := deliveryToDoc(delivery)
	if err := s.engine.Insert(ctx, deliveries, &doc); err != nil && !errors.Is(err, document.ErrTaken) {
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
	doc := deliveryToDoc(delivery)
	if err := s.engine.Replace(ctx, deliveries, &doc); err != nil {
		return coaching.Delivery{}, coded("save delivery", err)
	}
	delivery.Revision = doc.Revision
	return delivery, nil
}
