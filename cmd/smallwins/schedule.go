package main

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/go-co-op/gocron/v2"
)

// How often the metronome beats. Posts are planned to the minute; one second
// between rounds of sending is what a channel may bear. Each beat comes up to a
// fifth early or late, so that replicas which began together do not go on
// asking the database together.
const (
	tickEvery  = 5 * time.Second
	sendEvery  = time.Second
	tidyEvery  = 15 * time.Second
	takeEvery  = 2 * time.Second
	jobTimeout = time.Minute
)

// schedule is the metronome: a few jobs, none overlapping itself, each calling
// one function with the time. It decides nothing.
type schedule struct {
	scheduler gocron.Scheduler
	cancel    context.CancelFunc
}

func newSchedule(app *App) (*schedule, error) {
	scheduler, err := gocron.NewScheduler(gocron.WithLocation(time.UTC), gocron.WithStopTimeout(stopWithin/2))
	if err != nil {
		return nil, fmt.Errorf("new scheduler: %w", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	s := &schedule{scheduler: scheduler, cancel: cancel}
	jobs := []struct {
		name  string
		every time.Duration
		run   func(context.Context) error
	}{
		{"tick", tickEvery, func(ctx context.Context) error { return app.router.Tick(ctx, app.now()) }},
		{"take", takeEvery, func(ctx context.Context) error { return app.router.TakeUploads(ctx, app.now()) }},
		{"send", sendEvery, func(ctx context.Context) error { _, err := app.posts.Beat(ctx); return err }},
		{"tidy", tidyEvery, func(ctx context.Context) error { return app.posts.Tidy(ctx, app.store) }},
	}
	for _, job := range jobs {
		task := func() { s.run(ctx, app.log, job.name, job.run) }
		_, err := scheduler.NewJob(gocron.DurationRandomJob(job.every-job.every/5, job.every+job.every/5), gocron.NewTask(task),
			gocron.WithName(job.name), gocron.WithSingletonMode(gocron.LimitModeReschedule))
		if err != nil {
			cancel()
			return nil, fmt.Errorf("new job %s: %w", job.name, err)
		}
	}
	return s, nil
}

func (s *schedule) run(ctx context.Context, log *slog.Logger, name string, run func(context.Context) error) {
	ctx, cancel := context.WithTimeout(ctx, jobTimeout)
	defer cancel()
	if err := run(ctx); err != nil && ctx.Err() == nil {
		log.Error("job failed", "job", name, "error", err)
	}
}

// Start lets the metronome beat.
func (s *schedule) Start() { s.scheduler.Start() }

// Stop starts no more work and waits for what is under way.
func (s *schedule) Stop() error {
	s.cancel()
	return s.scheduler.Shutdown()
}
