package coaching

// RateStream is one stream of a family and what is known of it.
type RateStream struct {
	Watch RateWatch
	// History is in ascending order of months. Over says that its last month is.
	History []MonthCount
	Over    bool
	// Before is the episode that the look before left.
	Before Episode
}

// JudgeRateFamily judges the streams of a family, such as the win rates of all
// reps, each by what it shares of the budget and by what the others tell of its
// level and habits. Of is how many families the team watches. Alerts are in the
// order of the streams, which has no influence on them.
//
// The errors are those of [NewVigil] and [Vigil.Learn].
func JudgeRateFamily(budget AlarmBudget, of int, streams []RateStream) ([]RateAlert, error) {
	vigils := make([]*Vigil, len(streams))
	for i, s := range streams {
		s.Watch.FalseAlarms = budget.Share(len(streams), of)
		vigil, err := NewVigil(s.Watch, s.Before)
		if err != nil {
			return nil, err
		}
		whole := len(s.History)
		if !s.Over {
			whole--
		}
		for _, month := range s.History[:max(whole, 0)] {
			if err := vigil.Learn(month); err != nil {
				return nil, err
			}
		}
		vigils[i] = vigil
	}
	// Peers are read before any is judged: a stream that settles starts anew.
	TellPeers(vigils)
	alerts := make([]RateAlert, len(streams))
	for i, s := range streams {
		if s.Over || len(s.History) == 0 {
			alerts[i] = vigils[i].Judge()
			continue
		}
		var err error
		if alerts[i], err = vigils[i].JudgeSoFar(s.History[len(s.History)-1]); err != nil {
			return nil, err
		}
	}
	return alerts, nil
}
