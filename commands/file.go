package commands

import (
	"bytes"
	"context"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/smallwins/smallwins/coaching"
)

// File is a file that came along with a request. Its content stays where it is
// until [Files] opens it.
type File struct {
	// Name is what the member calls it, Type its media type, and Size how many
	// bytes it has: as the platform says, so that nothing is believed of them.
	Name, Type string
	Size       int64
	// Source is where the platform keeps it. Only the adapter that decoded the
	// request can read it; it is empty where the file cannot be had.
	Source string
}

// Files opens what members sent.
type Files interface {
	// OpenFile returns the content of a file, as a stream that is cut off after
	// some seconds: NotFound where it is gone or its address has lapsed,
	// Forbidden where the app may not have it, ErrTryLater where the platform did
	// not answer this time.
	OpenFile(ctx context.Context, workspace coaching.WorkspaceID, file File) (io.ReadCloser, error)
}

// maxFile is how many bytes a file may have that is sent in a chat, as many as
// Discord takes from anybody. Larger ones go through the command line.
const maxFile = 10 << 20

// maxFileName is how many characters of a file's name are kept.
const maxFileName = 80

// OpenFiles makes the router open what members send. Without it no files are
// taken. It is not to be called once requests are handled.
func (r *Router) OpenFiles(files Files) { r.files = files }

// importFile takes a file that somebody sent: it is kept, shown as it is
// understood, and counts once they say so.
func (r *Router) importFile(ctx context.Context, ask *ask) (Reply, error) {
	file := ask.Files[0]
	switch reason := tableLike(file); {
	case len(ask.Files) > 1:
		return Reply{}, coaching.Refuse("file_one")
	case reason != "":
		return Reply{}, coaching.Refuse(reason)
	}
	if err := r.may(ctx, ask, coaching.ActImport); err != nil {
		return Reply{}, err
	}
	upload := coaching.Upload{
		ID: dialogID(ask.Request), Workspace: ask.Request.Workspace, Member: ask.Member, Name: fileName(file.Name),
		SentAt: ask.Received, NextAt: ask.Received.Add(coaching.UploadLife),
	}
	if err := r.keepFile(ctx, upload, file); err != nil {
		return Reply{}, err
	}
	reply, err := r.begin(ctx, ask, dialogTable, "", map[string][]string{fileField: {upload.Name}})
	if coaching.CodeOf(err) == coaching.Invalid { // nobody can go on with it
		return Reply{}, errors.Join(err, r.store.DeleteUpload(ctx, upload.Workspace, upload.ID))
	}
	return reply, err
}

// keepFile brings a file from its platform into the store.
func (r *Router) keepFile(ctx context.Context, upload coaching.Upload, file File) error {
	if r.files == nil || file.Source == "" {
		return coaching.Refuse("file_unreachable")
	}
	content, err := r.files.OpenFile(ctx, upload.Workspace, file)
	switch {
	case errors.Is(err, ErrTryLater):
		return &coaching.Error{Code: coaching.Invalid, Reason: "file_later", Err: err}
	case coaching.CodeOf(err) == coaching.NotFound:
		return &coaching.Error{Code: coaching.NotFound, Reason: "file_gone", Err: err}
	case coaching.CodeOf(err) == coaching.Forbidden:
		return &coaching.Error{Code: coaching.Forbidden, Reason: "file_forbidden", Err: err}
	case err != nil:
		return err
	}
	defer func() { _ = content.Close() }()
	checked := &tableBytes{source: content, left: maxFile}
	_, err = r.store.KeepUpload(ctx, upload, checked)
	if refused := checked.refused; refused != "" {
		return errors.Join(coaching.Refuse(refused), r.store.DeleteUpload(ctx, upload.Workspace, upload.ID))
	}
	if checked.broken != nil {
		return &coaching.Error{Code: coaching.Invalid, Reason: "file_later", Err: err}
	}
	return err
}

// fileName is what a file is called from here on: a name without a way to it.
func fileName(name string) string {
	name = strings.ToValidUTF8(path.Base(strings.ReplaceAll(name, `\`, "/")), "")
	if runes := []rune(name); len(runes) > maxFileName {
		name = string(runes[:maxFileName])
	}
	return name
}

// tableLike returns why a file can be no table, by what is said of it.
func tableLike(file File) coaching.Reason {
	switch suffix := strings.ToLower(path.Ext(file.Name)); {
	case suffix == ".xlsx", suffix == ".xls", suffix == ".ods", suffix == ".numbers":
		return "file_workbook"
	case suffix == ".csv", suffix == ".tsv", suffix == ".txt", strings.HasPrefix(file.Type, "text/"):
	default:
		return "file_not_table"
	}
	if file.Size > maxFile {
		return "file_too_big"
	}
	return ""
}

// tableBytes are the bytes of a file, as long as it can be a table.
type tableBytes struct {
	source io.Reader
	left   int
	begun  bool
	// refused is why it is not read to the end, broken what went wrong on the
	// way.
	refused coaching.Reason
	broken  error
}

var errRefused = errors.New("a file that is no table")

// Read reads on.
func (b *tableBytes) Read(p []byte) (int, error) {
	if len(p) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.source.Read(p)
	if !b.begun && n > 0 {
		b.begun = true
		b.refused = noTable(p[:n])
	}
	switch b.left -= n; {
	case b.left < 0:
		b.refused = "file_too_big"
	case errors.Is(err, io.EOF) && !b.begun:
		b.refused = "table_empty"
	case err != nil && !errors.Is(err, io.EOF):
		b.broken = err
	}
	if b.refused != "" {
		return 0, errRefused
	}
	return n, err
}

// signatures are what files begin with that are often sent by mistake.
var signatures = []struct {
	begin  string
	reason coaching.Reason
}{
	{"PK\x03\x04", "file_workbook"},       // Office Open XML is a zip file
	{"\xd0\xcf\x11\xe0", "file_workbook"}, // the workbooks of Excel 97
	{"%PDF", "file_not_table"},
	{"\x89PNG", "file_not_table"},
	{"\xff\xd8\xff", "file_not_table"},
	{"GIF8", "file_not_table"},
	{"<!DOCTYPE", "file_not_table"},
	{"<html", "file_not_table"},
	{"\x1f\x8b", "file_not_table"},
}

// noTable returns why bytes at the start of a file are not a table's. Bytes that
// are no text belong to none, unless the file is UTF-16, whose characters are made
// of any.
func noTable(start []byte) coaching.Reason {
	for _, known := range signatures {
		if bytes.HasPrefix(start, []byte(known.begin)) {
			return known.reason
		}
	}
	marked := bytes.HasPrefix(start, []byte("\xff\xfe")) || bytes.HasPrefix(start, []byte("\xfe\xff"))
	control := bytes.IndexFunc(start, func(r rune) bool { return r < ' ' && !strings.ContainsRune("\t\n\v\f\r\x1a\x1b\x00", r) })
	if !marked && control >= 0 && bytes.IndexByte(start, 0) < 0 {
		return "file_not_table"
	}
	return ""
}
