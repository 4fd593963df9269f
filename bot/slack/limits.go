package slack

import "github.com/smallwins/smallwins/bot/plain"

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
	maxAlt          = 2000 // a picture's text alternative
	maxUploadAlt    = 1000 // the same, of a file
	maxFallback     = 700  // ours: escaped, it stays below the 4,000 that Slack advises for a message's text
	maxButtonBlocks = 10   // ours: the rest of a message is for what it says
	maxRow          = 5    // ours: what a row of buttons promises
	maxItems        = 40   // ours: a longer list is for nobody
	maxPromptFields = 5    // ours: what a prompt promises
)

// maxPost bounds the blocks of a posted message as JSON, in characters. Slack
// publishes no such limit but refuses a post of about 13,200 characters in all
// with msg_blocks_too_long (reported in slackapi/bolt-js issues 2509 and 2867).
// Answers to commands are not subject to it.
const maxPost = 12000

const ellipsis = plain.Ellipsis

func truncate(text string, limit int) string { return plain.Truncate(text, limit) }

func length(text string) int { return plain.Length(text) }

func clean(text string) string { return plain.Clean(text) }
