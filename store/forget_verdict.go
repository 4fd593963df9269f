package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/smallwins/smallwins/store/document"
)

// verdict is what becomes of a document when a member is forgotten.
type verdict int

const (
	keepIt verdict = iota
	dropIt
	changeIt
)

func isStale(err error) bool { return errors.Is(err, document.ErrStale) }

// verdict says what becomes of a document and takes the member out of one that
// is to be changed.
func (f *forgetting) verdict(doc document.Document) verdict {
	switch d := doc.(type) {
	case *memberDoc:
		return dropIf(f.is(d.Member))
	case *rhythmDoc:
		return dropIf(f.is(d.Member))
	case *answerDoc:
		return dropIf(f.is(d.Member) || f.own[d.Goal])
	case *kudosDoc:
		return dropIf(f.is(d.From) || f.is(d.To))
	case *repDoc:
		return dropIf(f.is(d.Member))
	case *dialogDoc:
		return dropIf(f.is(d.Member))
	case *draftDoc:
		return dropIf(f.is(d.Member))
	case *uploadDoc:
		return dropIf(f.is(d.Member))
	case *uploadPartDoc:
		return dropIf(f.is(d.Member))
	case *smallWinDoc:
		return dropIf(f.is(d.Member) || f.own[d.Goal])
	case *tickDoc:
		return dropIf(f.is(d.Member) || f.own[d.Goal])
	case *expectationDoc:
		return dropIf(f.own[d.Goal])
	case *cadenceDoc:
		return dropIf(f.is(d.Member))
	case *deliveryDoc:
		return dropIf(f.told(d))
	case *warnedDoc:
		return f.dropOr(false, f.rub(&d.By))
	case *planDoc:
		return f.dropOr(f.own[d.Goal], f.rub(&d.By, nil))
	case *entryDoc:
		return f.dropOr(f.own[d.Goal], f.rub(&d.Member, &d.Name, &d.Note))
	case *traceDoc:
		return f.dropOr(f.own[d.Goal], f.rubTrace(d))
	case *goalDoc:
		return f.dropOr(f.is(d.Owner), f.rubGoal(d))
	case *reviewDoc:
		return f.dropOr(f.is(d.Goal.Owner) || f.own[d.Goal.Number], f.rubReview(d))
	case *workspaceDoc:
		before := len(d.Managers)
		d.Managers = slices.DeleteFunc(d.Managers, f.is)
		return f.dropOr(false, len(d.Managers) < before)
	case *hooksDoc:
		changed := false
		for i := range d.Secrets {
			changed = f.rub(&d.Secrets[i].By) || changed
		}
		return f.dropOr(false, changed)
	case *installationDoc:
		return f.dropOr(false, f.rub(&d.By))
	case *ownerDoc:
		found := f.is(d.Member)
		if found {
			d.Member = ""
		}
		return f.dropOr(false, found)
	default:
		return keepIt // It names nobody.
	}
}

func (f *forgetting) is(member string) bool { return member != "" && member == string(f.member) }

func dropIf(drop bool) verdict {
	if drop {
		return dropIt
	}
	return keepIt
}

func (f *forgetting) dropOr(drop, changed bool) verdict {
	switch {
	case drop:
		return dropIt
	case changed:
		return changeIt
	default:
		return keepIt
	}
}

// rub puts [Former] in the member's place and empties what was said beside it.
func (f *forgetting) rub(member *string, beside ...*string) bool {
	if !f.is(*member) {
		return false
	}
	*member = string(Former)
	for _, text := range beside {
		if text != nil {
			*text = ""
		}
	}
	return true
}

// rubTrace rubs out who changed something and whom the change was about.
func (f *forgetting) rubTrace(d *traceDoc) bool {
	changed := f.rub(&d.Member, &d.Name, &d.Why)
	for i := range d.Shifts {
		for _, text := range []*string{&d.Shifts[i].Before, &d.Shifts[i].After} {
			words := strings.Split(*text, " ")
			for j := range words {
				changed = f.rub(&words[j]) || changed
			}
			*text = strings.Join(words, " ")
		}
	}
	return changed
}

func (f *forgetting) rubGoal(d *goalDoc) bool {
	changed := f.rub(&d.CreatedBy)
	for i := range d.Moves {
		by, owner := f.rub(&d.Moves[i].By), f.rub(&d.Moves[i].Owner)
		changed = changed || by || owner
	}
	return changed
}

func (f *forgetting) rubReview(d *reviewDoc) bool {
	changed := f.rubGoal(&d.Goal)
	changed = f.rub(&d.LessonsBy) || changed
	for i := range d.Contributions {
		changed = f.rub(&d.Contributions[i].Member, &d.Contributions[i].Name) || changed
	}
	return changed
}

// told reports whether a post names the member, wherever in it. Posts keep facts
// of many forms; what was sent is needed no more, and what was not will be
// decided anew.
func (f *forgetting) told(d *deliveryDoc) bool {
	line, err := exportLine(d)
	quoted, wrong := json.Marshal(string(f.member))
	return err == nil && wrong == nil && bytes.Contains(line, quoted)
}
