package coaching

// Notice holds the facts that a post tells, as decided when it came due. Words
// are found for them when it is sent. One of [Nudge], [CheckIn],
// [Answered], [Digest], [Ended], [Warning], [Thin] and [Imported].
type Notice interface {
	// Kind is the kind of cadence that brings such a notice about.
	Kind() CadenceKind
	// Day is the local day that it is for.
	Day() Date
}

// Kind is [NudgeDaily].
func (Nudge) Kind() CadenceKind { return NudgeDaily }

// Day is the day that the nudge is for.
func (n Nudge) Day() Date { return n.Date }
