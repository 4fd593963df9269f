package commands

import (
	"context"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

// ownersShown bounds each list of owners.
const ownersShown = 40

// setOwner says who an owner in the CRM is: `owner "Darcy Schlechter" @darcy`,
// or takes that back: `owner "Darcy Schlechter" off`.
func (r *Router) setOwner(ctx context.Context, ask *ask, values []string) (Reply, error) {
	var member coaching.MemberID
	at := slices.Index(values, off)
	if len(ask.Mentions) == 1 {
		member = ask.Mentions[0]
		at = slices.Index(values, "@"+string(member))
	}
	if at < 0 {
		return Reply{}, coaching.Refuse("owner_how")
	}
	name := strings.Trim(strings.Join(slices.Delete(slices.Clone(values), at, at+1), " "), `"'“”„«»‘’ `)
	if name == "" || len(name) > coaching.MaxEventText {
		return Reply{}, coaching.Refuse("owner_how")
	}
	if err := r.may(ctx, ask, coaching.ActSettings); err != nil {
		return Reply{}, err
	}
	owners, err := r.store.Owners(ctx, ask.Request.Workspace)
	if err != nil {
		return Reply{}, err
	}
	known := slices.IndexFunc(owners, func(o coaching.Owner) bool { return coaching.OwnerKey(o.Name) == coaching.OwnerKey(name) })
	if known < 0 {
		return Reply{}, coaching.Refuse("owner_unknown")
	}
	before := owners[known]
	after := coaching.Owner{Name: before.Name, Member: member}
	if err := r.trace(ctx, ask, coaching.Trace{Kind: coaching.TraceSettings, Shifts: coaching.OwnerShift(before, after)}); err != nil {
		return Reply{}, err
	}
	if err := r.store.MapOwner(ctx, ask.Request.Workspace, before.Name, member); err != nil {
		return Reply{}, err
	}
	return r.owners(ctx, ask)
}

// owners lists who in the CRM is which member, and who is not yet: nobody is
// left out, for what an unmatched owner does counts for the team.
func (r *Router) owners(ctx context.Context, ask *ask) (Reply, error) {
	if err := r.may(ctx, ask, coaching.ActSettings); err != nil {
		return Reply{}, err
	}
	owners, err := r.store.Owners(ctx, ask.Request.Workspace)
	if err != nil {
		return Reply{}, err
	}
	heading := Heading{ask.voice.Line("owners_heading", nil)}
	if len(owners) == 0 {
		return ask.say(heading, Text{ask.voice.Line("owners_none", nil)}), nil
	}
	book, err := r.store.DayBook(ctx, ask.Request.Workspace, coaching.Epoch(), ask.today, ask.Received)
	if err != nil {
		return Reply{}, err
	}
	totals := book.Owners()
	var matched, unmatched List
	example := ""
	for _, owner := range owners {
		args := Args{
			"name": Span{Text: owner.Name, Style: Strong}, "counts": ask.ownerCounts(totals[coaching.OwnerKey(owner.Name)]),
		}
		if owner.Member == "" {
			unmatched.Items = append(unmatched.Items, ask.voice.Line("owner_unmatched", args))
			if example == "" {
				example = owner.Name
			}
			continue
		}
		if err := r.meet(ctx, ask, owner.Member); err != nil {
			return Reply{}, err
		}
		args["member"] = ask.member(owner.Member)
		matched.Items = append(matched.Items, ask.voice.Line("owner_matched", args))
	}
	parts := []Part{heading}
	for _, part := range []struct {
		id   string
		list List
	}{{"owners_matched", matched}, {"owners_unmatched", unmatched}} {
		if n := len(part.list.Items); n > 0 {
			parts = append(parts, Text{ask.voice.Line(part.id, Args{"count": n})}, List{Items: part.list.Items[:min(n, ownersShown)]})
			if n > ownersShown {
				parts = append(parts, Note{ask.voice.Line("owners_more", Args{"count": n - ownersShown})})
			}
		}
	}
	if example != "" {
		parts = append(parts, Note{ask.voice.Line("owners_how", Args{
			"command": Span{Text: "/" + Name + ` settings owner "` + example + `" @…`, Style: Code},
		})})
	}
	return ask.say(parts...), nil
}

// ownerCounts says how much is known of an owner: "12 deals, 3 leads".
func (a *ask) ownerCounts(t *coaching.DayTally) string {
	if t == nil {
		t = new(coaching.DayTally)
	}
	var counts []string
	for _, count := range []struct {
		id string
		n  int
	}{
		{"owner_deals", max(t.Opened, t.Won+t.Lost)},
		{"owner_leads", max(t.Received, t.Qualified)},
		{"owner_customers", max(t.Started, t.Churned())},
		{"owner_activities", t.Calls + t.Emails + t.Meetings},
	} {
		if count.n > 0 {
			counts = append(counts, a.voice.Text(count.id, Args{"count": count.n, "figure": a.voice.figure(decimal.NewFromInt(int64(count.n)), measure{unit: coaching.Count})}))
		}
	}
	if len(counts) == 0 {
		return a.voice.Text("owner_nothing", nil)
	}
	return a.voice.join(counts)
}
