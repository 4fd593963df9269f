package coaching

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// Result is how a goal ended.
type Result string

// The results.
const (
	ResultMet     Result = "met"
	ResultMissed  Result = "missed"
	ResultUnknown Result = "unknown" // Reason says why it cannot be told
)

// The reasons why a goal's result is not known.
const (
	// ReasonNoFigure: nothing was recorded and no final figure given.
	ReasonNoFigure Reason = "no_final_figure"
	// ReasonNoTarget: the target hangs on a baseline that nobody gave.
	ReasonNoTarget Reason = "no_target"
)

// Review is what is kept of a goal for ever: how it ended, who brought what,
// which milestones were kept, how good the forecast was, what was learned and
// what to go for next. It is made by [NewReview] and holds all that is needed
// to show it again without looking anything up.
type Review struct {
	// Goal is the goal as it was at the end, with the baseline that its first
	// reading gave it where it had none.
	Goal Goal
	At   time.Time

	Result Result
	Reason Reason

	Target    decimal.Decimal
	HasTarget bool
	Final     decimal.Decimal
	HasFinal  bool
	// Margin is how far the final figure is beyond the target in the better
	// direction; negative is how much was missing.
	Margin decimal.Decimal
	// Attainment is the share of the target that was reached, 1 for just met.
	// Where lower is better it is 1 plus the share of the target by which the
	// figure stayed below: 1.5% against 2% is 1.25. It is never below 0.
	Attainment float64
	// Covered is how much of the way from the baseline to the target was
	// gone, for goals that have a baseline: recurring revenue of 101 on the
	// way from 100 to 102 is 99% attained and half covered.
	Covered    float64
	HasCovered bool

	// Contributions are the members' parts of a figure that adds up, the
	// largest first, and Segments the parts by stage, product or territory in
	// the order given.
	Contributions []Contribution
	Segments      []Segment

	Milestones []MarkedMilestone
	// Kept and Slipped count the milestones reached by their day and not.
	Kept, Slipped int

	// Expected is the forecast made at the start and Grade how it did.
	Expected    Expectation
	HasExpected bool
	Grade       Grade

	// Lessons is what the manager wrote, with who that was.
	Lessons   string
	LessonsBy MemberID

	// Partial is set where the final figure was logged on a goal that was set
	// late in its period: history gets nothing from it, and the forecast, which
	// was for the whole period, is not held against it.
	Partial bool

	// Next is the proposal for the period after.
	Next Proposal
	// Observations are the figures that the goal leaves to history: its
	// period's, and those of the months in it where entries tell them.
	Observations []Observation
}

// Ending is what a review is made from.
type Ending struct {
	Goal Goal
	// Entries are all of the goal's entries, newest first.
	Entries []Entry
	// Final is the final figure where it comes from elsewhere than the
	// entries, such as a system of record.
	Final    decimal.Decimal
	HasFinal bool
	// Segments are parts of the figure as a system of record gives them, and
	// Credits the members' parts; without Credits the entries tell those.
	Segments []Segment
	Credits  []Contribution
	// Milestones are those of the goal, in order.
	Milestones []Milestone
	// Expected is what [Appraisal.Expectation] returned when the goal was set.
	Expected    Expectation
	HasExpected bool
	// History holds the figures known beside those that the goal leaves.
	History []Observation
	// Roster is the team, or the member of a member's goal.
	Roster Roster

	Lessons   string
	LessonsBy MemberID
	// At is the time of the review and Location the zone in which entries
	// fall on days.
	At       time.Time
	Location *time.Location
}

// NewReview returns the review of a goal whose period is over. Refusals are
// Invalid: "review_too_early" while the period runs, "text_too_long" for
// lessons beyond [MaxText] characters, and those of [CheckFigure].
func NewReview(end Ending) (Review, error) {
	if end.Location == nil {
		end.Location = time.UTC
	}
	end.Lessons = strings.TrimSpace(end.Lessons)
	switch {
	case !DateOf(end.At.In(end.Location)).After(end.Goal.Period.To):
		return Review{}, Refuse("review_too_early")
	case utf8.RuneCountInString(end.Lessons) > MaxText:
		return Review{}, Refuse("text_too_long")
	}
	progress := Reckon(Progress{}, end.Entries)
	r := Review{
		Goal: end.Goal, At: end.At, Lessons: end.Lessons, LessonsBy: end.LessonsBy,
		Segments: end.Segments, Expected: end.Expected, HasExpected: end.HasExpected,
		Final: progress.Value, HasFinal: progress.Entries > 0,
	}
	if end.HasFinal {
		r.Final, r.HasFinal = end.Final, true
	}
	if err := CheckFigure(r.Final); err != nil {
		return Review{}, err
	}
	if !r.Goal.HasBaseline && r.Goal.Nature != Sum && progress.HasFirst {
		r.Goal.Baseline, r.Goal.HasBaseline = progress.First, true
	}
	r.Target, r.HasTarget = r.Goal.Target()
	r.Partial = r.HasFinal && !end.HasFinal && r.Goal.SetLate(end.Location)
	r.judge()
	r.credit(end)
	r.markMilestones(end)
	r.Grade = r.grade()
	r.Observations = r.leave(end)
	r.Next = r.propose(end)
	return r, nil
}

// judge fills in the result, how far off it is and how much was reached.
func (r *Review) judge() {
	switch {
	case !r.HasFinal:
		r.Result, r.Reason = ResultUnknown, ReasonNoFigure
		return
	case !r.HasTarget:
		r.Result, r.Reason = ResultUnknown, ReasonNoTarget
		return
	case atLeastAsGood(r.Final, r.Target, r.Goal.Better):
		r.Result = ResultMet
	default:
		r.Result = ResultMissed
	}
	r.Margin = r.Final.Sub(r.Target)
	if r.Goal.Better == Lower {
		r.Margin = r.Margin.Neg()
	}
	r.Attainment = attainment(r.Margin, r.Target)
	if start := r.Goal.Baseline; r.Goal.HasBaseline && r.Goal.Nature != Sum && !start.Equal(r.Target) {
		way := r.Target.Sub(start).InexactFloat64()
		r.Covered, r.HasCovered = r.Final.Sub(start).InexactFloat64()/way, true
	}
}

// attainment is the share of a target that was reached, from what lies beyond
// it in the better direction.
func attainment(margin, target decimal.Decimal) float64 {
	switch {
	case target.Sign() > 0:
		return max(1+margin.InexactFloat64()/target.InexactFloat64(), 0)
	case margin.Sign() >= 0:
		return 1
	default:
		return 0
	}
}
