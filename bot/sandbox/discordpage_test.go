package sandbox_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/smallwins/smallwins/bot/sandbox"
)

// discordBot plays a bot at Discord: it checks signatures, registers one command
// and answers what it is told to.
type discordBot struct {
	t      *testing.T
	public ed25519.PublicKey

	mu     sync.Mutex
	asked  []map[string]any
	answer string
}

func (b *discordBot) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	signature, err := hex.DecodeString(r.Header.Get("X-Signature-Ed25519"))
	if err != nil || !ed25519.Verify(b.public, append([]byte(r.Header.Get("X-Signature-Timestamp")), body...), signature) {
		http.Error(w, "bad signature", http.StatusUnauthorized)
		return
	}
	var asked map[string]any
	if err := json.Unmarshal(body, &asked); err != nil {
		b.t.Error(err)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.asked = append(b.asked, asked)
	_, _ = io.WriteString(w, b.answer)
}

func (b *discordBot) answers(body string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.answer = body
}

func (b *discordBot) last() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	text, _ := json.Marshal(b.asked[len(b.asked)-1])
	return string(text)
}

// newDiscordPage is a page with Discord on it, where `/goal log` is registered.
func newDiscordPage(t *testing.T) (*page, *discordBot) {
	t.Helper()
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	bot := &discordBot{t: t, public: public}
	target := httptest.NewServer(bot)
	t.Cleanup(target.Close)
	p := newPage(t, func(c *sandbox.Config) {
		c.Target = target.URL
		c.Discord = &sandbox.DiscordSettings{Key: private, Application: "20", Bot: "20", Token: "bot", Team: sandbox.Team{
			ID: "10", Name: "Acme Guild", Zone: "UTC", Channels: []sandbox.Channel{{ID: "30", Name: "sales"}},
			Members: []sandbox.Member{{ID: "40", Name: "Mali", Locale: "th-TH", Admin: true}, {ID: "41", Name: "Ben"}},
		}}
	})
	request := p.request(http.MethodPut, sandbox.DiscordPath+"/applications/20/guilds/10/commands",
		`[{"type":1,"name":"goal","description":"Goals","options":[{"type":1,"name":"log","description":"Log","options":[
		{"type":3,"name":"amount","description":"How much","required":true},{"type":3,"name":"goal","description":"Which","autocomplete":true}]}]}]`)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bot bot")
	request.Header.Set("User-Agent", "DiscordBot (test, 1)")
	if status, body := p.do(request); status != http.StatusOK {
		t.Fatalf("register: %d %s", status, body)
	}
	return p, bot
}

// onDiscord is a form that Mali sends on Discord.
func onDiscord(form url.Values) url.Values {
	form.Set("on", "discord")
	form.Set("as", "40")
	form.Set("channel", "30")
	return form
}

func TestDiscordCommandIsSentWithItsOptionsAndAnsweredPrivately(t *testing.T) {
	t.Parallel()
	p, bot := newDiscordPage(t)
	bot.answers(`{"type":4,"data":{"flags":32832,"allowed_mentions":{"parse":[]},"components":[{"type":17,"components":[
		{"type":10,"content":"## Done\nLogged **+3** \\*raw\\*"},{"type":1,"components":[{"type":2,"style":1,"custom_id":"again","label":"Again"}]}]}]}}`)
	p.post("/say", onDiscord(url.Values{"text": {"/goal log +3"}}))
	for _, want := range []string{`"type":2`, `"guild_id":"10"`, `"locale":"th"`, `"name":"amount","type":3,"value":"+3"`, `"permissions":"2147483656"`} {
		if !strings.Contains(bot.last(), want) {
			t.Errorf("no %s in %s", want, bot.last())
		}
	}
	_, body := p.get("/?on=discord&as=40&channel=30")
	for _, want := range []string{"<h3>Done</h3>", "<strong>&#43;3</strong> *raw*", "Only you can see this", "/goal log amount:&#43;3", `value="action_id=again"`} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if _, body = p.get("/?on=discord&as=41&channel=30"); strings.Contains(body, "Logged") {
		t.Error("another member sees a private answer")
	}
	message := p.Discord().Messages("30")[0]
	press := func(id string) int {
		status, _ := p.post("/press", onDiscord(url.Values{"message": {message.ID}, "press": {"action_id=" + id}}))
		return status
	}
	if status := press("forged"); status != http.StatusBadRequest {
		t.Errorf("a button that is not there: %d", status)
	}
	if status := press("again"); status != http.StatusNoContent || !strings.Contains(bot.last(), `"custom_id":"again"`) {
		t.Errorf("pressed: %d, %s", status, bot.last())
	}
}

