package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// The browser tests run where browserVariable names a browser, as .ci/run does,
// and fail where it names one that is not there. Where screenshotVariable names
// a directory, pictures of what they saw are kept in it.
const (
	browserVariable    = "SMALLWINS_BROWSER"
	screenshotVariable = "SMALLWINS_SCREENSHOTS"
)

// patience is how long somebody waits for what is to happen: a machine that runs
// all tests at once, with the race detector, takes its time to move the clock.
const patience = time.Minute

// browser is somebody in front of the demo.
type browser struct {
	*testing.T
	ctx  context.Context
	demo *demo
}

// newBrowser starts a demo of its own and opens its page.
func newBrowser(t *testing.T, width, height int64, query string) *browser {
	t.Helper()
	program := os.Getenv(browserVariable)
	if program == "" {
		t.Skipf("%s names no browser; .ci/run sets it", browserVariable)
	}
	language := "en"
	if strings.Contains(query, "lang=th") {
		language = "th"
	}
	demo, err := newDemo(t.Context(), "127.0.0.1:0", t.TempDir(), language)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended, ready := make(chan error, 1), make(chan struct{})
	go func() { ended <- demo.Run(ctx, func() { close(ready) }) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	<-ready
	pageCtx, cancel := context.WithTimeout(context.Background(), 5*patience)
	t.Cleanup(cancel)
	pageCtx, closeBrowser := chromedp.NewExecAllocator(pageCtx,
		chromedp.ExecPath(program), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun)
	t.Cleanup(closeBrowser)
	pageCtx, closePage := chromedp.NewContext(pageCtx)
	t.Cleanup(closePage)
	b := &browser{T: t, ctx: pageCtx, demo: demo}
	b.do(chromedp.EmulateViewport(width, height), chromedp.Navigate(demo.address+"&"+query))
	b.sees("document.body.dataset.live === '1'")
	return b
}

// do acts in the browser.
func (b *browser) do(actions ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	if err := chromedp.Do(b.ctx, actions...); err != nil {
		b.shot("failed")
		b.Fatal(err)
	}
}

// reads returns what an expression is on the page.
func (b *browser) reads(expression string) any {
	b.Helper()
	value, err := chromedp.Run(b.ctx, chromedp.Evaluate[any](expression))
	if err != nil {
		b.Fatalf("%s: %v", expression, err)
	}
	return value
}

// sees waits until a condition holds on the page.
func (b *browser) sees(condition string) {
	b.Helper()
	wrapped := "Boolean(" + condition + ")"
	if _, err := chromedp.Run(b.ctx, chromedp.Poll[bool](wrapped, chromedp.WithPollingTimeout(patience))); err != nil {
		b.shot("failed")
		b.Fatalf("not seen: %s: %v; the page says:\n%s", condition, err, b.reads("document.body.innerText"))
	}
}

// clicks clicks on what a selector finds.
func (b *browser) clicks(selector string) {
	b.Helper()
	b.sees(fmt.Sprintf("document.querySelector(%q)", selector))
	b.do(chromedp.Click(chromedp.CSS(selector)))
}

// shot keeps a picture of the page, where pictures are kept.
func (b *browser) shot(name string) {
	b.Helper()
	dir := os.Getenv(screenshotVariable)
	if dir == "" {
		return
	}
	// What was done last is painted with the next frame.
	_, err := chromedp.Run(b.ctx, chromedp.Evaluate[any](
		"new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))", chromedp.EvalAwaitPromise))
	var picture []byte
	if err == nil {
		picture, err = chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	}
	if err == nil {
		err = os.MkdirAll(dir, 0o755)
	}
	if err == nil {
		file := strings.ReplaceAll(b.Name(), "/", "-") + "-" + name + ".png"
		err = os.WriteFile(filepath.Join(dir, file), picture, 0o644)
	}
	if err != nil {
		b.Logf("no screenshot: %v", err)
	}
}

// done waits until a step is checked off.
func (b *browser) done(step int) {
	b.Helper()
	b.sees(fmt.Sprintf("document.querySelectorAll('#guide li')[%d]?.classList.contains('done')", step-1))
}

// dark asks for dark colours, as a reader's system does.
func (b *browser) dark() {
	b.Helper()
	wanted := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}}}
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, wanted); err != nil {
		b.Fatal(err)
	}
}

// jumps moves the demo's clock.
func (b *browser) jumps(to string) {
	b.Helper()
	b.reads(fmt.Sprintf("document.querySelector('#clock button[value=%q]').click()", to))
}

// opensHome goes to the bot's own page.
func (b *browser) opensHome() {
	b.Helper()
	home, _ := b.reads("document.querySelector(\"nav a[href*='home=1']\").href").(string)
	b.do(chromedp.Navigate(home))
	b.sees("document.querySelector('#home .button')")
}
