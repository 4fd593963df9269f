package coaching

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// Statement is what a reader understands of a goal in free text. What was not
// said is zero. Each part keeps the words that it was read from, so that a
// person can see how they were understood.
type Statement struct {
	// Text is what was read: trimmed, without invisible characters, and cut to
	// MaxText of them.
	Text string
	// Metric is what the goal measures.
	Metric StatedMetric
	// Direction is the way it is meant to go: a verb, a bound or a sign said
	// so, or the two ends of "from 4% to 3%".
	Direction Direction
	// Size is how much, Baseline where it starts from.
	Size     StatedSize
	Baseline StatedBaseline
	// Comparison is what a change is measured against.
	Comparison StatedComparison
	// Period is when.
	Period StatedPeriod
	// Who is whose goal it is.
	Who StatedWho
	// Segment narrows the goal or breaks it down: "by deal type".
	Segment string
	// Strategy is how it will be reached, Why the reason that it matters; both
	// without the word that introduces them.
	Strategy, Why string
	// InWords is a number that was spelled out ("twenty", "double"), if no
	// figure was found. Only figures are read as figures.
	InWords string
	// Unused are figures that play no part in what was understood.
	Unused []string
}

// StatedMetric is what a statement measures.
type StatedMetric struct {
	// Kind is empty where nothing measurable is named.
	Kind Kind
	// Unit, Nature and Better are the kind's, except that recurring revenue is
	// a level and a custom metric has those of its words ("open rate").
	Unit   Unit
	Nature Nature
	Better Direction
	// Noun is what a custom metric counts, as written.
	Noun string
	// Recurring is revenue that is a level: MRR, ARR.
	Recurring bool
	// Inferred is set where no word names the metric and money alone was taken
	// for revenue.
	Inferred bool
	// Words are the metric's own words, fit for a title.
	Words string

	known bool // a metric of sales by its name, custom or not
}

// StatedSize is how much a statement asks for. Its Form is empty where no size
// was found.
type StatedSize struct {
	Size
	// Stretch is the far end of a band such as "4-6%", signed like Value, which
	// is the end that counts as met. It is there where Banded is set.
	Stretch decimal.Decimal
	Banded  bool
	// Percent tells that it was written as a percentage.
	Percent bool
	// Currency is the ISO 4217 code that was written, else empty.
	Currency string
	// Per is the span that the figure is for each of: "50 calls a week".
	Per Span
	// Span is the unit of a figure of time for a metric in days: [Day] is
	// usable, "3 weeks" is not converted and leaves Form empty.
	Span  Span
	Words string

	direction Direction // that the figure itself says, by a bound or a sign
}

// StatedBaseline is the figure that a statement starts from.
type StatedBaseline struct {
	Value decimal.Decimal
	Known bool
	Words string
}

// StatedComparison is what a change is compared with: the span before
// ("month on month", "10 more than last week") or for each of which it is meant
// ("3% a month"). Span is empty where nothing was said.
type StatedComparison struct {
	Span  Span
	Words string
}

// StatedPeriod is when a statement's goal runs.
//
// What names a calendar period gives that period: "this month", "in March",
// "by the end of Q2" (said in January, too: it is the quarter's goal). One that
// is over means the next one, unless its year was said. A deadline that is not
// such a period ("by Friday", "by 30 June", "by March", "within 30 days") gives
// the days from today to it.
//
// Where none is named, a comparison or cadence implies one: "2% year on year"
// is this year's, "monthly churn below 2%" this month's. If less than a fifth
// of that is left, it is the next.
type StatedPeriod struct {
	Period
	Implied bool
	Words   string
	// Unclear is a date that could be meant in two ways, "3/4/2026" or "FY26"; it
	// was not used.
	Unclear string
}

// Found reports whether there is a period.
func (p StatedPeriod) Found() bool { return !p.To.IsZero() }

// Whose tells whose goal a statement speaks of.
type Whose string

// Whose goal it is; empty where the statement does not say.
const (
	Mine Whose = "mine" // the speaker's
	Ours Whose = "ours" // the team's
)

// StatedWho is whose goal it is.
type StatedWho struct {
	Whose Whose
	// Members are the mentions in the text as written, "@name" or "<@U012>".
	Members []string
	Words   string
}

// ParseStatement reads a goal in English, Thai or a mixture, as a reader would
// on the day today. It never fails: what is not understood is not there. No
// figure is ever found whose digits the text lacks, and only the first MaxText
// characters are read.
func ParseStatement(text string, today Date) Statement {
	text = cutRunes(strings.TrimSpace(readable(text)), MaxText)
	reader := newStatementReader(text, today)
	return reader.read()
}

// invisible are the break hints that Thai keyboards and web pages leave between
// words, and the Thai vowel am in two pieces.
var invisible = strings.NewReplacer("\u200b", "", "\u200c", "", "\u2060", "", "\ufeff", "", "\u00ad", "", "\u0e4d\u0e32", "\u0e33")

// readable returns the text in valid UTF-8 and without what cannot be seen.
func readable(text string) string {
	if !utf8.ValidString(text) {
		text = strings.ToValidUTF8(text, "\ufffd")
	}
	return invisible.Replace(text)
}

// Title returns a short name for the goal: the metric's own words, else the
// statement itself, else the kind; at most MaxTitle characters.
func (s Statement) Title() string {
	title := strings.Join(strings.Fields(s.Metric.Words), " ")
	if strings.HasPrefix(strings.ToLower(title), "sell") {
		title = "sales" // a verb names nothing
	}
	if title == "" {
		title = strings.Join(strings.Fields(s.Text), " ")
	}
	if title == "" {
		title = string(s.Metric.Kind)
	}
	first, width := utf8.DecodeRuneInString(title)
	if width > 0 && unicode.IsLower(first) {
		title = string(unicode.ToUpper(first)) + title[width:]
	}
	return cutRunes(title, MaxTitle)
}

// ForTeam reports whether the goal is the team's: where the statement says so,
// and where it does not, for figures that a whole team makes. What one person
// does, counts and calls, is theirs unless they say "we".
func (s Statement) ForTeam() bool {
	switch s.Who.Whose {
	case Ours:
		return true
	case Mine:
		return false
	}
	switch s.Metric.Kind {
	case Revenue, Churn, Margin, CLV, WinRate, CAC, Cycle:
		return true
	default:
		return false
	}
}

// Better returns the way that is better for this goal: what was said for what
// the team counts itself, else what is true of the kind.
func (s Statement) Better() Direction {
	if s.Direction != "" && s.Metric.Kind == Custom {
		return s.Direction
	}
	return s.Metric.Better
}

// cutRunes returns at most n characters of text.
func cutRunes(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for i := range text {
		if n == 0 {
			return strings.TrimSpace(text[:i])
		}
		n--
	}
	return text
}
