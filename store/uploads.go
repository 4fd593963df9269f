package store

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

// uploadPart is how many bytes of a file one document keeps.
const uploadPart = 192 << 10

// uploadDoc is what is known of a file. Its content is in parts of its own.
type uploadDoc struct {
	document.Header
	Workspace string        `json:"workspace"`
	Member    string        `json:"member"`
	Name      string        `json:"name"`
	Size      int64         `json:"size"`
	Parts     int64         `json:"parts"`
	State     string        `json:"state"`
	Next      document.Time `json:"next"`
	Sent      document.Time `json:"sent"`
	Rows      int64         `json:"rows"`
	Taken     int64         `json:"taken"`
	Known     int64         `json:"known"`
	Left      int64         `json:"left"`
}

// uploadPartDoc is a part of a file. Files are of any encoding, so it is kept as
// base64.
type uploadPartDoc struct {
	document.Header
	Workspace string `json:"workspace"`
	Member    string `json:"member"`
	Content   string `json:"content"`
}

func uploadPartKey(upload string, part int64) string { return fmt.Sprintf("%s/%04d", upload, part) }

func uploadToDoc(u coaching.Upload) uploadDoc {
	return uploadDoc{
		Header:    document.Header{ID: entryKey(u.Workspace, u.ID), Revision: u.Revision},
		Workspace: string(u.Workspace), Member: string(u.Member), Name: u.Name, Size: int64(u.Size),
		Parts: int64((u.Size + uploadPart - 1) / uploadPart),
		State: string(u.State), Next: document.At(u.NextAt), Sent: document.At(u.SentAt),
		Rows: int64(u.Tally.Rows), Taken: int64(u.Tally.Taken), Known: int64(u.Tally.Known), Left: int64(u.Tally.Left),
	}
}

func (d uploadDoc) upload() coaching.Upload {
	return coaching.Upload{
		ID:        strings.TrimPrefix(d.ID, d.Workspace+"/"),
		Workspace: coaching.WorkspaceID(d.Workspace), Member: coaching.MemberID(d.Member), Name: d.Name, Size: int(d.Size),
		State: coaching.UploadState(d.State), NextAt: d.Next.Time, SentAt: d.Sent.Time,
		Tally:    coaching.UploadTally{Rows: int(d.Rows), Taken: int(d.Taken), Known: int(d.Known), Left: int(d.Left)},
		Revision: d.Revision,
	}
}

// KeepUpload stores a file, part by part as it is read; its size is what was
// read. One of that id that is there already stays as it is, unless it broke off:
// then it is stored as if for the first time.
func (s *Store) KeepUpload(ctx context.Context, upload coaching.Upload, content io.Reader) (coaching.Upload, error) {
	upload.Size, upload.State = 0, coaching.UploadKept
	doc := uploadToDoc(upload)
	switch err := s.engine.Insert(ctx, uploads, &doc); {
	case errors.Is(err, document.ErrTaken):
		there, err := s.Upload(ctx, upload.Workspace, upload.ID)
		if err != nil || there.Size > 0 {
			return there, err
		}
		upload.Revision = there.Revision
	case err != nil:
		return coaching.Upload{}, coded("keep upload", err)
	default:
		upload.Revision = doc.Revision
	}
	var err error
	if upload.Size, err = s.keepParts(ctx, uploadToDoc(upload), content); err != nil {
		return coaching.Upload{}, coded("keep upload", err)
	}
	return s.SaveUpload(ctx, upload)
}

func (s *Store) keepParts(ctx context.Context, upload uploadDoc, content io.Reader) (size int, err error) {
	buffer := make([]byte, uploadPart)
	for part := int64(0); ; part++ {
		n, err := io.ReadFull(content, buffer)
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return 0, err
		}
		if n > 0 {
			doc := uploadPartDoc{
				Header:    document.Header{ID: uploadPartKey(upload.ID, part)},
				Workspace: upload.Workspace, Member: upload.Member, Content: base64.StdEncoding.EncodeToString(buffer[:n]),
			}
			if err := s.engine.Insert(ctx, uploadParts, &doc); err != nil && !errors.Is(err, document.ErrTaken) {
				return 0, err
			}
		}
		if size += n; n < len(buffer) {
			return size, nil
		}
	}
}

