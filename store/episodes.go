package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

// maxEpisodes bounds the streams of one workspace that are read.
const maxEpisodes = 2000

// episodeDoc is what is remembered of one stream of figures between two looks.
type episodeDoc struct {
	document.Header
	Workspace string `json:"workspace"`
	Family    string `json:"family"`
	Part      string `json:"part"`
	State     string `json:"state"`
	Raised    string `json:"raised,omitempty"`
	Since     string `json:"since,omitempty"`
	Base      string `json:"base,omitempty"`
	Cleared   string `json:"cleared,omitempty"`
	TooLittle bool   `json:"told_too_little,omitempty"`
	Hushed    bool   `json:"hushed,omitempty"`
	Snoozed   string `json:"snoozed_until,omitempty"`
}

func episodeKey(workspace coaching.WorkspaceID, stream coaching.Stream) string {
	return string(workspace) + "/" + stream.Key()
}

func episodeToDoc(w coaching.Watched) episodeDoc {
	return episodeDoc{
		Header:    document.Header{ID: episodeKey(w.Workspace, w.Stream), Revision: w.Revision},
		Workspace: string(w.Workspace), Family: string(w.Stream.Family), Part: w.Stream.Part,
		State: string(w.Episode.State), Raised: dateText(w.Episode.Raised), Since: dateText(w.Episode.Since),
		Base: dateText(w.Episode.Base), Cleared: dateText(w.Episode.Cleared), TooLittle: w.Episode.ToldTooLittle,
		Hushed: w.Hushed, Snoozed: dateText(w.SnoozedUntil),
	}
}

func (d episodeDoc) watched() (coaching.Watched, error) {
	var errs [5]error
	w := coaching.Watched{
		Workspace: coaching.WorkspaceID(d.Workspace), Stream: coaching.Stream{Family: coaching.StreamFamily(d.Family), Part: d.Part},
		Episode: coaching.Episode{State: coaching.AlarmState(d.State), ToldTooLittle: d.TooLittle}, Hushed: d.Hushed, Revision: d.Revision,
	}
	w.Episode.Raised, errs[0] = optionalDate(d.Raised)
	w.Episode.Since, errs[1] = optionalDate(d.Since)
	w.Episode.Base, errs[2] = optionalDate(d.Base)
	w.Episode.Cleared, errs[3] = optionalDate(d.Cleared)
	w.SnoozedUntil, errs[4] = optionalDate(d.Snoozed)
	if err := errors.Join(errs[:]...); err != nil {
		return coaching.Watched{}, fmt.Errorf("episode %s: %w", d.ID, err)
	}
	return w, nil
}

// Episodes returns what is remembered of a workspace's streams.
func (s *Store) Episodes(ctx context.Context, workspace coaching.WorkspaceID) ([]coaching.Watched, error) {
	var found []coaching.Watched
	query := document.Query{Index: "by_family", Equal: []any{string(workspace)}, Limit: maxEpisodes}
	err := s.engine.Find(ctx, episodes, query, func(decode document.Decode) error {
		var doc episodeDoc
		if err := decode(&doc); err != nil {
			return err
		}
		watched, err := doc.watched()
		found = append(found, watched)
		return err
	})
	return found, coded("find episodes", err)
}

// SaveEpisode keeps what is remembered of a stream after a look. Where somebody
// else looked meanwhile, or said something of it, it returns Conflict and stores
// nothing.
func (s *Store) SaveEpisode(ctx context.Context, watched coaching.Watched) error {
	doc := episodeToDoc(watched)
	if doc.Revision == 0 {
		return coded("save episode", s.engine.Insert(ctx, episodes, &doc))
	}
	return coded("save episode", s.engine.Replace(ctx, episodes, &doc))
}

// ChangeEpisode changes what is remembered of a stream; change is asked again
// where somebody else was quicker. A stream never looked at is NotFound.
func (s *Store) ChangeEpisode(ctx context.Context, workspace coaching.WorkspaceID, stream coaching.Stream, change func(coaching.Watched) coaching.Watched) error {
	for {
		var doc episodeDoc
		if err := s.engine.Get(ctx, episodes, episodeKey(workspace, stream), &doc); err != nil {
			return coded("change episode", err)
		}
		watched, err := doc.watched()
		if err != nil {
			return coded("change episode", err)
		}
		after := episodeToDoc(change(watched))
		if err := s.engine.Replace(ctx, episodes, &after); !errors.Is(err, document.ErrStale) {
			return coded("change episode", err)
		}
	}
}
