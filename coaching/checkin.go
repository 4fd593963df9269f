package coaching

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Mood is how somebody sees a goal at a check-in, in their own judgement.
type Mood string

// The moods.
const (
	MoodOnTrack Mood = "on_track"
	MoodAtRisk  Mood = "at_risk"
	MoodBlocked Mood = "blocked" // something that they cannot move themselves is in the way
)

// Moods are all of them, the best first.
var Moods = []Mood{MoodOnTrack, MoodAtRisk, MoodBlocked}

// Known reports whether the mood is one of [Moods].
func (m Mood) Known() bool { return slices.Contains(Moods, m) }

// CheckIn holds the facts of a weekly check-in, as decided when it came due:
// where each goal stands, and who is asked about which.
type CheckIn struct {
	// Date is the local day it is for, Week the first day of its working week,
	// which its answers are kept under.
	Date, Week Date
	// Member is whose own check-in it is; it is empty in a channel.
	Member MemberID
	Goals  []Standing
	// MoreGoals counts the goals beyond those listed.
	MoreGoals int
	// Asked are those who are waited for, in the order of their ids; Away are
	// those who would be, had they no day off.
	Asked []Asked
	Away  []MemberID
}

// Asked is a member who is asked about goals.
type Asked struct {
	Member MemberID
	// Own are the numbers of their own goals, Team of the team's that they work
	// on.
	Own, Team []int
}

// Kind is [CheckInWeekly].
func (CheckIn) Kind() CadenceKind { return CheckInWeekly }

// Day is the day that the check-in is for.
func (c CheckIn) Day() Date { return c.Date }

// Waiting returns those of the asked who have not answered. An answer is wanted
// about each goal of one's own and, from those who have none, about any of the
// team's: three people need not say the same thing three times.
func Waiting(asked []Asked, answers []Answer) []MemberID {
	type place struct {
		member MemberID
		goal   int
	}
	given := make(map[place]bool, len(answers))
	for _, answer := range answers {
		given[place{answer.Member, answer.Goal}] = true
	}
	var waiting []MemberID
	for _, each := range asked {
		has := func(goal int) bool { return given[place{each.Member, goal}] }
		lacks := func(goal int) bool { return !has(goal) }
		answered := !slices.ContainsFunc(each.Own, lacks)
		if len(each.Own) == 0 {
			answered = slices.ContainsFunc(each.Team, has)
		}
		if !answered {
			waiting = append(waiting, each.Member)
		}
	}
	return waiting
}

// AskedAbout returns who is asked about goals: of a member's own goal its owner,
// of a team's those who recorded something on it lately. Private goals are
// nobody else's business and are left out.
func AskedAbout(goals []Goal, lately []Entry) []Asked {
	byMember := make(map[MemberID]*Asked)
	of := func(member MemberID) *Asked {
		if byMember[member] == nil {
			byMember[member] = &Asked{Member: member}
		}
		return byMember[member]
	}
	team := make(map[int]bool)
	for _, goal := range goals {
		switch {
		case goal.Private:
		case goal.Team():
			team[goal.Number] = true
		default:
			asked := of(goal.Owner)
			asked.Own = append(asked.Own, goal.Number)
		}
	}
	for _, entry := range lately {
		if !team[entry.Goal] || entry.Op == Undo || entry.Member == "" {
			continue
		}
		if asked := of(entry.Member); !slices.Contains(asked.Team, entry.Goal) {
			asked.Team = append(asked.Team, entry.Goal)
		}
	}
	all := make([]Asked, 0, len(byMember))
	for _, asked := range byMember {
		all = append(all, *asked)
	}
	slices.SortFunc(all, func(a, b Asked) int { return strings.Compare(string(a.Member), string(b.Member)) })
	return all
}

// Answer is what a member said about a goal at a week's check-in. The last one
// counts; what was said before is in the audit trail.
type Answer struct {
	Workspace WorkspaceID
	// Week is the first day of the working week.
	Week   Date
	Goal   int
	Member MemberID
	// Name is what the member was called then.
	Name string
	Mood Mood
	// Note is in their own words, and may be empty.
	Note string
	At   time.Time
	// Request is the id of the request that it was given by.
	Request string
}

// NewAnswer returns the answer that a member gives about a goal. Refusals are
// Invalid: "mood_unknown", "note_too_long" beyond [MaxNote] characters, and
// "goal_closed" of a goal that is over and done.
func NewAnswer(goal Goal, week Date, by Member, mood Mood, note string, at time.Time, request string) (Answer, error) {
	note = strings.TrimSpace(note)
	switch {
	case !mood.Known():
		return Answer{}, Refuse("mood_unknown")
	case utf8.RuneCountInString(note) > MaxNote:
		return Answer{}, Refuse("note_too_long")
	case goal.State == Closed:
		return Answer{}, Refuse("goal_closed")
	}
	return Answer{
		Workspace: goal.Workspace, Week: week, Goal: goal.Number, Member: by.ID, Name: by.Name,
		Mood: mood, Note: note, At: at, Request: request,
	}, nil
}

// openFor is for how many days a check-in takes answers: until the next one.
const openFor = 7

// TakesAnswers reports whether the check-in of a day still takes answers.
func TakesAnswers(day, today Date) bool {
	since := today.Sub(day)
	return since >= 0 && since < openFor
}

// Digest is what managers are told of a check-in at the end of its day, or as
// soon as everybody has answered. Its answers are those that are there when it
// is sent.
type Digest struct {
	CheckIn CheckIn
}

// Kind is [CheckInWeekly].
func (Digest) Kind() CadenceKind { return CheckInWeekly }

// Day is the day of the check-in.
func (d Digest) Day() Date { return d.CheckIn.Date }

// The end of a check-in's day, when managers hear of it, and how long people
// have at least to answer before.
const (
	dayEnds    = ClockTime(17 * 60)
	timeToTell = 2 * time.Hour
)

// DigestAt returns when the digest of a check-in that was due at an instant is
// sent, if not everybody has answered before: at five in the evening by the
// clock in loc, at least two hours after, and not in quiet hours.
func DigestAt(due time.Time, quiet Quiet, loc *time.Location) time.Time {
	at := dayEnds.On(DateOf(due.In(loc)), loc)
	if least := due.Add(timeToTell); at.Before(least) {
		at = least
	}
	if quiet.Holds(at.In(loc)) {
		at = quiet.Ends(at, loc)
	}
	return at.UTC()
}

// DigestID identifies the digest of a check-in, by the id of its delivery, for one
// manager.
func DigestID(checkIn string, manager MemberID) string {
	return checkIn + "/digest/" + string(manager)
}

// DigestExpires returns when a digest, or an answer below a check-in, becomes
// useless: a day later it is old news.
func DigestExpires(due time.Time) time.Time { return due.Add(usefulFor[CheckInWeekly]) }

// Answered is what somebody said at a check-in, to be told below it.
type Answered struct {
	Date   Date
	Answer Answer
	Goal   Goal
	// Under is the id of the delivery that the check-in was posted by.
	Under string
}

// Kind is [CheckInWeekly].
func (Answered) Kind() CadenceKind { return CheckInWeekly }

// Day is the day on which it was answered.
func (a Answered) Day() Date { return a.Date }
