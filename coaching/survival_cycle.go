package coaching

import (
	"math"
	"slices"
	"strings"
)

// Deal is a deal from its opening to its end.
type Deal struct {
	// Type is the kind of deal that cycles are told apart by: new business,
	// renewal, a product.
	Type   string
	Opened Date
	// Closed is when it was won or lost; the zero date while it is open.
	Closed Date
	Fate   Fate
}

// CycleOf returns the cycle of deals as they stood at the end of a day: deals
// opened later are left out, and deals closed later were still open then.
// Comparing two stretches of time on the same footing is a matter of giving
// each its deals and its own last day. A deal closed before it was opened is
// Invalid ("deal_closed_before_opened").
func CycleOf(deals []Deal, through Date) (Survival, error) {
	spells := make([]Spell, 0, len(deals))
	until := through.serial()
	for _, deal := range deals {
		opened := deal.Opened.serial()
		if opened > until {
			continue
		}
		spell := Spell{Days: until - opened, Fate: FateOpen}
		if !deal.Closed.IsZero() && deal.Fate != FateOpen {
			closed := deal.Closed.serial()
			if closed < opened {
				return Survival{}, Refuse("deal_closed_before_opened")
			}
			if closed <= until {
				spell = Spell{Days: closed - opened, Fate: deal.Fate}
			}
		}
		spells = append(spells, spell)
	}
	return NewSurvival(spells)
}

// CycleState says whether a sales cycle came down as wanted.
type CycleState string

// The states of a cycle against its target.
const (
	CycleMet    CycleState = "cycle_met"
	CycleShort  CycleState = "cycle_short" // not yet as short as wanted
	CycleUnsure CycleState = "cycle_unsure"
)

// The reasons of a cycle's state.
const (
	// ReasonCycleFewDeals: a side has fewer than [CycleFewest] wins.
	ReasonCycleFewDeals Reason = "cycle_few_deals"
	// ReasonCycleStillOpen: more than half of a side's winners are still open.
	ReasonCycleStillOpen Reason = "cycle_mostly_open"
	// ReasonCycleClear: the bounds of the change lie on one side of the target.
	ReasonCycleClear Reason = "cycle_beyond_chance"
	// ReasonCycleChance: the medians say met or short, their bounds say that it
	// may be chance.
	ReasonCycleChance Reason = "cycle_within_chance"
)

// CycleFewest is how many wins a median wants: all of five lie on one side of
// it with probability 2·(1/2)⁵ = 6%, so fewer than six have no 95% bounds.
const CycleFewest = 6

// CycleChange is the sales cycle of one type of deal, before and now.
type CycleChange struct {
	Type   string
	State  CycleState
	Reason Reason

	Before, Now       Wait // medians, in days
	BeforeWon, NowWon int  // wins they rest on
	BeforeOpen        int  // deals that were open then
	NowOpen           int  // deals that are open now
	// Wanted is the change sought and Change the one seen, in percent; both
	// are negative where the cycle gets shorter. Low and High hold the true
	// change 19 times in 20; without an upper bound of a median the one is
	// -100, the other +Inf.
	Wanted, Change, Low, High float64
	// Target is the median sought, in days.
	Target float64
	// Needs is about how many wins on each side would show a change of the
	// wanted size four times in five; 0 where it is not known.
	Needs int
}

