package commands

import (
	"context"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

// proposal is a draft judged: its card, and what history says of its target.
type proposal struct {
	card      coaching.Card
	appraisal coaching.Appraisal
	private   bool
}

// assess judges a draft by what is known on the day it was written.
func (r *Router) assess(ctx context.Context, ask *ask, draft coaching.Draft) (proposal, error) {
	today := coaching.DateOf(draft.At.In(ask.workspace.Location()))
	words, private := coaching.CutPrivate(draft.Statement)
	judged, err := r.assessStatement(ctx, ask, coaching.ParseStatement(words, today), today)
	judged.private = private
	return judged, err
}

// assessStatement judges a statement by what is known on that day.
func (r *Router) assessStatement(ctx context.Context, ask *ask, statement coaching.Statement, today coaching.Date) (proposal, error) {
	facts := coaching.Facts{Today: today, Currency: ask.workspace.Currency}
	var p proposal
	if !hasHistory(statement) {
		p.card = coaching.Assess(statement, facts)
		return p, nil
	}
	observations, err := r.observations(ctx, ask, statement.Metric.Kind)
	if err != nil {
		return proposal{}, err
	}
	roster, err := r.roster(ctx, ask)
	if err != nil {
		return proposal{}, err
	}
	traits, _ := coaching.TraitsOf(statement.Metric.Kind)
	p.appraisal = coaching.Foresee(traits, statement.Period.Period, observations, roster)
	facts.Baseline, facts.HasBaseline = baseline(statement, p.appraisal)
	if target, known := statement.Goal(facts).Target(); known {
		p.appraisal = p.appraisal.Against(target)
		facts.Realism, facts.Chance = p.appraisal.Verdict, p.appraisal.Chance
	}
	p.card = coaching.Assess(statement, facts)
	return p, nil
}

// hasHistory reports whether the team's past figures are like the statement's
// goal: they are kept by kind and for the whole team, and revenue's are what
// was sold.
func hasHistory(statement coaching.Statement) bool {
	metric := statement.Metric
	return metric.Kind != "" && metric.Kind != coaching.Custom && !metric.Recurring &&
		statement.Period.Found() && statement.ForTeam()
}

// baseline is what a change is measured from, like for like: the period before
// where the statement compares with that, else the same one a year before.
func baseline(statement coaching.Statement, appraisal coaching.Appraisal) (decimal.Decimal, bool) {
	switch statement.Comparison.Span {
	case coaching.Week, coaching.Month, coaching.Quarter:
		return appraisal.Before, appraisal.HasBefore
	default:
		return appraisal.YearAgo, appraisal.HasYearAgo
	}
}

// tiers offers three targets with their chance, and says what they rest on.
func (a *ask) tiers(p proposal) []Part {
	appraisal := p.appraisal
	if len(appraisal.Tiers) == 0 {
		return nil
	}
	return []Part{
		Text{a.voice.Line("tiers", Args{"period": a.voice.period(appraisal.Period, a.today)})},
		a.tierList(appraisal.Tiers, measureOf(goalOn(p.card))),
		Note{a.basis(appraisal)},
	}
}

// basis says which history an appraisal rests on, and what growth and season it
// shows.
func (a *ask) basis(appraisal coaching.Appraisal) Line {
	line := a.voice.Line("basis_"+string(appraisal.Basis.Span), Args{"count": appraisal.Basis.Used})
	if appraisal.Growth.YearKnown {
		grown := a.voice.signedPercent(appraisal.Growth.Year)
		if appraisal.Traits.Unit == coaching.Percent {
			grown = a.voice.points(decimal.NewFromFloat(appraisal.Growth.YearBy).Round(1))
		}
		line = append(line, a.voice.Line("basis_growth", Args{"growth": grown})...)
	}
	if lift := apart(appraisal.Season.Share, lifted(appraisal), appraisal.Traits); appraisal.Season.Known && !lift.IsZero() {
		id := "basis_season_above"
		if lift.Sign() < 0 {
			id = "basis_season_below"
		}
		line = append(line, a.voice.Line(id, Args{
			"period": a.voice.period(appraisal.Period, a.today), "share": a.voice.distance(lift, appraisal.Traits),
		})...)
	}
	return append(line, a.capacity(appraisal.Team)...)
}

// likely words a probability: "55%", and at the ends "under 1%", "over 99%",
// since nothing is certain before its day.
func (v *Voice) likely(chance float64) string {
	switch {
	case chance < 0.01:
		return v.Text("chance_under", Args{"chance": v.percent(0.01)})
	case chance > 0.99:
		return v.Text("chance_over", Args{"chance": v.percent(0.99)})
	default:
		return v.percent(chance)
	}
}
