package coaching

import (
	"math"

	"github.com/shopspring/decimal"
)

// The reasons why there is no chance to be told, beside [TooLittleHistory],
// [HistoryNotFinite] and [NothingHappened].
const (
	// PeriodNotWhole: the period is neither whole months nor whole weeks, so
	// that no figure is like it.
	PeriodNotWhole Reason = "period_not_whole"
	// HistoryOfOtherPeriods: there are figures, but only for longer periods
	// than the goal's, or weeks where months are wanted.
	HistoryOfOtherPeriods Reason = "history_of_other_periods"
	// HistoryTooOld: the last figure is two years and more before the period.
	HistoryTooOld Reason = "history_too_old"
	// PeriodKnown: all of the period's figures are known; there is nothing
	// left to expect.
	PeriodKnown Reason = "period_known"
	// PeriodPartlyUnknown: the period is under way and a figure of its past
	// months is missing.
	PeriodPartlyUnknown Reason = "period_partly_unknown"
)

// Further reasons to read an appraisal with care, beside [ShortHistory].
const (
	// HistoryBridged: a missing figure was bridged from those around it.
	HistoryBridged Reason = "history_bridged"
	// HistoryCut: figures before a gap were not used.
	HistoryCut Reason = "history_cut"
	// TeamChanged: the team's capacity is so different from what it was that
	// its history says little.
	TeamChanged Reason = "team_changed"
)

// Appraisal says what a period is expected to bring, from the history of its
// kind and the capacity of the team, and how realistic a target for it is. It
// is made by [Appraise] and [Foresee] and is a value.
type Appraisal struct {
	Traits Traits
	Period Period

	// Reason is why nothing can be told, empty where it can. Where it is set,
	// only Basis and the figures before mean anything.
	Reason Reason
	// Cautions are reasons to take the numbers with care, the weightiest
	// first.
	Cautions []Reason

	Basis Basis
	// Before is the figure of the period before and YearAgo that of the same
	// period a year before, like for like, where history has them: what "10%
	// more" is more than. They do not hang on there being a forecast.
	Before, YearAgo       decimal.Decimal
	HasBefore, HasYearAgo bool

	// Outcome is the distribution of the period's figure, in the goal's unit.
	// Middle is as likely exceeded as missed; it ends between Low and High
	// four times in five.
	Outcome           Distribution
	Middle, Low, High float64

	// Target is the figure to reach and Chance the probability of that, from 0
	// to 1; Verdict puts it in words. Verdict is empty where there is no
	// target or a Reason.
	Target    decimal.Decimal
	HasTarget bool
	Chance    float64
	Verdict   Realism

	// Tiers are up to three targets to choose from, the easiest first; see
	// [Tier].
	Tiers []Tier

	// Growth is the average growth like for like, from one period of
	// GrowthSpan to the next and from year to year. It is for words.
	Growth     Growth
	GrowthSpan Span
	// Season is what the time of the year does to the period.
	Season SeasonEffect
	// Team is what the team's capacity changes.
	Team TeamEffect
}

// Basis is the history that an appraisal rests on.
type Basis struct {
	// Used is how many figures were used, each for a period of Span, together
	// covering Period.
	Used   int
	Span   Span
	Period Period
	// Fold is how figures of shorter periods become the goal's.
	Fold Fold
	// Bridged counts missing figures that were bridged, Dropped those known
	// before a longer gap and not used.
	Bridged, Dropped int
	// Known counts the figures that already belong to the goal's own period.
	Known int
}

// NeedsReason reports whether the target is so unlikely to be reached that a
// manager is to say why it is set.
func (a Appraisal) NeedsReason() bool { return a.Verdict == Unrealistic }

// undemanding is the chance from which a target asks for nothing.
const undemanding = 0.99

// Undemanding reports whether the target is all but certain to be reached
// without anything being done: it may be meant for a part of the period, or have
// a digit too few.
func (a Appraisal) Undemanding() bool { return a.Verdict != "" && a.Chance >= undemanding }

// Appraise judges how realistic a goal's target is. History holds the final
// figures of whoever the goal belongs to: the team's for a team goal, the
// member's own for a member's. They may be of months, quarters and years at
// once, in any order, with gaps; figures of other kinds are left out. The roster is
// the team, or the member alone ([Roster.Only]); the zero Roster leaves
// capacity out.
//
// The forecast is that of [NewForecast] for exactly the goal's days, however
// long before them history ends, times what the team's capacity is to what it
// was. Months of the goal's own period that are known count as they are. A
// period's growth is never compounded: on real series that misses by orders of
// magnitude.
func Appraise(goal Goal, history []Observation, roster Roster) Appraisal {
	traits := Traits{Kind: goal.Kind, Unit: goal.Unit, Nature: goal.Nature, Better: goal.Better}
	a := Foresee(traits, goal.Period, history, roster)
	if target, known := goal.Target(); known {
		a = a.Against(target)
	}
	return a
}

