package coaching_test

import (
	"errors"
	"math"
	"testing"

	"github.com/smallwins/smallwins/coaching"
)

func TestLevelsAreJudgedAsTheyAreAndNeverProrated(t *testing.T) {
	t.Parallel()
	read := func(day string, value float64, of int) coaching.LevelReading {
		return coaching.LevelReading{Day: mustDate(t, day), Value: value, Of: of}
	}
	for _, tt := range []struct {
		name       string
		target     float64
		better     coaching.Direction
		through    string
		readings   []coaching.LevelReading
		state      coaching.LevelState
		reason     coaching.Reason
		gap, moved float64
	}{
		{"nothing read", 30, coaching.Higher, "2025-04-10", nil, coaching.LevelUnread, coaching.ReasonNoReading, 0, 0},
		{"only read later", 30, coaching.Higher, "2025-04-10", []coaching.LevelReading{read("2025-04-20", 31, 0)}, coaching.LevelUnread, coaching.ReasonNoReading, 0, 0},
		{"a win rate on its way", 30, coaching.Higher, "2025-04-10", []coaching.LevelReading{read("2025-03-31", 22, 0), read("2025-04-10", 25, 0)}, coaching.LevelShort, coaching.ReasonClosing, 5, 3},
		{"a win rate going the wrong way", 30, coaching.Higher, "2025-04-10", []coaching.LevelReading{read("2025-03-31", 22, 0), read("2025-04-10", 20, 0)}, coaching.LevelShort, coaching.ReasonSlipping, 10, -2},
		{"half way at half time is not a verdict", 30, coaching.Higher, "2025-04-15", []coaching.LevelReading{read("2025-04-15", 15, 0)}, coaching.LevelShort, coaching.ReasonShort, 15, 0},
		{"a cycle that got shorter", 38, coaching.Lower, "2025-04-10", []coaching.LevelReading{read("2025-03-31", 40, 0), read("2025-04-10", 37.5, 0)}, coaching.LevelMet, coaching.ReasonAtTarget, 0, 2.5},
		{"churn above its limit in a large base", 2, coaching.Lower, "2025-04-10", []coaching.LevelReading{read("2025-04-10", 4, 5000)}, coaching.LevelShort, coaching.ReasonShort, 2, 0},
		{"two of fifty customers lost say little", 2, coaching.Lower, "2025-04-10", []coaching.LevelReading{read("2025-04-10", 4, 50)}, coaching.LevelShort, coaching.ReasonShortNoise, 2, 0},
		{"none of twenty lost says little too", 2, coaching.Lower, "2025-04-10", []coaching.LevelReading{read("2025-04-10", 0, 20)}, coaching.LevelMet, coaching.ReasonAtInNoise, 0, 0},
		{"the end, met", 2, coaching.Lower, "2025-04-30", []coaching.LevelReading{read("2025-04-28", 1.9, 0)}, coaching.LevelOver, coaching.ReasonLevelMade, 0, 0},
		{"the end, missed", 2, coaching.Lower, "2025-05-03", []coaching.LevelReading{read("2025-04-28", 2.1, 0)}, coaching.LevelOver, coaching.ReasonLevelMissed, 0.1, 0},
	} {
		got := coaching.JudgeLevel(tt.target, tt.better, april, mustDate(t, tt.through), tt.readings)
		if got.State != tt.state || got.Reason != tt.reason || !near(got.Gap, tt.gap) || !near(got.Moved, tt.moved) {
			t.Errorf("%s: %s (%s), gap %.2f, moved %.2f; want %s (%s), %.2f, %.2f", tt.name,
				got.State, got.Reason, got.Gap, got.Moved, tt.state, tt.reason, tt.gap, tt.moved)
		}
	}
}

func TestARateShowsWhatItsCasesCanTell(t *testing.T) {
	t.Parallel()
	readings := []coaching.LevelReading{{Day: mustDate(t, "2025-04-10"), Value: 4, Of: 50}}
	got := coaching.JudgeLevel(2, coaching.Lower, april, mustDate(t, "2025-04-10"), readings)
	// Wilson's interval with z = 1.2816: (0.04 + z²/100) / (1 + z²/50) = 0.0546,
	// give or take 1.2408 · √(0.04·0.96/50 + z²/10000) = 0.0379.
	if math.Abs(got.Low-1.67) > 0.01 || math.Abs(got.High-9.25) > 0.01 {
		t.Errorf("2 of 50 give %.2f%% to %.2f%%, want 1.67%% to 9.25%%", got.Low, got.High)
	}
}

func TestALevelsChanceComesFromItsSteps(t *testing.T) {
	t.Parallel()
	// Ten days between readings, each a step of one point: a deviation of
	// √(1/10 · 20) = 1.414 over the 20 days left. One point short is 0.707
	// deviations, which the normal exceeds with probability 0.24.
	readings := []coaching.LevelReading{
		{Day: mustDate(t, "2025-03-11"), Value: 28},
		{Day: mustDate(t, "2025-03-21"), Value: 29},
		{Day: mustDate(t, "2025-03-31"), Value: 28},
		{Day: mustDate(t, "2025-04-10"), Value: 29},
	}
	got := coaching.JudgeLevel(30, coaching.Higher, april, mustDate(t, "2025-04-10"), readings)
	if !got.ChanceKnown || math.Abs(got.Chance-0.24) > 0.001 {
		t.Errorf("chance %.3f, known %t; want 0.240", got.Chance, got.ChanceKnown)
	}
	if few := coaching.JudgeLevel(30, coaching.Higher, april, mustDate(t, "2025-04-10"), readings[1:]); few.ChanceKnown {
		t.Error("three readings are too few to tell a chance from")
	}
}

func refusedFor(err error, reason string) bool {
	var coded *coaching.Error
	return errors.As(err, &coded) && coded.Code == coaching.Invalid && string(coded.Reason) == reason
}
