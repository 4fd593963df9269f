package main

import (
	"context"
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/bot/sandbox"
	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
)

const (
	sampleZone      = "Asia/Bangkok"
	sampleWorkspace = coaching.WorkspaceID("slack:T0DEMO")
	sampleChannel   = coaching.ChannelID("C0SALES")
)

// The people of the demo: a manager and five reps, one of them new.
const (
	mali  = coaching.MemberID("U0MALI")
	nok   = coaching.MemberID("U0NOK")
	ben   = coaching.MemberID("U0BEN")
	ploy  = coaching.MemberID("U0PLOY")
	diego = coaching.MemberID("U0DIEGO")
	somi  = coaching.MemberID("U0SOMI")
)

var sampleTeam = sandbox.Team{
	ID: "T0DEMO", Name: "Baan Coffee Supply", Domain: "baan-coffee", Zone: sampleZone,
	Channels: []sandbox.Channel{
		{ID: string(sampleChannel), Name: "sales", Topic: "Wins, goals, and who needs a hand"},
		{ID: "C0GENERAL", Name: "general", Topic: "Everything else"},
	},
	Members: []sandbox.Member{
		{ID: string(mali), Name: "Mali Srisuk", Handle: "mali", Title: "Sales manager", Admin: true},
		{ID: string(nok), Name: "Nok Charoen", Handle: "nok", Title: "Account executive"},
		{ID: string(ben), Name: "Ben Okafor", Handle: "ben", Title: "Account executive, new"},
		{ID: string(ploy), Name: "Ploy Wattana", Handle: "ploy", Title: "Account executive"},
		{ID: string(diego), Name: "Diego Ramos", Handle: "diego", Title: "Sales development rep"},
		{ID: string(somi), Name: "Somi Park", Handle: "somi", Title: "Customer success"},
	},
}

// sampleSeason is what the team sells in each month of an ordinary year, in
// thousands of dollars: it swells towards the end.
var sampleSeason = [12]int64{61, 58, 66, 63, 67, 70, 62, 64, 73, 80, 88, 92}

// sampleYears is for how many years there are figures; each was 7% above the
// one before.
const sampleYears = 2

// sampleRevenue is what the team sold in a past month.
func sampleRevenue(month coaching.Period, today coaching.Date) decimal.Decimal {
	revenue := decimal.New(sampleSeason[month.From.Month-1], 3)
	for range today.Year - month.From.Year {
		revenue = revenue.Div(decimal.RequireFromString("1.07"))
	}
	// A little up and down, the same in every demo.
	wobble := decimal.New(int64(95+(int(month.From.Month)*5+month.From.Year*3)%11), -2)
	return revenue.Mul(wobble).Round(-2)
}

// sampleGoal is a goal of the story with how it went.
type sampleGoal struct {
	goal coaching.Goal
	// members are who log on it, day by day in turn, and amounts what they log
	// per working day so far, in turn; level goals are set to each.
	members []coaching.MemberID
	amounts []string
	notes   []string
	// lately is what the first member logged minutes ago, so that the next
	// morning's nudge has a win to tell whatever the hour of the demo.
	lately string
}

// tellSample fills an empty database with the sample team's story as of now.
// Repeating it changes nothing.
func tellSample(ctx context.Context, documents *store.Store, now time.Time) error {
	workspace := coaching.NewWorkspace(sampleWorkspace)
	workspace.Zone = sampleZone
	loc, calendar := workspace.Location(), workspace.Calendar()
	today := coaching.DateOf(now.In(loc))
	existing, err := documents.Goals(ctx, workspace.ID, coaching.Active)
	if err != nil || len(existing) > 0 {
		return err
	}
	if err := keepBooks(&workspace); err != nil {
		return err
	}
	if err := documents.SaveWorkspace(ctx, workspace); err != nil {
		return err
	}
	for _, member := range sampleTeam.Members {
		known := coaching.Member{Workspace: workspace.ID, ID: coaching.MemberID(member.ID), Name: member.Name, Zone: sampleZone}
		if err := documents.SaveMember(ctx, known); err != nil {
			return err
		}
	}
	for _, rep := range []coaching.Rep{{Member: nok}, {Member: ploy}, {Member: diego}, {Member: ben, Start: today.AddDays(-25)}} {
		if err := documents.SaveRep(ctx, workspace.ID, rep); err != nil {
			return err
		}
	}
	month := coaching.PeriodOf(coaching.Month, today)
	for past := 1; past <= sampleYears*12; past++ {
		period := month.Shift(-past)
		observation := coaching.Observation{Kind: coaching.Revenue, Period: period, Value: sampleRevenue(period, today)}
		if err := documents.SaveObservation(ctx, workspace.ID, observation); err != nil {
			return err
		}
	}
	for i, sample := range sampleGoals(today) {
		if err := tellGoal(ctx, documents, sample, fmt.Sprintf("sample-%d", i), now, loc, calendar); err != nil {
			return err
		}
	}
	cadence := coaching.NewCadence(coaching.NudgeDaily, workspace.Week)
	cadence.Workspace, cadence.Channel = workspace.ID, sampleChannel
	cadence.NextAt, _ = cadence.Next(now, workspace.Terms())
	return documents.SaveCadence(ctx, cadence)
}

