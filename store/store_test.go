package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"go.uber.org/goleak"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
	"github.com/smallwins/smallwins/store/document"
	"github.com/smallwins/smallwins/store/enginetest"
	"github.com/smallwins/smallwins/store/sqlite"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m)
}

// databases numbers the databases on the shared test server.
var databases atomic.Int64

const team = coaching.WorkspaceID("slack:T1")

var start = time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC)

// onBothEngines runs a test on SQLite and, over the wire, on the MongoDB
// engine, each with a database of its own.
func onBothEngines(t *testing.T, test func(t *testing.T, s *store.Store)) {
	t.Helper()
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		test(t, open(t, store.Options{Dir: t.TempDir()}))
	})
	t.Run("mongodb", func(t *testing.T) {
		t.Parallel()
		test(t, open(t, store.Options{MongoURI: enginetest.MongoURI(t), Database: fmt.Sprint("store", databases.Add(1))}))
	})
}

func open(t testing.TB, options store.Options) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return s
}

func demos(t testing.TB, owner coaching.MemberID) coaching.Goal {
	t.Helper()
	goal, err := coaching.NewGoal(coaching.Goal{
		Workspace: team, Title: "Demos", Kind: coaching.Meetings, Noun: "demos", Owner: owner,
		Period:    coaching.PeriodOf(coaching.Month, coaching.DateOf(start)),
		Size:      coaching.Size{Form: coaching.Absolute, Value: decimal.NewFromInt(20)},
		CreatedBy: owner, CreatedAt: start, ChangedAt: start,
	})
	if err != nil {
		t.Fatal(err)
	}
	return goal
}

func created(t testing.TB, s *store.Store, goal coaching.Goal, draft string) coaching.Goal {
	t.Helper()
	goal, _, err := s.CreateGoal(t.Context(), goal, draft)
	if err != nil {
		t.Fatal(err)
	}
	return goal
}

func entry(goal coaching.Goal, id string, at time.Time, amount string) coaching.Entry {
	op := coaching.Add
	if amount[0] == '=' {
		op, amount = coaching.Set, amount[1:]
	}
	return coaching.Entry{
		ID: id, Request: id, Workspace: goal.Workspace, Goal: goal.Number, Member: "U1", Name: "Nok",
		At: at, Op: op, Amount: decimal.RequireFromString(amount),
	}
}

func record(t testing.TB, s *store.Store, entries ...coaching.Entry) {
	t.Helper()
	for _, entry := range entries {
		if _, _, err := s.Record(t.Context(), entry); err != nil {
			t.Fatal(err)
		}
	}
}

func wantProgress(t testing.TB, s *store.Store, goal coaching.Goal, value string, entries int) {
	t.Helper()
	progress, err := s.Progress(t.Context(), reread(t, s, goal), start)
	if err != nil {
		t.Fatal(err)
	}
	if got := progress.Value.String(); got != value || progress.Entries != entries {
		t.Errorf("progress = %s in %d entries, want %s in %d", got, progress.Entries, value, entries)
	}
}

func TestGoalComesBackAsItWasCreated(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		want := demos(t, "U1")
		want.Statement, want.Strategy, want.Why = "20 เดโม ภายในเดือนนี้ 🎯", "calling *all* of <!channel>", "rent"
		want.Baseline, want.HasBaseline = decimal.RequireFromString("17.5"), true
		want.Focus, want.Private = true, true
		want = created(t, s, want, "d1")
		if want.Number != 1 {
			t.Errorf("first goal has number %d", want.Number)
		}
		got, err := s.Goal(t.Context(), team, 1)
		if err != nil {
			t.Fatal(err)
		}
		if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
			t.Errorf("got  %+v\nwant %+v", got, want)
		}
	})
}

