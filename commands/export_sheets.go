package commands

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands/sheet"
)

// goalsInAllStates returns those of the goals that the member may see, by their
// numbers.
func (r *Router) goalsInAllStates(ctx context.Context, ask *ask, in func(coaching.State) ([]coaching.Goal, error)) ([]coaching.Goal, error) {
	var goals []coaching.Goal
	for _, state := range []coaching.State{coaching.Active, coaching.Parked, coaching.Closed} {
		found, err := in(state)
		if err != nil {
			return nil, err
		}
		for _, goal := range found {
			sees, err := r.canOn(ctx, ask, coaching.ActSee, goal)
			if err != nil {
				return nil, err
			}
			if sees {
				goals = append(goals, goal)
			}
		}
	}
	slices.SortFunc(goals, func(a, b coaching.Goal) int { return a.Number - b.Number })
	return goals, nil
}

// goalSheet lists goals with where they stand.
func (r *Router) goalSheet(ctx context.Context, ask *ask, e *extract, goals []coaching.Goal) error {
	owners := make([]coaching.MemberID, 0, len(goals))
	for _, goal := range goals {
		if !goal.Team() {
			owners = append(owners, goal.Owner)
		}
	}
	slices.Sort(owners)
	if err := r.meet(ctx, ask, slices.Compact(owners)...); err != nil {
		return err
	}
	header := []string{
		"number", "title", "kind", "noun", "unit", "currency", "owner", "private", "from", "to", "baseline", "target", "figure",
		"state", "focus", "why", "strategy", "reason", "statement", "created",
	}
	return e.sheet("goals.csv", "export_goals", header, func(row func(...string) error) error {
		for _, goal := range goals {
			progress, err := r.store.Progress(ctx, goal, ask.Received)
			if err != nil {
				return err
			}
			baseline, target := "", ""
			if goal.HasBaseline {
				baseline = goal.Baseline.String()
			}
			if reach, known := goal.Target(); known {
				target = reach.String()
			}
			owner := ""
			if !goal.Team() {
				owner = ask.member(goal.Owner).Text
			}
			err = row(strconv.Itoa(goal.Number), goal.Title, string(goal.Kind), goal.Noun, string(goal.Unit), goal.Currency,
				owner, strconv.FormatBool(goal.Private), goal.Period.From.String(), goal.Period.To.String(), baseline, target,
				progress.Value.String(), string(goal.State), strconv.FormatBool(goal.Focus), goal.Why, goal.Strategy, goal.Reason,
				goal.Statement, goal.CreatedAt.UTC().Format(time.RFC3339))
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// entrySheet lists what was recorded, in the order of recording.
func (a *ask) entrySheet(e *extract, entries []coaching.Entry) error {
	slices.SortStableFunc(entries, func(a, b coaching.Entry) int { return a.At.Compare(b.At) })
	header := []string{"at", "goal", "what", "amount", "note", "by", "id", "reverts"}
	return e.sheet("entries.csv", "export_entries", header, func(row func(...string) error) error {
		for _, entry := range entries {
			err := row(entry.At.UTC().Format(time.RFC3339), strconv.Itoa(entry.Goal), string(entry.Op), entry.Amount.String(),
				entry.Note, nameOr(entry.Name, entry.Member), entry.ID, entry.Reverts)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// figureSheet lists the final figures of past periods that people brought in.
func (r *Router) figureSheet(ctx context.Context, ask *ask, e *extract) error {
	return e.sheet("past-figures.csv", "export_figures", []string{"metric", "value", "from", "to"}, func(row func(...string) error) error {
		for _, traits := range coaching.Kinds() {
			observations, err := r.store.Observations(ctx, ask.Request.Workspace, traits.Kind)
			if err != nil {
				return err
			}
			for _, each := range observations {
				err := row(string(each.Kind), each.Value.String(), each.Period.From.String(), each.Period.To.String())
				if err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// dossierSheet lists what events told of, in the columns that import reads.
func (r *Router) dossierSheet(ctx context.Context, ask *ask, e *extract, kind sheet.Kind) error {
	name := string(kind)
	if kind == sheet.History {
		name = "metrics" // as the events are called
	}
	_, subject, found := sheet.OfSubjects(name)
	if !found {
		return nil
	}
	return e.sheet(name+".csv", "table_as_"+string(kind), sheet.Columns(kind), func(row func(...string) error) error {
		return r.store.EachDossier(ctx, ask.Request.Workspace, subject, func(d coaching.Dossier) error {
			return row(sheet.Cells(kind, d)...)
		})
	})
}
