package store

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

// eventDoc remembers that an event was received, and a fingerprint of what it
// said. What it said is in its subject.
type eventDoc struct {
	document.Header
	Workspace   string        `json:"workspace"`
	Kind        string        `json:"kind"`
	Fingerprint string        `json:"fingerprint"`
	Received    document.Time `json:"received"`
}

// Ingest takes events and returns what became of each, in their order. Any
// number, order and repetition of the same events ends in the same state; what
// is wrong with one event keeps no other from counting. An error means that
// nothing is promised: the same events are sent again.
//
// First an event's id is claimed together with a fingerprint of its content,
// then it is merged into its subject, then the days that the subject touches
// are marked to be reckoned anew. A repeated event goes the whole way again,
// which changes nothing unless an earlier try broke off.
func (s *Store) Ingest(ctx context.Context, workspace coaching.WorkspaceID, events []coaching.Event, now time.Time) ([]coaching.EventResult, error) {
	settings, err := s.Workspace(ctx, workspace)
	if err != nil {
		return nil, err
	}
	batch := newBatch(settings, events, now)
	if err := s.claimEvents(ctx, batch); err != nil {
		return nil, err
	}
	if err := s.mergeSubjects(ctx, batch); err != nil {
		return nil, err
	}
	if err := s.meetOwners(ctx, batch); err != nil {
		return nil, err
	}
	if err := s.markDays(ctx, workspace, batch.touched()); err != nil {
		return nil, err
	}
	if err := s.feed(ctx, batch); err != nil {
		return nil, err
	}
	return batch.results, nil
}

// batch is events on their way in.
type batch struct {
	workspace coaching.Workspace
	now       time.Time
	results   []coaching.EventResult
	// known are the checked events by id; those refused later are taken out.
	known map[string]*incoming
	// subjects are what the events come to, without what is stored.
	subjects map[subjectRef]*gathered
}

// incoming is an event of a batch and the places that it has there.
type incoming struct {
	event       coaching.Event // checked and placed
	fingerprint string
	at          []int
}

type subjectRef struct {
	kind coaching.SubjectKind
	id   string
}

// gathered is what the events of a batch tell of one subject.
type gathered struct {
	state  coaching.Dossier
	events []*incoming
}

// newBatch checks events. Of two with one id and different content the first
// counts.
func newBatch(workspace coaching.Workspace, events []coaching.Event, now time.Time) *batch {
	b := &batch{
		workspace: workspace, now: now, results: make([]coaching.EventResult, len(events)), known: make(map[string]*incoming, len(events)),
	}
	for i, event := range events {
		checked, err := coaching.CheckEvent(event, now)
		b.results[i] = coaching.EventResult{ID: event.ID, Outcome: coaching.EventAccepted}
		if err != nil {
			b.refuse(i, err)
			continue
		}
		mark := fingerprint(checked)
		first := b.known[checked.ID]
		switch {
		case first == nil:
			b.known[checked.ID] = &incoming{event: checked.Placed(workspace), fingerprint: mark, at: []int{i}}
		case first.fingerprint == mark:
			first.at = append(first.at, i)
			b.results[i].Outcome = coaching.EventRepeated
		default:
			b.refuse(i, &coaching.EventError{Field: "id", Reason: coaching.ReasonEventIDReused})
		}
	}
	return b
}

// refuse records why the event at a place is not taken.
func (b *batch) refuse(i int, err error) {
	b.results[i].Outcome = coaching.EventRefused
	var why *coaching.EventError
	if errors.As(err, &why) {
		b.results[i].Why = why
	}
}

// drop takes an event out of the batch.
func (b *batch) drop(in *incoming, reason coaching.Reason, field coaching.EventField) {
	delete(b.known, in.event.ID)
	for _, i := range in.at {
		b.refuse(i, &coaching.EventError{Field: field, Reason: reason})
	}
}

// fingerprint tells events of different content apart. It is of the event as
// it was sent: what the workspace's settings add may change between two tries.
func fingerprint(event coaching.Event) string {
	const usual = 512 // bytes
	text := strconv.AppendQuote(make([]byte, 0, usual), string(event.Kind))
	text = strconv.AppendQuote(append(text, ' '), event.Subject)
	text = strconv.AppendInt(append(text, ' '), event.At.UnixMilli(), 10)
	for _, field := range slices.Sorted(maps.Keys(event.Fields)) {
		text = strconv.AppendQuote(append(text, ' '), string(field))
		text = strconv.AppendQuote(append(text, '='), event.Fields[field])
	}
	hash := sha256.Sum256(text)
	const enough = 16 // bytes: no two of 2⁶⁰ events alike by chance
	return base64.RawStdEncoding.EncodeToString(hash[:enough])
}

func eventKey(workspace coaching.WorkspaceID, id string) string { return string(workspace) + "/" + id }

// claimEvents stores the ids of the events. Those known with other content are
// refused.
func (s *Store) claimEvents(ctx context.Context, b *batch) error {
	docs := make([]eventDoc, 0, len(b.known))
	order := slices.Sorted(maps.Keys(b.known))
	for _, id := range order {
		in := b.known[id]
		docs = append(docs, eventDoc{
			Header: document.Header{ID: eventKey(b.workspace.ID, id)}, Workspace: string(b.workspace.ID),
			Kind: string(in.event.Kind), Fingerprint: in.fingerprint, Received: document.At(b.now),
		})
	}
	taken, err := insertAll(ctx, s.engine, events, docs)
	if err != nil {
		return coded("claim events", err)
	}
	repeated := make([]string, 0, len(taken))
	for _, id := range order {
		if taken[eventKey(b.workspace.ID, id)] {
			repeated = append(repeated, id)
		}
	}
	stored := make([]eventDoc, len(repeated))
	err = abreast(ctx, len(repeated), func(ctx context.Context, i int) error {
		return s.engine.Get(ctx, events, eventKey(b.workspace.ID, repeated[i]), &stored[i])
	})
	if err != nil {
		return coded("read events", err)
	}
	for i, id := range repeated {
		in := b.known[id]
		if stored[i].Fingerprint != in.fingerprint {
			b.drop(in, coaching.ReasonEventIDReused, "id")
			continue
		}
		for _, at := range in.at {
			b.results[at].Outcome = coaching.EventRepeated
		}
	}
	return nil
}

// touched returns the days that figures of must be reckoned anew.
func (b *batch) touched() map[coaching.Date]bool {
	days := make(map[coaching.Date]bool)
	for _, g := range b.subjects {
		for _, r := range g.state.Touched {
			for day := r.From; !day.After(r.To); day = day.AddDays(1) {
				days[day] = true
			}
		}
	}
	return days
}
