package commands

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands/sheet"
)

// exportRoom is how many bytes the files of one reply have together: what every
// platform takes, and what is there of it in the server's memory. More goes
// through the command line.
const exportRoom = 8 << 20

// export brings a member what is kept of them, or a manager what is kept of the
// team, as files.
func (r *Router) export(ctx context.Context, ask *ask) (Reply, error) {
	switch whose := strings.ToLower(ask.rest); whose {
	case "", "me":
		return r.exportOwn(ctx, ask)
	case "team":
		return r.exportTeam(ctx, ask)
	default:
		return Reply{}, coaching.Refuse("export_whose")
	}
}

// exportOwn brings everything that is kept of the member.
func (r *Router) exportOwn(ctx context.Context, ask *ask) (Reply, error) {
	e := newExtract(ask)
	goals, err := r.goalsInAllStates(ctx, ask, func(state coaching.State) ([]coaching.Goal, error) {
		return r.store.GoalsOf(ctx, ask.Request.Workspace, ask.Member, state)
	})
	if err == nil {
		err = r.goalSheet(ctx, ask, e, goals)
	}
	var entries []coaching.Entry
	if err == nil {
		entries, err = r.store.Latest(ctx, ask.Request.Workspace, ask.Member, mostEntries)
	}
	if err == nil {
		err = ask.entrySheet(e, entries)
	}
	if err == nil {
		err = r.ownLines(ctx, ask, e)
	}
	if err != nil {
		return Reply{}, err
	}
	reply := e.reply(ask.voice.Line("export_own", Args{"count": len(e.files)}))
	if manager, err := r.can(ctx, ask, coaching.ActExport); err == nil && manager {
		reply.Parts = append(reply.Parts, Note{ask.voice.Line("export_team_how", nil)})
	}
	return reply, nil
}

// ownLines is everything, for machines.
func (r *Router) ownLines(ctx context.Context, ask *ask, e *extract) error {
	file := e.file("everything.jsonl", "export_everything")
	err := r.store.OwnData(ctx, ask.Request.Workspace, ask.Member, func(collection string, line []byte) error {
		text, err := json.Marshal(struct {
			Collection string          `json:"collection"`
			Document   json.RawMessage `json:"document"`
		}{collection, line})
		if err != nil {
			return err
		}
		if !file.fits(len(text) + 1) {
			return errFull
		}
		file.rows++
		_, _ = file.Write(append(text, '\n')) // A buffer takes everything.
		return nil
	})
	return e.done(file, err)
}

// exportTeam brings a manager the team's goals and figures. Those that events told
// of are files that import takes.
func (r *Router) exportTeam(ctx context.Context, ask *ask) (Reply, error) {
	if err := r.may(ctx, ask, coaching.ActExport); err != nil {
		return Reply{}, err
	}
	if err := r.trace(ctx, ask, coaching.Trace{Kind: coaching.TraceExported}); err != nil {
		return Reply{}, err
	}
	e := newExtract(ask)
	goals, err := r.goalsInAllStates(ctx, ask, func(state coaching.State) ([]coaching.Goal, error) {
		return r.store.Goals(ctx, ask.Request.Workspace, state)
	})
	if err == nil {
		err = r.goalSheet(ctx, ask, e, goals)
	}
	if err == nil {
		err = r.figureSheet(ctx, ask, e)
	}
	for _, kind := range sheet.Kinds() {
		if err == nil {
			err = r.dossierSheet(ctx, ask, e, kind)
		}
	}
	var entries []coaching.Entry
	if err == nil {
		entries, err = r.store.EntriesSince(ctx, ask.Request.Workspace, ask.Received.AddDate(-exportYears, 0, 0), ask.Received, mostEntries)
	}
	if err == nil {
		err = ask.entrySheet(e, entries)
	}
	if err != nil {
		return Reply{}, err
	}
	return e.reply(ask.voice.Line("export_team", Args{"count": len(e.files)})), nil
}

// The bounds of what is looked up for an export.
const (
	mostEntries = 100_000
	exportYears = 10
)

// extract gathers the files of an export.
type extract struct {
	ask   *ask
	room  int
	files []Attachment
	cut   []string // the names of files that were too long
}

func newExtract(ask *ask) *extract { return &extract{ask: ask, room: exportRoom} }

// errFull ends a file that has no more room.
var errFull = errors.New("no more room in the export")

// extractFile is a file that is being written.
type extractFile struct {
	bytes.Buffer
	name, title string
	room, rows  int
}

// file begins a file.
func (e *extract) file(name, title string) *extractFile {
	return &extractFile{name: name, title: title, room: e.room}
}

// fits reports whether there is room for so many bytes more.
func (f *extractFile) fits(more int) bool { return f.Len()+more <= f.room }

// done ends a file, with the error that ended it. One without rows is left out.
func (e *extract) done(file *extractFile, err error) error {
	switch {
	case errors.Is(err, errFull):
		e.cut = append(e.cut, file.name)
	case err != nil:
		return err
	}
	if file.rows > 0 {
		e.room -= file.Len()
		e.files = append(e.files, Attachment{Name: file.name, Title: e.ask.voice.Text(file.title, nil), Data: file.Bytes()})
	}
	return nil
}

// byteOrderMark makes Excel read a file as UTF-8.
const byteOrderMark = "\ufeff"

// sheet writes a file of rows.
func (e *extract) sheet(name, title string, header []string, each func(row func(cells ...string) error) error) error {
	file := e.file(name, title)
	_, _ = file.WriteString(byteOrderMark) // A buffer takes everything.
	out, err := sheet.NewWriter(file, header)
	if err != nil {
		return err
	}
	err = each(func(cells ...string) error {
		size := len(cells)
		for _, cell := range cells {
			size += 2*len(cell) + 3 // quoted, at the most
		}
		if err := out.Flush(); err != nil {
			return err
		}
		if !file.fits(size) {
			return errFull
		}
		file.rows++
		return out.Write(cells)
	})
	if flushing := out.Flush(); err == nil {
		err = flushing
	}
	return e.done(file, err)
}

// reply brings the files.
func (e *extract) reply(said Line) Reply {
	voice := e.ask.voice
	if len(e.files) == 0 {
		return e.ask.say(Text{voice.Line("export_nothing", nil)})
	}
	var list List
	for _, file := range e.files {
		list.Items = append(list.Items, voice.Line("export_file", Args{"file": Span{Text: file.Name, Style: Strong}, "what": file.Title}))
	}
	reply := e.ask.say(Text{said}, list)
	if len(e.cut) > 0 {
		reply.Parts = append(reply.Parts, Note{voice.Line("export_cut", Args{
			"files":   voice.join(e.cut),
			"command": Span{Text: "smallwins export --workspace " + string(e.ask.Request.Workspace) + " --to export", Style: Code},
		})})
	}
	reply.Enclosure = &Enclosure{
		Files: e.files, Elsewhere: voice.Line("export_elsewhere", nil), Failed: voice.Line("export_failed", nil),
	}
	return reply
}
