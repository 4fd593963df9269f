package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
)

const importTeam = coaching.WorkspaceID("slack:T1")

func TestAFileIsImportedExportedAndImportedAgain(t *testing.T) {
	t.Parallel()
	documents, err := store.Open(t.Context(), store.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = documents.Close(t.Context()) })
	var out bytes.Buffer
	bring := func(c importCommand, text string) error {
		c.Workspace, c.File = importTeam, "deals.csv"
		out.Reset()
		return c.from(t.Context(), documents, strings.NewReader(text), int64(len(text)), systemTime().AddDate(0, 0, -1), &out)
	}
	wants := func(parts ...string) {
		t.Helper()
		for _, part := range parts {
			if !strings.Contains(out.String(), part) {
				t.Errorf("%q is missing in\n%s", part, out.String())
			}
		}
	}
	text := "nr;who;brings;ended;result\nA1;=cmd|x;1.000,50;3.2.2026;Won\nA2;Lin;0;4.2.2026;Lost\nA3;Lin;x;5.2.2026;Won\n"
	named := importCommand{As: "deals", Columns: map[string]string{"brings": "amount", "ended": "closed", "who": "owner"}}
	dry := named
	dry.DryRun = true
	if err := bring(dry, text); err == nil {
		t.Error("a line was left out, and nothing says so to a script")
	}
	wants("amount       as you said", "outcome      by its heading", "id           a guess, by its content", "line 2: deal.won A1: amount 1000.5, closed_on 2026-02-03", `line 4, brings "x"`, "Nothing was saved")
	if err := bring(named, text); err == nil {
		t.Error("a line was left out, and nothing says so to a script")
	}
	wants("New or changed: 2. Known already: 0.")
	if err := bring(importCommand{}, strings.Replace(text, ";x;", ";7;", 1)); err != nil { // the columns were named once
		t.Error(err)
	}
	wants("New or changed: 1. Known already: 2.")

	first, second := filepath.Join(t.TempDir(), "first"), filepath.Join(t.TempDir(), "second")
	other, err := store.Open(t.Context(), store.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = other.Close(t.Context()) })
	for _, dir := range []string{first, second} {
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := exportLines(t.Context(), documents, importTeam, first); err != nil {
		t.Fatal(err)
	}
	if err := restore(t.Context(), other, importTeam, first, &out); err != nil {
		t.Fatal(err)
	}
	if _, err := exportLines(t.Context(), other, importTeam, second); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(first)
	if err != nil || len(files) < 20 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		if a, b := contents(t, first, file.Name()), contents(t, second, file.Name()); !bytes.Equal(a, b) {
			t.Errorf("%s differs:\n%s\n%s", file.Name(), a, b)
		}
	}
	if _, err := exportSheets(t.Context(), other, importTeam, second); err != nil {
		t.Fatal(err)
	}
	deals := string(contents(t, second, "deals.csv"))
	if !strings.Contains(deals, ",'=cmd|x,") {
		t.Errorf("a formula goes out as one:\n%s", deals)
	}
	if err := bring(importCommand{}, deals); err != nil {
		t.Error(err)
	}
	wants("New or changed: 0. Known already: 3.")
	if err := os.WriteFile(filepath.Join(first, "deals.jsonl"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := restore(t.Context(), other, importTeam, first, &out); err == nil || !strings.Contains(err.Error(), "deals.jsonl") {
		t.Errorf("a damaged export: %v", err)
	}
}

func contents(t *testing.T, dir, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestTheDoctorSaysWhatToDoNext(t *testing.T) {
	t.Parallel()
	doctor := doctorCommand{Config{
		ListenAddr: "127.0.0.1:0", MetricsAddr: "off", DataDir: t.TempDir(),
		SlackSigningSecret: "s", SlackBotToken: "xoxb-secret", SlackAPIURL: "http://127.0.0.1:1/", DiscordAPIURL: "http://127.0.0.1:1",
	}}
	var out bytes.Buffer
	if err := report(&out, doctor.examine(t.Context())); err == nil {
		t.Error("Slack cannot be reached, and all is well")
	}
	for _, part := range []string{"ok     settings", "ok     database", "WRONG  Slack", "check that this machine reaches", "--     Discord"} {
		if !strings.Contains(out.String(), part) {
			t.Errorf("%q is missing in\n%s", part, out.String())
		}
	}
	if strings.Contains(out.String(), "xoxb-secret") {
		t.Error("the token is told")
	}
}
