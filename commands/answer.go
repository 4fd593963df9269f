package commands

import (
	"strings"

	"github.com/smallwins/smallwins/coaching"
)

// answerWords are the words that an answer of a plan begins with, in whatever
// language it goes on: each names the part of a question that it answers.
var answerWords = map[string]string{
	"succeeds": "succeeds", "ทำได้ดี": "succeeds",
	"hiccup": "hiccup", "hiccups": "hiccup", "ติดขัด": "hiccup",
	"tools": "tools", "เครื่องมือ": "tools",
	"leak": "leak", "จุดรั่ว": "leak",
	"audience": "audience", "กลุ่มเป้าหมาย": "audience",
	"reach": "reach", "เข้าถึง": "reach",
}

// answerPart returns the part that a word names, without what people put behind
// it; empty for another word.
func answerPart(word string) string {
	return answerWords[strings.ToLower(strings.TrimSuffix(word, ":"))]
}

// cutAnswer cuts a text before the first word that begins an answer.
func cutAnswer(text string) (before, answer string, found bool) {
	for rest := text; rest != ""; {
		word, after := cutWord(rest)
		if answerPart(word) != "" {
			return strings.TrimSpace(text[:len(text)-len(rest)]), rest, true
		}
		rest = after
	}
	return text, "", false
}

// parseAnswer reads one answer of a plan and returns how it is put there:
// "leak proposal: prices go out before the demo", "tools no a dialer".
func parseAnswer(text string) (put func(*coaching.Plan), err error) {
	word, words := cutWord(text)
	words = strings.TrimSpace(words)
	if words == "" {
		return nil, coaching.Refuse("answer_unreadable")
	}
	switch answerPart(word) {
	case "succeeds":
		return func(plan *coaching.Plan) { plan.Succeeds = words }, nil
	case "hiccup":
		return func(plan *coaching.Plan) { plan.Hiccups = words }, nil
	case "audience":
		return func(plan *coaching.Plan) { plan.Audience = words }, nil
	case "reach":
		return func(plan *coaching.Plan) { plan.Reach = words }, nil
	case "leak":
		stage, fix := cutStage(words)
		return func(plan *coaching.Plan) { plan.LeakStage, plan.LeakFix = stage, fix }, nil
	case "tools":
		return parseTools(words)
	default:
		return nil, coaching.Refuse("answer_unreadable")
	}
}

// parseTools reads whether the tools are there and, behind that, which.
func parseTools(text string) (put func(*coaching.Plan), err error) {
	word, words := cutWord(text)
	var has coaching.ToolsAnswer
	switch strings.ToLower(strings.TrimRight(word, ":,.")) {
	case "yes", "there", "มี":
		has = coaching.ToolsThere
	case "no", "missing", "ไม่มี":
		has = coaching.ToolsMissing
	case "unsure", "ไม่แน่ใจ":
		has = coaching.ToolsUnsure
	default:
		return nil, coaching.Refuse("tools_answer")
	}
	return func(plan *coaching.Plan) { plan.HasTools, plan.Tools = has, words }, nil
}

// cutStage cuts "proposal: what is tried there" into the stage's id and the
// rest. A text that begins with anything else is all rest.
func cutStage(text string) (stage, rest string) {
	word, rest := cutWord(text)
	name, marked := strings.CutSuffix(strings.ToLower(word), ":")
	if !marked || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
		return "", text
	}
	return name, rest
}
