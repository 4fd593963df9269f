package sandbox

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

//go:embed templates static
var files embed.FS

var pages = template.Must(template.ParseFS(files, "templates/*.html"))

// static serves the style sheet and the script.
func static() http.Handler {
	next := http.FileServerFS(files)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-cache")
		next.ServeHTTP(w, r)
	})
}

// pageView is all that the page shows when it is opened.
type pageView struct {
	Team     Team
	Bot      string
	At       place
	Title    string // the conversation's
	Topic    string
	Channels []linkView
	Direct   linkView
	People   []linkView
	Messages []template.HTML
	Revision int64
	Clock    clockView
	Zone     string
	Jumps    []jump
	Command  string
	Commands []Command
	Examples []string
}

// linkView leads to another conversation or person.
type linkView struct {
	ID, Name, Detail, Query string
	Current, Private        bool
	Face                    face
}

// face stands for a person: initials on a colour.
type face struct {
	Initials string
	Hue      int // one of faceHues
}

// faceHues is how many colours the style sheet has for faces.
const faceHues = 8

// page shows a conversation as one of its members sees it.
func (s *Sandbox) page(w http.ResponseWriter, r *http.Request) {
	at := s.where(r)
	// Taken first: what comes while the page is made is then sent again, not lost.
	_, revision, _ := s.timeline.since(newest)
	view := pageView{
		Team: s.api.Team(), At: at, Revision: revision,
		Clock: s.clockView(), Zone: s.zone.String(),
		Command: s.config.Command, Commands: s.config.Commands, Examples: s.config.Examples,
	}
	view.Bot = view.Team.botName()
	if s.config.Advance != nil {
		view.Jumps = jumps
	}
	view.Title, view.Topic = "#"+at.Channel.Name, at.Channel.Topic
	if at.Channel.direct() {
		view.Title, view.Topic = view.Bot, "Messages between you and the bot. Nobody else sees them."
	}
	s.links(&view)
	for _, message := range s.timeline.in(at.Channel.ID) {
		if message.OnlyFor != "" && message.OnlyFor != at.Member.ID {
			continue
		}
		if message.Via == ViaCommand && message.Author == at.Member.ID {
			// Who has typed a command needs no examples any more.
			view.Examples = nil
		}
		html, err := s.renderMessage(at, message)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		view.Messages = append(view.Messages, template.HTML(html)) //nolint:gosec // It is a template's output.
	}
	var out bytes.Buffer
	if err := pages.ExecuteTemplate(&out, "page", view); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = out.WriteTo(w)
}

// where reads who looks and at what; the first member and the first channel
// they are in stand in for what is missing or unknown.
func (s *Sandbox) where(r *http.Request) place {
	team := s.api.Team()
	member, known := team.member(r.FormValue("as"))
	if !known {
		member = team.Members[0]
	}
	if channel, known := team.channel(r.FormValue("channel")); known && channel.has(member.ID) {
		return place{member, channel}
	}
	for _, channel := range team.Channels {
		if channel.has(member.ID) {
			return place{member, channel}
		}
	}
	direct, _ := team.channel(Direct(member.ID))
	return place{member, direct}
}

// links fills in where one can go from here.
func (s *Sandbox) links(view *pageView) {
	at := view.At
	for _, channel := range view.Team.Channels {
		if channel.has(at.Member.ID) {
			view.Channels = append(view.Channels, linkView{
				ID: channel.ID, Name: channel.Name, Private: channel.Private,
				Query: query(at.Member.ID, channel.ID), Current: channel.ID == at.Channel.ID,
			})
		}
	}
	direct := Direct(at.Member.ID)
	view.Direct = linkView{
		ID: direct, Name: view.Bot, Query: query(at.Member.ID, direct), Current: direct == at.Channel.ID, Face: botFace,
	}
	for i, member := range view.Team.Members {
		channel := at.Channel.ID
		if at.Channel.direct() {
			channel = Direct(member.ID)
		}
		view.People = append(view.People, linkView{
			ID: member.ID, Name: member.Name, Detail: member.Title,
			Query: query(member.ID, channel), Current: member.ID == at.Member.ID, Face: faceOf(member.Name, i),
		})
	}
}

func query(member, channel string) string { return "?as=" + member + "&channel=" + channel }

// messageView is one message as the page shows it.
type messageView struct {
	Message
	At      place
	ID      string // of the element
	Name    string
	Face    face
	Bot     bool
	Notice  bool
	Command bool
	Private bool
	Blocks  []block
	Day     string
	Time    string
	Machine string // the time for machines
}

var botFace = face{Initials: "✦", Hue: faceHues}

// renderMessage writes a message as HTML for one of those who see it.
func (s *Sandbox) renderMessage(at place, message Message) (string, error) {
	team := s.api.Team()
	sent := time.UnixMicro(micros(message.TS)).In(s.zone)
	view := messageView{
		Message: message, At: at, ID: "m" + strings.Replace(message.TS, ".", "-", 1),
		Bot: message.Author == BotUser, Notice: message.Via == ViaNotice, Command: message.Via == ViaCommand,
		Private: message.OnlyFor != "" && message.Via != ViaCommand, Day: sent.Format("Monday, 2 January 2006"),
		Time: sent.Format("15:04"), Machine: sent.Format(time.RFC3339),
	}
	view.Blocks = s.look()(message, directory{team})
	switch message.Author {
	case BotUser:
		view.Name, view.Face = team.botName(), botFace
	case slackbot:
		view.Name, view.Face = "Slackbot", face{Initials: "!", Hue: faceHues + 1}
	default:
		for i, member := range team.Members {
			if member.ID == message.Author {
				view.Name, view.Face = member.Name, faceOf(member.Name, i)
			}
		}
	}
	var out strings.Builder
	if err := pages.ExecuteTemplate(&out, "message", view); err != nil {
		return "", fmt.Errorf("render message %s: %w", message.TS, err)
	}
	return out.String(), nil
}

// look returns the look that the page has now. There is one; Discord's will be
// chosen here.
func (s *Sandbox) look() look { return slackLook }

// faceOf makes a face of a name.
func faceOf(name string, index int) face {
	var initials strings.Builder
	for _, word := range strings.Fields(name) {
		first, _ := utf8.DecodeRuneInString(word)
		initials.WriteRune(first)
	}
	runes := []rune(initials.String())
	return face{Initials: string(runes[:min(len(runes), 2)]), Hue: index % faceHues}
}

// Class names a face's colour in the style sheet.
func (f face) Class() string { return "hue" + strconv.Itoa(f.Hue) }
