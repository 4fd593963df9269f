package commands_test

import (
	"strings"
	"testing"
)

func TestSettingsShowWhatTargetsAreCheckedWith(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	c.says("U1", "settings", "Costs a month: not set", "Contribution margin: not set", "Funnel: not set", "Average deal: not set")
	c.says("U1", "settings costs salaries 20k production 8k marketing $3,000 overhead 5k", "Saved.",
		"Costs a month: $36,000 (salaries $20,000, production $8,000, marketing $3,000, overhead $5,000)")
	c.says("U1", "settings costs Marketing: 4k, overhead 0", "Costs a month: $32,000 (salaries $20,000, production $8,000, marketing $4,000, overhead $0)")
	c.says("U1", "settings margin 40%", "Contribution margin: 40%")
	// 120 of 400 are 30%, 30 of 120 a quarter.
	c.says("U1", "settings funnel leads 400 meetings 120 deals 30", "Funnel: 400 leads → 120 meetings (30%) → 30 deals (25%)")
	c.says("U1", "settings deal $5k 30", "Average deal: $5,000, from 30 deals")
	for _, same := range []string{"deal $500 from 120 deals", "deal 500 120"} {
		c.says("U1", "settings "+same, "Average deal: $500, from 120 deals")
	}
	c.says("U1", "settings", "Costs a month: $32,000", "Contribution margin: 40%", "Funnel: 400 leads", "Average deal: $500")
	c.lacks(c.says("U2", "settings", "Time zone: UTC"), "Costs a month", "Contribution margin", "Funnel:", "Average deal") // managers' business
	for name, gone := range map[string]string{
		"costs": "Costs a month: not set", "margin": "Contribution margin: not set", "funnel": "Funnel: not set", "deal": "Average deal: not set",
	} {
		c.says("U1", "settings "+name+" off", "Saved.", gone)
	}
}

func TestFunnelIsTypedAsItIsSpokenOf(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	for typed, want := range map[string]string{
		"calls 1,000 -> leads 400 -> Deals 0":   "1,000 calls → 400 leads (40%) → 0 deals (0%)",
		"e-mails 2k, demo_held 50, contracts 1": "2,000 e-mails → 50 demo held (3%) → 1 contract (2%)",
		"leads 0 deals 0":                       "0 leads → 0 deals",
	} {
		c.says("U1", "settings funnel "+typed, "Funnel: "+want)
	}
}

func TestAnotherCurrencyTakesTheAmountsAway(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	c.says("U1", "settings margin 40%")
	c.says("U1", "settings currency EUR", "Saved.")
	c.says("U1", "settings deal 5k 30", "Average deal: €5,000")
	c.says("U1", "settings currency EUR", "Average deal: €5,000")
	c.says("U1", "settings currency THB", "were in EUR, so they are no longer set", "Average deal: not set", "Contribution margin: 40%")
}

func TestUnreadableSettingsAreRefusedWithWords(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	before := c.says("U1", "settings")
	for typed, want := range map[string]string{
		"costs":                            "What should it be?",
		"costs 20k":                        "Name each cost of a month with its amount",
		"costs salaries":                   "Name each cost of a month with its amount",
		"costs rent 2k":                    "Name each cost of a month with its amount",
		"costs salaries 20k a year":        "Name each cost of a month with its amount",
		"costs salaries 20k production x":  "I find no number there",
		"costs salaries +20k":              "without a sign",
		"costs salaries -20k":              "without a sign",
		"costs salaries 20%":               "not a percentage",
		"costs salaries €20k":              "not the team's currency",
		"costs salaries five":              "in digits",
		"costs salaries 1.2.3":             "more than one point",
		"margin":                           "What should it be?",
		"margin 0.4":                       "Write the margin as a percentage",
		"margin $40":                       "Write the margin as a percentage",
		"margin 40% of sales":              "Write the margin as a percentage",
		"margin +4%":                       "without a sign",
		"margin 140%":                      "A margin goes up to 100%.",
		"margin high":                      "I find no number there",
		"funnel leads 400":                 "at least two stages",
		"funnel leads":                     "Name each stage",
		"funnel leads 40% deals 30":        "Name each stage",
		"funnel leads 4.5 deals 3":         "Name each stage",
		"funnel leads 400 deals 30 signed": "Name each stage",
		"funnel leads -400 deals 30":       "without a sign",
		"funnel leads 30 deals 400":        "More went on than there were",
		"funnel leads 400 leads 30":        "in the funnel twice",
		"funnel ลูกค้า 400 deals 30":       "A stage is named in lower-case letters",
		"funnel leads many deals 30":       "I find no number there",
		"funnel leads 2bn deals 30":        "beyond anything I keep",
		"deal $5k":                         "from how many deals",
		"deal deals":                       "from how many deals",
		"deal $5k from many":               "from how many deals",
		"deal $5k from 2.5":                "from how many deals",
		"deal €5k 30":                      "not the team's currency",
		"deal $5k 0":                       "above zero",
		"deal 0 30":                        "above zero",
		"profit 3":                         "There is no such setting",
	} {
		c.says("U1", "settings "+typed, want)
	}
	if after := c.says("U1", "settings"); wordsOf(after) != wordsOf(before) {
		t.Errorf("a refused setting changed something:\n%s", wordsOf(after))
	}
}

func TestMarginMayBeBelowZero(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	if text := wordsOf(c.says("U1", "settings margin -5%")); !strings.Contains(text, "Contribution margin: −5%") {
		t.Error(text)
	}
}
