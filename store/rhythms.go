package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

type rhythmDoc struct {
	document.Header
	Workspace string            `json:"workspace"`
	Member    string            `json:"member"`
	Zone      string            `json:"zone,omitempty"`
	Quiet     string            `json:"quiet,omitempty"`
	Away      []absenceDoc      `json:"away,omitempty"`
	Snoozed   string            `json:"snoozed_until,omitempty"`
	Muted     map[string]string `json:"muted,omitempty"`
}

type absenceDoc struct {
	From string `json:"from"`
	To   string `json:"to"`
}

func rhythmToDoc(rhythm coaching.Rhythm) rhythmDoc {
	doc := rhythmDoc{
		Header:    document.Header{ID: memberKey(rhythm.Workspace, rhythm.Member), Revision: rhythm.Revision},
		Workspace: string(rhythm.Workspace), Member: string(rhythm.Member),
		Zone: rhythm.Zone, Quiet: quietText(rhythm.Quiet), Snoozed: dayText(rhythm.SnoozedUntil),
	}
	for _, absence := range rhythm.Away {
		doc.Away = append(doc.Away, absenceDoc{From: absence.From.String(), To: absence.To.String()})
	}
	for kind, until := range rhythm.Muted {
		if doc.Muted == nil {
			doc.Muted = make(map[string]string, len(rhythm.Muted))
		}
		doc.Muted[string(kind)] = until.String()
	}
	return doc
}

func (d rhythmDoc) rhythm() (coaching.Rhythm, error) {
	rhythm := coaching.Rhythm{
		Workspace: coaching.WorkspaceID(d.Workspace), Member: coaching.MemberID(d.Member), Zone: d.Zone, Revision: d.Revision,
	}
	var errs []error
	day := func(text string) coaching.Date {
		date, err := parseDay(text)
		errs = append(errs, err)
		return date
	}
	quiet, err := parseQuiet(d.Quiet)
	errs = append(errs, err)
	rhythm.Quiet, rhythm.SnoozedUntil = quiet, day(d.Snoozed)
	for _, absence := range d.Away {
		rhythm.Away = append(rhythm.Away, coaching.Absence{From: day(absence.From), To: day(absence.To)})
	}
	for kind, until := range d.Muted {
		rhythm = rhythm.WithMuted(coaching.CadenceKind(kind), day(until))
	}
	if err := errors.Join(errs...); err != nil {
		return coaching.Rhythm{}, fmt.Errorf("rhythm %s: %w", d.ID, err)
	}
	return rhythm, nil
}

// Rhythm returns what a member agreed on about their time; of one who said
// nothing it is zero, but for whose it is.
func (s *Store) Rhythm(ctx context.Context, workspace coaching.WorkspaceID, member coaching.MemberID) (coaching.Rhythm, error) {
	return s.rhythms.read(memberRef{workspace, member}, func() (coaching.Rhythm, error) {
		return s.readRhythm(ctx, workspace, member)
	})
}

func (s *Store) readRhythm(ctx context.Context, workspace coaching.WorkspaceID, member coaching.MemberID) (coaching.Rhythm, error) {
	var doc rhythmDoc
	switch err := s.engine.Get(ctx, rhythms, memberKey(workspace, member), &doc); {
	case errors.Is(err, document.ErrNotFound):
		return coaching.Rhythm{Workspace: workspace, Member: member}, nil
	case err != nil:
		return coaching.Rhythm{}, coded("read rhythm", err)
	}
	rhythm, err := doc.rhythm()
	return rhythm, coded("read rhythm", err)
}

// ChangeRhythm changes what a member agreed on and returns it as stored. Where
// somebody else was quicker, change is asked again with what they left. Its
// error ends the matter and is returned.
func (s *Store) ChangeRhythm(ctx context.Context, workspace coaching.WorkspaceID, member coaching.MemberID, change func(coaching.Rhythm) (coaching.Rhythm, error)) (coaching.Rhythm, error) {
	for {
		rhythm, err := s.readRhythm(ctx, workspace, member)
		if err != nil {
			return coaching.Rhythm{}, err
		}
		if rhythm, err = change(rhythm); err != nil {
			return coaching.Rhythm{}, err
		}
		doc := rhythmToDoc(rhythm)
		err = s.rhythms.change(func() error {
			if doc.Revision > 0 {
				return s.engine.Replace(ctx, rhythms, &doc)
			}
			return s.engine.Insert(ctx, rhythms, &doc)
		}, notStored)
		switch {
		case err == nil:
			rhythm.Revision = doc.Revision
			return rhythm, nil
		case !errors.Is(err, document.ErrStale) && !errors.Is(err, document.ErrTaken):
			return coaching.Rhythm{}, coded("change rhythm", err)
		}
	}
}
