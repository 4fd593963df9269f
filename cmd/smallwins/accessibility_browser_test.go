package main

import (
	_ "embed"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

//go:embed testdata/accessibility.js
var accessibilityRules string

// stumbles fails the test for what a keyboard or screen-reader user would
// stumble over.
func (b *browser) stumbles(where string) {
	b.Helper()
	if found := b.reads(accessibilityRules); found != "" {
		b.Errorf("%s:\n%v", where, found)
	}
}

func TestPageIsAccessible(t *testing.T) {
	for _, look := range looks {
		t.Run(look.name, func(t *testing.T) {
			b := newBrowser(t, 1380, 860, look.query)
			b.stumbles("the empty conversation")
			b.do(chromedp.KeyEvent("/goal"))
			b.sees("document.querySelector('#commands:not([hidden])')")
			b.stumbles("the commands")
			b.reads("document.querySelector('#text').value = ''")
			b.clicks("#guide .try")
			b.stumbles("a command with its options")
			b.clicks("#send")
			b.sees("document.querySelector('#modal[open] input[type=text]')")
			b.stumbles("a form")
			b.do(chromedp.KeyEvent("\x1b"))
			b.sees("!document.querySelector('#modal[open]')")
			b.reads("document.querySelector('#text').value = '/goal progress'")
			b.clicks("#send")
			b.sees("document.querySelector('#messages .app')")
			b.clicks("#developer")
			b.sees("document.querySelector('#exchanges li')")
			b.stumbles("a conversation with the wire")
		})
	}
}

func TestBrokenPagesAreNoticed(t *testing.T) {
	b := newBrowser(t, 800, 600, "on=slack")
	// The page's policy takes no inline styles, so the colour is set by the script.
	b.reads(`document.querySelector("main").insertAdjacentHTML("beforeend",
		"<h4>pale</h4><button></button><img src='data:,'><input><p id='text' tabindex='2'>x</p>");
		document.querySelector("main h4").style.color = "#999"`)
	found, _ := b.reads(accessibilityRules).(string)
	for _, rule := range []string{"contrast", "no name", "no alternative text", "id twice", "heading skips", "forced focus"} {
		if !strings.Contains(found, rule) {
			t.Errorf("%q is not noticed:\n%s", rule, found)
		}
	}
}
