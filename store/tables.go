package store

import (
	"context"
	"time"

	"github.com/smallwins/smallwins/coaching"
)

// IngestTable is [Store.Ingest] for events that a table was read as: of those
// only what adds to what is known is taken, as [coaching.Dossier.News] tells.
// The others come back as repeated, whatever their ids, so that a table may be
// brought in as often as somebody likes. Reopen says whether the table knows
// best which deals are open.
func (s *Store) IngestTable(ctx context.Context, workspace coaching.WorkspaceID, events []coaching.Event, reopen bool, now time.Time) ([]coaching.EventResult, error) {
	settings, err := s.Workspace(ctx, workspace)
	if err != nil {
		return nil, err
	}
	news := make([]coaching.Event, len(events))
	told := make([]bool, len(events))
	err = abreast(ctx, len(events), func(ctx context.Context, i int) (err error) {
		news[i], told[i], err = s.news(ctx, settings, events[i], reopen, now)
		return err
	})
	if err != nil {
		return nil, coded("read what is known", err)
	}
	results := make([]coaching.EventResult, len(events))
	var sent []coaching.Event
	var places []int
	for i, event := range events {
		results[i] = coaching.EventResult{ID: event.ID, Outcome: coaching.EventRepeated}
		if told[i] {
			sent, places = append(sent, news[i]), append(places, i)
		}
	}
	ingested, err := s.Ingest(ctx, workspace, sent, now)
	if err != nil {
		return nil, err
	}
	for n, i := range places {
		results[i] = ingested[n]
	}
	return results, nil
}

// news returns the event to send for one of a table; told is false where
// nothing is new. What is wrong with the event is found where it is taken.
func (s *Store) news(ctx context.Context, settings coaching.Workspace, event coaching.Event, reopen bool, now time.Time) (news coaching.Event, told bool, err error) {
	checked, wrong := coaching.CheckEvent(event, now)
	if wrong != nil {
		return event, true, nil //nolint:nilerr // Ingest refuses it, with the reason.
	}
	kind, id := checked.About()
	known, err := s.Dossier(ctx, settings.ID, kind, id)
	switch {
	case coaching.CodeOf(err) == coaching.NotFound:
		return event, true, nil
	case err != nil:
		return coaching.Event{}, false, err
	}
	news, told = known.News(checked, settings, reopen)
	return news, told, nil
}