// Upload returns the file of that id, or NotFound.
func (s *Store) Upload(ctx context.Context, workspace coaching.WorkspaceID, id string) (coaching.Upload, error) {
	var doc uploadDoc
	if err := s.engine.Get(ctx, uploads, entryKey(workspace, id), &doc); err != nil {
		return coaching.Upload{}, coded("read upload", err)
	}
	return doc.upload(), nil
}

// UploadContent returns a reader of a file's bytes, which gets one part after
// another for as long as the context lasts.
func (s *Store) UploadContent(ctx context.Context, upload coaching.Upload) io.Reader {
	return &uploadReader{ctx: ctx, engine: s.engine, doc: uploadToDoc(upload)}
}

type uploadReader struct {
	ctx    context.Context //nolint:containedctx // A reader's methods take none.
	engine document.Engine
	doc    uploadDoc
	part   int64
	rest   []byte
}

// Read reads on.
func (r *uploadReader) Read(p []byte) (int, error) {
	for len(r.rest) == 0 {
		if r.part == r.doc.Parts {
			return 0, io.EOF
		}
		var doc uploadPartDoc
		if err := r.engine.Get(r.ctx, uploadParts, uploadPartKey(r.doc.ID, r.part), &doc); err != nil {
			return 0, coded("read part of upload", err)
		}
		var err error
		if r.rest, err = base64.StdEncoding.DecodeString(doc.Content); err != nil {
			return 0, fmt.Errorf("read part of upload: %w", err)
		}
		r.part++
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

// SaveUpload stores what became of a file that was read before and returns it with
// its new revision; Conflict where it changed since.
func (s *Store) SaveUpload(ctx context.Context, upload coaching.Upload) (coaching.Upload, error) {
	doc := uploadToDoc(upload)
	if err := s.engine.Replace(ctx, uploads, &doc); err != nil {
		return coaching.Upload{}, coded("save upload", err)
	}
	return doc.upload(), nil
}

// TakeUpload hands out a queued file whose time has come; nobody else gets it for
// the lease. NotFound means that there is none.
func (s *Store) TakeUpload(ctx context.Context, now time.Time, lease time.Duration) (coaching.Upload, error) {
	var doc uploadDoc
	err := s.engine.Claim(ctx, uploads, document.Query{
		Index: "by_next", Equal: []any{string(coaching.UploadQueued)}, Until: document.At(now.Add(time.Millisecond)), Limit: 1,
	}, map[string]any{"next": document.At(now.Add(lease))}, &doc)
	if err != nil {
		return coaching.Upload{}, coded("take upload", err)
	}
	return doc.upload(), nil
}

// DeleteUpload removes a file; removing a missing one is no error.
func (s *Store) DeleteUpload(ctx context.Context, workspace coaching.WorkspaceID, id string) error {
	shelf := shelfOf[uploadPartDoc](uploadParts, false)
	key := entryKey(workspace, id)
	var parts []string
	err := walkFrom(ctx, s.engine, shelf, key+"/", func(doc document.Document) error {
		if !strings.HasPrefix(doc.Head().ID, key+"/") {
			return document.Stop
		}
		parts = append(parts, doc.Head().ID)
		return nil
	})
	for _, part := range parts {
		if err == nil {
			err = s.engine.Delete(ctx, uploadParts, part)
		}
	}
	if err == nil {
		err = s.engine.Delete(ctx, uploads, key) // last, so that a try that breaks off is found again
	}
	return coded("delete upload", err)
}

// LapsedUploads returns up to limit files that waited for somebody's word for too
// long.
func (s *Store) LapsedUploads(ctx context.Context, now time.Time, limit int) ([]coaching.Upload, error) {
	docs, err := document.All[uploadDoc](ctx, s.engine, uploads, document.Query{
		Index: "by_next", Equal: []any{string(coaching.UploadKept)}, Until: document.At(now), Limit: limit,
	})
	lapsed := make([]coaching.Upload, len(docs))
	for i, doc := range docs {
		lapsed[i] = doc.upload()
	}
	return lapsed, coded("find lapsed uploads", err)
}
