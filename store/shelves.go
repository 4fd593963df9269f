package store

import (
	"context"
	"errors"
	"strings"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

// shelf is a collection with the form of its documents, for what is done to all
// documents alike: export, restore, migration, deletion.
type shelf struct {
	collection document.Collection
	blank      func() document.Document
	// kept shelves are a team's data and belong into its export. The others are
	// what the program needs while it runs, or can be reckoned anew.
	kept bool
}

func shelfOf[T any, P document.Pointer[T]](c document.Collection, kept bool) shelf {
	return shelf{collection: c, blank: func() document.Document { return P(new(T)) }, kept: kept}
}

// shelves returns every collection there is, in a fixed order.
func shelves() []shelf {
	return []shelf{
		shelfOf[workspaceDoc](workspaces, true),
		shelfOf[memberDoc](members, true),
		shelfOf[repDoc](reps, true),
		shelfOf[goalDoc](goals, true),
		shelfOf[entryDoc](entries, true),
		shelfOf[planDoc](plans, true),
		shelfOf[rhythmDoc](rhythms, true),
		shelfOf[answerDoc](answers, true),
		shelfOf[kudosDoc](kudos, true),
		shelfOf[smallWinDoc](wins, true),
		shelfOf[tickDoc](ticks, true),
		shelfOf[expectationDoc](expectations, true),
		shelfOf[reviewDoc](reviews, true),
		shelfOf[figureDoc](figures, true),
		shelfOf[cadenceDoc](cadences, true),
		shelfOf[traceDoc](audit, true),
		shelfOf[eventDoc](events, true),
		shelfOf[subjectDoc](deals, true),
		shelfOf[subjectDoc](leads, true),
		shelfOf[subjectDoc](customers, true),
		shelfOf[customerDay](customerDays, true),
		shelfOf[subjectDoc](costs, true),
		shelfOf[subjectDoc](metrics, true),
		shelfOf[subjectDoc](activities, true),
		shelfOf[ownerDoc](owners, true),
		shelfOf[feedsDoc](feeds, true),
		shelfOf[sheetDoc](sheets, true),
		shelfOf[episodeDoc](episodes, true),
		shelfOf[warnedDoc](warnings, true),
		// Without its marks a day is not reckoned; the reckoning itself is.
		shelfOf[marksDoc](marks, true),
		shelfOf[rollupDoc](rollups, false),
		// Secrets never leave the database.
		shelfOf[hooksDoc](hooks, false),
		shelfOf[installationDoc](installations, false),
		// What is under way would be said twice where it was restored elsewhere.
		shelfOf[draftDoc](drafts, false),
		shelfOf[dialogDoc](dialogs, false),
		shelfOf[deliveryDoc](deliveries, false),
		shelfOf[requestDoc](requests, false),
		shelfOf[uploadDoc](uploads, false),
		shelfOf[uploadPartDoc](uploadParts, false),
	}
}

// walkWorkspace calls each for a shelf's documents of a workspace, by their id.
func (s *Store) walkWorkspace(ctx context.Context, shelf shelf, workspace coaching.WorkspaceID, each func(document.Document) error) error {
	whole := shelf.blank()
	switch err := s.engine.Get(ctx, shelf.collection, string(workspace), whole); {
	case err == nil:
		if err := each(whole); err != nil {
			return err
		}
	case !errors.Is(err, document.ErrNotFound):
		return err
	}
	prefix := string(workspace) + "/"
	return walkFrom(ctx, s.engine, shelf, prefix, func(doc document.Document) error {
		if !strings.HasPrefix(doc.Head().ID, prefix) {
			return document.Stop
		}
		return each(doc)
	})
}

// walkFrom calls each for the documents of a shelf behind an id, by their id.
func walkFrom(ctx context.Context, engine document.Engine, shelf shelf, after string, each func(document.Document) error) error {
	query := document.Query{Index: document.ByID, After: &document.Cursor{ID: after}, Limit: maxWalk}
	return engine.Find(ctx, shelf.collection, query, func(decode document.Decode) error {
		doc := shelf.blank()
		if err := decode(doc); err != nil {
			return err
		}
		return each(doc)
	})
}

// maxWalk is more documents than a database will hold.
const maxWalk = 1 << 40
