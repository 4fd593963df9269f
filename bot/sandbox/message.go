package sandbox

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// face stands for a person: initials on a colour.
type face struct {
	Initials string
	Hue      int // one of faceHues
}

// faceHues is how many colours the style sheet has for faces.
const faceHues = 8

var (
	botFace    = face{Initials: "✦", Hue: faceHues}
	systemFace = face{Initials: "!", Hue: faceHues + 1}
)

// faceOf makes a face of a name.
func faceOf(name string, index int) face {
	var initials strings.Builder
	for _, word := range strings.Fields(name) {
		// Thai writes some vowels before the consonant that they follow.
		first, _ := utf8.DecodeRuneInString(strings.TrimLeft(word, "เแโใไ"))
		initials.WriteRune(first)
	}
	runes := []rune(initials.String())
	return face{Initials: string(runes[:min(len(runes), 2)]), Hue: index % faceHues}
}

// Class names a face's colour in the style sheet.
func (f face) Class() string { return "hue" + strconv.Itoa(f.Hue) }

// messageView is one message as the page shows it.
type messageView struct {
	Message
	At        place
	ID        string // of the element
	Order     string // by which messages stand, replies below what they reply to
	Name      string
	Face      face
	AskerName string
	AskerFace face
	Bot       bool
	Notice    bool
	Command   bool
	Private   bool
	Threads   bool // it can be replied to
	Blocks    []block
	Day       string
	Time      string
	Machine   string // the time for machines
}

// renderMessage writes a message as HTML for one of those who see it.
func (s *Sandbox) renderMessage(at place, message Message) (template.HTML, error) {
	on := at.platform
	names := on.directory()
	sent := on.sent(message).In(s.zone)
	view := messageView{
		Message: message, At: at, ID: elementID(message.TS), Order: order(message),
		Bot: message.Author == names.bot, Notice: message.Via == ViaNotice, Command: message.Via == ViaCommand,
		Private: message.OnlyFor != "" && message.Via != ViaCommand, Day: s.day(sent),
		Time: sent.Format("15:04"), Machine: sent.Format(time.RFC3339),
		Threads: on == platform(s.slack) && message.OnlyFor == "" && message.Thread == "",
	}
	view.Blocks = on.look(message)
	view.Name, view.Face = names.person(message.Author)
	if message.Asker != "" {
		view.AskerName, view.AskerFace = names.person(message.Asker)
	}
	var out strings.Builder
	if err := s.pages.ExecuteTemplate(&out, "message", view); err != nil {
		return "", fmt.Errorf("render message %s: %w", message.TS, err)
	}
	return template.HTML(out.String()), nil //nolint:gosec // It is a template's output.
}

// elementID is the id of a message's element.
func elementID(ts string) string { return "m" + strings.Replace(ts, ".", "-", 1) }

// order is what messages are sorted by: their time, and for a reply first the
// time of what it replies to.
func order(message Message) string {
	if message.Thread != "" && message.Thread != message.TS {
		return message.Thread + "+" + message.TS
	}
	return message.TS
}

// person returns the name and face of an account.
func (d directory) person(id string) (string, face) {
	switch id {
	case d.bot:
		return d.team.botName(), botFace
	case d.system:
		return d.systemName, systemFace
	}
	for i, member := range d.team.Members {
		if member.ID == id {
			return member.Name, faceOf(member.Name, i)
		}
	}
	return id, systemFace
}

// Thai names of days and months; the year is the Buddhist era's.
var (
	thaiDays   = [...]string{"วันอาทิตย์", "วันจันทร์", "วันอังคาร", "วันพุธ", "วันพฤหัสบดี", "วันศุกร์", "วันเสาร์"}
	thaiMonths = [...]string{
		"มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
		"กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
	}
)

const buddhistEra = 543

// day writes a date in the page's language.
func (s *Sandbox) day(at time.Time) string {
	if s.config.Language == "th" {
		return fmt.Sprintf("%sที่ %d %s %d", thaiDays[at.Weekday()], at.Day(), thaiMonths[at.Month()-1], at.Year()+buddhistEra)
	}
	return at.Format("Monday, 2 January 2006")
}
