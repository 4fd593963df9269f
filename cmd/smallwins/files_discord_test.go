package main

import (
	"context"
	"strings"
	"testing"

	"github.com/smallwins/smallwins/bot/sandbox"
	"github.com/smallwins/smallwins/commands"
)

// importsFile sends /goal import with a file. What the interaction says of the file
// can be changed on the way.
func (d *discordChat) importsFile(name, content string, changes ...func(file map[string]any)) string {
	d.Helper()
	id, file := d.discord.Attach(d.url, name, "text/csv", []byte(content))
	for _, change := range changes {
		change(file)
	}
	d.does(sandbox.DiscordAsk{Kind: 2, Data: map[string]any{
		"id": "1", "name": commands.Name, "type": 1,
		"options": []any{map[string]any{"name": "import", "type": 1, "options": []any{
			map[string]any{"name": "file", "type": 11, "value": id},
		}}},
		"resolved": map[string]any{"attachments": map[string]any{id: file}},
	}})
	return d.heard()
}

func TestAFileSentInDiscordIsShownAndCountsOnceAcrossARestart(t *testing.T) {
	t.Parallel()
	chat, restart := newDiscordChat(t)
	d := chat.as(bossThere)
	d.importsFile("deals.csv", wonDeals(3)+"D9;Darcy;Won;much;2026-02-03;2026-02-20\r\n")
	d.wants("deals.csv: 4 rows, understood as Deals:", "Amount → `amount`", "1 line left out:", "Line 5, Amount “much”: This is no amount.")
	asked := d.at
	restart()
	d.base = chat.base
	d.picks("confirm", "save")
	d.wants("3 events are new or changed, 0 were known already.")
	answered := d.at
	d.at, d.twice = asked, true
	d.importsFile("deals.csv", wonDeals(3)) // a file sent twice asks twice
	d.twice = false
	d.picks("confirm", "save")
	d.wants("0 events are new or changed, 3 were known already.")
	if answered == d.at {
		t.Error("the second file was not answered")
	}
	if heard := d.types("history", "kind", "revenue"); !strings.Contains(heard, "Feb 2026: $303") {
		t.Errorf("the history says:\n%s", heard)
	}
}

func TestFilesInDiscordThatAreNotTakenAreRefusedWithWhatToDo(t *testing.T) {
	t.Parallel()
	chat, _ := newDiscordChat(t)
	d := chat.as(bossThere)
	for _, test := range []struct {
		name, content string
		change        func(map[string]any)
		want          string
	}{
		{"deals.xlsx", "PK", nil, "That is a workbook"},
		{"deals.csv", "PK\x03\x04", nil, "That is a workbook"},
		{"deals.csv", "", nil, "There is no table in that."},
		{"deals.csv", wonDeals(1), func(f map[string]any) { f["size"] = 11 << 20 }, "larger than 10 MB"},
		{"deals.csv", wonDeals(1), func(f map[string]any) { f["url"] = "https://cdn.discordapp.com.evil.example/a.csv" }, "I cannot open files here."},
		{"deals.csv", wonDeals(1), func(f map[string]any) { f["url"] = "file:///etc/passwd" }, "I cannot open files here."},
		{"deals.csv", wonDeals(1), func(f map[string]any) { // its address has lapsed
			address, _ := f["url"].(string)
			before, _, _ := strings.Cut(address, "?ex=")
			_, signature, _ := strings.Cut(address, "&hm=")
			f["url"] = before + "?ex=1&hm=" + signature
		}, "The file is not there any more."},
	} {
		changes := []func(map[string]any){}
		if test.change != nil {
			changes = append(changes, test.change)
		}
		if heard := d.importsFile(test.name, test.content, changes...); !strings.Contains(heard, test.want) {
			t.Errorf("%s of %q: %q is not in:\n%s", test.name, test.content[:min(len(test.content), 9)], test.want, heard)
		}
	}
	if heard := chat.importsFile("deals.csv", wonDeals(1)); !strings.Contains(heard, "Past figures are brought in by managers.") {
		t.Errorf("a rep's file is answered with:\n%s", heard)
	}
}

func TestALongFileInDiscordIsTakenBesideTheTalk(t *testing.T) {
	t.Parallel()
	chat, _ := newDiscordChat(t)
	d := chat.as(bossThere)
	d.importsFile("deals.csv", wonDeals(2001))
	d.picks("confirm", "save")
	d.wants("deals.csv: I am taking 2,001 rows")
	var told string
	d.awaits(t, func() bool {
		for _, post := range d.discord.Posted() {
			if post.Channel == sandbox.DiscordDirectChannel(bossThere.ID) {
				told = discordText(post.Body)
			}
		}
		return told != ""
	})
	wantAll(t, told, "deals.csv is in.", "2,001 events are new or changed, 0 were known already.")
}

// awaits waits until Discord shows what is wanted.
func (d *discordChat) awaits(t *testing.T, wanted func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), filePatience)
	defer cancel()
	if err := d.discord.Await(ctx, wanted); err != nil {
		t.Fatal(err)
	}
}

func TestAnExportInDiscordComesWithTheAnswerForTheMemberAlone(t *testing.T) {
	t.Parallel()
	chat, _ := newDiscordChat(t)
	d := chat.as(bossThere)
	d.types("new", "statement", "20 demos this month")
	d.presses("goal_create")
	d.types("log", "goal", "#1", "amount", "+3", "note", "=Acme")
	d.types("export")
	d.wants("Your own data, in 3 files for you alone:")
	message, _ := d.discord.Answer(d.at)
	if message.OnlyFor != bossThere.ID || len(message.Files) != 3 || message.Files[0].Name != "goals.csv" || message.Files[0].Description == "" {
		t.Fatalf("for %q come %d files", message.OnlyFor, len(message.Files))
	}
	if entries := string(message.Files[1].Data); !strings.Contains(entries, "'=Acme") {
		t.Errorf("the entries are\n%s", entries)
	}
	d.importsFile("deals.csv", wonDeals(4))
	d.picks("confirm", "save")
	d.types("export", "whose", "team")
	message, _ = d.discord.Answer(d.at)
	for _, file := range message.Files {
		if file.Name == "deals.csv" {
			d.importsFile("deals.csv", string(file.Data))
			d.picks("confirm", "save")
			d.wants("0 events are new or changed, 4 were known already.")
			return
		}
	}
	t.Errorf("no deals among %d files", len(message.Files))
}

func TestAnExportThatDiscordDoesNotTakeSaysSo(t *testing.T) {
	t.Parallel()
	d, _ := newDiscordChat(t)
	d.types("new", "statement", "20 demos this month")
	d.presses("goal_create")
	d.discord.Inject(sandbox.Fault{Method: "answers.edit", Kind: sandbox.FaultRefuse, Error: "40005"})
	d.types("export")
	d.wants("The files could not be sent")
	if message, _ := d.discord.Answer(d.at); len(message.Files) > 0 || message.OnlyFor != d.member.ID {
		t.Errorf("for %q come %d files", message.OnlyFor, len(message.Files))
	}
}
