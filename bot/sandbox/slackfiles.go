package sandbox

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"image/png"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strconv"
	"strings"
)

// SlackFile is a file that was uploaded, in the three steps that Slack wants:
// https://docs.slack.dev/messaging/working-with-files#uploading_files.
type SlackFile struct {
	ID, Name, Title string
	// Alt is what it shows in words.
	Alt  string
	Data []byte

	size int
	// whole files were uploaded and their upload was completed.
	whole bool
	// shared files were sent by a member.
	shared bool
}

// uploadPath is where the bytes of files are taken, below the Web API's own path.
const uploadPath = "upload/v1/"

const (
	maxUpload  = 16 << 20 // bytes of a file; Slack takes more
	maxFileAlt = 1000
	maxFiles   = 10 // of one completion
)

// slackFiles are those of a workspace.
type slackFiles struct {
	known map[string]*SlackFile
	// unready is how many more times a file is not ready to be shown yet.
	unready int
}

// File returns a file whose upload was completed.
func (a *SlackAPI) File(id string) (SlackFile, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	file, found := a.files.known[id]
	if !found || !file.whole {
		return SlackFile{}, false
	}
	return *file, true
}

// KeepFilesUnready makes the next uses of files in messages fail, as they do at
// Slack within the seconds after an upload.
func (a *SlackAPI) KeepFilesUnready(times int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.files.unready = times
}

// beginUpload opens an address for a file's bytes.
func (a *SlackAPI) beginUpload(args arguments) (answer, *refusal) {
	if refused := args.require("filename", "length"); refused != nil {
		return nil, refused
	}
	size, refused := args.number("length", 0, maxUpload)
	if refused != nil {
		return nil, refused
	}
	if length(args.text("alt_txt")) > maxFileAlt {
		return nil, refuse("alt_txt_too_large")
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	id := "F" + fmt.Sprintf("%010d", len(a.files.known)+1)
	a.files.known[id] = &SlackFile{ID: id, Name: args.text("filename"), Alt: args.text("alt_txt"), size: size}
	return answer{"upload_url": args.base + uploadPath + id, "file_id": id}, nil
}

// takeUpload takes a file's bytes: as they are, or as the one file of a form.
func (a *SlackAPI) takeUpload(w http.ResponseWriter, r *http.Request) {
	id := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
	call := Call{Method: "upload", At: a.now()}
	defer func() { a.record(call) }()
	data, err := uploaded(w, r)
	a.mu.Lock()
	defer a.mu.Unlock()
	file, found := a.files.known[id]
	switch {
	case err != nil:
		call.Error = err.Error()
	case !found || file.Data != nil:
		call.Error = "an address that is none, or was used"
	case len(data) != file.size:
		call.Error = fmt.Sprintf("%d bytes where %d were announced", len(data), file.size)
	default:
		file.Data = data
		_, _ = io.WriteString(w, "OK - "+strconv.Itoa(len(data)))
		return
	}
	http.Error(w, call.Error, http.StatusBadRequest)
}

func uploaded(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	if r.Method != http.MethodPost {
		return nil, fmt.Errorf("%s is no way to upload", r.Method)
	}
	body := http.MaxBytesReader(w, r.Body, 2*maxUpload)
	kind, parameters, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/form-data" {
		return io.ReadAll(body)
	}
	form, err := multipart.NewReader(body, parameters["boundary"]).ReadForm(maxUpload)
	if err != nil {
		return nil, err
	}
	if len(form.File) != 1 {
		return nil, fmt.Errorf("%d files in a form", len(form.File))
	}
	for _, parts := range form.File {
		file, err := parts[0].Open()
		if err != nil {
			return nil, err
		}
		defer func() { _ = file.Close() }()
		return io.ReadAll(file)
	}
	return nil, nil
}

// endUpload completes uploads. Files that are shared with a channel become a
// message there; the bot has a use for direct messages alone.
func (a *SlackAPI) endUpload(args arguments) (answer, *refusal) {
	if refused := args.require("files"); refused != nil {
		return nil, refused
	}
	shared := args.text("channel_id")
	channel, refused := a.lookup(shared, true)
	switch {
	case args.text("channels") != "":
		return nil, refuse("invalid_channel", "the sandbox knows channel_id alone")
	case shared != "" && refused != nil:
		return nil, refused
	case shared != "" && !channel.direct():
		return nil, refuse("invalid_channel", "a file for everybody in a channel is none of the bot's")
	}
	var listed []struct {
		ID    string `json:"id"`
		Title string `json:"title"`
	}
	if err := json.Unmarshal([]byte(args.text("files")), &listed); err != nil || len(listed) == 0 || len(listed) > maxFiles {
		return nil, refuse("invalid_arguments", "files must be an array of 1 to 10")
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	var ended []answer
	var ids []string
	for _, each := range listed {
		file, found := a.files.known[each.ID]
		if !found || file.Data == nil {
			return nil, refuse("file_not_found")
		}
		file.whole, file.Title = true, each.Title
		ended = append(ended, answer{"id": file.ID, "title": file.Title, "mimetype": ""})
		ids = append(ids, file.ID)
	}
	if shared != "" {
		a.timeline.post(Message{Channel: shared, Author: BotUser, Files: ids, Via: ViaShared})
	}
	return answer{"files": ended}, nil
}

// checkFiles refuses blocks that show a file which is not there, is no picture or
// is not ready.
func (a *SlackAPI) checkFiles(blocks json.RawMessage) *refusal {
	var shown []slackBlock
	if blocks == nil || json.Unmarshal(blocks, &shown) != nil {
		return nil
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	for i, block := range shown {
		if block.File == nil {
			continue
		}
		fault := refuse("invalid_blocks", fmt.Sprintf("invalid slack file [json-pointer:/blocks/%d/slack_file]", i))
		file, found := a.files.known[block.File.ID]
		if !found || !file.whole {
			return fault
		}
		if _, err := png.DecodeConfig(bytes.NewReader(file.Data)); err != nil {
			return fault
		}
		if a.files.unready > 0 {
			a.files.unready--
			return fault
		}
	}
	return nil
}

// file serves a file to the page.
func (s *Sandbox) file(w http.ResponseWriter, r *http.Request) {
	file, found := s.slack.api.File(r.PathValue("id"))
	if !found {
		http.NotFound(w, r)
		return
	}
	serveFile(w, file.Name, file.Data)
}

// serveFile shows a picture, and hands any other file out to be saved.
func serveFile(w http.ResponseWriter, name string, data []byte) {
	if strings.HasSuffix(name, ".png") {
		w.Header().Set("Content-Type", "image/png")
	} else {
		w.Header().Set("Content-Type", "application/octet-stream")
		w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
		w.Header().Set("X-Content-Type-Options", "nosniff")
	}
	_, _ = w.Write(data)
}

// CheckAnswer judges what was posted to a response address, for those who serve
// one themselves. The error is Slack's name of what is wrong.
func (a *SlackAPI) CheckAnswer(body []byte) error {
	args, err := jsonArguments(body)
	if err != nil {
		return errors.New("invalid_payload")
	}
	said, refused := readContent(args, false)
	if refused == nil {
		refused = a.checkFiles(said.blocks)
	}
	if refused != nil {
		return errors.New(refused.code)
	}
	return nil
}
