package coaching

// Facts are what a post tells, as decided when it came due. Words are found for
// them when it is sent. One of [Nudge].
type Facts interface {
	// Kind is the kind of cadence that brings such facts about.
	Kind() CadenceKind
}

// Kind is [NudgeDaily].
func (Nudge) Kind() CadenceKind { return NudgeDaily }
