package main

import (
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

// The team that the load comes from: prepare stores it and run speaks as its
// members, so both can tell what an answer has to say from a member's number.
const (
	teamID    = "T0LOAD"
	channelID = "C0SALES"

	firstMember = 1_000_000 // so that all ids have the same length

	goalsPerMember = 3
	entriesPerGoal = 30
)

// teamGoals are what every member of the team works on, in the order of their
// numbers.
var teamGoals = [goalsPerMember]struct {
	title          string
	kind           coaching.Kind
	currency, noun string
	target, entry  int64
	// says is the target as an answer puts it.
	says string
}{
	{title: "Demos held", kind: coaching.Meetings, noun: "demos", target: 40, entry: 1, says: " of 40 demos"},
	{title: "Revenue closed", kind: coaching.Revenue, currency: "USD", target: 50_000, entry: 1250, says: " of $50,000"},
	{title: "Prospecting calls", kind: coaching.Calls, target: 300, entry: 8, says: " of 300 calls"},
}

// appendMember appends what Slack calls the member of that index.
func appendMember(text []byte, member int) []byte {
	return strconv.AppendInt(append(text, 'U'), int64(firstMember+member), 10)
}

// memberID is appendMember's text alone.
func memberID(member int) coaching.MemberID { return coaching.MemberID(appendMember(nil, member)) }

// goalNumber is the number of one of a member's goals: prepare creates them in
// the members' order.
func goalNumber(member, goal int) int { return member*goalsPerMember + goal + 1 }

// goalName is how answers call one of a member's goals.
func goalName(member, goal int) string {
	return "#" + strconv.Itoa(goalNumber(member, goal)) + " " + teamGoals[goal].title
}

// goalOf returns one of a member's goals for a period.
func goalOf(member, goal int, period coaching.Period) coaching.Goal {
	traits := teamGoals[goal]
	return coaching.Goal{
		Workspace: workspaceID, Title: traits.title, Kind: traits.kind, Currency: traits.currency, Noun: traits.noun,
		Owner: memberID(member), Period: period,
		Size: coaching.Size{Form: coaching.Absolute, Value: decimal.NewFromInt(traits.target)},
	}
}

// workspaceID is the team among those of all platforms.
const workspaceID = coaching.WorkspaceID("slack:" + teamID)