func TestDiscordFormOpensIsFilledInAndStaysWhereTheBotFails(t *testing.T) {
	t.Parallel()
	p, bot := newDiscordPage(t)
	bot.answers(`{"type":9,"data":{"custom_id":"ask","title":"How much?","components":[
		{"type":18,"label":"Target","component":{"type":4,"style":1,"custom_id":"target","max_length":10,"required":true}}]}}`)
	p.post("/say", onDiscord(url.Values{"text": {"/goal log"}, "o.amount": {"+3"}}))
	_, body := p.get("/?on=discord&as=40&channel=30")
	_, rest, found := strings.Cut(body, `name="view" value="`)
	view, _, _ := strings.Cut(rest, `"`)
	if !found || !strings.Contains(body, "How much?") || !strings.Contains(body, `name="f.target"`) {
		t.Fatalf("no form on the page: %s", body)
	}
	send := func(value string) int {
		status, _ := p.post("/submit", onDiscord(url.Values{"view": {view}, "has": {"target"}, "f.target": {value}}))
		return status
	}
	if status := send(""); status != http.StatusBadRequest {
		t.Errorf("an empty required field: %d", status)
	}
	bot.answers(`{"type":99}`)
	if status := send("20"); status != http.StatusBadRequest {
		t.Errorf("a failing bot: %d", status)
	}
	bot.answers(`{"type":4,"data":{"flags":32768,"allowed_mentions":{"parse":[]},"components":[{"type":10,"content":"Set"}]}}`)
	if status := send("20"); status != http.StatusNoContent || !strings.Contains(bot.last(), `"custom_id":"target","type":4,"value":"20"`) {
		t.Errorf("sent: %d, %s", status, bot.last())
	}
	if _, body = p.get("/?on=discord&as=40&channel=30"); strings.Contains(body, `name="f.target"`) {
		t.Error("the form is still open")
	}
}

func TestWireTellsWhatWasNotValid(t *testing.T) {
	t.Parallel()
	p, bot := newDiscordPage(t)
	bot.answers(`{"type":4,"data":{"content":"x"}}`)
	p.post("/say", onDiscord(url.Values{"text": {"/goal log +3"}}))
	_, body := p.get("/wire/2")
	for _, want := range []string{"X-Signature-Ed25519: ", "a message that is not one of components alone", `&#34;value&#34;: &#34;+3&#34;`} {
		if !strings.Contains(strings.ReplaceAll(body, "&#43;", "+"), want) {
			t.Errorf("no %q in %s", want, body)
		}
	}
	if seen := p.Discord().Messages("30"); len(seen) != 1 || seen[0].OnlyFor != "40" || !strings.Contains(string(seen[0].Body), "did not respond") {
		t.Errorf("the member sees %+v", seen)
	}
}

func TestFaultFromThePageHitsTheNextCall(t *testing.T) {
	t.Parallel()
	p := newPage(t)
	form := url.Values{"as": {"U0001"}, "channel": {"C0001"}, "kind": {"status"}}
	if status, _ := p.post("/fault", form); status != http.StatusNoContent {
		t.Fatalf("fault: %d", status)
	}
	call := func() int {
		status, _ := p.do(p.request(http.MethodPost, "/api/auth.test", "token="+token))
		return status
	}
	if first, second := call(), call(); first != http.StatusInternalServerError || second != http.StatusOK {
		t.Errorf("calls are answered %d, %d", first, second)
	}
}
