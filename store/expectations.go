package store

import (
	"context"
	"errors"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

// expectationFields are an expectation's, kept by itself and within reviews.
type expectationFields struct {
	Reason  string  `json:"reason"`
	Middle  float64 `json:"middle"`
	Low     float64 `json:"low"`
	High    float64 `json:"high"`
	Target  string  `json:"target"`
	Chance  float64 `json:"chance"`
	Verdict string  `json:"verdict"`
	Used    int64   `json:"used"`
	Span    string  `json:"span"`
}

type expectationDoc struct {
	document.Header
	Workspace   string            `json:"workspace"`
	Goal        int64             `json:"goal"`
	Expectation expectationFields `json:"expectation"`
}

func expectationToFields(e coaching.Expectation) expectationFields {
	return expectationFields{
		Reason: string(e.Reason), Middle: e.Middle, Low: e.Low, High: e.High,
		Target: e.Target.String(), Chance: e.Chance, Verdict: string(e.Verdict),
		Used: int64(e.Used), Span: string(e.Span),
	}
}

func (f expectationFields) expectation() (coaching.Expectation, error) {
	target, err := decimal.NewFromString(f.Target)
	return coaching.Expectation{
		Reason: coaching.Reason(f.Reason), Middle: f.Middle, Low: f.Low, High: f.High,
		Target: target, Chance: f.Chance, Verdict: coaching.Realism(f.Verdict),
		Used: int(f.Used), Span: coaching.Span(f.Span),
	}, err
}

// SaveExpectation keeps what was expected of a goal when it was set. What was
// kept first stays: a forecast that is made later knows too much.
func (s *Store) SaveExpectation(ctx context.Context, workspace coaching.WorkspaceID, number int, expected coaching.Expectation) error {
	doc := expectationDoc{
		Header:    document.Header{ID: goalKey(workspace, number)},
		Workspace: string(workspace), Goal: int64(number), Expectation: expectationToFields(expected),
	}
	if err := s.engine.Insert(ctx, expectations, &doc); err != nil && !errors.Is(err, document.ErrTaken) {
		return coded("save expectation", err)
	}
	return nil
}

// Expectation returns what was expected of a goal when it was set, or NotFound.
func (s *Store) Expectation(ctx context.Context, workspace coaching.WorkspaceID, number int) (coaching.Expectation, error) {
	var doc expectationDoc
	if err := s.engine.Get(ctx, expectations, goalKey(workspace, number), &doc); err != nil {
		return coaching.Expectation{}, coded("read expectation", err)
	}
	expected, err := doc.Expectation.expectation()
	return expected, coded("read expectation", err)
}
