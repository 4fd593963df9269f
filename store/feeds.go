package store

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

// feedsDoc says of a workspace's sources how they are fed.
type feedsDoc struct {
	document.Header
	Feeds []feedDoc `json:"feeds"`
}

type feedDoc struct {
	Source string        `json:"source"`
	First  string        `json:"first"`
	Since  document.Time `json:"since"`
	Last   document.Time `json:"last"`
	Days   []string      `json:"days"`
}

// Feeds returns how a workspace's sources are fed, none where no event came. They
// must not be changed.
func (s *Store) Feeds(ctx context.Context, workspace coaching.WorkspaceID) (coaching.Feeds, error) {
	feeds, err := s.fed.read(workspace, func() (coaching.Feeds, error) {
		feeds, _, err := s.readFeeds(ctx, workspace)
		return feeds, err
	})
	return feeds, coded("read feeds", err)
}

func (s *Store) readFeeds(ctx context.Context, workspace coaching.WorkspaceID) (found coaching.Feeds, revision int64, err error) {
	var doc feedsDoc
	err = s.engine.Get(ctx, feeds, string(workspace), &doc)
	if errors.Is(err, document.ErrNotFound) {
		return nil, 0, nil
	}
	for _, feed := range doc.Feeds {
		known := coaching.Feed{Source: coaching.FeedSource(feed.Source), Since: feed.Since.Time, Last: feed.Last.Time}
		var wrong error
		known.First, wrong = optionalDate(feed.First)
		err = errors.Join(err, wrong)
		for _, text := range feed.Days {
			day, wrong := coaching.ParseDate(text)
			err = errors.Join(err, wrong)
			known.Days = append(known.Days, day)
		}
		found = append(found, known)
	}
	return found, doc.Revision, err
}

// feed notes that a batch was received.
func (s *Store) feed(ctx context.Context, b *batch) error {
	first := make(map[coaching.FeedSource]coaching.Date)
	for _, in := range b.known {
		source := coaching.FeedOf(in.event)
		earliest, seen := first[source]
		kind, id := in.event.About()
		g := b.subjects[subjectRef{kind, id}]
		if g == nil || len(g.state.Touched) == 0 {
			continue
		}
		if from := g.state.Touched[0].From; !seen || from.Before(earliest) {
			first[source] = from
		}
	}
	for len(first) > 0 {
		known, revision, err := s.readFeeds(ctx, b.workspace.ID)
		if err != nil {
			return coded("read feeds", err)
		}
		next, changed := slices.Clone(known), false
		for _, source := range slices.Sorted(maps.Keys(first)) {
			at := slices.IndexFunc(next, func(feed coaching.Feed) bool { return feed.Source == source })
			if at < 0 {
				at, next = len(next), append(next, coaching.Feed{Source: source})
			}
			fed := next[at].Received(first[source], b.now, b.workspace.Location())
			changed = changed || !fed.Equal(next[at])
			next[at] = fed
		}
		if !changed {
			return nil
		}
		doc := feedsToDoc(b.workspace.ID, next)
		doc.Revision = revision
		err = s.fed.change(func() error {
			if revision == 0 {
				return s.engine.Insert(ctx, feeds, &doc)
			}
			return s.engine.Replace(ctx, feeds, &doc)
		}, notStored)
		if !errors.Is(err, document.ErrStale) && !errors.Is(err, document.ErrTaken) {
			return coded("save feeds", err)
		}
	}
	return nil
}

func feedsToDoc(workspace coaching.WorkspaceID, known coaching.Feeds) feedsDoc {
	doc := feedsDoc{Header: document.Header{ID: string(workspace)}, Feeds: make([]feedDoc, len(known))}
	for i, feed := range known {
		doc.Feeds[i] = feedDoc{
			Source: string(feed.Source), First: dateText(feed.First),
			Since: document.At(feed.Since), Last: document.At(feed.Last), Days: make([]string, len(feed.Days)),
		}
		for n, day := range feed.Days {
			doc.Feeds[i].Days[n] = day.String()
		}
	}
	return doc
}
