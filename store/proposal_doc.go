package store

import "github.com/smallwins/smallwins/coaching"

type periodDoc struct {
	Span string `json:"span"`
	From string `json:"from"`
	To   string `json:"to"`
}

func periodToDoc(period coaching.Period) periodDoc {
	return periodDoc{Span: string(period.Span), From: period.From.String(), To: period.To.String()}
}

// proposalDoc keeps what a review proposes for the period after.
type proposalDoc struct {
	Period      periodDoc         `json:"period"`
	Expected    expectationFields `json:"expected"`
	Cautions    []string          `json:"cautions"`
	Tiers       []tierDoc         `json:"tiers"`
	Recommended int64             `json:"recommended"`
	Why         string            `json:"why"`
	Growth      growthDoc         `json:"growth"`
	Season      float64           `json:"season"`
	HasSeason   bool              `json:"has_season"`
	Team        *teamDoc          `json:"team,omitempty"`
}

type tierDoc struct {
	Realism string  `json:"realism"`
	Value   string  `json:"value"`
	Chance  float64 `json:"chance"`
}

type growthDoc struct {
	Span        string  `json:"span"`
	Period      float64 `json:"period"`
	PeriodKnown bool    `json:"period_known"`
	Year        float64 `json:"year"`
	YearBy      float64 `json:"year_by"`
	YearKnown   bool    `json:"year_known"`
	Compared    int64   `json:"compared"`
}

type teamDoc struct {
	Factor float64     `json:"factor"`
	Now    capacityDoc `json:"now"`
	Then   capacityDoc `json:"then"`
	Usual  float64     `json:"usual"`
}

type capacityDoc struct {
	Heads    int64    `json:"heads"`
	Ramping  []string `json:"ramping"`
	AwayDays int64    `json:"away_days"`
	Full     float64  `json:"full"`
	Normal   float64  `json:"normal"`
}

func capacityToDoc(c coaching.Capacity) capacityDoc {
	doc := capacityDoc{Heads: int64(c.Heads), Ramping: []string{}, AwayDays: int64(c.AwayDays), Full: c.Full, Normal: c.Normal}
	for _, member := range c.Ramping {
		doc.Ramping = append(doc.Ramping, string(member))
	}
	return doc
}

func (d capacityDoc) capacity() coaching.Capacity {
	c := coaching.Capacity{Heads: int(d.Heads), AwayDays: int(d.AwayDays), Full: d.Full, Normal: d.Normal}
	for _, member := range d.Ramping {
		c.Ramping = append(c.Ramping, coaching.MemberID(member))
	}
	return c
}

func proposalToDoc(p coaching.Proposal) proposalDoc {
	doc := proposalDoc{
		Period: periodToDoc(p.Period), Expected: expectationToFields(p.Expected),
		Cautions: []string{}, Tiers: []tierDoc{}, Recommended: int64(p.Recommended), Why: string(p.Why),
		Growth: growthDoc{
			Span: string(p.GrowthSpan), Period: p.Growth.Period, PeriodKnown: p.Growth.PeriodKnown,
			Year: p.Growth.Year, YearBy: p.Growth.YearBy, YearKnown: p.Growth.YearKnown, Compared: int64(p.Growth.Compared),
		},
		Season: p.Season.Share, HasSeason: p.Season.Known,
	}
	for _, caution := range p.Cautions {
		doc.Cautions = append(doc.Cautions, string(caution))
	}
	for _, tier := range p.Tiers {
		doc.Tiers = append(doc.Tiers, tierDoc{Realism: string(tier.Realism), Value: tier.Value.String(), Chance: tier.Chance})
	}
	if p.Team.Known {
		doc.Team = &teamDoc{Factor: p.Team.Factor, Now: capacityToDoc(p.Team.Now), Then: capacityToDoc(p.Team.Then), Usual: p.Team.Usual}
	}
	return doc
}

func (d proposalDoc) proposal(read *reading) coaching.Proposal {
	p := coaching.Proposal{
		Period: read.period(d.Period), Expected: read.expectation(d.Expected),
		Recommended: int(d.Recommended), Why: coaching.Reason(d.Why),
		GrowthSpan: coaching.Span(d.Growth.Span),
		Growth: coaching.Growth{
			Period: d.Growth.Period, PeriodKnown: d.Growth.PeriodKnown,
			Year: d.Growth.Year, YearBy: d.Growth.YearBy, YearKnown: d.Growth.YearKnown, Compared: int(d.Growth.Compared),
		},
		Season: coaching.SeasonEffect{Share: d.Season, Known: d.HasSeason},
	}
	for _, caution := range d.Cautions {
		p.Cautions = append(p.Cautions, coaching.Reason(caution))
	}
	for _, tier := range d.Tiers {
		p.Tiers = append(p.Tiers, coaching.Tier{
			Realism: coaching.Realism(tier.Realism), Value: read.figure(tier.Value), Chance: tier.Chance,
		})
	}
	if d.Team != nil {
		p.Team = coaching.TeamEffect{
			Known: true, Factor: d.Team.Factor, Now: d.Team.Now.capacity(), Then: d.Team.Then.capacity(), Usual: d.Team.Usual,
		}
	}
	return p
}
