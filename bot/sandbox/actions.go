package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// place reads who does something and where from a request's ids.
func (s *Sandbox) place(r *http.Request) (place, error) {
	at := place{platform: s.platform(r), base: s.config.URL, Home: r.FormValue("home") != ""}
	team := at.platform.team()
	var known bool
	if at.Member, known = team.member(r.FormValue("as")); !known {
		return place{}, fmt.Errorf("nobody here has the id %q", r.FormValue("as"))
	}
	at.Channel, known = team.channel(r.FormValue("channel"))
	if !known || !at.Channel.has(at.Member.ID) {
		return place{}, fmt.Errorf("%s is in no channel with the id %q", at.Member.Name, r.FormValue("channel"))
	}
	if at.base == "" {
		at.base = "http://" + r.Host
	}
	return at, nil
}

// platform is the one that a request is about, Slack where it does not say.
func (s *Sandbox) platform(r *http.Request) platform {
	if s.discord != nil && r.FormValue("on") == s.discord.name() {
		return s.discord
	}
	return s.slack
}

// On is the platform's name.
func (p place) On() string { return p.platform.name() }

// acting reads a form and where it was sent from, and answers where it cannot.
func (s *Sandbox) acting(w http.ResponseWriter, r *http.Request) (place, bool) {
	most := int64(maxBody)
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		most += maxUpload
	}
	r.Body = http.MaxBytesReader(w, r.Body, most)
	at, err := s.place(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return place{}, false
	}
	return at, true
}

// done answers a form: scripts need nothing, a browser without them goes back
// to the conversation.
func (s *Sandbox) done(w http.ResponseWriter, r *http.Request, at place) {
	s.bell.ring()
	if r.Header.Get("X-Requested-With") != "" {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	w.Header().Set("Location", "./"+at.query())
	w.WriteHeader(http.StatusSeeOther)
}

// query is where the page shows a place.
func (p place) query() string {
	query := url.Values{"on": {p.On()}, "as": {p.Member.ID}, "channel": {p.Channel.ID}}
	if p.Home {
		query.Set("home", "1")
	}
	return "?" + query.Encode()
}

// say takes what somebody typed: a slash command or a message.
func (s *Sandbox) say(w http.ResponseWriter, r *http.Request) {
	at, ok := s.acting(w, r)
	if !ok {
		return
	}
	if said := readTyped(r); said.text != "" || len(said.files) > 0 {
		s.guide.hear(at, said)
		at.platform.say(r.Context(), at, said)
	}
	s.done(w, r, at)
}

// readTyped reads what was typed; the fields of a command's options are named
// "o." and the option.
func readTyped(r *http.Request) typed {
	said := typed{text: strings.TrimSpace(r.FormValue("text")), options: make(map[string]string), thread: r.FormValue("thread")}
	for name, values := range r.Form {
		if option, found := strings.CutPrefix(name, "o."); found && len(values) > 0 {
			said.options[option] = values[0]
		}
	}
	if r.MultipartForm != nil {
		said.files = readFiles(r.MultipartForm.File)
	}
	return said
}

// readFiles reads the files that were chosen.
func readFiles(chosen map[string][]*multipart.FileHeader) map[string]typedFile {
	files := make(map[string]typedFile)
	for name, each := range chosen {
		if each[0].Filename == "" {
			continue // The field was left empty.
		}
		file, err := each[0].Open()
		if err != nil {
			continue
		}
		data, err := io.ReadAll(file)
		if err = errors.Join(err, file.Close()); err == nil {
			_, option, _ := strings.Cut(name, ".")
			files[option] = typedFile{name: each[0].Filename, kind: each[0].Header.Get("Content-Type"), data: data}
		}
	}
	return files
}

// complete answers how an option that is being typed could go on.
func (s *Sandbox) complete(w http.ResponseWriter, r *http.Request) {
	at, ok := s.acting(w, r)
	if !ok {
		return
	}
	found := []suggestion{}
	if bot, completes := at.platform.(completing); completes && r.FormValue("text") != "" {
		found = append(found, bot.complete(r.Context(), at, readTyped(r), r.FormValue("option"))...)
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(found)
}

// press takes a button that was pressed or a select that was chosen from.
func (s *Sandbox) press(w http.ResponseWriter, r *http.Request) {
	at, ok := s.acting(w, r)
	if !ok {
		return
	}
	ids, err := url.ParseQuery(r.FormValue("press"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	did := pressed{
		message: r.FormValue("message"), view: r.FormValue("view"), block: ids.Get("block_id"), id: ids.Get("action_id"),
		values: given(r.Form["values"]), fill: readFill(r.Form),
	}
	if err := at.platform.press(r.Context(), at, did); err != nil {
		s.refuse(w, err)
		return
	}
	s.done(w, r, at)
}

// submit takes the form in front that was sent or closed.
func (s *Sandbox) submit(w http.ResponseWriter, r *http.Request) {
	if r.FormValue("press") != "" {
		s.press(w, r)
		return
	}
	at, ok := s.acting(w, r)
	if !ok {
		return
	}
	if r.FormValue("dismiss") != "" {
		at.platform.dismiss(at, r.FormValue("view"))
	} else if err := at.platform.submit(r.Context(), at, r.FormValue("view"), readFill(r.Form)); err != nil {
		s.refuse(w, err)
		return
	}
	s.done(w, r, at)
}

// refuse tells what is wrong with what somebody did.
func (s *Sandbox) refuse(w http.ResponseWriter, err error) {
	status := http.StatusBadRequest
	if errors.Is(err, errGone) {
		status = http.StatusGone
	}
	http.Error(w, err.Error(), status)
}

// readFill reads the fields of a form: "has" names those that are there, "f."
// and the name holds the values.
func readFill(form url.Values) Fill {
	fill := make(Fill)
	for _, name := range form["has"] {
		fill[name] = given(form["f."+name])
	}
	return fill
}

// given are the values that are not empty.
func given(values []string) []string {
	var filled []string
	for _, value := range values {
		if value != "" {
			filled = append(filled, value)
		}
	}
	return filled
}

// pageFaults are what the page can let go wrong, besides "heal".
var pageFaults = []FaultKind{FaultTooMany, FaultStatus, FaultLost, FaultHang}

const heal = "heal"

// fault lets the next call of the bot go wrong.
func (s *Sandbox) fault(w http.ResponseWriter, r *http.Request) {
	at, ok := s.acting(w, r)
	if !ok {
		return
	}
	api := &s.slack.api.outages
	if s.discord != nil && at.platform == platform(s.discord) {
		api = &s.discord.api.outages
	}
	kind := r.FormValue("kind")
	if kind == heal {
		api.Heal()
		s.done(w, r, at)
		return
	}
	for _, known := range pageFaults {
		if string(known) == kind {
			api.Inject(Fault{Kind: known, RetryAfter: 2 * time.Second})
			s.done(w, r, at)
			return
		}
	}
	http.Error(w, "no such fault", http.StatusBadRequest)
}
