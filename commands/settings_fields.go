package commands

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

func zoneFields(_ context.Context, _ *Router, ask *ask) ([]Field, error) {
	return []Field{{Name: "zone", Kind: LineField, Label: ask.voice.Text("setting_zone", nil), Value: ask.workspace.Zone, Placeholder: "Asia/Bangkok"}}, nil
}

func zoneLine(_ *ask, dialog coaching.Dialog) (typed, problems) {
	return typed{text: dialog.Answer("zone")}, nil
}

func languageFields(_ context.Context, r *Router, ask *ask) ([]Field, error) {
	field := Field{Name: "language", Kind: PickOne, Label: ask.voice.Text("setting_language", nil), Value: ask.workspace.Language}
	for _, tag := range r.wording.languages {
		base := baseOf(tag)
		field.Choices = append(field.Choices, Choice{Label: r.wording.In(base).Text("language_name", nil), Value: base})
	}
	return []Field{field}, nil
}

func languageLine(_ *ask, dialog coaching.Dialog) (typed, problems) {
	return typed{text: dialog.Answer("language")}, nil
}

// daysField asks for days of the week.
func (a *ask) daysField(set coaching.Weekdays) Field {
	field := Field{Name: "days", Kind: PickMany, Label: a.voice.Text("setting_days", nil)}
	for i := range weekdayNames {
		day := (i + 1) % len(weekdayNames) // from Monday
		name := weekdayNames[day]
		field.Choices = append(field.Choices, a.choice(name, "day_"+name))
		if set.Has(time.Weekday(day)) {
			field.Values = append(field.Values, name)
		}
	}
	return field
}

func weekFields(_ context.Context, _ *Router, ask *ask) ([]Field, error) {
	return []Field{ask.daysField(ask.workspace.Week)}, nil
}

func weekLine(_ *ask, dialog coaching.Dialog) (typed, problems) {
	return typed{text: strings.Join(dialog.Answers["days"], ",")}, nil
}

func holidayFields(_ context.Context, _ *Router, ask *ask) ([]Field, error) {
	lines := make([]string, len(ask.workspace.Holidays))
	for i, date := range ask.workspace.Holidays {
		lines[i] = date.String()
	}
	return []Field{{
		Name: "dates", Kind: AreaField, Label: ask.voice.Text("setting_holidays", nil), Value: strings.Join(lines, "\n"),
		Placeholder: "2026-12-31", Optional: true,
	}}, nil
}

// holidayLine takes away the holidays that are not listed any more.
func holidayLine(ask *ask, dialog coaching.Dialog) (typed, problems) {
	words := strings.Fields(strings.ReplaceAll(dialog.Answer("dates"), ",", " "))
	var gone []string
	for _, date := range ask.workspace.Holidays {
		if text := date.String(); !slices.Contains(words, text) {
			gone = append(gone, "-"+text)
		}
	}
	if words = append(gone, words...); len(words) == 0 {
		return typed{}, problems{"dates": "answer_missing"}
	}
	return typed{text: strings.Join(words, " ")}, nil
}

func countryFields(_ context.Context, _ *Router, ask *ask) ([]Field, error) {
	return []Field{{
		Name: "country", Kind: LineField, Label: ask.voice.Text("setting_country", nil), Value: ask.workspace.Country,
		Placeholder: "DE", Optional: true,
	}}, nil
}

func countryLine(_ *ask, dialog coaching.Dialog) (typed, problems) {
	return typed{text: orOff(dialog.Answer("country"))}, nil
}

// quietField asks for quiet hours.
func (a *ask) quietField(quiet coaching.Quiet) Field {
	field := Field{
		Name: "hours", Kind: LineField, Label: a.voice.Text("setting_quiet", nil), Placeholder: "19:00-08:00", Optional: true,
	}
	if !quiet.IsZero() {
		field.Value = quiet.String()
	}
	return field
}

func quietFields(_ context.Context, _ *Router, ask *ask) ([]Field, error) {
	return []Field{ask.quietField(ask.workspace.Quiet)}, nil
}

func quietLine(_ *ask, dialog coaching.Dialog) (typed, problems) {
	return typed{text: orOff(dialog.Answer("hours"))}, nil
}

func currencyFields(_ context.Context, _ *Router, ask *ask) ([]Field, error) {
	return []Field{{
		Name: "currency", Kind: LineField, Label: ask.voice.Text("setting_currency", nil), Value: ask.workspace.Currency,
		Hint: ask.voice.Text("setting_currency_hint", nil), Placeholder: "THB",
	}}, nil
}

