package sheet

import (
	"fmt"
	"hash/maphash"
	"maps"
	"slices"
	"strconv"

	"github.com/smallwins/smallwins/coaching"
)

// drafts returns what the values of a row tell. It may change them.
func (r *Reading) drafts(values map[coaching.EventField]string) ([]draft, *Problem) {
	subject := values[fieldID]
	delete(values, fieldID)
	if spec, _ := specOf(r.Layout.Kind, string(fieldID)); spec.required && subject == "" {
		return nil, r.lacks(fieldID, coaching.ReasonEventSubject)
	}
	switch r.Layout.Kind {
	case Deals:
		return []draft{deal(subject, values)}, nil
	case Leads:
		return lead(subject, values, r.matched(fieldWonOn)), nil
	case Customers:
		return r.customer(subject, values)
	case Costs:
		if problem := r.period(values); problem != nil {
			return nil, problem
		}
		return []draft{{coaching.CostRecorded, r.subject(subject, values), values}}, nil
	case Activities:
		return []draft{{coaching.ActivityDone, r.subject(subject, values), values}}, nil
	default:
		return r.figure(values)
	}
}

func (r *Reading) matched(field coaching.EventField) bool {
	return slices.ContainsFunc(r.Layout.Matches, func(match Match) bool { return match.Field == field })
}

// lacks is the problem of a row without a field.
func (r *Reading) lacks(field coaching.EventField, reason coaching.Reason) *Problem {
	problem := &Problem{Column: string(field), Reason: reason}
	for _, match := range r.Layout.Matches {
		if match.Field == field {
			problem.Column = match.Column
		}
	}
	return problem
}

// deal tells how a deal stands. The day on which an open one is expected to be
// closed is no news.
func deal(subject string, values map[coaching.EventField]string) draft {
	kind := fateOf(values[fieldFate])
	if kind == "" {
		kind = fateOf(values[coaching.FieldStage])
	}
	delete(values, fieldFate)
	switch kind { //nolint:exhaustive // A fate is one of two.
	case coaching.DealWon, coaching.DealLost:
		if fateOf(values[coaching.FieldStage]) != "" {
			delete(values, coaching.FieldStage) // the end is no stage on the way
		}
		if kind == coaching.DealWon {
			delete(values, coaching.FieldReason)
		}
	default:
		kind = coaching.DealCreated
		delete(values, coaching.FieldClosedOn)
		delete(values, coaching.FieldReason)
	}
	return draft{kind, subject, values}
}

// lead tells of a lead and, where the table says when leads were won, of the
// deal that a qualified one is.
func lead(subject string, values map[coaching.EventField]string, deals bool) []draft {
	won, qualified := values[fieldWonOn], values[coaching.FieldQualifiedOn] != "" || values[fieldQualified] == "true" || values[fieldWonOn] != ""
	deal := make(map[coaching.EventField]string)
	for _, field := range []coaching.EventField{
		coaching.FieldOwner, coaching.FieldTerritory, coaching.FieldProduct, coaching.FieldType, coaching.FieldAmount, coaching.FieldCurrency,
	} {
		if value := values[field]; value != "" {
			deal[field] = value
		}
	}
	for _, field := range []coaching.EventField{fieldWonOn, fieldQualified, coaching.FieldAmount, coaching.FieldCurrency} {
		delete(values, field)
	}
	if !qualified {
		return []draft{{coaching.LeadReceived, subject, values}}
	}
	if values[coaching.FieldQualifiedOn] == "" {
		values[coaching.FieldQualifiedOn] = values[coaching.FieldReceivedOn]
	}
	told := []draft{{coaching.LeadQualified, subject, values}}
	if deals {
		deal[coaching.FieldOpenedOn] = values[coaching.FieldQualifiedOn]
		kind := coaching.DealCreated
		if won != "" {
			kind, deal[coaching.FieldClosedOn] = coaching.DealWon, won
		}
		told = append(told, draft{kind, subject, deal})
	}
	return told
}

