package coaching

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// FedWins returns what members won by what events tell of the days from since up
// to the date of a nudge: their part of each goal that adds up and follows events,
// their own goal of a kind before the team's. The goals are those that the nudge
// may speak of; the book reaches over those days. What owners won who are nobody's
// counts for the team alone and is no member's win.
func FedWins(goals []Goal, book DayBook, feeds Feeds, owners Owners, since, date Date, loc *time.Location) []Win {
	type who struct {
		member MemberID
		kind   Kind
	}
	goals = slices.Clone(goals)
	slices.SortStableFunc(goals, func(a, b Goal) int { return cmp.Compare(a.shared(), b.shared()) })
	told := make(map[who]bool)
	var wins []Win
	for _, goal := range goals {
		q, _, follows := Follow(goal, feeds)
		if !follows || goal.Nature != Sum || goal.Better != Higher || goal.Period.To.Before(since) {
			continue
		}
		q.Period, q.Today = Period{Span: Range, From: since, To: date.AddDays(-1)}, date
		for _, credit := range Credit(book.Parts(q, func(cut Cut) string { return cut.Owner }), owners) {
			key := who{credit.Member, goal.Kind}
			if credit.Member == "" || credit.Amount.Sign() <= 0 || told[key] || !goal.Team() && goal.Owner != credit.Member {
				continue
			}
			told[key] = true
			wins = append(wins, Win{Goal: goal, Entry: Entry{
				ID: fedWinID(goal, credit.Member, since), Workspace: goal.Workspace, Goal: goal.Number, Member: credit.Member,
				Op: Add, Amount: credit.Amount, At: since.In(loc),
			}})
		}
	}
	return wins
}

// fedWin begins the ids of wins that events tell of. No entry has such an id.
const fedWin = "fed~"

func fedWinID(goal Goal, member MemberID, since Date) string {
	return strings.Join([]string{fedWin + since.String(), strconv.Itoa(goal.Number), string(member)}, "~")
}

// FedWinDay returns the day from which on a win counts that events tell of, by its
// id; ok is false for the id of an entry.
func FedWinDay(id string) (since Date, ok bool) {
	rest, ok := strings.CutPrefix(id, fedWin)
	if !ok {
		return Date{}, false
	}
	day, _, _ := strings.Cut(rest, "~")
	since, err := ParseDate(day)
	return since, err == nil
}
