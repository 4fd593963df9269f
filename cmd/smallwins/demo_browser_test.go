package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/smallwins/smallwins/bot/sandbox"
)

// looks are the pages that the first steps are gone on.
var looks = []struct{ name, query string }{
	{"slack", "on=slack"},
	{"discord", "on=discord"},
	{"slack-thai", "on=slack&lang=th"},
	{"discord-thai", "on=discord&lang=th"},
}

func TestNewcomerGoesTheFirstSteps(t *testing.T) {
	for _, look := range looks {
		t.Run(look.name, func(t *testing.T) {
			b := newBrowser(t, 1280, 860, look.query)
			b.shot("0-begin")
			b.clicks("#guide .try")
			b.clicks("#send")
			b.done(1)
			b.answersUntilCreated(strings.HasPrefix(look.name, "slack"))
			b.done(2)
			b.shot("2-created")
			b.clicks("#guide .try")
			b.clicks("#send")
			b.choosesGoal()
			b.done(3)
			b.shot("3-logged")
			b.clicks("#guide .try")
			b.done(4)
			b.sees("[...document.querySelectorAll('#messages .message:not(.private) .app')].length > 0")
			b.shot("4-nudge")
			b.clicks("#guide .try")
			b.done(5)
			b.sees("[...document.querySelectorAll('#messages .message:last-child img.picture')].some((image) => image.complete && image.naturalWidth > 600 && image.alt.length > 100)")
			b.sees("document.querySelector('#messages .message:last-child h3').getBoundingClientRect().top > document.querySelector('#scroll').getBoundingClientRect().top")
			b.shot("5-warning")
			b.clicks("#messages .message:last-child .actions .button")
			b.sees("document.querySelector('#messages .message:last-child.private')")
			b.shot("6-useful")
		})
	}
}

// answersUntilCreated answers what the coach asks of "more calls".
func (b *browser) answersUntilCreated(inForms bool) {
	b.Helper()
	b.sees("document.querySelector('#modal[open] input[type=text]')")
	b.shot("1-coached")
	b.do(chromedp.SendKeys(chromedp.CSS("#modal input[type=text]"), "50"))
	b.clicks("#modal .foot .primary")
	if !inForms {
		b.sees("document.querySelector('#messages select.choose')")
		b.reads(`(() => { const select = document.querySelector("#messages select.choose"); select.selectedIndex = 2;
			select.dispatchEvent(new Event("change", { bubbles: true })) })()`)
		b.sees("document.querySelectorAll('#messages .button.primary').length === 1 && !document.querySelector('#messages select.choose')")
		b.clicks("#messages .button.primary")
		return
	}
	b.sees("document.querySelectorAll('#modal input[type=radio]').length > 4")
	b.clicks("#modal .pick:nth-of-type(2) input")
	b.clicks("#modal .foot .primary")
	b.sees("document.querySelector('#modal input[type=radio][value=create]')")
	b.shot("2-card")
	b.clicks("#modal .foot .primary")
	b.sees("!document.querySelector('#modal .foot .primary')")
	b.clicks("#modal .foot .button")
	b.sees("!document.querySelector('#modal[open]')")
}

// choosesGoal answers for which goal progress is: the newest.
func (b *browser) choosesGoal() {
	b.Helper()
	b.sees("document.querySelector('#guide li:nth-child(3).done') || document.querySelectorAll('#messages .message:last-child .actions .button').length > 0")
	if b.reads("Boolean(document.querySelector('#guide li:nth-child(3).done'))") == false {
		b.clicks("#messages .message:last-child .actions .button")
	}
}

func TestMistakeIsToldAtItsFieldAndWhatWasTypedStays(t *testing.T) {
	b := newBrowser(t, 1280, 860, "on=slack")
	b.do(chromedp.SendKeys(chromedp.CSS("#text"), "/goal new we want more customer calls"))
	b.clicks("#send")
	b.sees("document.querySelector('#modal[open] input[type=text]')")
	b.do(chromedp.SendKeys(chromedp.CSS("#modal input[type=text]"), "lots"))
	b.clicks("#modal .foot .primary")
	b.sees("document.querySelector('#modal .field.wrong .mistake')?.innerText")
	b.shot("field-error")
	if typed := b.reads("document.querySelector('#modal .field.wrong input[type=text]').value"); typed != "lots" {
		t.Errorf("the field holds %q", typed)
	}
	if focused := b.reads("document.activeElement.getAttribute('aria-invalid')"); focused != "true" {
		t.Errorf("the focus is on %v", b.reads("document.activeElement.outerHTML"))
	}
	b.do(chromedp.KeyEvent("\x1b"))
	b.sees("!document.querySelector('#modal[open]')")
}

