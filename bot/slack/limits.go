package slack

import (
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// What Slack takes, in characters where nothing else is said.
// https://docs.slack.dev/reference/block-kit/blocks
const (
	maxBlocks       = 50   // a message
	maxHeader       = 150  // a header's text
	maxText         = 3000 // a section's or context's text; kept to by rich text, for which no limit is published
	maxFields       = 10   // a section
	maxField        = 2000 // a field
	maxButtons      = 25   // an actions block
	maxLabel        = 75   // a button's text
	maxValue        = 2000 // a button's value
	maxActionID     = 255  // a button's action id
	maxBlockID      = 255  // a block's id
	maxViewBlocks   = 100  // a modal or the app's own page
	maxViewLabel    = 24   // a modal's title and the labels of its own buttons
	maxInput        = 3000 // a text field
	maxInputLabel   = 2000 // an input's label or hint
	maxPlaceholder  = 150  // an input's placeholder
	maxOptions      = 100  // a select
	maxOption       = 75   // an option's text, its description and its value
	maxFallback     = 700  // ours: escaped, it stays below the 4,000 that Slack advises for a message's text
	maxButtonBlocks = 10   // ours: the rest of a message is for what it says
	maxItems        = 40   // ours: a longer list is for nobody
	maxPromptFields = 5    // ours: what a prompt promises
)

// maxPost bounds the blocks of a posted message as JSON, in characters. Slack
// publishes no such limit but refuses a post of about 13,200 characters in all
// with msg_blocks_too_long (reported in slackapi/bolt-js issues 2509 and 2867).
// Answers to commands are not subject to it.
const maxPost = 12000

const ellipsis = "…"

// truncate shortens text to at most limit characters, on a boundary between
// what people see as characters, and marks that by an ellipsis. It counts as
// JavaScript does, so that an emoji is two: Slack does not say how it counts,
// and this is the most it could be.
func truncate(text string, limit int) string {
	if len(text) <= limit || length(text) <= limit {
		return text
	}
	end, room := 0, limit-length(ellipsis)
	for rest, state := text, -1; rest != ""; {
		var cluster string
		cluster, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if room -= length(cluster); room < 0 {
			break
		}
		end += len(cluster)
	}
	return strings.TrimRight(text[:end], " ") + ellipsis
}

// length counts UTF-16 code units.
func length(text string) int {
	count := 0
	for _, r := range text {
		count++
		if r > 0xFFFF {
			count++
		}
	}
	return count
}

// clean makes text one line that keeps to itself: line breaks become spaces,
// other control characters vanish, and so do the characters that turn the
// direction of whatever text comes after.
func clean(text string) string {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c > '~' {
			return strings.Map(cleanRune, text)
		}
	}
	return text
}

func cleanRune(r rune) rune {
	switch {
	case r == '\t', r == '\n', r == '\v', r == '\f', r == '\r', r == 0x85, r == 0x2028, r == 0x2029:
		return ' '
	case r < ' ', r >= 0x7F && r < 0xA0: // control characters
		return -1
	case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069: // embeddings, overrides and isolates
		return -1
	case r == utf8.RuneError:
		return utf8.RuneError
	}
	return r
}
