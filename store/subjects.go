package store

import (
	"context"
	"fmt"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

// subjectCollections say where subjects of a kind are kept.
var subjectCollections = map[coaching.SubjectKind]document.Collection{
	coaching.SubjectDeal: deals, coaching.SubjectLead: leads, coaching.SubjectCustomer: customers,
	coaching.SubjectCost: costs, coaching.SubjectMetric: metrics, coaching.SubjectActivity: activities,
}

// subjectDoc is one deal, lead, customer, cost, metric or activity.
type subjectDoc struct {
	document.Header
	Workspace string `json:"workspace"`
	Subject   string `json:"subject"`
	// First and Second are the days that it is looked for by, empty for none.
	First   string     `json:"first"`
	Second  string     `json:"second"`
	Steps   []stepDoc  `json:"steps"`
	Touched []rangeDoc `json:"touched"`
}

// stepDoc is what one event told, with those of its fields that no later event
// said otherwise.
type stepDoc struct {
	Event  string            `json:"event"`
	Kind   string            `json:"kind"`
	At     document.Time     `json:"at"`
	Day    string            `json:"day"`
	Stage  string            `json:"stage,omitempty"`
	Value  string            `json:"value,omitempty"`
	Fields map[string]string `json:"fields,omitempty"`
}

type rangeDoc struct {
	From string `json:"from"`
	To   string `json:"to"`
}

func subjectKey(workspace coaching.WorkspaceID, id string) string {
	return string(workspace) + "/" + id
}

func subjectToDoc(workspace coaching.WorkspaceID, s coaching.Dossier) subjectDoc {
	doc := subjectDoc{
		Header: document.Header{ID: subjectKey(workspace, s.ID)}, Workspace: string(workspace), Subject: s.ID,
		First: dateText(s.FirstDay()), Second: dateText(s.SecondDay()),
		Steps: make([]stepDoc, len(s.Steps)), Touched: make([]rangeDoc, len(s.Touched)),
	}
	byEvent := make(map[string]*stepDoc, len(s.Steps))
	for i, step := range s.Steps {
		doc.Steps[i] = stepDoc{
			Event: step.Event, Kind: string(step.Kind), At: document.At(step.At), Day: dateText(step.Day), Stage: step.Stage, Value: step.Value,
		}
		byEvent[step.Event] = &doc.Steps[i]
	}
	for _, value := range s.Values {
		step := byEvent[value.Event]
		if step.Fields == nil {
			step.Fields = make(map[string]string, len(s.Values))
		}
		step.Fields[string(value.Field)] = value.Value
	}
	for i, days := range s.Touched {
		doc.Touched[i] = rangeDoc{From: dateText(days.From), To: dateText(days.To)}
	}
	return doc
}

func (d subjectDoc) subject(kind coaching.SubjectKind) (coaching.Dossier, error) {
	s := coaching.Dossier{Kind: kind, ID: d.Subject, Steps: make([]coaching.DossierStep, len(d.Steps))}
	var err error
	date := func(text string) coaching.Date {
		day, wrong := optionalDate(text)
		if wrong != nil {
			err = fmt.Errorf("%s %s: %w", kind, d.ID, wrong)
		}
		return day
	}
	for i, step := range d.Steps {
		s.Steps[i] = coaching.DossierStep{
			Event: step.Event, Kind: coaching.EventKind(step.Kind), At: step.At.Time, Day: date(step.Day), Stage: step.Stage, Value: step.Value,
		}
		for field, value := range step.Fields {
			s.Values = append(s.Values, coaching.DossierValue{Field: coaching.EventField(field), Value: value, At: step.At.Time, Event: step.Event})
		}
	}
	coaching.SortValues(s.Values)
	for _, days := range d.Touched {
		s.Touched = append(s.Touched, coaching.DayRange{From: date(days.From), To: date(days.To)})
	}
	return s, err
}

// dateText is a date, empty for the zero date.
func dateText(date coaching.Date) string {
	if date.IsZero() {
		return ""
	}
	return date.String()
}

// optionalDate reads what dateText wrote.
func optionalDate(text string) (coaching.Date, error) {
	if text == "" {
		return coaching.Date{}, nil
	}
	return coaching.ParseDate(text)
}

// Dossier returns what events told of a deal, a lead and so on, or NotFound.
func (s *Store) Dossier(ctx context.Context, workspace coaching.WorkspaceID, kind coaching.SubjectKind, id string) (coaching.Dossier, error) {
	var doc subjectDoc
	if err := s.engine.Get(ctx, subjectCollections[kind], subjectKey(workspace, id), &doc); err != nil {
		return coaching.Dossier{}, coded("read "+string(kind), err)
	}
	return doc.subject(kind)
}

// EachDossier calls each for the subjects of a kind, by the day that they are
// looked for first; an error from each ends it and is returned. It is what an
// export walks.
func (s *Store) EachDossier(ctx context.Context, workspace coaching.WorkspaceID, kind coaching.SubjectKind, each func(coaching.Dossier) error) error {
	query := document.Query{Index: "by_first", Equal: []any{string(workspace)}, Limit: maxEntries}
	return coded("find "+string(kind)+"s", s.walk(ctx, kind, query, each))
}

func (s *Store) walk(ctx context.Context, kind coaching.SubjectKind, query document.Query, each func(coaching.Dossier) error) error {
	return s.engine.Find(ctx, subjectCollections[kind], query, func(decode document.Decode) error {
		var doc subjectDoc
		if err := decode(&doc); err != nil {
			return err
		}
		subject, err := doc.subject(kind)
		if err != nil {
			return err
		}
		return each(subject)
	})
}
