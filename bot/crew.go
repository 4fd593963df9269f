package bot

import "sync"

// maxIdle is how many goroutines of a crew wait for work at most.
const maxIdle = 256

// crew runs functions at the same time on goroutines that are kept. A command
// needs a deep stack, and a new goroutine would have to grow its own for every
// one of them, which takes a tenth of the command's time.
type crew struct {
	jobs    chan func()
	idle    chan struct{}
	working sync.WaitGroup
	closing sync.Once
}

func newCrew() *crew {
	return &crew{jobs: make(chan func()), idle: make(chan struct{}, maxIdle)}
}

// run starts a function and returns at once.
func (c *crew) run(job func()) {
	select {
	case c.jobs <- job:
	default:
		c.working.Go(func() { c.work(job) })
	}
}

func (c *crew) work(job func()) {
	for more := true; more; {
		job()
		select {
		case c.idle <- struct{}{}:
			job, more = <-c.jobs
			<-c.idle
		default:
			return
		}
	}
}

// dismiss waits until all functions have ended. None may be started any more.
func (c *crew) dismiss() {
	c.closing.Do(func() { close(c.jobs) })
	c.working.Wait()
}
