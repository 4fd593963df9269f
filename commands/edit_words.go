package commands

import (
	"strings"

	"github.com/smallwins/smallwins/coaching"
)

// editable is a part of a goal that can be named to change it: how what is typed
// behind its name is read, and the form that asks for it.
type editable struct {
	form string
	read func(a *ask, goal coaching.Goal, text string) (coaching.Edit, error)
}

// partOf returns the part that a word names, in whatever language.
func partOf(word string) (editable, bool) {
	name := strings.ToLower(strings.TrimRight(word, ":="))
	if english, known := thaiParts[name]; known {
		name = english
	}
	part, known := editParts[name]
	return part, known
}

var thaiParts = map[string]string{
	"เป้า": "target", "เป้าหมาย": "target", "ค่าตั้งต้น": "baseline", "ฐาน": "baseline", "ถึง": "until", "วันสุดท้าย": "until",
	"ชื่อ": "title", "วิธี": "strategy",
	"เหตุผล": "why", "เจ้าของ": "owner", "ส่วนตัว": "private", "หมุดหมาย": "milestone",
}

// editParts are the parts by the words that name them.
var editParts = map[string]editable{
	"target":   {formPosts, (*ask).readTarget},
	"baseline": {formPosts, (*ask).readBaseline},
	"from":     {formPosts, (*ask).readBaseline},
	"until":    {formPosts, (*ask).readUntil},
	"end":      {formPosts, (*ask).readUntil},
	"title": {formWords, func(_ *ask, _ coaching.Goal, text string) (coaching.Edit, error) {
		return coaching.Edit{Title: &text}, nil
	}},
	"strategy": {formWords, func(_ *ask, _ coaching.Goal, text string) (coaching.Edit, error) {
		return coaching.Edit{Strategy: &text}, nil
	}},
	"why": {formWords, func(_ *ask, _ coaching.Goal, text string) (coaching.Edit, error) {
		return coaching.Edit{Why: &text}, nil
	}},
	"owner":     {formOwner, (*ask).readOwner},
	"private":   {formOwner, (*ask).readPrivate},
	"milestone": {formMilestone, (*ask).readMilestone},
}

// cutReason cuts "30 because two reps joined" into the value and the reason.
func cutReason(text string) (value, reason string) {
	lower := strings.ToLower(text)
	for _, word := range []string{"because ", "since ", "เพราะ"} {
		i := strings.Index(lower, " "+word)
		// Lower case may be longer or shorter than what was written.
		if i >= 0 && len(lower) == len(text) {
			return strings.TrimSpace(text[:i]), strings.TrimSpace(text[i+1+len(word):])
		}
	}
	return text, ""
}

// wholeFigure reads a text that is a figure and nothing else.
func wholeFigure(text string) (coaching.Figure, error) {
	figure, rest, err := coaching.ScanFigure(text)
	if err == nil && rest != "" {
		err = coaching.Refuse("edit_figure_alone")
	}
	return figure, err
}

func (a *ask) readTarget(goal coaching.Goal, text string) (coaching.Edit, error) {
	value, reason := cutReason(text)
	figure, err := wholeFigure(value)
	if err != nil {
		return coaching.Edit{}, err
	}
	size, err := goal.ReadSize(figure)
	return coaching.Edit{Size: &size, Reason: reason}, err
}

func (a *ask) readBaseline(goal coaching.Goal, text string) (coaching.Edit, error) {
	value, reason := cutReason(text)
	figure, err := baselineFigure(goal, value)
	return coaching.Edit{Baseline: &figure, Reason: reason}, err
}

// baselineFigure reads what a target is compared with.
func baselineFigure(goal coaching.Goal, text string) (coaching.Baseline, error) {
	figure, err := wholeFigure(text)
	switch {
	case err != nil:
		return coaching.Baseline{}, err
	case figure.Sign == '+':
		return coaching.Baseline{}, coaching.Refuse("setting_signed")
	}
	figure.Sign = '='
	entry, err := coaching.NewEntry(goal, figure, "") // under the rules of what can be logged
	return coaching.Baseline{Figure: entry.Amount, Known: true}, err
}

func (a *ask) readUntil(_ coaching.Goal, text string) (coaching.Edit, error) {
	value, reason := cutReason(text)
	to, err := a.lastDay(value)
	return coaching.Edit{To: &to, Reason: reason}, err
}

// lastDay reads the day that a goal runs until: a date, or the words for a
// deadline, "Friday", "the end of Q2".
func (a *ask) lastDay(text string) (coaching.Date, error) {
	if date, err := coaching.ParseDate(text); err == nil {
		return date, nil
	}
	period := coaching.ParseStatement("by "+text, a.today).Period
	if !period.Found() {
		return coaching.Date{}, coaching.Refuse("edit_until")
	}
	return period.To, nil
}

// readOwner reads "@ben", "me" or "team".
func (a *ask) readOwner(_ coaching.Goal, text string) (coaching.Edit, error) {
	value, reason := cutReason(text)
	var owner coaching.MemberID
	switch {
	case strings.EqualFold(value, "team"), value == "ทีม":
	case strings.EqualFold(value, "me"), value == "ฉัน":
		owner = a.Member
	case len(a.Mentions) == 1 && value == "@"+string(a.Mentions[0]):
		owner = a.Mentions[0]
	default:
		return coaching.Edit{}, coaching.Refuse("edit_owner")
	}
	return coaching.Edit{Owner: &owner, Reason: reason}, nil
}

func (a *ask) readPrivate(_ coaching.Goal, text string) (coaching.Edit, error) {
	private := false
	switch strings.ToLower(text) {
	case "yes", "on", "ใช่":
		private = true
	case "no", off, "ไม่":
	default:
		return coaching.Edit{}, coaching.Refuse("edit_private")
	}
	return coaching.Edit{Private: &private}, nil
}

// readMilestone reads "2 15 2026-04-10": the milestone's place, its figure, and
// its day where that changes, too.
func (a *ask) readMilestone(goal coaching.Goal, text string) (coaching.Edit, error) {
	value, reason := cutReason(text)
	place, rest := cutWord(value)
	number, behind, err := scanCount(strings.TrimPrefix(place, "#"), "milestone_unknown")
	plan := goal.MilestonePlan(a.workspace.Calendar(), a.workspace.Location())
	if err != nil || behind != "" || number < 1 || number > len(plan) {
		return coaching.Edit{}, coaching.Refuse("milestone_unknown")
	}
	to := plan[number-1]
	words := strings.Fields(rest)
	if last := len(words) - 1; last >= 0 {
		if day, err := coaching.ParseDate(words[last]); err == nil {
			to.Day, words = day, words[:last]
		}
	}
	if len(words) > 0 {
		baseline, err := baselineFigure(goal, strings.Join(words, " "))
		if err != nil {
			return coaching.Edit{}, err
		}
		to.Value = baseline.Figure.InexactFloat64()
	}
	return coaching.Edit{Milestones: []coaching.MilestoneMove{{Index: number - 1, To: to}}, Reason: reason}, nil
}
