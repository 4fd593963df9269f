package main

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/smallwins/smallwins/bot/sandbox"
	deploy "github.com/smallwins/smallwins/deploy/slack"
)

var manifestScope = regexp.MustCompile(`(?m)^      - ([a-z]+(?:[.:][a-z]+)*)$`)

func manifestText(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../deploy/slack/manifest.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// manifestScopes are what the app's manifest asks for.
func manifestScopes(t *testing.T) []string {
	t.Helper()
	_, rest, found := strings.Cut(manifestText(t), "\n    bot:\n")
	bot, _, closed := strings.Cut(rest, "\nsettings:")
	if !found || !closed {
		t.Fatal("the manifest has no scopes of a bot")
	}
	var scopes []string
	for _, match := range manifestScope.FindAllStringSubmatch(bot, -1) {
		scopes = append(scopes, match[1])
	}
	return scopes
}

// newSlackChat starts a server that one member talks to, with no more rights in
// Slack than the manifest asks for.
func newSlackChat(t *testing.T, user string) (*slackChat, func(restart bool)) {
	t.Helper()
	clock := &testClock{now: aTuesday}
	world := newSlackWorld(t, clock.Now, manifestScopes(t))
	dir := t.TempDir()
	base, stop := startApp(t, world.config(dir), clock.Now)
	chat := &slackChat{TB: t, user: user, caller: newCaller(t, base, world, clock.Now)}
	return chat, func(restart bool) {
		stop()
		if restart {
			chat.base, stop = startApp(t, world.config(dir), clock.Now)
		}
	}
}

func TestManifestAsksForWhatIsUsedAndNamesWhatIsServed(t *testing.T) {
	t.Parallel()
	scopes := manifestScopes(t)
	want := []string{
		"channels:history", "chat:write", "commands", "files:read", "files:write", "groups:history", "im:history", "im:write", "usergroups:read", "users:read", "users:read.email",
	}
	slices.Sort(scopes)
	if !slices.Equal(scopes, want) {
		t.Errorf("scopes %v, want %v", scopes, want)
	}
	text := manifestText(t)
	for _, path := range []string{"/slack/commands", "/slack/interactions", "/slack/events"} {
		if !strings.Contains(text, "https://smallwins.example.com"+path+"\n") {
			t.Errorf("the manifest does not name %s", path)
		}
	}
}

func TestManifestIsPrintedWithTheServersAddress(t *testing.T) {
	t.Parallel()
	if got := deploy.Manifest(""); got != manifestText(t) {
		t.Error("without an address it is another than deploy/slack/manifest.yaml")
	}
	got := deploy.Manifest("https://wins.acme.test/")
	for _, path := range []string{"/slack/commands", "/slack/interactions", "/slack/events", "/slack/oauth/callback"} {
		if !strings.Contains(got, "https://wins.acme.test"+path+"\n") {
			t.Errorf("it does not name %s", path)
		}
	}
	if strings.Contains(got, "example.com") {
		t.Error("the example is still there")
	}
	var manifest struct {
		OAuth struct {
			Scopes struct{ Bot []string }
		} `yaml:"oauth_config"`
		Settings struct {
			Events struct {
				Bot []string `yaml:"bot_events"`
			} `yaml:"event_subscriptions"`
		}
	}
	if err := yaml.Unmarshal([]byte(got), &manifest); err != nil {
		t.Fatal(err)
	}
	if want := []string{"app_home_opened", "app_uninstalled", "tokens_revoked", "message.im"}; !slices.Equal(manifest.Settings.Events.Bot, want) {
		t.Errorf("events %v, want %v", manifest.Settings.Events.Bot, want)
	}
	if len(manifest.OAuth.Scopes.Bot) != len(manifestScopes(t)) {
		t.Errorf("scopes %v", manifest.OAuth.Scopes.Bot)
	}
}

// setsByForms answers the questions about a goal, up to its card.
func (s *slackChat) setsByForms(between func()) {
	s.Helper()
	s.goal("new")
	s.sends("kind", "meetings")
	s.sends("whose", "mine")
	between()
	s.sends("target", "lots")
	view, _ := s.world.api.OpenView(s.user)
	if len(view.Errors) != 1 {
		s.Errorf("an answer that is no number is answered with %v", view.Errors)
	}
	s.sends("target", "20")
	s.picks("period", "This month")
}

func TestGoalIsSetInModalsAcrossARestart(t *testing.T) {
	t.Parallel()
	s, stop := newSlackChat(t, "U1")
	s.setsByForms(func() { stop(true) })
	if card := s.inFront(); !strings.Contains(card, "Specific") {
		t.Errorf("the card says:\n%s", card)
	}
	s.sends("card", "create")
	s.awaits("the end", func() bool { view, _ := s.world.api.OpenView("U1"); return view.Submit == "" })
	if end := s.inFront(); !strings.Contains(end, "#1") {
		t.Errorf("the end says:\n%s", end)
	}
	if heard := said(t, s.goal("list")); !strings.Contains(heard, "#1") || !strings.Contains(heard, "20") {
		t.Errorf("/goal list says:\n%s", heard)
	}
}

func TestGoalIsSetOnceWithEverythingSentTwice(t *testing.T) {
	t.Parallel()
	s, _ := newSlackChat(t, "U1")
	s.twice = true
	s.setsByForms(func() {})
	s.sends("card", "create")
	s.awaits("the end", func() bool { view, _ := s.world.api.OpenView("U1"); return view.Submit == "" })
	heard := said(t, s.goal("list all"))
	if !strings.Contains(heard, "#1") || strings.Contains(heard, "#2") {
		t.Errorf("/goal list all says:\n%s", heard)
	}
}

func TestGoalWithoutANumberIsCoachedInItsForm(t *testing.T) {
	t.Parallel()
	s, _ := newSlackChat(t, "U1")
	s.goal("new Let's make more revenue")
	s.form("target")
	if heard := s.inFront(); !strings.Contains(heard, "there is no number yet") {
		t.Errorf("the form says:\n%s", heard)
	}
}

func TestModalGoesBackAndCanBeLeft(t *testing.T) {
	t.Parallel()
	s, _ := newSlackChat(t, "U1")
	s.goal("new")
	s.sends("kind", "meetings")
	s.pressIn(s.form("whose"), "dialog_back")
	s.sends("kind", "calls")
	s.pressIn(s.form("whose"), "dialog_drop")
	s.awaits("the end", func() bool { view, _ := s.world.api.OpenView("U1"); return view.Submit == "" })
	if end := s.inFront(); !strings.Contains(end, "Discarded") {
		t.Errorf("the end says:\n%s", end)
	}
	if heard := said(t, s.goal("list")); strings.Contains(heard, "#1") {
		t.Errorf("a goal that was dropped is listed:\n%s", heard)
	}
}

func TestFormOfAnotherMemberIsRefused(t *testing.T) {
	t.Parallel()
	s, _ := newSlackChat(t, "U1")
	s.goal("new")
	view := s.form("kind")
	payload, err := s.world.api.Submission("U1", sandbox.Fill{"kind": {"meetings"}})
	stolen := strings.Replace(string(payload), `"id":"U1"`, `"id":"U2"`, 1)
	if stolen == string(payload) {
		t.Fatal("the payload does not name its member as expected")
	}
	answer := s.interacts([]byte(stolen), err)
	if !strings.Contains(answer, "not yours") {
		t.Errorf("a form that U2 sent in U1's name of it is answered with %s", answer)
	}
	if still, _ := s.world.api.OpenView("U1"); still.Hash != view.Hash {
		t.Error("U1's form changed")
	}
}

func TestRepWhoActsAsAManagerIsRefusedAndTheTrailTells(t *testing.T) {
	t.Parallel()
	s, _ := newSlackChat(t, "U1")
	s.setsByForms(func() {})
	s.sends("card", "create")
	s.awaits("the end", func() bool { view, _ := s.world.api.OpenView("U1"); return view.Submit == "" })
	for i, forged := range []string{"close #1 nobody needs it", "log #1 +3", "edit #1 target 1"} {
		answer := s.presses(t, "U2", "command_run", forged, fmt.Sprint("forged", i))
		if heard := said(t, answer); strings.Contains(heard, "is closed") || strings.Contains(heard, "Logged") {
			t.Errorf("%s is answered with:\n%s", forged, heard)
		}
	}
	if heard := said(t, s.goal("show #1")); !strings.Contains(heard, "0 of 20") || !strings.Contains(heard, "Active") {
		t.Errorf("/goal show says:\n%s", heard)
	}
	trail := said(t, s.goal("settings changes"))
	if !strings.Contains(trail, "Not done, as it takes another role") || strings.Count(trail, "#1") < 2 {
		t.Errorf("the trail says:\n%s", trail)
	}
}

func TestTalkInDirectMessagesSetsAGoal(t *testing.T) {
	t.Parallel()
	s, stop := newSlackChat(t, "U1")
	heard := func(posts int) string {
		t.Helper()
		s.awaits("an answer", func() bool { return len(s.world.api.Posted()) >= posts })
		last := s.world.api.Posted()[posts-1]
		if last.Channel != s.talk() {
			t.Errorf("answered in %s", last.Channel)
		}
		return said(t, `{"blocks":`+string(last.Blocks)+`}`)
	}
	s.writes("we want to grow MRR")
	if question := heard(1); question == "" {
		t.Error("nothing is asked")
	}
	stop(true)
	answers := []string{"+3%", "this quarter", "$400k", "create goal"}
	for i, answer := range answers {
		s.writes(answer)
		heard(2 + i)
	}
	if list := said(t, s.goal("list all")); !strings.Contains(list, "#1") {
		t.Errorf("/goal list says:\n%s\nafter:\n%s", list, heard(1+len(answers)))
	}
}

func TestEventThatComesAgainIsAnsweredOnceAcrossARestart(t *testing.T) {
	t.Parallel()
	s, stop := newSlackChat(t, "U1")
	hello := map[string]any{"type": "message", "channel_type": "im", "user": "U1", "channel": s.talk(), "text": "help", "team": "T1"}
	s.eventOf("Ev1", hello)
	s.eventOf("Ev1", hello)
	s.awaits("the answer", func() bool { return len(s.world.api.Posted()) > 0 })
	stop(true)
	s.eventOf("Ev1", hello)
	s.eventOf("Ev2", hello)
	s.awaits("the second answer", func() bool { return s.world.api.CountByMetadata("request")["Ev2"] == 1 })
	stop(false) // what was accepted is answered before the server stops
	if counts := s.world.api.CountByMetadata("request"); counts["Ev1"] != 1 || len(s.world.api.Posted()) != 2 {
		t.Errorf("answers %v", counts)
	}
}

func TestHomeShowsGoalsAndIsPressedIn(t *testing.T) {
	t.Parallel()
	s, _ := newSlackChat(t, "U1")
	home := func(wants ...string) sandbox.View {
		t.Helper()
		var view sandbox.View
		s.awaits("the page with "+strings.Join(wants, ", "), func() bool {
			var there bool
			view, there = s.world.api.Home("U1")
			if !there {
				return false
			}
			text := readable(t, view)
			return !slices.ContainsFunc(wants, func(want string) bool { return !strings.Contains(text, want) })
		})
		return view
	}
	opened := map[string]any{"type": "app_home_opened", "user": "U1", "channel": s.talk(), "tab": "home"}
	s.event(opened)
	s.pressIn(home("New goal"), "command_run")
	s.sends("kind", "meetings")
	s.sends("whose", "mine")
	s.sends("target", "20")
	s.picks("period", "This month")
	s.sends("card", "create")
	s.awaits("the end", func() bool { view, _ := s.world.api.OpenView("U1"); return view.Submit == "" })
	s.goal("log +3")
	s.goal("plan #1")
	s.event(opened)
	page := home("#1", "small wins")
	s.pressIn(page, "win_done")
	home("1 of")
}
