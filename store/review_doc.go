package store

import (
	"errors"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

// reviewDoc keeps all that a review says, so that it can be shown again when
// everything that it was made from is gone.
type reviewDoc struct {
	document.Header
	Workspace     string             `json:"workspace"`
	Kind          string             `json:"kind"`
	To            string             `json:"to"` // the last day of the period
	Goal          goalDoc            `json:"goal"`
	At            document.Time      `json:"at"`
	Result        string             `json:"result"`
	Reason        string             `json:"reason"`
	Target        string             `json:"target"` // empty: not known
	Final         string             `json:"final"`  // empty: not known
	Margin        string             `json:"margin"`
	Attainment    float64            `json:"attainment"`
	Covered       float64            `json:"covered"`
	HasCovered    bool               `json:"has_covered"`
	Contributions []contributionDoc  `json:"contributions"`
	Segments      []segmentDoc       `json:"segments"`
	Milestones    []milestoneDoc     `json:"milestones"`
	Kept          int64              `json:"kept"`
	Slipped       int64              `json:"slipped"`
	Expected      *expectationFields `json:"expected,omitempty"`
	Grade         gradeDoc           `json:"grade"`
	Lessons       string             `json:"lessons"`
	LessonsBy     string             `json:"lessons_by"`
	Partial       bool               `json:"partial"`
	Next          proposalDoc        `json:"next"`
	Observations  []observationDoc   `json:"observations"`
}

type contributionDoc struct {
	Member  string  `json:"member"`
	Name    string  `json:"name"`
	Amount  string  `json:"amount"`
	Share   float64 `json:"share"`
	Entries int64   `json:"entries"`
}

type segmentDoc struct {
	Name  string  `json:"name"`
	Value string  `json:"value"`
	Of    int64   `json:"of"`
	Share float64 `json:"share"`
}

type milestoneDoc struct {
	Day    string  `json:"day"`
	Value  float64 `json:"value"`
	State  string  `json:"state"`
	Figure float64 `json:"figure"`
}

type gradeDoc struct {
	Reason string  `json:"reason"`
	Graded bool    `json:"graded"`
	Within bool    `json:"within"`
	Above  bool    `json:"above"`
	Below  bool    `json:"below"`
	Off    float64 `json:"off"`
	Scored bool    `json:"scored"`
	Chance float64 `json:"chance"`
	Score  float64 `json:"score"`
}

type observationDoc struct {
	Kind   string    `json:"kind"`
	Period periodDoc `json:"period"`
	Value  string    `json:"value"`
}

func reviewToDoc(r coaching.Review) reviewDoc {
	doc := reviewDoc{
		Header:    document.Header{ID: goalKey(r.Goal.Workspace, r.Goal.Number)},
		Workspace: string(r.Goal.Workspace), Kind: string(r.Goal.Kind), To: r.Goal.Period.To.String(),
		Goal: goalToDoc(r.Goal), At: document.At(r.At),
		Result: string(r.Result), Reason: string(r.Reason), Margin: r.Margin.String(),
		Attainment: r.Attainment, Covered: r.Covered, HasCovered: r.HasCovered,
		Contributions: []contributionDoc{}, Segments: []segmentDoc{}, Milestones: []milestoneDoc{},
		Kept: int64(r.Kept), Slipped: int64(r.Slipped), Grade: gradeToDoc(r.Grade),
		Lessons: r.Lessons, LessonsBy: string(r.LessonsBy),
		Partial: r.Partial, Next: proposalToDoc(r.Next), Observations: []observationDoc{},
	}
	if r.HasTarget {
		doc.Target = r.Target.String()
	}
	if r.HasFinal {
		doc.Final = r.Final.String()
	}
	if r.HasExpected {
		expected := expectationToFields(r.Expected)
		doc.Expected = &expected
	}
	for _, c := range r.Contributions {
		doc.Contributions = append(doc.Contributions, contributionDoc{
			Member: string(c.Member), Name: c.Name, Amount: c.Amount.String(), Share: c.Share, Entries: int64(c.Entries),
		})
	}
	for _, s := range r.Segments {
		doc.Segments = append(doc.Segments, segmentDoc{Name: s.Name, Value: s.Value.String(), Of: int64(s.Of), Share: s.Share})
	}
	for _, m := range r.Milestones {
		doc.Milestones = append(doc.Milestones, milestoneDoc{
			Day: m.Day.String(), Value: m.Value, State: string(m.State), Figure: m.Figure,
		})
	}
	for _, o := range r.Observations {
		doc.Observations = append(doc.Observations, observationDoc{
			Kind: string(o.Kind), Period: periodToDoc(o.Period), Value: o.Value.String(),
		})
	}
	return doc
}

func gradeToDoc(g coaching.Grade) gradeDoc {
	return gradeDoc{
		Reason: string(g.Reason), Graded: g.Graded, Within: g.Within, Above: g.Above, Below: g.Below,
		Off: g.Off, Scored: g.Scored, Chance: g.Chance, Score: g.Score,
	}
}

func (d gradeDoc) grade() coaching.Grade {
	return coaching.Grade{
		Reason: coaching.Reason(d.Reason), Graded: d.Graded, Within: d.Within, Above: d.Above, Below: d.Below,
		Off: d.Off, Scored: d.Scored, Chance: d.Chance, Score: d.Score,
	}
}

func (d reviewDoc) review() (coaching.Review, error) {
	var read reading
	goal, err := d.Goal.goal()
	r := coaching.Review{
		Goal: goal, At: d.At.Time,
		Result: coaching.Result(d.Result), Reason: coaching.Reason(d.Reason),
		HasTarget: d.Target != "", HasFinal: d.Final != "", Margin: read.figure(d.Margin),
		Attainment: d.Attainment, Covered: d.Covered, HasCovered: d.HasCovered,
		Kept: int(d.Kept), Slipped: int(d.Slipped), Grade: d.Grade.grade(),
		Partial: d.Partial,
		Lessons: d.Lessons, LessonsBy: coaching.MemberID(d.LessonsBy),
		Next: d.Next.proposal(&read),
	}
	if r.HasTarget {
		r.Target = read.figure(d.Target)
	}
	if r.HasFinal {
		r.Final = read.figure(d.Final)
	}
	if r.HasExpected = d.Expected != nil; r.HasExpected {
		r.Expected = read.expectation(*d.Expected)
	}
	for _, c := range d.Contributions {
		r.Contributions = append(r.Contributions, coaching.Contribution{
			Member: coaching.MemberID(c.Member), Name: c.Name, Amount: read.figure(c.Amount), Share: c.Share, Entries: int(c.Entries),
		})
	}
	for _, s := range d.Segments {
		r.Segments = append(r.Segments, coaching.Segment{Name: s.Name, Value: read.figure(s.Value), Of: int(s.Of), Share: s.Share})
	}
	for _, m := range d.Milestones {
		r.Milestones = append(r.Milestones, coaching.MarkedMilestone{
			Milestone: coaching.Milestone{Day: read.date(m.Day), Value: m.Value},
			State:     coaching.MilestoneState(m.State), Figure: m.Figure,
		})
	}
	for _, o := range d.Observations {
		r.Observations = append(r.Observations, coaching.Observation{
			Kind: coaching.Kind(o.Kind), Period: read.period(o.Period), Value: read.figure(o.Value),
		})
	}
	return r, errors.Join(err, read.err)
}

// reading turns stored text back into values and keeps the first that is none.
type reading struct{ err error }

func (r *reading) keep(err error) {
	if r.err == nil {
		r.err = err
	}
}

func (r *reading) figure(text string) decimal.Decimal {
	value, err := decimal.NewFromString(text)
	r.keep(err)
	return value
}

func (r *reading) date(text string) coaching.Date {
	date, err := coaching.ParseDate(text)
	r.keep(err)
	return date
}

func (r *reading) period(doc periodDoc) coaching.Period {
	return coaching.Period{Span: coaching.Span(doc.Span), From: r.date(doc.From), To: r.date(doc.To)}
}

func (r *reading) expectation(fields expectationFields) coaching.Expectation {
	expected, err := fields.expectation()
	r.keep(err)
	return expected
}
