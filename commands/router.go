package commands

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"github.com/smallwins/smallwins/coaching"
)

// Name is the chat command that everything hangs on.
const Name = "goal"

// Summary is the id of the message that says what it is for.
const Summary = "command_goal"

// maxValue is how many bytes a button may carry, by the least that a platform
// has room for: Discord's 100 characters hold the action's name too.
const maxValue = 80

// Router finds the command that a request means and carries it out. It is safe
// for concurrent use.
type Router struct {
	store   Store
	wording *Wording
	table   []Command
	// directory is nil where no platform can be asked about its members.
	directory Directory
	// files is nil where no platform can be asked for what members send.
	files Files
	// publicURL is where the server is reached, empty where that is not known.
	publicURL string

	outlooks outlooks
}

// NewRouter returns a router over a store.
func NewRouter(store Store, wording *Wording) *Router {
	return &Router{store: store, wording: wording, table: Table()}
}

// Command is a subcommand of /goal. The table of them makes the router, the
// help, the platforms' registrations and the README.
type Command struct {
	Name string
	// Usage is what follows the name, in the notation of the help text; empty
	// means what the options say.
	Usage string
	// Options are what may follow the name, in the order in which it is typed.
	Options []Option
	// Summary is the id of the message that says what it does.
	Summary string

	run func(*Router, context.Context, *ask) (Reply, error)
}

// Table returns the subcommands in the order in which help lists them.
func Table() []Command {
	return []Command{
		{Name: "new", Summary: "help_new", run: (*Router).propose, Options: []Option{
			{Name: "statement", Kind: TextOption, Summary: "option_statement"},
		}},
		{Name: "progress", Summary: "help_progress", run: (*Router).progress, Options: []Option{
			ownGoal, {Name: "amount", Kind: AmountOption, Summary: "option_amount"}, noteOption,
		}},
		{Name: "log", Summary: "help_log", run: (*Router).log, Options: []Option{
			ownGoal, {Name: "amount", Kind: AmountOption, Required: true, Summary: "option_amount"}, noteOption,
		}},
		{Name: "undo", Summary: "help_undo", run: (*Router).undo},
		{Name: "overview", Summary: "help_overview", run: (*Router).overview},
		{Name: "list", Usage: "[me/team/@name/all]", Summary: "help_list", run: (*Router).list, Options: []Option{
			{Name: "whose", Kind: ChoiceOption, Summary: "option_whose", Choices: []string{"me", "team", "all"}},
			{Name: "member", Kind: MemberOption, Summary: "option_member"},
		}},
		{Name: "team", Summary: "help_team", run: (*Router).board},
		{Name: "show", Usage: "<goal> [changes]", Summary: "help_show", run: (*Router).show, Options: []Option{
			anyGoal, {Name: "part", Kind: ChoiceOption, Summary: "option_part", Choices: []string{"changes"}},
		}},
		{Name: "edit", Usage: "<goal> [what] [value]", Summary: "help_edit", run: (*Router).edit, Options: []Option{
			goalOption,
			{Name: "what", Kind: ChoiceOption, Summary: "option_what", Choices: editNames},
			{Name: "member", Kind: MemberOption, Summary: "option_edit_member"},
			{Name: "value", Kind: TextOption, Summary: "option_edit_value"},
		}},
		{Name: "focus", Summary: "help_focus", run: (*Router).focus, Options: []Option{anyGoal}},
		{Name: "park", Summary: "help_park", run: (*Router).park, Options: []Option{goalOption, reasonOption}},
		{Name: "close", Summary: "help_close", run: (*Router).closeGoal, Options: []Option{goalOption, reasonOption}},
		{Name: "plan", Summary: "help_plan", run: (*Router).plan, Options: []Option{
			goalOption, {Name: "answer", Kind: TextOption, Summary: "option_answer"},
		}},
		{Name: "done", Usage: "[small win]", Summary: "help_done", run: (*Router).done, Options: []Option{
			{Name: "win", Kind: WinOption, Summary: "option_win"},
		}},
		{Name: "review", Summary: "help_review", run: (*Router).review, Options: []Option{
			{Name: "goal", Kind: GoalOption, Summary: "option_own_goal", States: []coaching.State{coaching.Active, coaching.Closed}},
			{Name: "lessons", Kind: TextOption, Summary: "option_lessons"},
		}},
		{Name: "history", Usage: "[kind/import]", Summary: "help_history", run: (*Router).history, Options: []Option{
			{Name: "kind", Kind: MetricOption, Summary: "option_metric"},
			{Name: "span", Kind: ChoiceOption, Summary: "option_span", Choices: []string{"weekly", "monthly", "quarterly", "yearly"}},
		}},
		{Name: "import", Summary: "help_import", run: (*Router).importRows, Options: []Option{
			{Name: "file", Kind: FileOption, Summary: "option_file"},
		}},
		{Name: "export", Summary: "help_export", run: (*Router).export, Options: []Option{
			{Name: "whose", Kind: ChoiceOption, Summary: "option_export", Choices: []string{"me", "team"}},
		}},
		{Name: "forget-me", Summary: "help_forget", run: (*Router).forgetMe},
		{Name: "away", Usage: "[from] [to]", Summary: "help_away", run: (*Router).away, Options: []Option{
			{Name: "member", Kind: MemberOption, Summary: "option_away_member"},
			{Name: "from", Kind: TextOption, Summary: "option_away_from"},
			{Name: "to", Kind: TextOption, Summary: "option_away_to"},
		}},
		{Name: "snooze", Usage: "<until>", Summary: "help_snooze", run: (*Router).snooze, Options: []Option{
			{Name: "until", Kind: TextOption, Required: true, Summary: "option_until"},
		}},
		{Name: "settings", Usage: "[nudge 09:00 Mon-Fri Asia/Bangkok #sales]", Summary: "help_settings", run: (*Router).settings, Options: []Option{
			{Name: "setting", Kind: ChoiceOption, Summary: "option_setting", Choices: settingNames},
			{Name: "member", Kind: MemberOption, Summary: "option_setting_member"},
			{Name: "role", Kind: GroupOption, Summary: "option_setting_role"},
			{Name: "value", Kind: TextOption, Summary: "option_value"},
			{Name: "channel", Kind: ChannelOption, Summary: "option_setting_channel"},
		}},
		{Name: "help", Summary: "help_help", run: (*Router).help, Options: []Option{
			{Name: "command", Kind: CommandOption, Summary: "option_command"},
		}},
	}
}

