package commands

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

// maxQuoted is how many characters of people's longer texts a change quotes.
const maxQuoted = 80

// membersIn returns the members that a trace speaks of.
func membersIn(trace coaching.Trace) []coaching.MemberID {
	var members []coaching.MemberID
	for _, shift := range trace.Shifts {
		for _, text := range []string{shift.Before, shift.After} {
			switch shift.Name {
			case "owner":
				members = append(members, coaching.MemberID(text))
			case "managers":
				for _, id := range strings.Fields(text) {
					members = append(members, coaching.MemberID(id))
				}
			case "rep", "away", "matched":
				id, _ := cutWord(text)
				members = append(members, coaching.MemberID(id))
			}
		}
	}
	return members
}

// traced words what a trace is of: what was refused, or each value that changed.
func (a *ask) traced(trace coaching.Trace, goal coaching.Goal) Line {
	if trace.Kind == coaching.TraceRefused {
		return a.voice.Line("refused_"+string(trace.Act), Args{"goal": "#" + itoa(trace.Goal)})
	}
	var line Line
	if id := "traced_" + string(trace.Kind); a.voice.Has(id) {
		line = a.voice.Line(id, nil)
	}
	for i, shift := range trace.Shifts {
		if i > 0 {
			line = append(line, Span{Text: " · "})
		}
		line = append(line, a.shift(shift, goal)...)
	}
	return line
}

// shift words a value that changed: "target 20 → 30".
func (a *ask) shift(shift coaching.Shift, goal coaching.Goal) Line {
	if shift.Name == "private" || shift.Name == "focus" {
		id := "shift_" + shift.Name
		if shift.After == "" {
			id += "_off"
		}
		return a.voice.Line(id, nil)
	}
	if shift.Name == "matched" {
		return a.crmOwner(shift)
	}
	args := Args{
		"what":   a.voice.Text("shift_"+shift.Name, nil),
		"before": a.shifted(shift.Name, shift.Before, goal), "after": a.shifted(shift.Name, shift.After, goal),
	}
	switch {
	case shift.Before == "":
		return a.voice.Line("shifted_in", args)
	case shift.After == "":
		return a.voice.Line("shifted_out", args)
	default:
		return a.voice.Line("shifted", args)
	}
}

// shifted words one value of a change.
func (a *ask) shifted(name, text string, goal coaching.Goal) Line {
	if text == "" {
		return nil
	}
	if coaching.CadenceKind(name).Known() {
		return a.cadenceOf(text)
	}
	switch name {
	case "target", "baseline", "final", "entry":
		return a.amountOf(text, measureOf(goal))
	case "salaries", "production", "marketing", "overhead":
		return a.amountOf(text, measure{unit: coaching.Money, currency: a.workspace.Currency})
	case "margin":
		return a.amountOf(text, measure{unit: coaching.Percent})
	case "milestone":
		return a.milestoneOf(text, goal)
	case "from", "to", "holidays", "worked":
		return a.datesOf(text)
	case "owner", "managers":
		return a.membersOf(text)
	case "manager_groups":
		return a.groupsOf(text)
	case "week":
		return Line{{Text: a.daysOf(text)}}
	case "mood":
		return a.voice.Line("mood_"+text, nil)
	case "state", "result", "has_tools":
		return a.voice.Line("shift_"+name+"_"+text, nil)
	case "away":
		return a.awayOf(text)
	case "leak_stage":
		return Line{{Text: a.stage(text)}}
	case "deal":
		return a.dealOf(text)
	case "rep":
		return a.repOf(text)
	default:
		return Line{{Text: quoted(text)}}
	}
}

// quoted cuts a long text short.
func quoted(text string) string {
	if runes := []rune(text); len(runes) > maxQuoted {
		return string(runes[:maxQuoted]) + "…"
	}
	return text
}

