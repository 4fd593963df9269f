package coaching

// Kind is what a goal measures.
type Kind string

// The eight kinds of the sales-goal playbook, then the activity kinds.
const (
	Revenue  Kind = "revenue"  // money sold in the period, or recurring revenue at its end
	Churn    Kind = "churn"    // share of customers lost in the period
	Margin   Kind = "margin"   // share of revenue left after the cost of selling it
	CLV      Kind = "clv"      // customer lifetime value
	Leads    Kind = "leads"    // qualified leads entering the funnel
	WinRate  Kind = "winrate"  // share of closed deals that were won
	CAC      Kind = "cac"      // customer acquisition cost
	Cycle    Kind = "cycle"    // days from opening a deal to winning it
	Calls    Kind = "calls"    // sales calls made
	Emails   Kind = "emails"   // sales e-mails sent
	Meetings Kind = "meetings" // meetings and demos held
	Custom   Kind = "custom"   // anything else that is counted, with its own unit
)

// Unit is what a figure counts.
type Unit string

// The units. A goal in money also names its currency, a custom goal its noun.
const (
	Money   Unit = "money"
	Count   Unit = "count"
	Percent Unit = "percent"
	Days    Unit = "days"
)

// Nature says how figures of a kind behave within a period.
type Nature string

// The natures.
const (
	// Sum figures add up over a period: revenue, leads, calls.
	Sum Nature = "sum"
	// Level figures are a state at a point in time: recurring revenue, CAC.
	// They cannot be prorated.
	Level Nature = "level"
	// Ratio figures are a share of something: win rate, churn. They cannot be
	// prorated either, and their trust depends on the denominator.
	Ratio Nature = "ratio"
)

// Direction says which way is better.
type Direction string

// The directions.
const (
	Higher Direction = "higher"
	Lower  Direction = "lower"
)

// Traits are what is fixed about a kind.
type Traits struct {
	Kind   Kind
	Unit   Unit
	Nature Nature
	Better Direction
}

var kinds = []Traits{
	{Revenue, Money, Sum, Higher},
	{Churn, Percent, Ratio, Lower},
	{Margin, Percent, Ratio, Higher},
	{CLV, Money, Level, Higher},
	{Leads, Count, Sum, Higher},
	{WinRate, Percent, Ratio, Higher},
	{CAC, Money, Level, Lower},
	{Cycle, Days, Level, Lower},
	{Calls, Count, Sum, Higher},
	{Emails, Count, Sum, Higher},
	{Meetings, Count, Sum, Higher},
	{Custom, Count, Sum, Higher},
}

// Kinds returns the traits of every kind, in the order in which they are
// offered to people.
func Kinds() []Traits { return append([]Traits(nil), kinds...) }

// TraitsOf returns what is fixed about a kind; ok is false for an unknown one.
func TraitsOf(kind Kind) (traits Traits, ok bool) {
	for _, traits := range kinds {
		if traits.Kind == kind {
			return traits, true
		}
	}
	return Traits{}, false
}
