package discord

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	dg "github.com/bwmarrin/discordgo"

	"github.com/smallwins/smallwins/bot/plain"
	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// sentFile is a file that an option names.
// https://docs.discord.com/developers/resources/message#attachment-object
type sentFile struct {
	Filename    string `json:"filename"`
	ContentType string `json:"content_type"`
	Size        int64  `json:"size"`
	URL         string `json:"url"`
}

// fileHosts are where Discord keeps files.
var fileHosts = []string{"cdn.discordapp.com", "media.discordapp.net"}

// fileOf returns a file as commands know it. One that is kept anywhere but at
// Discord has no source.
func (a *App) fileOf(sent sentFile) commands.File {
	file := commands.File{Name: sent.Filename, Type: sent.ContentType, Size: sent.Size}
	if a.checkDownload(sent.URL) == nil {
		file.Source = sent.URL
	}
	return file
}

// checkDownload refuses the address of a file that is not kept at Discord, or
// where its API is.
func (a *App) checkDownload(address string) error {
	target, err := url.Parse(address)
	if err != nil || target.User != nil || target.Opaque != "" || target.Host == "" {
		return malformed("file address")
	}
	if target.Scheme == "https" && slices.Contains(fileHosts, target.Host) {
		return nil
	}
	if api, err := url.Parse(a.api); err == nil && target.Scheme == api.Scheme && target.Host == api.Host {
		return nil
	}
	return malformed("file address leads elsewhere")
}

// OpenFile downloads a file that came with a command, as [commands.Files] says.
// Its address is signed and lapses after some time; no token goes there.
func (a *App) OpenFile(ctx context.Context, _ coaching.WorkspaceID, file commands.File) (io.ReadCloser, error) {
	if err := a.checkDownload(file.Source); err != nil {
		return nil, &coaching.Error{Code: coaching.Forbidden, Reason: "file_forbidden", Err: err}
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, file.Source, http.NoBody)
	if err != nil {
		return nil, fmt.Errorf("discord: open file: %w", withoutAddress(err))
	}
	request.Header.Set("User-Agent", userAgent)
	response, err := a.http.Do(request)
	if err != nil {
		return nil, fmt.Errorf("discord: open file: %w: %w", commands.ErrTryLater, withoutAddress(err))
	}
	switch status := response.StatusCode; {
	case status == http.StatusOK:
		return response.Body, nil
	case status == http.StatusNotFound, status == http.StatusGone, status == http.StatusForbidden:
		err = &coaching.Error{Code: coaching.NotFound, Reason: "file_gone"} // A lapsed address is one of these.
	case status == http.StatusTooManyRequests, status >= http.StatusInternalServerError:
		err = fmt.Errorf("%w: status %d", commands.ErrTryLater, status)
	default:
		err = &coaching.Error{Code: coaching.Forbidden, Reason: "file_forbidden", Err: fmt.Errorf("status %d", status)}
	}
	_ = response.Body.Close()
	return nil, fmt.Errorf("discord: open file: %w", err)
}

// attachmentScheme begins the addresses of files that are sent along.
const attachmentScheme = "attachment://"

// fileParts show the files of a reply.
func fileParts(enclosed *commands.Enclosure) []component {
	if enclosed == nil {
		return nil
	}
	var parts []component
	for _, file := range enclosed.Files {
		parts = append(parts, component{Type: dg.FileComponentType, File: &fileReference{URL: attachmentScheme + file.Name}})
	}
	return parts
}

// enclose sends the files of a reply along with its message.
func (b *body) enclose(enclosed *commands.Enclosure) {
	if enclosed == nil {
		return
	}
	for _, sent := range enclosed.Files {
		b.Attachments = append(b.Attachments, attachment{
			ID: strconv.Itoa(len(b.files)), Filename: sent.Name, Description: plain.Truncate(plain.Clean(sent.Title), maxPictureAlt),
		})
		b.files = append(b.files, file{name: sent.Name, kind: textFile, data: sent.Data})
	}
}

// withoutFiles is a reply whose files could not be sent, and that says so.
func withoutFiles(reply commands.Reply) commands.Reply {
	reply.Parts = append(slices.Clone(reply.Parts), commands.Text{Line: reply.Enclosure.Failed})
	reply.Enclosure = nil
	return reply
}
