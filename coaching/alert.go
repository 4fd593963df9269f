package coaching

// Alert is what a look at a stream of counts says. Rates are in percent.
type Alert struct {
	// Event is what is new; empty where there is nothing to tell. Reason names
	// why the stream is judged as it is, also where nothing is new.
	Event  AlarmEvent
	Reason Reason
	// Episode is to be kept for the next look.
	Episode Episode

	// Strength is how many times likelier the counts are with a change than
	// without, each month having been a chance for it to begin; the alarm is
	// raised at the Bar. Sure is the probability of a change that this makes,
	// where one comes about every five years.
	Strength, Bar, Sure float64
	// Power is what the stream can show at its volume.
	Power AlarmPower

	// What follows is set while an alarm stands, and when it ends.

	// Since is the month in which the change most likely began; with
	// probability 0.8 it began from SinceFirst to SinceLast.
	Since, SinceFirst, SinceLast Date
	// Before and Now are the counts up to the change and since.
	Before, Now Rate
	// Usual is how many hits the cases of Now would usually have brought, the
	// quarter's end among them considered: what Now.Hits is to be compared
	// with. UsualPercent is the same as a rate.
	Usual, UsualPercent float64
	// Low and High hold the true rate of now 19 times in 20, with the team's
	// own swing from month to month considered.
	Low, High float64
	// Level is the goal's level that was judged against, where HasLevel is set.
	Level    float64
	HasLevel bool
}

// The reasons of an alert.
const (
	ReasonAlarmFell      Reason = "alert_fell_below_usual"
	ReasonAlarmRose      Reason = "alert_rose_above_usual"
	ReasonAlarmOverGoal  Reason = "alert_over_goal_level"
	ReasonAlarmUnderGoal Reason = "alert_under_goal_level"
	ReasonAlarmBack      Reason = "alert_back_to_usual"
	ReasonAlarmNewUsual  Reason = "alert_new_level_is_usual"
	ReasonAlarmTooLittle Reason = "alert_too_few_cases"
	ReasonAlarmQuiet     Reason = "alert_within_chance"
)

// monthsPerChange is how many months lie between two changes that would be
// worth an alarm, as far as anybody knows beforehand: five years.
const monthsPerChange = 60

// reason names why the alert is what it is.
func (a *Alert) reason(better Direction) Reason {
	switch {
	case a.Event == AlarmCleared:
		return ReasonAlarmBack
	case a.Event == AlarmSettled:
		return ReasonAlarmNewUsual
	case a.Episode.State != AlarmRaised && a.Power.TooLittle():
		return ReasonAlarmTooLittle
	case a.Episode.State != AlarmRaised:
		return ReasonAlarmQuiet
	case a.HasLevel && better == Lower:
		return ReasonAlarmOverGoal
	case a.HasLevel:
		return ReasonAlarmUnderGoal
	case better == Lower:
		return ReasonAlarmRose
	}
	return ReasonAlarmFell
}