// customer tells when a customer came and went. A table with months instead of
// days is read to the month: so many months before it was made, and gone in that
// month.
func (r *Reading) customer(subject string, values map[coaching.EventField]string) ([]draft, *Problem) {
	month := coaching.PeriodOf(coaching.Month, coaching.DateOf(r.AsOf.In(r.Workspace.Location()))).From
	if tenure := values[fieldTenure]; tenure != "" && values[coaching.FieldStartedOn] == "" {
		months, err := strconv.Atoi(tenure)
		if err != nil || months < 0 || months > maxTenure {
			return nil, r.lacks(fieldTenure, coaching.ReasonEventCount)
		}
		values[coaching.FieldStartedOn] = month.AddMonths(-months).String()
	}
	if values[fieldChurned] == "true" && values[coaching.FieldChurnedOn] == "" {
		values[coaching.FieldChurnedOn] = month.String()
	}
	churned, reason := values[coaching.FieldChurnedOn], values[coaching.FieldReason]
	for _, field := range []coaching.EventField{fieldTenure, fieldChurned, coaching.FieldChurnedOn, coaching.FieldReason} {
		delete(values, field)
	}
	var told []draft
	switch {
	case values[coaching.FieldStartedOn] != "":
		told = append(told, draft{coaching.CustomerStarted, subject, values})
	case churned == "":
		return nil, r.lacks(coaching.FieldStartedOn, coaching.ReasonEventMissing)
	}
	if churned != "" {
		left := maps.Clone(values)
		delete(left, coaching.FieldStartedOn)
		left[coaching.FieldChurnedOn] = churned
		if reason != "" {
			left[coaching.FieldReason] = reason
		}
		told = append(told, draft{coaching.CustomerChurned, subject, left})
	}
	return told, nil
}

// maxTenure is how many months a customer can have been one: a century.
const maxTenure = 1200

// figure tells a figure of a past period. A later table may correct it.
func (r *Reading) figure(values map[coaching.EventField]string) ([]draft, *Problem) {
	if problem := r.period(values); problem != nil {
		return nil, problem
	}
	name := make([]string, 0, 7)
	for _, field := range []coaching.EventField{
		coaching.FieldMetric, coaching.FieldFrom, coaching.FieldTo,
		coaching.FieldOwner, coaching.FieldTerritory, coaching.FieldProduct, coaching.FieldType,
	} {
		name = append(name, values[field])
	}
	return []draft{{coaching.MetricRecorded, "csv-" + digest(name), values}}, nil
}

// period makes the first and the last day of a period out of its name.
func (r *Reading) period(values map[coaching.EventField]string) *Problem {
	text := values[fieldPeriod]
	delete(values, fieldPeriod)
	if text == "" || values[coaching.FieldFrom] != "" {
		if values[coaching.FieldFrom] == "" && values[coaching.FieldTo] == "" {
			return r.lacks(fieldPeriod, coaching.ReasonEventMissing)
		}
		return nil
	}
	period, ok := coaching.ParseWrittenPeriod(text)
	if !ok {
		day, reason := coaching.ParseWrittenDate(text, r.Layout.Days)
		if reason != "" {
			problem := r.lacks(fieldPeriod, "past_period")
			problem.Text = text
			return problem
		}
		period = coaching.Period{From: day, To: day}
	}
	values[coaching.FieldFrom], values[coaching.FieldTo] = period.From.String(), period.To.String()
	return nil
}

// subject returns the id of a row that has none: what it says, and the how
// manieth of its kind it is. To correct such a row it takes a column of ids.
func (r *Reading) subject(id string, values map[coaching.EventField]string) string {
	if id != "" {
		return id
	}
	said := make([]string, 0, 2*len(values))
	for _, field := range slices.Sorted(maps.Keys(values)) {
		said = append(said, string(field), values[field])
	}
	name := digest(said)
	mark := maphash.String(r.seed, name)
	r.alike[mark]++
	return fmt.Sprintf("csv-%s-%d", name, r.alike[mark])
}
