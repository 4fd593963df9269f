package coaching

// PlayID names a play. Package commands has its words, as play_<id>.
type PlayID string

// Play is one thing to do for a goal, small enough to be done in a week.
type Play struct {
	ID   PlayID
	Kind Kind
	// Question is which of the four questions of a plan the play answers.
	Question Question
	// Counts is the activity that the play is counted in, empty for one that
	// is done once.
	Counts Kind
	// Pieces is how many of them one working day takes with the rest of the
	// day's work going on; 0 for a play that is done once.
	Pieces int
	// Days is how many working days a play that is done once takes beside the
	// rest; it is not proposed in a week with fewer left.
	Days int
}

// Playbook is what is known about reaching goals of a kind.
type Playbook struct {
	Traits
	// Formula says how the figure is computed from what happened.
	Formula Formula
	// Checks are what a goal of this kind is held against.
	Checks []CheckID
	// Pairs are the activity kinds whose goals feed this one, nearest first.
	Pairs []Kind
	// Plays are in the order in which they are proposed.
	Plays []Play
}

// PlaybookOf returns the playbook of a kind; ok is false for an unknown one. A
// custom goal's is without plays: nobody knows what it counts.
func PlaybookOf(kind Kind) (book Playbook, ok bool) {
	traits, ok := TraitsOf(kind)
	if !ok {
		return Playbook{}, false
	}
	book = Playbook{Traits: traits, Formula: FormulaCount, Plays: playsOf(kind)}
	switch kind {
	case Revenue:
		book.Formula = FormulaRevenue
		book.Checks = []CheckID{CheckIDCosts, CheckIDActivity}
		book.Pairs = []Kind{Meetings, Leads, Calls, Emails}
	case Churn:
		book.Formula = FormulaChurn
		book.Checks = []CheckID{CheckIDBase}
		book.Pairs = []Kind{Meetings, Calls}
	case Margin:
		book.Formula = FormulaMargin
		book.Checks = []CheckID{CheckIDCosts}
	case CLV:
		book.Formula = FormulaCLV
		book.Checks = []CheckID{CheckIDValue}
		book.Pairs = []Kind{Meetings, Calls}
	case Leads:
		book.Checks = []CheckID{CheckIDActivity}
		book.Pairs = []Kind{Calls, Emails}
	case WinRate:
		book.Formula = FormulaWinRate
		book.Checks = []CheckID{CheckIDCases}
		book.Pairs = []Kind{Meetings}
	case CAC:
		book.Formula = FormulaCAC
		book.Checks = []CheckID{CheckIDValue}
	case Cycle:
		book.Formula = FormulaCycle
		book.Checks = []CheckID{CheckIDCycleDeals}
		book.Pairs = []Kind{Meetings, Calls}
	case Calls, Emails, Meetings:
		book.Checks = []CheckID{CheckIDActivity}
	}
	return book, true
}

// PlayOf returns the play of an id; ok is false for an unknown one.
func PlayOf(id PlayID) (play Play, ok bool) {
	for _, play := range plays {
		if play.ID == id {
			return play, true
		}
	}
	return Play{}, false
}

// Plays returns every play, by kind.
func Plays() []Play { return append([]Play(nil), plays...) }

func playsOf(kind Kind) []Play {
	var of []Play
	for _, play := range plays {
		if play.Kind == kind {
			of = append(of, play)
		}
	}
	return of
}
