package main

import (
	"context"
	"net"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/smallwins/smallwins/bot"
	"github.com/smallwins/smallwins/commands"
	"github.com/smallwins/smallwins/store"
	"github.com/smallwins/smallwins/store/document"
	"github.com/smallwins/smallwins/store/sqlite"
)

// slowQuery is how long every query of a slow database takes: a command that
// asks once is done before a platform has stopped waiting, one that asks twice
// is not.
const slowQuery = 2500 * time.Millisecond

// firstAnswer is how long Slack and Discord wait for one.
const firstAnswer = 3 * time.Second

// latest is how long a test waits for what comes after it.
const latest = 90 * time.Second

// slowEngine is a database that becomes slow when it is told to. Nothing read
// from it is remembered.
type slowEngine struct {
	document.Engine
	slow atomic.Bool
}

func (e *slowEngine) wait(ctx context.Context) error {
	if !e.slow.Load() {
		return nil
	}
	select {
	case <-time.After(slowQuery):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (e *slowEngine) Alone() bool { return false }

func (e *slowEngine) Insert(ctx context.Context, c document.Collection, docs ...document.Document) error {
	if err := e.wait(ctx); err != nil {
		return err
	}
	return e.Engine.Insert(ctx, c, docs...)
}

func (e *slowEngine) Get(ctx context.Context, c document.Collection, id string, into document.Document) error {
	if err := e.wait(ctx); err != nil {
		return err
	}
	return e.Engine.Get(ctx, c, id, into)
}

func (e *slowEngine) Replace(ctx context.Context, c document.Collection, doc document.Document) error {
	if err := e.wait(ctx); err != nil {
		return err
	}
	return e.Engine.Replace(ctx, c, doc)
}

func (e *slowEngine) Delete(ctx context.Context, c document.Collection, id string) error {
	if err := e.wait(ctx); err != nil {
		return err
	}
	return e.Engine.Delete(ctx, c, id)
}

func (e *slowEngine) Find(ctx context.Context, c document.Collection, q document.Query, each func(document.Decode) error) error {
	if err := e.wait(ctx); err != nil {
		return err
	}
	return e.Engine.Find(ctx, c, q, each)
}

func (e *slowEngine) Claim(ctx context.Context, c document.Collection, q document.Query, set map[string]any, into document.Document) error {
	if err := e.wait(ctx); err != nil {
		return err
	}
	return e.Engine.Claim(ctx, c, q, set, into)
}

// serveSlow serves platforms on a database that can become slow.
func serveSlow(t *testing.T, now func() time.Time, wording *commands.Wording, mount func(*bot.Server)) (url string, engine *slowEngine) {
	t.Helper()
	embedded, err := sqlite.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	engine = &slowEngine{Engine: embedded}
	documents, err := store.New(t.Context(), engine)
	if err != nil {
		t.Fatal(err)
	}
	surroundings := testParts(now)
	server := bot.NewServer(bot.ServerConfig{
		Handler: commands.NewRouter(documents, wording), Ledger: documents, Ready: documents.Ping,
		Now: now, NewID: surroundings.newID, Log: surroundings.log, Metrics: bot.NewMetrics(prometheus.NewRegistry()),
	})
	mount(server)
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	t.Cleanup(func() {
		engine.slow.Store(false)
		ctx, cancel := context.WithTimeout(context.Background(), stopWithin)
		defer cancel()
		for _, err := range []error{server.Shutdown(ctx), <-served, documents.Close(ctx)} {
			if err != nil {
				t.Error(err)
			}
		}
		http.DefaultClient.CloseIdleConnections()
	})
	return "http://" + listener.Addr().String(), engine
}

// within runs something that a platform waits for.
func within(t *testing.T, what string, do func()) {
	t.Helper()
	began := time.Now()
	do()
	if took := time.Since(began); took > firstAnswer {
		t.Errorf("%s is answered after %s", what, took)
	}
}

// runningClock is a clock that began on aTuesday and runs, so that triggers grow
// old.
func runningClock() func() time.Time {
	began := time.Now()
	return func() time.Time { return aTuesday.Add(time.Since(began)).Truncate(time.Millisecond) }
}
