// Package coaching holds the rules of smallwins: what a sales goal is, whether
// its target is realistic, where it stands, what to say next and when to say
// it.
//
// It is pure. Functions take values, the time among them, and return values
// with a named reason that can be shown, counted and tested. There is no IO, no
// clock, no randomness, no encoding and nothing of the chat platforms beyond
// opaque references to workspaces, members and channels. Wording belongs to
// package commands, documents to package store.
//
// Vocabulary: a goal has a kind (revenue, churn, …), a period, a baseline and a
// target; entries record progress on it; attainment is the share of the target
// reached, pace compares it with what is normal for this point of the period.
//
// Warnings: a stream of monthly counts, deals won of those decided or customers
// lost of those at risk, is watched by a [Vigil], a family of them, such as the
// win rates of all reps, by [JudgeRateFamily], and one of figures, such as a
// margin, by [JudgeValueAlert]. Each look takes the history and the [Episode]
// that the look before left, and returns an [Alarm] with the facts and the
// episode to keep. Only an alarm with an [AlarmEvent] is to be told: one when
// an episode begins, one when it ends, one when there is too little to ever tell.
// How many of them are false follows from an [AlarmBudget], whatever the volume.
// [RateAlert.Where] names the segments that a change comes from.
package coaching
