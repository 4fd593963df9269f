package coaching

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// WorkspaceID is a chat workspace, such as "slack:T0123" or "discord:9876".
type WorkspaceID string

// MemberID is a member of a workspace, as the platform names it. It is opaque.
type MemberID string

// ChannelID is a channel of a workspace, as the platform names it. It is
// opaque.
type ChannelID string

// State is where a goal is in its life.
type State string

// The states.
const (
	Active State = "active" // being worked on
	Parked State = "parked" // set aside on purpose, with its progress kept
	Closed State = "closed" // finished: met, missed or given up
)

// Size is a target as people state it: a figure to reach, or a change from the
// baseline.
type Size struct {
	Form SizeForm
	// Value is in the goal's unit for Absolute and ChangeBy, in percent of the
	// baseline for ChangePercent. A change is signed: negative lowers.
	Value decimal.Decimal
}

// SizeForm tells how a [Size] is meant.
type SizeForm string

// The forms of a size.
const (
	Absolute      SizeForm = "absolute"       // reach Value
	ChangeBy      SizeForm = "change_by"      // baseline + Value
	ChangePercent SizeForm = "change_percent" // baseline × (1 + Value/100)
)

// Limits that a goal keeps to. The figures' bound is far above any company's
// revenue in any currency and keeps sums exact.
const (
	MaxTitle    = 200  // characters
	MaxNote     = 500  // characters, for notes on entries
	MaxText     = 2000 // characters, for strategy and reasons
	maxExponent = 15   // figures stay below 10^15
	maxPlaces   = 6    // and keep at most six decimal places
)

var figureBound = decimal.New(1, maxExponent)

// CheckFigure refuses a figure beyond 10^15 or with more than six decimal
// places ("figure_too_large", "figure_too_fine").
func CheckFigure(figure decimal.Decimal) error {
	switch {
	case figure.Exponent() > maxExponent, figure.Abs().GreaterThanOrEqual(figureBound):
		return Refuse("figure_too_large")
	case figure.Exponent() < -maxPlaces && !figure.Equal(figure.Truncate(maxPlaces)):
		return Refuse("figure_too_fine")
	}
	return nil
}

// Goal is something to reach within a period. Build one with [NewGoal].
type Goal struct {
	Workspace WorkspaceID
	// Number is short and unique within the workspace; people write #12.
	Number int
	Title  string
	// Statement is what the person wrote, if they wrote one.
	Statement string

	Kind Kind
	Unit Unit
	// Currency is an ISO 4217 code for money, else empty.
	Currency string
	// Noun is what a custom goal counts ("demos"), else empty.
	Noun   string
	Nature Nature
	Better Direction

	// Owner is the member whose goal it is; empty means the team's.
	Owner MemberID
	// Private goals are seen by their owner and managers only. A team's goal
	// cannot be private.
	Private bool

	Period Period
	// Baseline is the figure that the target is compared with; where it is not
	// known, HasBaseline is false and the first level logged becomes it.
	Baseline    decimal.Decimal
	HasBaseline bool
	Size        Size

	// Milestones are those that were moved by hand, none where they follow from
	// the working days; see [Goal.MilestonePlan]. Moves tell what was changed of
	// the goal while it ran, oldest first. Neither slice is ever changed in
	// place.
	Milestones []Milestone
	Moves      []Move

	// Strategy is how it will be reached, Why the reason that it matters.
	Strategy, Why string

	State State
	// Focus goals are the few that nudges speak of.
	Focus bool

	CreatedBy MemberID
	CreatedAt time.Time
	// ClosedAt and Reason tell of the last change of state.
	ChangedAt time.Time
	Reason    string

	// Subtotal is a head start for summing the goal up: the store's, nil where
	// there is none yet. It is never changed in place.
	Subtotal *Subtotal
}

