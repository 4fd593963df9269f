package bot

import "sync"

const (
	// crewSize is how many commands run at once: enough to wait for a database
	// beside one another, few enough that a rush does not fill the memory with
	// half-done answers.
	crewSize = 32
	// crewQueue is how many may wait for their turn.
	crewQueue = 4096
)

// crew runs functions on a fixed number of goroutines that are kept, since a
// command needs a deep stack and a new goroutine would have to grow its own.
type crew struct {
	jobs    chan func()
	mu      sync.Mutex
	started int
	working sync.WaitGroup
	closing sync.Once
}

func newCrew() *crew { return &crew{jobs: make(chan func(), crewQueue)} }

// run queues a function and returns at once. Where even the queue is full the
// function runs beside it.
func (c *crew) run(job func()) {
	select {
	case c.jobs <- job:
		c.recruit()
	default:
		c.working.Go(job)
	}
}

// recruit adds a goroutine until the crew is complete.
func (c *crew) recruit() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.started < crewSize {
		c.started++
		c.working.Go(func() {
			for job := range c.jobs {
				job()
			}
		})
	}
}

// dismiss waits until all functions have ended. None may be started any more.
func (c *crew) dismiss() {
	c.closing.Do(func() { close(c.jobs) })
	c.working.Wait()
}
