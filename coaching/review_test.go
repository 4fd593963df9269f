package coaching_test

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/coaching"
)

// bangkok is seven hours ahead of UTC all year.
var bangkok = time.FixedZone("Asia/Bangkok", 7*60*60)

func at(t testing.TB, text string) time.Time {
	t.Helper()
	instant, err := time.Parse("2006-01-02 15:04", text)
	if err != nil {
		t.Fatal(err)
	}
	return instant
}

// logged returns an entry that adds to a goal.
func logged(t testing.TB, id, when, member, amount string) coaching.Entry {
	return coaching.Entry{
		ID: id, Member: coaching.MemberID(member), Name: member, At: at(t, when),
		Op: coaching.Add, Amount: figure(t, amount),
	}
}

// wonQuarter is the end of a quarter's revenue goal of 100, in thousands.
func wonQuarter(t testing.TB) coaching.Ending {
	entries := []coaching.Entry{
		logged(t, "1", "2026-10-05 04:00", "cy", "500"), // a slip of the finger
		{ID: "1~undo", Member: "cy", Name: "cy", At: at(t, "2026-10-06 04:00"), Op: coaching.Undo, Amount: figure(t, "500"), Reverts: "1"},
		logged(t, "2", "2026-10-20 04:00", "ann", "34"),
		logged(t, "3", "2026-10-31 18:00", "bo", "30"), // 1 November in Bangkok
		logged(t, "4", "2026-12-05 04:00", "ann", "26"),
		logged(t, "5", "2026-12-20 04:00", "cy", "25"),
	}
	slices.Reverse(entries)
	period := quarterOf(2026, time.October)
	day := func(text string) coaching.Date {
		date, err := coaching.ParseDate(text)
		if err != nil {
			t.Fatal(err)
		}
		return date
	}
	return coaching.Ending{
		Goal: revenueGoal(t, period, "100"), Entries: entries,
		Milestones: []coaching.Milestone{
			{Day: day("2026-10-30"), Value: 30}, {Day: day("2026-11-30"), Value: 66}, {Day: period.To, Value: 100},
		},
		Segments: []coaching.Segment{{Name: "new", Value: figure(t, "69")}, {Name: "renewal", Value: figure(t, "46")}},
		Expected: coaching.Expectation{
			Low: 85, Middle: 101, High: 120, Target: figure(t, "100"), Chance: 0.55, Verdict: coaching.Realistic,
			Used: 36, Span: coaching.Month,
		},
		HasExpected: true,
		History:     monthly(coaching.Revenue, 2023, time.October, threeYears...),
		Lessons:     " Renewals start in October, not in December. ", LessonsBy: "ann",
		At: at(t, "2027-01-04 02:00"), Location: bangkok,
	}
}

func mustReview(t testing.TB, end coaching.Ending) coaching.Review {
	t.Helper()
	review, err := coaching.NewReview(end)
	if err != nil {
		t.Fatal(err)
	}
	return review
}