// JudgeCycle says whether the median cycle changed by as many percent as
// wanted, such as -5, with the deals still open counted as such.
//
// The change of one median against another is bounded on the log scale by the
// bounds of both (Zou and Donner 2008). The wins needed are those of comparing
// two means of log days: 2·(z_a+z_b)²·σ²/log(1+wanted)² (Lachin 1981), with σ
// taken from the quartiles, which are 1.35σ apart. For small changes they run
// into the thousands, which is worth knowing before 5% are celebrated.
func JudgeCycle(kind string, before, now Survival, wanted float64) CycleChange {
	c := CycleChange{Type: kind, Wanted: wanted, Before: before.Median(), Now: now.Median(), State: CycleUnsure}
	c.BeforeWon, _, c.BeforeOpen = before.Counts()
	c.NowWon, _, c.NowOpen = now.Counts()
	c.Low, c.High = -100, math.Inf(1)
	if c.Before.Known {
		c.Target = float64(c.Before.Days) * (1 + wanted/100)
	}
	c.Needs = cycleNeeds(before, wanted)
	switch {
	case c.BeforeWon < CycleFewest || c.NowWon < CycleFewest:
		c.Reason = ReasonCycleFewDeals
		return c
	case !c.Before.Known || !c.Now.Known:
		c.Reason = ReasonCycleStillOpen
		return c
	}
	c.State, c.Reason = CycleShort, ReasonCycleChance
	if float64(c.Now.Days) <= c.Target+1e-9 {
		c.State = CycleMet
	}
	if c.Before.Days > 0 {
		c.Change = 100 * (float64(c.Now.Days)/float64(c.Before.Days) - 1)
	}
	c.Low, c.High = changeWithin(c.Before, c.Now)
	if c.High <= wanted || c.Low > wanted {
		c.Reason, c.Needs = ReasonCycleClear, 0
	}
	return c
}

// changeWithin returns the bounds in percent of a median against the one
// before it. Days are at least half a one: a deal won on its first day took
// some of it.
func changeWithin(before, now Wait) (low, high float64) {
	log := func(days int) float64 { return math.Log(max(float64(days), 0.5)) }
	change := log(now.Days) - log(before.Days)
	low, high = -100, math.Inf(1)
	if now.LowKnown && before.HighKnown {
		low = 100 * math.Expm1(change-math.Hypot(log(now.Days)-log(now.Low), log(before.High)-log(before.Days)))
	}
	if now.HighKnown && before.LowKnown {
		high = 100 * math.Expm1(change+math.Hypot(log(now.High)-log(now.Days), log(before.Days)-log(before.Low)))
	}
	return low, high
}

func cycleNeeds(before Survival, wanted float64) int {
	const quartilesApart = 1.349 // of a normal distribution, in deviations
	first, third := before.Quantile(0.25), before.Quantile(0.75)
	if !first.Known || !third.Known || first.Days == 0 || wanted <= -100 || wanted == 0 {
		return 0
	}
	spread := math.Log(float64(third.Days)/float64(first.Days)) / quartilesApart
	ratio := (bounds95 + scorePower) * spread / math.Log1p(wanted/100)
	return max(roundUp(2*ratio*ratio), CycleFewest)
}

// JudgeCycles is [JudgeCycle] for every type of deal that is in either list, in
// the order of their names. Each list is taken as it stood at the end of its
// day; wanted names the change sought by type, with that of "" for types that
// it does not name.
func JudgeCycles(before []Deal, beforeThrough Date, now []Deal, nowThrough Date, wanted map[string]float64) ([]CycleChange, error) {
	was, is := dealsByType(before), dealsByType(now)
	types := make([]string, 0, len(was)+len(is))
	for kind := range was {
		types = append(types, kind)
	}
	for kind := range is {
		types = append(types, kind)
	}
	slices.SortFunc(types, strings.Compare)
	changes := make([]CycleChange, 0, len(types))
	for _, kind := range slices.Compact(types) {
		earlier, err := CycleOf(was[kind], beforeThrough)
		if err != nil {
			return nil, err
		}
		current, err := CycleOf(is[kind], nowThrough)
		if err != nil {
			return nil, err
		}
		percent, named := wanted[kind]
		if !named {
			percent = wanted[""]
		}
		changes = append(changes, JudgeCycle(kind, earlier, current, percent))
	}
	return changes, nil
}

func dealsByType(deals []Deal) map[string][]Deal {
	byType := make(map[string][]Deal)
	for _, deal := range deals {
		byType[deal.Type] = append(byType[deal.Type], deal)
	}
	return byType
}
