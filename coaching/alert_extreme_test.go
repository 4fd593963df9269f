package coaching_test

import (
	"math"
	"testing"

	"github.com/smallwins/smallwins/coaching"
)

// Months in which all cases went one way leave the usual rate without weight;
// what is said of them stays a number all the same.
func TestMonthsBeyondDoubtAreStillToldInNumbers(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		better coaching.Direction
		raised bool
	}{
		"all customers leave, month after month": {coaching.Lower, true},
		"all deals are won, month after month":   {coaching.Higher, false},
	} {
		for _, cases := range []int{281, 2000} {
			watch := coaching.RateWatch{Better: test.better, FalseAlarms: 0.1, Level: 1, HasLevel: true}
			vigil, err := coaching.NewVigil(watch, coaching.Episode{})
			if err != nil {
				t.Fatal(err)
			}
			counts := make([]coaching.Rate, 20)
			for i := range counts {
				counts[i] = coaching.Rate{Hits: cases, Of: cases}
			}
			raised := false
			for _, month := range monthsFrom(counts...) {
				if err := vigil.Learn(month); err != nil {
					t.Fatal(err)
				}
				alert := vigil.Judge()
				raised = raised || alert.Raised()
				for what, figure := range map[string]float64{"strength": alert.Strength, "usual": alert.Usual, "low": alert.Low, "high": alert.High} {
					if math.IsNaN(figure) || math.IsInf(figure, 0) {
						t.Fatalf("%s: %s is %g", name, what, figure)
					}
				}
			}
			if raised != test.raised {
				t.Errorf("%s: an alarm %t, want %t", name, raised, test.raised)
			}
		}
	}
}
