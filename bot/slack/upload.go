package slack

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	slackapi "github.com/slack-go/slack"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// withFiles brings the files of a reply to the member's direct messages with the
// bot, and returns the reply with a word on that. Where they do not arrive, all of
// them are missing and the reply says so.
func (a *App) withFiles(ctx context.Context, request commands.Request, reply commands.Reply) commands.Reply {
	enclosed := reply.Enclosure
	if enclosed == nil {
		return reply
	}
	reply.Enclosure = nil
	said := enclosed.Elsewhere
	to := addressOf(request)
	switch err := a.bring(ctx, to.direct, request, enclosed.Files); {
	case err != nil:
		said = enclosed.Failed
	case to.direct != "", to.talk:
		return reply // They stand right above it.
	}
	reply.Parts = append(slices.Clone(reply.Parts), commands.Text{Line: said})
	return reply
}

// uploadsAtOnce is how many files are uploaded side by side.
const uploadsAtOnce = 4

// bringWithin leaves of the time that an answer may take enough for the answer.
const bringWithin = 20 * time.Second

// bring uploads files and shares them in direct messages, in the one that is
// given or else the member's.
func (a *App) bring(ctx context.Context, channel string, request commands.Request, files []commands.Attachment) error {
	ctx, cancel := context.WithTimeout(ctx, bringWithin)
	defer cancel()
	if channel == "" {
		var err error
		if channel, err = a.directChannel(ctx, request.Workspace, request.Member); err != nil {
			return callError("open conversation", err)
		}
	}
	shared, errs := make([]slackapi.FileSummary, len(files)), make([]error, len(files))
	var uploads sync.WaitGroup
	places := make(chan struct{}, uploadsAtOnce)
	for i, file := range files {
		uploads.Go(func() {
			places <- struct{}{}
			defer func() { <-places }()
			shared[i].Title = file.Name
			shared[i].ID, errs[i] = a.upload(ctx, request.Workspace, file.Name, file.Data, "")
		})
	}
	uploads.Wait()
	if err := errors.Join(errs...); err != nil {
		return err
	}
	return a.endUpload(ctx, request.Workspace, channel, shared...)
}

// upload brings a file to Slack, in the first two of the three steps that this
// takes. Until the third, endUpload, nobody has it.
// https://docs.slack.dev/messaging/working-with-files#uploading_files
func (a *App) upload(ctx context.Context, workspace coaching.WorkspaceID, name string, data []byte, alt string) (id string, err error) {
	api, err := a.in(ctx, workspace)
	if err != nil {
		return "", callError("begin upload", err)
	}
	place, err := api.GetUploadURLExternalContext(ctx, slackapi.GetUploadURLExternalParameters{
		FileName: name, FileSize: len(data), AltTxt: alt,
	})
	if err != nil {
		return "", callError("begin upload", err)
	}
	err = api.UploadToURL(ctx, slackapi.UploadToURLParameters{UploadURL: place.UploadURL, Reader: bytes.NewReader(data), Filename: name})
	return place.FileID, callError("upload", err)
}

// endUpload completes uploads and shares them in a channel; without one, only
// messages of the app's show them.
func (a *App) endUpload(ctx context.Context, workspace coaching.WorkspaceID, channel string, files ...slackapi.FileSummary) error {
	api, err := a.in(ctx, workspace)
	if err != nil {
		return callError("end upload", err)
	}
	_, err = api.CompleteUploadExternalContext(ctx, slackapi.CompleteUploadExternalParameters{Files: files, Channel: channel})
	return callError("end upload", err)
}
