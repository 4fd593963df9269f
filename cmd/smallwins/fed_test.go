package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/bot/sandbox"
	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
)

// fedPeople are Mai, who leads the team, and its reps.
var fedPeople = []string{"mai", "nok", "ben", "art"}

// fedOffice is that team on one platform: a server, what its CRM sends there, and
// what its members read, all over signed HTTP.
type fedOffice struct {
	testing.TB
	clock  *testClock
	hook   string
	secret string
	crm    *fedTeam
	client *http.Client
	sent   int
	heard  bytes.Buffer
	// asks sends a command and returns what is read: its words, which on Discord
	// are a subcommand and options.
	asks func(who string, words ...string) string
}

// TestATeamFedByEventsAlone reads what a manager and three reps read of goals of
// all kinds of whose figures nobody types any, and compares it with the golden
// files; then the feed falls silent.
func TestATeamFedByEventsAlone(t *testing.T) {
	t.Parallel()
	for _, platform := range []string{"slack", "discord"} {
		t.Run(platform, func(t *testing.T) {
			t.Parallel()
			f := newFedOffice(t, platform)
			f.reads()
			golden(t, "fed_"+platform+".txt", "FedByEvents", f.heard.String())
		})
	}
}

func (f *fedOffice) reads() {
	first, monday := day("2024-11-01"), day("2026-03-02")
	f.crm = newFedTeam(first, day("2026-03-13"))
	f.at("2026-03-02 08:00")
	f.feeds(first, monday.AddDays(-1))
	f.says("mai", "settings", "setting", "owners", "value", `"Art Veeratham"`, "member", "@art")
	for date := monday; date.Before(day("2026-03-14")); date = date.AddDays(1) {
		if (coaching.Calendar{}).Works(date) {
			f.at(date.String() + " 18:00")
			f.feeds(date, date)
		}
	}
	f.at("2026-03-16 09:12")
	f.says("mai", "team")
	for number := range 9 {
		f.says("mai", "progress", "goal", fmt.Sprint("#", number+1))
	}
	f.says("nok", "progress")
	f.says("art", "team")
	for _, kind := range []coaching.Kind{
		coaching.Revenue, coaching.Churn, coaching.Margin, coaching.CLV, coaching.Leads, coaching.WinRate, coaching.CAC, coaching.Cycle,
	} {
		f.says("mai", "history", "kind", string(kind))
	}
	f.says("mai", "history", "kind", "winrate by rep")
	f.says("ben", "history", "kind", "winrate by rep")
	f.at("2026-03-24 09:12")
	f.says("nok", "progress", "goal", "#9")
	f.says("mai", "progress", "goal", "#6")
	f.says("mai", "team")
}

// day reads a date that is known to be one.
func day(text string) coaching.Date {
	date, err := coaching.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return date
}

func (f *fedOffice) at(text string) {
	f.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", text, bangkok)
	if err != nil {
		f.Fatal(err)
	}
	f.clock.Set(at)
	fmt.Fprintf(&f.heard, "=== %s\n\n", at.Format("Mon 2 Jan 15:04"))
}

// feeds sends what the CRM knows of some days.
func (f *fedOffice) feeds(from, to coaching.Date) {
	f.Helper()
	events := f.crm.between(from, to)
	for batch := range slices.Chunk(events, 1000) {
		f.sent++
		status, accepted, _, err := sendEvents(f.client, f.hook, f.secret, fmt.Sprint("m", f.sent), f.clock.Now(), batch)
		if err != nil || status != http.StatusOK || accepted != len(batch) {
			f.Fatalf("status %d, %d of %d events accepted, %v", status, accepted, len(batch), err)
		}
	}
	fmt.Fprintf(&f.heard, "--- the CRM sends %d events\n\n", len(events))
}

// says asks and notes what is read.
func (f *fedOffice) says(who string, words ...string) {
	f.Helper()
	f.clock.Set(f.clock.Now().Add(time.Second))
	typed := words[:1:1]
	for i := 2; i < len(words); i += 2 {
		typed = append(typed, words[i])
	}
	fmt.Fprintf(&f.heard, "--- %s types /goal %s\n%s\n", who, strings.Join(typed, " "), f.asks(who, words...))
}

func newFedOffice(t *testing.T, platform string) *fedOffice {
	t.Helper()
	f := &fedOffice{TB: t, clock: &testClock{now: time.Date(2026, time.March, 2, 8, 0, 0, 0, bangkok)}}
	members := make(map[string]sandbox.Member)
	workspace := coaching.WorkspaceID("slack:T1")
	if platform == "discord" {
		workspace = "discord:" + discordServer
	}
	for i, name := range fedPeople {
		members[name] = sandbox.Member{ID: fmt.Sprint("U", i+1), Name: name, Handle: name}
		if platform == "discord" {
			members[name] = sandbox.Member{ID: fmt.Sprint("103304452137576453", i), Name: name, Handle: name}
		}
	}
	dir := t.TempDir()
	furnish(t, dir, workspace, members)
	f.secret = newSecretOf(t, dir, workspace)
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	f.client = &http.Client{Transport: transport, Timeout: 20 * time.Second}
	if platform == "slack" {
		f.onSlack(t, members, dir)
	} else {
		f.onDiscord(t, members, dir)
	}
	f.hook += "/hooks/" + string(workspace) + "/events"
	return f
}

