package commands_test

import (
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// completes returns what is suggested for an option, value and label.
func (o *office) completes(who coaching.MemberID, command, option, typed string) []string {
	o.Helper()
	reply, err := o.ask(commands.Request{
		Member: who, Via: commands.ViaCompletion, Text: command, Completing: option,
		Answers: map[string][]string{option: {typed}},
	})
	if err != nil {
		o.Fatal(err)
	}
	var all []string
	for _, choice := range reply.Suggestions {
		all = append(all, choice.Value+"|"+choice.Label)
	}
	return all
}

func TestGoalsAreSuggestedOwnFirstAndPrivateOnesToNobodyElse(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-03-10 09:00")
	o.sets(coaching.Calls, ploy, "Calls by ploy", coaching.Month, "2026-03-01", "30")
	o.sets(coaching.Revenue, "", "Revenue of the team", coaching.Month, "2026-03-01", "50000")
	o.sets(coaching.Meetings, nok, "Demos by nok", coaching.Month, "2026-03-01", "20")
	secret := o.sets(coaching.Meetings, ploy, "Secret demos", coaching.Month, "2026-03-01", "20")
	private := secret
	private.Private, private.Title = true, "Private demos"
	o.keeps(private)
	parked := o.sets(coaching.Emails, nok, "Parked e-mails", coaching.Month, "2026-03-01", "20")
	if _, err := o.types(nok, "park #"+strconv.Itoa(parked.Number)+" until spring"); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, command, typed string
		who                  coaching.MemberID
		want                 string
	}{
		{"nothing typed", "log", "", nok, "#3|#3 Demos by nok, #2|#2 Revenue of the team, #1|#1 Calls by ploy, #4|#4 Secret demos"},
		{"a part of the title", "log", "DEMO", nok, "#3|#3 Demos by nok, #4|#4 Secret demos"},
		{"a number", "log", "#2", nok, "#2|#2 Revenue of the team"},
		{"the owner sees private ones", "log", "private", ploy, "#5|#5 Private demos"},
		{"a parked goal comes back by focus", "focus", "parked", nok, "#6|#6 Parked e-mails"},
		{"but is not logged on", "log", "parked", nok, ""},
		{"an unknown command suggests nothing", "frobnicate", "", nok, ""},
	} {
		if got := strings.Join(o.completes(test.who, test.command, "goal", test.typed), ", "); got != test.want {
			t.Errorf("%s:\ngot  %s\nwant %s", test.name, got, test.want)
		}
	}
}

func TestNoMoreIsSuggestedThanFits(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-03-10 09:00")
	for i := range 60 {
		o.sets(coaching.Calls, nok, "Calls "+strconv.Itoa(i), coaching.Month, "2026-03-01", "30")
	}
	if got := len(o.completes(nok, "show", "goal", "")); got != 25 {
		t.Errorf("%d suggestions, want 25", got)
	}
}

func TestKindsAndCommandsAreSuggestedByNameAndWord(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-03-10 09:00")
	if got := strings.Join(o.completes(nok, "history", "kind", "cust"), ", "); got != "clv|Customer lifetime value, cac|Customer acquisition cost" {
		t.Errorf("kinds: %s", got)
	}
	if got := strings.Join(o.completes(nok, "help", "command", "lo"), ", "); got != "log|log, close|close" {
		t.Errorf("commands: %s", got)
	}
}

// Discord registers commands from the table and takes no more than this.
func TestTableKeepsToWhatPlatformsTake(t *testing.T) {
	t.Parallel()
	wording, err := commands.LoadWording()
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range wording.Languages() {
		voice := wording.In(language)
		describes := func(id string, limit int) {
			if text := voice.Text(id, nil); language == "en" && !voice.Has(id) || utf8.RuneCountInString(text) > limit {
				t.Errorf("%s: %s has no words or more than %d characters: %q", language, id, limit, text)
			}
		}
		describes(commands.Summary, 100)
		if len(commands.Table()) > 25 {
			t.Errorf("%d commands", len(commands.Table()))
		}
		for _, command := range commands.Table() {
			describes(command.Summary, 100)
			if command.Usage != "" && len(command.Options) == 0 {
				t.Errorf("%s takes something, but where there are fields for it there is none", command.Name)
			}
			for _, option := range command.Options {
				describes(option.Summary, 100)
				if len(option.Choices) > 25 {
					t.Errorf("%s: %d choices", command.Name, len(option.Choices))
				}
				for _, choice := range option.Choices {
					describes("choice_"+choice, 80)
				}
			}
		}
	}
}
