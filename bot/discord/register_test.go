package discord

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode"

	"github.com/smallwins/smallwins/bot/sandbox"
	"github.com/smallwins/smallwins/commands"
)

func registration(t *testing.T) Registration {
	t.Helper()
	wording, err := commands.LoadWording()
	if err != nil {
		t.Fatal(err)
	}
	return NewRegistration(commands.Table(), wording)
}

func TestCommandsAreRegisteredOnlyWhenTheyChanged(t *testing.T) {
	t.Parallel()
	for _, server := range []string{"", testServer} {
		w := newWorld(t, nil)
		all := registration(t)
		for _, step := range []struct {
			check, changed bool
			writes         int
		}{{true, true, 0}, {false, true, 1}, {false, false, 1}, {true, false, 1}} {
			changed, err := w.Register(t.Context(), all, server, step.check)
			if err != nil || changed != step.changed {
				t.Fatalf("server %q, check %v: changed %v, %v", server, step.check, changed, err)
			}
			if writes := len(w.discord.Calls("commands.put")); writes != step.writes {
				t.Errorf("%d writes, want %d", writes, step.writes)
			}
		}
		all.commands[0].Options = all.commands[0].Options[1:]
		if changed, err := w.Register(t.Context(), all, server, false); err != nil || !changed {
			t.Errorf("a command less: changed %v, %v", changed, err)
		}
	}
}

func TestRegistrationIsValidAndHoldsTheWholeTable(t *testing.T) {
	t.Parallel()
	body, err := json.Marshal(registration(t))
	if err != nil {
		t.Fatal(err)
	}
	if err := sandbox.CheckDiscord(sandbox.DiscordCommands, body); err != nil {
		t.Error(err)
	}
	root := registration(t).commands[0]
	for i, command := range commands.Table() {
		sub := root.Options[i]
		if sub.Name != command.Name || len(sub.Options) != len(command.Options) {
			t.Errorf("%s is registered as %s with %d of %d options", command.Name, sub.Name, len(sub.Options), len(command.Options))
		}
	}
	for _, sub := range root.Options {
		if sub.Name == "help" && (len(sub.DescriptionLocalizations) != 1 || sub.DescriptionLocalizations["th"] == "") {
			t.Errorf("help is described in other languages as %v", sub.DescriptionLocalizations)
		}
	}
}

func TestRegistrationIsInThaiThroughout(t *testing.T) {
	t.Parallel()
	thai := func(where string, localized map[string]string) {
		t.Helper()
		if text := localized["th"]; !strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Thai, r) }) {
			t.Errorf("%s is in Thai %q", where, text)
		}
	}
	root := registration(t).commands[0]
	thai(root.Name, root.DescriptionLocalizations)
	for _, sub := range root.Options {
		thai(sub.Name, sub.DescriptionLocalizations)
		for _, option := range sub.Options {
			thai(sub.Name+" "+option.Name, option.DescriptionLocalizations)
			for _, choice := range option.Choices {
				thai(sub.Name+" "+option.Name+" "+choice.Value, choice.NameLocalizations)
			}
		}
	}
}

func TestRegistrationThatFailsSaysWhy(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.discord.Revoke()
	if _, err := w.Register(t.Context(), registration(t), "", false); !errors.Is(err, ErrNotRegistered) || !strings.Contains(err.Error(), "401") {
		t.Errorf("a revoked token: %v", err)
	}
	if _, err := w.Register(t.Context(), registration(t), "../x", false); !errors.Is(err, ErrNotRegistered) {
		t.Errorf("a server that is none: %v", err)
	}
	if _, err := mustApp(t, Config{}).Register(t.Context(), registration(t), "", false); !errors.Is(err, ErrNotRegistered) {
		t.Errorf("no token: %v", err)
	}
}
