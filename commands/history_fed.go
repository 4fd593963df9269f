package commands

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/smallwins/smallwins/coaching"
)

// dimension is by what a figure is taken apart.
type dimension string

const (
	byOwner     dimension = "owner"
	byTerritory dimension = "territory"
	byProduct   dimension = "product"
	byType      dimension = "type"
	byStage     dimension = "stage"
)

// dimensions are the words with which people ask for the parts of a figure.
var dimensions = map[string]dimension{
	"owner": byOwner, "rep": byOwner, "reps": byOwner, "owners": byOwner, "member": byOwner, "ตัวแทนขาย": byOwner,
	"territory": byTerritory, "territories": byTerritory, "region": byTerritory, "พื้นที่": byTerritory, "เขต": byTerritory,
	"product": byProduct, "products": byProduct, "สินค้า": byProduct,
	"type": byType, "types": byType, "ประเภท": byType,
	"stage": byStage, "stages": byStage, "ขั้น": byStage, "ขั้นตอน": byStage,
}

// cutDimension cuts "by product" out of the end of what is asked for, in Thai
// "ตามสินค้า"; a span may follow. found is false where there is no such end.
func cutDimension(text string) (rest string, by dimension, found bool) {
	words := strings.Fields(text)
	span := ""
	if n := len(words); n > 0 && spans[strings.ToLower(words[n-1])] != "" {
		words, span = words[:n-1], words[n-1]
	}
	for i, word := range words {
		name, isBy := strings.CutPrefix(strings.ToLower(word), "ตาม")
		isBy = isBy || name == "by"
		switch {
		case !isBy:
			continue
		case i == len(words)-2 && (name == "" || name == "by"):
			name = strings.ToLower(words[i+1])
		case i < len(words)-1:
			continue
		}
		if by, found = dimensions[name]; found {
			return strings.TrimSpace(strings.Join(words[:i], " ") + " " + span), by, true
		}
	}
	return text, "", false
}

// partMonths is over how many months a figure is taken apart where no span is
// named: the parts of a month are too few cases to tell anything.
const partMonths = 12

// partsShown bounds how many parts a reply lists.
const partsShown = 20

// historyParts shows a figure of events by rep, territory, product, stage or type
// of deal.
func (r *Router) historyParts(ctx context.Context, ask *ask, text string, by dimension) (Reply, error) {
	traits, span, err := historyArgs(text, ask.today)
	if err != nil {
		return Reply{}, err
	}
	feeds, err := r.store.Feeds(ctx, ask.Request.Workspace)
	if err != nil {
		return Reply{}, err
	}
	q, sources, fed := coaching.FollowKind(traits.Kind, ask.workspace, feeds)
	switch {
	case !fed:
		return Reply{}, coaching.Refuse("parts_not_fed")
	case by == byStage && traits.Kind != coaching.WinRate:
		return Reply{}, coaching.Refuse("parts_stage")
	}
	q.Today = ask.today
	q.Period = coaching.Period{Span: coaching.Range, From: coaching.PeriodOf(coaching.Month, ask.today.AddMonths(1-partMonths)).From, To: ask.today}
	if span != "" {
		q.Period = coaching.PeriodOf(span, ask.today)
	}
	book, err := r.store.DayBook(ctx, ask.Request.Workspace, q.Reach(), q.Period.To, ask.Received)
	if err != nil {
		return Reply{}, err
	}
	whole := book.KPI(q)
	parts := []Part{Heading{ask.voice.Line("parts_heading", Args{
		"kind": ask.voice.Text("kind_"+string(traits.Kind), nil), "by": ask.voice.Text("parts_by_"+string(by), nil),
		"period": ask.voice.period(q.Period, ask.today),
	})}}
	list, note, err := r.partList(ctx, ask, book, q, whole, by)
	if err != nil {
		return Reply{}, err
	}
	if len(list.Items) == 0 {
		parts = append(parts, Text{ask.voice.Line("parts_none", nil)})
	} else {
		m := measure{unit: traits.Unit, kind: traits.Kind, currency: ask.workspace.Currency}
		parts = append(parts, Text{ask.partLine("parts_all", Line{}, whole, m)}, list)
	}
	if note != nil {
		parts = append(parts, Note{note})
	}
	return ask.say(append(parts, Note{ask.lastFed(newest(sources).Last)})...), nil
}

// newest returns the feed that was fed last.
func newest(sources coaching.Feeds) coaching.Feed {
	return slices.MaxFunc(sources, func(a, b coaching.Feed) int { return a.Last.Compare(b.Last) })
}

