package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/smallwins/smallwins/bot/sandbox"
)

// wonDeals is a table of won deals, as Excel writes it where commas are decimal
// marks.
func wonDeals(count int) string {
	var table strings.Builder
	table.WriteString("\ufeffDeal ID;Owner;Status;Amount;Opened on;Closed on\r\n")
	for i := range count {
		fmt.Fprintf(&table, "D%d;Darcy;Won;%d;2026-02-03;2026-02-20\r\n", i, 100+i%50)
	}
	return table.String()
}

// sendsFile sends a file to the bot alone and returns the event's object of it.
func (s *slackChat) sendsFile(name, content string) map[string]any {
	s.Helper()
	file := s.world.api.Share(s.world.url+"/api/", s.user, name, "text/csv", []byte(content))
	s.sendsFiles(file)
	return file
}

func (s *slackChat) sendsFiles(files ...map[string]any) {
	s.Helper()
	s.event(map[string]any{
		"type": "message", "subtype": "file_share", "channel_type": "im", "user": s.user, "channel": s.talk(), "text": "", "team": "T1",
		"files": files,
	})
}

// told waits for the bot's next message in the talk and returns it.
func (s *slackChat) told(before int) sandbox.Message {
	s.Helper()
	var last sandbox.Message
	ctx, cancel := context.WithTimeout(s.Context(), filePatience)
	defer cancel()
	err := s.world.api.AwaitChange(ctx, func() bool {
		posted := s.inTalk()
		if len(posted) <= before {
			return false
		}
		last = posted[before]
		return true
	})
	if err != nil {
		s.Fatalf("no answer in the talk: %v; calls %+v", err, s.world.api.Calls(""))
	}
	return last
}

// filePatience is how long a test waits for what becomes of a file, on a machine
// that has more to do.
const filePatience = 90 * time.Second

// inTalk are the bot's messages in the talk.
func (s *slackChat) inTalk() []sandbox.Message {
	return slices.DeleteFunc(s.world.api.Posted(), func(m sandbox.Message) bool { return m.Channel != s.talk() })
}

func messageText(t testing.TB, message sandbox.Message) string {
	return said(t, `{"blocks":`+string(message.Blocks)+`}`)
}

// pressesIn presses a choice in a message of the talk and returns what it is
// answered with.
func (s *slackChat) pressesIn(t *testing.T, message sandbox.Message, label string) string {
	t.Helper()
	var blocks []struct {
		BlockID  string `json:"block_id"`
		Elements []struct {
			ActionID string `json:"action_id"`
			Value    string `json:"value"`
			Text     struct{ Text string }
		} `json:"elements"`
	}
	if err := json.Unmarshal(message.Blocks, &blocks); err != nil {
		t.Fatal(err)
	}
	for _, block := range blocks {
		for _, element := range block.Elements {
			if !strings.HasPrefix(element.Text.Text, label) || element.ActionID == "" {
				continue
			}
			trigger := s.world.api.Trigger(s.user)
			payload, err := json.Marshal(map[string]any{
				"type": "block_actions", "trigger_id": trigger, "response_url": s.world.url + "/response/" + trigger,
				"team": map[string]string{"id": "T1"}, "user": map[string]string{"id": s.user, "name": s.user},
				"channel": map[string]string{"id": message.Channel},
				"actions": []map[string]string{{"type": "button", "action_id": element.ActionID, "block_id": block.BlockID, "value": element.Value}},
			})
			if answer := s.interacts(payload, err); answer != "" {
				t.Errorf("the press is answered with %s", answer)
			}
			ctx, cancel := context.WithTimeout(t.Context(), latest)
			defer cancel()
			for {
				select {
				case late := <-s.world.answers:
					if late.trigger == trigger {
						return said(t, late.body)
					}
				case <-ctx.Done():
					t.Fatalf("the press of %s is not answered", label)
				}
			}
		}
	}
	t.Fatalf("there is no button %q in\n%s", label, messageText(t, message))
	return ""
}

func TestAFileSentInSlackIsShownAndCountsOnceAcrossARestart(t *testing.T) {
	t.Parallel()
	s, stop := newSlackChat(t, "U1")
	sent := s.sendsFile("won deals.csv", wonDeals(3)+"D9;Darcy;Won;much;2026-02-03;2026-02-20\r\n")
	shown := s.told(0)
	wantAll(t, messageText(t, shown), "won deals.csv: 4 rows, understood as Deals:", "Amount → amount", "1 line left out:", "Line 5, Amount “much”: This is no amount.")
	if heard := said(t, s.goal("history revenue")); strings.Contains(heard, "$303") {
		t.Errorf("a dry run counted:\n%s", heard)
	}
	// What is shown does not hang on Slack's file, nor on the process.
	s.world.api.Unshare(sent["id"].(string))
	stop(true)
	wantAll(t, s.pressesIn(t, shown, "Take 3 rows"), "3 events are new or changed, 0 were known already.")
	s.twice = true // the press comes twice
	wantAll(t, s.pressesIn(t, shown, "Take 3 rows"), "done already")
	s.twice = false
	s.sendsFile("won deals.csv", wonDeals(3))
	wantAll(t, s.pressesIn(t, s.told(1), "Take 3 rows"), "0 events are new or changed, 3 were known already.")
	if heard := said(t, s.goal("history revenue")); !strings.Contains(heard, "Feb 2026: $303") {
		t.Errorf("the history says:\n%s", heard)
	}
}

