package store

import (
	"fmt"

	"github.com/smallwins/smallwins/coaching"
)

// importedDoc is what a member is told of a file that was taken.
type importedDoc struct {
	Date   string `json:"date"`
	Name   string `json:"name"`
	Rows   int64  `json:"rows"`
	Taken  int64  `json:"taken"`
	Known  int64  `json:"known"`
	Left   int64  `json:"left"`
	Reason string `json:"reason,omitempty"`
}

func importedToDoc(i coaching.Imported) *importedDoc {
	return &importedDoc{
		Date: i.Date.String(), Name: i.Name, Reason: string(i.Reason),
		Rows: int64(i.Tally.Rows), Taken: int64(i.Tally.Taken), Known: int64(i.Tally.Known), Left: int64(i.Tally.Left),
	}
}

func (d importedDoc) imported() (coaching.Imported, error) {
	date, err := coaching.ParseDate(d.Date)
	if err != nil {
		return coaching.Imported{}, fmt.Errorf("notice of a file: %w", err)
	}
	return coaching.Imported{
		Date: date, Name: d.Name, Reason: coaching.Reason(d.Reason),
		Tally: coaching.UploadTally{Rows: int(d.Rows), Taken: int(d.Taken), Known: int(d.Known), Left: int(d.Left)},
	}, nil
}
