package main

import (
	"math/rand/v2"
	"strconv"
)

// command is a chat command that the load sends.
type command string

// The commands, and a mixture as a team might send it.
const (
	progress command = "progress"
	log      command = "log"
	help     command = "help"
	mix      command = "mix"
)

// draw returns the command to send next: itself, or one of the mixture, in
// which of ten requests seven ask for progress, two log and one asks for help.
func (c command) draw(random *rand.Rand) command {
	if c != mix {
		return c
	}
	switch n := random.IntN(10); {
	case n < 7:
		return progress
	case n < 9:
		return log
	default:
		return help
	}
}

// appendText appends the command's text in the form's encoding. Logging is on
// the member's first goal.
func (c command) appendText(form []byte, member int) []byte {
	form = append(form, c...)
	if c == log {
		form = append(form, "+%23"...)
		form = strconv.AppendInt(form, int64(goalNumber(member, 0)), 10)
		form = append(form, "+%2B1"...)
	}
	return form
}

// wants returns what the answer has to say.
func (c command) wants(member int) []string {
	switch c {
	case progress:
		var wants []string
		for goal := range teamGoals {
			wants = append(wants, goalName(member, goal), teamGoals[goal].says)
		}
		return wants
	case log:
		return []string{"+1 demo on " + goalName(member, 0), teamGoals[0].says}
	default:
		return []string{"/goal progress", "/goal log", "/goal new"}
	}
}

// repeats reports whether a member gets the same answer again as long as
// nothing is logged.
func (c command) repeats() bool { return c != log }
