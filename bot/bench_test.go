package bot_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/shopspring/decimal"
	"github.com/valyala/fasthttp/fasthttputil"

	"github.com/smallwins/smallwins/bot"
	"github.com/smallwins/smallwins/bot/slack"
	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
	"github.com/smallwins/smallwins/store"
)

// A team of the benchmark: everybody has three goals of thirty entries each.
const (
	benchSecret = "8f742231b10e8888abcd99yyyzzz85a5"
	benchTeam   = coaching.WorkspaceID("slack:T0BENCH")

	goalsEach   = 3
	entriesEach = 30
)

// benchNow is when everything in the benchmark happens: towards the end of a
// month.
var benchNow = time.Date(2026, time.March, 20, 9, 0, 0, 0, time.UTC)

// BenchmarkProgress is `/goal progress` of members with three goals through the
// whole server, from the bytes of the request to those of the answer, on
// SQLite. For the same eleven members it must not grow with the size of the
// database; for all ten thousand of it, one after the other, nothing that was
// read is of use to the next.
func BenchmarkProgress(b *testing.B) {
	for _, size := range []struct{ entries, asking int }{{1_000, 11}, {900_000, 11}, {900_000, 10_000}} {
		b.Run(fmt.Sprintf("entries=%d/asking=%d", size.entries, size.asking), func(b *testing.B) {
			if testing.Short() && size.entries > 1_000 {
				b.Skip("takes 20 s to fill")
			}
			benchmarkCommand(b, size.entries/goalsEach/entriesEach, size.asking, "progress", "Where your goals stand")
		})
	}
}

// BenchmarkHelp is the least that a command costs: nothing is read but the
// workspace.
func BenchmarkHelp(b *testing.B) { benchmarkCommand(b, 1, 1, "help", "/goal progress") }

func benchmarkCommand(b *testing.B, members, asking int, text, want string) {
	conn := benchServer(b, members)
	requests := make([]string, min(members, 4096))
	for i := range requests {
		// Members far apart, as they come in practice.
		requests[i] = slashCommand(benchMember(i%asking*7919%members), text, i)
	}
	answers := bufio.NewReader(conn)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, err := io.WriteString(conn, requests[i%len(requests)]); err != nil {
			b.Fatal(err)
		}
		if err := readAnswer(answers, want, i < len(requests)); err != nil {
			b.Fatal(err)
		}
	}
}

// benchServer returns a connection to a server over a database of that many
// members.
func benchServer(b *testing.B, members int) net.Conn {
	b.Helper()
	documents, err := store.Open(b.Context(), store.Options{Dir: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = documents.Close(context.Background()) })
	if err := fillBench(b.Context(), documents, members); err != nil {
		b.Fatal(err)
	}
	wording, err := commands.LoadWording()
	if err != nil {
		b.Fatal(err)
	}
	app, err := slack.New(slack.Config{SigningSecret: benchSecret})
	if err != nil {
		b.Fatal(err)
	}
	server := bot.NewServer(bot.ServerConfig{
		Handler: commands.NewRouter(documents, wording), Ready: documents.Ping,
		Now: func() time.Time { return benchNow }, NewID: func() string { return "1" },
		Log: slog.New(slog.DiscardHandler), Metrics: bot.NewMetrics(prometheus.NewRegistry()),
	})
	server.Mount("/slack/commands", slack.Commands{App: app})
	listener := fasthttputil.NewInmemoryListener()
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	conn, err := listener.Dial()
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := errors.Join(conn.Close(), server.Shutdown(context.Background()), <-served); err != nil {
			b.Error(err)
		}
	})
	return conn
}

func benchMember(i int) coaching.MemberID { return coaching.MemberID("U" + strconv.Itoa(1_000_000+i)) }