func TestReviewOfAMetGoal(t *testing.T) {
	t.Parallel()
	r := mustReview(t, wonQuarter(t))
	// 34 + 30 + 26 + 25 = 115; the 500 were taken back. 15 over 100, 115%.
	if r.Result != coaching.ResultMet || !r.Final.Equal(figure(t, "115")) || !r.Margin.Equal(figure(t, "15")) {
		t.Errorf("%s with %s, by %s", r.Result, r.Final, r.Margin)
	}
	between(t, "attainment", r.Attainment, 1.15-1e-9, 1.15+1e-9)

	// Ann brought 34 + 26 = 60 of 115, which is 52%.
	var parts []string
	for _, c := range r.Contributions {
		parts = append(parts, c.Name+" "+c.Amount.String()+" in "+strconv.Itoa(c.Entries))
	}
	if want := []string{"ann 60 in 2", "bo 30 in 1", "cy 25 in 1"}; !slices.Equal(parts, want) {
		t.Errorf("contributions %q, want %q", parts, want)
	}
	between(t, "ann's share", r.Contributions[0].Share, 60.0/115-1e-9, 60.0/115+1e-9)
	between(t, "new business", r.Segments[0].Share, 0.6-1e-9, 0.6+1e-9) // 69/115

	// Milestones: 34 of 30 by the end of October, for bo's 30 came in November
	// by Bangkok's clock; then 64 of 66, just short; then 115 of 100.
	var states []coaching.MilestoneState
	for _, m := range r.Milestones {
		states = append(states, m.State)
	}
	if want := []coaching.MilestoneState{coaching.MilestoneKept, coaching.MilestoneMissed, coaching.MilestoneKept}; !slices.Equal(states, want) || r.Kept != 2 || r.Slipped != 1 {
		t.Errorf("milestones %v, kept %d, slipped %d", states, r.Kept, r.Slipped)
	}

	// The forecast said 85 to 120 and 55%: inside, and more likely than not.
	// Its score is (0.55 - 1)² = 0.2025.
	if g := r.Grade; g.Reason != coaching.GradeLikelyMet || !g.Graded || !g.Within || !g.Scored {
		t.Errorf("grade %+v", g)
	}
	between(t, "off", r.Grade.Off, 14-1e-9, 14+1e-9)
	between(t, "score", r.Grade.Score, 0.2025-1e-9, 0.2025+1e-9)
	if r.Lessons != "Renewals start in October, not in December." {
		t.Errorf("lessons %q", r.Lessons)
	}

	// History gets Q4 and its months: 34 in October, 30 in November and
	// 26 + 25 = 51 in December.
	var left []string
	for _, o := range r.Observations {
		left = append(left, o.Period.From.String()[:7]+" "+string(o.Period.Span)+" "+o.Value.String())
	}
	if want := []string{"2026-10 quarter 115", "2026-10 month 34", "2026-11 month 30", "2026-12 month 51"}; !slices.Equal(left, want) {
		t.Errorf("leaves %q, want %q", left, want)
	}

	// The next quarter is Q1, in which 83, 85 and 79 came: around 80, from 39
	// months. The goal was beaten by 15%, so the stretch is proposed.
	next := r.Next
	if next.Period != quarterOf(2027, time.January) || next.Expected.Used != 39 || next.Expected.Span != coaching.Month {
		t.Errorf("next %v from %d", next.Period, next.Expected.Used)
	}
	between(t, "next middle", next.Expected.Middle, 74, 86)
	tier, ok := r.Next.Tier()
	if !ok || r.Next.Why != coaching.ProposeStretch || tier.Realism != coaching.Challenging || len(next.Tiers) != 3 {
		t.Errorf("proposal %+v because %q", tier, r.Next.Why)
	}
}

func TestReviewOfAMissedGoal(t *testing.T) {
	t.Parallel()
	// Churn was to fall from 3% to 2% in September and ended at 2.5%: half a
	// point short, half of the way gone. 2.5 is a quarter of the target above
	// it, which attains 75%.
	september := coaching.PeriodOf(coaching.Month, coaching.Date{Year: 2026, Month: time.September, Day: 1})
	goal, err := coaching.NewGoal(coaching.Goal{
		Workspace: "w", Title: "Churn", Kind: coaching.Churn, Period: september,
		Baseline: figure(t, "3"), HasBaseline: true, Size: coaching.Size{Form: coaching.Absolute, Value: figure(t, "2")},
	})
	if err != nil {
		t.Fatal(err)
	}
	r := mustReview(t, coaching.Ending{
		Goal: goal, Final: figure(t, "2.5"), HasFinal: true,
		Expected:    coaching.Expectation{Low: 2.6, Middle: 3, High: 3.4, Target: figure(t, "2"), Chance: 0.05, Verdict: coaching.Unrealistic, Used: 20, Span: coaching.Month},
		HasExpected: true,
		History:     monthly(coaching.Churn, 2025, time.January, repeat(20, 3)...),
		At:          at(t, "2026-10-01 00:00"),
	})
	if r.Result != coaching.ResultMissed || !r.Margin.Equal(figure(t, "-0.5")) {
		t.Errorf("%s by %s", r.Result, r.Margin)
	}
	between(t, "attainment", r.Attainment, 0.75-1e-9, 0.75+1e-9)
	between(t, "covered", r.Covered, 0.5-1e-9, 0.5+1e-9)
	if len(r.Contributions) != 0 || len(r.Observations) != 1 {
		t.Errorf("contributions %v, observations %v: a rate is nobody's sum", r.Contributions, r.Observations)
	}
	// Below the band, which is better than forecast; missed as it said.
	if g := r.Grade; g.Reason != coaching.GradeUnlikely || g.Within || !g.Below {
		t.Errorf("grade %+v", g)
	}
	between(t, "score", r.Grade.Score, 0.0025-1e-9, 0.0025+1e-9)
	// The next target is one to be back on course with.
	if tier, ok := r.Next.Tier(); !ok || r.Next.Why != coaching.ProposeAfterMiss || tier.Realism != coaching.Comfortable {
		t.Errorf("proposal %+v because %q", tier, r.Next.Why)
	}
}

