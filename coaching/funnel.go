package coaching

import "math"

// FunnelStage is one step on the way from a first touch to a won deal: calls,
// qualified leads, meetings.
type FunnelStage struct {
	// ID names the stage: an activity kind ("calls") or a word of the team's
	// process in lower-case letters, digits and underscores ("proposal").
	ID string
	// Onward is the share that went on to the next stage, of the pieces whose
	// fate at this one is decided.
	Onward Rate
}

// Funnel is a sales process as counted: its stages from the first touch to the
// last before the win, and what comes out at the end. Build one with
// [NewFunnel].
type Funnel struct {
	stages []FunnelStage
	end    string
}

// NewFunnel checks the stages, first touch first, and the id of what the last
// one leads to ("deals"). No stage, a stage without an id or with other
// characters than a-z, 0-9 and _, one that is there twice, and a rate that
// cannot be are Invalid ("funnel_empty", "stage_name", "stage_twice",
// "rate_negative", "rate_above_cases").
func NewFunnel(end string, stages ...FunnelStage) (Funnel, error) {
	if len(stages) == 0 {
		return Funnel{}, Refuse("funnel_empty")
	}
	seen := map[string]bool{end: true}
	if !stageName(end) {
		return Funnel{}, Refuse("stage_name")
	}
	for _, stage := range stages {
		if !stageName(stage.ID) {
			return Funnel{}, Refuse("stage_name")
		}
		if seen[stage.ID] {
			return Funnel{}, Refuse("stage_twice")
		}
		seen[stage.ID] = true
		if _, err := NewRate(stage.Onward.Hits, stage.Onward.Of); err != nil {
			return Funnel{}, err
		}
	}
	return Funnel{stages: append([]FunnelStage(nil), stages...), end: end}, nil
}

func stageName(id string) bool {
	for _, r := range id {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '_' {
			return false
		}
	}
	return id != ""
}

// IsZero reports whether there is no funnel: the zero value, of which nothing is
// known.
func (f Funnel) IsZero() bool { return len(f.stages) == 0 }

// Stages returns the stages, first touch first, without what they end in.
func (f Funnel) Stages() []FunnelStage { return append([]FunnelStage(nil), f.stages...) }

// End returns the id of what the last stage leads to.
func (f Funnel) End() string { return f.end }

// index returns the position of a stage; the end is behind the last. ok is
// false for a stage that the funnel does not have.
func (f Funnel) index(id string) (i int, ok bool) {
	for i, stage := range f.stages {
		if stage.ID == id {
			return i, true
		}
	}
	return len(f.stages), id == f.end && id != ""
}

// WinRate returns the share in percent of pieces entering a stage that come
// out at the end: the product of the rates from there on. known is false where
// one of them has no case or the stage is not of the funnel.
func (f Funnel) WinRate(stage string) (percent float64, known bool) {
	first, ok := f.index(stage)
	if !ok {
		return 0, false
	}
	share := 1.0
	for _, stage := range f.stages[first:] {
		if stage.Onward.Of == 0 {
			return 0, false
		}
		share *= stage.Onward.share()
	}
	return 100 * share, true
}

// Trail is how far one lead or deal got: the index of the stage that it last
// entered, and what became of it there.
type Trail struct {
	Stage int
	Fate  Fate
}

// Fate is what became of a lead or deal.
type Fate string

// The fates.
const (
	FateOpen Fate = "open"
	FateWon  Fate = "won"
	FateLost Fate = "lost"
)

// CountFunnel counts a funnel of the named stages from how far leads and deals
// got. Whatever went on from a stage is a hit there, whatever was lost in it a
// miss, and what is still open in it is neither: counting it as lost would
// make every young lead a failure. A lead won out of an early stage went
// through the later ones. Trails beyond the stages are Invalid
// ("stage_unknown").
//
// Where losing takes longer than going on, pieces of the last weeks flatter the
// rate; leave those out that have not had the usual time.
func CountFunnel(end string, ids []string, trails []Trail) (Funnel, error) {
	stages := make([]FunnelStage, len(ids))
	for i, id := range ids {
		stages[i].ID = id
	}
	for _, trail := range trails {
		if trail.Stage < 0 || trail.Stage >= len(ids) {
			return Funnel{}, Refuse("stage_unknown")
		}
		passed := trail.Stage
		if trail.Fate == FateWon {
			passed = len(ids)
		}
		for i := range passed {
			stages[i].Onward.Hits++
			stages[i].Onward.Of++
		}
		if trail.Fate == FateLost {
			stages[trail.Stage].Onward.Of++
		}
	}
	return NewFunnel(end, stages...)
}

// Leak is the stage at which most is lost.
type Leak struct {
	Stage FunnelStage
	// Lost counts the pieces lost there.
	Lost int
	// Gain is how many more wins in percent one point more at this stage
	// brings: 4% at a rate of 25%. The lower a rate, the more a point is worth.
	Gain float64
	// Clear reports whether the stage's 80% bounds lie below those of every
	// other; otherwise another stage may well be the leak.
	Clear bool
}

// Leak returns the stage with the lowest rate among those that have cases;
// found is false where none has. The lowest rate is the leak because wins are
// the product of all rates, which a point at the lowest lifts most; the most
// pieces are lost at the top of any funnel, as there are most of them there.
func (f Funnel) Leak() (leak Leak, found bool) {
	lowest := math.Inf(1)
	for _, stage := range f.stages {
		if percent, known := stage.Onward.Percent(); known && percent < lowest {
			lowest, leak.Stage, found = percent, stage, true
		}
	}
	if !found {
		return Leak{}, false
	}
	rate := leak.Stage.Onward
	leak.Lost = rate.Of - rate.Hits
	if lowest > 0 {
		leak.Gain = 100 / lowest
	}
	_, high := rate.Within80()
	leak.Clear = true
	for _, stage := range f.stages {
		if low, _ := stage.Onward.Within80(); stage.ID != leak.Stage.ID && low <= high {
			leak.Clear = false
		}
	}
	return leak, true
}
