package store

import (
	"errors"
	"fmt"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

// noticeDoc is one notice of a delivery: the part that belongs to its kind is
// set.
type noticeDoc struct {
	Kind  string    `json:"kind"`
	Nudge *nudgeDoc `json:"nudge,omitempty"`
}

func noticesToDocs(notices []coaching.Notice) ([]noticeDoc, error) {
	docs := make([]noticeDoc, len(notices))
	for i, notice := range notices {
		docs[i].Kind = string(notice.Kind())
		switch notice := notice.(type) {
		case coaching.Nudge:
			doc := nudgeToDoc(notice)
			docs[i].Nudge = &doc
		default:
			return nil, fmt.Errorf("notice %T: %w", notice, document.ErrInvalid)
		}
	}
	return docs, nil
}

func noticesOf(docs []noticeDoc) ([]coaching.Notice, error) {
	var notices []coaching.Notice
	for _, doc := range docs {
		switch {
		case doc.Nudge != nil:
			nudge, err := doc.Nudge.nudge()
			if err != nil {
				return nil, err
			}
			notices = append(notices, nudge)
		default:
			return nil, fmt.Errorf("notice of kind %q: %w", doc.Kind, document.ErrInvalid)
		}
	}
	return notices, nil
}

// nudgeDoc keeps the facts as they were when the nudge was decided.
type nudgeDoc struct {
	Date     string        `json:"date"`
	Since    string        `json:"since"`
	Member   string        `json:"member,omitempty"`
	Wins     []winDoc      `json:"wins"`
	MoreWins int64         `json:"more_wins"`
	Goals    []standingDoc `json:"goals"`
}

type winDoc struct {
	Entry entryDoc `json:"entry"`
	Goal  goalDoc  `json:"goal"`
}

type standingDoc struct {
	Goal     goalDoc     `json:"goal"`
	Progress subtotalDoc `json:"progress"`
}

func nudgeToDoc(nudge coaching.Nudge) nudgeDoc {
	doc := nudgeDoc{
		Date: nudge.Date.String(), Since: nudge.Since.String(), Member: string(nudge.Member), MoreWins: int64(nudge.MoreWins),
		Wins: []winDoc{}, Goals: []standingDoc{},
	}
	for _, win := range nudge.Wins {
		doc.Wins = append(doc.Wins, winDoc{Entry: entryToDoc(win.Entry), Goal: goalToDoc(win.Goal)})
	}
	for _, standing := range nudge.Goals {
		doc.Goals = append(doc.Goals, standingDoc{
			Goal: goalToDoc(standing.Goal), Progress: progressToDoc(standing.Progress),
		})
	}
	return doc
}

func (d nudgeDoc) nudge() (coaching.Nudge, error) {
	nudge := coaching.Nudge{Member: coaching.MemberID(d.Member), MoreWins: int(d.MoreWins)}
	var err error
	if nudge.Date, err = coaching.ParseDate(d.Date); err != nil {
		return coaching.Nudge{}, err
	}
	if nudge.Since, err = coaching.ParseDate(d.Since); err != nil {
		return coaching.Nudge{}, err
	}
	for _, doc := range d.Wins {
		entry, errEntry := doc.Entry.entry()
		goal, errGoal := doc.Goal.goal()
		if err := errors.Join(errEntry, errGoal); err != nil {
			return coaching.Nudge{}, err
		}
		nudge.Wins = append(nudge.Wins, coaching.Win{Entry: entry, Goal: goal})
	}
	for _, doc := range d.Goals {
		goal, errGoal := doc.Goal.goal()
		subtotal, errSubtotal := doc.Progress.subtotal()
		if err := errors.Join(errGoal, errSubtotal); err != nil {
			return coaching.Nudge{}, err
		}
		nudge.Goals = append(nudge.Goals, coaching.Standing{Goal: goal, Progress: subtotal.Progress})
	}
	return nudge, nil
}
