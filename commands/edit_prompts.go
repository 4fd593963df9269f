package commands

import (
	"context"

	"github.com/smallwins/smallwins/coaching"
)

// asks is a prompt under a line that says what it is about.
func (a *ask) asks(title string, about Line, fields ...Field) Reply {
	reply := a.say(Text{about})
	reply.Prompt = &Prompt{Title: a.voice.Text(title, nil), Fields: fields}
	return reply
}

func (f editForm) asks(title string, fields ...Field) Reply {
	return f.ask.asks(title, f.ask.name(f.goal), fields...)
}

// choice offers a value under the label of that id.
func (a *ask) choice(value, id string) Choice {
	return Choice{Label: a.voice.Text(id, nil), Value: value}
}

func (f editForm) askPart(context.Context) (Reply, error) {
	choices := []Choice{
		f.ask.choice(formPosts, "edit_posts"), f.ask.choice(formWords, "edit_words"), f.ask.choice(formOwner, "edit_owner"),
	}
	if len(f.plan) > 1 {
		choices = append(choices, f.ask.choice(formMilestone, "edit_milestone"))
	}
	return f.asks("edit_title", Field{Name: editPart, Kind: PickOne, Label: f.ask.voice.Text("edit_what", nil), Choices: choices}), nil
}

func (f editForm) askPosts(context.Context) (Reply, error) {
	voice, goal := f.ask.voice, f.goal
	baseline := ""
	if goal.HasBaseline {
		baseline = plainFigure(coaching.Size{Form: coaching.Absolute, Value: goal.Baseline}, goal.Unit)
	}
	reply := f.asks("edit_title",
		Field{Name: "target", Kind: LineField, Label: voice.Text("fact_target", nil), Value: plainFigure(goal.Size, goal.Unit), Hint: voice.Text("edit_target_hint", nil)},
		Field{Name: "baseline", Kind: LineField, Label: voice.Text("edit_baseline", nil), Value: baseline, Optional: true},
		Field{Name: "until", Kind: PickDay, Label: voice.Text("edit_last_day", nil), Value: goal.Period.To.String()},
		f.reasonField(),
	)
	return reply, nil
}

// reasonField asks why goal posts are moved.
func (f editForm) reasonField() Field {
	return Field{
		Name: "reason", Kind: AreaField, Label: f.ask.voice.Text("edit_reason", nil), Optional: true, Limit: coaching.MaxText,
		Placeholder: f.ask.voice.Text("edit_reason_example", nil), Hint: f.ask.voice.Text("edit_reason_hint", nil),
	}
}

func (f editForm) askWords(context.Context) (Reply, error) {
	voice, goal := f.ask.voice, f.goal
	return f.asks("edit_title",
		Field{Name: "title", Kind: LineField, Label: voice.Text("fact_title", nil), Value: goal.Title, Limit: coaching.MaxTitle},
		Field{Name: "strategy", Kind: AreaField, Label: voice.Text("fact_strategy", nil), Value: goal.Strategy, Optional: true, Limit: coaching.MaxText},
		Field{Name: "why", Kind: AreaField, Label: voice.Text("fact_why", nil), Value: goal.Why, Optional: true, Limit: coaching.MaxText},
	), nil
}

func (f editForm) askOwner(ctx context.Context) (Reply, error) {
	voice, goal := f.ask.voice, f.goal
	whose := []Choice{{Label: voice.Text("edit_owner_keep", Args{"owner": f.ask.owner(goal).String()}), Value: "keep"}}
	offer := func(owner coaching.MemberID, value, label string) error {
		given := goal
		given.Owner = owner
		may, err := f.router.canOn(ctx, f.ask, coaching.ActSet, given)
		if may && (owner != goal.Owner || value == "member") {
			whose = append(whose, f.ask.choice(value, label))
		}
		return err
	}
	for _, other := range []struct {
		owner        coaching.MemberID
		value, label string
	}{{f.ask.Member, "me", "owner_you"}, {"", "team", "owner_team"}, {"another", "member", "edit_owner_member"}} {
		if err := offer(other.owner, other.value, other.label); err != nil {
			return Reply{}, err
		}
	}
	seen := "all"
	if goal.Private {
		seen = "owner"
	}
	fields := []Field{{Name: "whose", Kind: PickOne, Label: voice.Text("fact_owner", nil), Choices: whose, Value: "keep"}}
	if whose[len(whose)-1].Value == "member" {
		fields = append(fields, Field{Name: "member", Kind: PickMember, Label: voice.Text("edit_owner_who", nil), Optional: true})
	}
	fields = append(fields, Field{
		Name: "seen", Kind: PickOne, Label: voice.Text("fact_seen_by", nil), Value: seen,
		Choices: []Choice{f.ask.choice("all", "edited_open"), f.ask.choice("owner", "edited_private")},
	}, f.reasonField())
	return f.asks("edit_title", fields...), nil
}

func (f editForm) askWhich(context.Context) (Reply, error) {
	const most = 25
	var choices []Choice
	for i, milestone := range f.plan[:max(0, min(len(f.plan)-1, most))] { // the last is the target
		label := f.ask.voice.Text("milestone_by", Args{
			"figure": f.ask.voice.counted(whole(milestone.Value, f.goal.Unit), measureOf(f.goal)), "date": f.ask.voice.date(milestone.Day, f.ask.today),
		})
		choices = append(choices, Choice{Label: label, Value: itoa(i)})
	}
	if len(choices) == 0 {
		return Reply{}, coaching.Refuse("milestone_unknown")
	}
	return f.asks("edit_title", Field{Name: "which", Kind: PickOne, Label: f.ask.voice.Text("edit_which_milestone", nil), Choices: choices}), nil
}

func (f editForm) askPlace(context.Context) (Reply, error) {
	var figure, day string
	for i, milestone := range f.plan {
		if itoa(i) == f.which {
			figure, day = figureText(milestone.Value), milestone.Day.String()
		}
	}
	return f.asks("edit_title",
		Field{Name: "figure", Kind: LineField, Label: f.ask.voice.Text("edit_milestone_figure", nil), Value: figure},
		Field{Name: "day", Kind: PickDay, Label: f.ask.voice.Text("edit_milestone_day", nil), Value: day},
		f.reasonField(),
	), nil
}

// plainFigure writes a size as it is typed: 20, 2%, +3%, -5000.
func plainFigure(size coaching.Size, unit coaching.Unit) string {
	text := size.Value.String()
	if size.Form != coaching.Absolute && size.Value.Sign() > 0 {
		text = "+" + text
	}
	if unit == coaching.Percent || size.Form == coaching.ChangePercent {
		text += "%"
	}
	return text
}
