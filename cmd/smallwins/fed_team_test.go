package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/smallwins/smallwins/coaching"
)

// fedTeam is a sales team whose CRM tells of everything it does: what happened on
// which day, the same each time it is made.
type fedTeam struct {
	random *rand.Rand
	days   map[coaching.Date][]string
	named  int
}

// fedRep is somebody who sells, as the CRM knows them.
type fedRep struct {
	owner, territory string
	// wins is the share of their deals that they win.
	wins float64
}

// The CRM knows two of the reps by their e-mail addresses, and one by name.
var fedReps = []fedRep{
	{"nok@example.com", "North", 0.42},
	{"ben@example.com", "South", 0.30},
	{"Art Veeratham", "South", 0.22},
}

// newFedTeam makes up what happened from one day to another. The team wins about
// a third of its deals after a month or so, more in each last month of a quarter;
// of those who buy some two in a hundred leave in a month.
func newFedTeam(from, to coaching.Date) *fedTeam {
	f := &fedTeam{random: rand.New(rand.NewPCG(2026, 3)), days: make(map[coaching.Date][]string)}
	calendar := coaching.Calendar{}
	const already = 40 // customers
	for range already {
		f.buys(from, to, fmt.Sprint("old-", f.named), fedReps[f.random.IntN(len(fedReps))].owner, "Basic", 300+50*f.random.IntN(7))
	}
	for day := from; !day.After(to); day = day.AddDays(1) {
		if !calendar.Works(day) {
			continue
		}
		for _, rep := range fedReps {
			f.happens(day, "activity.done", "", "owner", rep.owner, "activity", "call", "count", fmt.Sprint(6+f.random.IntN(7)))
			f.happens(day, "activity.done", "", "owner", rep.owner, "activity", "meeting", "count", fmt.Sprint(1+f.random.IntN(2)))
			if f.random.Float64() < 0.45 {
				f.opensDeal(day, to, rep)
			}
			if f.random.Float64() < 0.7 {
				f.receivesLead(day, to, rep)
			}
		}
		if day.Weekday() == time.Friday {
			f.costs(day)
		}
	}
	return f
}

// happens notes an event at noon of a day.
func (f *fedTeam) happens(day coaching.Date, kind, subject string, fields ...string) {
	f.named++
	event := map[string]any{"id": fmt.Sprint("e", f.named), "kind": kind, "at": day.In(bangkok).Add(12 * time.Hour).Format(time.RFC3339)}
	if subject != "" {
		event["subject"] = subject
	}
	for i := 0; i < len(fields); i += 2 {
		event[fields[i]] = fields[i+1]
	}
	line, err := json.Marshal(event)
	if err != nil {
		panic(err)
	}
	f.days[day] = append(f.days[day], string(line))
}

// opensDeal opens a deal, decided some weeks later.
func (f *fedTeam) opensDeal(day, last coaching.Date, rep fedRep) {
	deal, product := fmt.Sprint("deal-", f.named), []string{"Basic", "Pro", "Pro"}[f.random.IntN(3)]
	f.happens(day, "deal.created", deal, "owner", rep.owner, "territory", rep.territory, "product", product, "type", "new", "stage", "Discovery")
	decided := workdayFrom(day.AddDays(18 + f.random.IntN(30)))
	if decided.After(last) {
		return
	}
	f.happens(day.AddDays(7), "deal.stage_changed", deal, "stage", "Proposal")
	wins := rep.wins
	if decided.Month%3 == 0 {
		wins += 0.08
	}
	if f.random.Float64() >= wins {
		f.happens(decided, "deal.lost", deal, "reason", "price")
		return
	}
	amount := 3000 + 500*f.random.IntN(9)
	f.happens(decided, "deal.won", deal, "amount", fmt.Sprint(amount))
	f.buys(decided, last, "of-"+deal, rep.owner, product, amount/10)
}

// buys makes somebody a customer, who may leave again.
func (f *fedTeam) buys(day, last coaching.Date, customer, owner, product string, value int) {
	f.happens(day, "customer.started", customer, "owner", owner, "product", product, "value", fmt.Sprint(value))
	for month := coaching.PeriodOf(coaching.Month, day).Shift(1); !month.To.After(last); month = month.Shift(1) {
		if f.random.Float64() < 0.022 {
			f.happens(workdayFrom(month.From.AddDays(f.random.IntN(20))), "customer.churned", customer, "reason", "no budget")
			return
		}
	}
}

// receivesLead receives a lead that may be qualified a few days later.
func (f *fedTeam) receivesLead(day, last coaching.Date, rep fedRep) {
	lead := fmt.Sprint("lead-", f.named)
	f.happens(day, "lead.received", lead, "owner", rep.owner, "territory", rep.territory, "source", "web")
	if later := workdayFrom(day.AddDays(1 + f.random.IntN(4))); f.random.Float64() < 0.6 && !later.After(last) {
		f.happens(later, "lead.qualified", lead)
	}
}

// costs records what a week cost.
func (f *fedTeam) costs(friday coaching.Date) {
	monday := friday.AddDays(-4).String()
	for _, cost := range []struct {
		category string
		amount   int
	}{{"marketing", 1200 + 50*f.random.IntN(8)}, {"sales", 3400}, {"production", 3100 + 100*f.random.IntN(9)}} {
		f.happens(friday, "cost.recorded", "", "category", cost.category, "amount", fmt.Sprint(cost.amount), "from", monday, "to", friday.String())
	}
}

// workdayFrom returns the day, or the first working day after it.
func workdayFrom(day coaching.Date) coaching.Date {
	if calendar := (coaching.Calendar{}); !calendar.Works(day) {
		return calendar.Next(day)
	}
	return day
}

// between returns what happened from one day to another, in order.
func (f *fedTeam) between(from, to coaching.Date) (events []string) {
	var days []coaching.Date
	for day := range f.days {
		if !day.Before(from) && !day.After(to) {
			days = append(days, day)
		}
	}
	slices.SortFunc(days, func(a, b coaching.Date) int { return a.Sub(b) })
	for _, day := range days {
		events = append(events, f.days[day]...)
	}
	return events
}
