package store

import (
	"errors"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

// booksDoc keeps what a workspace's targets are checked with. Amounts that are
// empty, like fields that an older document lacks, are not set.
type booksDoc struct {
	Salaries   string     `json:"salaries"`
	Production string     `json:"production"`
	Marketing  string     `json:"marketing"`
	Overhead   string     `json:"overhead"`
	Margin     string     `json:"margin"`
	Stages     []stageDoc `json:"stages"`
	End        string     `json:"end"`
	Deal       string     `json:"deal"`
	Deals      int64      `json:"deals"`
	Variation  float64    `json:"variation"`
}

type stageDoc struct {
	ID   string `json:"id"`
	Hits int64  `json:"hits"`
	Of   int64  `json:"of"`
}

// booksToDoc returns nil where nothing is set.
func booksToDoc(workspace coaching.Workspace) *booksDoc {
	costs, deal := workspace.Costs, workspace.Deal
	if costs.Total().IsZero() && !workspace.HasMargin && workspace.Funnel.IsZero() && deal.Deals == 0 {
		return nil
	}
	doc := &booksDoc{
		Salaries: costs.Salaries.String(), Production: costs.Production.String(),
		Marketing: costs.Marketing.String(), Overhead: costs.Overhead.String(),
		Stages: []stageDoc{}, End: workspace.Funnel.End(),
	}
	if workspace.HasMargin {
		doc.Margin = workspace.Margin.String()
	}
	for _, stage := range workspace.Funnel.Stages() {
		doc.Stages = append(doc.Stages, stageDoc{ID: stage.ID, Hits: int64(stage.Onward.Hits), Of: int64(stage.Onward.Of)})
	}
	if deal.Deals > 0 {
		doc.Deal, doc.Deals, doc.Variation = deal.Mean.String(), int64(deal.Deals), deal.Variation
	}
	return doc
}

// addTo sets what the document has of a workspace.
func (d *booksDoc) addTo(workspace *coaching.Workspace) error {
	if d == nil {
		return nil
	}
	var errs []error
	amount := func(text string) decimal.Decimal {
		if text == "" {
			return decimal.Zero
		}
		value, err := decimal.NewFromString(text)
		errs = append(errs, err)
		return value
	}
	workspace.Costs = coaching.Costs{
		Salaries: amount(d.Salaries), Production: amount(d.Production),
		Marketing: amount(d.Marketing), Overhead: amount(d.Overhead),
	}
	workspace.Margin, workspace.HasMargin = amount(d.Margin), d.Margin != ""
	if d.Deals > 0 {
		workspace.Deal = coaching.DealSize{Mean: amount(d.Deal), Deals: int(d.Deals), Variation: d.Variation}
	}
	if len(d.Stages) > 0 {
		stages := make([]coaching.FunnelStage, len(d.Stages))
		for i, stage := range d.Stages {
			stages[i] = coaching.FunnelStage{ID: stage.ID, Onward: coaching.Rate{Hits: int(stage.Hits), Of: int(stage.Of)}}
		}
		var err error
		workspace.Funnel, err = coaching.NewFunnel(d.End, stages...)
		errs = append(errs, err)
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("books: %w", err)
	}
	return nil
}
