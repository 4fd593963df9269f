package commands_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// fileShelf is where a platform keeps what members send, by the source.
type fileShelf map[string]string

var errLine = errors.New("the line went dead")

func (s fileShelf) OpenFile(_ context.Context, _ coaching.WorkspaceID, file commands.File) (io.ReadCloser, error) {
	content, found := s[file.Source]
	switch {
	case file.Source == "secret":
		return nil, &coaching.Error{Code: coaching.Forbidden, Reason: "not_yours"}
	case file.Source == "slow":
		return nil, fmt.Errorf("open: %w", commands.ErrTryLater)
	case file.Source == "broken":
		return io.NopCloser(io.MultiReader(strings.NewReader("deal,stage\n"), iotest.ErrReader(errLine))), nil
	case !found:
		return nil, &coaching.Error{Code: coaching.NotFound, Reason: "not_found"}
	}
	return io.NopCloser(strings.NewReader(content)), nil
}

// sends is a member who sends a file to the bot alone.
func (o *office) sends(who coaching.MemberID, name, source string) (commands.Reply, error) {
	return o.ask(commands.Request{
		Member: who, Via: commands.ViaDirect, Files: []commands.File{{Name: name, Source: source}},
	})
}

// tells answers in words what was asked last.
func (o *office) tells(who coaching.MemberID, text string) string {
	o.Helper()
	reply, err := o.ask(commands.Request{Member: who, Via: commands.ViaDirect, Text: text})
	if err != nil {
		o.Fatalf("%s: %v", text, err)
	}
	return wordsOf(reply)
}

func withFiles(t testing.TB, shelf fileShelf) *office {
	t.Helper()
	o := newOffice(t, "2026-03-12 09:00")
	o.router.OpenFiles(shelf)
	return o
}

// manyDeals is a table of won deals.
func manyDeals(count int) string {
	var table strings.Builder
	table.WriteString("Deal ID;Owner;Status;Amount;Opened on;Closed on\r\n")
	for i := range count {
		fmt.Fprintf(&table, "D%d;Darcy;Won;%d;2026-02-03;2026-02-20\r\n", i, 100+i%50)
	}
	return table.String()
}

func TestAFileIsShownAndCountsWhenSomebodySaysSo(t *testing.T) {
	t.Parallel()
	o := withFiles(t, fileShelf{"a": "\ufeff" + manyDeals(3) + "D9;Darcy;Won;much;2026-02-03;2026-02-20\r\n"})
	reply, err := o.sends(lin, `C:\reports\deals.csv`, "a")
	if err != nil {
		t.Fatal(err)
	}
	wants(t, wordsOf(reply), "deals.csv: 4 rows, understood as Deals:", "Amount → amount", "deal.won: 3", "1 line left out:", "Line 5, Amount “much”")
	if feeds, err := o.store.Feeds(t.Context(), officeID); err != nil || len(feeds) > 0 {
		t.Errorf("a dry run counted: %v, %v", feeds, err)
	}
	press := commands.Request{
		Member: lin, Via: commands.ViaButton, Action: commands.ActionAnswer, Value: reply.Prompt.Token,
		Answers: map[string][]string{"confirm": {"save"}},
	}
	press.Member = nok
	if _, err := o.ask(press); err == nil {
		t.Error("somebody else's press is taken")
	}
	press.Member = lin
	if reply, err = o.ask(press); err != nil {
		t.Fatal(err)
	}
	wants(t, wordsOf(reply), "3 events are new or changed, 0 were known already.")
	if reply, err = o.ask(press); err != nil {
		t.Fatal(err)
	}
	wants(t, wordsOf(reply), "done already")
	if _, err := o.sends(lin, "deals.csv", "a"); err != nil {
		t.Fatal(err)
	}
	wants(t, o.tells(lin, "take 3 rows"), "0 events are new or changed, 3 were known already.")
}

func TestAFileWhoseColumnsAreUnclearIsAskedAbout(t *testing.T) {
	t.Parallel()
	o := withFiles(t, fileShelf{"a": "Thing,Worth\nred,100\nred,100\nblue,100\n"})
	reply, err := o.sends(lin, "things.csv", "a")
	if err != nil {
		t.Fatal(err)
	}
	wants(t, wordsOf(reply), "things.csv has these columns: Thing, Worth", "I cannot tell what the rows are.")
	o.tells(lin, "deals")
	wants(t, o.tells(lin, "Thing=boss"), "There is no such column, or no such field.")
	wants(t, o.tells(lin, "Thing=id, Worth=amount"), "things.csv: 3 rows, understood as Deals:", "Worth → amount")
	wants(t, o.tells(lin, "take 3 rows"), "new or changed")
}

