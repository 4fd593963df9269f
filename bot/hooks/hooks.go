// Package hooks takes the events that a CRM, an automation or a data pipeline
// reports: deals opened, won and lost, leads, customers, costs, activities, and
// figures as such.
//
// Requests are signed by the Standard Webhooks convention
// (https://www.standardwebhooks.com) with one of the workspace's secrets. The
// form of the events is package coaching's; deploy/openapi.yaml describes it for
// those who send.
//
// What was answered with 200 or 207 is durable. Everything else may be sent
// again as it is, as often as need be: an event counts once by its id. The
// package neither keeps requests nor knows who sent what before; that an event
// was there already is the store's to say.
package hooks

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// Limits of a request.
const (
	// MaxBody is how many bytes a request may have: room for [MaxEvents] events
	// of two kilobytes, which is several times what one normally takes.
	MaxBody = 2 << 20
	// MaxEvents is how many events a request may have.
	MaxEvents = 1000
	// takeWithin is how long a batch may take to become durable. Senders wait
	// for 15 to 30 seconds before they send again.
	takeWithin = 10 * time.Second
)

// Store is what the hook needs kept.
type Store interface {
	// HookKeys returns the secrets that are valid for a workspace, none for one
	// that has none or that nobody knows.
	HookKeys(ctx context.Context, workspace coaching.WorkspaceID) ([]coaching.HookKey, error)
	// UseHookSecret notes that a secret signed events.
	UseHookSecret(ctx context.Context, workspace coaching.WorkspaceID, id string, at time.Time) error
	// Ingest takes events and returns what became of each once that is durable.
	Ingest(ctx context.Context, workspace coaching.WorkspaceID, events []coaching.Event, now time.Time) ([]coaching.EventResult, error)
}

// Hook takes events. It is safe for concurrent use.
type Hook struct {
	store   Store
	wording *commands.Wording
	gate    *gate
}

// New returns a hook over a store. Its answers are worded in the language that
// the sender asks for.
func New(store Store, wording *commands.Wording) *Hook {
	return &Hook{store: store, wording: wording, gate: newGate()}
}

// Receive verifies a request for a workspace, takes its events and returns the
// answer, in JSON. It keeps no reference to what it is given. The error is for the log alone: what an operator should know
// of, whatever the answer.
func (h *Hook) Receive(ctx context.Context, workspace string, header func(name string) string, body []byte, now time.Time) (commands.Answer, error) {
	voice := h.wording.In(header("Accept-Language"))
	id := coaching.WorkspaceID(strings.Clone(workspace))
	key, err := h.verify(ctx, id, header, body, now)
	var why *problem
	switch {
	case errors.As(err, &why):
		return why.answer(voice), err
	case err != nil:
		return unavailable.answer(voice), fmt.Errorf("read hook secrets: %w", err)
	}
	// The sender is known from here on.
	if why := checkType(header); why != nil {
		return why.answer(voice), why
	}
	sent, why := readEvents(body)
	if why != nil {
		return why.answer(voice), why
	}
	leave, why := h.gate.enter(ctx, id)
	if why != nil {
		return why.answer(voice), why
	}
	defer leave()
	ctx, cancel := context.WithTimeout(ctx, takeWithin)
	defer cancel()
	results, err := h.store.Ingest(ctx, id, sent.events, now)
	if err != nil {
		return unavailable.answer(voice), fmt.Errorf("take events: %w", err)
	}
	if key.News(now) {
		if err = h.store.UseHookSecret(ctx, id, key.ID, now); err != nil {
			err = fmt.Errorf("note use of hook secret %s: %w", key.ID, err)
		}
	}
	return sent.receipt(results, voice).answer(), err
}

// Refuse returns the answer to a request that never came to Receive, because it
// is too large or there is no such address or method.
func (h *Hook) Refuse(status int, header func(name string) string) commands.Answer {
	return refusal(status).answer(h.wording.In(header("Accept-Language")))
}

// MaxBody returns the limit of a request, for the server to keep to.
func (*Hook) MaxBody() int { return MaxBody }

// checkType refuses bodies that are no JSON, or packed: what is signed is what
// is read.
func checkType(header func(name string) string) *problem {
	kind, _, _ := strings.Cut(header("Content-Type"), ";")
	if !strings.EqualFold(strings.TrimSpace(kind), "application/json") {
		return notJSON
	}
	if packing := header("Content-Encoding"); packing != "" && !strings.EqualFold(packing, "identity") {
		return packed
	}
	return nil
}
