package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"
	"time"
)

// demoClock runs with the system's clock, ahead of it or behind it by an offset.
// The offset is kept in a file beside the database: a demo that is started again
// goes on where it was, later by the time that has passed, so that nothing that
// was said lies in its future.
type demoClock struct {
	file string
	// resumed is set where the story was told by an earlier demo.
	resumed bool

	mu   sync.Mutex
	kept keptClock
}

// keptClock is what the file holds.
type keptClock struct {
	// Told is when the story is told.
	Told  time.Time     `json:"told"`
	Ahead time.Duration `json:"ahead"`
}

// openDemoClock returns the clock that a file keeps, or a new one that stands at
// the story's time.
func openDemoClock(file string) (*demoClock, error) {
	c := &demoClock{file: file}
	data, err := os.ReadFile(file) //nolint:gosec // A name within the directory that the demo was given.
	if errors.Is(err, fs.ErrNotExist) {
		now := systemTime()
		if c.kept.Told, err = storyTime(now); err != nil {
			return nil, err
		}
		c.kept.Ahead = c.kept.Told.Sub(now)
		return c, c.save()
	}
	if err == nil {
		err = json.Unmarshal(data, &c.kept)
	}
	if err != nil {
		return nil, fmt.Errorf("the demo's clock: %w", err)
	}
	c.resumed = true
	return c, nil
}

// Told is when the story is told.
func (c *demoClock) Told() time.Time { return c.kept.Told }

// Now returns the clock's time.
func (c *demoClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return systemTime().Add(c.kept.Ahead)
}

// Set moves the clock forward; it never goes back.
func (c *demoClock) Set(to time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.kept.Ahead = max(c.kept.Ahead, to.Sub(systemTime()))
	return c.save()
}

// save writes the file whole or not at all; the caller holds the lock.
func (c *demoClock) save() error {
	data, err := json.Marshal(c.kept)
	if err == nil {
		err = os.WriteFile(c.file+".new", data, 0o600)
	}
	if err == nil {
		err = os.Rename(c.file+".new", c.file)
	}
	if err != nil {
		return fmt.Errorf("keep the demo's clock: %w", err)
	}
	return nil
}
