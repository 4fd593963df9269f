package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"sync"
	"time"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
)

// prepareCommand fills an embedded database with the team that the load comes
// from.
type prepareCommand struct {
	Dir     string `arg:"" help:"Data directory; repeating the command on it goes on where it stopped."`
	Members int    `default:"10000" help:"Members, each with three goals and thirty entries on each of them."`
}

// Run fills the database; it may take a minute.
func (c *prepareCommand) Run(ctx context.Context) (err error) {
	if c.Members < 1 || c.Members > maxMembers {
		return fmt.Errorf("%d members: from 1 to %d are allowed", c.Members, maxMembers)
	}
	documents, err := store.Open(ctx, store.Options{Dir: c.Dir})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, documents.Close(context.WithoutCancel(ctx))) }()
	began := time.Now()
	if err := fill(ctx, documents, c.Members, began.UTC().Truncate(time.Millisecond)); err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "%d members, %d goals and %d entries in %s\n",
		c.Members, c.Members*goalsPerMember, c.Members*goalsPerMember*entriesPerGoal, time.Since(began).Round(time.Second))
	return nil
}

// membersAtOnce is how many members' goals and entries are written together.
const membersAtOnce = 500

// fill stores the team as of now: everybody's goals are for the month, with
// entries from its beginning.
func fill(ctx context.Context, documents *store.Store, members int, now time.Time) error {
	workspace := coaching.NewWorkspace(workspaceID)
	if err := documents.SaveWorkspace(ctx, workspace); err != nil {
		return err
	}
	period := coaching.PeriodOf(coaching.Month, coaching.DateOf(now.In(workspace.Location())))
	first := period.From.In(workspace.Location())
	for begin := 0; begin < members; begin += membersAtOnce {
		end := min(begin+membersAtOnce, members)
		if err := saveMembers(ctx, documents, begin, end); err != nil {
			return err
		}
		var drafted []store.Drafted
		for member := begin; member < end; member++ {
			for n := range goalsPerMember {
				goal := goalOf(member, n, period)
				goal.CreatedBy, goal.CreatedAt, goal.ChangedAt = goal.Owner, first, first
				goal, err := coaching.NewGoal(goal)
				if err != nil {
					return err
				}
				drafted = append(drafted, store.Drafted{Goal: goal, Draft: "load-" + goalName(member, n)})
			}
		}
		goals, err := documents.CreateGoals(ctx, workspaceID, drafted)
		if err != nil {
			return err
		}
		if last := goals[len(goals)-1].Number; last != goalNumber(end-1, goalsPerMember-1) {
			return fmt.Errorf("the directory holds other goals too: one that should be #%d is #%d", goalNumber(end-1, goalsPerMember-1), last)
		}
		var entries []coaching.Entry
		for i, goal := range goals {
			amount := decimal.NewFromInt(teamGoals[i%goalsPerMember].entry)
			for n := range entriesPerGoal {
				id := "load-" + strconv.Itoa(goal.Number) + "-" + strconv.Itoa(n)
				entries = append(entries, coaching.Entry{
					ID: id, Workspace: workspaceID, Goal: goal.Number, Member: goal.Owner, Name: "rep",
					At: first.Add(now.Sub(first) * time.Duration(n) / entriesPerGoal).UTC(), Op: coaching.Add, Amount: amount, Request: id,
				})
			}
		}
		if err := documents.RecordAll(ctx, entries); err != nil {
			return err
		}
		if err := readGoals(ctx, documents, goals, now); err != nil {
			return err
		}
		fmt.Fprintf(os.Stderr, "\r%d of %d members", end, members)
	}
	fmt.Fprintln(os.Stderr)
	return nil
}

// readGoals reads every goal's progress once, as its owner has done before the
// measuring begins, at the same time so that what it stores shares commits.
func readGoals(ctx context.Context, documents *store.Store, goals []coaching.Goal, now time.Time) error {
	errs := make([]error, len(goals))
	var readers sync.WaitGroup
	for i, goal := range goals {
		readers.Go(func() { _, errs[i] = documents.Progress(ctx, goal, now) })
	}
	readers.Wait()
	return errors.Join(errs...)
}

// saveMembers stores members at the same time, so that they share commits.
func saveMembers(ctx context.Context, documents *store.Store, begin, end int) error {
	errs := make([]error, end-begin)
	var writers sync.WaitGroup
	for member := begin; member < end; member++ {
		writers.Go(func() {
			errs[member-begin] = documents.SaveMember(ctx, coaching.Member{
				Workspace: workspaceID, ID: memberID(member), Name: "Rep " + strconv.Itoa(member),
			})
		})
	}
	writers.Wait()
	return errors.Join(errs...)
}