// Foresee is [Appraise] for a period without a target yet.
func Foresee(traits Traits, period Period, history []Observation, roster Roster) Appraisal {
	a := Appraisal{Traits: traits, Period: period}
	fold := foldOf(traits.Nature)
	seen := sightingsOf(traits.Kind, history)
	like := newLikeForLike(period, fold, seen)
	a.compare(like)
	s, reason := chooseTrail(period, fold, seen)
	a.Basis = Basis{Used: len(s.values), Fold: fold}
	if len(s.values) > 0 {
		a.Basis.Span, a.Basis.Period = s.grid.span, s.period()
		a.Basis.Bridged, a.Basis.Dropped = s.bridged, s.dropped
	}
	if reason != "" {
		a.Reason = reason
		return a
	}
	first, last := s.grid.ordinal(period.From), s.grid.ordinal(period.To)
	switch {
	case last <= s.last:
		a.Reason = PeriodKnown
		return a
	case first <= s.last-len(s.values) && fold != FoldLast:
		a.Reason = PeriodPartlyUnknown
		return a
	case first-s.last > oldestHistory*s.grid.perYear():
		a.Reason = HistoryTooOld
		return a
	}
	forecast, err := NewForecast(s.values, s.grid.perYear(), last-s.last)
	if err != nil {
		a.Reason = reasonOf(err)
		return a
	}
	if forecast.Caution() == NothingHappened {
		a.Reason = NothingHappened
		return a
	}
	view := periodView{fold: fold, forecast: forecast, from: max(first-s.last, 1), to: last - s.last}
	if first <= s.last {
		view.known = s.values[max(len(s.values)-(s.last-first+1), 0):]
		a.Basis.Known = len(view.known)
	}
	if traits.Nature == Sum {
		a.Team = roster.effect(period, s, forecast.reaction)
	}
	a.Outcome = view.outcome(a.Team.factor())
	if traits.Unit == Percent {
		a.Outcome = a.Outcome.Clamped(math.Inf(-1), 100)
	}
	a.Middle = a.Outcome.Median()
	a.Low, a.High = a.Outcome.Within80()
	a.Season = view.season()
	a.addGrowth(s, like)
	a.Cautions = cautionsOf(s, forecast, a.Team)
	a.Tiers = tiersOf(a)
	return a
}

// oldestHistory is how many years may lie between history and a period.
const oldestHistory = 2

// Against returns the appraisal of another target for the same period, such as
// one that is tried out in a dialog.
func (a Appraisal) Against(target decimal.Decimal) Appraisal {
	a.Target, a.HasTarget = target, true
	a.Chance, a.Verdict = 0, ""
	if a.Reason == "" {
		a.Chance = a.ChanceOf(target)
		a.Verdict = RealismOf(a.Chance)
	}
	return a
}

// ChanceOf returns the probability of reaching a target in the better
// direction. Counts come in whole numbers, so ten are reached from nine and a
// half of the forecast's smooth scale (the usual continuity correction).
func (a Appraisal) ChanceOf(target decimal.Decimal) float64 {
	if a.Reason != "" {
		return 0
	}
	return a.Outcome.Reach(target.InexactFloat64()-a.countShift(), a.Traits.Better)
}

// countShift is what a target is moved by on the forecast's smooth scale.
func (a Appraisal) countShift() float64 {
	switch {
	case a.Traits.Unit != Count || a.Traits.Nature != Sum:
		return 0
	case a.Traits.Better == Lower:
		return -0.5
	default:
		return 0.5
	}
}

// cautionsOf lists what to be careful about.
func cautionsOf(s trail, forecast *Forecast, team TeamEffect) []Reason {
	var cautions []Reason
	if team.Changed() {
		cautions = append(cautions, TeamChanged)
	}
	if caution := forecast.Caution(); caution != "" {
		cautions = append(cautions, caution)
	}
	if s.dropped > 0 {
		cautions = append(cautions, HistoryCut)
	}
	if s.bridged > 0 {
		cautions = append(cautions, HistoryBridged)
	}
	return cautions
}
