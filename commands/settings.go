package commands

import (
	"context"
	"slices"
	"strings"

	"github.com/smallwins/smallwins/coaching"
)

// settings shows or changes what the team agreed on. Without arguments it shows
// everything.
func (r *Router) settings(ctx context.Context, ask *ask) (Reply, error) {
	words := strings.Fields(ask.rest)
	if len(words) == 0 {
		return r.showSettings(ctx, ask, nil)
	}
	name, values := strings.ToLower(words[0]), words[1:]
	if kind, known := cadenceNamed(name); known && (kind != coaching.WarningCheck || !agreesOnWarnings(values)) {
		return r.setCadence(ctx, ask, kind, values)
	}
	switch name {
	case mySettings:
		return r.setMine(ctx, ask, values)
	case "rep":
		return r.setRep(ctx, ask, values)
	case "managers", "manager":
		return r.setManagers(ctx, ask, values)
	case "owners", "owner":
		if len(values) == 0 {
			return r.owners(ctx, ask)
		}
		return r.setOwner(ctx, ask, values)
	case "hook":
		return r.hook(ctx, ask, values)
	case trailWord:
		return r.settingsTrail(ctx, ask)
	}
	change := func(workspace coaching.Workspace) (coaching.Workspace, error) {
		return r.changed(ask, workspace, name, values)
	}
	if _, err := change(ask.workspace); err != nil {
		return Reply{}, err
	}
	act := coaching.ActSettings
	if slices.Contains(bookSettings, name) {
		act = coaching.ActBooks
	}
	if err := r.may(ctx, ask, act); err != nil {
		return Reply{}, err
	}
	workspace, err := r.changeSettings(ctx, ask, coaching.TraceSettings, change)
	if err != nil {
		return Reply{}, err
	}
	before := ask.workspace
	ask.workspace = workspace
	cadences, err := r.store.Cadences(ctx, workspace.ID)
	if err != nil {
		return Reply{}, err
	}
	if err := r.reschedule(ctx, ask, cadences); err != nil {
		return Reply{}, err
	}
	if err := r.listen(ctx, ask); err != nil { // the team's language may be another now
		return Reply{}, err
	}
	news := ask.voice.Line("settings_saved", nil)
	if _, lost := before.InCurrency(workspace.Currency); lost {
		news = ask.voice.Line("settings_saved_amounts_lost", Args{"currency": before.Currency})
	}
	return r.showSettings(ctx, ask, news)
}

// bookSettings are the settings that tell how the company earns.
var bookSettings = []string{"costs", "margin", "funnel", "deal"}

// changeSettings changes the workspace's settings, leaving a trace of it.
func (r *Router) changeSettings(ctx context.Context, ask *ask, kind coaching.TraceKind, change func(coaching.Workspace) (coaching.Workspace, error)) (coaching.Workspace, error) {
	after, err := change(ask.workspace)
	if err != nil {
		return coaching.Workspace{}, err
	}
	if err := r.trace(ctx, ask, coaching.Trace{Kind: kind, Shifts: coaching.SettingShifts(ask.workspace, after)}); err != nil {
		return coaching.Workspace{}, err
	}
	return r.store.ChangeWorkspace(ctx, ask.Request.Workspace, change)
}

// changed returns the workspace with one setting changed.
func (r *Router) changed(ask *ask, workspace coaching.Workspace, name string, values []string) (coaching.Workspace, error) {
	if len(values) == 0 {
		return workspace, coaching.Refuse("setting_value_missing")
	}
	var err error
	switch name {
	case zoneWord:
		if !isZone(values[0]) {
			return workspace, coaching.Refuse("zone_unknown")
		}
		workspace.Zone = values[0]
	case "language":
		language, spoken := r.wording.speaks(values[0])
		if !spoken {
			return workspace, coaching.Refuse("language_unknown")
		}
		workspace.Language = language
	case "week":
		workspace.Week, err = parseWeekdays(strings.Join(values, ","))
	case "holiday":
		workspace, err = withHolidays(workspace, values)
	case "country":
		workspace, err = inCountry(workspace, strings.Join(values, " "), ask.today.Year)
	case quietWord:
		workspace.Quiet, err = parseQuiet(values)
	case "currency":
		if !isCurrency(values[0]) {
			return workspace, coaching.Refuse("currency_unknown")
		}
		workspace, _ = workspace.InCurrency(strings.ToUpper(values[0]))
	case "focus":
		workspace.FocusLimit, err = focusLimit(strings.Join(values, " "))
	case "costs":
		return withCosts(workspace, strings.Join(values, " "))
	case "margin":
		return withMargin(workspace, strings.Join(values, " "))
	case string(coaching.WarningCheck):
		return withWarnings(workspace, values)
	case "funnel":
		return withFunnel(workspace, strings.Join(values, " "))
	case "deal":
		return withDeal(workspace, strings.Join(values, " "))
	default:
		return workspace, coaching.Refuse("setting_unknown")
	}
	return workspace, err
}

