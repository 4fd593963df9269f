package coaching_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/coaching"
)

func TestARampGrowsByTheMonthFromTheStart(t *testing.T) {
	t.Parallel()
	start := coaching.Date{Year: 2026, Month: time.January, Day: 31}
	for day, want := range map[string]float64{
		"2026-01-30": 0, "2026-01-31": 0.25, "2026-02-27": 0.25,
		"2026-02-28": 0.5, // February has no 31st
		"2026-03-30": 0.5, "2026-03-31": 0.75, "2026-04-30": 1, "2030-01-01": 1,
	} {
		date, err := coaching.ParseDate(day)
		if err != nil {
			t.Fatal(err)
		}
		if got := coaching.DefaultRamp().At(start, date); got != want {
			t.Errorf("%s: got %g, want %g", day, got, want)
		}
	}
	if got := coaching.DefaultRamp().At(coaching.Date{}, start); got != 1 {
		t.Errorf("a veteran's share is %g", got)
	}
}

func TestRostersRefuseWhatCannotBe(t *testing.T) {
	t.Parallel()
	day := coaching.Date{Year: 2026, Month: time.October, Day: 1}
	for name, c := range map[string]struct {
		reps []coaching.Rep
		want coaching.Reason
	}{
		"one member twice": {[]coaching.Rep{{Member: "a"}, {Member: "a"}}, "rep_twice"},
		"left before":      {[]coaching.Rep{{Member: "a", Start: day, End: day.AddDays(-1)}}, "rep_ends_before_start"},
		"negative weight":  {[]coaching.Rep{{Member: "a", Weight: -1}}, "rep_weight_out_of_range"},
		"no weight":        {[]coaching.Rep{{Member: "a", Weight: math.NaN()}}, "rep_weight_out_of_range"},
		"above all":        {[]coaching.Rep{{Member: "a", Ramp: coaching.Ramp{1.5}}}, "ramp_share_out_of_range"},
		"years and years":  {[]coaching.Rep{{Member: "a", Ramp: make(coaching.Ramp, 37)}}, "ramp_too_long"},
	} {
		_, err := coaching.NewRoster(coaching.Calendar{}, nil, c.reps...)
		if want := coaching.Refuse(c.want); err == nil || err.Error() != want.Error() {
			t.Errorf("%s: got %v, want %v", name, err, want)
		}
	}
}

func TestDaysOffAndPartTimeLowerCapacity(t *testing.T) {
	t.Parallel()
	// October 2026 has 22 working days, from Thursday the 1st to Friday the
	// 30th. Ann takes the week of the 5th off, said twice and overlapping, and
	// works 17 of them. Bo works half the week: 0.5. Cy, a veteran who sells
	// 1.3 of the usual, leaves on Friday the 16th after 12 days.
	october := coaching.PeriodOf(coaching.Month, coaching.Date{Year: 2026, Month: time.October, Day: 1})
	day := func(n int) coaching.Date { return october.From.AddDays(n - 1) }
	roster := mustRoster(t,
		coaching.Rep{Member: "ann", Away: []coaching.Period{{From: day(7), To: day(11)}, {From: day(5), To: day(8)}}},
		coaching.Rep{Member: "bo", Weight: 0.5},
		coaching.Rep{Member: "cy", Weight: 1.3, End: day(16)},
	)
	c := roster.Capacity(october)
	between(t, "full", c.Full, (17+0.5*22+1.3*12)/22-1e-9, (17+0.5*22+1.3*12)/22+1e-9)
	between(t, "normal", c.Normal, 2.8-1e-9, 2.8+1e-9)
	if c.Heads != 3 || c.AwayDays != 5 || len(c.Ramping) != 0 {
		t.Errorf("capacity %+v", c)
	}
	if c := roster.Only("ann").Capacity(october); c.Heads != 1 || c.Normal != 1 {
		t.Errorf("ann alone is %+v", c)
	}
	if c := (coaching.Roster{}).Capacity(october); c.Share() != 1 || c.Heads != 0 {
		t.Errorf("nobody is %+v", c)
	}
}

func TestATargetIsSplitByCapacity(t *testing.T) {
	t.Parallel()
	// The team of the worked example: four reps with 66 days' work each and
	// two with 33.25. A rep's fair share of 110,000 is 110,000 × 66/330.5 =
	// 21,966.7 and a new one's 11,066.6; an equal share would be 18,333, so
	// hundreds are fine enough: 4 × 22,000 + 2 × 11,000 = 110,000. Rounding
	// down gives 4×21,900 + 2×11,000 = 109,600; the four hundreds left go to
	// the four who lost 66.7 each, not to the two who lost 66.6.
	quotas, err := twoNewReps(t).Split(decimal.NewFromInt(110_000), quarterOf(2026, time.October), decimal.Zero)
	if err != nil {
		t.Fatal(err)
	}
	var amounts []string
	for _, quota := range quotas {
		amounts = append(amounts, string(quota.Member)+" "+quota.Amount.String())
	}
	if want := []string{"ann 22000", "bo 22000", "cy 22000", "di 22000", "ed 11000", "flo 11000"}; !slices.Equal(amounts, want) {
		t.Errorf("got %q, want %q", amounts, want)
	}
	_, err = twoNewReps(t).Only("gus").Split(decimal.NewFromInt(5), quarterOf(2026, time.October), decimal.Zero)
	if want := coaching.Refuse("quota_nobody_there"); err == nil || err.Error() != want.Error() {
		t.Errorf("got %v, want %v", err, want)
	}
}

