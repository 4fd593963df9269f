package sandbox

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"image/png"
	"io"
	"mime"
	"net/http"
	"strings"
)

// DiscordFile is a picture, or another file, that was sent along with a message.
type DiscordFile struct {
	Name, Description string
	Data              []byte
}

// How much files may be, https://docs.discord.com/developers/reference#uploading-files.
const (
	maxDiscordFile  = 10 << 20 // bytes of one
	maxDiscordForms = 25 << 20 // bytes of all, with the message
)

// attachmentScheme begins the addresses of files that are sent along.
const attachmentScheme = "attachment://"

// readDiscord reads a call's body: JSON as it is, or the JSON of a form that
// holds files beside it, which the request then holds.
// https://docs.discord.com/developers/reference#uploading-files
func readDiscord(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	r.Body = http.MaxBytesReader(w, r.Body, maxDiscordForms)
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "multipart/form-data" {
		return io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	}
	if err := r.ParseMultipartForm(maxDiscordForms); err != nil {
		return nil, fmt.Errorf("read form: %w", err)
	}
	return []byte(r.PostFormValue("payload_json")), nil
}

// discordFiles returns the files of a call. The body must describe and show each,
// and each that it speaks of must be there, within its size and, where its name
// says that it is a picture, one.
func discordFiles(r *http.Request, body []byte) ([]DiscordFile, error) {
	var sent struct {
		Attachments []struct {
			ID, Filename, Description string
		} `json:"attachments"`
	}
	if err := json.Unmarshal(body, &sent); err != nil {
		return nil, fmt.Errorf("not JSON: %w", err)
	}
	parts := 0
	if r.MultipartForm != nil {
		parts = len(r.MultipartForm.File)
	}
	if parts != len(sent.Attachments) || parts != strings.Count(string(body), attachmentScheme) {
		return nil, fmt.Errorf("%d files, of which the message describes %d and shows %d",
			parts, len(sent.Attachments), strings.Count(string(body), attachmentScheme))
	}
	var files []DiscordFile
	for _, attachment := range sent.Attachments {
		part := r.MultipartForm.File["files["+attachment.ID+"]"]
		if len(part) != 1 || part[0].Filename != attachment.Filename || !strings.Contains(string(body), attachmentScheme+attachment.Filename+`"`) {
			return nil, fmt.Errorf("no file is %s, %q", attachment.ID, attachment.Filename)
		}
		opened, err := part[0].Open()
		if err != nil {
			return nil, fmt.Errorf("open file: %w", err)
		}
		data, err := io.ReadAll(opened)
		if err = errors.Join(err, opened.Close()); err != nil {
			return nil, fmt.Errorf("read file: %w", err)
		}
		if len(data) > maxDiscordFile {
			return nil, fmt.Errorf("%s is too large", attachment.Filename)
		}
		if strings.HasSuffix(attachment.Filename, ".png") {
			if _, err := png.DecodeConfig(bytes.NewReader(data)); err != nil {
				return nil, fmt.Errorf("%s is no picture: %w", attachment.Filename, err)
			}
		}
		files = append(files, DiscordFile{attachment.Filename, attachment.Description, data})
	}
	return files, nil
}

// judgedFiles are the files of a call that was judged.
func judgedFiles(r *http.Request, body []byte) []DiscordFile {
	files, _ := discordFiles(r, body)
	return files
}

// file serves what was sent along with a message to the page.
func (d *discordDesk) file(w http.ResponseWriter, r *http.Request) {
	for _, file := range d.api.filesOf(r.PathValue("message")) {
		if file.Name == r.PathValue("name") {
			serveFile(w, file.Name, file.Data)
			return
		}
	}
	http.NotFound(w, r)
}

// filesOf returns what was sent along with a message.
func (a *DiscordAPI) filesOf(message string) []DiscordFile {
	a.mu.Lock()
	defer a.mu.Unlock()
	if i := a.find(message); i >= 0 {
		return a.messages[i].Files
	}
	return nil
}