// partList lists the parts of a figure. How single reps do is for them and for
// managers; others see their own part and the whole.
func (r *Router) partList(ctx context.Context, ask *ask, book coaching.DayBook, q coaching.KPIQuery, whole coaching.KPI, by dimension) (list List, note Line, err error) {
	if by == byStage {
		return ask.stageList(book.Stages(q.Period, nil)), ask.voice.Line("parts_stage_note", nil), nil
	}
	owners, err := r.store.Owners(ctx, ask.Request.Workspace)
	if err != nil {
		return List{}, nil, err
	}
	role, err := r.role(ctx, ask)
	if err != nil {
		return List{}, nil, err
	}
	names := make(map[string]Line)
	partOf := func(cut coaching.Cut) string { return by.of(cut) }
	if by == byOwner {
		partOf = func(cut coaching.Cut) string {
			if member := owners.MemberOf(cut.Owner); member != "" {
				return "@" + string(member)
			}
			return coaching.OwnerKey(cut.Owner)
		}
		for _, owner := range owners {
			names[coaching.OwnerKey(owner.Name)] = Line{{Text: owner.Name}}
			if err := r.meet(ctx, ask, owner.Member); err != nil {
				return List{}, nil, err
			}
			names["@"+string(owner.Member)] = Line{ask.member(owner.Member)}
		}
		if role < coaching.RoleManager {
			note = ask.voice.Line("parts_own", nil)
		}
	}
	parts := book.Parts(q, partOf)
	if by == byOwner && role < coaching.RoleManager {
		parts = slices.DeleteFunc(parts, func(p coaching.KPIPart) bool { return p.Name != "@"+string(ask.Member) })
	}
	slices.SortStableFunc(parts, func(a, b coaching.KPIPart) int { return cmp.Compare(b.KPI.Rate.Of, a.KPI.Rate.Of) })
	traits, _ := coaching.TraitsOf(q.Kind)
	m := measure{unit: traits.Unit, kind: traits.Kind, currency: ask.workspace.Currency}
	for _, part := range parts[:min(len(parts), partsShown)] {
		name, known := names[part.Name]
		switch {
		case known:
		case part.Name == "":
			name = ask.voice.Line("parts_unsaid", nil)
		default:
			name = Line{{Text: part.Name}}
		}
		item := ask.partLine("parts_line", name, part.KPI, m)
		if odd := ask.againstRest(q.Kind, whole.Rate, part.KPI.Rate, traits.Better); odd != nil {
			item = spaced(item, odd)
		}
		list.Items = append(list.Items, item)
	}
	if more := len(parts) - partsShown; more > 0 {
		note = spaced(note, ask.voice.Line("parts_more", Args{"count": more}))
	}
	return list, note, nil
}

func (d dimension) of(cut coaching.Cut) string {
	switch d {
	case byTerritory:
		return cut.Territory
	case byProduct:
		return cut.Product
	case byType:
		return cut.Type
	default:
		return cut.Owner
	}
}

// partLine words one figure with what it rests on.
func (a *ask) partLine(id string, name Line, k coaching.KPI, m measure) Line {
	value := a.voice.Text("parts_unknown", nil)
	if k.Known {
		value = a.voice.counted(spoken(k.Value, m), m)
	}
	line := a.voice.Line(id, Args{"name": name, "value": Span{Text: value, Style: Strong}})
	if basis := a.restsOn(k); basis != nil {
		line = append(line, a.voice.Line("parts_basis", Args{"basis": basis})...)
	}
	return line
}

// againstRest says where a part differs from the others by more than chance, nil
// where it does not.
func (a *ask) againstRest(kind coaching.Kind, whole, part coaching.Rate, better coaching.Direction) Line {
	if kind != coaching.WinRate && kind != coaching.Churn {
		return nil
	}
	rest := coaching.Rate{Hits: whole.Hits - part.Hits, Of: whole.Of - part.Of}
	switch change := coaching.CompareRates(rest, part, better); change.State {
	case coaching.ChangeBetter:
		return a.voice.Line("parts_better", nil)
	case coaching.ChangeWorse:
		return a.voice.Line("parts_worse", nil)
	default:
		return nil
	}
}

// stageList says of each stage how many of the deals that came to it and ended
// were won, and how many ended there.
func (a *ask) stageList(stages []coaching.StageTally) List {
	var list List
	for _, stage := range stages {
		rate := coaching.Rate{Hits: stage.Won, Of: stage.Won + stage.Lost}
		percent, _ := rate.Percent()
		list.Items = append(list.Items, a.voice.Line("parts_stage_line", Args{
			"name": stage.Stage, "share": Span{Text: a.voice.percent(percent / 100), Style: Strong},
			"hits": a.voice.number(itoa(rate.Hits)), "of": a.voice.number(itoa(rate.Of)), "lost": a.voice.number(itoa(stage.LostHere)),
		}))
	}
	return list
}

// historyFed shows where the month stands that is under way, as events tell it,
// and whether entered figures are kept against what they say.
func (r *Router) historyFed(ctx context.Context, ask *ask, traits coaching.Traits, disputed int, m measure) ([]Part, error) {
	feeds, err := r.store.Feeds(ctx, ask.Request.Workspace)
	if err != nil || len(feeds) == 0 {
		return nil, err
	}
	month := coaching.PeriodOf(coaching.Month, ask.today)
	k, sources, fed, err := r.figure(ctx, ask, feeds, traits.Kind, month)
	if err != nil || !fed {
		return nil, err
	}
	parts := []Part{Text{ask.partLine("history_so_far", Line{{Text: ask.voice.period(month, ask.today)}}, k, m)}}
	if traits.Kind == coaching.WinRate && k.Opened.Of+k.StillOpen > 0 {
		percent, _ := k.Opened.Percent()
		id := "history_opened"
		if k.Opened.Of == 0 {
			id = "history_opened_none"
		}
		parts = append(parts, Text{ask.voice.Line(id, Args{
			"count": k.StillOpen, "period": ask.voice.period(month, ask.today), "share": ask.voice.percent(percent / 100),
			"hits": ask.voice.number(itoa(k.Opened.Hits)), "of": ask.voice.number(itoa(k.Opened.Of)), "open": ask.voice.number(itoa(k.StillOpen)),
		})})
	}
	note := spaced(ask.lastFed(newest(sources).Last), ask.voice.Line("fed_take_apart", Args{
		"command": Span{Text: "/" + Name + " history " + string(traits.Kind) + " by product", Style: Code},
	}))
	if disputed > 0 {
		note = spaced(note, ask.voice.Line("history_disputed", Args{"count": disputed}))
	}
	parts = append(parts, Note{note})
	if silent := ask.silent(sources); silent != nil {
		parts = append(parts, Text{silent})
	}
	return parts, nil
}
