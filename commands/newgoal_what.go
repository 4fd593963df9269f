package commands

import (
	"context"
	"strings"

	"github.com/smallwins/smallwins/coaching"
)

// identity are the steps that say what the goal measures and whose it is.
func (g *newGoal) identity() []step {
	known := g.statement.Metric.Kind != ""
	other := g.dialog.Answer("kind") == otherAnswer
	manager := g.ask.maySetFor("")
	// A statement says whose goal it is, or what it measures does.
	owned := !manager || g.dialog.Answered("whose") || g.dialog.Answer("statement") != ""
	return []step{
		{name: "what", settled: known || other, freely: true, prompt: g.askWhat, accept: g.takeWhat},
		{name: "words", settled: known || !other, prompt: g.askWords, accept: g.takeWords},
		{name: "whose", settled: owned, prompt: g.askWhose, accept: g.takeWhose},
		{
			name: "member", settled: g.dialog.Answer("whose") != whoseMember || g.dialog.Answer("member") != "",
			prompt: g.only(Field{Name: "member", Kind: PickMember, Label: g.ask.voice.Text("new_member", nil), Value: g.dialog.Answer("member")}),
			accept: g.takeWhose,
		},
	}
}

func (g *newGoal) askWhat(context.Context) (Reply, error) {
	voice := g.ask.voice
	var choices []Choice
	for _, traits := range coaching.Kinds() {
		if traits.Kind == coaching.Custom {
			continue
		}
		choices = append(choices, Choice{Label: voice.Text("kind_"+string(traits.Kind), nil), Value: string(traits.Kind)})
		if traits.Kind == coaching.Revenue {
			choices = append(choices, Choice{Label: voice.Text("new_recurring", nil), Value: kindRecurring, Hint: voice.Text("new_recurring_hint", nil)})
		}
	}
	choices = append(choices, Choice{Label: voice.Text("new_other", nil), Value: otherAnswer, Hint: voice.Text("new_other_hint", nil)})
	return g.question(nil, Field{
		Name: "kind", Kind: PickOne, Label: voice.Text("new_what", nil), Hint: voice.Text("new_what_hint", nil),
		Choices: choices, Value: g.dialog.Answer("kind"),
	}), nil
}

// takeWhat takes a kind, or the goal in words.
func (g *newGoal) takeWhat(_ context.Context, dialog coaching.Dialog) (coaching.Dialog, problems, error) {
	kind := dialog.Answer("kind")
	if _, known := coaching.TraitsOf(coaching.Kind(kind)); known && kind != string(coaching.Custom) || kind == kindRecurring {
		return g.renewed(dialog, kind), nil, nil
	}
	if kind == otherAnswer {
		// What was understood before is given up, or it would stand in the way.
		dialog = g.renewed(dialog, kind)
		dialog.Step = "words"
		return dialog, nil, nil
	}
	return g.takeStatement(dialog, "kind", kind)
}

// renewed returns the dialog with another kind, and without the figures that
// were answered for one that counts otherwise.
func (g *newGoal) renewed(dialog coaching.Dialog, kind string) coaching.Dialog {
	dialog = dialog.With(map[string][]string{"kind": {kind}})
	if kind != g.dialog.Answer("kind") {
		dialog = dialog.Without("target", "baseline", "noun", "reason", "wins")
	}
	return dialog
}

func (g *newGoal) askWords(context.Context) (Reply, error) {
	return g.question([]Part{g.ask.examples()}, Field{
		Name: "words", Kind: LineField, Label: g.ask.voice.Text("new_words", nil), Hint: g.ask.voice.Text("new_words_hint", nil),
		Placeholder: g.ask.voice.Text("new_words_example", nil), Value: g.dialog.Answer("words"), Limit: coaching.MaxNote,
	}), nil
}

func (g *newGoal) takeWords(_ context.Context, dialog coaching.Dialog) (coaching.Dialog, problems, error) {
	return g.takeStatement(dialog, "words", dialog.Answer("words"))
}

// takeStatement takes a goal in words, or a word for what is counted. What the
// words say takes the place of what was answered before.
func (g *newGoal) takeStatement(dialog coaching.Dialog, field, text string) (coaching.Dialog, problems, error) {
	s := coaching.ParseStatement(text, g.ask.today)
	if s.Metric.Kind == "" {
		if !shortText(text) || s.Direction != "" || s.Period.Found() || s.InWords != "" {
			return dialog, problems{field: "kind_unknown"}, nil
		}
		dialog = g.renewed(dialog, kindOwn).With(map[string][]string{"noun": {strings.ToLower(text)}})
		return dialog, nil, nil
	}
	dialog = g.renewed(dialog, "").With(map[string][]string{"statement": {text}})
	if s.Period.Found() {
		dialog = dialog.Without("period")
	}
	if s.Size.Form != "" {
		dialog = dialog.Without("target", "baseline")
	}
	return dialog, nil, nil
}

// anybodyElse stands for a member who is not the one who asks.
const anybodyElse coaching.MemberID = "?"

func (g *newGoal) askWhose(context.Context) (Reply, error) {
	voice := g.ask.voice
	choices := []Choice{{Label: voice.Text("new_whose_mine", nil), Value: whoseMine}}
	if g.ask.maySetFor("") {
		choices = append(choices, Choice{Label: voice.Text("new_whose_team", nil), Value: whoseTeam})
	}
	if g.ask.maySetFor(anybodyElse) {
		choices = append(choices, Choice{Label: voice.Text("new_whose_member", nil), Value: whoseMember})
	}
	return g.question(nil, Field{
		Name: "whose", Kind: PickOne, Label: voice.Text("new_whose", nil), Choices: choices, Value: g.dialog.Answer("whose"),
	}), nil
}

func (g *newGoal) takeWhose(ctx context.Context, dialog coaching.Dialog) (coaching.Dialog, problems, error) {
	owner := ownerAnswered(dialog, g.ask.Member)
	if dialog.Answer("whose") == whoseMember && owner == g.ask.Member {
		owner = "" // who is asked next; a manager's business either way
	}
	if err := g.router.mayOn(ctx, g.ask, coaching.ActSet, coaching.Goal{Owner: owner}); err != nil {
		return dialog, nil, err
	}
	if g.dialog.Step == "whose" && dialog.Answer("whose") == whoseMember {
		dialog.Step = "member"
	}
	return dialog, nil, nil
}
