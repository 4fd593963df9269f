package commands_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// enclosed is a file of a reply.
func enclosed(t testing.TB, reply commands.Reply, name string) string {
	t.Helper()
	if reply.Enclosure == nil {
		t.Fatalf("no files come with\n%s", wordsOf(reply))
	}
	for _, file := range reply.Enclosure.Files {
		if file.Name == name {
			return string(file.Data)
		}
	}
	t.Fatalf("no %s among %v", name, fileNames(reply))
	return ""
}

func fileNames(reply commands.Reply) (names []string) {
	if reply.Enclosure == nil {
		return nil
	}
	for _, file := range reply.Enclosure.Files {
		names = append(names, file.Name)
	}
	return names
}

// rowsOf reads a CSV file as any spreadsheet does.
func rowsOf(t testing.TB, text string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestAMemberTakesTheirOwnDataAndNobodyElses(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-03-12 09:00")
	own := o.sets(coaching.Calls, nok, "=HYPERLINK(\"x\")", coaching.Month, "2026-03-01", "20")
	hers := o.sets(coaching.Calls, ploy, "Her calls", coaching.Month, "2026-03-01", "30")
	team := o.sets(coaching.Meetings, "", "Team meetings", coaching.Month, "2026-03-01", "50")
	o.logs(own, nok, "2026-03-02", "3")
	o.logs(own, lin, "2026-03-03", "1")
	o.logs(hers, ploy, "2026-03-02", "7")
	o.logs(team, nok, "2026-03-04", "2")
	o.logs(team, ploy, "2026-03-04", "4")
	o.reads(nok, "settings my quiet 19:00-08:00")
	reply, err := o.types(nok, "export")
	if err != nil {
		t.Fatal(err)
	}
	wants(t, wordsOf(reply), "Your own data, in 3 files for you alone:", "goals.csv", "entries.csv", "everything.jsonl")
	goals := rowsOf(t, enclosed(t, reply, "goals.csv"))
	if len(goals) != 2 || goals[1][1] != `'=HYPERLINK("x")` || goals[1][12] != "4" {
		t.Errorf("goals are %q", goals)
	}
	if entries := rowsOf(t, enclosed(t, reply, "entries.csv")); len(entries) != 3 {
		t.Errorf("entries are %q", entries)
	}
	kinds := make(map[string]int)
	for line := range strings.Lines(enclosed(t, reply, "everything.jsonl")) {
		var said struct {
			Collection string         `json:"collection"`
			Document   map[string]any `json:"document"`
		}
		if err := json.Unmarshal([]byte(line), &said); err != nil {
			t.Fatal(err)
		}
		kinds[said.Collection]++
		if strings.Contains(line, string(ploy)) || strings.Contains(line, "Her calls") {
			t.Errorf("somebody else's data: %s", line)
		}
	}
	if kinds["members"] != 1 || kinds["goals"] != 1 || kinds["entries"] != 3 || kinds["rhythms"] != 1 {
		t.Errorf("everything is %v", kinds)
	}
	o.refuses(nok, "export team", "export_of_managers")
	o.refuses(nok, "export @U0PLOY", "export_whose")
}

func TestTheTeamsFiguresComeBackAsTheyWentOut(t *testing.T) {
	t.Parallel()
	o := withFiles(t, fileShelf{"deals": manyDeals(20) + "D99;=cmd|' /C calc'!A0;Won;5;2026-02-03;2026-02-20\r\n"})
	if _, err := o.sends(lin, "deals.csv", "deals"); err != nil {
		t.Fatal(err)
	}
	wants(t, o.tells(lin, "take 21 rows"), "21 events are new or changed")
	o.remembers(coaching.Revenue, "2025-01-01", "100", "110")
	reply, err := o.types(lin, "export team")
	if err != nil {
		t.Fatal(err)
	}
	if names := fileNames(reply); !slices.Equal(names, []string{"past-figures.csv", "deals.csv"}) {
		t.Errorf("files are %v", names)
	}
	deals := enclosed(t, reply, "deals.csv")
	if !strings.Contains(deals, `'=cmd|`) {
		t.Errorf("a formula goes out as one:\n%s", deals)
	}
	if figures := rowsOf(t, enclosed(t, reply, "past-figures.csv")); len(figures) != 3 || figures[2][1] != "110" {
		t.Errorf("figures are %q", figures)
	}
	wants(t, o.reads(lin, "settings changes"), "Took the team's goals and figures as files.", "rows: 21 deals deals.csv")

	// Brought back here, nothing is new; brought in elsewhere, all is.
	o.router.OpenFiles(fileShelf{"out": deals})
	o.later()
	if _, err := o.sends(lin, "deals.csv", "out"); err != nil {
		t.Fatal(err)
	}
	wants(t, o.tells(lin, "take 21 rows"), "0 events are new or changed, 21 were known already.")
	other := withFiles(t, fileShelf{"out": deals})
	if _, err := other.sends(lin, "deals.csv", "out"); err != nil {
		t.Fatal(err)
	}
	wants(t, other.tells(lin, "take 21 rows"), "21 events are new or changed")
	if reply, err = other.types(lin, "export team"); err != nil {
		t.Fatal(err)
	}
	if again := enclosed(t, reply, "deals.csv"); again != deals {
		t.Errorf("what came back goes out as\n%s\nand was\n%s", again, deals)
	}
}

func TestAnExportThatIsTooLongIsCutAtARowAndSaysSo(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-03-12 09:00")
	goal := o.sets(coaching.Calls, nok, "Calls", coaching.Month, "2026-03-01", "20")
	note := strings.Repeat("ยาว", 160)
	var entries []coaching.Entry
	for i := range 8000 {
		entries = append(entries, coaching.Entry{
			ID: fmt.Sprint("long", i), Workspace: officeID, Goal: goal.Number, Member: nok, Name: "nok", Op: coaching.Add,
			At: o.now.Add(-time.Duration(i) * time.Second), Note: note,
		})
	}
	if err := o.store.RecordAll(t.Context(), entries); err != nil {
		t.Fatal(err)
	}
	reply, err := o.types(nok, "export")
	if err != nil {
		t.Fatal(err)
	}
	wants(t, wordsOf(reply), "Cut short", "entries.csv", "smallwins export --workspace slack:T0OFFICE --to export")
	total := 0
	for _, file := range reply.Enclosure.Files {
		total += len(file.Data)
	}
	rows := rowsOf(t, enclosed(t, reply, "entries.csv"))
	if total > 8<<20 || len(rows) < 4000 || len(rows) > 8000 || rows[len(rows)-1][4] != note || !bytes.HasSuffix([]byte(enclosed(t, reply, "entries.csv")), []byte("\n")) {
		t.Errorf("%d bytes in all, %d rows", total, len(rows))
	}
}
