package coaching_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/coaching"
)

func valuesFrom(values ...float64) []coaching.MonthValue {
	months := make([]coaching.MonthValue, len(values))
	for i, v := range values {
		months[i] = coaching.MonthValue{Month: january2024.AddMonths(i), Value: v}
	}
	return months
}

// watchValues judges after every month and returns what happened.
func watchValues(t testing.TB, watch coaching.ValueWatch, months []coaching.MonthValue) (found []happening, alerts []coaching.ValueAlert) {
	t.Helper()
	var episode coaching.Episode
	for i := range months {
		a, err := coaching.JudgeValueAlert(watch, months[:i+1], episode)
		if err != nil {
			t.Fatal(err)
		}
		episode = a.Episode
		if a.Event != "" && a.Event != coaching.AlarmTooLittle {
			found, alerts = append(found, happening{i, a.Event}), append(alerts, a)
		}
	}
	return found, alerts
}

// around returns figures around a level that are off it by as much in turn.
func around(months int, level, by float64) []float64 {
	pattern := []float64{0, 1, -1, 0.5, -0.5, 1, 0, -1}
	values := make([]float64, months)
	for i := range values {
		values[i] = level + by*pattern[i%len(pattern)]
	}
	return values
}

func TestARisingCostIsToldOnceAndItsEndToo(t *testing.T) {
	t.Parallel()
	watch := coaching.ValueWatch{Better: coaching.Lower, Amount: true}
	months := valuesFrom(slices.Concat(around(16, 400, 20), around(6, 600, 30), around(8, 400, 20))...)
	found, alerts := watchValues(t, watch, months)
	if len(found) != 2 || found[0].event != coaching.AlarmBegan || found[1].event != coaching.AlarmCleared {
		t.Fatalf("got %v", found)
	}
	if found[0].month < 17 || found[0].month > 19 || found[1].month < 23 || found[1].month > 25 {
		t.Errorf("at %v", found)
	}
	a := alerts[0]
	if a.Since != january2024.AddMonths(16) || !about(a.Before, 400, 5) || !about(a.Now, 605, 20) || a.Low > 600 || a.High < 600 || a.Low < 450 {
		t.Errorf("since %v from %.0f to %.0f (%.0f to %.0f)", a.Since, a.Before, a.Now, a.Low, a.High)
	}
	if back := alerts[1]; !about(back.Now, 410, 15) {
		t.Errorf("back at %.0f", back.Now)
	}
	if found, _ := watchValues(t, coaching.ValueWatch{Better: coaching.Higher, Amount: true}, months); len(found) > 0 && found[0].month < 22 {
		t.Errorf("a rise where more is better: %v", found)
	}
}

func TestOneWildFigureIsNoLevel(t *testing.T) {
	t.Parallel()
	values := around(36, 35, 1)
	values[20] = 5
	if found, _ := watchValues(t, coaching.ValueWatch{Better: coaching.Higher}, valuesFrom(values...)); len(found) > 0 {
		t.Errorf("got %v", found)
	}
}

func TestTheMarginsQuarterEndIsLearned(t *testing.T) {
	t.Parallel()
	values := around(36, 35, 1)
	for i := range values {
		if i%3 == 2 {
			values[i] -= 4 // discounts
		}
	}
	if found, _ := watchValues(t, coaching.ValueWatch{Better: coaching.Higher}, valuesFrom(values...)); len(found) > 0 {
		t.Errorf("got %v", found)
	}
}

func TestACustomerThatCostsMoreThanTheyBring(t *testing.T) {
	t.Parallel()
	cost := valuesFrom(900, 950, 920, 1300, 1250, 1400, 1350)
	value := valuesFrom(1000, 1010, 1000, 1000, 990, 1000)
	ratios := coaching.CostToValue(cost, value)
	if len(ratios) != 6 || !about(ratios[3].Value, 1.3, 1e-9) {
		t.Fatalf("ratios %v", ratios)
	}
	watch := coaching.ValueWatch{Better: coaching.Lower, Amount: true, Level: 1, HasLevel: true}
	high := valuesFrom(around(8, 1.3, 0.03)...)
	found, alerts := watchValues(t, watch, high)
	if len(found) != 1 || found[0].month > 6 || alerts[0].Reason != coaching.ReasonAlarmOverGoal || alerts[0].Before != 1 {
		t.Fatalf("got %v, %+v", found, alerts)
	}
	if found, _ := watchValues(t, watch, valuesFrom(around(36, 0.9, 0.03)...)); len(found) > 0 {
		t.Errorf("below the level: %v", found)
	}
}

