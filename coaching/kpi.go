package coaching

import "github.com/shopspring/decimal"

// KPIQuery asks for a figure.
type KPIQuery struct {
	Kind Kind
	// Recurring asks for what all customers pay a month at the period's end in
	// place of the revenue won in it.
	Recurring bool
	Period    Period
	// Today ends a period that is not over.
	Today Date
	// Currency is that of money; amounts in others are left out.
	Currency string
	// Keep says which cuts count; nil keeps all.
	Keep func(Cut) bool
	// Margin is the contribution margin in percent that lifetime value is
	// reckoned with where no cost of production is recorded.
	Margin    decimal.Decimal
	HasMargin bool
	// WonAreNew takes a won deal for a new customer, where no events tell of
	// customers.
	WonAreNew bool
}

// KPI is the figure of a kind for a period, with what it rests on. Definitions
// and their sources are those of [Formula].
type KPI struct {
	Kind   Kind
	Period Period
	// Through is the last day that counts.
	Through Date

	Value decimal.Decimal
	Known bool
	// Reason says why the figure is not known.
	Reason Reason

	// Rate is the figure with its denominator: deals won of those decided in the
	// period, customers lost of those at its start. Of other kinds Rate.Of is
	// what the figure is reckoned from, and Hits what of that counts: leads
	// qualified of those received, deals won.
	Rate Rate
	// Opened is the win rate of the deals that were opened in the period, as
	// they stand by now; StillOpen of them are not decided.
	Opened    Rate
	StillOpen int
	// Cycle is how long deals take.
	Cycle Survival
	// Revenue, Cost and Spend are what margins, lifetime values and acquisition
	// costs are made of.
	Revenue, Cost, Spend decimal.Decimal
	// Foreign counts won deals in other currencies, which are left out.
	Foreign int
	// Recurring is set for what customers pay a month, as asked for.
	Recurring bool
	// Direct is set where the figure was recorded as it is.
	Direct bool
	// Pending counts days whose figures are a little old.
	Pending int
}

// The reasons why a figure is not known.
const (
	ReasonKPIUndecided   Reason = "kpi_no_deal_decided"
	ReasonKPINoCustomers Reason = "kpi_no_customers"
	ReasonKPINobodyLeft  Reason = "kpi_nobody_left" // a lifetime without an end
	ReasonKPINobodyNew   Reason = "kpi_nobody_new"
	ReasonKPINoRevenue   Reason = "kpi_no_revenue"
	ReasonKPINoCosts     Reason = "kpi_no_costs"
	ReasonKPINoMargin    Reason = "kpi_margin_unknown"
	ReasonKPICycleOpen   Reason = "kpi_median_not_reached"
	ReasonKPINotStarted  Reason = "kpi_not_started"
)

// epoch is before any event.
var epoch = Date{Year: oldestEvent, Month: 1, Day: 1}

// Epoch returns a day before any event.
func Epoch() Date { return epoch }

// Reach returns the first day of the book that a figure needs: for rates of
// customers all of it, for the sales cycle a year.
func (q KPIQuery) Reach() Date {
	switch {
	case q.Kind == Churn, q.Kind == CLV, q.Recurring:
		return epoch
	case q.Kind == Cycle:
		return q.through().AddMonths(-cycleMonths)
	default:
		return q.Period.From
	}
}

func (q KPIQuery) through() Date {
	if q.Period.To.After(q.Today) {
		return q.Today
	}
	return q.Period.To
}

// KPI returns the figure that is asked for. A figure that was recorded directly
// goes before one that events come to: whoever records it means it.
func (b DayBook) KPI(q KPIQuery) KPI {
	k := KPI{Kind: q.Kind, Period: q.Period, Through: q.through(), Recurring: q.Recurring, Pending: b.Pending}
	if q.Keep == nil {
		q.Keep = func(Cut) bool { return true }
	}
	if k.Through.Before(q.Period.From) {
		k.Reason = ReasonKPINotStarted
		return k
	}
	if k.direct(b, q) {
		return k
	}
	switch {
	case q.Recurring:
		k.recurring(b, q)
	case q.Kind == Churn:
		k.Rate = b.ChurnIn(q.Period.From, k.Through, q.Keep)
		k.figure(Tally{Churn: k.Rate}, ReasonKPINoCustomers)
	case q.Kind == CLV:
		k.lifetime(b, q)
	case q.Kind == Cycle:
		k.Cycle = b.Cycle(k.Through, q.Keep)
		won, lost, open := k.Cycle.Counts()
		k.Rate = Rate{Hits: won, Of: won + lost + open}
		k.StillOpen = open
		k.figure(Tally{Cycle: k.Cycle}, ReasonKPICycleOpen)
	default:
		k.total(b, q)
	}
	return k
}

