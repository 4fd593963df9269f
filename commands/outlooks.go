package commands

import (
	"sync"
	"time"

	"github.com/smallwins/smallwins/coaching"
)

const (
	// maxOutlooks bounds for how many goals an outlook is remembered: a few
	// megabytes where all have years of record.
	maxOutlooks = 4096
	// outlookRest is for how long one is good. It is of the days before today,
	// whose entries hardly ever change; those that do through another replica show
	// after it.
	outlookRest = 15 * time.Minute
)

// outlooks remembers what daily records say of goals, so that logging on a goal
// does not read years of entries each time. The zero value is ready to use.
type outlooks struct {
	mu    sync.Mutex
	known map[outlookKey]keptOutlook
}

type outlookKey struct {
	workspace coaching.WorkspaceID
	number    int
}

// keptOutlook is good for the goal as it was changed last, on the day that it was
// made for.
type keptOutlook struct {
	changed, at time.Time
	today       coaching.Date
	outlook     *coaching.Outlook // nil where the record tells nothing
}

// get returns what is remembered of a goal; fresh is false where that is nothing
// that still holds good.
func (o *outlooks) get(key outlookKey, goal *coaching.Goal, ask *ask) (outlook coaching.Outlook, known, fresh bool) {
	o.mu.Lock()
	kept, found := o.known[key]
	o.mu.Unlock()
	age := ask.Received.Sub(kept.at)
	if !found || kept.today != ask.today || !kept.changed.Equal(goal.ChangedAt) || age < 0 || age >= outlookRest {
		return coaching.Outlook{}, false, false
	}
	if kept.outlook == nil {
		return coaching.Outlook{}, false, true
	}
	return *kept.outlook, true, true
}

// keep remembers an outlook, or that there is none.
func (o *outlooks) keep(key outlookKey, goal *coaching.Goal, ask *ask, outlook coaching.Outlook, known bool) {
	kept := keptOutlook{changed: goal.ChangedAt, at: ask.Received, today: ask.today}
	if known {
		kept.outlook = &outlook
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.known == nil || len(o.known) >= maxOutlooks {
		o.known = make(map[outlookKey]keptOutlook)
	}
	o.known[key] = kept
}

// forget drops what is remembered of a workspace, where something changes that
// outlooks rest on: goals, what was logged before, days off.
func (o *outlooks) forget(workspace coaching.WorkspaceID) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for key := range o.known {
		if key.workspace == workspace {
			delete(o.known, key)
		}
	}
}