func currencyLine(_ *ask, dialog coaching.Dialog) (typed, problems) {
	return typed{text: dialog.Answer("currency")}, nil
}

func focusFields(_ context.Context, _ *Router, ask *ask) ([]Field, error) {
	return []Field{{
		Name: "limit", Kind: LineField, Label: ask.voice.Text("setting_focus", nil), Value: itoa(ask.workspace.FocusLimit),
		Hint: ask.voice.Text("focus_why", nil),
	}}, nil
}

func focusLine(_ *ask, dialog coaching.Dialog) (typed, problems) {
	return typed{text: dialog.Answer("limit")}, nil
}

// costNames are the costs of a month, as they are typed.
var costNames = []string{"salaries", "production", "marketing", "overhead"}

func costFields(_ context.Context, _ *Router, ask *ask) ([]Field, error) {
	fields := make([]Field, len(costNames))
	for i, name := range costNames {
		fields[i] = Field{
			Name: name, Kind: LineField, Label: ask.voice.Text("setting_cost_"+name, nil), Optional: true,
			Value: amountText(*costNamed(&ask.workspace.Costs, name)), Placeholder: "20k",
		}
	}
	return fields, nil
}

// amountText writes an amount as it can be typed again; zero is none.
func amountText(amount decimal.Decimal) string {
	if amount.IsZero() {
		return ""
	}
	return amount.String()
}

func costLine(ask *ask, dialog coaching.Dialog) (typed, problems) {
	var words []string
	wrong := make(problems)
	none := true
	for _, name := range costNames {
		amount := dialog.Answer(name)
		if amount == "" {
			amount = "0"
		} else {
			none = false
		}
		if _, rest, err := scanAmount(amount, ask.workspace.Currency); err != nil {
			wrong[name] = reasonOf(err)
		} else if rest != "" {
			wrong[name] = "edit_figure_alone"
		}
		words = append(words, name, amount)
	}
	if none {
		words = []string{off}
	}
	return typed{text: strings.Join(words, " ")}, wrong
}

func marginFields(_ context.Context, _ *Router, ask *ask) ([]Field, error) {
	value := ""
	if ask.workspace.HasMargin {
		value = ask.workspace.Margin.String() + "%"
	}
	return []Field{{Name: "margin", Kind: LineField, Label: ask.voice.Text("setting_margin", nil), Value: value, Placeholder: "40%", Optional: true}}, nil
}

func marginLine(_ *ask, dialog coaching.Dialog) (typed, problems) {
	return typed{text: orOff(dialog.Answer("margin"))}, nil
}

// orOff is the text, or the word that takes a setting away where there is none.
func orOff(text string) string {
	if text == "" {
		return off
	}
	return text
}

func funnelFields(_ context.Context, _ *Router, ask *ask) ([]Field, error) {
	var lines []string
	if funnel := ask.workspace.Funnel; !funnel.IsZero() {
		stages := funnel.Stages()
		for _, stage := range stages {
			lines = append(lines, stage.ID+" "+itoa(stage.Onward.Of))
		}
		lines = append(lines, funnel.End()+" "+itoa(stages[len(stages)-1].Onward.Hits))
	}
	return []Field{{
		Name: "stages", Kind: AreaField, Label: ask.voice.Text("setting_funnel", nil), Value: strings.Join(lines, "\n"),
		Placeholder: "leads 400\nmeetings 120\ndeals 30", Optional: true,
	}}, nil
}

func funnelLine(_ *ask, dialog coaching.Dialog) (typed, problems) {
	return typed{text: orOff(strings.Join(strings.Fields(dialog.Answer("stages")), " "))}, nil
}

func dealFields(_ context.Context, _ *Router, ask *ask) ([]Field, error) {
	deal := ask.workspace.Deal
	count := ""
	if deal.Deals > 0 {
		count = itoa(deal.Deals)
	}
	return []Field{
		{Name: "mean", Kind: LineField, Label: ask.voice.Text("setting_deal", nil), Value: amountText(deal.Mean), Placeholder: "5k", Optional: true},
		{Name: "deals", Kind: LineField, Label: ask.voice.Text("setting_deals", nil), Value: count, Placeholder: "30", Optional: true},
	}, nil
}

func dealLine(_ *ask, dialog coaching.Dialog) (typed, problems) {
	mean, count := dialog.Answer("mean"), dialog.Answer("deals")
	switch {
	case mean == "" && count == "":
		return typed{text: off}, nil
	case mean == "":
		return typed{}, problems{"mean": "answer_missing"}
	case count == "":
		return typed{}, problems{"deals": "answer_missing"}
	}
	return typed{text: mean + " " + count}, nil
}
