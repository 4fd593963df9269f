package commands

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

// off takes a setting away.
const off = "off"

// withCosts reads costs of a month, "salaries 20k production 8k"; those left
// out stay as they are.
func withCosts(workspace coaching.Workspace, text string) (coaching.Workspace, error) {
	if strings.EqualFold(text, off) {
		workspace.Costs = coaching.Costs{}
		return workspace, nil
	}
	for text != "" {
		name, rest := cutWord(text)
		cost := costNamed(&workspace.Costs, strings.ToLower(strings.TrimRight(name, ":=")))
		if cost == nil || rest == "" {
			return workspace, coaching.Refuse("costs_unreadable")
		}
		amount, rest, err := scanAmount(rest, workspace.Currency)
		if err != nil {
			return workspace, err
		}
		*cost, text = amount, strings.TrimLeft(rest, ", ")
	}
	return workspace, nil
}

// costNamed returns the cost that a word names, nil for another word.
func costNamed(costs *coaching.Costs, name string) *decimal.Decimal {
	switch name {
	case "salaries", "salary":
		return &costs.Salaries
	case "production":
		return &costs.Production
	case "marketing":
		return &costs.Marketing
	case "overhead", "overheads":
		return &costs.Overhead
	default:
		return nil
	}
}

// scanAmount reads the amount of money that a text begins with, and returns
// what follows.
func scanAmount(text, currency string) (amount decimal.Decimal, rest string, err error) {
	figure, rest, err := coaching.ScanFigure(text)
	switch {
	case err != nil:
		return decimal.Zero, "", err
	case figure.Sign != 0:
		return decimal.Zero, "", coaching.Refuse("setting_signed")
	case figure.Percent:
		return decimal.Zero, "", coaching.Refuse("setting_is_percent")
	case figure.Currency != "" && figure.Currency != currency:
		return decimal.Zero, "", coaching.Refuse("setting_other_currency")
	}
	return figure.Value, rest, nil
}

// withMargin reads a contribution margin, "40%". It may be below zero, where
// every sale costs more than it brings.
func withMargin(workspace coaching.Workspace, text string) (coaching.Workspace, error) {
	if strings.EqualFold(text, off) {
		workspace.Margin, workspace.HasMargin = decimal.Zero, false
		return workspace, nil
	}
	figure, rest, err := coaching.ScanFigure(text)
	switch {
	case err != nil:
		return workspace, err
	case figure.Sign == '+' || figure.Sign == '=':
		return workspace, coaching.Refuse("setting_signed")
	// A bare 0.4 may be meant for 40%.
	case rest != "", figure.Currency != "", !figure.Percent && figure.Value.Abs().LessThan(one):
		return workspace, coaching.Refuse("margin_unreadable")
	case figure.Value.GreaterThan(decimal.NewFromInt(100)):
		return workspace, coaching.Refuse("margin_above_hundred")
	}
	workspace.Margin, workspace.HasMargin = figure.Value, true
	return workspace, nil
}

// withFunnel reads how many got to each stage of the sales process, "leads 400
// meetings 120 deals 30".
func withFunnel(workspace coaching.Workspace, text string) (coaching.Workspace, error) {
	if strings.EqualFold(text, off) {
		workspace.Funnel = coaching.Funnel{}
		return workspace, nil
	}
	var (
		stages []coaching.FunnelStage
		end    string
	)
	for text != "" {
		name, rest := cutWord(text)
		if rest == "" {
			return workspace, coaching.Refuse("funnel_unreadable")
		}
		count, rest, err := scanCount(rest, "funnel_unreadable")
		if err != nil {
			return workspace, err
		}
		if last := len(stages) - 1; last >= 0 {
			stages[last].Onward.Hits = count
		}
		end = stageID(name)
		stages = append(stages, coaching.FunnelStage{ID: end, Onward: coaching.Rate{Of: count}})
		text = strings.TrimLeft(rest, " ,>→-")
	}
	if len(stages) < 2 {
		return workspace, coaching.Refuse("funnel_too_short")
	}
	funnel, err := coaching.NewFunnel(end, stages[:len(stages)-1]...)
	if err != nil {
		return workspace, err
	}
	workspace.Funnel = funnel
	return workspace, nil
}

// stageID returns the id that a typed stage has in a funnel.
func stageID(name string) string {
	name = strings.ToLower(strings.TrimRight(name, ":="))
	if name == "e-mails" {
		return string(coaching.Emails)
	}
	return name
}

// maxCount bounds the counts that can be typed.
const maxCount = 1_000_000_000

// scanCount reads the whole number that a text begins with. What is another
// figure is refused with that reason.
func scanCount(text string, reason coaching.Reason) (count int, rest string, err error) {
	figure, rest, err := coaching.ScanFigure(text)
	switch {
	case err != nil:
		return 0, "", err
	case figure.Sign != 0:
		return 0, "", coaching.Refuse("setting_signed")
	case figure.Percent, figure.Currency != "", !figure.Value.IsInteger():
		return 0, "", coaching.Refuse(reason)
	case figure.Value.GreaterThan(decimal.NewFromInt(maxCount)):
		return 0, "", coaching.Refuse("figure_too_large")
	}
	return int(figure.Value.IntPart()), rest, nil
}

// withDeal reads what a deal brings on average and from how many that is
// known, "$5k 30" or "$5k from 30 deals".
func withDeal(workspace coaching.Workspace, text string) (coaching.Workspace, error) {
	if strings.EqualFold(text, off) {
		workspace.Deal = coaching.DealSize{}
		return workspace, nil
	}
	words := strings.Fields(text)
	if last := len(words) - 1; strings.EqualFold(words[last], "deals") || strings.EqualFold(words[last], "deal") {
		words = words[:last]
	}
	// The last word is cut off first: 500 and 120 side by side could be read as
	// one number.
	last := len(words) - 1
	if last < 1 {
		return workspace, coaching.Refuse("deal_unreadable")
	}
	count, rest, err := scanCount(words[last], "deal_unreadable")
	if err != nil || rest != "" {
		return workspace, coaching.Refuse("deal_unreadable")
	}
	amounts := words[:last]
	if strings.EqualFold(amounts[len(amounts)-1], "from") {
		amounts = amounts[:len(amounts)-1]
	}
	mean, rest, err := scanAmount(strings.Join(amounts, " "), workspace.Currency)
	switch {
	case err != nil:
		return workspace, err
	case rest != "":
		return workspace, coaching.Refuse("deal_unreadable")
	}
	workspace.Deal, err = coaching.NewDealSize(mean, count)
	return workspace, err
}
