package sandbox

import (
	"bytes"
	"cmp"
	"context"
	"embed"
	"fmt"
	"hash/fnv"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

//go:embed templates static wording
var files embed.FS

// readPages reads the templates with the words of a language.
func readPages(words *words) (*template.Template, error) {
	pages, err := template.New("").Funcs(template.FuncMap{
		"say": words.say, "json": jsonText, "fieldID": fieldID, "described": described,
	}).ParseFS(files, "templates/*.html")
	if err != nil {
		return nil, fmt.Errorf("read templates: %w", err)
	}
	return pages, nil
}

// fieldID is the id of a field's element: the same for the same field, so that
// what was typed is still there when the form is shown anew.
func fieldID(name string) string { return "f" + versionOf(name) }

// described lists the ids of what describes a field.
func described(id, hint, wrong string) string {
	var ids []string
	if wrong != "" {
		ids = append(ids, id+"-wrong")
	}
	if hint != "" {
		ids = append(ids, id+"-hint")
	}
	return strings.Join(ids, " ")
}

// versionOf tells texts apart.
func versionOf(text string) string {
	sum := fnv.New64a()
	_, _ = sum.Write([]byte(text))
	return strconv.FormatUint(sum.Sum64(), 36)
}

// static serves the style sheet and the script.
func static() http.Handler {
	next := http.FileServerFS(files)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-cache")
		next.ServeHTTP(w, r)
	})
}

// fragment is a part of the page that changes by itself.
type fragment struct {
	HTML    template.HTML
	Version string
}

// pageView is all that the page shows when it is opened.
type pageView struct {
	Language  string
	On        string
	Team      Team
	At        place
	Title     string // the conversation's
	Topic     string
	Box       string // the message box's label
	Attaches  bool   // whether a file can be sent with a message
	Unheard   string // said of words that no bot hears
	Looks     []linkView
	Languages []linkView
	Channels  []linkView
	Apps      []linkView
	People    []linkView
	Messages  []template.HTML
	Guide     *fragment
	Home      fragment
	Modal     fragment
	Revision  int64
	WireFrom  int
	Clock     clockView
	Zone      string
	Jumps     []jump
	Command   command
	Faults    []string
}

// page shows a conversation as one of its members sees it.
func (s *Sandbox) page(w http.ResponseWriter, r *http.Request) {
	at := s.where(r)
	on := at.platform
	// Taken first: what comes while the page is made is then sent again, not lost.
	_, revision, _ := on.since(newest)
	if page, has := on.(homely); has && at.Home {
		page.visit(r.Context(), at)
	}
	view := pageView{
		Language: s.config.Language, On: on.name(), Team: on.team(), At: at, Revision: revision,
		Clock: s.clockView(), Zone: s.zone.String(), Command: on.command(at.Member),
	}
	if s.config.Advance != nil {
		view.Jumps = jumps
	}
	for _, kind := range pageFaults {
		view.Faults = append(view.Faults, string(kind))
	}
	view.Faults = append(view.Faults, heal)
	s.name(&view)
	s.links(&view)
	err := s.fillPage(r.Context(), &view)
	var out bytes.Buffer
	if err == nil {
		err = s.pages.ExecuteTemplate(&out, "page", view)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = out.WriteTo(w)
}

// name says where the page is.
func (s *Sandbox) name(view *pageView) {
	bot := view.Team.botName()
	switch {
	case view.At.Home:
		view.Title, view.Topic = s.words.say("home_name", "bot", bot), s.words.text("home_topic", nil)
	case view.At.Channel.direct():
		view.Title, view.Topic = bot, s.words.text("direct_topic", nil)
	default:
		view.Title, view.Topic = "#"+view.At.Channel.Name, view.At.Channel.Topic
	}
	// Discord has files as options of commands.
	view.Attaches = view.At.Channel.direct() && view.At.platform == platform(s.slack)
	if !view.At.Channel.direct() {
		view.Unheard = s.words.say("unheard", "command", view.Command.Name)
	}
	view.Box = s.words.say("message_box", "where", view.Title, "command", view.Command.Name)
}

// fillPage fills in what changes by itself.
func (s *Sandbox) fillPage(ctx context.Context, view *pageView) error {
	messages := view.At.platform.in(view.At.Channel.ID)
	slices.SortStableFunc(messages, func(a, b Message) int { return cmp.Compare(order(a), order(b)) })
	for _, message := range messages {
		if message.OnlyFor != "" && message.OnlyFor != view.At.Member.ID {
			continue
		}
		html, err := s.renderMessage(view.At, message)
		if err != nil {
			return err
		}
		view.Messages = append(view.Messages, html)
	}
	parts, err := s.fragments(ctx, view.At)
	if err != nil {
		return err
	}
	view.Home, view.Modal = parts["home"], parts["modal"]
	if guide, shown := parts["guide"]; shown {
		view.Guide = &guide
	}
	return nil
}

// fragments are the parts of the page that change by themselves, by the id of
// their element.
func (s *Sandbox) fragments(ctx context.Context, at place) (map[string]fragment, error) {
	parts := map[string]fragment{"modal": {}}
	add := func(id, name string, data any) error {
		var out bytes.Buffer
		if err := s.pages.ExecuteTemplate(&out, name, data); err != nil {
			return fmt.Errorf("render %s: %w", id, err)
		}
		parts[id] = fragment{HTML: template.HTML(out.String()), Version: versionOf(out.String())} //nolint:gosec // It is a template's output.
		return nil
	}
	type windowView struct {
		window
		At place
	}
	if form, open := at.platform.window(at.Member.ID); open {
		if err := add("modal", "window", windowView{form, at}); err != nil {
			return nil, err
		}
	}
	if page, has := at.platform.(homely); has && at.Home {
		home, _ := page.home(at.Member.ID)
		if err := add("home", "home", windowView{home, at}); err != nil {
			return nil, err
		}
	}
	if len(s.guide.steps) > 0 {
		if err := add("guide", "guide", s.guide.view(ctx, at.platform)); err != nil {
			return nil, err
		}
	}
	return parts, nil
}
