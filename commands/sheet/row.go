package sheet

import (
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"hash/maphash"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/smallwins/smallwins/coaching"
)

// Problem says why a row is left out.
type Problem struct {
	Line int
	// Column is where the trouble is, empty where it is in none.
	Column string
	Text   string // what is there
	Reason coaching.Reason
}

// Reading turns rows into events. It is for one pass over one table.
type Reading struct {
	Layout Layout
	// AsOf is when the table was as it is: its events happened by then, and where
	// others said otherwise later they are right.
	AsOf time.Time
	// Now bounds what can have happened; the workspace's zone says on which day.
	Now       time.Time
	Workspace coaching.Workspace

	seed maphash.Seed
	// alike counts rows without an id that say the same: two calls on one day
	// are two.
	alike map[uint64]int
}

// NewReading begins a pass.
func NewReading(layout Layout, workspace coaching.Workspace, asOf, now time.Time) *Reading {
	return &Reading{
		Layout: layout, AsOf: asOf.UTC().Truncate(time.Millisecond), Now: now, Workspace: workspace,
		seed: maphash.MakeSeed(), alike: make(map[uint64]int),
	}
}

// draft is an event on its way out of a row.
type draft struct {
	kind    coaching.EventKind
	subject string
	fields  map[coaching.EventField]string
}

// Events returns what a row tells, checked. A row with a problem tells nothing.
func (r *Reading) Events(row Row) ([]coaching.Event, *Problem) {
	values, problem := r.values(row)
	if problem != nil {
		return nil, problem
	}
	drafts, problem := r.drafts(values)
	if problem != nil {
		problem.Line = row.Line
		return nil, problem
	}
	events := make([]coaching.Event, 0, len(drafts))
	for i, draft := range drafts {
		event := draft.event(r.AsOf.Add(time.Duration(2*row.Line+i) * time.Millisecond))
		checked, err := coaching.CheckEvent(event, r.Now)
		if err != nil {
			return nil, r.explain(row, err)
		}
		events = append(events, checked)
	}
	return events, nil
}

// event gives a draft its time and an id that says the same of the same: rows
// further down happened later, so that of two about one subject the last is
// right.
func (d draft) event(at time.Time) coaching.Event {
	hash := sha256.New()
	fmt.Fprintf(hash, "%q %q %d", d.kind, d.subject, at.UnixMilli())
	for _, field := range slices.Sorted(maps.Keys(d.fields)) {
		fmt.Fprintf(hash, " %q=%q", field, d.fields[field])
	}
	id := "csv-" + strings.ToLower(base32.HexEncoding.WithPadding(base32.NoPadding).EncodeToString(hash.Sum(nil)[:16]))
	return coaching.Event{ID: id, Kind: d.kind, Subject: d.subject, At: at, Fields: d.fields}
}

// values reads the cells of a row, each in the form of its field.
func (r *Reading) values(row Row) (map[coaching.EventField]string, *Problem) {
	values := make(map[coaching.EventField]string, len(r.Layout.Matches)+len(r.Layout.Fixed))
	for _, fixed := range r.Layout.Fixed {
		spec, _ := specOf(r.Layout.Kind, fixed.Field)
		value, reason := r.value(spec, fixed.Value)
		if reason != "" {
			return nil, &Problem{Line: row.Line, Column: fixed.Field, Text: fixed.Value, Reason: reason}
		}
		values[spec.field] = value
	}
	for _, match := range r.Layout.Matches {
		text := row.cell(match.Index)
		if text == "" {
			continue
		}
		spec, _ := specOf(r.Layout.Kind, string(match.Field))
		value, reason := r.value(spec, text)
		if reason != "" {
			return nil, &Problem{Line: row.Line, Column: match.Column, Text: text, Reason: reason}
		}
		values[match.Field] = value
	}
	return values, nil
}

