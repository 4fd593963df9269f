package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
	"github.com/smallwins/smallwins/store/seal"
)

// Secrets tells how what is sealed stands with the encryption keys.
type Secrets struct {
	// Open counts those that open, Older those of them that rest on another key
	// than the first.
	Open, Older int
	// Shut are the workspaces that have one that does not open: its key is not
	// among those that are set.
	Shut []string
}

// keptSecret is one sealed text where it is kept, and what it is about.
type keptSecret struct {
	sealed *string
	about  string
}

// secretsIn returns what is sealed in a document.
func secretsIn(doc document.Document) []keptSecret {
	switch d := doc.(type) {
	case *hooksDoc:
		kept := make([]keptSecret, len(d.Secrets))
		for i := range d.Secrets {
			kept[i] = keptSecret{&d.Secrets[i].Sealed, aboutHook(coaching.WorkspaceID(d.ID), d.Secrets[i].ID)}
		}
		return kept
	case *installationDoc:
		if d.Sealed != "" {
			return []keptSecret{{&d.Sealed, aboutInstallation(d.ID)}}
		}
	}
	return nil
}

// Secrets looks at all that is sealed.
func (s *Store) Secrets(ctx context.Context) (found Secrets, err error) {
	return found, s.eachSealed(ctx, func(_ document.Collection, doc document.Document) error {
		shut := false
		for _, secret := range secretsIn(doc) {
			if s.sealer == nil {
				shut = true
				continue
			}
			switch _, err := s.sealer.Open(*secret.sealed, secret.about); {
			case errors.Is(err, seal.ErrSealed):
				shut = true
				continue
			case err != nil:
				return err
			}
			found.Open++
			if !s.sealer.ByFirst(*secret.sealed) {
				found.Older++
			}
		}
		if shut {
			found.Shut = append(found.Shut, doc.Head().ID)
		}
		return nil
	})
}

// Reseal seals with the first key what rests on another one, so that that one
// can be taken away, and returns how many texts that were. What does not open is
// left as it is, and what somebody changes meanwhile to the next time.
func (s *Store) Reseal(ctx context.Context) (resealed int, err error) {
	if s.sealer == nil {
		return 0, nil
	}
	return resealed, s.eachSealed(ctx, func(c document.Collection, doc document.Document) error {
		renewed := 0
		for _, secret := range secretsIn(doc) {
			if s.sealer.ByFirst(*secret.sealed) {
				continue
			}
			opened, err := s.sealer.Open(*secret.sealed, secret.about)
			if err != nil {
				continue
			}
			if *secret.sealed, err = s.sealer.Seal(opened, secret.about); err != nil {
				return err
			}
			renewed++
		}
		if renewed == 0 {
			return nil
		}
		switch err := s.engine.Replace(ctx, c, doc); {
		case errors.Is(err, document.ErrStale):
			return nil
		case err != nil:
			return err
		}
		resealed += renewed
		return nil
	})
}

// eachSealed calls each for every document that keeps secrets, of all
// workspaces. Nothing is changed while they are walked.
func (s *Store) eachSealed(ctx context.Context, each func(document.Collection, document.Document) error) error {
	for _, shelf := range []shelf{shelfOf[hooksDoc](hooks, false), shelfOf[installationDoc](installations, false)} {
		var found []document.Document
		err := walkFrom(ctx, s.engine, shelf, "", func(doc document.Document) error {
			found = append(found, doc)
			return nil
		})
		for i := 0; i < len(found) && err == nil; i++ {
			err = each(shelf.collection, found[i])
		}
		if err != nil {
			return coded(fmt.Sprint("look at secrets in ", shelf.collection.Name), err)
		}
	}
	return nil
}