func TestFilesInSlackThatAreNotTakenAreRefusedWithWhatToDo(t *testing.T) {
	t.Parallel()
	s, _ := newSlackChat(t, "U1")
	object := func(change func(map[string]any)) map[string]any {
		file := s.world.api.Share(s.world.url+"/api/", s.user, "deals.csv", "text/csv", []byte(wonDeals(2)))
		change(file)
		return file
	}
	for i, test := range []struct {
		file map[string]any
		want string
	}{
		{object(func(f map[string]any) { f["name"], f["mimetype"] = "deals.xlsx", "application/zip" }), "That is a workbook"},
		{object(func(f map[string]any) { f["size"] = 20 << 20 }), "larger than 10 MB"},
		{object(func(f map[string]any) { f["mode"] = "tombstone" }), "I cannot open files here."},
		// Somebody else's host, another team's file, and one whose address is made up.
		{object(func(f map[string]any) {
			f["url_private_download"] = "https://files.slack.com.evil.example/files-pri/T1-F1/download/a.csv"
		}), "I cannot open files here."},
		{object(func(f map[string]any) {
			f["url_private_download"] = s.world.url + "/api/files-pri/T2-F1/download/a.csv"
		}), "I cannot open files here."},
		{object(func(f map[string]any) { f["url_private_download"] = s.world.url + "/api/auth.test" }), "I cannot open files here."},
		{object(func(f map[string]any) { s.world.api.Unshare(f["id"].(string)) }), "The file is not there any more."},
		{s.world.api.Share(s.world.url+"/api/", s.user, "deals.csv", "text/csv", nil), "There is no table in that."},
	} {
		s.sendsFiles(test.file)
		wantAll(t, messageText(t, s.told(i)), test.want)
	}
	s.world.api.Inject(sandbox.Fault{Method: "download", Kind: sandbox.FaultStatus, Status: 503})
	s.sendsFile("deals.csv", wonDeals(2))
	wantAll(t, messageText(t, s.told(8)), "did not come through just now")

	rep := &slackChat{TB: t, user: "U2", caller: s.caller}
	rep.sendsFile("deals.csv", wonDeals(2))
	wantAll(t, messageText(t, rep.told(0)), "Past figures are brought in by managers.")
	if heard := said(t, s.goal("history winrate")); strings.Contains(heard, "2 of 2") {
		t.Errorf("something counted:\n%s", heard)
	}
}

func TestAFileWithoutTheScopeToReadItSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	clock := &testClock{now: aTuesday}
	scopes := slices.DeleteFunc(manifestScopes(t), func(scope string) bool { return strings.HasPrefix(scope, "files:") })
	world := newSlackWorld(t, clock.Now, scopes)
	base, _ := startApp(t, world.config(t.TempDir()), clock.Now)
	s := &slackChat{TB: t, user: "U1", caller: newCaller(t, base, world, clock.Now)}
	s.sendsFile("deals.csv", wonDeals(2))
	wantAll(t, messageText(t, s.told(0)), "files:read")
	s.writes("20 demos this month")
	s.told(1)
	s.writes("export")
	wantAll(t, messageText(t, s.told(2)), "The files could not be sent")
}

func TestALongFileInSlackIsTakenBesideTheTalk(t *testing.T) {
	t.Parallel()
	s, _ := newSlackChat(t, "U1")
	s.sendsFile("deals.csv", wonDeals(2001))
	wantAll(t, s.pressesIn(t, s.told(0), "Take 2,001 rows"), "deals.csv: I am taking 2,001 rows")
	wantAll(t, messageText(t, s.told(1)), "deals.csv is in.", "2,001 events are new or changed, 0 were known already.")
}

func TestAnExportInSlackGoesToTheMembersDirectMessages(t *testing.T) {
	t.Parallel()
	s, _ := newSlackChat(t, "U1")
	s.setsByForms(func() {})
	s.sends("card", "create")
	s.awaits("the end", func() bool { view, _ := s.world.api.OpenView("U1"); return view.Submit == "" })
	s.goal("log #1 +3 =Acme")
	if answer := s.goal("export"); answer != "" {
		t.Errorf("the command is answered with %s", answer)
	}
	wantAll(t, s.lateAnswer(), "Your own data, in 3 files for you alone:", "The files are in our direct messages")
	shared := s.world.api.Shared(s.talk())
	if len(shared) != 3 || shared[0].Name != "goals.csv" || shared[1].Name != "entries.csv" || shared[2].Name != "everything.jsonl" {
		t.Fatalf("shared are %d files", len(shared))
	}
	if entries := string(shared[1].Data); !strings.Contains(entries, "'=Acme") {
		t.Errorf("the entries are\n%s", entries)
	}
	for _, channel := range []string{"C1", "C2", sandbox.Direct("U2")} {
		if others := s.world.api.Shared(channel); len(others) > 0 {
			t.Errorf("%s was shared in %s", others[0].Name, channel)
		}
	}
	// The team's, brought back in as it went out.
	s.sendsFile("deals.csv", wonDeals(4))
	s.pressesIn(t, s.told(0), "Take 4 rows")
	s.writes("export team")
	s.told(1)
	shared = s.world.api.Shared(s.talk())[3:]
	i := slices.IndexFunc(shared, func(f sandbox.SlackFile) bool { return f.Name == "deals.csv" })
	if i < 0 {
		t.Fatalf("no deals among %d files", len(shared))
	}
	s.sendsFile("deals.csv", string(shared[i].Data))
	wantAll(t, s.pressesIn(t, s.told(2), "Take 4 rows"), "0 events are new or changed, 4 were known already.")
}

// wantAll checks that a text holds each of the parts.
func wantAll(t testing.TB, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%q is not in:\n%s", part, text)
		}
	}
}
