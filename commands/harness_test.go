package commands_test

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
	"github.com/smallwins/smallwins/store"
)

const (
	nok  = coaching.MemberID("U0NOK")
	ploy = coaching.MemberID("U0PLOY")
	lin  = coaching.MemberID("U0LIN") // the manager
)

// office is a workspace on an embedded database, with people who type.
type office struct {
	testing.TB
	store  *store.Store
	router *commands.Router
	now    time.Time
	asked  int
	locale string // of those who type
}

const officeID = coaching.WorkspaceID("slack:T0OFFICE")

func newOffice(t testing.TB, now string) *office {
	t.Helper()
	documents, err := store.Open(t.Context(), store.Options{Dir: t.TempDir(), EncryptionKey: "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = documents.Close(context.Background()) })
	wording, err := commands.LoadWording()
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.Parse("2006-01-02 15:04", now)
	if err != nil {
		t.Fatal(err)
	}
	o := &office{TB: t, store: documents, router: commands.NewRouter(documents, wording), now: at}
	o.leads(lin)
	for id, name := range map[coaching.MemberID]string{nok: "nok", ploy: "ploy", lin: "lin"} {
		if err := documents.SaveMember(t.Context(), coaching.Member{Workspace: officeID, ID: id, Name: name}); err != nil {
			t.Fatal(err)
		}
	}
	return o
}

// leads makes members the office's managers, as if they were chosen.
func (o *office) leads(members ...coaching.MemberID) {
	o.Helper()
	_, err := o.store.ChangeWorkspace(o.Context(), officeID, func(workspace coaching.Workspace) (coaching.Workspace, error) {
		workspace.Managers = members
		return workspace, nil
	})
	if err != nil {
		o.Fatal(err)
	}
}

// types sends what a member types and returns the reply.
func (o *office) types(who coaching.MemberID, text string) (commands.Reply, error) {
	return o.ask(commands.Request{Member: who, Text: text})
}

func (o *office) ask(request commands.Request) (commands.Reply, error) {
	o.asked++
	request.ID, request.Workspace, request.Channel, request.Received = "r"+strconv.Itoa(o.asked), officeID, "C0SALES", o.now
	if request.Locale == "" {
		request.Locale = o.locale
	}
	request.MemberName = map[coaching.MemberID]string{nok: "nok", ploy: "ploy", lin: "lin"}[request.Member]
	return o.router.Handle(o.Context(), request)
}

// reads is types for what must succeed, as lines of plain text.
func (o *office) reads(who coaching.MemberID, text string) string {
	o.Helper()
	reply, err := o.types(who, text)
	if err != nil {
		o.Fatalf("%s: %v", text, err)
	}
	return wordsOf(reply)
}

// refuses checks the reason why a command is not carried out.
func (o *office) refuses(who coaching.MemberID, text string, reason coaching.Reason) {
	o.Helper()
	_, err := o.types(who, text)
	if err == nil || !strings.Contains(err.Error(), string(reason)) {
		o.Errorf("%s: %v, want %q", text, err, reason)
	}
}

// sets creates a goal to reach a figure within the month, quarter or year of a
// date, set on its first day.
func (o *office) sets(kind coaching.Kind, owner coaching.MemberID, title string, span coaching.Span, day, target string) coaching.Goal {
	o.Helper()
	date, err := coaching.ParseDate(day)
	if err != nil {
		o.Fatal(err)
	}
	goal := coaching.Goal{
		Workspace: officeID, Title: title, Kind: kind, Owner: owner, Period: coaching.PeriodOf(span, date),
		Size:      coaching.Size{Form: coaching.Absolute, Value: decimal.RequireFromString(target)},
		CreatedBy: nok,
	}
	if traits, _ := coaching.TraitsOf(kind); traits.Unit == coaching.Money {
		goal.Currency = "USD"
	}
	goal.CreatedAt = goal.Period.From.In(time.UTC)
	goal.ChangedAt = goal.CreatedAt
	if goal, err = coaching.NewGoal(goal); err != nil {
		o.Fatal(err)
	}
	return o.keeps(goal)
}

func (o *office) keeps(goal coaching.Goal) coaching.Goal {
	o.Helper()
	o.asked++
	goal, _, err := o.store.CreateGoal(o.Context(), goal, "draft"+strconv.Itoa(o.asked))
	if err != nil {
		o.Fatal(err)
	}
	return goal
}

// logs records an amount that a member added on a day, or set with "=".
func (o *office) logs(goal coaching.Goal, who coaching.MemberID, day, amount string) {
	o.Helper()
	o.asked++
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		o.Fatal(err)
	}
	entry := coaching.Entry{
		ID: fmt.Sprint("entry", o.asked), Workspace: officeID, Goal: goal.Number, Member: who, Op: coaching.Add, At: at.Add(10 * time.Hour),
		Name: map[coaching.MemberID]string{nok: "nok", ploy: "ploy", lin: "lin"}[who],
	}
	if set, found := strings.CutPrefix(amount, "="); found {
		entry.Op, amount = coaching.Set, set
	}
	entry.Amount = decimal.RequireFromString(amount)
	if _, _, err := o.store.Record(o.Context(), entry); err != nil {
		o.Fatal(err)
	}
}

// remembers stores final figures of months in a row.
func (o *office) remembers(kind coaching.Kind, first string, values ...string) {
	o.Helper()
	date, err := coaching.ParseDate(first)
	if err != nil {
		o.Fatal(err)
	}
	for i, value := range values {
		observation := coaching.Observation{
			Kind: kind, Period: coaching.PeriodOf(coaching.Month, date.AddMonths(i)), Value: decimal.RequireFromString(value),
		}
		if err := o.store.SaveObservation(o.Context(), officeID, observation); err != nil {
			o.Fatal(err)
		}
	}
}

func (o *office) observations(kind coaching.Kind) []coaching.Observation {
	o.Helper()
	found, err := o.store.Observations(o.Context(), officeID, kind)
	if err != nil {
		o.Fatal(err)
	}
	return found
}

// wants checks that the lines are in a text, in that order.
func wants(t testing.TB, text string, lines ...string) {
	t.Helper()
	rest := text
	for _, line := range lines {
		_, after, found := strings.Cut(rest, line)
		if !found {
			t.Errorf("%q is missing, or out of order, in\n%s", line, text)
			return
		}
		rest = after
	}
}

// mentions is reads for a text that mentions a member.
func (o *office) mentions(who coaching.MemberID, text string, member coaching.MemberID) string {
	o.Helper()
	reply, err := o.ask(commands.Request{Member: who, Text: text, Mentions: []coaching.MemberID{member}})
	if err != nil {
		o.Fatalf("%s: %v", text, err)
	}
	return wordsOf(reply)
}