func TestDraftBecomesOneGoalHoweverOftenAndBySoManyAtOnce(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		const presses, drafts = 8, 4
		numbers := make([][presses]int, drafts)
		var all sync.WaitGroup
		for draft := range drafts {
			for press := range presses {
				all.Go(func() {
					goal, _, err := s.CreateGoal(t.Context(), demos(t, "U1"), fmt.Sprint("draft", draft))
					if err != nil {
						t.Error(err)
					}
					numbers[draft][press] = goal.Number
				})
			}
		}
		all.Wait()
		taken := map[int]bool{}
		for draft, got := range numbers {
			for _, number := range got {
				if number != got[0] {
					t.Errorf("draft %d became goals %v", draft, got)
					break
				}
			}
			if taken[got[0]] || got[0] < 1 || got[0] > drafts {
				t.Errorf("draft %d became #%d", draft, got[0])
			}
			taken[got[0]] = true
		}
	})
}

func TestSameRequestCountsOnce(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		goal := created(t, s, demos(t, "U1"), "d")
		first := entry(goal, "r1", start, "3")
		record(t, s, first)
		again := entry(goal, "r1", start.Add(time.Second), "5")
		stored, repeated, err := s.Record(t.Context(), again)
		if err != nil || !repeated || !stored.Amount.Equal(first.Amount) || !stored.At.Equal(first.At) {
			t.Errorf("second record = %+v, repeated %v, %v; want the first entry", stored, repeated, err)
		}
		wantProgress(t, s, goal, "3", 1)
	})
}

func TestWorkspacesDoNotMeet(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		mine := created(t, s, demos(t, "U1"), "d")
		foreign := demos(t, "U1")
		foreign.Workspace = "slack:T2"
		foreign = created(t, s, foreign, "d")
		if mine.Number != 1 || foreign.Number != 1 {
			t.Errorf("numbers %d and %d, want each workspace to begin with 1", mine.Number, foreign.Number)
		}
		record(t, s, entry(mine, "r1", start, "3"))
		record(t, s, entry(foreign, "r1", start, "100"))
		wantProgress(t, s, mine, "3", 1)
		latest, err := s.Latest(t.Context(), team, "U1", 10)
		if err != nil || len(latest) != 1 || latest[0].Workspace != team {
			t.Errorf("latest of %s = %+v, %v", team, latest, err)
		}
		goals, err := s.GoalsOf(t.Context(), team, "U1", coaching.Active)
		if err != nil || len(goals) != 1 || goals[0].Workspace != team {
			t.Errorf("goals of %s = %+v, %v", team, goals, err)
		}
	})
}

func TestSixtyFourWritersOnOneGoalLoseNothing(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		const writers, each = 64, 200
		goal := created(t, s, demos(t, ""), "d")
		var all sync.WaitGroup
		for writer := range writers {
			all.Go(func() {
				for i := range each {
					e := entry(goal, fmt.Sprintf("r-%d-%d", writer, i), start.Add(time.Duration(i)*time.Millisecond), "1.25")
					if _, _, err := s.Record(t.Context(), e); err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		all.Wait()
		total := decimal.RequireFromString("1.25").Mul(decimal.NewFromInt(writers * each))
		wantProgress(t, s, goal, total.String(), writers*each)
	})
}

func TestDeliveryIsClaimedByOneSender(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		delivery := coaching.Delivery{
			ID: "slack:T1/nudge/C1/2026-03-02", Workspace: team, Channel: "C1", State: coaching.Pending,
			NextAt: start, DueAt: start, ExpiresAt: start.Add(12 * time.Hour),
			Notices: []coaching.Notice{coaching.Nudge{Date: coaching.DateOf(start), Since: coaching.DateOf(start).AddDays(-3)}},
		}
		for range 2 { // deciding twice is deciding once
			if err := s.Enqueue(t.Context(), delivery); err != nil {
				t.Fatal(err)
			}
		}
		due, err := s.DueDeliveries(t.Context(), start, 10)
		if err != nil || len(due) != 1 {
			t.Fatalf("due = %+v, %v; want one", due, err)
		}
		var won, lost int
		var mu sync.Mutex
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				_, err := s.SaveDelivery(t.Context(), due[0].Begin(start, time.Minute))
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil:
					won++
				case coaching.CodeOf(err) == coaching.Conflict:
					lost++
				default:
					t.Error(err)
				}
			})
		}
		all.Wait()
		if won != 1 || lost != 7 {
			t.Errorf("%d senders won and %d lost, want 1 and 7", won, lost)
		}
		if due, err = s.DueDeliveries(t.Context(), start.Add(59*time.Second), 10); err != nil || len(due) != 0 {
			t.Errorf("due under the lease = %+v, %v", due, err)
		}
		if due, err = s.DueDeliveries(t.Context(), start.Add(time.Minute), 10); err != nil || len(due) != 1 || !due[0].Unresolved {
			t.Errorf("due after the lease = %+v, %v; want it back, unresolved", due, err)
		}
	})
}

