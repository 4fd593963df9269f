package coaching

import (
	"math"
	"slices"

	"github.com/shopspring/decimal"
)

// The reasons that a need is told with.
const (
	// ReasonNeedSound rests on rates with enough cases.
	ReasonNeedSound Reason = "need_sound"
	// ReasonNeedFewCases rests on a rate with too few of them; Cases of the
	// need says how many it wants.
	ReasonNeedFewCases Reason = "need_few_cases"
	// ReasonNeedNoRate ends the walk: at this stage nothing has gone on yet,
	// so nobody can say what would be needed before it.
	ReasonNeedNoRate Reason = "need_no_rate"
	// ReasonNeedTooMany ends the walk too: more than a billion pieces.
	ReasonNeedTooMany Reason = "need_too_many"
	// ReasonDealSizeFew says that the average deal rests on too few deals.
	ReasonDealSizeFew Reason = "deal_size_few_deals"
)

// Need is how many pieces a stage wants for a gap.
type Need struct {
	Stage string
	// Pieces is rounded up: there is no half a call.
	Pieces int
	// Rate is what the pieces of this stage were worked out with: the share of
	// them that goes on.
	Rate   Rate
	Reason Reason
	// Cases is about how many cases the rate wants in all, where it has too
	// few ([Rate.CasesToPlan]).
	Cases int
}

// GapPlan is a gap translated into the work before it.
type GapPlan struct {
	// Gap is how much is missing at Stage, in its pieces.
	Gap   float64
	Stage string
	// Needs are the stages before it, the nearest first.
	Needs []Need
	// Reason is the first of the needs that is not sound, of the deal size
	// where that is not, else ReasonNeedSound.
	Reason Reason
	// Deals and Size are filled where the gap was in money.
	Deals int
	Size  DealSize
}

// Translate says what a gap at a stage takes before it: 2 deals at a win rate
// of 25% are 8 qualified leads, and at 2 leads from 5 calls 20 calls. Each need
// is the gap divided by every rate on the way and only then rounded up, so
// that roundings don't pile up. A gap of nothing or less takes nothing. A stage
// that is not of the funnel, or the first, which has none before it, is
// Invalid ("stage_unknown", "stage_first").
func (f Funnel) Translate(stage string, gap float64) (GapPlan, error) {
	last, ok := f.index(stage)
	switch {
	case !ok:
		return GapPlan{}, Refuse("stage_unknown")
	case last == 0:
		return GapPlan{}, Refuse("stage_first")
	case !isFinite(gap) || gap > mostPieces:
		return GapPlan{}, Refuse("figure_too_large")
	}
	plan := GapPlan{Gap: max(gap, 0), Stage: stage, Reason: ReasonNeedSound}
	pieces := plan.Gap
	for _, before := range slices.Backward(f.stages[:last]) {
		need := Need{Stage: before.ID, Rate: before.Onward, Reason: ReasonNeedSound}
		switch {
		case before.Onward.Hits == 0:
			need.Reason, need.Cases = ReasonNeedNoRate, before.Onward.CasesToPlan()
		case pieces/before.Onward.share() > mostPieces:
			need.Reason = ReasonNeedTooMany
		default:
			pieces /= before.Onward.share()
			need.Pieces = roundUp(pieces)
			if cases := before.Onward.CasesToPlan(); before.Onward.Of < cases {
				need.Reason, need.Cases = ReasonNeedFewCases, cases
			}
		}
		plan.Needs = append(plan.Needs, need)
		if plan.Reason == ReasonNeedSound {
			plan.Reason = need.Reason
		}
		if need.Reason == ReasonNeedNoRate || need.Reason == ReasonNeedTooMany {
			break
		}
	}
	return plan, nil
}

// TranslateMoney is [Funnel.Translate] for a gap in money at the funnel's end:
// the gap over the average deal is the deals that are missing. A size without
// deals is Invalid ("deal_size_missing").
func (f Funnel) TranslateMoney(gap decimal.Decimal, size DealSize) (GapPlan, error) {
	if size.Deals == 0 || size.Mean.Sign() <= 0 {
		return GapPlan{}, Refuse("deal_size_missing")
	}
	deals := gap.InexactFloat64() / size.Mean.InexactFloat64()
	plan, err := f.Translate(f.end, deals)
	if err != nil {
		return GapPlan{}, err
	}
	plan.Deals, plan.Size = roundUp(deals), size
	if plan.Reason == ReasonNeedSound && size.Deals < size.DealsToPlan() {
		plan.Reason = ReasonDealSizeFew
	}
	return plan, nil
}

// NeedAt returns what a stage needs; found is false where the plan does not
// reach it or its rates cannot tell.
func (p GapPlan) NeedAt(stage string) (need Need, found bool) {
	for _, need := range p.Needs {
		if need.Stage == stage && need.Reason != ReasonNeedNoRate && need.Reason != ReasonNeedTooMany {
			return need, true
		}
	}
	return Need{}, false
}

// DealSize is what a won deal brings, and how many that is known from.
type DealSize struct {
	Mean  decimal.Decimal
	Deals int
	// Variation is the standard deviation over the mean, 0 where one deal
	// cannot tell.
	Variation float64
}

// DealSizeOf returns the size of deals from the amounts of won ones. It is the
// mean and not the median, because many deals bring their number times the
// mean.
func DealSizeOf(amounts []decimal.Decimal) DealSize {
	size := DealSize{Deals: len(amounts)}
	if size.Deals == 0 {
		return size
	}
	var total decimal.Decimal
	for _, amount := range amounts {
		total = total.Add(amount)
	}
	size.Mean = total.DivRound(decimal.NewFromInt(int64(size.Deals)), maxPlaces)
	size.Variation = variation(amounts, size.Mean.InexactFloat64())
	return size
}

// NewDealSize returns the size of deals of which only the mean and their number
// are known. How much they vary is then taken to be as much as the mean itself,
// as [DealSize.DealsToPlan] does for a single deal. A mean or a number that is
// not above zero is Invalid ("deal_not_positive").
func NewDealSize(mean decimal.Decimal, deals int) (DealSize, error) {
	if mean.Sign() <= 0 || deals <= 0 {
		return DealSize{}, Refuse("deal_not_positive")
	}
	return DealSize{Mean: mean, Deals: deals, Variation: 1}, nil
}

// DealsToPlan returns how many deals the mean wants before it can be planned
// with: z²·v²/r² for a variation v and a leeway r of a third (Cochran,
// "Sampling Techniques", 1977, section 4.6).
func (s DealSize) DealsToPlan() int {
	v := s.Variation
	if s.Deals < 2 {
		v = 1
	}
	return max(roundUp(bounds80*bounds80*v*v/(planLeeway*planLeeway)), 2)
}

func variation(amounts []decimal.Decimal, mean float64) float64 {
	if len(amounts) < 2 || mean == 0 {
		return 0
	}
	squares := 0.0
	for _, amount := range amounts {
		off := amount.InexactFloat64() - mean
		squares += off * off
	}
	return math.Sqrt(squares/float64(len(amounts)-1)) / math.Abs(mean)
}
