package coaching

// A part is named as where a change comes from if it makes up at least
// namedShare of it, and clearly more than by its part of the cases alone.
const (
	namedShare  = 0.5
	namedExcess = 1.25
)

// partsBehind returns where a change of a whole comes from: the stage of the
// funnel at which more is lost than before, and of each way to cut it the part
// that makes up most. Of reps nothing is said, nor of a part that is one
// person's work.
func partsBehind(alert RateAlert, whole countStream, all []countStream) []WarningPart {
	if alert.Since.IsZero() {
		return nil
	}
	var parts []WarningPart
	switch whole.Family {
	case FamilyWinRate:
		if leak, found := leakingStage(alert.Since, countsOf(all, FamilyWinStage)); found {
			parts = append(parts, leak)
		}
		for _, family := range []StreamFamily{FamilyWinTerritory, FamilyWinProduct} {
			parts = append(parts, mostOf(alert, whole, countsOf(all, family))...)
		}
	case FamilyChurn, FamilyChurnGoal:
		parts = append(parts, mostOf(alert, whole, countsOf(all, FamilyChurnType))...)
	default:
	}
	return parts
}

// leakingStage returns the stage that loses most beyond what it lost before.
func leakingStage(since Date, stages []countStream) (leak WarningPart, found bool) {
	most := 0.0
	for _, stage := range stages {
		before, now := stage.split(since)
		if stage.personal || CompareRates(before, now, Higher).State != ChangeWorse {
			continue
		}
		if lost := float64(now.Of)*before.share() - float64(now.Hits); lost > most {
			most, leak, found = lost, WarningPart{Stream: stage.Stream, Before: before, Now: now}, true
		}
	}
	return leak, found
}

// mostOf returns the part that makes up most of a change, nothing where none does
// more than by its size.
func mostOf(alert RateAlert, whole countStream, parts []countStream) []WarningPart {
	segments := make([]SegmentCounts, len(parts))
	for i, part := range parts {
		segments[i] = SegmentCounts{Segment: part.Part, Months: part.months}
	}
	moves, _ := alert.Where(segments, whole.Family.better())
	if len(moves) == 0 {
		return nil
	}
	cases := Rate{}
	for _, move := range moves {
		cases = PoolRates(cases, move.Now)
	}
	top := moves[0]
	for _, part := range parts {
		if part.Part != top.Segment || part.personal || top.Now.Of == 0 || top.Before.Of == 0 {
			continue
		}
		if top.Share >= namedShare && top.Share*float64(cases.Of) >= namedExcess*float64(top.Now.Of) {
			return []WarningPart{{Stream: part.Stream, Before: top.Before, Now: top.Now}}
		}
	}
	return nil
}
