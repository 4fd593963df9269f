package store

import (
	"fmt"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

// noticeDoc is one notice of a delivery: the part that belongs to its kind is
// set.
type noticeDoc struct {
	Kind     string       `json:"kind"`
	Nudge    *nudgeDoc    `json:"nudge,omitempty"`
	CheckIn  *checkInDoc  `json:"checkin,omitempty"`
	Answered *answeredDoc `json:"answered,omitempty"`
	Digest   *checkInDoc  `json:"digest,omitempty"`
	Ended    *endedDoc    `json:"ended,omitempty"`
	Warning  *warningDoc  `json:"warning,omitempty"`
	Thin     *thinDoc     `json:"thin,omitempty"`
	Imported *importedDoc `json:"imported,omitempty"`
}

func noticesToDocs(notices []coaching.Notice) ([]noticeDoc, error) {
	docs := make([]noticeDoc, len(notices))
	for i, notice := range notices {
		docs[i].Kind = string(notice.Kind())
		switch notice := notice.(type) {
		case coaching.Nudge:
			doc := nudgeToDoc(notice)
			docs[i].Nudge = &doc
		case coaching.CheckIn:
			docs[i].CheckIn = checkInToDoc(notice)
		case coaching.Answered:
			docs[i].Answered = answeredToDoc(notice)
		case coaching.Digest:
			docs[i].Digest = checkInToDoc(notice.CheckIn)
		case coaching.Ended:
			docs[i].Ended = endedToDoc(notice)
		case coaching.Warning:
			docs[i].Warning = warningToDoc(notice)
		case coaching.Thin:
			docs[i].Thin = thinToDoc(notice)
		case coaching.Imported:
			docs[i].Imported = importedToDoc(notice)
		default:
			return nil, fmt.Errorf("notice %T: %w", notice, document.ErrInvalid)
		}
	}
	return docs, nil
}

func noticesOf(docs []noticeDoc) ([]coaching.Notice, error) {
	var notices []coaching.Notice
	for _, doc := range docs {
		notice, err := doc.notice()
		if err != nil {
			return nil, err
		}
		notices = append(notices, notice)
	}
	return notices, nil
}

func (d noticeDoc) notice() (coaching.Notice, error) {
	switch {
	case d.Nudge != nil:
		return d.Nudge.nudge()
	case d.CheckIn != nil:
		return d.CheckIn.checkIn()
	case d.Answered != nil:
		return d.Answered.answered()
	case d.Digest != nil:
		checkIn, err := d.Digest.checkIn()
		return coaching.Digest{CheckIn: checkIn}, err
	case d.Ended != nil:
		return d.Ended.ended()
	case d.Warning != nil:
		return d.Warning.warning()
	case d.Thin != nil:
		return d.Thin.thin()
	case d.Imported != nil:
		return d.Imported.imported()
	default:
		return nil, fmt.Errorf("notice of kind %q: %w", d.Kind, document.ErrInvalid)
	}
}