func TestReviewSaysWhatItCannotTell(t *testing.T) {
	t.Parallel()
	nothing := wonQuarter(t)
	nothing.Entries = nil
	if r := mustReview(t, nothing); r.Result != coaching.ResultUnknown || r.Reason != coaching.ReasonNoFigure ||
		r.Grade.Reason != coaching.GradeNoOutcome || len(r.Observations) != 0 || len(r.Milestones) != 0 {
		t.Errorf("without entries %+v", r)
	}
	untold := wonQuarter(t)
	untold.HasExpected, untold.History = false, nil
	if r := mustReview(t, untold); r.Grade.Reason != coaching.GradeNoForecast || r.Next.Why != coaching.ProposeUsual || r.Next.Recommended != 1 {
		t.Errorf("grade %+v, next %+v: three months are too few for a stretch", r.Grade, r.Next)
	}
	moved := wonQuarter(t)
	moved.Expected.Target = figure(t, "90")
	if r := mustReview(t, moved); r.Grade.Reason != coaching.GradeOtherTarget || !r.Grade.Graded || r.Grade.Scored {
		t.Errorf("grade %+v", r.Grade)
	}
	corrected := wonQuarter(t)
	corrected.Final, corrected.HasFinal = figure(t, "98"), true
	r := mustReview(t, corrected)
	if last := r.Contributions[len(r.Contributions)-1]; r.Result != coaching.ResultMissed || last.Member != "" || !last.Amount.Equal(figure(t, "-17")) {
		t.Errorf("%s, contributions %+v", r.Result, r.Contributions)
	}
	if len(r.Observations) != 1 {
		t.Errorf("months that do not add up to the final figure are left: %v", r.Observations)
	}
	early := wonQuarter(t)
	early.At = at(t, "2026-12-31 16:59") // a minute before Bangkok's midnight
	if _, err := coaching.NewReview(early); coaching.CodeOf(err) != coaching.Invalid {
		t.Errorf("on the last day: %v", err)
	}
	early.At = early.At.Add(time.Minute)
	mustReview(t, early)
}

func TestAMembersGoalLeavesNothingToTheTeamsHistory(t *testing.T) {
	t.Parallel()
	end := wonQuarter(t)
	end.Goal.Owner = "ann"
	if r := mustReview(t, end); len(r.Observations) != 0 || r.Next.Expected.Reason != "" {
		t.Errorf("leaves %v, next %q", r.Observations, r.Next.Expected.Reason)
	}
}

func TestARampingTeamIsOfferedTheComfortableTier(t *testing.T) {
	t.Parallel()
	end := wonQuarter(t)
	end.Roster = mustRoster(t, coaching.Rep{Member: "ann"}, coaching.Rep{Member: "bo"},
		coaching.Rep{Member: "new", Start: coaching.Date{Year: 2027, Month: time.January, Day: 4}})
	r := mustReview(t, end)
	if tier, ok := r.Next.Tier(); !ok || r.Next.Why != coaching.ProposeRamping || tier.Realism != coaching.Comfortable {
		t.Errorf("proposal %+v because %q", tier, r.Next.Why)
	}
}

func TestTheBotGradesItself(t *testing.T) {
	t.Parallel()
	review := func(within bool) coaching.Review {
		return coaching.Review{Result: coaching.ResultMet, Grade: coaching.Grade{Graded: true, Within: within, Scored: true, Chance: 0.5, Score: 0.25}}
	}
	for name, c := range map[string]struct {
		inside, outside int
		want            coaching.Reason
	}{
		"four":         {4, 0, coaching.RecordTooShort},
		"8 of 10":      {8, 2, coaching.RecordFair},
		"4 of 10":      {4, 6, coaching.RecordNarrow}, // 0.6% by chance
		"6 of 10":      {6, 4, coaching.RecordFair},   // 12% by chance
		"all of 20":    {20, 0, coaching.RecordWide},  // 0.8^20 = 1.2% by chance
		"all of 10":    {10, 0, coaching.RecordFair},  // 0.8^10 = 11% by chance
		"none of many": {0, 3000, coaching.RecordNarrow},
	} {
		reviews := slices.Concat(slices.Repeat([]coaching.Review{review(true)}, c.inside), slices.Repeat([]coaching.Review{review(false)}, c.outside))
		got := coaching.TrackRecordOf(reviews)
		if got.Reason != c.want || got.Within != c.inside || got.Met != len(reviews) || got.Score != 0.25 {
			t.Errorf("%s: %+v, want %q", name, got, c.want)
		}
	}
}

