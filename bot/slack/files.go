package slack

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// sentFile is the part of a file in an event that the bot needs.
// https://docs.slack.dev/reference/objects/file-object
type sentFile struct {
	Name     string `json:"name"`
	Mimetype string `json:"mimetype"`
	Size     int64  `json:"size"`
	// Mode is "tombstone" for a file that was deleted.
	Mode     string `json:"mode"`
	Download string `json:"url_private_download"`
}

// mostFiles is how many files of a message are looked at: one is wanted, two are
// refused.
const mostFiles = 10

// filesOf returns the files of a message. One that is not the team's own, or is
// kept anywhere but at Slack, has no source.
func (a *App) filesOf(sent []sentFile, team string) []commands.File {
	var files []commands.File
	for _, file := range sent[:min(len(sent), mostFiles)] {
		read := commands.File{Name: file.Name, Type: file.Mimetype, Size: file.Size}
		if file.Mode != "tombstone" && a.checkDownload(file.Download, team) == nil {
			read.Source = file.Download
		}
		files = append(files, read)
	}
	return files
}

// fileHost is where Slack keeps files, filePath how the path to one of a team's
// begins.
const (
	fileHost = "files.slack.com"
	filePath = "/files-pri/"
)

// checkDownload refuses the address of a file that is not one of the team's own at
// Slack: the bot token goes there.
func (a *App) checkDownload(address, team string) error {
	target, err := url.Parse(address)
	switch {
	case err != nil, target.User != nil, target.Opaque != "", target.Fragment != "", strings.Contains(target.Path, ".."):
		return malformed("file address")
	case target.Scheme == "https" && target.Host == fileHost && strings.HasPrefix(target.Path, filePath+team+"-"):
		return nil
	case target.Host != "" && target.Scheme == a.apiURL.Scheme && target.Host == a.apiURL.Host &&
		strings.HasPrefix(target.Path, strings.TrimSuffix(a.apiURL.Path, "/")+filePath+team+"-"):
		return nil
	}
	return malformed("file address leads elsewhere")
}

// OpenFile downloads a file that somebody sent, as [commands.Files] says. Slack
// answers with its page for signing in where the token may not have the file.
func (a *App) OpenFile(ctx context.Context, workspace coaching.WorkspaceID, file commands.File) (io.ReadCloser, error) {
	team := strings.TrimPrefix(string(workspace), workspacePrefix)
	err := a.checkDownload(file.Source, team)
	var token coaching.Token
	if err == nil {
		token, err = a.tokenOf(ctx, workspace)
	}
	switch {
	case errors.Is(err, commands.ErrTryLater):
		return nil, fmt.Errorf("slack: open file: %w", err)
	case err != nil:
		return nil, &coaching.Error{Code: coaching.Forbidden, Reason: "file_forbidden", Err: err}
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, file.Source, http.NoBody)
	if err != nil {
		return nil, fmt.Errorf("slack: open file: %w", withoutAddress(err))
	}
	request.Header.Set("Authorization", "Bearer "+string(token))
	response, err := a.http.Do(request)
	if err != nil {
		return nil, fmt.Errorf("slack: open file: %w: %w", commands.ErrTryLater, withoutAddress(err))
	}
	if err := judgeDownload(response); err != nil {
		_ = response.Body.Close()
		return nil, fmt.Errorf("slack: open file: %w", err)
	}
	return response.Body, nil
}

// judgeDownload returns what is wrong with the answer to a download.
func judgeDownload(response *http.Response) error {
	kind, _, _ := mime.ParseMediaType(response.Header.Get("Content-Type"))
	status := response.StatusCode
	switch {
	case status == http.StatusOK && kind != "text/html":
		return nil
	case status == http.StatusNotFound, status == http.StatusGone:
		return &coaching.Error{Code: coaching.NotFound, Reason: "file_gone"}
	case status == http.StatusTooManyRequests, status >= http.StatusInternalServerError:
		return fmt.Errorf("%w: status %d", commands.ErrTryLater, status)
	default:
		return &coaching.Error{Code: coaching.Forbidden, Reason: "file_forbidden", Err: fmt.Errorf("status %d, %s", status, kind)}
	}
}
