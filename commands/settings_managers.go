package commands

import (
	"context"
	"slices"
	"strings"

	"github.com/smallwins/smallwins/coaching"
)

// setManagers chooses managers and takes the choice back: "@ann @ben", "-@ben",
// and the same with the platform's own groups. Without names it shows the
// settings, which tell who they are.
func (r *Router) setManagers(ctx context.Context, ask *ask, values []string) (Reply, error) {
	if len(values) == 0 {
		return r.showSettings(ctx, ask, nil)
	}
	change, err := ask.managerChange(values)
	if err != nil {
		return Reply{}, err
	}
	// Without anybody in charge, whoever asks is chosen first: see may.
	if err := r.may(ctx, ask, coaching.ActManagers); err != nil {
		return Reply{}, err
	}
	if err := r.checkGroups(ctx, ask, change.AddGroups); err != nil {
		return Reply{}, err
	}
	choose := func(workspace coaching.Workspace) (coaching.Workspace, error) { return workspace.WithManagers(change) }
	if ask.workspace, err = r.changeSettings(ctx, ask, coaching.TraceManagers, choose); err != nil {
		return Reply{}, err
	}
	ask.actor = nil // they may have changed what they are themselves
	return r.showSettings(ctx, ask, ask.voice.Line("settings_saved", nil))
}

// managerChange reads who is to be chosen. Every word has to be a member or a
// group that the text really mentions.
func (a *ask) managerChange(values []string) (coaching.ManagerChange, error) {
	change := coaching.ManagerChange{GroupNames: make(map[string]string)}
	text := strings.Join(values, " ")
	// Names of groups may have spaces, so they are cut out first.
	for _, group := range a.Groups {
		before, after, found := strings.Cut(text, group.Text)
		if !found {
			continue
		}
		kept, drop := strings.CutSuffix(before, "-")
		if drop {
			change.DropGroups = append(change.DropGroups, group.ID)
		} else {
			change.AddGroups = append(change.AddGroups, group.ID)
			change.GroupNames[group.ID] = group.Text
		}
		text = kept + " " + after
	}
	for _, word := range strings.Fields(text) {
		if strings.EqualFold(word, "group") || strings.EqualFold(word, "role") {
			continue
		}
		id, drop := strings.CutPrefix(word, "-")
		member := coaching.MemberID(strings.TrimPrefix(id, "@"))
		switch mentioned := strings.HasPrefix(id, "@") && slices.Contains(a.Mentions, member); {
		case !mentioned:
			return change, coaching.Refuse("managers_who")
		case drop:
			change.Drop = append(change.Drop, member)
		default:
			change.Add = append(change.Add, member)
		}
	}
	if change.Empty() {
		return change, coaching.Refuse("managers_who")
	}
	return change, nil
}

// checkGroups refuses groups that the platform does not let the app look into,
// for choosing those would make nobody a manager.
func (r *Router) checkGroups(ctx context.Context, ask *ask, groups []string) error {
	if len(groups) == 0 || ask.Profile != nil {
		return nil
	}
	if r.directory == nil {
		return coaching.Refuse("groups_untold")
	}
	ctx, cancel := context.WithTimeout(ctx, askWithin)
	defer cancel()
	_, err := r.directory.Groups(ctx, ask.Request.Workspace, ask.Member, groups)
	switch coaching.CodeOf(err) {
	case "":
		return nil
	case coaching.Forbidden:
		return &coaching.Error{Code: coaching.Invalid, Reason: "groups_untold", Err: err}
	case coaching.NotFound:
		return &coaching.Error{Code: coaching.Invalid, Reason: "group_unknown", Err: err}
	default:
		return &coaching.Error{Code: coaching.Conflict, Reason: "role_unsure", Err: err}
	}
}

// managers words who the workspace's managers are.
func (r *Router) managers(ctx context.Context, ask *ask) (Line, error) {
	workspace := ask.workspace
	if err := r.meet(ctx, ask, workspace.Managers...); err != nil {
		return nil, err
	}
	var spans []Span
	for _, id := range workspace.Managers {
		spans = append(spans, ask.member(id))
	}
	for _, id := range workspace.ManagerGroups {
		spans = append(spans, Span{Text: ask.groupName(id)})
	}
	switch {
	case workspace.AdminKnown && len(spans) == 0:
		return ask.voice.Line("managers_admins", nil), nil
	case workspace.AdminKnown:
		return ask.voice.Line("managers_and_admins", Args{"managers": listed(spans)}), nil
	case len(spans) == 0:
		return ask.voice.Line("managers_none", nil), nil
	default:
		return listed(spans), nil
	}
}

// groupName is what a group is called, its id where that is not known.
func (a *ask) groupName(id string) string {
	if name, known := a.workspace.GroupNames[id]; known {
		return name
	}
	return id
}

// listed puts names behind one another.
func listed(spans []Span) Line {
	var line Line
	for i, span := range spans {
		if i > 0 {
			line = append(line, Span{Text: ", "})
		}
		line = append(line, span)
	}
	return line
}
