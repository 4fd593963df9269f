package coaching

import (
	"math"
	"slices"

	"github.com/shopspring/decimal"
)

// Quota is a member's fair share of a team's target.
type Quota struct {
	Member MemberID
	// Capacity is the member's capacity in the period, in usual members; Share
	// is its part of the team's.
	Capacity, Share float64
	Amount          decimal.Decimal
}

// Split divides a target among the members by their capacity in the period, so
// that who is new, part of the week or away is asked for less. Every amount is
// a multiple of the step but that of the member with the most capacity, who
// also takes what the target is above one; a step of 0 or less reads as
// [QuotaStep]. The amounts add up to the target exactly: what rounding leaves
// goes to those who lost most by it (largest remainders, the method of Hamilton).
//
// Quotas are in the order of the roster; members who do not work in the period
// have none. Only targets that add up can be split: a win rate is everybody's.
// Refusals are Invalid: "quota_target_negative", "quota_nobody_there", and
// those of [CheckFigure].
func (r Roster) Split(target decimal.Decimal, period Period, step decimal.Decimal) ([]Quota, error) {
	if err := CheckFigure(target); err != nil {
		return nil, err
	}
	if target.Sign() < 0 {
		return nil, Refuse("quota_target_negative")
	}
	var quotas []Quota
	total, most := 0.0, 0
	days := r.calendar.Workdays(period.From, period.To)
	for _, rep := range r.reps {
		capacity := rep.Weight * r.work(rep, period, days).days / float64(max(days, 1))
		if capacity < smallestCapacity {
			continue
		}
		if len(quotas) > 0 && capacity > quotas[most].Capacity {
			most = len(quotas)
		}
		quotas = append(quotas, Quota{Member: rep.Member, Capacity: capacity})
		total += capacity
	}
	if len(quotas) == 0 {
		return nil, Refuse("quota_nobody_there")
	}
	if step.Sign() <= 0 {
		step = QuotaStep(target, len(quotas))
	}
	units, rest := target.QuoRem(step, 0)
	shareOut(quotas, total, units, step)
	quotas[most].Amount = quotas[most].Amount.Add(rest)
	return quotas, nil
}

// smallestCapacity is below what anybody is asked for anything: a minute of a
// year.
const smallestCapacity = 1e-6

// shareOut gives each quota its whole steps and those that are left one by one
// to the largest remainders, the first in the roster where they are equal.
func shareOut(quotas []Quota, total float64, units, step decimal.Decimal) {
	weights := decimal.Zero
	for i := range quotas {
		quotas[i].Share = quotas[i].Capacity / total
		weights = weights.Add(decimal.NewFromFloat(quotas[i].Capacity))
	}
	left := units
	remainders := make([]decimal.Decimal, len(quotas))
	order := make([]int, len(quotas))
	for i := range quotas {
		whole, remainder := units.Mul(decimal.NewFromFloat(quotas[i].Capacity)).QuoRem(weights, 0)
		quotas[i].Amount = whole.Mul(step)
		remainders[i], order[i] = remainder, i
		left = left.Sub(whole)
	}
	slices.SortStableFunc(order, func(a, b int) int { return remainders[b].Cmp(remainders[a]) })
	for _, i := range order {
		if left.Sign() <= 0 {
			break
		}
		quotas[i].Amount = quotas[i].Amount.Add(step)
		left = left.Sub(decimal.NewFromInt(1))
	}
}

// QuotaStep returns the step to which quotas of a target can be rounded and
// still be fair: about a hundredth of an equal share, as a power of ten, and
// never below 1.
func QuotaStep(target decimal.Decimal, heads int) decimal.Decimal {
	equal := target.InexactFloat64() / float64(max(heads, 1))
	if !(equal > 100) {
		return decimal.New(1, 0)
	}
	return decimal.New(1, int32(math.Log10(equal))-2)
}
