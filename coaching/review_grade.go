package coaching

import (
	"math"

	"github.com/shopspring/decimal"
)

// Expectation is the part of an appraisal that is kept with a goal, so that the
// forecast can be held against what came. Its fields are plain, to be stored.
type Expectation struct {
	// Reason is why there was no forecast, empty where there was one; then the
	// other fields mean nothing.
	Reason Reason
	// Middle, Low and High are the middle and the 80% band of the outcome.
	Middle, Low, High float64
	// Target is the target it was asked about, Chance what it gave for it and
	// Verdict that in words. Verdict is empty where there was no target.
	Target  decimal.Decimal
	Chance  float64
	Verdict Realism
	// Used figures of Span each were the basis.
	Used int
	Span Span
}

// Expectation returns what to keep of the appraisal.
func (a Appraisal) Expectation() Expectation {
	e := Expectation{Reason: a.Reason, Used: a.Basis.Used, Span: a.Basis.Span}
	if a.Reason == "" {
		e.Middle, e.Low, e.High = a.Middle, a.Low, a.High
		e.Target, e.Chance, e.Verdict = a.Target, a.Chance, a.Verdict
	}
	return e
}

// The reasons of a [Grade]: what the forecast said and what came. Likely is a
// chance above a half.
const (
	GradeLikelyMet    Reason = "likely_and_met"
	GradeLikelyMissed Reason = "likely_but_missed"
	GradeUnlikelyMet  Reason = "unlikely_but_met"
	GradeUnlikely     Reason = "unlikely_and_missed"
	GradeNoForecast   Reason = "no_forecast"    // none was kept
	GradeNoOutcome    Reason = "no_outcome"     // the final figure is not known
	GradePartial      Reason = "part_of_period" // the figure is of a part of the period
	GradeBandOnly     Reason = "band_only"      // there was no target to give a chance for
	GradeOtherTarget  Reason = "target_changed" // the chance was for another target
)

// Grade is how the bot's own forecast did.
type Grade struct {
	// Reason says what was forecast and what came, or why there is no grade.
	Reason Reason
	// Graded is set where the outcome can be held against the band: Within
	// tells whether it fell inside, Above and Below on which side it did not.
	Graded               bool
	Within, Above, Below bool
	// Off is the outcome less the middle of the forecast.
	Off float64
	// Scored is set where a chance was given for the target: Chance repeats
	// it and Score is its squared distance from what came (Brier 1950), 0 for
	// the best, 0.25 for "fifty-fifty".
	Scored        bool
	Chance, Score float64
}

func (r *Review) grade() Grade {
	switch {
	case !r.HasExpected || r.Expected.Reason != "":
		return Grade{Reason: GradeNoForecast}
	case !r.HasFinal:
		return Grade{Reason: GradeNoOutcome}
	case r.Partial:
		return Grade{Reason: GradePartial}
	}
	final := r.Final.InexactFloat64()
	g := Grade{Graded: true, Off: final - r.Expected.Middle}
	g.Above, g.Below = final > r.Expected.High, final < r.Expected.Low
	g.Within = !g.Above && !g.Below
	switch {
	case r.Result == ResultUnknown, r.Expected.Verdict == "":
		g.Reason = GradeBandOnly
		return g
	case !r.Expected.Target.Equal(r.Target):
		g.Reason = GradeOtherTarget
		return g
	}
	g.Scored, g.Chance = true, r.Expected.Chance
	came := 0.0
	likely := g.Chance > 0.5
	switch {
	case r.Result == ResultMet && likely:
		came, g.Reason = 1, GradeLikelyMet
	case r.Result == ResultMet:
		came, g.Reason = 1, GradeUnlikelyMet
	case likely:
		g.Reason = GradeLikelyMissed
	default:
		g.Reason = GradeUnlikely
	}
	g.Score = (g.Chance - came) * (g.Chance - came)
	return g
}

// The reasons of a [TrackRecord].
const (
	RecordTooShort Reason = "too_few_forecasts"       // fewer than five are graded
	RecordFair     Reason = "bands_hold"              // as often as they should, within chance
	RecordNarrow   Reason = "bands_too_narrow"        // outcomes fall outside too often
	RecordWide     Reason = "bands_wider_than_needed" // outcomes hardly ever fall outside
)

// TrackRecord is how the bot's forecasts did over many reviews.
type TrackRecord struct {
	// Reason is the verdict on the bands.
	Reason Reason
	// Graded forecasts had a band and an outcome; Within counts the outcomes
	// that fell inside, of which eight in ten should.
	Graded, Within int
	// Scored forecasts gave a chance; they expected Expected of their targets
	// to be met and Met were. Score is their mean squared error.
	Scored, Met     int
	Expected, Score float64
}

// TrackRecordOf adds up the grades of reviews.
func TrackRecordOf(reviews []Review) TrackRecord {
	var t TrackRecord
	for _, r := range reviews {
		if r.Grade.Graded {
			t.Graded++
			if r.Grade.Within {
				t.Within++
			}
		}
		if r.Grade.Scored {
			t.Scored++
			t.Expected += r.Grade.Chance
			t.Score += r.Grade.Score
			if r.Result == ResultMet {
				t.Met++
			}
		}
	}
	if t.Scored > 0 {
		t.Score /= float64(t.Scored)
	}
	t.Reason = t.verdict()
	return t
}

// verdict compares the outcomes inside with the eight in ten that should be: a
// count that chance alone would bring less than once in twenty tells that the
// bands are wrong.
func (t TrackRecord) verdict() Reason {
	const (
		fewest = 5
		inside = 0.8
		rare   = 0.05
	)
	switch {
	case t.Graded < fewest:
		return RecordTooShort
	case binomialAtMost(t.Within, t.Graded, inside) < rare:
		return RecordNarrow
	case 1-binomialAtMost(t.Within-1, t.Graded, inside) < rare:
		return RecordWide
	default:
		return RecordFair
	}
}

// binomialAtMost returns the probability of at most k successes in n trials.
func binomialAtMost(k, n int, p float64) float64 {
	choose := func(k int) float64 { // logarithm of the ways to choose k of n
		all, _ := math.Lgamma(float64(n + 1))
		in, _ := math.Lgamma(float64(k + 1))
		out, _ := math.Lgamma(float64(n - k + 1))
		return all - in - out
	}
	total := 0.0
	for i := range k + 1 {
		total += math.Exp(choose(i) + float64(i)*math.Log(p) + float64(n-i)*math.Log(1-p))
	}
	return min(total, 1)
}
