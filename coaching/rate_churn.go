package coaching

// Subscription is a customer's time with the company. Last is the last day as
// a customer, the zero date while they still are one.
type Subscription struct {
	First, Last Date
}

// ChurnOf returns the customers lost in a period of those at risk: who were
// customers when it began. Whoever joins within the period is not at risk in
// it, not even if they leave again; they enter the next period's base.
// Otherwise a month of many new customers would hide the loss of old ones.
func ChurnOf(subscriptions []Subscription, period Period) Rate {
	var churn Rate
	for _, s := range subscriptions {
		if !s.First.Before(period.From) || !s.Last.IsZero() && s.Last.Before(period.From) {
			continue
		}
		churn.Of++
		if !s.Last.IsZero() && !s.Last.After(period.To) {
			churn.Hits++
		}
	}
	return churn
}

// ReasonChurnFewCustomers says that not even a period in which nobody leaves
// would show that the target is met: the base is too small.
const ReasonChurnFewCustomers Reason = "churn_few_customers"

// ChurnVerdict is what a churn rate can tell about its target.
type ChurnVerdict struct {
	RateVerdict
	// Step is what one customer is worth in percent: with 50 customers churn
	// can be 0, 2 or 4%, and nothing between.
	Step float64
	// Clean is how many customer-periods without a single loss would show that
	// the target is kept; CleanPeriods is that in periods of this base. Both
	// are 0 where the state is known.
	Clean, CleanPeriods int
	// Half and HalfPeriods are the same where half the target's share leaves,
	// which is a fairer picture of a business that does well.
	Half, HalfPeriods int
}

// JudgeChurn says whether churn is below a target in percent. The rate may be
// pooled over periods ([PoolRates]), customers is the base of one of them.
//
// Periods are taken to be alike and customers to leave independently of one
// another; where a large account takes others along, more are needed. With
// nobody lost the number needed is z²·(1−t)/t, close to the "rule of three"
// (Hanley and Lippman-Hand 1983): 3/t, at one-sided 95%.
func JudgeChurn(churn Rate, customers int, target float64) ChurnVerdict {
	v := ChurnVerdict{RateVerdict: JudgeRate(churn, target, Lower)}
	if customers > 0 {
		v.Step = 100 / float64(customers)
	}
	if v.State != RateUnsure || target <= 0 {
		return v
	}
	v.Clean, v.Half = casesToTell(0, target), casesToTell(target/2, target)
	if customers > 0 {
		v.CleanPeriods = (v.Clean + customers - 1) / customers
		v.HalfPeriods = (v.Half + customers - 1) / customers
	}
	if customers < v.Clean && churn.Of > 0 {
		v.Reason = ReasonChurnFewCustomers
	}
	return v
}
