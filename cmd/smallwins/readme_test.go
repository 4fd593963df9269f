package main

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/smallwins/smallwins/commands"
)

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
