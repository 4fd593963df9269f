package coaching

import (
	"maps"
	"slices"
)

// News returns what an event of a table adds to what is known of its subject;
// ok is false where it adds nothing. A table says how things stand and is
// brought in again and again: what it said before, or what others said
// meanwhile in the same words, must not be told twice. The event is checked.
//
// Where the table may reopen deals, one that it has open although it was won or
// lost comes out as reopened, else as no news; a customer known already comes
// out as one renewed on other terms.
func (s Dossier) News(event Event, workspace Workspace, reopen bool) (news Event, ok bool) {
	if len(s.Steps) == 0 {
		return event, true
	}
	placed := event.Placed(workspace)
	form, _ := EventFormOf(event.Kind)
	day := placed.day(form.Day)
	switch event.Kind { //nolint:exhaustive // The others are told by their fields alone.
	case DealCreated:
		if s.Opportunity().Fate != FateOpen {
			event.Kind, event.ID = DealReopened, event.ID+"-reopened"
			return event, reopen
		}
	case DealWon, DealLost:
		if o := s.Opportunity(); o.Fate != fateOf[event.Kind] || o.Closed != day {
			return event, true
		}
	case CustomerStarted:
		if s.has(event.Kind, day) && !s.says(placed) {
			event.Kind, event.ID = CustomerRenewed, event.ID+"-renewed"
			event.Fields = maps.Clone(event.Fields)
			delete(event.Fields, FieldStartedOn)
			return event, true
		}
		return event, !s.has(event.Kind, day)
	case CustomerChurned, CustomerRenewed, LeadQualified:
		if !s.has(event.Kind, day) {
			return event, true
		}
	}
	return event, !s.says(placed)
}

var fateOf = map[EventKind]Fate{DealWon: FateWon, DealLost: FateLost}

// says reports whether every field of a placed event is known as it says.
func (s Dossier) says(placed Event) bool {
	for field, value := range placed.Fields {
		if s.Value(field) != value {
			return false
		}
	}
	return true
}

// has reports whether a step of the kind counts on the day.
func (s Dossier) has(kind EventKind, day Date) bool {
	return slices.ContainsFunc(s.Steps, func(step DossierStep) bool { return step.Kind == kind && step.Day == day })
}