func TestContributionsAddUpToTheFinalFigure(t *testing.T) {
	t.Parallel()
	start := wonQuarter(t)
	rapid.Check(t, func(t *rapid.T) {
		end := start
		end.Entries, end.History = nil, nil
		for i := range rapid.IntRange(1, 20).Draw(t, "entries") {
			entry := coaching.Entry{
				ID: strconv.Itoa(i), Member: coaching.MemberID(rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "member")),
				At: end.Goal.Period.From.In(bangkok).Add(time.Duration(i) * 96 * time.Hour), Op: coaching.Add,
				Amount: decimal.New(rapid.Int64Range(-100, 1000).Draw(t, "amount"), -2),
			}
			switch rapid.IntRange(0, 5).Draw(t, "op") {
			case 0:
				entry.Op = coaching.Set
			case 1:
				if i > 0 {
					entry.Op, entry.Reverts = coaching.Undo, strconv.Itoa(rapid.IntRange(0, i-1).Draw(t, "reverts"))
				}
			}
			end.Entries = append([]coaching.Entry{entry}, end.Entries...)
		}
		if rapid.Bool().Draw(t, "corrected") {
			end.Final, end.HasFinal = decimal.New(rapid.Int64Range(0, 5000).Draw(t, "final"), -2), true
		}
		r, err := coaching.NewReview(end)
		if err != nil {
			t.Fatal(err)
		}
		sum := decimal.Zero
		for _, c := range r.Contributions {
			sum = sum.Add(c.Amount)
		}
		if r.HasFinal && !sum.Equal(r.Final) {
			t.Fatalf("contributions add up to %s of %s", sum, r.Final)
		}
		months := decimal.Zero
		for i, o := range r.Observations {
			if i > 0 {
				months = months.Add(o.Value)
			}
		}
		if len(r.Observations) > 1 && !months.Equal(r.Final) {
			t.Fatalf("months add up to %s of %s", months, r.Final)
		}
		if (r.Result == coaching.ResultMet) != (r.Margin.Sign() >= 0 && r.HasFinal) || r.Attainment < 0 {
			t.Fatalf("%s by %s, %g", r.Result, r.Margin, r.Attainment)
		}
	})
}

func TestGradesSayWhatWasForecastAndWhatCame(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		chance   float64
		final    string
		want     coaching.Reason
		score    float64
		in, over bool
	}{
		{0.8, "100", coaching.GradeLikelyMet, 0.04, true, false},
		{0.8, "99", coaching.GradeLikelyMissed, 0.64, true, false},
		{0.3, "121", coaching.GradeUnlikelyMet, 0.49, false, true},
		{0.3, "84", coaching.GradeUnlikely, 0.09, false, false},
		{0.5, "120", coaching.GradeUnlikelyMet, 0.25, true, false},
	} {
		end := wonQuarter(t)
		end.Final, end.HasFinal = figure(t, c.final), true
		end.Expected.Chance = c.chance
		g := mustReview(t, end).Grade
		between(t, "score", g.Score, c.score-1e-9, c.score+1e-9)
		if g.Reason != c.want || g.Within != c.in || g.Above != c.over || g.Below == (c.in || c.over) {
			t.Errorf("%s at %g: %+v, want %q", c.final, c.chance, g, c.want)
		}
	}
}

func TestALimitOfNoneIsKeptOrNot(t *testing.T) {
	t.Parallel()
	for final, want := range map[string]float64{"0": 1, "0.5": 0} {
		end := wonQuarter(t)
		end.Goal.Better, end.Goal.Size.Value = coaching.Lower, decimal.Zero
		end.Final, end.HasFinal = figure(t, final), true
		if r := mustReview(t, end); r.Attainment != want || (r.Result == coaching.ResultMet) != (want == 1) {
			t.Errorf("%s of none at most: %s, attained %g", final, r.Result, r.Attainment)
		}
	}
}

func TestTheSecondHalfYearFollowsTheFirst(t *testing.T) {
	t.Parallel()
	end := wonQuarter(t)
	end.Goal.Period = coaching.Period{
		Span: coaching.Range, From: coaching.Date{Year: 2026, Month: time.July, Day: 1}, To: coaching.Date{Year: 2026, Month: time.December, Day: 31},
	}
	end.Milestones = nil
	want := coaching.Period{
		Span: coaching.Range, From: coaching.Date{Year: 2027, Month: time.January, Day: 1}, To: coaching.Date{Year: 2027, Month: time.June, Day: 30},
	}
	// Half a year of what was 83 + 95, 85 + 98 and 79 + 97.
	r := mustReview(t, end)
	if r.Next.Period != want {
		t.Errorf("next %v", r.Next.Period)
	}
	end.Goal.Period.To = end.Goal.Period.From.AddDays(9) // ten days
	if r := mustReview(t, end); r.Next.Expected.Reason != coaching.PeriodNotWhole || r.Next.Why != coaching.ProposeNone {
		t.Errorf("next %+v", r.Next)
	}
	if _, ok := r.Next.Tier(); !ok {
		t.Error("no tier for the second half")
	}
}
