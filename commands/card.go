package commands

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

// cardArgs are the values that the wording of a card's line may use.
func (a *ask) cardArgs(p proposal, line coaching.CardLine) Args {
	statement := p.card.Statement
	goal := goalOn(p.card)
	args := Args{
		"words":    a.voice.join(line.Found),
		"metric":   goal.Title,
		"size":     a.size(goal),
		"period":   a.voice.period(goal.Period, a.today),
		"until":    a.voice.until(goal.Period, a.today),
		"strategy": statement.Strategy,
		"why":      statement.Why,
		"baseline": a.voice.counted(goal.Baseline, measureOf(goal)),
		"chance":   a.voice.likely(p.appraisal.Chance),
		"used":     p.appraisal.Basis.Used,
	}
	if target, known := goal.Target(); known {
		args["target"] = a.voice.counted(target, measureOf(goal))
	}
	return args
}

// goalOn returns the goal on a card, counting what its own words say: "demos"
// where the kind is meetings.
func goalOn(card coaching.Card) coaching.Goal {
	goal := card.Goal()
	if goal.Unit == coaching.Count && goal.Noun == "" {
		goal.Noun = lowerFirst(goal.Title)
	}
	return goal
}

// size words what a goal asks for: "20 demos", "+3%", "below 2%".
func (a *ask) size(goal coaching.Goal) string {
	m := measureOf(goal)
	switch goal.Size.Form {
	case coaching.ChangePercent:
		return a.voice.change(goal.Size.Value, measure{unit: coaching.Percent})
	case coaching.ChangeBy:
		if m.unit == coaching.Percent {
			return a.voice.Text("size_points", Args{"count": plural(goal.Size.Value.Abs()), "change": a.voice.change(goal.Size.Value, measure{unit: coaching.Count})})
		}
		return a.voice.change(goal.Size.Value, m)
	default:
		figure := a.voice.counted(goal.Size.Value, m)
		if goal.Better == coaching.Lower {
			return a.voice.Text("size_at_most", Args{"figure": figure})
		}
		return figure
	}
}

// plan shows what a goal comes to: for whom, from where to where, until when.
func (a *ask) plan(goal coaching.Goal) Facts {
	voice := a.voice
	facts := Facts{Items: []Fact{
		{Label: voice.Text("fact_target", nil), Value: Line{{Text: a.target(goal)}}},
		{Label: voice.Text("fact_period", nil), Value: Line{{Text: voice.until(goal.Period, a.today)}}},
		{Label: voice.Text("fact_owner", nil), Value: a.owner(goal)},
	}}
	if goal.Private {
		facts.Items = append(facts.Items, Fact{Label: voice.Text("fact_seen_by", nil), Value: voice.Line("seen_by_managers", nil)})
	}
	if goal.Strategy != "" {
		facts.Items = append(facts.Items, Fact{Label: voice.Text("fact_strategy", nil), Value: Line{{Text: goal.Strategy}}})
	}
	return facts
}

// target words the figure to reach, with the change that it comes from.
func (a *ask) target(goal coaching.Goal) string {
	target, known := goal.Target()
	switch {
	case !known:
		return a.voice.Text("target_later", Args{"size": a.size(goal)})
	case goal.Size.Form == coaching.Absolute:
		return a.size(goal)
	default:
		m := measureOf(goal)
		return a.voice.Text("target_from", Args{
			"target": a.voice.counted(target, m), "size": a.size(goal), "baseline": a.voice.counted(goal.Baseline, m),
		})
	}
}

// owner words whose goal it is.
func (a *ask) owner(goal coaching.Goal) Line {
	switch goal.Owner {
	case "":
		return a.voice.Line("owner_team", nil)
	case a.Member:
		return a.voice.Line("owner_you", nil)
	default:
		return Line{a.member(goal.Owner)}
	}
}

// suggestion words a statement that would pass, to be typed.
func (a *ask) suggestion(card coaching.Card) string {
	suggested := card.Suggestion.Statement
	goal := suggested.Goal(coaching.Facts{Today: a.today, Currency: a.workspace.Currency})
	args := Args{
		"metric": lowerFirst(suggested.Title()),
		"last":   a.voice.date(goal.Period.To, coaching.Date{}),
		"size":   a.voice.figure(goal.Size.Value.Abs(), measureOf(goal)),
	}
	id := "suggest_reach"
	switch {
	case goal.Size.Form == coaching.ChangePercent:
		args["size"] = a.voice.figure(goal.Size.Value.Abs(), measure{unit: coaching.Percent})
		id = "suggest_grow"
	case goal.Size.Form == coaching.ChangeBy:
		id = "suggest_grow"
	}
	if id == "suggest_grow" && goal.Size.Value.Sign() < 0 {
		id = "suggest_cut"
	} else if id == "suggest_reach" && goal.Better == coaching.Lower {
		id = "suggest_below"
	}
	text := a.voice.Text(id, args)
	if suggested.Baseline.Known {
		text = a.voice.Text("suggest_from", Args{"statement": text, "baseline": a.voice.figure(suggested.Baseline.Value, measureOf(goal))})
	}
	return text
}

func lowerFirst(text string) string {
	if len(text) > 1 && text[1] >= 'a' && text[1] <= 'z' {
		return strings.ToLower(text[:1]) + text[1:]
	}
	return text
}

// name is how a goal is spoken of: its number and title.
func (a *ask) name(goal coaching.Goal) Line {
	return Line{{Text: "#" + itoa(goal.Number) + " ", Style: Strong}, {Text: goal.Title, Style: Strong}}
}

// logExample is a command that records something plausible on the goal.
func (a *ask) logExample(goal coaching.Goal) Span {
	amount := "+1"
	switch {
	case goal.Nature != coaching.Sum && goal.HasBaseline:
		amount = "=" + goal.Baseline.String()
	case goal.Nature != coaching.Sum && goal.Unit == coaching.Percent:
		amount = "=" + decimal.NewFromInt(2).String() + "%"
	case goal.Nature != coaching.Sum:
		amount = "=100"
	case goal.Unit == coaching.Money:
		amount = "+500"
	}
	return Span{Text: "/" + Name + " log #" + itoa(goal.Number) + " " + amount, Style: Code}
}
