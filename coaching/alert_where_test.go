package coaching_test

import (
	"slices"
	"testing"

	"github.com/smallwins/smallwins/coaching"
)

// Three stages of 20 cases a month each, 30% hits, of which one falls to none.
func TestWhereAFallComesFrom(t *testing.T) {
	t.Parallel()
	const months, fall = 28, 20
	segment := func(name string, after int) coaching.SegmentCounts {
		return coaching.SegmentCounts{Segment: name, Months: monthsFrom(slices.Concat(alike(fall, 6, 20), alike(months-fall, after, 20))...)}
	}
	segments := []coaching.SegmentCounts{segment("demo", 6), segment("proposal", 0), segment("trial", 7)}
	whole := make([]coaching.Rate, months)
	for _, s := range segments {
		for i, month := range s.Months {
			whole[i] = coaching.PoolRates(whole[i], month.Rate)
		}
	}
	found, alerts := watchMonths(t, coaching.RateWatch{Better: coaching.Higher}, monthsFrom(whole...))
	if len(found) == 0 || found[0].event != coaching.AlarmBegan {
		t.Fatalf("no alarm: %v", alerts)
	}
	for i := range segments {
		segments[i].Months = segments[i].Months[:found[0].month+1]
	}
	moves, mix := alerts[0].Where(segments, coaching.Higher)
	var order []string
	total := 0.0
	for _, move := range moves {
		order = append(order, move.Segment)
		total += move.Share
	}
	if !slices.Equal(order, []string{"proposal", "demo", "trial"}) {
		t.Fatalf("in the order of %v", order)
	}
	first := moves[0]
	if first.Share < 1 || moves[2].Share > 0 || !about(total, 1, 1e-9) {
		t.Errorf("shares %.2f, %.2f, %.2f of %.2f", first.Share, moves[1].Share, moves[2].Share, total)
	}
	if first.Change.State != coaching.ChangeWorse || first.Before.Of != 20*(alerts[0].Before.Of/60) || first.Now.Hits != 0 || first.Now.Of == 0 {
		t.Errorf("from %v to %v, %s", first.Before, first.Now, first.Change.State)
	}
	if !about(mix, 0, 0.15*float64(alerts[0].Now.Of)/10) {
		t.Errorf("a mix of %.2f hits although each segment had the cases it always had", mix)
	}
}

// Each segment wins as it always did; more cases fall to the one that wins less.
func TestAFallMayComeFromTheMix(t *testing.T) {
	t.Parallel()
	easy := coaching.SegmentCounts{Segment: "easy", Months: monthsFrom(slices.Concat(alike(20, 30, 50), alike(4, 3, 5))...)}
	hard := coaching.SegmentCounts{Segment: "hard", Months: monthsFrom(slices.Concat(alike(20, 5, 50), alike(4, 10, 95))...)}
	whole := monthsFrom(slices.Concat(alike(20, 35, 100), alike(4, 13, 100))...)
	found, alerts := watchMonths(t, coaching.RateWatch{Better: coaching.Higher}, whole)
	if len(alerts) == 0 {
		t.Fatal("no alarm")
	}
	easy.Months, hard.Months = easy.Months[:found[0].month+1], hard.Months[:found[0].month+1]
	a := alerts[0]
	moves, mix := a.Where([]coaching.SegmentCounts{easy, hard}, coaching.Higher)
	missing := a.Usual - float64(a.Now.Hits)
	if missing < 15 || mix < 0.8*missing {
		t.Errorf("the mix explains %.1f of %.1f hits", mix, missing)
	}
	for _, move := range moves {
		if move.Change.State != coaching.ChangeUnsure {
			t.Errorf("%s is said to have changed: %+v", move.Segment, move.Change)
		}
	}
	if none, _ := (coaching.RateAlert{}).Where([]coaching.SegmentCounts{easy}, coaching.Higher); none != nil {
		t.Errorf("segments of a quiet stream: %v", none)
	}
}

func TestTheBudgetIsSharedOut(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		streams, families int
		want              float64
	}{{1, 1, 0.1}, {8, 1, 0.0125}, {1, 20, 0.05}, {5, 20, 0.01}, {0, 0, 0.1}} {
		if got := coaching.DefaultAlarmBudget.Share(tt.streams, tt.families); !about(got, tt.want, 1e-12) {
			t.Errorf("%d streams of %d families: %g, want %g", tt.streams, tt.families, got, tt.want)
		}
	}
}

// Seven reps of one level let an eighth be judged sooner than a rep alone.
func TestPeersTellWhatIsUsual(t *testing.T) {
	t.Parallel()
	strengthAmong := func(peers int) float64 {
		vigils := []*coaching.Vigil{mustVigil(t, coaching.RateWatch{Better: coaching.Higher})}
		for range peers {
			vigils = append(vigils, mustVigil(t, coaching.RateWatch{Better: coaching.Higher}))
		}
		for i, vigil := range vigils {
			counts := slices.Concat(alike(10, 3, 10), alike(6, 0, 10))
			if i > 0 {
				counts = alike(16, 3, 10)
			}
			for _, month := range monthsFrom(counts...) {
				if err := vigil.Learn(month); err != nil {
					t.Fatal(err)
				}
			}
		}
		coaching.TellPeers(vigils)
		return vigils[0].Judge().Strength
	}
	alone, among := strengthAmong(0), strengthAmong(7)
	if among < 2*alone {
		t.Errorf("strength %.0f among peers, %.0f alone", among, alone)
	}
}
