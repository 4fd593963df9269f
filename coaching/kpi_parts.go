package coaching

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// direct takes a figure that was recorded as it is, and reports whether there
// is one for the period.
func (k *KPI) direct(b DayBook, q KPIQuery) bool {
	traits, _ := TraitsOf(q.Kind)
	var found []Reading
	team := false // somebody recorded it for everybody
	for i := range b.Days {
		for _, r := range b.Days[i].Readings {
			if r.Metric != q.Kind || r.From.Before(q.Period.From) || r.To.After(k.Through) || !q.Keep(r.Cut) ||
				traits.Unit == Money && r.Cut.Currency != q.Currency {
				continue
			}
			found, team = append(found, r), team || r.Cut.Owner == ""
		}
	}
	if team {
		found = slices.DeleteFunc(found, func(r Reading) bool { return r.Cut.Owner != "" })
	}
	if len(found) == 0 {
		return false
	}
	k.Known, k.Direct = true, true
	if traits.Nature == Sum && !q.Recurring {
		for _, r := range found {
			k.Value = k.Value.Add(r.Value)
		}
		return true
	}
	last := found[len(found)-1]
	k.Value = last.Value
	if last.Of > 0 {
		hits := last.Value.Mul(decimal.NewFromInt(int64(last.Of))).DivRound(hundred, 0).IntPart()
		k.Rate = Rate{Hits: int(hits), Of: last.Of}
	}
	return true
}

// KPIPart is a figure of a part of the whole: of one rep, territory, product or
// type of deal.
type KPIPart struct {
	Name string
	KPI  KPI
}

// Parts returns a figure for each part that partOf names, by name. A part in
// which nothing happened that the figure is of is left out.
func (b DayBook) Parts(q KPIQuery, partOf func(Cut) string) []KPIPart {
	keep := q.Keep
	if keep == nil {
		keep = func(Cut) bool { return true }
	}
	names := make(map[string]bool)
	b.each(b.From, b.To, keep, func(_ Date, cut Cut, _ *DayTally) { names[partOf(cut)] = true })
	var parts []KPIPart
	for name := range names {
		q.Keep = func(cut Cut) bool { return partOf(cut) == name && keep(cut) }
		if k := b.KPI(q); k.Rate.Of > 0 || k.Rate.Hits > 0 || !k.Value.IsZero() || !k.Spend.IsZero() {
			parts = append(parts, KPIPart{Name: name, KPI: k})
		}
	}
	slices.SortFunc(parts, func(a, b KPIPart) int { return strings.Compare(a.Name, b.Name) })
	return parts
}

// Stages returns what became of the deals that ended in a period, by the stages
// that they had come to, in the order of their names.
func (b DayBook) Stages(period Period, keep func(Cut) bool) []StageTally {
	if keep == nil {
		keep = func(Cut) bool { return true }
	}
	return b.Total(period.From, period.To, keep).Stages
}

// Ledger returns the daily record of a figure that adds up, for pace to learn
// from. The calendar says on which days it could have grown.
func (b DayBook) Ledger(q KPIQuery, from Date, calendar Calendar) Ledger {
	ledger := Ledger{Calendar: calendar, From: from}
	for i := range b.Days {
		day := b.Days[i].Day
		if day.Before(from) {
			continue
		}
		q.Period = Period{Span: Day, From: day, To: day}
		alone := DayBook{From: day, To: day, Days: b.Days[i : i+1]}
		if k := alone.KPI(q); k.Known && !k.Value.IsZero() {
			ledger.Days = append(ledger.Days, DayFigure{Day: day, Amount: k.Value.InexactFloat64(), Entries: max(k.Rate.Hits, 1)})
		}
	}
	return ledger
}

// Credit turns the parts of a figure that adds up into what members brought.
// Owners who are no members keep their name.
func Credit(parts []KPIPart, owners Owners) []Contribution {
	credits := make([]Contribution, 0, len(parts))
	for _, part := range parts {
		if part.Name == "" || part.KPI.Value.IsZero() {
			continue // What nobody owns remains as the rest.
		}
		credit := Contribution{Name: part.Name, Member: owners.MemberOf(part.Name), Amount: part.KPI.Value, Entries: max(part.KPI.Rate.Hits, 1)}
		i := slices.IndexFunc(credits, func(c Contribution) bool { return c.Member != "" && c.Member == credit.Member })
		if i < 0 {
			credits = append(credits, credit)
			continue
		}
		credits[i].Amount = credits[i].Amount.Add(credit.Amount)
		credits[i].Entries += credit.Entries
	}
	return credits
}
