package coaching

// The constants of the pace engine. They are the same for every team; what
// differs between teams is learned from their record. They were chosen once on
// public daily sales of 29 teams in three lines of business, scored on months
// already begun. Halving or doubling any one of them changes the Brier score by
// about a hundredth of itself at most, so they are round numbers.
const (
	// A day's amount counts up to paceOutlier grains towards a team's rate:
	// one huge order says little about the days to come.
	paceOutlier = 1.5
	// Where entries are unknown, a day counts up to so many grains towards
	// weekdays and seasons, which need the strong days more.
	paceRhythmOutlier = 2.25
	// A team's own grain weighs as its days of exposure against this many days
	// of the grain usual among the teams.
	paceGrainDays = 30
	// A weekday's share weighs as its days seen, over all teams, against this
	// many days of "like any other".
	paceWeekdayDays = 20

	// A calendar month's season factor weighs as its years seen against this
	// many years, over the years seen, of its place in the quarter: a third
	// after one year, two thirds after two. The place in the quarter weighs as
	// its months seen against this many months of no season.
	paceSeasonYears   = 2.0
	paceQuarterMonths = 1.5
	// No month is expected to fall below this share of a mean month.
	paceLeastSeason = 0.1

	// A period's shape is believed as far as it stands out of this many times
	// its noise.
	paceShapeDoubt = 2.0

	// A recent month weighs paceRecentDecay of the next. A team's level follows
	// its recent months by paceRecentWeight until its own record says otherwise;
	// paceRecentDoubt is how much record that takes.
	paceRecentDecay  = 0.7
	paceRecentWeight = 0.0
	paceRecentDoubt  = 20

	// Relative variance, from one period to the next, of what all teams share
	// (the market) and of what is a team's own.
	paceSharedVariance = 0.03
	paceOwnVariance    = 0.005
	// What all teams share in one month is expected to last so far into the
	// period that follows.
	paceCarry = 0.5
	// A team's own days count this much towards what all teams share; they
	// count again as its own.
	paceOwnInShared = 0.3
	// Amounts vary this much as if they came in independent pieces of their
	// grain, and the rest of the period by this relative variance more.
	paceGrainVariance = 0.3
	paceLeftVariance  = 0.0025
	// The rate expected for the days left stays above this share of the team's
	// mean rate, however bad the start.
	paceLeastRate = 0.02

	// Weight of the log-normal, against the gamma, in the spread of the days left.
	paceLogNormal = 0.5
	// Past forecasts correct bias and spread: paceTrustPeriods counts for "the
	// spread is right", a period of another team for one, a period of the
	// team's own for paceOwnPeriod, and each for paceGradeDecay of the next.
	paceTrustPeriods = 12
	paceOwnPeriod    = 4
	paceGradeDecay   = 0.93
	// Where amounts can go below zero, a target that is reached is this likely
	// to stay reached.
	paceReached = 0.995
)
