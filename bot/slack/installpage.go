package slack

import (
	"bytes"
	_ "embed" // the page's HTML
	"html/template"
	"net/http"
	"net/url"

	"github.com/smallwins/smallwins/commands"
)

// page is what somebody who installs the app is told, as messages of wording.
type page struct {
	status        int
	heading, text string
	steps         []step
	// again leads back to the beginning, open to the app in Slack.
	again bool
	open  string
	team  string
	// spent is set where the state is of no use any more.
	spent bool
}

// step is something to do next: what for, and what to type.
type step struct{ text, line string }

// The pages of installations that ended otherwise than wished.
var (
	tooMany           = page{status: http.StatusTooManyRequests, heading: "install_busy_heading", text: "install_busy", again: true}
	stateUnknown      = page{status: http.StatusBadRequest, heading: "install_state_heading", text: "install_state", again: true}
	denied            = page{status: http.StatusForbidden, heading: "install_denied_heading", text: "install_denied", again: true, spent: true}
	refused           = page{status: http.StatusBadRequest, heading: "install_refused_heading", text: "install_refused", again: true, spent: true}
	codeSpent         = page{status: http.StatusBadRequest, heading: "install_code_heading", text: "install_code", again: true, spent: true}
	wholeOrganization = page{status: http.StatusForbidden, heading: "install_org_heading", text: "install_org", again: true, spent: true}
	settingsWrong     = page{status: http.StatusInternalServerError, heading: "install_settings_heading", text: "install_settings", spent: true}
	unanswering       = page{status: http.StatusBadGateway, heading: "install_away_heading", text: "install_away", again: true, spent: true}
	notStored         = page{status: http.StatusServiceUnavailable, heading: "install_unstored_heading", text: "install_unstored", again: true, spent: true}
)

// done is the page of an installation that ended well: what to do next.
// https://docs.slack.dev/interactivity/deep-linking
func done(team, name, app string) page {
	return page{
		status: http.StatusOK, heading: "install_done_heading", text: "install_done", team: name, spent: true,
		steps: []step{
			{"install_step_invite", "/invite @" + botName},
			{"install_step_goal", "/" + commands.Name + " new 20 demos this month"},
			{"install_step_nudge", "/" + commands.Name + " settings nudge 09:00 Mon-Fri"},
		},
		open: "https://" + slackHost + "/app_redirect?" + url.Values{"app": {app}, "team": {team}}.Encode(),
	}
}

//go:embed install.html
var installHTML string

var installTemplate = template.Must(template.New("install").Funcs(template.FuncMap{
	"isCode": func(span commands.Span) bool { return span.Style == commands.Code },
}).Parse(installHTML))

// show words a page in the languages that the browser asks for.
func (a *App) show(visit commands.Visit, p page) commands.Answer {
	voice := a.voice(visit.Language)
	type worded struct{ Text, Line string }
	shown := struct {
		Language, Heading string
		Text              commands.Line
		Steps             []worded
		Open, OpenText    string
		Again, AgainText  string
	}{
		Language: voice.Language(), Heading: voice.Text(p.heading, commands.Args{"team": p.team}), Text: voice.Line(p.text, nil),
		Open: p.open, OpenText: voice.Text("install_open", nil), AgainText: voice.Text("install_again", nil),
	}
	if p.again {
		shown.Again = InstallPath
	}
	for _, s := range p.steps {
		shown.Steps = append(shown.Steps, worded{voice.Text(s.text, nil), s.line})
	}
	header := map[string]string{"Content-Type": "text/html; charset=utf-8"}
	if p.status == http.StatusTooManyRequests {
		header["Retry-After"] = "60"
	}
	var body bytes.Buffer
	if err := installTemplate.Execute(&body, shown); err != nil { // It holds texts only.
		return commands.Answer{Status: http.StatusInternalServerError, Header: header}
	}
	return commands.Answer{Status: p.status, Header: header, Body: body.Bytes()}
}
