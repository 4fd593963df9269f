package store

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

// Columns names the columns of a collection's documents for people: the fields
// of a document, in the order of its declaration.
func Columns(collection string) []string {
	shelf, found := shelfNamed(collection)
	if !found {
		return nil
	}
	form := reflect.TypeOf(shelf.blank()).Elem()
	columns := []string{"id"}
	for i := range form.NumField() {
		if name, _, _ := strings.Cut(form.Field(i).Tag.Get("json"), ","); name != "" {
			columns = append(columns, name)
		}
	}
	return columns
}

// Tabulate calls each for the documents of a collection in a workspace, as the
// cells of its columns. What has parts of its own is a cell of JSON.
func (s *Store) Tabulate(ctx context.Context, workspace coaching.WorkspaceID, collection string, each func(cells []string) error) error {
	shelf, found := shelfNamed(collection)
	if !found {
		return fmt.Errorf("tabulate: there is no collection %q in an export", collection)
	}
	columns := Columns(collection)
	err := s.walkWorkspace(ctx, shelf, workspace, func(doc document.Document) error {
		line, err := exportLine(doc)
		if err != nil {
			return err
		}
		var fields map[string]json.RawMessage
		if err := json.Unmarshal(line, &fields); err != nil {
			return err
		}
		cells := make([]string, len(columns))
		cells[0] = doc.Head().ID
		for i, name := range columns[1:] {
			cells[i+1] = cellOf(fields[name])
		}
		return each(cells)
	})
	return coded("tabulate "+collection, err)
}

func cellOf(raw json.RawMessage) string {
	var text string
	switch {
	case len(raw) == 0, string(raw) == "null":
		return ""
	case json.Unmarshal(raw, &text) == nil:
		return text
	default:
		return string(raw)
	}
}
