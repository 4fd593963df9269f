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

// maxValue is how many bytes a button may carry.
const maxValue = 200

// Router finds the command that a request means and carries it out. It is safe
// for concurrent use.
type Router struct {
	store   Store
	wording *Wording
	table   []Command
	// directory is nil where no platform can be asked about its members.
	directory Directory
}

// NewRouter returns a router over a store.
func NewRouter(store Store, wording *Wording) *Router {
	return &Router{store: store, wording: wording, table: Table()}
}

// Command is a subcommand of /goal. The table of them makes the router, the
// help, the platforms' registrations and the README.
type Command struct {
	Name string
	// Usage is what follows the name, in the notation of the help text.
	Usage string
	// Summary is the id of the message that says what it does.
	Summary string

	run func(*Router, context.Context, *ask) (Reply, error)
}

// Table returns the subcommands in the order in which help lists them.
func Table() []Command {
	return []Command{
		{Name: "new", Usage: "<statement>", Summary: "help_new", run: (*Router).propose},
		{Name: "progress", Usage: "[goal] [amount] [note]", Summary: "help_progress", run: (*Router).progress},
		{Name: "log", Usage: "[goal] <amount> [note]", Summary: "help_log", run: (*Router).log},
		{Name: "undo", Summary: "help_undo", run: (*Router).undo},
		{Name: "list", Usage: "[me/team/@name/all]", Summary: "help_list", run: (*Router).list},
		{Name: "team", Summary: "help_team", run: (*Router).board},
		{Name: "show", Usage: "<goal> [changes]", Summary: "help_show", run: (*Router).show},
		{Name: "edit", Usage: "<goal> [what] [value]", Summary: "help_edit", run: (*Router).edit},
		{Name: "focus", Usage: "<goal>", Summary: "help_focus", run: (*Router).focus},
		{Name: "park", Usage: "<goal> [reason]", Summary: "help_park", run: (*Router).park},
		{Name: "close", Usage: "<goal> [reason]", Summary: "help_close", run: (*Router).closeGoal},
		{Name: "plan", Usage: "<goal> [answer]", Summary: "help_plan", run: (*Router).plan},
		{Name: "done", Usage: "[small win]", Summary: "help_done", run: (*Router).done},
		{Name: "review", Usage: "[goal] [lessons]", Summary: "help_review", run: (*Router).review},
		{Name: "history", Usage: "[kind/import]", Summary: "help_history", run: (*Router).history},
		{Name: "settings", Usage: "[nudge 09:00 Mon-Fri Asia/Bangkok #sales]", Summary: "help_settings", run: (*Router).settings},
		{Name: "help", Usage: "[command]", Summary: "help_help", run: (*Router).help},
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
	actionLogForm: (*Router).logForm,
	actionTrail:   (*Router).trailChosen,

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
	actionLogForm = "log_form"
	actionTrail   = "goal_changes"
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
	// names are what people are called, as far as meet looked them up.
	names map[coaching.MemberID]string

	// actor is what role found out of the member, nil before; unsure is set
	// where the platform did not answer, claimed where the member has just
	// become the workspace's manager.
	actor           *coaching.Actor
	unsure, claimed bool
}

// meet looks up what members are called, so that the reply can name them.
func (r *Router) meet(ctx context.Context, ask *ask, members ...coaching.MemberID) error {
	for _, id := range members {
		if _, known := ask.names[id]; known || id == "" || id == ask.Member {
			continue
		}
		member, err := r.store.Member(ctx, ask.Request.Workspace, id)
		if err != nil {
			return err
		}
		if ask.names == nil {
			ask.names = make(map[coaching.MemberID]string)
		}
		ask.names[id] = member.Name
	}
	return nil
}

// member names a member without notifying them.
func (a *ask) member(id coaching.MemberID) Span {
	name := a.names[id]
	if id == a.Member {
		name = a.MemberName
	}
	return Span{Text: nameOr(name, id), Member: id}
}

// Handle carries out a request and returns what to say. Errors are
// [coaching.Error]s where the member can do something about them; Explain finds
// the words.
func (r *Router) Handle(ctx context.Context, request Request) (Reply, error) {
	workspace, err := r.store.Workspace(ctx, request.Workspace)
	if err != nil {
		return Reply{}, err
	}
	reply, err := r.carryOut(ctx, request, workspace)
	if err != nil && request.Locale == "" {
		err = &spokenError{error: err, language: workspace.Language}
	}
	return reply, err
}

// voice is the member's own, or where their language is unknown the team's.
func (r *Router) voice(request Request, workspace coaching.Workspace) *Voice {
	return r.wording.In(cmp.Or(request.Locale, workspace.Language))
}

// spokenError remembers in which language an error is to be explained.
type spokenError struct {
	error
	language string
}

func (e *spokenError) Unwrap() error { return e.error }

func (r *Router) carryOut(ctx context.Context, request Request, workspace coaching.Workspace) (Reply, error) {
	ask := &ask{
		Request: request, voice: r.voice(request, workspace), workspace: workspace,
		today: coaching.DateOf(request.Received.In(workspace.Location())),
	}
	reply, err := r.run(ctx, ask)
	return ask.announce(reply), err
}

// run carries out what is asked.
func (r *Router) run(ctx context.Context, ask *ask) (Reply, error) {
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
	voice := r.wording.In(request.Locale)
	var spoken *spokenError
	if errors.As(err, &spoken) {
		voice = r.wording.In(spoken.language)
	}
	return explained(voice, err, reference)
}

func explained(voice *Voice, err error, reference string) Reply {
	var line Line
	switch reason := reasonOf(err); {
	case reason != "" && voice.Has("reason_"+string(reason)):
		line = voice.Line("reason_"+string(reason), nil)
	default:
		line = voice.Line("reason_internal", Args{"reference": reference})
	}
	return Reply{Parts: []Part{Text{line}}}
}
