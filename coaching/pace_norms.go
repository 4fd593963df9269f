package coaching

// The constants of the pace engine. They are the same for every team; what
// differs between teams is learned from their record. They were chosen once on
// public daily sales of 29 teams in three lines of business, scored on months
// already begun; nothing near them changes the scores much.
const (
	// A day's amount counts up to paceOutlier grains towards a team's rate:
	// one huge order says little about the days to come.
	paceOutlier = 1.5
	// A team's own grain weighs as its days of exposure against this many days
	// of the grain usual among the teams.
	paceGrainDays = 30
	// A weekday's share weighs as its days seen, over all teams, against this
	// many days of "like any other".
	paceWeekdayDays = 20

	// A calendar month's season factor weighs as its years seen against this
	// many years of its place in the quarter, and that as its months seen
	// against this many months of no season.
	paceSeasonYears   = 1.4
	paceQuarterMonths = 1.8
	// No month is expected to fall below this share of a mean month.
	paceLeastSeason = 0.1

	// The level is the mean of all the record with this weight of its recent
	// months, each of which weighs paceRecentDecay of the next.
	paceRecentWeight = 0.05
	paceRecentDecay  = 0.575

	// Relative variance, from one period to the next, of what all teams share
	// (the market) and of what is a team's own.
	paceSharedVariance = 0.033
	paceOwnVariance    = 0.0075
	// A team's own days count this much towards what all teams share; they
	// count again as its own.
	paceOwnInShared = 0.45
	// Amounts vary this much as if they came in independent pieces of their
	// grain, and the rest of the period by this relative variance more.
	paceGrainVariance = 0.37
	paceLeftVariance  = 0.0025
	// The rate expected for the days left stays above this share of the team's
	// mean rate, however bad the start.
	paceLeastRate = 0.02

	// Weight of the log-normal, against the gamma, in the spread of the days left.
	paceLogNormal = 0.35
	// Past forecasts correct bias and spread: paceTrustPeriods counts for "the
	// spread is right", a period of another team for one, a period of the
	// team's own for paceOwnPeriod.
	paceTrustPeriods = 18
	paceOwnPeriod    = 4
	// Where amounts can go below zero, a target that is reached is this likely
	// to stay reached.
	paceReached = 0.995
)
