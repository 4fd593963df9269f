package store

import (
	"context"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

const maxCadences = 1000

type cadenceDoc struct {
	document.Header
	Workspace string        `json:"workspace"`
	Kind      string        `json:"kind"`
	Channel   string        `json:"channel"`
	At        string        `json:"at"`
	Days      int64         `json:"days"`
	Zone      string        `json:"zone"`
	Enabled   bool          `json:"enabled"`
	Next      document.Time `json:"next"`
}

func cadenceToDoc(cadence coaching.Cadence) cadenceDoc {
	return cadenceDoc{
		Header:    document.Header{ID: cadence.Key(), Revision: cadence.Revision},
		Workspace: string(cadence.Workspace), Kind: string(cadence.Kind), Channel: string(cadence.Channel),
		At: cadence.At.String(), Days: int64(cadence.Days), Zone: cadence.Zone,
		Enabled: !cadence.NextAt.IsZero(), Next: document.At(cadence.NextAt),
	}
}

func (d cadenceDoc) cadence() (coaching.Cadence, error) {
	at, err := coaching.ParseClockTime(d.At)
	if err != nil {
		return coaching.Cadence{}, err
	}
	cadence := coaching.Cadence{
		Workspace: coaching.WorkspaceID(d.Workspace), Kind: coaching.CadenceKind(d.Kind),
		Channel: coaching.ChannelID(d.Channel), At: at, Days: coaching.Weekdays(d.Days), //nolint:gosec // Written from a Weekdays.
		Zone: d.Zone, Revision: d.Revision,
	}
	if d.Enabled {
		cadence.NextAt = d.Next.Time
	}
	return cadence, nil
}

// SaveCadence stores a cadence in place of the channel's earlier one of its
// kind.
func (s *Store) SaveCadence(ctx context.Context, cadence coaching.Cadence) error {
	doc := cadenceToDoc(cadence)
	return coded("save cadence", put(ctx, s.engine, cadences, &doc, &cadenceDoc{}))
}

// DeleteCadence removes the cadence of that key.
func (s *Store) DeleteCadence(ctx context.Context, key string) error {
	return coded("delete cadence", s.engine.Delete(ctx, cadences, key))
}

// AdvanceCadence stores a cadence's next time. It returns Conflict where
// somebody else was quicker or changed the cadence, and then stores nothing.
func (s *Store) AdvanceCadence(ctx context.Context, cadence coaching.Cadence) error {
	doc := cadenceToDoc(cadence)
	return coded("advance cadence", s.engine.Replace(ctx, cadences, &doc))
}

// Cadences returns a workspace's cadences of a kind.
func (s *Store) Cadences(ctx context.Context, workspace coaching.WorkspaceID, kind coaching.CadenceKind) ([]coaching.Cadence, error) {
	return s.findCadences(ctx, document.Query{
		Index: "by_workspace", Equal: []any{string(workspace), string(kind)}, Limit: maxCadences,
	})
}

// DueCadences returns up to limit cadences of all workspaces that have come due
// by now, the longest due first.
func (s *Store) DueCadences(ctx context.Context, now time.Time, limit int) ([]coaching.Cadence, error) {
	return s.findCadences(ctx, document.Query{
		Index: "by_next", Equal: []any{true}, Until: document.At(now.Add(time.Millisecond)), Limit: limit,
	})
}

func (s *Store) findCadences(ctx context.Context, query document.Query) ([]coaching.Cadence, error) {
	var found []coaching.Cadence
	err := s.engine.Find(ctx, cadences, query, func(decode document.Decode) error {
		var doc cadenceDoc
		if err := decode(&doc); err != nil {
			return err
		}
		cadence, err := doc.cadence()
		found = append(found, cadence)
		return err
	})
	return found, coded("find cadences", err)
}
