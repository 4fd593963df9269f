package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

// ExportFormat numbers the form in which documents are exported; it is the
// schema's version.
const ExportFormat = schemaVersion

// Exported names the collections of an export, in its order.
func Exported() []string {
	var names []string
	for _, shelf := range shelves() {
		if shelf.kept {
			names = append(names, shelf.collection.Name)
		}
	}
	return names
}

// Export calls each for everything that is kept of a workspace: the collection
// and a document as one line of JSON, without the newline. The order is fixed
// and revisions are left out, so that two exports of the same data are the same.
// What changes meanwhile may or may not be in it.
func (s *Store) Export(ctx context.Context, workspace coaching.WorkspaceID, each func(collection string, line []byte) error) error {
	for _, shelf := range shelves() {
		if !shelf.kept {
			continue
		}
		err := s.walkWorkspace(ctx, shelf, workspace, func(doc document.Document) error {
			line, err := exportLine(doc)
			if err != nil {
				return err
			}
			return each(shelf.collection.Name, line)
		})
		if err != nil {
			return coded("export "+shelf.collection.Name, err)
		}
	}
	return nil
}

// exportLine writes a document as [Store.Export] says.
func exportLine(doc document.Document) ([]byte, error) {
	doc.Head().Revision = 0
	var line bytes.Buffer
	encoder := json.NewEncoder(&line)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(doc); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(line.Bytes(), []byte("\n")), nil
}

// ErrNotEmpty means that a workspace that is to be restored has other data.
var ErrNotEmpty = errors.New("the workspace is not empty and holds something else")

// Restore stores lines that Export wrote, of one collection of a workspace. It
// may be repeated: what is there already and the same is left alone; anything
// else there is [ErrNotEmpty]. Nobody may use the workspace meanwhile, and a
// store that has read of it before is to be opened anew.
func (s *Store) Restore(ctx context.Context, workspace coaching.WorkspaceID, collection string, lines [][]byte) error {
	shelf, found := shelfNamed(collection)
	if !found {
		return fmt.Errorf("restore: there is no collection %q in an export", collection)
	}
	docs := make([]document.Document, len(lines))
	for i, line := range lines {
		docs[i] = shelf.blank()
		decoder := json.NewDecoder(bytes.NewReader(line))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(docs[i]); err != nil {
			return fmt.Errorf("restore %s: %w", collection, err)
		}
		if id := docs[i].Head().ID; id != string(workspace) && !bytes.HasPrefix([]byte(id), []byte(string(workspace)+"/")) {
			return fmt.Errorf("restore %s: %s is of another workspace than %s", collection, id, workspace)
		}
	}
	err := s.engine.Insert(ctx, shelf.collection, docs...)
	var taken *document.TakenError
	if !errors.As(err, &taken) {
		return coded("restore "+collection, err)
	}
	wanted := make(map[string][]byte, len(lines))
	for i, doc := range docs {
		wanted[doc.Head().ID] = lines[i]
	}
	for _, id := range taken.IDs {
		there := shelf.blank()
		if err := s.engine.Get(ctx, shelf.collection, id, there); err != nil {
			return coded("restore "+collection, err)
		}
		line, err := exportLine(there)
		if err != nil {
			return coded("restore "+collection, err)
		}
		if !bytes.Equal(line, wanted[id]) {
			return fmt.Errorf("restore %s %s: %w", collection, id, ErrNotEmpty)
		}
	}
	return nil
}

func shelfNamed(collection string) (shelf, bool) {
	for _, shelf := range shelves() {
		if shelf.kept && shelf.collection.Name == collection {
			return shelf, true
		}
	}
	return shelf{}, false
}
