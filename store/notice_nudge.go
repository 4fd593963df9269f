package store

import (
	"errors"
	"time"

	"github.com/smallwins/smallwins/coaching"
)

// nudgeDoc keeps the facts as they were when the nudge was decided.
type nudgeDoc struct {
	Date     string        `json:"date"`
	Since    string        `json:"since"`
	Member   string        `json:"member,omitempty"`
	Wins     []winDoc      `json:"wins"`
	MoreWins int64         `json:"more_wins"`
	Goals    []standingDoc `json:"goals"`
	Small    []weekWinDoc  `json:"small,omitempty"`
	All      int64         `json:"small_all,omitempty"`
	Ticked   int64         `json:"small_ticked,omitempty"`
	Applause []applauseDoc `json:"applause,omitempty"`
}

type weekWinDoc struct {
	Win  smallWinDoc `json:"win"`
	Goal goalDoc     `json:"goal"`
	Done bool        `json:"done"`
	Name string      `json:"name,omitempty"`
}

type applauseDoc struct {
	Member string `json:"member"`
	Name   string `json:"name"`
	Count  int64  `json:"count"`
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
	doc.All, doc.Ticked = int64(nudge.SmallAll), int64(nudge.SmallTicked)
	for i, small := range nudge.Small {
		doc.Small = append(doc.Small, weekWinDoc{
			Win: smallWinToDoc(small.Win, time.Time{}, i), Goal: goalToDoc(small.Goal), Done: small.Done, Name: small.Name,
		})
	}
	for _, applause := range nudge.Applause {
		doc.Applause = append(doc.Applause, applauseDoc{Member: string(applause.Member), Name: applause.Name, Count: int64(applause.Count)})
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
	nudge.SmallAll, nudge.SmallTicked = int(d.All), int(d.Ticked)
	for _, doc := range d.Small {
		win, errWin := doc.Win.win()
		goal, errGoal := doc.Goal.goal()
		if err := errors.Join(errWin, errGoal); err != nil {
			return coaching.Nudge{}, err
		}
		nudge.Small = append(nudge.Small, coaching.WeekWin{Win: win, Goal: goal, Done: doc.Done, Name: doc.Name})
	}
	for _, doc := range d.Applause {
		nudge.Applause = append(nudge.Applause, coaching.Applause{Member: coaching.MemberID(doc.Member), Name: doc.Name, Count: int(doc.Count)})
	}
	return nudge, nil
}
