package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// axeVariable names the script of axe-core, as .ci/run does. It is a tool of
// development alone, and so is fetched rather than kept here.
// https://github.com/dequelabs/axe-core/blob/develop/doc/rule-descriptions.md
const axeVariable = "SMALLWINS_AXE"

// axeTags are the rules that the page is held to: WCAG up to 2.2 AA, and what
// axe-core calls best practice.
const axeTags = `["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]`

// axeFinding is a rule that a page breaks.
type axeFinding struct {
	ID, Impact, Help string
	Nodes            []struct {
		HTML, FailureSummary string
	}
}

// withAxe puts axe-core into the page, and skips where there is none.
func (b *browser) withAxe() {
	b.Helper()
	file := os.Getenv(axeVariable)
	if file == "" {
		b.Skipf("%s names no script; .ci/run sets it", axeVariable)
	}
	script, err := os.ReadFile(file)
	if err != nil {
		b.Fatal(err)
	}
	b.reads("(() => {" + string(script) + "})(); true")
}

// axe returns what axe-core finds on the page as it is now.
func (b *browser) axe() []axeFinding {
	b.Helper()
	found, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](
		`axe.run({ runOnly: `+axeTags+`, resultTypes: ["violations"] }).then((found) => JSON.stringify(found.violations))`, chromedp.EvalAwaitPromise))
	if err != nil {
		b.Fatal(err)
	}
	var findings []axeFinding
	if err := json.Unmarshal([]byte(found), &findings); err != nil {
		b.Fatal(err)
	}
	return findings
}

// passesAxe fails the test for each rule that the page breaks, however light.
func (b *browser) passesAxe(where string) {
	b.Helper()
	for _, finding := range b.axe() {
		var places strings.Builder
		for _, node := range finding.Nodes {
			fmt.Fprintf(&places, "\n  %.200s\n  %s", node.HTML, node.FailureSummary)
		}
		b.Errorf("%s: %s (%s): %s%s", where, finding.ID, finding.Impact, finding.Help, places.String())
	}
}

func TestPagePassesAxe(t *testing.T) {
	for _, look := range []struct{ name, query string }{
		{"slack", "on=slack"},
		{"slack-dark", "on=slack"},
		{"slack-narrow-thai", "on=slack&lang=th"},
		{"discord-thai", "on=discord&lang=th"},
		{"discord-narrow", "on=discord"},
	} {
		t.Run(look.name, func(t *testing.T) {
			width := int64(1380)
			if strings.Contains(look.name, "narrow") {
				width = 390
			}
			b := newBrowser(t, width, 860, look.query)
			if strings.Contains(look.name, "dark") {
				b.dark()
			}
			b.withAxe()
			b.passesAxe("the empty conversation")
			b.do(chromedp.KeyEvent("/goal"))
			b.sees("document.querySelector('#commands:not([hidden])')")
			b.passesAxe("the commands")
			b.reads("document.querySelector('#text').value = ''")
			b.clicks("#guide .try")
			b.passesAxe("a command that was put into the box")
			b.clicks("#send")
			b.sees("document.querySelector('#modal[open] input[type=text]')")
			b.passesAxe("a form")
			b.do(chromedp.SendKeys(chromedp.CSS("#modal input[type=text]"), "lots"))
			b.clicks("#modal .foot .primary")
			if strings.HasPrefix(look.name, "slack") {
				b.sees("document.querySelector('#modal .mistake')")
				b.passesAxe("a form with a mistake")
				b.do(chromedp.KeyEvent("\x1b"))
			}
			b.sees("!document.querySelector('#modal[open]')")
			b.reads("document.querySelector('#text').value = '/goal progress'")
			b.clicks("#send")
			b.sees("document.querySelector('#messages .app')")
			b.jumps("monday")
			b.sees("document.querySelector('#messages img.picture')")
			b.passesAxe("a conversation with a warning")
			b.clicks("#developer")
			b.sees("document.querySelector('#exchanges li')")
			b.clicks("#exchanges summary")
			b.sees("document.querySelector('#exchanges pre')?.innerText")
			b.passesAxe("a conversation with the wire")
			if strings.HasPrefix(look.name, "slack") {
				b.opensHome()
				b.withAxe()
				b.passesAxe("Home")
			}
		})
	}
}

func TestAxeNoticesBrokenPages(t *testing.T) {
	b := newBrowser(t, 800, 600, "on=slack")
	b.withAxe()
	// The page's policy takes no inline styles, so the colour is set by the script.
	b.reads(`document.querySelector("main").insertAdjacentHTML("beforeend", "<h4>pale</h4><button></button><img src='data:,'><input><p tabindex='2'>x</p>");
		document.querySelector("main h4").style.color = "#999"`)
	found := make(map[string]bool)
	for _, finding := range b.axe() {
		found[finding.ID] = true
	}
	for _, rule := range []string{"button-name", "color-contrast", "heading-order", "image-alt", "label", "tabindex"} {
		if !found[rule] {
			t.Errorf("%s is not noticed: %v", rule, found)
		}
	}
}
