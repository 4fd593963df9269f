package commands

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands/sheet"
)

// takenAtOnce is how many rows are taken while the member waits for the answer.
// More of them take their time, and the member hears when they are in.
const takenAtOnce = 2000

// uploadLease is for how long nobody else takes a file up whose rows somebody is
// taking, from each batch on.
const uploadLease = 2 * time.Minute

// takeRows brings the rows in and remembers how the table is read.
func (r *Router) takeRows(ctx context.Context, ask *ask, dialog coaching.Dialog) (Reply, string, error) {
	read, wrong, err := r.readRows(ctx, ask, dialog)
	if err != nil {
		return Reply{}, "", err
	}
	for _, reason := range wrong {
		return Reply{}, "", coaching.Refuse(reason)
	}
	kind := string(read.layout.Kind)
	if err := r.trace(ctx, ask, coaching.Trace{Kind: coaching.TraceImported, Shifts: []coaching.Shift{{
		Name: "rows", After: strings.TrimSpace(itoa(read.rows-read.left) + " " + kind + " " + dialog.Answer(fileField)),
	}}}); err != nil {
		return Reply{}, "", err
	}
	if err := r.store.SaveLayout(ctx, ask.Request.Workspace, read.told); err != nil {
		return Reply{}, "", err
	}
	if dialog.Answered(fileField) && read.rows > takenAtOnce {
		reply, err := r.queueRows(ctx, ask, dialog, read)
		return reply, kind, err
	}
	source, err := r.sourceOf(ctx, ask, dialog)
	if err != nil {
		return Reply{}, "", err
	}
	var tally coaching.UploadTally
	_, _, err = r.scanTable(ctx, ask.workspace, source, func(some batch) error {
		return r.takeBatch(ctx, ask.workspace.ID, some, source.now, &tally)
	})
	if err == nil && dialog.Answered(fileField) {
		err = r.releaseFile(ctx, ask, dialog)
	}
	if err != nil {
		return Reply{}, "", err
	}
	return ask.say(
		Text{ask.voice.Line("table_taken", Args{"count": tally.Taken, "known": itoa(tally.Known)})},
		Note{ask.voice.Line("table_next", nil)},
	), kind, nil
}

// takeBatch takes some events and counts what became of them.
func (r *Router) takeBatch(ctx context.Context, workspace coaching.WorkspaceID, some batch, now time.Time, tally *coaching.UploadTally) error {
	results, err := r.store.IngestTable(ctx, workspace, some.events, some.kind == sheet.Deals, now)
	if err != nil {
		return err
	}
	for _, result := range results {
		switch result.Outcome { //nolint:exhaustive // What is refused was left out before.
		case coaching.EventAccepted:
			tally.Taken++
		case coaching.EventRepeated:
			tally.Known++
		}
	}
	tally.Rows, tally.Left = some.rows, some.left
	return nil
}

// fileAfter is how long a file is there after its rows were taken: whoever dies
// before the dialog's end is noted finds it again.
const fileAfter = 10 * time.Minute

// releaseFile lets a file go whose rows were taken.
func (r *Router) releaseFile(ctx context.Context, ask *ask, dialog coaching.Dialog) error {
	upload, err := r.store.Upload(ctx, dialog.Workspace, dialog.ID)
	if err != nil {
		return err
	}
	upload.NextAt = ask.Received.Add(fileAfter)
	_, err = r.store.SaveUpload(ctx, upload)
	if coaching.CodeOf(err) == coaching.Conflict {
		return nil // It is on its way out.
	}
	return err
}

// queueRows leaves a long table to [Router.TakeUploads].
func (r *Router) queueRows(ctx context.Context, ask *ask, dialog coaching.Dialog, read tableImport) (Reply, error) {
	upload, err := r.store.Upload(ctx, dialog.Workspace, dialog.ID)
	if err != nil {
		return Reply{}, err
	}
	if upload.State == coaching.UploadKept { // else somebody pressed before
		upload.State, upload.NextAt = coaching.UploadQueued, ask.Received
		if _, err := r.store.SaveUpload(ctx, upload); err != nil && coaching.CodeOf(err) != coaching.Conflict {
			return Reply{}, err
		}
	}
	return ask.say(
		Text{ask.voice.Line("table_queued", Args{"count": read.rows - read.left, "file": Span{Text: upload.Name, Style: Strong}})},
		Note{ask.voice.Line("table_queued_next", nil)},
	), nil
}

