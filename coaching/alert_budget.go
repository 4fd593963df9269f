package coaching

// AlarmBudget is how many false alarms a year a team puts up with. Streams
// that answer one question, such as the win rates of all reps, are a family:
// what a family may raise is shared out over its streams, and what the team
// may raise over its families. So it costs nothing in peace to watch another
// rep, only in how soon a change of one of them is told.
type AlarmBudget struct {
	Family float64 // false alarms a year of each family
	Team   float64 // of all families together
}

// DefaultAlarmBudget is one false alarm in ten years for each family, and one
// a year over all.
var DefaultAlarmBudget = AlarmBudget{Family: 0.1, Team: 1}

// Share returns how many false alarms a year one stream of a family may raise,
// where so many streams make up the family and so many families are watched.
// Counts below one read as one.
func (b AlarmBudget) Share(streams, families int) float64 {
	return min(b.Family, b.Team/float64(max(families, 1))) / float64(max(streams, 1))
}

// monthsPerChange is how many months lie between two changes that would be
// worth an alarm, as far as anybody knows beforehand: four years.
const monthsPerChange = 48

// The bar is never below this strength, however generous the budget: no alarm
// is raised that is less likely than not.
const lowestBar = monthsPerChange

// alarmBar returns the strength of evidence at which an alarm is raised, from
// the false alarms a year that a stream may raise. By [rateEvidence] a bar of
// as many months keeps the budget.
func alarmBar(perYear float64) float64 { return max(budgetMonths(perYear), lowestBar) }

// budgetMonths is how many months lie between two false alarms of a stream that
// may raise so many a year; zero is what a family of one may.
func budgetMonths(perYear float64) float64 {
	if perYear <= 0 {
		perYear = DefaultAlarmBudget.Family
	}
	return 12 / perYear
}

// newAlarm returns the alarm of a look that found evidence of that strength.
func newAlarm(strength, bar float64) Alarm {
	return Alarm{Strength: strength, Bar: bar, Sure: strength / (strength + monthsPerChange)}
}