// fillBench stores the team.
func fillBench(ctx context.Context, documents *store.Store, members int) error {
	first := time.Date(2026, time.March, 1, 0, 0, 0, 0, time.UTC)
	titles := [goalsEach]string{"Demos held", "Discovery meetings", "Renewal meetings"}
	const atOnce = 500
	for begin := 0; begin < members; begin += atOnce {
		var drafted []store.Drafted
		for i := begin * goalsEach; i < min(begin+atOnce, members)*goalsEach; i++ {
			member := benchMember(i / goalsEach)
			goal, err := coaching.NewGoal(coaching.Goal{
				Workspace: benchTeam, Title: titles[i%goalsEach], Kind: coaching.Meetings, Noun: "meetings", Owner: member,
				Period:    coaching.PeriodOf(coaching.Month, coaching.DateOf(first)),
				Size:      coaching.Size{Form: coaching.Absolute, Value: decimal.NewFromInt(40)},
				CreatedBy: member, CreatedAt: first, ChangedAt: first,
			})
			if err != nil {
				return err
			}
			drafted = append(drafted, store.Drafted{Goal: goal, Draft: strconv.Itoa(i)})
		}
		goals, err := documents.CreateGoals(ctx, benchTeam, drafted)
		if err != nil {
			return err
		}
		var entries []coaching.Entry
		for _, goal := range goals {
			for n := range entriesEach {
				id := fmt.Sprintf("bench-%d-%d", goal.Number, n)
				entries = append(entries, coaching.Entry{
					ID: id, Workspace: benchTeam, Goal: goal.Number, Member: goal.Owner, Name: "rep", Request: id,
					At: first.Add(benchNow.Sub(first) * time.Duration(n) / entriesEach), Op: coaching.Add, Amount: decimal.NewFromInt(1),
				})
			}
		}
		if err := documents.RecordAll(ctx, entries); err != nil {
			return err
		}
		if err := readGoals(ctx, documents, goals); err != nil {
			return err
		}
	}
	return documents.SaveWorkspace(ctx, coaching.NewWorkspace(benchTeam))
}

// readGoals reads every goal once, as its owner has done before: the first
// reading leaves a checkpoint behind, which is not what is measured.
func readGoals(ctx context.Context, documents *store.Store, goals []coaching.Goal) error {
	errs := make([]error, len(goals))
	var readers sync.WaitGroup
	for i, goal := range goals {
		readers.Go(func() { _, errs[i] = documents.Progress(ctx, goal, benchNow) })
	}
	readers.Wait()
	return errors.Join(errs...)
}

// slashCommand returns a signed request with the fields that Slack sends.
func slashCommand(member coaching.MemberID, text string, number int) string {
	form := "token=unused&team_id=T0BENCH&team_domain=bench&channel_id=C0SALES&channel_name=sales&user_id=" + string(member) +
		"&user_name=rep&command=%2Fgoal&text=" + text + "&api_app_id=A0BENCH&is_enterprise_install=false" +
		"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT0BENCH%2F1%2Fbench&trigger_id=bench." + strconv.Itoa(number)
	return fmt.Sprintf("POST /slack/commands HTTP/1.1\r\nHost: bench\r\nUser-Agent: Slackbot 1.0 (+https://api.slack.com/robots)\r\n"+
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n%s: %d\r\n%s: %s\r\n\r\n%s",
		len(form), slack.TimestampHeader, benchNow.Unix(), slack.SignatureHeader,
		slack.Sign([]byte(benchSecret), benchNow.Unix(), []byte(form)), form)
}

// readAnswer reads a response and, where it is to be looked into, what it says.
// Otherwise it costs next to nothing.
func readAnswer(from *bufio.Reader, want string, look bool) error {
	if look {
		response, err := http.ReadResponse(from, nil)
		if err != nil {
			return err
		}
		body, err := io.ReadAll(response.Body)
		if err = errors.Join(err, response.Body.Close()); err != nil {
			return err
		}
		if response.StatusCode != http.StatusOK || !strings.Contains(string(body), want) {
			return fmt.Errorf("answer %s does not say %q: %s", response.Status, want, body)
		}
		return nil
	}
	length := 0
	for {
		line, err := from.ReadSlice('\n')
		if err != nil {
			return err
		}
		if name, value, found := strings.Cut(string(line), ": "); found && strings.EqualFold(name, "Content-Length") {
			if length, err = strconv.Atoi(strings.TrimSpace(value)); err != nil {
				return err
			}
		}
		if len(line) == len("\r\n") {
			_, err := from.Discard(length)
			return err
		}
	}
}