// TakeUploads takes the rows of long tables that members sent, and removes those
// that nobody gave their word on in time. It may run on any number of replicas and
// break off anywhere: a file is taken by one at a time, the next one goes on where
// the last one was, and rows count once however often they are taken.
func (r *Router) TakeUploads(ctx context.Context, now time.Time) error {
	lapsed, err := r.store.LapsedUploads(ctx, now, lapsedAtOnce)
	for _, upload := range lapsed {
		err = errors.Join(err, r.store.DeleteUpload(ctx, upload.Workspace, upload.ID))
	}
	for err == nil && ctx.Err() == nil {
		var upload coaching.Upload
		upload, err = r.store.TakeUpload(ctx, now, uploadLease)
		if coaching.CodeOf(err) == coaching.NotFound {
			return nil
		}
		if err != nil {
			return err
		}
		if err = r.takeUpload(ctx, upload, now); err != nil {
			err = fmt.Errorf("take file %s of %s: %w", upload.ID, upload.Workspace, err)
		}
	}
	return err
}

// lapsedAtOnce is how many files are removed at a time.
const lapsedAtOnce = 100

// takeUpload takes the rows of a file from where it was left, and has its member
// told.
func (r *Router) takeUpload(ctx context.Context, upload coaching.Upload, now time.Time) error {
	workspace, err := r.store.Workspace(ctx, upload.Workspace)
	if err != nil {
		return err
	}
	read, wrong, err := r.takeFrom(ctx, workspace, &upload, now)
	switch {
	case coaching.CodeOf(err) == coaching.Conflict:
		return nil // Somebody else took it over.
	case ctx.Err() != nil:
		// Whoever goes on need not wait for the lease to end.
		upload.NextAt = now
		_, saving := r.store.SaveUpload(context.WithoutCancel(ctx), upload)
		return errors.Join(err, saving)
	case coaching.CodeOf(err) == coaching.NotFound:
		wrong = problems{"": "file_gone"} // Nobody can go on with it.
	case err != nil:
		return err
	}
	imported := coaching.Imported{Date: coaching.DateOf(now.In(workspace.Location())), Name: upload.Name, Tally: upload.Tally}
	imported.Tally.Rows, imported.Tally.Left = read.rows, read.left
	for _, reason := range wrong {
		imported.Reason = reason
	}
	if err := r.store.Enqueue(ctx, upload.Report(imported, now)); err != nil {
		return err
	}
	return r.store.DeleteUpload(ctx, upload.Workspace, upload.ID)
}

func (r *Router) takeFrom(ctx context.Context, workspace coaching.Workspace, upload *coaching.Upload, now time.Time) (tableImport, problems, error) {
	source := tableSource{content: r.store.UploadContent(ctx, *upload), asOf: upload.SentAt, now: now.Add(time.Minute)}
	done := upload.Tally.Rows
	return r.scanTable(ctx, workspace, source, func(some batch) error {
		if some.rows <= done {
			return nil
		}
		if err := r.takeBatch(ctx, workspace.ID, some, source.now, &upload.Tally); err != nil {
			return err
		}
		upload.NextAt = now.Add(uploadLease)
		saved, err := r.store.SaveUpload(ctx, *upload)
		if err == nil {
			*upload = saved
		}
		return err
	})
}

// wordImported tells a member what came of their file.
func (a *ask) wordImported(imported coaching.Imported) []Part {
	file := Span{Text: imported.Name, Style: Strong}
	if imported.Reason != "" {
		return []Part{
			Text{a.voice.Line("table_file_failed", Args{"file": file})},
			Text{a.voice.Line("reason_"+string(imported.Reason), nil)},
		}
	}
	parts := []Part{
		Text{a.voice.Line("table_file_taken", Args{"file": file})},
		Text{a.voice.Line("table_taken", Args{"count": imported.Tally.Taken, "known": itoa(imported.Tally.Known)})},
	}
	if imported.Tally.Left > 0 {
		parts = append(parts, Text{a.voice.Line("import_unread", Args{"count": imported.Tally.Left})})
	}
	return append(parts, Note{a.voice.Line("table_next", nil)})
}
