package store

import (
	"errors"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

// rollupDoc is what a day came to, as reckoned at a count of its marks.
type rollupDoc struct {
	document.Header
	Workspace string        `json:"workspace"`
	Day       string        `json:"day"`
	Mark      int64         `json:"mark"`
	At        document.Time `json:"at"`
	Subjects  int64         `json:"subjects"`
	Cells     []cellDoc     `json:"cells"`
	Readings  []readingDoc  `json:"readings,omitempty"`
}

// cutDoc is a cut; what it leaves out is empty.
type cutDoc struct {
	Owner     string `json:"owner,omitempty"`
	Territory string `json:"territory,omitempty"`
	Product   string `json:"product,omitempty"`
	Type      string `json:"type,omitempty"`
	Currency  string `json:"currency,omitempty"`
}

// cellDoc is a tally; what it leaves out is zero.
type cellDoc struct {
	Cut               cutDoc            `json:"cut"`
	Opened            int64             `json:"opened,omitempty"`
	OpenedWon         int64             `json:"opened_won,omitempty"`
	OpenedLost        int64             `json:"opened_lost,omitempty"`
	Won               int64             `json:"won,omitempty"`
	Lost              int64             `json:"lost,omitempty"`
	Amount            string            `json:"amount,omitempty"`
	Ends              []endDoc          `json:"ends,omitempty"`
	Stages            []tallyDoc        `json:"stages,omitempty"`
	Received          int64             `json:"received,omitempty"`
	ReceivedQualified int64             `json:"received_qualified,omitempty"`
	Qualified         int64             `json:"qualified,omitempty"`
	Started           int64             `json:"started,omitempty"`
	Renewals          int64             `json:"renewals,omitempty"`
	Joined            string            `json:"joined,omitempty"`
	Departed          string            `json:"departed,omitempty"`
	Change            string            `json:"change,omitempty"`
	Left              []endDoc          `json:"left,omitempty"`
	Costs             map[string]string `json:"costs,omitempty"`
	Calls             int64             `json:"calls,omitempty"`
	Emails            int64             `json:"emails,omitempty"`
	Meetings          int64             `json:"meetings,omitempty"`
}

type endDoc struct {
	Days int64  `json:"days"`
	Fate string `json:"fate,omitempty"`
	N    int64  `json:"n"`
}

type tallyDoc struct {
	Stage    string `json:"stage"`
	Won      int64  `json:"won,omitempty"`
	Lost     int64  `json:"lost,omitempty"`
	LostHere int64  `json:"lost_here,omitempty"`
}

type readingDoc struct {
	Metric string `json:"metric"`
	Cut    cutDoc `json:"cut"`
	From   string `json:"from"`
	To     string `json:"to"`
	Value  string `json:"value"`
	Of     int64  `json:"of,omitempty"`
}

func rollupKey(workspace coaching.WorkspaceID, day coaching.Date) string {
	return string(workspace) + "/" + day.String()
}

func cutToDoc(cut coaching.Cut) cutDoc { return cutDoc(cut) }

func (d cutDoc) cut() coaching.Cut { return coaching.Cut(d) }

// rollupToDoc returns the document without the count and the time.
func rollupToDoc(workspace coaching.WorkspaceID, rollup *coaching.Rollup) rollupDoc {
	doc := rollupDoc{
		Header: document.Header{ID: rollupKey(workspace, rollup.Day)}, Workspace: string(workspace), Day: rollup.Day.String(),
		Subjects: int64(rollup.Subjects), Cells: make([]cellDoc, 0, len(rollup.Cells)),
	}
	for _, cut := range rollup.Sorted() {
		doc.Cells = append(doc.Cells, cellToDoc(cut, rollup.Cells[cut]))
	}
	for _, r := range rollup.Readings {
		doc.Readings = append(doc.Readings, readingDoc{
			Metric: string(r.Metric), Cut: cutToDoc(r.Cut), From: r.From.String(), To: r.To.String(), Value: r.Value.String(), Of: int64(r.Of),
		})
	}
	return doc
}

func cellToDoc(cut coaching.Cut, t *coaching.DayTally) cellDoc {
	doc := cellDoc{
		Cut: cutToDoc(cut), Opened: int64(t.Opened), OpenedWon: int64(t.OpenedWon), OpenedLost: int64(t.OpenedLost),
		Won: int64(t.Won), Lost: int64(t.Lost), Amount: amountText(t.Amount),
		Received: int64(t.Received), ReceivedQualified: int64(t.ReceivedQualified), Qualified: int64(t.Qualified),
		Started: int64(t.Started), Renewals: int64(t.Renewals),
		Joined: amountText(t.Joined), Departed: amountText(t.Departed), Change: amountText(t.Change),
		Calls: int64(t.Calls), Emails: int64(t.Emails), Meetings: int64(t.Meetings),
	}
	for _, end := range t.Ends {
		doc.Ends = append(doc.Ends, endDoc{Days: int64(end.Days), Fate: string(end.Fate), N: int64(end.N)})
	}
	for _, leaving := range t.Left {
		doc.Left = append(doc.Left, endDoc{Days: int64(leaving.Days), N: int64(leaving.N)})
	}
	for _, stage := range t.Stages {
		doc.Stages = append(doc.Stages, tallyDoc{Stage: stage.Stage, Won: int64(stage.Won), Lost: int64(stage.Lost), LostHere: int64(stage.LostHere)})
	}
	for _, cost := range t.Costs {
		if doc.Costs == nil {
			doc.Costs = make(map[string]string, len(t.Costs))
		}
		doc.Costs[cost.Category] = cost.Amount.String()
	}
	return doc
}

// amountText is an amount, empty for zero.
func amountText(amount decimal.Decimal) string {
	if amount.IsZero() {
		return ""
	}
	return amount.String()
}

func (d rollupDoc) rollup() (coaching.Rollup, error) {
	day, err := coaching.ParseDate(d.Day)
	rollup := coaching.Rollup{Day: day, Subjects: int(d.Subjects)}
	if len(d.Cells) > 0 {
		rollup.Cells = make(map[coaching.Cut]*coaching.DayTally, len(d.Cells))
	}
	for _, cell := range d.Cells {
		tally, wrong := cell.tally()
		err = errors.Join(err, wrong)
		rollup.Cells[cell.Cut.cut()] = tally
	}
	for _, r := range d.Readings {
		reading, wrong := r.reading()
		err = errors.Join(err, wrong)
		rollup.Readings = append(rollup.Readings, reading)
	}
	if err != nil {
		return coaching.Rollup{}, fmt.Errorf("rollup %s: %w", d.ID, err)
	}
	return rollup, nil
}

func (d cellDoc) tally() (*coaching.DayTally, error) {
	t := &coaching.DayTally{
		Opened: int(d.Opened), OpenedWon: int(d.OpenedWon), OpenedLost: int(d.OpenedLost), Won: int(d.Won), Lost: int(d.Lost),
		Received: int(d.Received), ReceivedQualified: int(d.ReceivedQualified), Qualified: int(d.Qualified),
		Started: int(d.Started), Renewals: int(d.Renewals), Calls: int(d.Calls), Emails: int(d.Emails), Meetings: int(d.Meetings),
	}
	var err error
	amount := func(text string) decimal.Decimal {
		if text == "" {
			return decimal.Zero
		}
		value, wrong := decimal.NewFromString(text)
		err = errors.Join(err, wrong)
		return value
	}
	t.Amount, t.Joined, t.Departed, t.Change = amount(d.Amount), amount(d.Joined), amount(d.Departed), amount(d.Change)
	for _, end := range d.Ends {
		t.Ends = append(t.Ends, coaching.End{Days: int(end.Days), Fate: coaching.Fate(end.Fate), N: int(end.N)})
	}
	for _, leaving := range d.Left {
		t.Left = append(t.Left, coaching.Leaving{Days: int(leaving.Days), N: int(leaving.N)})
	}
	for _, stage := range d.Stages {
		t.Stages = append(t.Stages, coaching.StageTally{Stage: stage.Stage, Won: int(stage.Won), Lost: int(stage.Lost), LostHere: int(stage.LostHere)})
	}
	for category, text := range d.Costs {
		t.Add(&coaching.DayTally{Costs: []coaching.CostTally{{Category: category, Amount: amount(text)}}})
	}
	return t, err
}

func (d readingDoc) reading() (coaching.Reading, error) {
	from, err1 := coaching.ParseDate(d.From)
	to, err2 := coaching.ParseDate(d.To)
	value, err3 := decimal.NewFromString(d.Value)
	return coaching.Reading{
		Metric: coaching.Kind(d.Metric), Cut: d.Cut.cut(), From: from, To: to, Value: value, Of: int(d.Of),
	}, errors.Join(err1, err2, err3)
}
