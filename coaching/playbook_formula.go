package coaching

import "github.com/shopspring/decimal"

// Formula names how the figure of a kind is computed from what happened. The
// sources are textbooks; where they differ, the plainer form is taken, as a
// figure that a team can check by hand is one that it will trust.
type Formula string

// The formulas.
const (
	// FormulaRevenue adds up the amounts of deals won in the period. A goal on
	// recurring revenue is a level instead: what all contracts in force at the
	// period's end bring.
	FormulaRevenue Formula = "sum_of_won"
	// FormulaChurn is customers lost in the period over customers at its start
	// (Farris, Bendle, Pfeifer and Reibstein, "Marketing Metrics", on customers
	// and retention); see [ChurnOf].
	FormulaChurn Formula = "lost_over_start"
	// FormulaMargin is revenue less the cost of what was sold, over revenue
	// ("Marketing Metrics", on margins).
	FormulaMargin Formula = "margin_over_revenue"
	// FormulaCLV is the margin that a customer brings in a period, over the
	// share of customers lost in one: with constant margin and churn and no
	// discounting the expected sum is m / c (Gupta and Lehmann, "Managing
	// Customers as Investments", chapter 2, with a discount rate of 0).
	FormulaCLV Formula = "margin_per_customer_over_churn"
	// FormulaCAC is what was spent on marketing and sales in the period, over
	// customers won in it ("Marketing Metrics", on acquisition cost). Where
	// sales take months, the spending of the months before is the better
	// numerator; the caller chooses it.
	FormulaCAC Formula = "spend_over_new"
	// FormulaWinRate is deals won over deals decided. Open deals are in
	// neither.
	FormulaWinRate Formula = "won_over_decided"
	// FormulaCycle is the median of days from opening to winning, with open
	// deals counted for as long as they have been open (Kaplan and Meier 1958);
	// see [NewSurvival].
	FormulaCycle Formula = "median_days_to_win"
	// FormulaCount counts what was done: leads that entered, calls, e-mails,
	// meetings, or what a custom goal counts.
	FormulaCount Formula = "count"
)

// Tally is what happened in a period, as far as formulas ask for it. Money is
// in one currency.
type Tally struct {
	Revenue decimal.Decimal // earned in the period
	Cost    decimal.Decimal // of what was sold: what grows with every sale
	Spend   decimal.Decimal // on marketing and sales, to win customers
	Pieces  decimal.Decimal // leads, calls or whatever else is counted
	Won     int             // customers won in the period
	Deals   Rate            // deals won of those decided
	Churn   Rate            // customers lost of those at the start
	Cycle   Survival        // of the deals that are taken together
}

// ReasonFigureUnknown is that of a figure that the tally cannot tell: a share
// of nothing, a lifetime when nobody was lost, a median not yet reached.
const ReasonFigureUnknown Reason = "figure_unknown"

// Figure computes the figure of a period, rounded to six places. The error is
// Invalid with [ReasonFigureUnknown] where the tally lacks what the formula
// divides by.
func (f Formula) Figure(tally Tally) (decimal.Decimal, error) {
	unknown := func() (decimal.Decimal, error) { return decimal.Zero, Refuse(ReasonFigureUnknown) }
	switch f {
	case FormulaRevenue:
		return tally.Revenue, nil
	case FormulaCount:
		return tally.Pieces, nil
	case FormulaChurn:
		return rateFigure(tally.Churn)
	case FormulaWinRate:
		return rateFigure(tally.Deals)
	case FormulaMargin:
		if margin, known := MarginOf(tally.Revenue, tally.Cost); known {
			return margin, nil
		}
		return unknown()
	case FormulaCLV:
		if tally.Churn.Hits == 0 {
			return unknown()
		}
		// Margin per customer over churn: (m/n) / (lost/n), so n falls out.
		lost := decimal.NewFromInt(int64(tally.Churn.Hits))
		return tally.Revenue.Sub(tally.Cost).DivRound(lost, maxPlaces), nil
	case FormulaCAC:
		if tally.Won == 0 {
			return unknown()
		}
		return tally.Spend.DivRound(decimal.NewFromInt(int64(tally.Won)), maxPlaces), nil
	case FormulaCycle:
		if median := tally.Cycle.Median(); median.Known {
			return decimal.NewFromInt(int64(median.Days)), nil
		}
	}
	return unknown()
}

func rateFigure(rate Rate) (decimal.Decimal, error) {
	if rate.Of <= 0 {
		return decimal.Zero, Refuse(ReasonFigureUnknown)
	}
	hits, of := decimal.NewFromInt(int64(rate.Hits)), decimal.NewFromInt(int64(rate.Of))
	return hits.Mul(hundred).DivRound(of, maxPlaces), nil
}
