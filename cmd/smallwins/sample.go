package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
)

// sampleGoal is a goal of the story with how it went.
type sampleGoal struct {
	goal coaching.Goal
	// handles are who log on it, day by day in turn, and amounts what they log
	// per working day so far, in turn; level goals are set to each.
	handles []string
	amounts []string
	notes   []string
}

// tell fills an empty database with the sample team's story. Repeating it
// changes nothing.
func (s *sample) tell(ctx context.Context, documents *store.Store) error {
	workspace := coaching.NewWorkspace(s.workspace)
	workspace.Zone, workspace.Language, workspace.Currency = sampleZone, s.say("", "th"), s.say("USD", "THB")
	existing, err := documents.Goals(ctx, workspace.ID, coaching.Active)
	if err != nil || len(existing) > 0 {
		return err
	}
	if err := s.keepBooks(&workspace); err != nil {
		return err
	}
	if err := documents.SaveWorkspace(ctx, workspace); err != nil {
		return err
	}
	if err := s.tellPeople(ctx, documents); err != nil {
		return err
	}
	if err := s.tellPast(ctx, documents); err != nil {
		return err
	}
	if err := s.tellGoals(ctx, documents, workspace); err != nil {
		return err
	}
	if err := s.tellCustomers(ctx, documents); err != nil {
		return err
	}
	return s.tellCadences(ctx, documents, workspace)
}

// tellCadences enters when the bot speaks by itself. It looks for warnings as the
// week begins, at the hour to which the page's clock jumps.
func (s *sample) tellCadences(ctx context.Context, documents *store.Store, workspace coaching.Workspace) error {
	for _, kind := range []coaching.CadenceKind{coaching.NudgeDaily, coaching.WarningCheck} {
		cadence := coaching.NewCadence(kind, workspace.Week)
		cadence.Workspace, cadence.Channel, cadence.At = workspace.ID, s.channel(), coaching.ClockTime(9*60)
		cadence.NextAt, _ = cadence.Next(s.now, workspace.Terms())
		if err := documents.SaveCadence(ctx, cadence); err != nil {
			return err
		}
	}
	return nil
}

// tellPeople enters who is there, and who sells since when.
func (s *sample) tellPeople(ctx context.Context, documents *store.Store) error {
	for _, member := range s.team.Members {
		known := coaching.Member{
			Workspace: s.workspace, ID: coaching.MemberID(member.ID), Name: member.Name, Zone: sampleZone, Locale: member.Locale,
		}
		if err := documents.SaveMember(ctx, known); err != nil {
			return err
		}
	}
	for _, person := range samplePeople {
		rep := coaching.Rep{Member: s.id(person.handle)}
		if person.newcomer {
			rep.Start = s.today().AddDays(-25)
		}
		if !person.sells {
			continue
		}
		if err := documents.SaveRep(ctx, s.workspace, rep); err != nil {
			return err
		}
	}
	return nil
}

// tellPast enters the figures of past months.
func (s *sample) tellPast(ctx context.Context, documents *store.Store) error {
	month := coaching.PeriodOf(coaching.Month, s.today())
	for past := 1; past <= sampleYears*12; past++ {
		period := month.Shift(-past)
		observation := coaching.Observation{Kind: coaching.Revenue, Period: period, Value: s.revenue(period)}
		if err := documents.SaveObservation(ctx, s.workspace, observation); err != nil {
			return err
		}
	}
	return nil
}

// today is the date of the story.
func (s *sample) today() coaching.Date {
	return coaching.DateOf(s.now.In(storyZone()))
}

// storyZone is looked up once: the story asks for it for every day.
var storyZone = sync.OnceValue(func() *time.Location {
	zone, err := coaching.Zone(sampleZone)
	if err != nil {
		return time.UTC
	}
	return zone
})

// keepBooks enters what the manager told of costs and of the sales process.
func (s *sample) keepBooks(workspace *coaching.Workspace) error {
	workspace.Costs = coaching.Costs{
		Salaries: s.money(19_000), Production: s.money(4_000), Marketing: s.money(3_000), Overhead: s.money(5_000),
	}
	workspace.Margin, workspace.HasMargin = decimal.NewFromInt(45), true
	var err error
	workspace.Funnel, err = coaching.NewFunnel("deals",
		coaching.FunnelStage{ID: "calls", Onward: coaching.Rate{Hits: 160, Of: 400}},
		coaching.FunnelStage{ID: "leads", Onward: coaching.Rate{Hits: 48, Of: 160}},
	)
	if err != nil {
		return err
	}
	workspace.Deal, err = coaching.NewDealSize(s.money(3_900), 48)
	return err
}

// tellGoals creates the goals with what was logged on them.
func (s *sample) tellGoals(ctx context.Context, documents *store.Store, workspace coaching.Workspace) error {
	samples := s.plans
	drafted := make([]store.Drafted, len(samples))
	for i, sample := range samples {
		goal := sample.goal
		goal.Workspace, goal.CreatedBy = s.workspace, s.id("mali")
		goal.CreatedAt = coaching.ClockTime(9*60).On(goal.Period.From, workspace.Location())
		goal.ChangedAt = goal.CreatedAt
		checked, err := coaching.NewGoal(goal)
		if err != nil {
			return fmt.Errorf("goal %q: %w", goal.Title, err)
		}
		drafted[i] = store.Drafted{Goal: checked, Draft: fmt.Sprintf("sample-%d", i)}
	}
	created, err := documents.CreateGoals(ctx, s.workspace, drafted)
	if err != nil {
		return err
	}
	var all []coaching.Entry
	for i, goal := range created {
		for _, turn := range samples[i].turns(workspace.Calendar(), goal.CreatedAt, s.now) {
			entry, err := s.entry(goal, turn)
			if err != nil {
				return err
			}
			all = append(all, entry)
		}
	}
	return documents.RecordAll(ctx, all)
}

// sampleLimit bounds how much of a workspace the demo looks through.
const sampleLimit = 1000

// newSince reports whether somebody has set a goal, or logged progress, since
// the story was told.
func (s *sample) newSince(ctx context.Context, documents *store.Store) (goal, progress bool) {
	goals, err := documents.Goals(ctx, s.workspace, coaching.Active)
	for _, found := range goals {
		goal = goal || err == nil && !found.CreatedAt.Before(s.now)
	}
	entries, err := documents.EntriesSince(ctx, s.workspace, s.now, s.now.Add(366*24*time.Hour), sampleLimit)
	ofMembers := func(entry coaching.Entry) bool { return !strings.HasPrefix(entry.ID, storyEntry) }
	return goal, err == nil && slices.ContainsFunc(entries, ofMembers)
}
