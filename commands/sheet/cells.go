package sheet

import (
	"slices"

	"github.com/smallwins/smallwins/coaching"
)

// OfSubjects returns the kind of rows and of subjects that a collection of that
// name is exported as; found is false for one of other things.
func OfSubjects(name string) (kind Kind, subject coaching.SubjectKind, found bool) {
	switch name {
	case "deals":
		return Deals, coaching.SubjectDeal, true
	case "leads":
		return Leads, coaching.SubjectLead, true
	case "customers":
		return Customers, coaching.SubjectCustomer, true
	case "costs":
		return Costs, coaching.SubjectCost, true
	case "activities":
		return Activities, coaching.SubjectActivity, true
	case "metrics":
		return History, coaching.SubjectMetric, true
	default:
		return "", "", false
	}
}

// Columns names the columns that subjects of a kind are exported with. What a
// lead came to is with the deals.
func Columns(kind Kind) []string {
	return slices.DeleteFunc(Fields(kind), func(name string) bool { return kind == Leads && elsewhere(coaching.EventField(name)) })
}

func elsewhere(field coaching.EventField) bool {
	return field == fieldWonOn || field == coaching.FieldAmount || field == coaching.FieldCurrency
}

// Cells returns a subject as a row of [Columns], as it stands: read again, it
// tells nothing new.
func Cells(kind Kind, d coaching.Dossier) []string {
	values := map[coaching.EventField]string{fieldID: d.ID}
	day := func(field coaching.EventField, date coaching.Date) {
		if !date.IsZero() {
			values[field] = date.String()
		}
	}
	switch kind { //nolint:exhaustive // The others are what their fields say.
	case Deals:
		deal := d.Opportunity()
		values[fieldFate] = string(deal.Fate)
		day(coaching.FieldClosedOn, deal.Closed)
	case Leads:
		qualified := slices.ContainsFunc(d.Steps, func(step coaching.DossierStep) bool { return step.Kind == coaching.LeadQualified })
		values[fieldQualified] = map[bool]string{true: "true", false: "false"}[qualified]
	case Customers:
		if spells := d.Spells(); len(spells) > 0 {
			last := spells[len(spells)-1]
			day(coaching.FieldStartedOn, last.First)
			day(coaching.FieldChurnedOn, last.Last)
		}
	}
	cells := make([]string, 0, len(specs[kind]))
	for _, spec := range specs[kind] {
		if kind == Leads && elsewhere(spec.field) {
			continue
		}
		value, known := values[spec.field]
		if !known {
			value = d.Value(spec.field)
		}
		cells = append(cells, value)
	}
	return cells
}
