package coaching

// Alarm is what a look at any stream says of it.
type Alarm struct {
	// Event is what is new; empty where there is nothing to tell. Reason names
	// why the stream is judged as it is, also where nothing is new.
	Event  AlarmEvent
	Reason Reason
	// Episode is to be kept for the next look.
	Episode Episode

	// Strength is how many times likelier the months are with a change than
	// without, each of them having been a chance for it to begin, those of long ago
	// less than those of now; the alarm is raised at the Bar. Sure is the
	// probability of a change that this makes, where one comes about every four
	// years.
	Strength, Bar, Sure float64

	// Since is the month in which the change most likely began; with
	// probability 0.8 it began from SinceFirst to SinceLast. They are set while
	// an alarm stands and when it ends.
	Since, SinceFirst, SinceLast Date
	// Level is the level that was judged against, where HasLevel is set.
	Level    float64
	HasLevel bool
}

// Raised reports whether the stream has changed for the worse and is not back.
func (a Alarm) Raised() bool { return a.Episode.State == AlarmRaised }

// RateAlert is what a look at a stream of counts says. Rates are in percent.
type RateAlert struct {
	Alarm
	// Power is what the stream can show at its volume.
	Power AlarmPower

	// What follows is set while an alarm stands, and when it ends.

	// Before and Now are the counts up to the change and since; at the
	// all-clear, Now are those of the good months since.
	Before, Now Rate
	// Usual is how many hits the cases of Now would usually have brought, the
	// quarter's end among them considered: what Now.Hits is to be compared
	// with. UsualPercent is the same as a rate.
	Usual, UsualPercent float64
	// Low and High hold the true rate of now 19 times in 20, with the team's
	// own swing from month to month considered.
	Low, High float64
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

// reason names why the alarm is as it is, for a direction that is better.
func (a *Alarm) reason(better Direction, tooLittle bool) Reason {
	switch {
	case a.Event == AlarmCleared:
		return ReasonAlarmBack
	case a.Event == AlarmSettled:
		return ReasonAlarmNewUsual
	case !a.Raised() && tooLittle:
		return ReasonAlarmTooLittle
	case !a.Raised():
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
