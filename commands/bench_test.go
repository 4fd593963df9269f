package commands_test

import (
	"context"
	"fmt"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
	"github.com/smallwins/smallwins/store"
)

// BenchmarkHandle is what a command costs between its decoding and its
// rendering, on SQLite, for a member with three goals of thirty entries each.
func BenchmarkHandle(b *testing.B) {
	for _, text := range []string{"progress", "progress #1", "log #1 +1 renewal Acme", "list", "help", "new 20 demos this month"} {
		b.Run(text, func(b *testing.B) {
			router, request := benchRouter(b)
			request.Text = text
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				// A minute apart, since what one minute brings is read in full.
				request.ID, request.Received = "request-"+strconv.Itoa(i), request.Received.Add(time.Minute)
				reply, err := router.Handle(b.Context(), request)
				if err != nil || len(reply.Parts) == 0 {
					b.Fatalf("%d parts, %v", len(reply.Parts), err)
				}
			}
		})
	}
}

// benchRouter returns a router over a small database and a request of its only
// member.
func benchRouter(b *testing.B) (*commands.Router, commands.Request) {
	b.Helper()
	documents, err := store.Open(b.Context(), store.Options{Dir: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = documents.Close(context.Background()) })
	wording, err := commands.LoadWording()
	if err != nil {
		b.Fatal(err)
	}
	now := time.Date(2026, time.March, 20, 9, 0, 0, 0, time.UTC)
	request := commands.Request{Workspace: "slack:T0BENCH", Channel: "C0SALES", Member: "U0NOK", MemberName: "nok", Received: now}
	for _, title := range []string{"Demos held", "Discovery meetings", "Renewal meetings"} {
		goal, err := coaching.NewGoal(coaching.Goal{
			Workspace: request.Workspace, Title: title, Kind: coaching.Meetings, Noun: "meetings", Owner: request.Member,
			Period:    coaching.PeriodOf(coaching.Month, coaching.DateOf(now)),
			Size:      coaching.Size{Form: coaching.Absolute, Value: decimal.NewFromInt(40)},
			CreatedBy: request.Member, CreatedAt: now, ChangedAt: now,
		})
		if err != nil {
			b.Fatal(err)
		}
		if goal, _, err = documents.CreateGoal(b.Context(), goal, title); err != nil {
			b.Fatal(err)
		}
		entries := make([]coaching.Entry, 30)
		for i := range entries {
			entries[i] = coaching.Entry{
				ID: fmt.Sprintf("%s-%d", title, i), Workspace: request.Workspace, Goal: goal.Number, Member: request.Member,
				At: now.Add(time.Duration(i-len(entries)) * time.Hour), Op: coaching.Add, Amount: decimal.NewFromInt(1),
			}
		}
		if err := documents.RecordAll(b.Context(), entries); err != nil {
			b.Fatal(err)
		}
	}
	return commands.NewRouter(documents, wording), request
}

// BenchmarkTick is a tick over 100,000 cadences of 1,000 workspaces, of which so
// many have come due. It grows with what is due, and not with what exists.
func BenchmarkTick(b *testing.B) {
	const cadences, teams = 100_000, 1000
	documents, err := store.Open(b.Context(), store.Options{Dir: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = documents.Close(context.Background()) })
	wording, err := commands.LoadWording()
	if err != nil {
		b.Fatal(err)
	}
	router := commands.NewRouter(documents, wording)
	// Monday at nine, for the n-th cadence n milliseconds later.
	monday := time.Date(2026, time.March, 16, 9, 0, 0, 0, time.UTC)
	var saved sync.WaitGroup
	for part := range 50 {
		saved.Go(func() {
			for i := part; i < cadences; i += 50 {
				cadence := coaching.NewCadence(coaching.NudgeDaily, coaching.MondayToFriday)
				cadence.Workspace = coaching.WorkspaceID("slack:T" + strconv.Itoa(i%teams))
				cadence.Channel = coaching.ChannelID("C" + strconv.Itoa(i/teams))
				cadence.NextAt = monday.AddDate(0, 0, 7).Add(time.Duration(i) * time.Millisecond)
				if err := documents.SaveCadence(b.Context(), cadence); err != nil {
					b.Error(err)
				}
			}
		})
	}
	saved.Wait()
	for _, due := range []int{0, 100, 10_000} {
		b.Run(fmt.Sprintf("due=%d", due), func(b *testing.B) {
			b.ReportAllocs()
			for day := 0; b.Loop(); day++ {
				b.StopTimer()
				// On each day the first of them are due again.
				now := monday.AddDate(0, 0, -7*(day+1)*(1+due/1000))
				all, err := documents.DueCadences(b.Context(), monday.AddDate(1, 0, 0), coaching.Cadence{}, due+1)
				if err != nil {
					b.Fatal(err)
				}
				for _, cadence := range all[:due] {
					cadence.NextAt, cadence.Told = now, coaching.Date{}
					if err := documents.AdvanceCadence(b.Context(), cadence); err != nil {
						b.Fatal(err)
					}
				}
				b.StartTimer()
				if err := router.Tick(b.Context(), now); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