func TestFilesThatAreNoTablesAreRefusedWithWhatToDo(t *testing.T) {
	t.Parallel()
	o := withFiles(t, fileShelf{
		"empty": "", "blank": "\n\n", "workbook": "PK\x03\x04rest", "picture": "\x89PNG\r\n", "page": "<!DOCTYPE html><title>Sign in</title>",
		"bell": "deal,\x07stage\n", "quote": "Deal ID,Status,Amount\nA1,Won,\"100\n" + strings.Repeat("A2,Won,1\n", 150_000),
		"large": "Deal ID,Status,Amount\n" + strings.Repeat("A2,Won,1\n", 1_300_000), "good": manyDeals(1),
	})
	for _, test := range []struct {
		name, source string
		who          coaching.MemberID
		reason       coaching.Reason
	}{
		{"deals.xlsx", "good", lin, "file_workbook"},
		{"deals.png", "good", lin, "file_not_table"},
		{"deals.csv", "empty", lin, "table_empty"},
		{"deals.csv", "blank", lin, "table_empty"},
		{"deals.csv", "workbook", lin, "file_workbook"},
		{"deals.csv", "picture", lin, "file_not_table"},
		{"deals.csv", "page", lin, "file_not_table"},
		{"deals.csv", "bell", lin, "file_not_table"},
		{"deals.csv", "quote", lin, "table_quote_open"},
		{"deals.csv", "large", lin, "file_too_big"},
		{"deals.csv", "lapsed", lin, "file_gone"},
		{"deals.csv", "secret", lin, "file_forbidden"},
		{"deals.csv", "slow", lin, "file_later"},
		{"deals.csv", "broken", lin, "file_later"},
		{"deals.csv", "", lin, "file_unreachable"},
		{"deals.csv", "good", nok, "import_of_managers"},
	} {
		_, err := o.sends(test.who, test.name, test.source)
		if err == nil || !strings.Contains(err.Error(), string(test.reason)) {
			t.Errorf("%s of %s: %v, want %s", test.name, test.source, err, test.reason)
			continue
		}
		words := wordsOf(o.router.Explain(commands.Request{}, err, "ref"))
		if words == "" || strings.Contains(words, "ref") {
			t.Errorf("%s is explained as %q", test.reason, words)
		}
	}
	lapsed, err := o.store.LapsedUploads(t.Context(), o.now.AddDate(1, 0, 0), 100)
	for _, left := range lapsed {
		if left.Size > 0 || left.Name != "deals.csv" {
			t.Errorf("left is %+v", left)
		}
	}
	if err != nil || len(lapsed) > 1 { // the broken one may be sent again
		t.Errorf("left are %v, %v", lapsed, err)
	}
	if feeds, err := o.store.Feeds(t.Context(), officeID); err != nil || len(feeds) > 0 {
		t.Errorf("something counted: %v, %v", feeds, err)
	}
}

func TestAFileThatIsNotWantedIsNotKept(t *testing.T) {
	t.Parallel()
	o := withFiles(t, fileShelf{"a": manyDeals(2)})
	if _, err := o.sends(lin, "deals.csv", "a"); err != nil {
		t.Fatal(err)
	}
	o.tells(lin, "cancel")
	if left, err := o.store.LapsedUploads(t.Context(), o.now.AddDate(1, 0, 0), 100); err != nil || len(left) > 0 {
		t.Errorf("after a cancel there is %v, %v", left, err)
	}
	reply, err := o.sends(lin, "deals.csv", "a")
	if err != nil {
		t.Fatal(err)
	}
	o.now = o.now.Add(coaching.UploadLife + time.Minute)
	if err := o.router.TakeUploads(t.Context(), o.now); err != nil {
		t.Fatal(err)
	}
	_, err = o.ask(commands.Request{
		Member: lin, Via: commands.ViaButton, Action: commands.ActionAnswer, Value: reply.Prompt.Token,
		Answers: map[string][]string{"confirm": {"save"}},
	})
	if err == nil || !strings.Contains(err.Error(), "file_lapsed") {
		t.Errorf("a press after a day: %v", err)
	}
}

func TestALongFileIsTakenBesideTheTalkAndItsMemberIsTold(t *testing.T) {
	t.Parallel()
	const rows = 2300
	o := withFiles(t, fileShelf{"a": manyDeals(rows)})
	if _, err := o.sends(lin, "deals.csv", "a"); err != nil {
		t.Fatal(err)
	}
	wants(t, o.tells(lin, "take 2,300 rows"), "deals.csv: I am taking 2,300 rows")
	// It breaks off on the way, and another replica goes on.
	ctx, cancel := context.WithCancel(t.Context())
	breaking := &breakingStore{Store: o.store, after: 1, cancel: cancel}
	wording, err := commands.LoadWording()
	if err != nil {
		t.Fatal(err)
	}
	if err := commands.NewRouter(breaking, wording).TakeUploads(ctx, o.now); err == nil {
		t.Fatal("nothing broke")
	}
	for range 2 { // the second time there is nothing left to do
		if err := o.router.TakeUploads(t.Context(), o.now.Add(time.Second)); err != nil {
			t.Fatal(err)
		}
	}
	due, err := o.store.DueDeliveries(t.Context(), o.now.Add(time.Minute), 10)
	if err != nil || len(due) != 1 || due[0].Member != lin {
		t.Fatalf("due are %+v, %v", due, err)
	}
	post, err := o.router.Word(t.Context(), due[0])
	if err != nil {
		t.Fatal(err)
	}
	wants(t, wordsOf(post.Reply), "deals.csv is in.", "2,300 events are new or changed, 0 were known already.")
	if left, err := o.store.LapsedUploads(t.Context(), o.now.AddDate(1, 0, 0), 100); err != nil || len(left) > 0 {
		t.Errorf("left is %v, %v", left, err)
	}
}

// breakingStore ends the work of whoever uses it after some batches.
type breakingStore struct {
	commands.Store
	after  int
	cancel func()
}

func (s *breakingStore) IngestTable(ctx context.Context, workspace coaching.WorkspaceID, events []coaching.Event, reopen bool, now time.Time) ([]coaching.EventResult, error) {
	results, err := s.Store.IngestTable(ctx, workspace, events, reopen, now)
	if s.after--; s.after == 0 {
		s.cancel()
	}
	return results, err
}