// value reads one cell.
func (r *Reading) value(spec spec, text string) (string, coaching.Reason) {
	switch spec.form { //nolint:exhaustive // The others are checked as they are.
	case coaching.FormDate:
		date, reason := coaching.ParseWrittenDate(text, r.Layout.Days)
		if reason != "" {
			return "", reason
		}
		return date.String(), ""
	case coaching.FormAmount, coaching.FormScore, coaching.FormCount:
		amount, reason := coaching.ParseWrittenAmount(text, r.Layout.Mark)
		if reason != "" {
			return "", reason
		}
		return amount.String(), ""
	case coaching.FormFlag:
		return flag(text)
	case coaching.FormChoice:
		return choice(spec.field, text, coaching.DateOf(r.Now)), ""
	default:
		return text, ""
	}
}

func flag(text string) (string, coaching.Reason) {
	switch strings.ToLower(text) {
	case "true", "yes", "y", "1", "x", "t", "ใช่", "มี":
		return "true", ""
	case "false", "no", "n", "0", "f", "-", "ไม่", "ไม่ใช่", "ไม่มี":
		return "false", ""
	default:
		return "", coaching.ReasonEventFlag
	}
}

// choices are other words for what activities and costs are.
var choices = map[string]string{
	"calls": "call", "phone": "call", "phonecall": "call", "phonecalls": "call", "โทร": "call",
	"emails": "email", "mail": "email", "อีเมล": "email",
	"meetings": "meeting", "demo": "meeting", "demos": "meeting", "appointment": "meeting", "ประชุม": "meeting", "นัด": "meeting",
	"ads": "marketing", "advertising": "marketing", "การตลาด": "marketing",
	"commission": "sales", "commissions": "sales", "การขาย": "sales",
	"cogs": "production", "การผลิต": "production", "salary": "salaries", "wages": "salaries", "เงินเดือน": "salaries",
	"rent": "overhead", "ค่าใช้จ่ายทั่วไป": "overhead", "อื่นๆ": "other",
}

func choice(field coaching.EventField, text string, today coaching.Date) string {
	word := plain(text)
	if known, found := choices[word]; found {
		return known
	}
	if field == coaching.FieldMetric {
		if _, known := coaching.TraitsOf(coaching.Kind(word)); !known {
			if metric := coaching.ParseStatement(text, today).Metric.Kind; metric != "" {
				return string(metric)
			}
		}
	}
	return word
}

// fateOf reads how a deal ended, empty where it is open or the text says
// something else.
func fateOf(text string) coaching.EventKind {
	text = strings.ToLower(text)
	for _, lost := range []string{"lost", "lose", "ไม่สำเร็จ", "แพ้", "เสียดีล"} {
		if strings.Contains(text, lost) {
			return coaching.DealLost
		}
	}
	for _, won := range []string{"won", "ชนะ", "สำเร็จ", "ปิดการขายได้"} {
		if strings.Contains(text, won) {
			return coaching.DealWon
		}
	}
	return ""
}

// explain finds the column of what is wrong with an event.
func (r *Reading) explain(row Row, err error) *Problem {
	problem := &Problem{Line: row.Line, Reason: coaching.ReasonEventField}
	var why *coaching.EventError
	if !errors.As(err, &why) {
		return problem
	}
	problem.Reason = why.Reason
	field := why.Field
	if field == "subject" {
		field = fieldID
	}
	i := slices.IndexFunc(r.Layout.Matches, func(match Match) bool { return match.Field == field })
	if i < 0 {
		problem.Column = string(field)
		return problem
	}
	problem.Column, problem.Text = r.Layout.Matches[i].Column, row.cell(r.Layout.Matches[i].Index)
	return problem
}

// digest names a list of texts, in as many letters as no two lists share.
func digest(texts []string) string {
	hash := sha256.New()
	for _, text := range texts {
		fmt.Fprintf(hash, "%q ", text)
	}
	return strings.ToLower(base32.HexEncoding.WithPadding(base32.NoPadding).EncodeToString(hash.Sum(nil)[:16]))
}
