package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/smallwins/smallwins/bot"
	"github.com/smallwins/smallwins/bot/discord"
	"github.com/smallwins/smallwins/bot/hooks"
	"github.com/smallwins/smallwins/bot/slack"
	"github.com/smallwins/smallwins/commands"
	"github.com/smallwins/smallwins/store"
)

// What is promised across packages that do not know one another.
var (
	_ commands.Store = (*store.Store)(nil)
	_ bot.Outbox     = (*store.Store)(nil)
	_ bot.Shelf      = (*store.Store)(nil)
	_ bot.Ledger     = (*store.Store)(nil)
	_ bot.Handler    = (*commands.Router)(nil)
	_ bot.Worder     = (*commands.Router)(nil)
	_ bot.Platform   = slack.Commands{}
	_ bot.Platform   = slack.Interactions{}
	_ bot.Platform   = (*discord.App)(nil)
	_ bot.Platform   = slack.Events{}
	_ bot.Sender     = (*slack.App)(nil)
	_ bot.Sender     = (*discord.App)(nil)
	_ bot.Hook       = (*hooks.Hook)(nil)
	_ bot.Page       = slack.Install{}
	_ bot.Page       = slack.Callback{}
	_ slack.Installs = (*store.Store)(nil)
	_ hooks.Store    = (*store.Store)(nil)

	_ commands.Directory = (*slack.App)(nil)
	_ commands.Files     = (*slack.App)(nil)
	_ commands.Files     = (*discord.App)(nil)
)

// App is the whole program: database, server, scheduler.
type App struct {
	parts
	config  Config
	store   *store.Store
	router  *commands.Router
	server  *bot.Server
	posts   *bot.Deliverer
	metrics *http.Server

	listener, metricsListener net.Listener
}

// NewApp opens the database and wires the program; it serves nothing yet.
func NewApp(ctx context.Context, config Config, parts parts) (*App, error) {
	if err := config.Validate(); err != nil {
		return nil, fmt.Errorf("settings:\n%w", err)
	}
	wording, err := commands.LoadWording()
	if err != nil {
		return nil, err
	}
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	metrics := bot.NewMetrics(registry)

	documents, err := store.Open(ctx, store.Options{
		MongoURI: string(config.MongoDBURI), Database: config.MongoDBDatabase, Dir: config.DataDir, EncryptionKey: string(config.EncryptionKey),
	})
	if err != nil {
		return nil, err
	}
	platforms, err := newPlatforms(config, wording, documents, parts)
	if err == nil {
		err = reseal(ctx, documents, parts.log)
	}
	if err != nil {
		return nil, errors.Join(err, documents.Close(context.WithoutCancel(ctx)))
	}
	app := &App{parts: parts, config: config, store: documents, router: commands.NewRouter(documents, wording)}
	app.router.Consult(platforms.directories())
	app.router.OpenFiles(platforms.files())
	app.server = bot.NewServer(bot.ServerConfig{
		Handler: app.router, Ledger: documents, Ready: documents.Ping,
		Now: parts.now, NewID: parts.newID, Log: parts.log, Metrics: metrics,
	})
	platforms.mount(app.server)
	app.router.Publish(config.PublicURL)
	app.server.MountHook(hooks.New(documents, wording))
	app.posts = &bot.Deliverer{
		Outbox: documents, Worder: app.router, Sender: platforms.senders(),
		Now: parts.now, Log: parts.log, Metrics: metrics, Timeout: parts.sendWithin, Replica: parts.newID(),
	}
	app.metrics = &http.Server{
		Handler:           promhttp.HandlerFor(registry, promhttp.HandlerOpts{}),
		ReadHeaderTimeout: 5 * time.Second,
	}
	return app, nil
}

// reseal lets the first encryption key take over what others protect.
func reseal(ctx context.Context, documents *store.Store, log *slog.Logger) error {
	resealed, err := documents.Reseal(ctx)
	if err == nil && resealed > 0 {
		log.InfoContext(ctx, "secrets are protected by the first encryption key now", "count", resealed)
	}
	return err
}

// Listen binds the addresses, so that a taken one is known before anything
// runs. It returns the address that webhooks are served on.
func (a *App) Listen(ctx context.Context) (net.Addr, error) {
	var (
		config net.ListenConfig
		err    error
	)
	if a.listener, err = config.Listen(ctx, "tcp", a.config.ListenAddr); err != nil {
		return nil, fmt.Errorf("LISTEN_ADDR: %w", err)
	}
	if a.config.MetricsAddr != "off" {
		if a.metricsListener, err = config.Listen(ctx, "tcp", a.config.MetricsAddr); err != nil {
			return nil, errors.Join(fmt.Errorf("METRICS_ADDR: %w", err), a.listener.Close())
		}
	}
	return a.listener.Addr(), nil
}

// Run serves and schedules until the context ends or serving fails, then stops
// in order: not ready, scheduler, requests under way, database.
func (a *App) Run(ctx context.Context) error {
	if a.listener == nil {
		if _, err := a.Listen(ctx); err != nil {
			return errors.Join(err, a.store.Close(context.WithoutCancel(ctx)))
		}
	}
	schedule, err := newSchedule(a)
	if err != nil {
		return errors.Join(err, a.listener.Close(), a.store.Close(context.WithoutCancel(ctx)))
	}
	failed := make(chan error, 2)
	go func() { failed <- a.server.Serve(a.listener) }()
	if a.metricsListener != nil {
		go func() { failed <- a.metrics.Serve(a.metricsListener) }()
	}
	schedule.Start()
	a.log.Info("serving", "address", a.listener.Addr().String())

	select {
	case <-ctx.Done():
		a.log.Info("stopping")
	case err = <-failed:
	}
	stopCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
	defer cancel()
	a.server.Retire()
	err = errors.Join(err,
		named("scheduler", schedule.Stop()),
		named("posts", a.posts.Stop(stopCtx)),
		named("server", a.server.Shutdown(stopCtx)),
		named("metrics", a.metrics.Shutdown(stopCtx)),
		named("database", a.store.Close(stopCtx)),
	)
	a.log.Info("stopped")
	return err
}

func named(part string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("stop %s: %w", part, err)
}