// total fills in the figures that are of the period's days alone.
func (k *KPI) total(b DayBook, q KPIQuery) {
	all := b.Total(q.Period.From, k.Through, q.Keep)
	money := all
	if q.Kind == Revenue || q.Kind == Margin || q.Kind == CAC {
		money = b.Total(q.Period.From, k.Through, q.inCurrency())
	}
	k.Revenue, k.Foreign = money.Amount, all.Won-money.Won
	switch q.Kind { //nolint:exhaustive // The others are no totals, or counts.
	case Revenue:
		k.Rate = Rate{Hits: money.Won, Of: money.Won + money.Lost}
		k.figure(Tally{Revenue: money.Amount}, "")
	case WinRate:
		k.Rate = Rate{Hits: all.Won, Of: all.Won + all.Lost}
		k.Opened = Rate{Hits: all.OpenedWon, Of: all.OpenedWon + all.OpenedLost}
		k.StillOpen = all.Opened - k.Opened.Of
		k.figure(Tally{Deals: k.Rate}, ReasonKPIUndecided)
	case Margin:
		k.Cost = money.Spent(CostProduction)
		if k.Cost.IsZero() {
			k.Reason = ReasonKPINoCosts
			return
		}
		k.figure(Tally{Revenue: money.Amount, Cost: k.Cost}, ReasonKPINoRevenue)
	case CAC:
		k.Spend = money.Spent(CostMarketing, CostSales)
		won := all.Started
		if q.WonAreNew {
			won = all.Won
		}
		k.Rate = Rate{Hits: won, Of: won}
		if k.Spend.IsZero() {
			k.Reason = ReasonKPINoCosts
			return
		}
		k.figure(Tally{Spend: k.Spend, Won: won}, ReasonKPINobodyNew)
	case Leads:
		k.Rate = Rate{Hits: all.Qualified, Of: all.Received}
		k.figure(Tally{Pieces: decimal.NewFromInt(int64(all.Qualified))}, "")
	default:
		n := all.Activity(q.Kind)
		k.Rate = Rate{Hits: n, Of: n}
		k.figure(Tally{Pieces: decimal.NewFromInt(int64(n))}, "")
	}
}

// figure computes the value by the formula of the kind.
func (k *KPI) figure(tally Tally, missing Reason) {
	book, _ := PlaybookOf(k.Kind)
	value, err := book.Formula.Figure(tally)
	if err != nil {
		k.Reason = missing
		return
	}
	k.Value, k.Known = value, true
}

// inCurrency keeps the cuts whose amounts are in the currency asked for.
func (q KPIQuery) inCurrency() func(Cut) bool {
	return func(cut Cut) bool { return cut.Currency == q.Currency && q.Keep(cut) }
}

// recurring is what customers pay a month at the end of the period.
func (k *KPI) recurring(b DayBook, q KPIQuery) {
	all := b.Total(epoch, k.Through, q.inCurrency())
	k.Revenue = all.recurring()
	customers := max(all.Started-leftOfKnown(all), 0)
	k.Rate = Rate{Hits: customers, Of: customers}
	k.figure(Tally{Revenue: k.Revenue}, "")
	if all.Started == 0 {
		k.Known, k.Reason = false, ReasonKPINoCustomers
	}
}

// leftOfKnown counts the customers who left and whose start is known.
func leftOfKnown(t *DayTally) int {
	n := 0
	for _, leaving := range t.Left {
		if leaving.Days != unknownDays {
			n += leaving.N
		}
	}
	return n
}

// lifetimeMonths is how far back lifetime value looks: a month alone loses too
// few customers to divide by.
const lifetimeMonths = 12

// lifetime is what a customer brings in the end: the margin of the last twelve
// months over the customers lost in them, month by month at risk as in [ChurnOf].
// Rate.Of are all who were customers in that time. What customers pay a month counts
// where events say it, else what was won.
func (k *KPI) lifetime(b DayBook, q KPIQuery) {
	from := PeriodOf(Month, k.Through.AddMonths(1-lifetimeMonths)).From
	money := b.Total(from, k.Through, q.inCurrency())
	k.Rate = b.lost(from, k.Through, q.Keep)
	if k.Revenue = b.paid(from, k.Through, q.inCurrency()); k.Revenue.IsZero() {
		k.Revenue = money.Amount
	}
	switch k.Cost = money.Spent(CostProduction); {
	case !k.Cost.IsZero():
	case q.HasMargin:
		k.Cost = k.Revenue.Mul(hundred.Sub(q.Margin)).DivRound(hundred, maxPlaces)
	default:
		k.Reason = ReasonKPINoMargin
		return
	}
	if k.Revenue.IsZero() {
		k.Reason = ReasonKPINoRevenue
		return
	}
	k.figure(Tally{Revenue: k.Revenue, Cost: k.Cost, Churn: k.Rate}, ReasonKPINobodyLeft)
}

// paid adds up what customers paid from the first of a month on: in each month
// what they pay a month at its end, and a share of it in one that is not over.
func (b DayBook) paid(from, through Date, keep func(Cut) bool) decimal.Decimal {
	total := decimal.Zero
	monthly := b.Total(epoch, from.AddDays(-1), keep).recurring()
	for month := PeriodOf(Month, from); !month.From.After(through); month = month.Shift(1) {
		end := month.To
		if end.After(through) {
			end = through
		}
		monthly = monthly.Add(b.Total(month.From, end, keep).recurring())
		days := int64(end.Sub(month.From) + 1)
		total = total.Add(monthly.Mul(decimal.NewFromInt(days)).DivRound(decimal.NewFromInt(int64(month.Days())), maxPlaces))
	}
	return total
}

// recurring is by how much a tally changes what customers pay a month.
func (t *DayTally) recurring() decimal.Decimal { return t.Joined.Add(t.Change).Sub(t.Departed) }
