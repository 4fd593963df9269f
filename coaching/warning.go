package coaching

import (
	"fmt"
	"hash/fnv"
	"slices"
	"time"
)

// StreamFamily names the streams of figures that answer one question: has the
// win rate of a rep moved, has churn. They share what the team's budget of
// false alarms gives the question.
type StreamFamily string

// The families.
const (
	FamilyWinRate      StreamFamily = "win_rate"
	FamilyWinStage     StreamFamily = "win_rate_stage" // of the deals that came to a stage, those not lost there
	FamilyWinTerritory StreamFamily = "win_rate_territory"
	FamilyWinProduct   StreamFamily = "win_rate_product"
	FamilyWinRep       StreamFamily = "win_rate_rep"
	FamilyChurn        StreamFamily = "churn"
	FamilyChurnType    StreamFamily = "churn_type"
	FamilyChurnGoal    StreamFamily = "churn_goal"    // against the level of the team's goal
	FamilyCostToValue  StreamFamily = "cost_to_value" // acquisition cost over lifetime value
	FamilyMargin       StreamFamily = "margin"
	FamilyCycle        StreamFamily = "cycle"
)

// families are all, in the order in which they are told: wholes before their
// parts.
var families = []StreamFamily{
	FamilyWinRate, FamilyWinStage, FamilyWinTerritory, FamilyWinProduct, FamilyWinRep,
	FamilyChurn, FamilyChurnGoal, FamilyChurnType, FamilyCostToValue, FamilyMargin, FamilyCycle,
}

// Kind is the kind of goal that the family's figures are of, by which warnings
// are muted and answered.
func (f StreamFamily) Kind() Kind {
	switch f {
	case FamilyWinRate, FamilyWinStage, FamilyWinTerritory, FamilyWinProduct, FamilyWinRep:
		return WinRate
	case FamilyChurn, FamilyChurnType, FamilyChurnGoal:
		return Churn
	case FamilyCostToValue:
		return CAC
	case FamilyMargin:
		return Margin
	default:
		return Cycle
	}
}

// better is the direction that is good.
func (f StreamFamily) better() Direction {
	if kind := f.Kind(); kind == WinRate || kind == Margin {
		return Higher
	}
	return Lower
}

// Stream names one stream of monthly figures that is watched. Part is which of
// the family's parts it is, a product or a rep; a whole has none.
type Stream struct {
	Family StreamFamily
	Part   string
}

// Key writes the stream; it is unique within a workspace.
func (s Stream) Key() string { return string(s.Family) + "/" + s.Part }

// whole returns the stream that this one is a part of; ok is false for a whole.
func (s Stream) whole() (whole Stream, ok bool) {
	switch s.Family {
	case FamilyWinStage, FamilyWinTerritory, FamilyWinProduct, FamilyWinRep:
		return Stream{Family: FamilyWinRate}, true
	case FamilyChurnType, FamilyChurnGoal:
		return Stream{Family: FamilyChurn}, true
	default:
		return Stream{}, false
	}
}

// WarningID identifies the warning of an episode that was raised in a month, for
// buttons and for what people answer. What is raised twice in one month is told
// once.
func WarningID(stream Stream, raised Date) string {
	hash := fnv.New64a()
	_, _ = hash.Write([]byte(stream.Key()))
	return fmt.Sprintf("%016x-%04d-%02d", hash.Sum64(), raised.Year, int(raised.Month))
}

// Warning holds the facts of one warning, or of how one ended. Rates are in
// percent, what values are in is their kind's unit.
type Warning struct {
	Date Date
	// Member is who is told it alone; it is empty in a channel.
	Member MemberID
	ID     string
	Event  AlarmEvent
	Stream Stream
	// Owner is the member that a rep's stream is of, where that is known.
	Owner MemberID

	// Since is when the change most likely began, Sure how likely there is one.
	Since Date
	Sure  float64
	// Counted is set for rates: Before and Now are their counts, Usual is how many
	// hits there would usually have been.
	Counted     bool
	Before, Now Rate
	Usual       float64
	// Was and Is are the figures before and since; the true one of now lies from
	// Low to High 19 times in 20.
	Was, Is, Low, High float64
	// Level is what was judged against, where HasLevel is set.
	Level    float64
	HasLevel bool
	// Parts are where it comes from, Plays what to do about it.
	Parts []WarningPart
	Plays []PlayID
}

// WarningPart is a part of the whole that makes up much of a change.
type WarningPart struct {
	Stream      Stream
	Before, Now Rate
}

// Kind is [WarningCheck].
func (Warning) Kind() CadenceKind { return WarningCheck }

// Day is the day on which it is told.
func (w Warning) Day() Date { return w.Date }

// DeliveryID identifies the post that tells the warning to a channel or a member.
// A reminder is told anew after every break.
func (w Warning) DeliveryID(workspace WorkspaceID, to string) string {
	id := fmt.Sprintf("%s/%s/%s/%s/%s", workspace, WarningCheck, w.ID, w.Event, to)
	if w.Event == AlarmStill {
		id += "/" + w.Date.String()
	}
	return id
}

// Thin tells of which streams there is too little to be watched. It is told once
// of each.
type Thin struct {
	Date Date
	// Member is who is told it alone; it is empty in a channel.
	Member  MemberID
	Streams []ThinStream
}

// ThinStream is a stream with the cases that it has a year and those that it
// needs; of figures these are months.
type ThinStream struct {
	Stream       Stream
	Owner        MemberID
	Counted      bool
	Cases, Needs int
}

// Kind is [WarningCheck].
func (Thin) Kind() CadenceKind { return WarningCheck }

// Day is the day on which it is told.
func (t Thin) Day() Date { return t.Date }

// DeliveryID identifies the post that tells it to a channel or a member.
func (t Thin) DeliveryID(workspace WorkspaceID, to string) string {
	hash := fnv.New64a()
	for _, thin := range t.Streams {
		_, _ = hash.Write([]byte(thin.Stream.Key() + "\n"))
	}
	return fmt.Sprintf("%s/%s/thin/%016x/%s", workspace, WarningCheck, hash.Sum64(), to)
}

// WarningExpires returns when a warning that is due then becomes useless: with the
// next look.
func WarningExpires(due time.Time) time.Time { return due.Add(usefulFor[WarningCheck]) }

// maxWarningPlays are how many things to do a warning names.
const maxWarningPlays = 2

// warningPlays chooses what to do about a warning: plays that are done once, of
// which the first looks for the leak and the next answers another question.
func warningPlays(kind Kind) []PlayID {
	book, _ := PlaybookOf(kind)
	once := slices.DeleteFunc(book.Plays, func(play Play) bool { return play.Counts != "" })
	slices.SortStableFunc(once, func(a, b Play) int { return first(a.Question == QuestionLeak) - first(b.Question == QuestionLeak) })
	var chosen []PlayID
	var asked []Question
	for _, play := range once {
		if len(chosen) < maxWarningPlays && !slices.Contains(asked, play.Question) {
			chosen, asked = append(chosen, play.ID), append(asked, play.Question)
		}
	}
	return chosen
}

// first sorts what has a trait before what has not.
func first(has bool) int {
	if has {
		return 0
	}
	return 1
}