// actions are what buttons do, by their name.
var actions = map[string]func(*Router, context.Context, *ask) (Reply, error){
	actionCreate:  (*Router).create,
	actionRefine:  (*Router).refine,
	actionLog:     (*Router).logChosen,
	actionSwap:    (*Router).swap,
	actionWinDone: (*Router).doneChosen,
	actionReview:  (*Router).reviewChosen,
	actionRun:     (*Router).runCommand,
	actionTrail:   (*Router).trailChosen,
	actionForget:  (*Router).forgetChosen,
	actionPicture: (*Router).picture,

	actionAnswered:   (*Router).answerChosen,
	actionOwnGoals:   (*Router).ownGoals,
	actionKudos:      (*Router).applaud,
	actionWeek:       (*Router).weekChosen,
	actionWinTick:    (*Router).tickChosen,
	actionReviewNext: (*Router).reviewNext,
	actionWarning:    (*Router).warningChosen,

	actionBegin:  (*Router).beginChosen,
	ActionAnswer: (*Router).converse,
	ActionBack:   (*Router).converse,
	ActionDrop:   (*Router).converse,
	ActionOpen:   (*Router).converse,
	actionRest:   (*Router).converse,
}

// The names of the actions.
const (
	actionCreate  = "goal_create"
	actionRefine  = "goal_refine"
	actionLog     = "goal_log"
	actionSwap    = "goal_swap"
	actionWinDone = "win_done"
	actionReview  = "goal_review"
	actionRun     = "command_run"
	actionTrail   = "goal_changes"
	actionPicture = "picture"

	actionAnswered   = "checkin_answer"
	actionOwnGoals   = "checkin_own"
	actionKudos      = "kudos"
	actionWeek       = "win_week"
	actionWinTick    = "win_tick"
	actionReviewNext = "review_begin"
	actionWarning    = "warning"
)

// ask is a request together with what every command needs to know.
type ask struct {
	Request
	voice     *Voice
	workspace coaching.Workspace
	// today is the local date in the workspace's zone.
	today coaching.Date
	// rest is the text after the subcommand's name.
	rest string
	// names are what people are called, as far as meet looked them up; known is
	// what self looked up of the member who asks, nil before.
	names map[coaching.MemberID]string
	known *coaching.Member
	// ownCalendar is when the member who asks works, calendars are when others do,
	// as far as learnCalendar looked them up. Most ask of what is their own.
	ownCalendar *coaching.Calendar
	calendars   map[coaching.MemberID]*coaching.Calendar

	// tables are those that readRows read.
	tables map[string]tableRead

	// actor is what role found out of the member, nil before; unsure is set
	// where the platform did not answer, claimed where the member has just
	// become the workspace's manager.
	actor           *coaching.Actor
	unsure, claimed bool
}

