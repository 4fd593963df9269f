package commands

import (
	"context"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

const (
	// historyLines is how many past periods history lists, and quarterLines how
	// many quarters: two years.
	historyLines, quarterLines = 12, 8
	// historyReviews is how many past goals it lists; reviewReach is how many
	// it looks through for those that the member may see.
	historyReviews, reviewReach = 8, 100
)

// history shows the past figures of a kind, what they let expect of the next
// period, and how past goals of the kind ended.
func (r *Router) history(ctx context.Context, ask *ask) (Reply, error) {
	if word, kind := cutWord(ask.rest); strings.EqualFold(word, importWord) || word == "นำเข้า" {
		return r.importHistory(ctx, ask, kind)
	}
	if text, by, found := cutDimension(ask.rest); found {
		return r.historyParts(ctx, ask, text, by)
	}
	traits, span, err := historyArgs(ask.rest, ask.today)
	if err != nil {
		return Reply{}, err
	}
	reviews, err := r.reviewsOf(ctx, ask, traits.Kind)
	if err != nil {
		return Reply{}, err
	}
	past, err := r.pastOf(ctx, ask, traits, span)
	if err != nil {
		return Reply{}, err
	}
	parts := []Part{Heading{ask.voice.Line("history_heading", Args{"kind": ask.voice.Text("kind_"+string(traits.Kind), nil)})}}
	if len(past.Lines) > 0 {
		parts = append(parts, ask.pastFigures(past))
	}
	fed, err := r.historyFed(ctx, ask, traits, past.disputed, past.measure)
	if err != nil {
		return Reply{}, err
	}
	parts = append(parts, fed...)
	if facts := ask.growthAndSeason(past.Next); len(facts) > 0 {
		parts = append(parts, Text{facts})
	}
	parts = append(parts, ask.foreseen(past.Next, len(past.Lines), past.measure)...)
	if len(reviews) > 0 {
		parts = append(parts, Divider{}, Text{ask.voice.Line("history_goals", nil)}, ask.pastGoals(reviews))
	}
	reply := ask.say(append(parts, Note{ask.voice.Line("history_more", nil)})...)
	if len(past.Lines) >= fewestFigures {
		reply.Buttons = append(reply.Buttons, ask.pictureButton(pictureHistory, string(traits.Kind)+" "+spanWords[past.Span]))
	}
	return reply, nil
}

// pastFigures are the past figures of a kind as they are told and drawn.
type pastFigures struct {
	coaching.History
	measure measure
	// rates are the cases behind percentages, where they are known.
	rates map[coaching.Period]coaching.Rate
	// fed are the periods whose figures events come to.
	fed map[coaching.Period]bool
	// disputed counts the entered figures of which events say otherwise.
	disputed int
}

// pastOf reads the past figures of a kind.
func (r *Router) pastOf(ctx context.Context, ask *ask, traits coaching.Traits, span coaching.Span) (pastFigures, error) {
	observations, disputed, err := r.joined(ctx, ask, traits.Kind)
	if err != nil {
		return pastFigures{}, err
	}
	roster, err := r.roster(ctx, ask)
	if err != nil {
		return pastFigures{}, err
	}
	past := pastFigures{
		History:  readHistory(traits, span, observations, roster, ask.today),
		measure:  measure{unit: traits.Unit, kind: traits.Kind, currency: ask.workspace.Currency},
		rates:    make(map[coaching.Period]coaching.Rate),
		fed:      make(map[coaching.Period]bool),
		disputed: disputed,
	}
	for _, observation := range observations {
		past.fed[observation.Period] = observation.Fed
		if observation.Rate.Of > 0 && traits.Unit == coaching.Percent {
			past.rates[observation.Period] = observation.Rate
		}
	}
	return past, nil
}

// spanWords are the words by which a button asks for figures of a length again.
var spanWords = map[coaching.Span]string{
	coaching.Week: "weekly", coaching.Month: "monthly", coaching.Quarter: "quarterly", coaching.Year: "yearly",
}

// spans are the words with which people ask for figures of a length.
var spans = map[string]coaching.Span{
	"week": coaching.Week, "weeks": coaching.Week, "weekly": coaching.Week,
	"month": coaching.Month, "months": coaching.Month, "monthly": coaching.Month,
	"quarter": coaching.Quarter, "quarters": coaching.Quarter, "quarterly": coaching.Quarter,
	"year": coaching.Year, "years": coaching.Year, "yearly": coaching.Year,
	"รายสัปดาห์": coaching.Week, "รายเดือน": coaching.Month, "รายไตรมาส": coaching.Quarter, "รายปี": coaching.Year,
}

// historyArgs reads "[kind] [span]": the kind by its id or in the words of a
// goal statement, English or Thai. Without a span it is the finest that there
// are figures of.
func historyArgs(text string, today coaching.Date) (coaching.Traits, coaching.Span, error) {
	if len(text) > 4*coaching.MaxTitle {
		return coaching.Traits{}, "", coaching.Refuse("text_too_long")
	}
	var span coaching.Span
	if words := strings.Fields(strings.ToLower(text)); len(words) > 0 {
		if known, found := spans[words[len(words)-1]]; found {
			span, text = known, strings.Join(words[:len(words)-1], " ")
		}
	}
	kind := coaching.Kind(strings.ToLower(strings.TrimSpace(text)))
	if kind == "" {
		kind = coaching.Revenue
	}
	traits, known := coaching.TraitsOf(kind)
	if !known {
		traits, known = coaching.TraitsOf(coaching.ParseStatement(text, today).Metric.Kind)
	}
	if !known || traits.Kind == coaching.Custom {
		return coaching.Traits{}, "", coaching.Refuse("history_kind")
	}
	return traits, span, nil
}

// readHistory reads figures by the span asked for, or by the finest that has
// some, and looks ahead to a period that is not over.
func readHistory(traits coaching.Traits, span coaching.Span, observations []coaching.Observation, roster coaching.Roster, today coaching.Date) coaching.History {
	order := []coaching.Span{coaching.Month, coaching.Quarter, coaching.Year, coaching.Week}
	if span != "" {
		order = []coaching.Span{span}
	}
	var past coaching.History
	for _, span := range order {
		past = coaching.ReadHistory(traits, span, observations, roster)
		if len(past.Lines) > 0 {
			break
		}
	}
	if len(past.Lines) > 0 && past.Next.Period.To.Before(today) {
		past.Next = coaching.Foresee(traits, coaching.PeriodOf(past.Span, today), observations, roster)
	}
	return past
}

// reviewsOf returns the reviews of a kind that the member may see: the team's,
// their own, and for managers everybody's.
func (r *Router) reviewsOf(ctx context.Context, ask *ask, kind coaching.Kind) ([]coaching.Review, error) {
	all, err := r.store.Reviews(ctx, ask.Request.Workspace, kind, reviewReach)
	if err != nil {
		return nil, err
	}
	var seen []coaching.Review
	for _, review := range all {
		ok, err := r.canOn(ctx, ask, coaching.ActReview, review.Goal)
		if err != nil {
			return nil, err
		}
		if ok || review.Goal.Team() {
			seen = append(seen, review)
		}
	}
	return seen[:min(len(seen), historyReviews)], nil
}

// pastFigures lists the latest periods with what they are against others.
func (a *ask) pastFigures(past pastFigures) List {
	m := past.measure
	var list List
	for _, line := range drawnLines(past.History) {
		if past.fed[line.Period] {
			line.Value = spoken(line.Value, m)
			line.Before.By, line.Year.By = spoken(line.Before.By, m), spoken(line.Year.By, m)
		}
		item := a.voice.Line("history_line", Args{
			"period": a.voice.period(line.Period, a.today), "value": a.voice.counted(line.Value, m),
		})
		if rate, known := past.rates[line.Period]; known {
			item = append(item, a.voice.Line("history_of", Args{"hits": a.voice.number(itoa(rate.Hits)), "of": a.voice.number(itoa(rate.Of))})...)
		}
		if line.Before.Known && past.Span != coaching.Year {
			item = append(item, a.voice.Line("history_on_"+string(past.Span), Args{"change": a.voice.changed(line.Before, m)})...)
		}
		if line.Year.Known {
			item = append(item, a.voice.Line("history_on_year", Args{"change": a.voice.changed(line.Year, m)})...)
		}
		list.Items = append(list.Items, item)
	}
	return list
}

// growthAndSeason says how fast the figures grew on average, and what the time
// of the year does to the period to come.
func (a *ask) growthAndSeason(next coaching.Appraisal) Line {
	var line Line
	add := func(id string, args Args) {
		if len(line) > 0 {
			line = append(line, Span{Text: " "})
		}
		line = append(line, a.voice.Line(id, args)...)
	}
	if growth := next.Growth; growth.YearKnown {
		if share := percents(growth.Year); share.IsZero() {
			add("history_level", nil)
		} else {
			add(direction("history_growth_", share), Args{
				"share": a.voice.figure(share.Abs(), measure{unit: coaching.Percent}),
				"span":  a.voice.Text("history_span_"+string(next.GrowthSpan), Args{"count": growth.Compared}),
			})
		}
	}
	if growth := next.Growth; growth.PeriodKnown && next.GrowthSpan != coaching.Year {
		add("history_average_"+string(next.GrowthSpan), Args{"share": a.voice.change(percents(growth.Period), measure{unit: coaching.Percent})})
	}
	switch share := percents(next.Season.Share); {
	case next.Reason != "":
	case !next.Season.Known || share.IsZero():
		add("history_no_season", Args{"period": a.voice.period(next.Period, a.today)})
	default:
		add(direction("history_season_", share), Args{
			"period": a.voice.period(next.Period, a.today), "share": a.voice.figure(share.Abs(), measure{unit: coaching.Percent}),
		})
	}
	return line
}

// direction completes an id by the sign of a share.
func direction(id string, share decimal.Decimal) string {
	if share.Sign() < 0 {
		return id + "down"
	}
	return id + "up"
}

// pastGoals lists how goals ended, the latest first.
func (a *ask) pastGoals(reviews []coaching.Review) List {
	var list List
	for _, review := range reviews {
		line := append(Line{}, a.name(review.Goal)...)
		list.Items = append(list.Items, append(line, a.voice.Line("history_goal", Args{
			"period": a.voice.period(review.Goal.Period, a.today), "result": a.ended(review),
		})...))
	}
	return list
}
