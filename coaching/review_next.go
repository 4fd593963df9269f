package coaching

import (
	"math"
	"slices"
)

// The reasons of a [Proposal].
const (
	// ProposeUsual: the realistic tier, for nothing speaks for another.
	ProposeUsual Reason = "propose_realistic"
	// ProposeAfterMiss: the comfortable tier, for the last target was missed
	// by a tenth or more; a target that is met puts the team back on course.
	ProposeAfterMiss Reason = "propose_after_a_miss"
	// ProposeRamping: the comfortable tier, for a tenth or more of the team's
	// normal capacity is ramping or away.
	ProposeRamping Reason = "propose_while_ramping"
	// ProposeStretch: the challenging tier, for the last target was beaten by a
	// tenth or more and history is long enough to bet on.
	ProposeStretch Reason = "propose_a_stretch"
	// ProposeNone: no tier can be offered.
	ProposeNone Reason = "propose_no_target"
)

// Where a proposal turns: attainment that is clearly short or clearly over,
// and capacity that is clearly not all there.
const (
	clearlyMissed = 0.9
	clearlyBeaten = 1.1
	clearlyShort  = 0.9
)

// Proposal is what to go for in the period after a goal's. Its fields are
// plain, to be stored with the review; see [Appraisal] for those that it
// repeats.
type Proposal struct {
	Period Period
	// Expected is what the period is expected to bring, from the history with
	// this goal's figure in it, or the reason why nothing can be told.
	Expected Expectation
	Cautions []Reason
	// Tiers are the targets to choose from, the easiest first. Recommended is
	// the index of the one proposed, -1 where there is none; Why is the
	// reason.
	Tiers       []Tier
	Recommended int
	Why         Reason

	Growth     Growth
	GrowthSpan Span
	Season     SeasonEffect
	Team       TeamEffect
}

// Tier returns the recommended tier; ok is false where there is none.
func (p Proposal) Tier() (tier Tier, ok bool) {
	if p.Recommended < 0 || p.Recommended >= len(p.Tiers) {
		return Tier{}, false
	}
	return p.Tiers[p.Recommended], true
}

// propose appraises the period after the goal's, from history and what the
// goal adds to it, and picks a tier. A member's goal adds its own figure, for
// history then is the member's.
func (r *Review) propose(end Ending) Proposal {
	left := r.Observations
	if r.HasFinal && !r.Partial && !r.Goal.Team() {
		left = []Observation{{Kind: r.Goal.Kind, Period: r.Goal.Period, Value: r.Final}}
	}
	// What history has, from the books perhaps, comes last and so stands where
	// both know a period.
	history := slices.Concat(left, end.History)
	traits := Traits{Kind: r.Goal.Kind, Unit: r.Goal.Unit, Nature: r.Goal.Nature, Better: r.Goal.Better}
	a := Foresee(traits, following(r.Goal.Period), history, end.Roster)
	p := Proposal{
		Period: a.Period, Expected: a.Expectation(), Cautions: a.Cautions, Tiers: a.Tiers, Recommended: -1,
		Growth: a.Growth, GrowthSpan: a.GrowthSpan, Season: a.Season, Team: a.Team,
	}
	wanted := Realistic
	switch {
	case len(a.Tiers) == 0:
		p.Why = ProposeNone
		return p
	case a.Team.Known && a.Team.Now.Share() <= clearlyShort:
		wanted, p.Why = Comfortable, ProposeRamping
	case r.Result == ResultMissed && r.Attainment <= clearlyMissed:
		wanted, p.Why = Comfortable, ProposeAfterMiss
	case r.Result == ResultMet && r.Attainment >= clearlyBeaten && !slices.Contains(a.Cautions, ShortHistory):
		wanted, p.Why = Challenging, ProposeStretch
	default:
		p.Why = ProposeUsual
	}
	p.Recommended = nearestTier(a.Tiers, wanted)
	return p
}

// nearestTier returns the tier of that realism or, where small counts leave it
// out, the one whose chance is nearest to what it is aimed at.
func nearestTier(tiers []Tier, wanted Realism) int {
	aim := tierChances[1]
	switch wanted {
	case Comfortable:
		aim = tierChances[0]
	case Challenging:
		aim = tierChances[2]
	}
	best := 0
	for i, tier := range tiers {
		if math.Abs(tier.Chance-aim) < math.Abs(tiers[best].Chance-aim) {
			best = i
		}
	}
	return best
}