// keepBooks enters what the manager told of costs and of the sales process.
func keepBooks(workspace *coaching.Workspace) error {
	workspace.Costs = coaching.Costs{
		Salaries: decimal.New(19, 3), Production: decimal.New(4, 3), Marketing: decimal.New(3, 3), Overhead: decimal.New(5, 3),
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
	workspace.Deal, err = coaching.NewDealSize(decimal.NewFromInt(3900), 48)
	return err
}

// tellGoal creates a goal and what was logged on it on the working days since
// it began.
func tellGoal(ctx context.Context, documents *store.Store, sample sampleGoal, id string, now time.Time, loc *time.Location, calendar coaching.Calendar) error {
	goal := sample.goal
	goal.Workspace, goal.CreatedBy = sampleWorkspace, mali
	goal.CreatedAt = coaching.ClockTime(9*60).On(goal.Period.From, loc)
	goal.ChangedAt = goal.CreatedAt
	goal, err := coaching.NewGoal(goal)
	if err != nil {
		return fmt.Errorf("goal %q: %w", sample.goal.Title, err)
	}
	if goal, _, err = documents.CreateGoal(ctx, goal, id); err != nil {
		return err
	}
	open := goal
	open.State = coaching.Active // as it was then
	record := func(id string, member coaching.MemberID, at time.Time, amount, note string) error {
		figure, _, err := coaching.ScanFigure(amount)
		if err != nil {
			return fmt.Errorf("sample amount %q: %w", amount, err)
		}
		if figure.Value.IsZero() {
			return nil // a day without
		}
		entry, err := coaching.NewEntry(open, figure, note)
		if err != nil {
			return fmt.Errorf("sample entry on %q: %w", goal.Title, err)
		}
		entry.ID, entry.Member, entry.Name, entry.At = id, member, sampleName(member), at.UTC()
		_, _, err = documents.Record(ctx, entry)
		return err
	}
	if sample.lately != "" {
		if err := record(id+"-lately", sample.members[0], now.Add(-20*time.Minute), sample.lately, ""); err != nil {
			return err
		}
	}
	step := 0
	for day := goal.Period.From; !day.After(goal.Period.To) && len(sample.amounts) > 0; day = day.AddDays(1) {
		at := coaching.ClockTime(9*60+10+step%40).On(day, loc)
		if !at.Before(now) {
			break
		}
		if !calendar.Works(day) {
			continue
		}
		amount, member, note := sample.amounts[step%len(sample.amounts)], sample.members[step%len(sample.members)], ""
		if len(sample.notes) > 0 {
			note = sample.notes[step%len(sample.notes)]
		}
		step++
		if err := record(fmt.Sprintf("%s-%d", id, step), member, at, amount, note); err != nil {
			return err
		}
	}
	return nil
}

func sampleName(id coaching.MemberID) string {
	for _, member := range sampleTeam.Members {
		if member.ID == string(id) {
			return member.Name
		}
	}
	return string(id)
}

// sampleGoals are goals in every state: ahead, on pace, behind, a level and two
// ratios, met, parked.
func sampleGoals(today coaching.Date) []sampleGoal {
	month, quarter, week := coaching.PeriodOf(coaching.Month, today), coaching.PeriodOf(coaching.Quarter, today), coaching.PeriodOf(coaching.Week, today)
	var lastYear decimal.Decimal // the same quarter's
	for n := range 3 {
		lastYear = lastYear.Add(sampleRevenue(coaching.PeriodOf(coaching.Month, quarter.From.AddMonths(n-12)), today))
	}
	absolute := func(value int64) coaching.Size {
		return coaching.Size{Form: coaching.Absolute, Value: decimal.NewFromInt(value)}
	}
	goals := []sampleGoal{
		{
			goal: coaching.Goal{
				Title: "Revenue", Statement: "Grow revenue 7% this quarter by selling the new roasts to regulars", Kind: coaching.Revenue, Currency: "USD",
				Period: quarter, Baseline: lastYear, HasBaseline: true,
				Size: coaching.Size{Form: coaching.ChangePercent, Value: decimal.NewFromInt(7)}, Focus: true,
				Strategy: "selling the new roasts to regulars",
			},
			members: []coaching.MemberID{nok, ploy, diego, ploy, ben, nok, ploy},
			amounts: []string{"$5,100", "$6,200", "$3,800", "$0", "$1,150", "$4,650", "$7,300", "$2,900", "$0", "$5,400", "$3,250"},
			notes: []string{
				"renewal, Chao Phraya Hotels", "", "upgrade to weekly, Siam Bakery", "", "first order, Lumpini Books", "",
				"", "three new cafés, Thonglor", "", "", "renewal, River Gym", "", "office plan, Ari Studio",
			},
			lately: "$2,400",
		},
		{
			goal: coaching.Goal{
				Title: "Customer churn", Statement: "Keep monthly customer churn below 2%", Kind: coaching.Churn, Period: month,
				Baseline: decimal.RequireFromString("2.6"), HasBaseline: true, Size: absolute(2), Focus: true,
				Strategy: "calling every customer whose card is about to expire",
			},
			members: []coaching.MemberID{somi},
			amounts: []string{"=2.5%", "=2.4%", "=2.4%", "=2.3%"},
		},
		{
			goal: coaching.Goal{
				Title: "Demos", Statement: "20 demos this month", Kind: coaching.Meetings, Noun: "demos", Owner: nok,
				Period: month, Size: absolute(20), Focus: true,
			},
			members: []coaching.MemberID{nok}, amounts: []string{"+2", "+1", "+1", "+2", "+1"}, lately: "+1",
		},
		{
			goal: coaching.Goal{
				Title: "Qualified leads", Statement: "30 qualified leads this month", Kind: coaching.Leads, Noun: "leads", Owner: diego,
				Period: month, Size: absolute(30), Focus: true,
			},
			members: []coaching.MemberID{diego}, amounts: []string{"+1", "+0", "+1", "+2"},
		},
		{
			goal: coaching.Goal{
				Title: "Calls", Statement: "50 calls this week", Kind: coaching.Calls, Noun: "calls", Owner: ben,
				Period: week, Size: absolute(50), Focus: true, Why: "calls are where a new rep's pipeline comes from",
			},
			members: []coaching.MemberID{ben}, amounts: []string{"+9", "+11", "+10"},
		},
		{
			goal: coaching.Goal{
				Title: "Win rate", Statement: "Increase win rate from 24% to 27% this quarter", Kind: coaching.WinRate, Owner: ploy,
				Period: quarter, Baseline: decimal.NewFromInt(24), HasBaseline: true, Size: absolute(27), Focus: true,
			},
			members: []coaching.MemberID{ploy}, amounts: []string{"=24%", "=25%", "=25%", "=26%"},
		},
		{
			goal: coaching.Goal{
				Title: "Acquisition cost", Statement: "Reduce customer acquisition cost from $210 to $200 this quarter", Kind: coaching.CAC, Currency: "USD",
				Period: quarter, Baseline: decimal.NewFromInt(210), HasBaseline: true, Size: absolute(200), State: coaching.Parked, Reason: "after the new roasts are out",
			},
		},
	}
	// Finished months, from which the present one's chances are told.
	for past := range 6 {
		goals = append(goals, sampleGoal{
			goal: coaching.Goal{
				Title: "Demos", Statement: "18 demos", Kind: coaching.Meetings, Noun: "demos", Owner: nok,
				Period: month.Shift(-1 - past), Size: absolute(18), State: coaching.Closed, Reason: "period over",
			},
			members: []coaching.MemberID{nok}, amounts: [][]string{{"+1", "+0", "+1", "+2"}, {"+1", "+1", "+0"}, {"+2", "+0", "+1"}}[past%3],
		})
	}
	return goals
}
