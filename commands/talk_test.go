package commands_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
	"github.com/smallwins/smallwins/store"
)

// tuesday is in the middle of March 2026, with four working days left of the
// week.
var tuesday = time.Date(2026, time.March, 17, 9, 30, 0, 0, time.UTC)

// talk is a router over a database of its own, and what is said to it.
type talk struct {
	*testing.T
	router   *commands.Router
	store    *store.Store
	dir      string
	now      time.Time
	requests int
}

func newTalk(t *testing.T) *talk {
	t.Helper()
	c := &talk{T: t, dir: t.TempDir(), now: tuesday}
	c.opens()
	t.Cleanup(c.closes)
	return c
}

func (c *talk) opens() {
	c.Helper()
	documents, err := store.Open(c.Context(), store.Options{Dir: c.dir})
	if err != nil {
		c.Fatal(err)
	}
	wording, err := commands.LoadWording()
	if err != nil {
		c.Fatal(err)
	}
	c.store, c.router = documents, commands.NewRouter(documents, wording)
}

func (c *talk) closes() {
	if err := c.store.Close(context.Background()); err != nil {
		c.Error(err)
	}
}

// restarts ends the program and starts it again on the same data.
func (c *talk) restarts() {
	c.Helper()
	c.closes()
	c.opens()
}

// goal sets a goal for March; the empty owner is the team.
func (c *talk) goal(owner coaching.MemberID, kind coaching.Kind, title string, size int64) coaching.Goal {
	c.Helper()
	created := time.Date(2026, time.February, 27, 9, 0, 0, 0, time.UTC)
	goal, err := coaching.NewGoal(coaching.Goal{
		Workspace: "slack:T1", Title: title, Kind: kind, Noun: strings.ToLower(title), Owner: owner,
		Period: coaching.PeriodOf(coaching.Month, coaching.DateOf(tuesday)),
		Size:   coaching.Size{Form: coaching.Absolute, Value: decimal.NewFromInt(size)}, Currency: "USD",
		CreatedBy: "U1", CreatedAt: created, ChangedAt: created,
	})
	if err != nil {
		c.Fatal(err)
	}
	if goal, _, err = c.store.CreateGoal(c.Context(), goal, title); err != nil {
		c.Fatal(err)
	}
	return goal
}

// asks sends a request under a new id.
func (c *talk) asks(request commands.Request) (commands.Reply, error) {
	c.requests++
	if request.ID == "" {
		request.ID = fmt.Sprint("request-", c.requests)
	}
	request.Workspace, request.Channel, request.Received = "slack:T1", "C1", c.now
	request.MemberName = strings.ToLower(string(request.Member))
	return c.router.Handle(c.Context(), request)
}

// says types a command and checks that the answer holds each of the texts.
func (c *talk) says(member coaching.MemberID, text string, wants ...string) commands.Reply {
	c.Helper()
	reply, err := c.asks(commands.Request{Member: member, Text: text})
	return c.heard(text, reply, err, wants)
}

// presses presses a button and checks the answer likewise.
func (c *talk) presses(member coaching.MemberID, button commands.Button, wants ...string) commands.Reply {
	c.Helper()
	reply, err := c.asks(commands.Request{Member: member, Action: button.Action, Value: button.Value})
	return c.heard(button.Label, reply, err, wants)
}

func (c *talk) heard(what string, reply commands.Reply, err error, wants []string) commands.Reply {
	c.Helper()
	if err != nil {
		reply = c.router.Explain(commands.Request{}, err, "reference")
	}
	words := wordsOf(reply)
	for _, want := range wants {
		if !strings.Contains(words, want) {
			c.Errorf("%q does not say %q:\n%s", what, want, words)
		}
	}
	return reply
}

// wordsOf returns a reply as plain text, a line for each of its lines.
func wordsOf(reply commands.Reply) string {
	var text strings.Builder
	for _, part := range reply.Parts {
		switch part := part.(type) {
		case commands.Heading:
			fmt.Fprintf(&text, "# %s\n", part.Line)
		case commands.Text:
			fmt.Fprintln(&text, part.Line)
		case commands.Note:
			fmt.Fprintf(&text, "(%s)\n", part.Line)
		case commands.List:
			for _, item := range part.Items {
				fmt.Fprintf(&text, "- %s\n", item)
			}
		case commands.Checks:
			for _, item := range part.Items {
				fmt.Fprintf(&text, "[%s] %s\n", map[bool]string{true: "x", false: " "}[item.Done], item.Line)
				if item.Hint != nil {
					fmt.Fprintf(&text, "    %s\n", item.Hint)
				}
			}
		case commands.Facts:
			for _, item := range part.Items {
				fmt.Fprintf(&text, "%s: %s\n", item.Label, item.Value)
			}
		case commands.Meter:
			fmt.Fprintln(&text, part.Label)
		case commands.Chart:
			fmt.Fprintf(&text, "[picture: %s]\n", part.Alt)
		}
	}
	if prompt := reply.Prompt; prompt != nil {
		fmt.Fprintf(&text, "= %s\n", prompt.Title)
		for _, field := range prompt.Fields {
			fmt.Fprintf(&text, "? %s [%s]\n", field.Label, field.Value)
			for _, help := range []string{field.Hint, field.Placeholder} {
				if help != "" {
					fmt.Fprintf(&text, "  (%s)\n", help)
				}
			}
			for _, choice := range field.Choices {
				fmt.Fprintf(&text, "  o %s\n", choice.Label)
				if choice.Hint != "" {
					fmt.Fprintf(&text, "    (%s)\n", choice.Hint)
				}
			}
			if field.Error != "" {
				fmt.Fprintf(&text, "  ! %s\n", field.Error)
			}
		}
		for _, label := range []string{prompt.Submit, prompt.Back, prompt.Drop} {
			if label != "" {
				fmt.Fprintf(&text, "<%s>\n", label)
			}
		}
	}
	for _, button := range reply.Buttons {
		fmt.Fprintf(&text, "<%s>\n", button.Label)
	}
	return text.String()
}