// drawRoster returns a team of up to eight.
func drawRoster(t *rapid.T) coaching.Roster {
	day := func(what string) coaching.Date {
		return coaching.Date{Year: 2024, Month: time.January, Day: 1}.AddDays(rapid.IntRange(0, 1500).Draw(t, what))
	}
	var reps []coaching.Rep
	for i := range rapid.IntRange(0, 8).Draw(t, "reps") {
		rep := coaching.Rep{Member: coaching.MemberID(rune('a' + i)), Weight: rapid.Float64Range(0, 3).Draw(t, "weight")}
		if rapid.Bool().Draw(t, "new") {
			rep.Start = day("start")
		}
		if rapid.IntRange(0, 3).Draw(t, "leaves") == 0 {
			if rep.End = day("end"); rep.End.Before(rep.Start) {
				rep.End = rep.Start
			}
		}
		for range rapid.IntRange(0, 3).Draw(t, "away") {
			from := day("off")
			rep.Away = append(rep.Away, coaching.Period{From: from, To: from.AddDays(rapid.IntRange(0, 40).Draw(t, "days"))})
		}
		reps = append(reps, rep)
	}
	roster, err := coaching.NewRoster(coaching.Calendar{}, nil, reps...)
	if err != nil {
		t.Fatal(err)
	}
	return roster
}

func TestCapacityStaysWithinTheHeads(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := drawRoster(t).Capacity(drawGoalPeriod(t))
		if !(0 <= c.Full && c.Full <= c.Normal+1e-9) || c.Normal > 3*float64(c.Heads) || len(c.Ramping) > c.Heads || c.AwayDays < 0 {
			t.Fatalf("capacity %+v", c)
		}
		if share := c.Share(); !(0 <= share && share <= 1+1e-9) {
			t.Fatalf("share %g", share)
		}
	})
}

func TestQuotasAddUpToTheTarget(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		target := decimal.New(rapid.Int64Range(0, 1e14).Draw(t, "target"), int32(rapid.IntRange(-6, 0).Draw(t, "places")))
		step := decimal.New(rapid.Int64Range(0, 5).Draw(t, "step"), int32(rapid.IntRange(-2, 4).Draw(t, "power")))
		quotas, err := drawRoster(t).Split(target, drawGoalPeriod(t), step)
		if err != nil {
			return // nobody there
		}
		sum, shares := decimal.Zero, 0.0
		for i, quota := range quotas {
			sum = sum.Add(quota.Amount)
			shares += quota.Share
			if quota.Amount.Sign() < 0 {
				t.Fatalf("quota %+v", quota)
			}
			for _, other := range quotas[:i] {
				apart := other.Amount.Sub(quota.Amount)
				if limit := decimal.Max(step, coaching.QuotaStep(target, len(quotas))).Mul(decimal.New(2, 0)); quota.Capacity > other.Capacity && apart.GreaterThan(limit) {
					t.Fatalf("%+v although %+v is less there", quota, other)
				}
			}
		}
		if !sum.Equal(target) || math.Abs(shares-1) > 1e-9 {
			t.Fatalf("quotas add up to %s of %s, shares to %g", sum, target, shares)
		}
	})
}

func TestQuotasRefuseWhatCannotBeSplit(t *testing.T) {
	t.Parallel()
	for target, want := range map[string]coaching.Reason{
		"-1": "quota_target_negative", "1e15": "figure_too_large", "0.0000001": "figure_too_fine",
	} {
		_, err := twoNewReps(t).Split(figure(t, target), quarterOf(2026, time.October), decimal.Zero)
		if refusal := coaching.Refuse(want); err == nil || err.Error() != refusal.Error() {
			t.Errorf("%s: got %v, want %v", target, err, refusal)
		}
	}
	// Three leads for six: the largest shares first, nobody gets half a lead.
	quotas, err := twoNewReps(t).Split(decimal.NewFromInt(3), quarterOf(2026, time.October), decimal.Zero)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []int64{1, 1, 1, 0, 0, 0} {
		if !quotas[i].Amount.Equal(decimal.NewFromInt(want)) {
			t.Errorf("%s gets %s, want %d", quotas[i].Member, quotas[i].Amount, want)
		}
	}
}
