package store

import (
	"context"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

const maxFigures = 1000

type figureDoc struct {
	document.Header
	Workspace string `json:"workspace"`
	Kind      string `json:"kind"`
	Span      string `json:"span"`
	From      string `json:"from"`
	To        string `json:"to"`
	Value     string `json:"value"`
}

// SaveObservation stores the final figure of a kind for a period, in place of
// an earlier one.
func (s *Store) SaveObservation(ctx context.Context, workspace coaching.WorkspaceID, observation coaching.Observation) error {
	period := observation.Period
	doc := figureDoc{
		Header:    document.Header{ID: fmt.Sprintf("%s/%s/%s/%s", workspace, observation.Kind, period.Span, period.From)},
		Workspace: string(workspace), Kind: string(observation.Kind),
		Span: string(period.Span), From: period.From.String(), To: period.To.String(),
		Value: observation.Value.String(),
	}
	return coded("save figure", put(ctx, s.engine, figures, &doc, &figureDoc{}))
}

// Observations returns a workspace's final figures of a kind, oldest first.
func (s *Store) Observations(ctx context.Context, workspace coaching.WorkspaceID, kind coaching.Kind) ([]coaching.Observation, error) {
	var found []coaching.Observation
	query := document.Query{Index: "by_kind", Equal: []any{string(workspace), string(kind)}, Limit: maxFigures}
	err := s.engine.Find(ctx, figures, query, func(decode document.Decode) error {
		var doc figureDoc
		if err := decode(&doc); err != nil {
			return err
		}
		observation, err := doc.observation()
		found = append(found, observation)
		return err
	})
	return found, coded("find figures", err)
}

func (d figureDoc) observation() (coaching.Observation, error) {
	from, err := coaching.ParseDate(d.From)
	if err != nil {
		return coaching.Observation{}, err
	}
	to, err := coaching.ParseDate(d.To)
	if err != nil {
		return coaching.Observation{}, err
	}
	value, err := decimal.NewFromString(d.Value)
	if err != nil {
		return coaching.Observation{}, fmt.Errorf("figure %s: %w", d.ID, err)
	}
	return coaching.Observation{
		Kind: coaching.Kind(d.Kind), Period: coaching.Period{Span: coaching.Span(d.Span), From: from, To: to}, Value: value,
	}, nil
}