// NewGoal checks a goal and returns it with what follows from its kind filled
// in. The error, if any, is Invalid with the reason.
func NewGoal(goal Goal) (Goal, error) {
	traits, known := TraitsOf(goal.Kind)
	if !known {
		return Goal{}, Refuse("kind_unknown")
	}
	if goal.Unit == "" {
		goal.Unit = traits.Unit
	}
	if goal.Nature == "" {
		goal.Nature = traits.Nature
	}
	if goal.Better == "" {
		goal.Better = traits.Better
	}
	if goal.State == "" {
		goal.State = Active
	}
	goal.Title = strings.TrimSpace(goal.Title)
	switch {
	case goal.Workspace == "":
		return Goal{}, Refuse("workspace_missing")
	case goal.Title == "":
		return Goal{}, Refuse("title_missing")
	case utf8.RuneCountInString(goal.Title) > MaxTitle:
		return Goal{}, Refuse("title_too_long")
	case utf8.RuneCountInString(goal.Strategy) > MaxText, utf8.RuneCountInString(goal.Why) > MaxText, utf8.RuneCountInString(goal.Statement) > MaxText:
		return Goal{}, Refuse("text_too_long")
	case goal.Unit == Money && goal.Currency == "":
		return Goal{}, Refuse("currency_missing")
	case goal.Period.From.IsZero() || goal.Period.To.Before(goal.Period.From):
		return Goal{}, Refuse("period_missing")
	case goal.Private && goal.Team():
		return Goal{}, Refuse("private_team")
	}
	if err := goal.checkFigures(); err != nil {
		return Goal{}, err
	}
	return goal, nil
}

func (g Goal) checkFigures() error {
	for _, figure := range []decimal.Decimal{g.Size.Value, g.Baseline} {
		if err := CheckFigure(figure); err != nil {
			return err
		}
	}
	switch g.Size.Form {
	case Absolute:
		if g.Size.Value.Sign() < 0 {
			return Refuse("target_negative")
		}
		if g.Size.Value.IsZero() && g.Better == Higher {
			return Refuse("target_zero")
		}
	case ChangeBy, ChangePercent:
		if g.Size.Value.IsZero() {
			return Refuse("target_zero")
		}
		if !g.HasBaseline && g.Nature == Sum {
			return Refuse("baseline_missing")
		}
	default:
		return Refuse("target_missing")
	}
	if g.Unit == Percent {
		if target, known := g.Target(); known && target.GreaterThan(hundred) {
			return Refuse("target_above_hundred")
		}
	}
	return nil
}

var hundred = decimal.New(100, 0)

// Target returns the figure to reach, in the goal's unit. It is not known while
// a change is sought and the baseline is not there yet.
func (g Goal) Target() (target decimal.Decimal, known bool) {
	switch {
	case g.Size.Form == Absolute:
		return g.Size.Value, true
	case !g.HasBaseline:
		return decimal.Zero, false
	case g.Size.Form == ChangeBy:
		return g.Baseline.Add(g.Size.Value), true
	default:
		return g.Baseline.Mul(hundred.Add(g.Size.Value)).Div(hundred).Round(maxPlaces), true
	}
}

// Like reports whether two goals measure the same of the same owner, so that
// what was logged on one tells of the other.
func (g Goal) Like(other Goal) bool {
	return g.Workspace == other.Workspace && g.Owner == other.Owner && g.Kind == other.Kind && g.Nature == other.Nature &&
		g.Unit == other.Unit && g.Currency == other.Currency && strings.EqualFold(g.Noun, other.Noun)
}

// SetLate reports whether more than a tenth of the period was over when a goal
// was set that adds up: what is logged on it is not the figure of the whole
// period.
func (g Goal) SetLate(loc *time.Location) bool {
	const tenth = 10
	return g.Nature == Sum && tenth*DateOf(g.CreatedAt.In(loc)).Sub(g.Period.From) > g.Period.Days()
}

// Team reports whether the goal is the team's rather than one member's.
func (g Goal) Team() bool { return g.Owner == "" }
