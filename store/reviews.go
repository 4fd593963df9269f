package store

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

// SaveReview keeps a goal's review for ever. A goal has one: where it is there
// already, the stored one is returned and repeated is true.
func (s *Store) SaveReview(ctx context.Context, review coaching.Review) (stored coaching.Review, repeated bool, err error) {
	doc := reviewToDoc(review)
	switch err := s.engine.Insert(ctx, reviews, &doc); {
	case err == nil:
		stored, err = doc.review()
		return stored, false, coded("save review", err)
	case !errors.Is(err, document.ErrTaken):
		return coaching.Review{}, false, coded("save review", err)
	}
	stored, err = s.Review(ctx, review.Goal.Workspace, review.Goal.Number)
	return stored, true, err
}

// Review returns a goal's review, or NotFound.
func (s *Store) Review(ctx context.Context, workspace coaching.WorkspaceID, number int) (coaching.Review, error) {
	var doc reviewDoc
	if err := s.engine.Get(ctx, reviews, goalKey(workspace, number), &doc); err != nil {
		return coaching.Review{}, coded("read review", err)
	}
	review, err := doc.review()
	return review, coded("read review", err)
}

// Reviews returns a workspace's reviews of goals of a kind, those whose period
// ended last first, up to the limit.
func (s *Store) Reviews(ctx context.Context, workspace coaching.WorkspaceID, kind coaching.Kind, limit int) ([]coaching.Review, error) {
	var found []coaching.Review
	query := document.Query{
		Index: "by_kind", Equal: []any{string(workspace), string(kind)}, Descending: true, Limit: limit,
	}
	err := s.engine.Find(ctx, reviews, query, func(decode document.Decode) error {
		var doc reviewDoc
		if err := decode(&doc); err != nil {
			return err
		}
		review, err := doc.review()
		found = append(found, review)
		return err
	})
	return found, coded("find reviews", err)
}

// AddLessons adds a paragraph to the lessons of a goal's review and returns the
// review, or NotFound. A paragraph that is there already is not added again.
// Lessons beyond [coaching.MaxText] characters in all are Invalid with reason
// "text_too_long".
func (s *Store) AddLessons(ctx context.Context, workspace coaching.WorkspaceID, number int, lessons string, by coaching.MemberID) (coaching.Review, error) {
	for {
		var doc reviewDoc
		if err := s.engine.Get(ctx, reviews, goalKey(workspace, number), &doc); err != nil {
			return coaching.Review{}, coded("add lessons", err)
		}
		paragraphs := strings.Split(doc.Lessons, "\n")
		if doc.Lessons == "" {
			paragraphs = nil
		}
		if slices.Contains(paragraphs, lessons) {
			review, err := doc.review()
			return review, coded("add lessons", err)
		}
		doc.Lessons, doc.LessonsBy = strings.Join(append(paragraphs, lessons), "\n"), string(by)
		if utf8.RuneCountInString(doc.Lessons) > coaching.MaxText {
			return coaching.Review{}, coaching.Refuse("text_too_long")
		}
		switch err := s.engine.Replace(ctx, reviews, &doc); {
		case err == nil:
			review, err := doc.review()
			return review, coded("add lessons", err)
		case !errors.Is(err, document.ErrStale):
			return coaching.Review{}, coded("add lessons", err)
		}
	}
}
