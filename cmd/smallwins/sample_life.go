package main

import (
	"context"
	"fmt"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
)

// storyEntry begins the ids of what the story logs, unlike what members do.
const storyEntry = "sample-"

// turn is when somebody of the story logs something on a goal.
type turn struct {
	// number counts a goal's turns from 1.
	number       int
	at           time.Time
	handle       string
	amount, note string
}

// turns are those of a goal from one moment to another: one on each working day of
// its period.
func (g sampleGoal) turns(calendar coaching.Calendar, from, to time.Time) []turn {
	var turns []turn
	number := 0
	for day := g.goal.Period.From; !day.After(g.goal.Period.To) && len(g.amounts) > 0; day = day.AddDays(1) {
		at := coaching.ClockTime(9*60+10+number%40).On(day, storyZone())
		if !at.Before(to) {
			break
		}
		if !calendar.Works(day) {
			continue
		}
		next := turn{number: number + 1, at: at, handle: g.handles[number%len(g.handles)], amount: g.amounts[number%len(g.amounts)]}
		if len(g.notes) > 0 {
			next.note = g.notes[number%len(g.notes)]
		}
		number++
		if figure, _, err := coaching.ScanFigure(next.amount); err == nil && figure.Value.IsZero() {
			continue // a day without
		}
		if !at.Before(from) {
			turns = append(turns, next)
		}
	}
	return turns
}

// entry reads a turn as if its amount had been typed.
func (s *sample) entry(goal coaching.Goal, turn turn) (coaching.Entry, error) {
	goal.State = coaching.Active // as it was then
	figure, _, err := coaching.ScanFigure(turn.amount)
	if err != nil {
		return coaching.Entry{}, fmt.Errorf("sample amount %q: %w", turn.amount, err)
	}
	entry, err := coaching.NewEntry(goal, figure, turn.note)
	if err != nil {
		return coaching.Entry{}, fmt.Errorf("sample entry on %q: %w", goal.Title, err)
	}
	member := s.id(turn.handle)
	entry.ID = fmt.Sprintf(storyEntry+"%d-%d", goal.Number, turn.number)
	entry.Member, entry.Name, entry.At = member, s.name(member), turn.at.UTC()
	return entry, nil
}

// goesOn lets the team live from one moment to another: colleagues of whoever the
// page is opened as go on logging, and customers come and go.
func (s *sample) goesOn(ctx context.Context, documents *store.Store, from, to time.Time) error {
	if err := s.worksOn(ctx, documents, from, to); err != nil {
		return fmt.Errorf("the story goes on: %w", err)
	}
	news := sampleNews.On(coaching.DateOf(to.In(storyZone())), storyZone())
	if news.Before(from) || !news.Before(to) {
		return nil
	}
	return s.tellEvents(ctx, documents, s.customers(from, to), to)
}

// worksOn enters what colleagues log on goals that are open. Goals that somebody
// changed so that it no longer fits are left alone.
func (s *sample) worksOn(ctx context.Context, documents *store.Store, from, to time.Time) error {
	calendar := coaching.NewWorkspace(s.workspace).Calendar()
	for i, sample := range s.plans {
		for _, turn := range sample.turns(calendar, from, to) {
			if turn.handle == samplePeople[0].handle {
				continue
			}
			goal, err := documents.Goal(ctx, s.workspace, i+1)
			if err != nil {
				return err
			}
			if entry, err := s.entry(goal, turn); err == nil && goal.State == coaching.Active {
				if _, _, err := documents.Record(ctx, entry); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
