package coaching

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// MostWins is how many small wins a person has in a week, over all goals. More
// is a list of duties, and none of them small.
const MostWins = 3

// WinKind says what a small win asks for.
type WinKind string

// The kinds of small wins.
const (
	WinPieces WinKind = "pieces" // so many calls, leads, meetings
	WinAnswer WinKind = "answer" // what an answer of the goal's plan said to do
	WinPlay   WinKind = "play"   // a play of the kind's playbook
)

// WinSource says where a small win comes from.
type WinSource string

// The sources of small wins.
const (
	WinFromGap      WinSource = "gap"      // what the target still asks for, through the funnel
	WinFromFunnel   WinSource = "funnel"   // the stage that loses most
	WinFromQuestion WinSource = "question" // the plan's answers
	WinFromPlaybook WinSource = "playbook"
)

// SmallWin is one thing to get done within a week that leads towards a goal.
type SmallWin struct {
	// ID is unique within the workspace. It follows from the goal, the member,
	// the week and what the win asks for, but not from how much: proposing it
	// again later in the week makes the same win.
	ID        string
	Workspace WorkspaceID
	Goal      int
	Member    MemberID
	// Week is the first day of the working week, Due the last working day of
	// it within the goal's period.
	Week, Due Date

	Kind     WinKind
	Source   WinSource
	Question Question // which the win answers; empty for pieces
	Play     PlayID   // of a WinPlay

	// Title is the key of the win's words in package commands, which may use
	// Count, Stage and Text.
	Title string
	// Count is how many pieces, 0 for what is done once. Capped says that the
	// target asks for more than fits into the days left.
	Count  int
	Capped bool
	// Stage is the funnel's stage or the activity that Count counts, or at
	// which the win works.
	Stage string
	// Text is the plan's own words, to be shown as plain text.
	Text string
}

func (w SmallWin) identified(slot string) SmallWin {
	// The member comes last: it is opaque and may hold the separator.
	w.ID = fmt.Sprintf("win~%d~%s~%s~%s", w.Goal, w.Week, slot, w.Member)
	return w
}

// Slot names what the win asks for, the same for every goal, member and week.
func (w SmallWin) Slot() string {
	if parts := strings.SplitN(w.ID, "~", 5); len(parts) == 5 {
		return parts[3]
	}
	return ""
}

// WinDone records that a small win was ticked. Like entries it is only ever
// added.
type WinDone struct {
	// ID follows from the win alone, so that ticking it twice is once.
	ID        string
	Win       string
	Workspace WorkspaceID
	Goal      int
	Member    MemberID
	// Name is what the member was called then.
	Name    string
	At      time.Time
	Note    string
	Request string // the id of the request that ticked it
}

// Done returns the event of ticking the win. It adds nothing to the goal's
// figure: what the win brought is logged as an entry. Somebody else's win is
// Forbidden ("win_of_another"), a note of more than [MaxNote] characters
// Invalid ("note_too_long"). A win of a past week may be ticked late.
func (w SmallWin) Done(by Member, at time.Time, note, request string) (WinDone, error) {
	switch {
	case by.ID != w.Member:
		return WinDone{}, &Error{Code: Forbidden, Reason: "win_of_another"}
	case utf8.RuneCountInString(note) > MaxNote:
		return WinDone{}, Refuse("note_too_long")
	}
	return WinDone{
		ID: w.ID + "~done", Win: w.ID, Workspace: w.Workspace, Goal: w.Goal,
		Member: by.ID, Name: by.Name, At: at, Note: note, Request: request,
	}, nil
}

// TickedOf returns how many of the wins are among the events; all is set where
// there are wins and every one is.
func TickedOf(wins []SmallWin, events []WinDone) (ticked int, all bool) {
	done := make(map[string]bool, len(events))
	for _, event := range events {
		done[event.Win] = true
	}
	for _, win := range wins {
		if done[win.ID] {
			ticked++
		}
	}
	return ticked, ticked > 0 && ticked == len(wins)
}