func TestWordsThatNoBotHearsAreNotLeftUnanswered(t *testing.T) {
	b := newBrowser(t, 1280, 860, "on=slack")
	b.do(chromedp.SendKeys(chromedp.CSS("#text"), "we want more calls"))
	b.clicks("#send")
	b.sees("document.querySelector('#status').innerText.includes('/goal new')")
	b.shot("unheard")
	b.clicks("#guide .try")
	b.sees("document.querySelector('#status').innerText.includes('Enter')")
	b.do(chromedp.KeyEvent("\r"))
	b.sees("document.querySelector('#modal[open]')")
	b.sees("document.querySelector('#status').innerText === ''")
}

func TestButtonPressedTwiceCreatesOneGoal(t *testing.T) {
	b := newBrowser(t, 1280, 860, "on=slack")
	b.do(chromedp.SendKeys(chromedp.CSS("#text"), "/goal new 40 calls this month"))
	b.clicks("#send")
	b.sees("document.querySelector('#messages .button.primary')")
	b.reads(`(() => { const button = document.querySelector("#messages .button.primary"), form = button.form;
		const send = () => { const data = new FormData(form, button); return fetch(form.action, { method: "POST", headers: { "X-Requested-With": "fetch" }, body: new URLSearchParams(data) }) };
		send(); send() })()`)
	b.sees("document.querySelector('#guide li:nth-child(2).done')")
	story := b.demo.worlds[0].stories[0]
	goals, err := b.demo.worlds[0].app.store.Goals(t.Context(), story.workspace, "active")
	created := 0
	for _, goal := range goals {
		if !goal.CreatedAt.Before(story.now) {
			created++
		}
	}
	if err != nil || created != 1 {
		t.Errorf("%d goals were created, %v", created, err)
	}
}

func TestPageIsUsableOnANarrowScreenAndByKeyboard(t *testing.T) {
	for _, look := range []string{"slack", "discord"} {
		t.Run(look, func(t *testing.T) {
			b := newBrowser(t, 380, 760, "on="+look)
			b.shot("narrow")
			if wide := b.reads("document.documentElement.scrollWidth > innerWidth"); wide != false {
				t.Error("the page scrolls sideways")
			}
			b.do(chromedp.KeyEvent("/goal pro"))
			b.sees("document.querySelector('#commands:not([hidden])')")
			b.do(chromedp.KeyEvent("\t"))
			b.sees("document.querySelector('#text').value === '/goal progress '")
			b.shot("completed")
			b.do(chromedp.KeyEvent("\r"))
			b.sees("document.querySelector('#messages .app')")
			b.shot("answered")
			b.clicks("#menu")
			b.sees("document.activeElement.closest('nav.open')")
			b.do(chromedp.KeyEvent("\x1b"))
			b.sees("document.activeElement.id === 'menu'")
		})
	}
}

func TestHomeAndTheWireAreShown(t *testing.T) {
	b := newBrowser(t, 1380, 860, "on=slack")
	b.opensHome()
	b.shot("home")
	b.clicks("#developer")
	b.sees("document.querySelectorAll('#exchanges li').length >= 2")
	b.clicks("#exchanges summary")
	b.sees("document.querySelector('#exchanges pre')?.innerText")
	if bad := b.reads("document.querySelectorAll('#exchanges .bad').length"); fmt.Sprint(bad) != "0" {
		t.Errorf("%v exchanges broke the contract", bad)
	}
	b.shot("wire")
	b.clicks("#guide .try")
	b.do(chromedp.WaitVisible(chromedp.CSS("#text")))
	b.sees("document.querySelector('#text')?.value.startsWith('/goal new ')")
}

func TestAFileIsAttachedInBothLooks(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deals.csv")
	if err := os.WriteFile(path, []byte(wonDeals(3)), 0o600); err != nil {
		t.Fatal(err)
	}
	onSlack, onDiscord := string(slackSample("en", time.Time{}).id("mali")), string(discordSample("en", time.Time{}).id("mali"))
	for _, look := range []struct{ name, query, typed, field string }{
		{"slack", "on=slack&as=" + onSlack + "&channel=" + sandbox.Direct(onSlack), "", "#file"},
		{"discord", "on=discord&as=" + onDiscord, "/goal import ", "#fields input[type=file]"},
	} {
		t.Run(look.name, func(t *testing.T) {
			b := newBrowser(t, 1280, 860, look.query)
			if look.typed != "" {
				b.do(chromedp.SendKeys(chromedp.CSS("#text"), look.typed))
			}
			b.sees(fmt.Sprintf("document.querySelector(%q)", look.field))
			b.do(chromedp.SetUploadFiles(chromedp.CSS(look.field), []string{path}))
			b.shot("chosen")
			b.clicks("#send")
			b.sees("document.querySelector('#messages').innerText.includes('3 rows, understood as Deals')")
			b.shot("shown")
			b.reads("[...document.querySelectorAll('#messages .button')].find((button) => button.innerText.startsWith('Take 3 rows')).click()")
			b.sees("document.querySelector('#messages').innerText.includes('3 events are new or changed')")
			b.do(chromedp.SendKeys(chromedp.CSS("#text"), "/goal export"))
			b.clicks("#send")
			b.sees("document.querySelector('#messages .file a')")
			b.shot("export")
		})
	}
}
