package commands

import (
	"context"
	"time"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

// observations returns the team's final figures of a kind: those that people
// entered and, for the other months that are over, what events come to.
func (r *Router) observations(ctx context.Context, ask *ask, kind coaching.Kind) ([]coaching.Observation, error) {
	all, _, err := r.joined(ctx, ask, kind)
	return all, err
}

// joined is observations with how many entered figures events say otherwise of.
func (r *Router) joined(ctx context.Context, ask *ask, kind coaching.Kind) (all []coaching.Observation, disputed int, err error) {
	entered, err := r.store.Observations(ctx, ask.Request.Workspace, kind)
	if err != nil {
		return nil, 0, err
	}
	fed, err := r.store.FedObservations(ctx, ask.Request.Workspace, kind, ask.Received)
	if err != nil {
		return nil, 0, err
	}
	all, disputed = coaching.JoinObservations(entered, fed)
	return all, disputed, nil
}

// newEntry returns the entry that an amount makes on a goal: a correction, where
// the figure comes from events. What cannot be true is refused, unless it is there
// already under the id, for then the amount counts in the figure.
func (r *Router) newEntry(ctx context.Context, ask *ask, goal coaching.Goal, figure coaching.Figure, note, id string) (coaching.Entry, error) {
	progress, err := r.store.Progress(ctx, goal, ask.Received)
	if err != nil {
		return coaching.Entry{}, err
	}
	made := coaching.NewEntry
	if progress.Followed != nil {
		made = coaching.NewCorrection
	}
	entry, err := made(goal, figure, note)
	if err != nil {
		return coaching.Entry{}, err
	}
	implausible := entry.Plausible(goal, progress.Value)
	if implausible == nil {
		return entry, nil
	}
	if _, err := r.store.Entry(ctx, goal.Workspace, id); coaching.CodeOf(err) == coaching.NotFound {
		return coaching.Entry{}, implausible
	} else if err != nil {
		return coaching.Entry{}, err
	}
	return entry, nil
}

// fed says of a goal that follows events what its figure rests on, when they
// last came, and what is odd about them; nothing of other goals.
func (a *ask) fed(j *coaching.Judgement) []Part {
	followed := j.Progress.Followed
	if followed == nil {
		return nil
	}
	m := measureOf(j.Goal)
	line := a.lastFed(followed.Last)
	if basis := a.restsOn(followed.KPI); basis != nil {
		line = spaced(basis, line)
	}
	if !followed.Corrected.IsZero() {
		line = spaced(line, a.voice.Line("fed_corrected", Args{"amount": a.voice.change(followed.Corrected, m)}))
	}
	if foreign := followed.KPI.Foreign; foreign > 0 && m.unit == coaching.Money {
		line = spaced(line, a.voice.Line("fed_foreign", Args{"count": foreign}))
	}
	if followed.KPI.Pending > 0 {
		line = spaced(line, a.voice.Line("fed_pending", nil))
	}
	parts := []Part{Text{line}}
	if followed.Unusual {
		parts = append(parts, Text{a.voice.Line("fed_silent", Args{"count": followed.Silent})})
	}
	return parts
}

// howToLog says what to type to log on a goal, or where its figure is to be set
// right that comes by itself.
func (a *ask) howToLog(j *coaching.Judgement) Line {
	switch command := a.logExample(j.Goal); {
	case j.Progress.Followed == nil:
		return a.voice.Line("progress_log", Args{"command": command})
	case j.Goal.Nature == coaching.Sum:
		return a.voice.Line("fed_correct", Args{"command": command})
	default:
		return a.voice.Line("fed_correct_there", nil)
	}
}

// lastFed says when a source was last fed.
func (a *ask) lastFed(at time.Time) Line {
	local := at.In(a.workspace.Location())
	if coaching.DateOf(local) == a.today {
		return a.voice.Line("fed_today", Args{"time": local.Format("15:04")})
	}
	return a.voice.Line("fed_last", Args{"when": a.when(at, a.workspace.Location())})
}

// sourceNames are the messages that name what a source tells of.
var sourceNames = map[coaching.FeedSource]string{
	coaching.FeedDeals: "source_deals", coaching.FeedLeads: "source_leads",
	coaching.FeedCustomers: "source_customers", coaching.FeedCosts: "source_costs",
}

// silent says which of some sources nothing has come from for longer than usual,
// nil where all are fed.
func (a *ask) silent(sources coaching.Feeds) Line {
	var names []string
	said := make(map[coaching.FeedSource]bool)
	for _, feed := range sources {
		days, unusual := feed.Silent(a.today, a.workspace.Calendar())
		name, named := sourceNames[feed.Source]
		if !unusual || !named || said[feed.Source] {
			continue
		}
		said[feed.Source] = true
		names = append(names, a.voice.Text("source_silent", Args{"source": a.voice.Text(name, nil), "days": a.workdays(days)}))
	}
	if len(names) == 0 {
		return nil
	}
	return a.voice.Line("fed_sources_silent", Args{"sources": a.voice.join(names)})
}

// restsOn says what a figure is reckoned from, or why there is none; nil where
// it was recorded as it is.
func (a *ask) restsOn(k coaching.KPI) Line {
	if !k.Known {
		if k.Reason == "" || k.Reason == coaching.ReasonKPINotStarted {
			return nil
		}
		return a.voice.Line("fed_"+string(k.Reason), nil)
	}
	if k.Direct {
		return nil
	}
	money := func(amount decimal.Decimal) func() string {
		return func() string { return a.voice.money(amount.Round(0), a.workspace.Currency) }
	}
	id, count := "fed_of_"+string(k.Kind), k.Rate.Of
	switch {
	case k.Recurring:
		id = "fed_of_recurring"
	case k.Kind == coaching.Cycle:
		count = k.Rate.Hits
	}
	return a.voice.Line(id, Args{
		"count": count, "hits": a.voice.number(itoa(k.Rate.Hits)), "of": a.voice.number(itoa(k.Rate.Of)),
		"open": a.voice.number(itoa(k.StillOpen)), "revenue": money(k.Revenue), "cost": money(k.Cost), "spend": money(k.Spend),
	})
}

// spaced joins sentences.
func spaced(lines ...Line) Line {
	var joined Line
	for _, line := range lines {
		if len(joined) > 0 && len(line) > 0 {
			joined = append(joined, Span{Text: " "})
		}
		joined = append(joined, line...)
	}
	return joined
}
