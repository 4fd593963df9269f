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
package coaching
