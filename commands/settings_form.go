package commands

import (
	"context"
	"slices"
	"strings"

	"github.com/smallwins/smallwins/coaching"
)

// dialogSettings is the dialog that changes a setting.
const dialogSettings = "settings"

// settingField is the field that says which setting is changed.
const settingField = "setting"

// settingForm asks for one setting. Its answers are written as the line that
// could have been typed, so that a form can do just what a line can.
type settingForm struct {
	name string
	// fields ask, beginning with what is set now.
	fields func(ctx context.Context, r *Router, ask *ask) ([]Field, error)
	// line writes the answers behind the setting's name.
	line func(ask *ask, dialog coaching.Dialog) (typed, problems)
}

// typed is what a member could have typed, and whom it mentions.
type typed struct {
	text     string
	mentions []coaching.MemberID
}

// settingForms are the forms in the order in which they are offered.
var settingForms = []settingForm{
	{"zone", zoneFields, zoneLine},
	{"language", languageFields, languageLine},
	{"week", weekFields, weekLine},
	{"holiday", holidayFields, holidayLine},
	{"country", countryFields, countryLine},
	{quietWord, quietFields, quietLine},
	{"currency", currencyFields, currencyLine},
	{string(coaching.NudgeDaily), cadenceFields(coaching.NudgeDaily), cadenceLine},
	{string(coaching.CheckInWeekly), cadenceFields(coaching.CheckInWeekly), cadenceLine},
	{string(coaching.ReviewEnd), cadenceFields(coaching.ReviewEnd), cadenceLine},
	{string(coaching.WarningCheck), warningFields, warningLine},
	{"focus", focusFields, focusLine},
	{"rep", repFields, repLine},
	{"managers", managerFields, managerLine},
	{"costs", costFields, costLine},
	{"margin", marginFields, marginLine},
	{"funnel", funnelFields, funnelLine},
	{"deal", dealFields, dealLine},
}

// offeredForms are the forms but for those of cadences that tell nothing here.
func offeredForms() []settingForm {
	return slices.DeleteFunc(slices.Clone(settingForms), func(form settingForm) bool {
		kind := coaching.CadenceKind(form.name)
		_, told := gatherers[kind]
		return kind.Known() && !told
	})
}

// settingsScript asks which setting to change, then for it.
func (r *Router) settingsScript(ctx context.Context, ask *ask, dialog coaching.Dialog) (script, error) {
	// The first to change a setting of a team that nobody leads becomes its
	// manager; looking at the forms changes none.
	may, err := r.can(ctx, ask, coaching.ActSettings)
	if err == nil && !may && !ask.actor.Leaderless {
		err = r.may(ctx, ask, coaching.ActSettings)
	}
	if err != nil {
		return script{}, err
	}
	steps := []step{{name: "which", settled: dialog.Answered(settingField), prompt: func(context.Context) (Reply, error) {
		return ask.askSetting(), nil
	}}}
	var form settingForm
	for _, known := range offeredForms() {
		if known.name == dialog.Answer(settingField) {
			form = known
			steps = append(steps, r.settingStep(ask, form, dialog))
		}
	}
	return script{steps: steps, finish: func(ctx context.Context) (Reply, string, error) {
		line, _ := form.line(ask, dialog)
		ask.rest, ask.Mentions, ask.Channels = form.name+" "+line.text, line.mentions, []coaching.ChannelID{dialog.Channel}
		ask.Channel = dialog.Channel
		reply, err := r.settings(ctx, ask)
		return reply, form.name, err
	}}, nil
}

// asked is answered with every form, and so tells that one was.
const asked = "asked"

func (r *Router) settingStep(ask *ask, form settingForm, dialog coaching.Dialog) step {
	return step{
		name: form.name, settled: dialog.Answered(asked),
		prompt: func(ctx context.Context) (Reply, error) {
			fields, err := form.fields(ctx, r, ask)
			if err != nil {
				return Reply{}, err
			}
			return ask.asks("settings_title", ask.voice.Line("setting_"+form.name+"_ask", nil), fields...), nil
		},
		accept: func(_ context.Context, dialog coaching.Dialog) (coaching.Dialog, problems, error) {
			line, wrong := form.line(ask, dialog)
			if len(wrong) == 0 {
				var err error
				if wrong, err = r.tryLine(ask, form, line.text); err != nil {
					return dialog, nil, err
				}
			}
			return dialog.With(map[string][]string{asked: {}}), wrong, nil
		},
	}
}

// tryLine returns what is to be mended where a setting cannot be that.
func (r *Router) tryLine(ask *ask, form settingForm, line string) (problems, error) {
	var err error
	words := strings.Fields(line)
	_, isCadence := cadenceNamed(form.name)
	switch {
	case form.name == "rep", form.name == "managers":
	case isCadence:
		there := *ask
		there.Channels = []coaching.ChannelID{ask.Channel}
		when, rules := cutRules(words)
		if _, err = there.cadenceArgs(when); err == nil {
			_, err = withWarnings(ask.workspace, rules)
		}
	default:
		_, err = r.changed(ask, ask.workspace, form.name, words)
	}
	return wrongAt(err, map[coaching.Reason]string{"": settingErrors[form.name], "weekdays_unreadable": "days", "cadence_unreadable": "zone", "warning_kind_unknown": watchWord})
}

// settingErrors names the field at which a form shows what is wrong with the
// whole.
var settingErrors = map[string]string{
	"zone": "zone", "language": "language", "week": "days", "holiday": "dates", "country": "country", quietWord: "hours", "currency": "currency", "nudge": "time", "checkin": "time", "review": "time", "warnings": "time", "focus": "limit",
	"costs": "salaries", "margin": "margin", "funnel": "stages", "deal": "mean",
}

func (a *ask) askSetting() Reply {
	field := Field{Name: settingField, Kind: PickOne, Label: a.voice.Text("settings_which", nil)}
	for _, form := range offeredForms() {
		field.Choices = append(field.Choices, a.choice(form.name, "setting_"+form.name+"_name"))
	}
	return a.asks("settings_title", a.voice.Line("settings_which", nil), field)
}
