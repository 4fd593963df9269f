package coaching

// RateState says what a rate's cases can tell about a target.
type RateState string

// The states of a rate against a target.
const (
	RateMet    RateState = "rate_met"
	RateShort  RateState = "rate_short"
	RateUnsure RateState = "rate_unsure" // too few cases to tell
)

// The reasons of a rate's state.
const (
	ReasonRateNoCases  Reason = "rate_no_cases"
	ReasonRateFewCases Reason = "rate_few_cases"       // the target lies within the bounds
	ReasonRateAtTarget Reason = "rate_equals_target"   // as close as that, no number of cases tells
	ReasonRateClear    Reason = "rate_clear_of_target" // the target lies outside the bounds
)

// RateVerdict is what a rate's cases can tell about a target. All rates are in
// percent.
type RateVerdict struct {
	State  RateState
	Reason Reason

	Rate    Rate
	Percent float64 // of Rate, 0 where it has no case
	Target  float64
	// Low and High hold the true rate 19 times in 20 (Wilson 1927).
	Low, High float64
	// Needs is about how many cases would tell, if the rate stays as it is; 0
	// where the state is known or where no number would.
	Needs int
	// Looks reports whether the rate as it stands is on the better side of the
	// target, whether or not its cases can prove it.
	Looks bool
}

// JudgeRate says whether a rate is on the better side of a target in percent,
// and whether it has the cases to know. A verdict of met or short is wrong at
// most once in twenty.
//
// The cases needed follow from turning the score test round: bounds exclude
// the target once n > z²·t·(1−t) / (p−t)², with rate p and target t as shares
// (Agresti, "Categorical Data Analysis", section 1.4). A target of 0 or 100%
// has no spread; there a single case decides.
func JudgeRate(rate Rate, target float64, better Direction) RateVerdict {
	v := RateVerdict{Rate: rate, Target: target}
	v.Low, v.High = rate.Within95()
	percent, known := rate.Percent()
	if !known {
		v.State, v.Reason, v.Needs = RateUnsure, ReasonRateNoCases, rate.CasesToPlan()
		return v
	}
	v.Percent = percent
	v.Looks = percent >= target
	if better == Lower {
		v.Looks = percent <= target
	}
	if target > v.Low && target < v.High {
		v.State, v.Reason, v.Needs = RateUnsure, ReasonRateFewCases, casesToTell(percent, target)
		if v.Needs == 0 {
			v.Reason = ReasonRateAtTarget
		}
		return v
	}
	v.State, v.Reason = RateShort, ReasonRateClear
	if v.Looks {
		v.State = RateMet
	}
	return v
}

// casesToTell returns from how many cases on the 95% score bounds of a rate
// exclude a target, both in percent; 0 where they never do.
func casesToTell(percent, target float64) int {
	p, t := percent/100, target/100
	if p == t {
		return 0
	}
	return roundUp(bounds95 * bounds95 * t * (1 - t) / ((p - t) * (p - t)))
}