func TestFiguresThatAreNoneAreRefused(t *testing.T) {
	t.Parallel()
	amounts := coaching.ValueWatch{Better: coaching.Lower, Amount: true}
	for name, tt := range map[string]struct {
		watch  coaching.ValueWatch
		months []coaching.MonthValue
	}{
		"NaN":          {coaching.ValueWatch{}, valuesFrom(1, math.NaN())},
		"infinite":     {coaching.ValueWatch{}, valuesFrom(math.Inf(1))},
		"no amount":    {amounts, valuesFrom(1, 0)},
		"no level":     {coaching.ValueWatch{Amount: true, HasLevel: true}, valuesFrom(1)},
		"out of order": {amounts, []coaching.MonthValue{{Month: january2024, Value: 1}, {Month: january2024, Value: 1}}},
	} {
		if _, err := coaching.JudgeValueAlert(tt.watch, tt.months, coaching.Episode{}); coaching.CodeOf(err) != coaching.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	few, err := coaching.JudgeValueAlert(amounts, valuesFrom(1, 2), coaching.Episode{})
	if err != nil || few.Event != coaching.AlarmTooLittle || few.Needs != 4 || few.Reason != coaching.ReasonAlarmTooLittle {
		t.Errorf("two figures: %+v, %v", few, err)
	}
	again, err := coaching.JudgeValueAlert(amounts, valuesFrom(1, 2, 3), few.Episode)
	if err != nil || again.Event != "" || again.Needs != 3 {
		t.Errorf("three figures: %+v, %v", again, err)
	}
}

func TestFalseAlarmsOfFiguresKeepTheBudget(t *testing.T) {
	t.Parallel()
	const streams, years = 60, 5
	for name, draw := range map[string]func(r *rand.Rand, month int, before float64) float64{
		"normal":       func(r *rand.Rand, _ int, _ float64) float64 { return r.NormFloat64() },
		"carried over": func(r *rand.Rand, _ int, before float64) float64 { return 0.5*before + 0.87*r.NormFloat64() },
		"skewed":       func(r *rand.Rand, _ int, _ float64) float64 { return math.Exp(0.5 * r.NormFloat64()) },
		"quarterly":    func(r *rand.Rand, month int, _ float64) float64 { return r.NormFloat64() + float64(month%3/2)*2 },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(3, 5))
			alarms, found := 0, 0
			for range streams {
				stable, moved, before := make([]float64, 12*years), make([]float64, 36), 0.0
				for i := range stable {
					before = draw(r, i, before)
					stable[i] = 100 + before
					if i < len(moved) {
						moved[i] = stable[i]
						if i >= 24 {
							moved[i] += 3
						}
					}
				}
				began := func(h happening) bool { return h.event == coaching.AlarmBegan }
				happened, _ := watchValues(t, coaching.ValueWatch{Better: coaching.Lower}, valuesFrom(stable...))
				for _, h := range happened {
					if began(h) {
						alarms++
					}
				}
				happened, _ = watchValues(t, coaching.ValueWatch{Better: coaching.Lower}, valuesFrom(moved...))
				if slices.ContainsFunc(happened, func(h happening) bool { return began(h) && h.month >= 24 }) {
					found++
				}
			}
			// Two deviations of a Poisson count above the budget.
			if budget := 0.1 * streams * years; float64(alarms) > budget+2*math.Sqrt(budget) {
				t.Errorf("%d false alarms, %.0f are the budget", alarms, budget)
			}
			if found < streams*8/10 {
				t.Errorf("%d of %d shifts by three deviations found within a year", found, streams)
			}
		})
	}
}

func TestValueAlertsDoNotDependOnTheUnit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(50, 500), 0, 40).Draw(t, "values")
		factor := rapid.SampledFrom([]float64{0.01, 3, 1e6}).Draw(t, "factor")
		scaled := make([]float64, len(values))
		for i, v := range values {
			scaled[i] = v * factor
		}
		watch := coaching.ValueWatch{Better: coaching.Lower, Amount: true}
		one, err := coaching.JudgeValueAlert(watch, valuesFrom(values...), coaching.Episode{})
		if err != nil {
			t.Fatal(err)
		}
		other, err := coaching.JudgeValueAlert(watch, valuesFrom(scaled...), coaching.Episode{})
		if err != nil {
			t.Fatal(err)
		}
		if math.Abs(one.Strength-other.Strength) > 1e-6*(1+one.Strength) || one.Event != other.Event {
			t.Fatalf("%+v\nwant %+v", other, one)
		}
		if math.IsNaN(one.Strength) || math.IsInf(one.Strength, 0) || one.Low > one.High {
			t.Fatalf("%+v", one)
		}
	})
}

// Of ten deals a month, opened on its first day, five are won after 20 days and
// five are lost after 10: the median of the winners is 20. From July on wins
// take 50 days, which June's deals are the last to beat.
func TestTheMonthlyCycleIsThatOfTheMonthsOwnWinners(t *testing.T) {
	t.Parallel()
	var deals []coaching.Deal
	for month := range 12 {
		opened := january2024.AddMonths(month)
		wait := 20
		if month >= 6 {
			wait = 50
		}
		for range 6 {
			deals = append(deals,
				coaching.Deal{Opened: opened, Closed: opened.AddDays(wait), Fate: coaching.FateWon},
				coaching.Deal{Opened: opened, Closed: opened.AddDays(10), Fate: coaching.FateLost})
		}
	}
	readings, err := coaching.CycleByMonth(deals, january2024, january2024.AddMonths(12).AddDays(-1))
	if err != nil {
		t.Fatal(err)
	}
	byMonth := map[int]float64{}
	for _, r := range readings {
		byMonth[int(r.Month.Month)] = r.Value
	}
	if byMonth[3] != 20 || byMonth[6] != 20 || byMonth[10] != 50 {
		t.Errorf("got %v", byMonth)
	}
	if _, known := byMonth[7]; known {
		t.Error("nothing was won in July")
	}
	few, err := coaching.CycleByMonth(deals[:10], january2024, january2024.AddMonths(2))
	if err != nil || len(few) > 0 {
		t.Errorf("five wins: %v, %v", few, err)
	}
	wrong := []coaching.Deal{{Opened: january2024, Closed: january2024.AddDays(-1), Fate: coaching.FateWon}}
	if _, err := coaching.CycleByMonth(wrong, january2024.AddMonths(-1), january2024.AddMonths(1)); coaching.CodeOf(err) != coaching.Invalid {
		t.Errorf("closed before it was opened: %v", err)
	}
}
