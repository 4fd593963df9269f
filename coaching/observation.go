package coaching

import "github.com/shopspring/decimal"

// Observation is the final figure of a kind for a period that is over.
type Observation struct {
	Kind   Kind
	Period Period
	Value  decimal.Decimal
}
