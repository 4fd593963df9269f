package coaching

import "github.com/shopspring/decimal"

// Observation is the final figure of a kind for a period that is over.
type Observation struct {
	Kind   Kind
	Period Period
	Value  decimal.Decimal
	// Fed is set for a figure that events come to, Rate what it rests on; see
	// [KPI]. Others were entered, or left by the review of a goal.
	Fed  bool
	Rate Rate
}

// JoinObservations puts figures that events come to beside those that people
// entered. Where both tell of one period the entered one stays, and disputed
// counts those where the events say otherwise.
func JoinObservations(entered, fed []Observation) (all []Observation, disputed int) {
	known := make(map[Period]decimal.Decimal, len(entered))
	for _, o := range entered {
		known[o.Period] = o.Value
	}
	all = append(all, entered...)
	for _, o := range fed {
		value, there := known[o.Period]
		switch {
		case !there:
			all = append(all, o)
		case !value.Equal(o.Value):
			disputed++
		}
	}
	return all, disputed
}
