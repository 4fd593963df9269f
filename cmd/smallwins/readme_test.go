package main

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/smallwins/smallwins/commands"
)

// TestReadmeTellsWhatEachPlatformOffers compares the two platforms' table with
// what Slack's help shows and Discord is told.
func TestReadmeTellsWhatEachPlatformOffers(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	var rows strings.Builder
	for _, command := range commands.Table() {
		rows.WriteString("| `" + command.Line() + "` | `/goal " + command.Name + "`")
		for _, option := range command.Options {
			rows.WriteString(" `" + option.Name)
			if option.Kind.Completed() {
				rows.WriteString("…")
			}
			rows.WriteString("`")
		}
		rows.WriteString(" |\n")
	}
	if table := "| Slack | Discord |\n| --- | --- |\n" + rows.String() + "\n"; !strings.Contains(string(text), table) {
		t.Errorf("the table of what each platform can do is not\n%s", table)
	}
}

func TestReadmeListsEveryCommandAndSetting(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	readme := string(text)
	for _, command := range commands.Table() {
		if !strings.Contains(readme, "| `"+command.Line()+"` |") {
			t.Errorf("the table of commands lacks `%s`", command.Line())
		}
	}
	settings := reflect.TypeFor[Config]()
	for i := range settings.NumField() {
		if name := settings.Field(i).Tag.Get("env"); !strings.Contains(readme, "`"+name+"`") {
			t.Errorf("the table of settings lacks %s", name)
		}
	}
}
