package coaching

import (
	"strings"
	"time"
	"unicode/utf8"
)

// Question is one of the four questions that a goal's plan answers. Package
// commands has their words, as question_<id>.
type Question string

// The questions.
const (
	// QuestionProcess asks where the sales process succeeds and where it
	// hiccups.
	QuestionProcess Question = "process"
	// QuestionTools asks whether the tools or resources are there to mend what
	// goes wrong and, if not, where they can be found.
	QuestionTools Question = "tools"
	// QuestionLeak asks at which stage most leads are lost, and how that stage
	// can be better.
	QuestionLeak Question = "leak"
	// QuestionAudience asks where the audience is, and how it is reached
	// better there.
	QuestionAudience Question = "audience"
)

// Questions returns the four questions in the order in which they are asked.
func Questions() []Question {
	return []Question{QuestionProcess, QuestionTools, QuestionLeak, QuestionAudience}
}

// ToolsAnswer says whether the tools for the work are there.
type ToolsAnswer string

// The answers about tools; the empty one is no answer.
const (
	ToolsThere   ToolsAnswer = "there"   // Plan.Tools names them
	ToolsMissing ToolsAnswer = "missing" // Plan.Tools says what to look for
	ToolsUnsure  ToolsAnswer = "unsure"
)

// Plan is how a goal will be reached: the answers to the four questions, in
// people's own words. Every part may be empty; build one with [NewPlan].
type Plan struct {
	Workspace WorkspaceID
	Goal      int

	// Succeeds and Hiccups say what goes well in the sales process and what
	// does not.
	Succeeds, Hiccups string

	HasTools ToolsAnswer
	Tools    string

	// LeakStage is the id of the funnel's stage that loses most, LeakFix what
	// is tried there. A team without a funnel leaves the stage empty and says
	// all in LeakFix.
	LeakStage, LeakFix string

	// Audience is where customers are found, Reach how to reach them better.
	Audience, Reach string

	By MemberID
	At time.Time
}

// NewPlan checks a plan and returns it with its texts trimmed. The error is
// Invalid with reason "workspace_missing", "goal_missing", "text_too_long" for
// an answer of more than [MaxText] characters, "stage_name", "tools_answer", or
// "plan_empty" where nothing is answered.
func NewPlan(plan Plan) (Plan, error) {
	for _, text := range plan.texts() {
		*text = strings.TrimSpace(*text)
		if utf8.RuneCountInString(*text) > MaxText {
			return Plan{}, Refuse("text_too_long")
		}
	}
	switch plan.HasTools {
	case "", ToolsThere, ToolsMissing, ToolsUnsure:
	default:
		return Plan{}, Refuse("tools_answer")
	}
	switch {
	case plan.Workspace == "":
		return Plan{}, Refuse("workspace_missing")
	case plan.Goal <= 0:
		return Plan{}, Refuse("goal_missing")
	case plan.LeakStage != "" && !stageName(plan.LeakStage):
		return Plan{}, Refuse("stage_name")
	case len(plan.Missing()) == len(Questions()):
		return Plan{}, Refuse("plan_empty")
	}
	return plan, nil
}

func (p *Plan) texts() []*string {
	return []*string{&p.Succeeds, &p.Hiccups, &p.Tools, &p.LeakStage, &p.LeakFix, &p.Audience, &p.Reach}
}

// Missing returns the questions that are not answered yet, in their order.
func (p Plan) Missing() []Question {
	var missing []Question
	for _, question := range Questions() {
		if !p.answers(question) {
			missing = append(missing, question)
		}
	}
	return missing
}

func (p Plan) answers(question Question) bool {
	switch question {
	case QuestionProcess:
		return p.Succeeds != "" || p.Hiccups != ""
	case QuestionTools:
		return p.HasTools != "" || p.Tools != ""
	case QuestionLeak:
		return p.LeakStage != "" || p.LeakFix != ""
	default:
		return p.Audience != "" || p.Reach != ""
	}
}
