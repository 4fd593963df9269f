package store

import (
	"context"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

// OwnData calls each for everything that is kept of a member: the collection and
// a document as one line of JSON, as [Store.Export] writes it. That is what is
// known of them, their goals with all that belongs to those, and what they said
// and did for others. What is under way is left out, and so is what is the team's.
func (s *Store) OwnData(ctx context.Context, workspace coaching.WorkspaceID, member coaching.MemberID, each func(collection string, line []byte) error) error {
	h := holding{member: string(member), goals: make(map[int64]bool)}
	f := forgetting{store: s, workspace: workspace, member: member}
	for goal, err := range f.goals(ctx) {
		if err != nil {
			return coded("read own goals", err)
		}
		h.goals[goal] = true
	}
	for _, shelf := range shelves() {
		if !shelf.kept || !personal(shelf) {
			continue
		}
		tell := func(doc document.Document) error {
			if !h.holds(doc) {
				return nil
			}
			line, err := exportLine(doc)
			if err != nil {
				return err
			}
			return each(shelf.collection.Name, line)
		}
		var err error
		if shelf.collection.Name == entries.Name {
			err = s.walkOwnEntries(ctx, workspace, h, tell)
		} else {
			err = s.walkWorkspace(ctx, shelf, workspace, tell)
		}
		if err != nil {
			return coded("read own "+shelf.collection.Name, err)
		}
	}
	return nil
}

// walkOwnEntries goes by the indexes, since there are many more entries than of
// anything else: those that the member made, then those of others on the
// member's goals.
func (s *Store) walkOwnEntries(ctx context.Context, workspace coaching.WorkspaceID, h holding, each func(document.Document) error) error {
	walk := func(query document.Query, wanted func(*entryDoc) bool) error {
		query.Limit = maxWalk
		return s.engine.Find(ctx, entries, query, func(decode document.Decode) error {
			var doc entryDoc
			if err := decode(&doc); err != nil || !wanted(&doc) {
				return err
			}
			return each(&doc)
		})
	}
	err := walk(document.Query{Index: "by_member", Equal: []any{string(workspace), h.member}}, func(*entryDoc) bool { return true })
	for goal := range h.goals {
		if err == nil {
			err = walk(document.Query{Index: "by_goal", Equal: []any{string(workspace), goal}}, func(doc *entryDoc) bool { return doc.Member != h.member })
		}
	}
	return err
}

// personal reports whether there can be a member's own among the documents of a
// shelf.
func personal(shelf shelf) bool {
	switch shelf.blank().(type) {
	case *eventDoc, *subjectDoc, *customerDay, *marksDoc, *figureDoc, *sheetDoc, *feedsDoc, *workspaceDoc, *episodeDoc, *warnedDoc, *ownerDoc:
		return false
	default:
		return true
	}
}

// holding tells what is a member's.
type holding struct {
	member string
	goals  map[int64]bool // the member's own
}

// holds reports whether a document is the member's.
func (h holding) holds(doc document.Document) bool {
	switch d := doc.(type) {
	case *memberDoc:
		return d.Member == h.member
	case *rhythmDoc:
		return d.Member == h.member
	case *repDoc:
		return d.Member == h.member
	case *goalDoc:
		return d.Owner == h.member
	case *entryDoc:
		return d.Member == h.member || h.goals[d.Goal]
	case *planDoc:
		return h.goals[d.Goal]
	case *answerDoc:
		return d.Member == h.member || h.goals[d.Goal]
	case *kudosDoc:
		return d.From == h.member || d.To == h.member
	case *smallWinDoc:
		return d.Member == h.member || h.goals[d.Goal]
	case *tickDoc:
		return d.Member == h.member || h.goals[d.Goal]
	case *expectationDoc:
		return h.goals[d.Goal]
	case *reviewDoc:
		return d.Goal.Owner == h.member
	case *cadenceDoc:
		return d.Member == h.member
	case *traceDoc:
		return d.Member == h.member
	default:
		return false
	}
}