// furnish sets the team's goals, as of the first of the year.
func furnish(t *testing.T, dir string, workspace coaching.WorkspaceID, members map[string]sandbox.Member) {
	t.Helper()
	err := database{DataDir: dir}.with(t.Context(), func(documents *store.Store) error {
		_, err := documents.ChangeWorkspace(t.Context(), workspace, func(w coaching.Workspace) (coaching.Workspace, error) {
			w.Zone, w.Managers = "Asia/Bangkok", []coaching.MemberID{coaching.MemberID(members["mai"].ID)}
			return w, nil
		})
		if err != nil {
			return err
		}
		for name, member := range members {
			err := documents.SaveMember(t.Context(), coaching.Member{
				Workspace: workspace, ID: coaching.MemberID(member.ID), Name: name, Locale: "en", Zone: "Asia/Bangkok", Email: name + "@example.com",
			})
			if err != nil {
				return err
			}
		}
		for _, g := range []struct {
			kind                 coaching.Kind
			owner, title, target string
			span                 coaching.Span
		}{
			{coaching.Revenue, "", "Revenue in March", "60000", coaching.Month},
			{coaching.Churn, "", "Keep our customers", "2", coaching.Month},
			{coaching.Margin, "", "Profit margin", "70", coaching.Quarter},
			{coaching.CLV, "", "Customer lifetime value", "16000", coaching.Year},
			{coaching.Leads, "", "Qualified leads", "32", coaching.Month},
			{coaching.WinRate, "", "Win rate", "35", coaching.Quarter},
			{coaching.CAC, "", "Cost of a new customer", "2000", coaching.Quarter},
			{coaching.Cycle, "", "Days to win a deal", "30", coaching.Quarter},
			{coaching.Revenue, "nok", "Nok's revenue", "24000", coaching.Month},
			{coaching.Calls, "ben", "Ben's calls", "220", coaching.Month},
			{coaching.WinRate, "art", "Art's win rate", "30", coaching.Quarter},
		} {
			period := coaching.PeriodOf(g.span, day("2026-03-01"))
			goal := coaching.Goal{
				Workspace: workspace, Title: g.title, Kind: g.kind, Owner: coaching.MemberID(members[g.owner].ID), Period: period, Focus: true,
				Size:      coaching.Size{Form: coaching.Absolute, Value: decimal.RequireFromString(g.target)},
				CreatedBy: coaching.MemberID(members["mai"].ID), CreatedAt: period.From.In(bangkok), ChangedAt: period.From.In(bangkok),
			}
			if traits, _ := coaching.TraitsOf(g.kind); traits.Unit == coaching.Money || g.kind == coaching.Margin {
				goal.Currency = "USD"
			}
			if goal, err = coaching.NewGoal(goal); err != nil {
				return err
			}
			if _, _, err := documents.CreateGoal(t.Context(), goal, g.title); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (f *fedOffice) onSlack(t *testing.T, members map[string]sandbox.Member, dir string) {
	t.Helper()
	team := sandbox.Team{ID: "T1", Name: "Fed", Domain: "fed", Zone: "Asia/Bangkok", Channels: testTeam.Channels}
	for _, name := range fedPeople {
		team.Members = append(team.Members, members[name])
	}
	world := newSlackWorldOf(t, team, f.clock.Now, nil)
	config := world.config(dir)
	config.EncryptionKey = Secret(testEncryptionKey)
	f.hook, _ = startApp(t, config, f.clock.Now)
	c := newCaller(t, f.hook, world, f.clock.Now)
	c.handles = make(map[string]string)
	for name, member := range members {
		c.handles[member.ID] = name
	}
	asked := 0
	f.asks = func(who string, words ...string) string {
		t.Helper()
		asked++
		typed := words[:1:1]
		for i := 2; i < len(words); i += 2 {
			word := words[i]
			if name, mentioned := strings.CutPrefix(word, "@"); mentioned {
				word = "<@" + members[name].ID + ">"
			}
			typed = append(typed, word)
		}
		body, err := c.insist(members[who].ID, strings.Join(typed, " "), fmt.Sprint("f", asked))
		if err != nil {
			t.Fatalf("%s %s: %v", who, typed, err)
		}
		var answer struct {
			Blocks json.RawMessage `json:"blocks"`
		}
		if err := json.Unmarshal([]byte(body), &answer); err != nil {
			t.Fatalf("%v in %s", err, body)
		}
		text, _ := slackRead(t, answer.Blocks)
		return text
	}
}

func (f *fedOffice) onDiscord(t *testing.T, members map[string]sandbox.Member, dir string) {
	t.Helper()
	chat := newDiscord(t, f.clock.Now)
	config := chat.config(dir)
	config.EncryptionKey = Secret(testEncryptionKey)
	f.hook, _ = startApp(t, config, f.clock.Now)
	chat.base = f.hook
	f.asks = func(who string, words ...string) string {
		t.Helper()
		there := chat.as(members[who])
		var options []map[string]any
		for i := 1; i+1 < len(words); i += 2 {
			option := map[string]any{"name": words[i], "type": 3, "value": words[i+1]}
			if name, mentioned := strings.CutPrefix(words[i+1], "@"); mentioned {
				option["type"], option["value"] = 6, members[name].ID
			}
			options = append(options, option)
		}
		there.does(askOf(there.member, words[0], options...))
		message, found := there.discord.Answer(there.at)
		if !found {
			t.Fatalf("nothing answers %s %v", who, words)
		}
		text, _ := discordRead(t, message.Body)
		return text
	}
}