func TestNudgeFactsSurviveTheOutbox(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		goal := created(t, s, demos(t, "U1"), "d")
		want := coaching.Delivery{
			ID: "d", Workspace: team, Channel: "C1", State: coaching.Pending, NextAt: start, DueAt: start, ExpiresAt: start,
			Notices: []coaching.Notice{coaching.Nudge{
				Date: coaching.DateOf(start), Since: coaching.DateOf(start).AddDays(-3), MoreWins: 2,
				Wins:  []coaching.Win{{Entry: entry(goal, "r1", start, "3"), Goal: goal}},
				Goals: []coaching.Standing{{Goal: goal, Progress: coaching.Progress{Value: decimal.NewFromInt(3), Entries: 1, LastAt: start}}},
			}},
		}
		if err := s.Enqueue(t.Context(), want); err != nil {
			t.Fatal(err)
		}
		due, err := s.DueDeliveries(t.Context(), start, 1)
		if err != nil || len(due) != 1 {
			t.Fatalf("due = %v, %v", due, err)
		}
		want.Revision = due[0].Revision
		if got := due[0]; fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
			t.Errorf("got  %+v\nwant %+v", got, want)
		}
	})
}

func TestCadenceIsDueWhenItsTimeHasComeAndMovesOnce(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		cadence := coaching.Cadence{
			Workspace: team, Kind: coaching.NudgeDaily, Channel: "C1", At: 9 * 60, Days: coaching.MondayToFriday,
			Zone: "Asia/Bangkok", NextAt: start,
		}
		if err := s.SaveCadence(t.Context(), cadence); err != nil {
			t.Fatal(err)
		}
		if due, err := s.DueCadences(t.Context(), start.Add(-time.Millisecond), coaching.Cadence{}, 10); err != nil || len(due) != 0 {
			t.Errorf("due a millisecond early: %+v, %v", due, err)
		}
		due, err := s.DueCadences(t.Context(), start, coaching.Cadence{}, 10)
		if err != nil || len(due) != 1 {
			t.Fatalf("due on time = %+v, %v", due, err)
		}
		moved := due[0]
		moved.NextAt = start.AddDate(0, 0, 1)
		if err := s.AdvanceCadence(t.Context(), moved); err != nil {
			t.Fatal(err)
		}
		if err := s.AdvanceCadence(t.Context(), moved); coaching.CodeOf(err) != coaching.Conflict {
			t.Errorf("moving it again = %v, want a conflict", err)
		}
		if due, err := s.DueCadences(t.Context(), start, coaching.Cadence{}, 10); err != nil || len(due) != 0 {
			t.Errorf("due after it moved: %+v, %v", due, err)
		}
	})
}

func TestNewerSchemaIsRefused(t *testing.T) {
	t.Parallel()
	engine, err := sqlite.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = engine.Close(context.Background()) }()
	schemas := document.Collection{Name: "schemas"}
	newer := struct {
		document.Header
		Version int64 `json:"version"`
	}{Header: document.Header{ID: "schema"}, Version: 1_000_000}
	if err := errors.Join(engine.Ensure(t.Context(), schemas), engine.Insert(t.Context(), schemas, &newer)); err != nil {
		t.Fatal(err)
	}
	if _, err := store.New(t.Context(), engine); err == nil {
		t.Error("a database of a newer program was opened")
	}
}
