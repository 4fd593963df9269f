package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

// maxCadences bounds those of one workspace: a few for each of its channels and
// members.
const maxCadences = 20_000

type cadenceDoc struct {
	document.Header
	Workspace string        `json:"workspace"`
	Kind      string        `json:"kind"`
	Channel   string        `json:"channel"`
	Member    string        `json:"member"`
	At        string        `json:"at"`
	Days      int64         `json:"days"`
	Zone      string        `json:"zone"`
	Snoozed   string        `json:"snoozed_until,omitempty"`
	Enabled   bool          `json:"enabled"`
	Next      document.Time `json:"next"`
	Told      string        `json:"told,omitempty"`
}

func cadenceToDoc(cadence coaching.Cadence) cadenceDoc {
	return cadenceDoc{
		Header:    document.Header{ID: cadence.Key(), Revision: cadence.Revision},
		Workspace: string(cadence.Workspace), Kind: string(cadence.Kind),
		Channel: string(cadence.Channel), Member: string(cadence.Member),
		At: cadence.At.String(), Days: int64(cadence.Days), Zone: cadence.Zone,
		Snoozed: dayText(cadence.SnoozedUntil), Told: dayText(cadence.Told),
		Enabled: !cadence.NextAt.IsZero(), Next: document.At(cadence.NextAt),
	}
}

func (d cadenceDoc) cadence() (coaching.Cadence, error) {
	at, errAt := coaching.ParseClockTime(d.At)
	snoozed, errSnoozed := parseDay(d.Snoozed)
	told, errTold := parseDay(d.Told)
	if err := errors.Join(errAt, errSnoozed, errTold); err != nil {
		return coaching.Cadence{}, fmt.Errorf("cadence %s: %w", d.ID, err)
	}
	cadence := coaching.Cadence{
		Workspace: coaching.WorkspaceID(d.Workspace), Kind: coaching.CadenceKind(d.Kind),
		Channel: coaching.ChannelID(d.Channel), Member: coaching.MemberID(d.Member), At: at, Days: coaching.Weekdays(d.Days), //nolint:gosec // Written from a Weekdays.
		Zone: d.Zone, SnoozedUntil: snoozed, Told: told, Revision: d.Revision,
	}
	if d.Enabled {
		cadence.NextAt = d.Next.Time
	}
	return cadence, nil
}

// SaveCadence stores a cadence in place of the earlier one of its kind that is
// for the same channel or member.
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

// Cadences returns all cadences of a workspace.
func (s *Store) Cadences(ctx context.Context, workspace coaching.WorkspaceID) ([]coaching.Cadence, error) {
	return s.findCadences(ctx, document.Query{
		Index: "by_workspace", Equal: []any{string(workspace)}, Limit: maxCadences,
	})
}

// CadencesOf returns a member's own cadences of all kinds; the empty member has
// those of the channels.
func (s *Store) CadencesOf(ctx context.Context, workspace coaching.WorkspaceID, member coaching.MemberID) ([]coaching.Cadence, error) {
	return s.findCadences(ctx, document.Query{
		Index: "by_member", Equal: []any{string(workspace), string(member)}, Limit: maxCadences,
	})
}

// DueCadences returns up to limit cadences of all workspaces that have come due
// by now, the longest due first, behind the last one of an earlier page; the
// zero Cadence begins with the first.
func (s *Store) DueCadences(ctx context.Context, now time.Time, after coaching.Cadence, limit int) ([]coaching.Cadence, error) {
	query := document.Query{
		Index: "by_next", Equal: []any{true}, Until: document.At(now.Add(time.Millisecond)), Limit: limit,
	}
	if !after.NextAt.IsZero() {
		query.After = &document.Cursor{Key: document.At(after.NextAt), ID: after.Key()}
	}
	return s.findCadences(ctx, query)
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
