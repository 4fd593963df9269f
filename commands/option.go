package commands

import (
	"strings"

	"github.com/smallwins/smallwins/coaching"
)

// Option is an argument of a [Command]. Platforms that have fields for
// arguments show one for each; where people type a line, the options follow one
// another in the table's order, which is how the grammar reads them.
type Option struct {
	// Name stands in the usage line and on the platform's field: lower-case
	// letters, at most 32.
	Name string
	Kind OptionKind
	// Required options cannot be left out.
	Required bool
	// Summary is the id of the message that says what belongs there, in at most
	// 100 characters.
	Summary string
	// Choices are the words that a ChoiceOption may hold, at most 25. What a
	// platform shows for each is the message "choice_" and the word.
	Choices []string
	// States are those of the goals that a GoalOption offers; none means active
	// ones.
	States []coaching.State
}

// OptionKind is what an option holds.
type OptionKind string

// The kinds of options.
const (
	TextOption    OptionKind = "text"    // words
	GoalOption    OptionKind = "goal"    // a goal's number, or a part of its title
	AmountOption  OptionKind = "amount"  // +3, =120, 12k
	MetricOption  OptionKind = "metric"  // a kind of goal
	WinOption     OptionKind = "win"     // a small win of this week, by its number
	CommandOption OptionKind = "command" // a command of the table
	MemberOption  OptionKind = "member"  // a member, written "@" and the id
	GroupOption   OptionKind = "group"   // one of the platform's own groups or roles
	ChannelOption OptionKind = "channel" // a channel, written "#" and the id
	ChoiceOption  OptionKind = "choice"  // one of the Choices
	FileOption    OptionKind = "file"    // a file, on platforms that take one with a command
)

// Completed reports whether [Router.Handle] completes such an option while it
// is being typed.
func (k OptionKind) Completed() bool {
	switch k {
	case GoalOption, MetricOption, WinOption, CommandOption:
		return true
	}
	return false
}

// usage is the option as the usage line shows it.
func (o Option) usage() string {
	name := o.Name
	if len(o.Choices) > 0 && len(o.Choices) <= 4 {
		name = strings.Join(o.Choices, "/")
	}
	if o.Required {
		return "<" + name + ">"
	}
	return "[" + name + "]"
}

// usage is what follows the command's name, in the notation of the help text.
func (c Command) usage() string {
	if c.Usage != "" {
		return c.Usage
	}
	var words []string
	for _, option := range c.Options {
		if option.Kind != FileOption { // Nobody can type one.
			words = append(words, option.usage())
		}
	}
	return strings.Join(words, " ")
}

// The options that several commands have.
var (
	goalOption   = Option{Name: "goal", Kind: GoalOption, Required: true, Summary: "option_goal"}
	ownGoal      = Option{Name: "goal", Kind: GoalOption, Summary: "option_own_goal"}
	anyGoal      = Option{Name: "goal", Kind: GoalOption, Required: true, Summary: "option_goal", States: []coaching.State{coaching.Active, coaching.Parked, coaching.Closed}}
	noteOption   = Option{Name: "note", Kind: TextOption, Summary: "option_note"}
	reasonOption = Option{Name: "reason", Kind: TextOption, Summary: "option_reason"}
)

// settingNames are the settings that can be changed by name.
var settingNames = []string{"my", "nudge", "checkin", "review", "warnings", "zone", "week", "holiday", "country", "quiet", "currency", "rep", "owners", "costs", "margin", "funnel", "deal", "language", "focus", "managers", "hook", "changes"}

// editNames are the parts of a goal that can be changed by name.
var editNames = []string{"target", "baseline", "until", "title", "strategy", "why", "owner", "private", "milestone"}