func (a *ask) milestoneOf(text string, goal coaching.Goal) Line {
	word, figure := cutWord(text)
	day, err := coaching.ParseDate(word)
	if err != nil {
		return Line{{Text: text}}
	}
	return a.voice.Line("milestone_by", Args{"figure": a.amountOf(figure, measureOf(goal)), "date": a.voice.date(day, a.today)})
}

func (a *ask) amountOf(text string, m measure) Line {
	amount, err := decimal.NewFromString(text)
	if err != nil {
		return Line{{Text: text}} // "+3%", where the baseline is not known yet
	}
	return Line{{Text: a.voice.counted(amount, m)}}
}

func (a *ask) datesOf(text string) Line {
	var spans []Span
	for _, word := range strings.Fields(text) {
		date, err := coaching.ParseDate(word)
		if err != nil {
			continue
		}
		spans = append(spans, Span{Text: a.voice.date(date, a.today)})
	}
	return listed(spans)
}

func (a *ask) membersOf(text string) Line {
	var spans []Span
	for _, id := range strings.Fields(text) {
		spans = append(spans, a.member(coaching.MemberID(id)))
	}
	return listed(spans)
}

func (a *ask) groupsOf(text string) Line {
	var spans []Span
	for _, id := range strings.Fields(text) {
		spans = append(spans, Span{Text: a.groupName(id)})
	}
	return listed(spans)
}

func (a *ask) daysOf(text string) string {
	set, err := strconv.ParseUint(text, 10, 8)
	if err != nil {
		return text
	}
	return a.weekdays(coaching.Weekdays(set))
}

func (a *ask) dealOf(text string) Line {
	mean, deals, _ := strings.Cut(text, " ")
	count, err := strconv.Atoi(deals)
	if err != nil {
		return Line{{Text: text}}
	}
	money := measure{unit: coaching.Money, currency: a.workspace.Currency}
	return a.voice.Line("setting_deal_value", Args{"mean": a.amountOf(mean, money), "count": count})
}

func (a *ask) cadenceOf(text string) Line {
	parts := strings.Fields(text)
	if len(parts) < 4 {
		return Line{{Text: text}}
	}
	args := Args{"channel": channelSpan(coaching.ChannelID(parts[0])), "at": parts[1], "days": a.daysOf(parts[2]), "zone": parts[3]}
	if parts[3] == "-" {
		args["zone"] = a.workspace.Zone
	}
	id := "shifted_cadence"
	if len(parts) > 4 {
		id, args["until"] = "shifted_cadence_snoozed", a.datesOf(parts[4])
	}
	return a.voice.Line(id, args)
}

// awayOf words a member's days off.
func (a *ask) awayOf(text string) Line {
	id, days := cutWord(text)
	rhythm := coaching.Rhythm{Member: coaching.MemberID(id)}
	words := strings.Fields(days)
	for i := 0; i+1 < len(words); i += 2 {
		from, errFrom := coaching.ParseDate(words[i])
		to, errTo := coaching.ParseDate(words[i+1])
		if errFrom == nil && errTo == nil {
			rhythm.Away = append(rhythm.Away, coaching.Absence{From: from, To: to})
		}
	}
	return a.voice.Line("shifted_away", Args{"member": a.member(rhythm.Member), "days": a.absences(rhythm)})
}

// crmOwner words who an owner in the CRM is from now on, or is not any more.
func (a *ask) crmOwner(shift coaching.Shift) Line {
	id, said := "shift_matched", shift.After
	if said == "" {
		id, said = "shift_matched_off", shift.Before
	}
	member, name := cutWord(said)
	return a.voice.Line(id, Args{"owner": quoted(name), "member": a.member(coaching.MemberID(member))})
}

func (a *ask) repOf(text string) Line {
	parts := strings.Fields(text)
	if len(parts) != 3 {
		return Line{{Text: text}}
	}
	start, _ := coaching.ParseDate(parts[1])
	end, _ := coaching.ParseDate(parts[2])
	return a.rep(coaching.Rep{Member: coaching.MemberID(parts[0]), Start: start, End: end})
}