// maxFocus is the most goals that can be in focus at once: beyond it, nothing is.
const maxFocus = 10

func focusLimit(text string) (int, error) {
	limit, rest, err := scanCount(text, "focus_range")
	if err != nil || rest != "" || limit < 1 || limit > maxFocus {
		return 0, coaching.Refuse("focus_range")
	}
	return limit, nil
}

func isZone(name string) bool {
	_, err := coaching.Zone(name)
	return err == nil
}

// isCurrency reports whether the text has the form of an ISO 4217 code.
func isCurrency(text string) bool {
	return len(text) == 3 && strings.Trim(strings.ToUpper(text), "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

func (r *Router) showSettings(ctx context.Context, ask *ask, news Line) (Reply, error) {
	cadences, err := r.store.CadencesOf(ctx, ask.Request.Workspace, "")
	if err != nil {
		return Reply{}, err
	}
	seesBooks, err := r.can(ctx, ask, coaching.ActBooks)
	if err != nil {
		return Reply{}, err
	}
	workspace, voice := ask.workspace, ask.voice
	var books []Fact
	if seesBooks || ask.actor.Leaderless {
		books = ask.books()
	}
	managers, err := r.managers(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	var parts []Part
	if news != nil {
		parts = append(parts, Text{news})
	}
	parts = append(parts, Heading{voice.Line("settings_heading", nil)}, Facts{Items: append([]Fact{
		{Label: voice.Text("setting_zone", nil), Value: Line{{Text: workspace.Zone}}},
		{Label: voice.Text("setting_language", nil), Value: r.wording.In(workspace.Language).Line("language_name", nil)},
		{Label: voice.Text("setting_week", nil), Value: Line{{Text: ask.weekdays(workspace.Week)}}},
		{Label: voice.Text("setting_currency", nil), Value: Line{{Text: workspace.Currency}}},
		{Label: voice.Text("setting_holidays", nil), Value: ask.holidays()},
		{Label: voice.Text("setting_quiet", nil), Value: ask.quiet(workspace.Quiet)},
		{Label: voice.Text("setting_focus", nil), Value: Line{{Text: itoa(workspace.FocusLimit)}}},
		{Label: voice.Text("setting_managers", nil), Value: managers},
		ask.warningsFact(),
	}, books...)})
	reps, err := r.reps(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	if len(reps) > 0 {
		parts = append(parts, Text{voice.Line("reps_heading", nil)}, List{Items: reps})
	}
	list := List{Items: ask.cadenceLines(cadences, workspace.Terms())}
	if len(list.Items) == 0 {
		list.Items = append(list.Items, voice.Line("nudge_none", nil))
	}
	troubles, err := r.troubles(ctx, ask, false)
	if err != nil {
		return Reply{}, err
	}
	list.Items = append(list.Items, troubles...)
	parts = append(parts, list)
	owners, err := r.store.Owners(ctx, ask.Request.Workspace)
	if err != nil {
		return Reply{}, err
	}
	if n := owners.Unmatched(); n > 0 {
		parts = append(parts, Text{voice.Line("owners_waiting", Args{"count": n})})
	}
	reply := ask.say(append(parts, Note{voice.Line("settings_how", nil)})...)
	may, err := r.can(ctx, ask, coaching.ActSettings)
	if may || ask.actor.Leaderless {
		reply.Buttons = []Button{ask.beginButton("button_settings", dialogSettings, "")}
	}
	return reply, err
}

func channelSpan(channel coaching.ChannelID) Span {
	return Span{Text: "#" + string(channel), Channel: channel}
}