// Handle carries out a request and returns what to say. Errors are
// [coaching.Error]s where the member can do something about them; Explain finds
// the words.
func (r *Router) Handle(ctx context.Context, request Request) (Reply, error) {
	if request.Workspace == "" {
		// A message to the bot alone, on a platform where that belongs to no team.
		return Reply{}, coaching.Refuse("server_only")
	}
	workspace, err := r.store.Workspace(ctx, request.Workspace)
	if err != nil {
		return Reply{}, err
	}
	ask := &ask{
		Request: request, workspace: workspace,
		today: coaching.DateOf(request.Received.In(workspace.Location())),
	}
	if err := r.listen(ctx, ask); err != nil {
		return Reply{}, err
	}
	reply, err := r.run(ctx, ask)
	if err != nil && request.Locale == "" {
		err = &spokenError{error: err, language: ask.language()}
	}
	reply.Language = ask.language()
	return ask.announce(reply), err
}

// listen finds the voice for the member who asks: in the language that the
// request tells, else in the one that the platform told earlier, else in the
// team's. The platform is not asked for that alone. Where the request comes
// without a profile it calls the member by their handle, which the name that the
// platform told earlier is better than.
func (r *Router) listen(ctx context.Context, ask *ask) error {
	if ask.Locale == "" || ask.Profile == nil {
		known, err := r.self(ctx, ask)
		if err != nil {
			return err
		}
		if ask.Profile == nil {
			ask.MemberName = cmp.Or(known.Name, ask.MemberName)
		}
	}
	ask.voice = r.wording.In(ask.language())
	return nil
}

// language is the one that the member is spoken to in, as far as it is known.
func (a *ask) language() string {
	known := ""
	if a.known != nil {
		known = a.known.Locale
	}
	return cmp.Or(a.Locale, known, a.workspace.Language)
}

// spokenError remembers in which language an error is to be explained.
type spokenError struct {
	error
	language string
}

func (e *spokenError) Unwrap() error { return e.error }

// run carries out what is asked.
func (r *Router) run(ctx context.Context, ask *ask) (Reply, error) {
	if ask.Via == ViaCompletion {
		return r.complete(ctx, ask)
	}
	if ask.Via == ViaHome {
		return r.home(ctx, ask)
	}
	if ask.Action != "" {
		return r.act(ctx, ask)
	}
	if ask.Via == ViaDirect {
		return r.direct(ctx, ask)
	}
	name, rest := cutWord(strings.TrimSpace(ask.Text))
	ask.rest = strings.TrimSpace(rest)
	if name == "" {
		return r.overview(ctx, ask)
	}
	if command, found := r.command(name); found {
		return command.run(r, ctx, ask)
	}
	return r.unknown(ask, name), nil
}

// act does what a button or form is for.
func (r *Router) act(ctx context.Context, ask *ask) (Reply, error) {
	run, known := actions[ask.Action]
	if !known {
		return Reply{}, coaching.Refuse("button_unknown")
	}
	ask.rest = ask.Value
	return run(r, ctx, ask)
}

// command returns the subcommand of that name.
func (r *Router) command(name string) (Command, bool) {
	for _, command := range r.table {
		if strings.EqualFold(command.Name, name) {
			return command, true
		}
	}
	return Command{}, false
}

// Explain words an error for the member who asked. The reference helps an
// operator to find what is in the log about it.
func (r *Router) Explain(request Request, err error, reference string) Reply {
	language := request.Locale
	var spoken *spokenError
	if errors.As(err, &spoken) {
		language = spoken.language
	}
	reply := explained(r.wording.In(language), err, reference)
	reply.Language = language
	return reply
}

func explained(voice *Voice, err error, reference string) Reply {
	var line Line
	switch reason := reasonOf(err); {
	case reason != "" && voice.Has("reason_"+string(reason)):
		line = voice.Line("reason_"+string(reason), voice.reasonArgs(reason))
	default:
		line = voice.Line("reason_internal", Args{"reference": reference})
	}
	return Reply{Parts: []Part{Text{line}}}
}
