package commands

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/smallwins/smallwins/coaching"
)

// maxSnooze bounds a break, in days: nobody is forgotten for ever.
const maxSnooze = 92

// away says on which days a member does not work: "2026-12-24 2027-01-02", or one
// day; "off" takes back what is still ahead. Managers say it of others, too.
// Without days it shows what is known.
func (r *Router) away(ctx context.Context, ask *ask) (Reply, error) {
	words := strings.Fields(ask.rest)
	member, words, err := ask.aboutWhom(words)
	if err != nil {
		return Reply{}, err
	}
	if member != ask.Member {
		if err := r.may(ctx, ask, coaching.ActSettings); err != nil {
			return Reply{}, err
		}
		if err := r.meet(ctx, ask, member); err != nil {
			return Reply{}, err
		}
	}
	today, err := r.todayOf(ctx, ask, member)
	if err != nil {
		return Reply{}, err
	}
	var change func(coaching.Rhythm) (coaching.Rhythm, error)
	switch {
	case len(words) == 0:
		return r.showAway(ctx, ask, member, nil)
	case len(words) == 1 && strings.EqualFold(words[0], off):
		change = func(rhythm coaching.Rhythm) (coaching.Rhythm, error) { return rhythm.Back(today), nil }
	default:
		absence, err := parseAbsence(words, today)
		if err != nil {
			return Reply{}, err
		}
		change = func(rhythm coaching.Rhythm) (coaching.Rhythm, error) {
			return rhythm.WithAway(absence.From, absence.To, today)
		}
	}
	if err := r.changeRhythm(ctx, ask, member, change); err != nil {
		return Reply{}, err
	}
	return r.showAway(ctx, ask, member, ask.voice.Line("settings_saved", nil))
}

// aboutWhom returns the member that the first word mentions, or the one who asks,
// and the other words.
func (a *ask) aboutWhom(words []string) (coaching.MemberID, []string, error) {
	if len(words) == 0 || !strings.HasPrefix(words[0], "@") {
		return a.Member, words, nil
	}
	member := coaching.MemberID(words[0][1:])
	if !slices.Contains(a.Mentions, member) {
		return "", nil, coaching.Refuse("member_unknown")
	}
	return member, words[1:], nil
}

// todayOf returns the local day where a member lives.
func (r *Router) todayOf(ctx context.Context, ask *ask, member coaching.MemberID) (coaching.Date, error) {
	within, err := r.bounds(ctx, nil, ask.workspace, member)
	if err != nil {
		return coaching.Date{}, err
	}
	return coaching.DateOf(ask.Received.In(within.terms.Zone)), nil
}

// changeRhythm changes what a member agreed on, leaving a trace of it where
// somebody else does so, and computes anew when their own cadences come.
func (r *Router) changeRhythm(ctx context.Context, ask *ask, member coaching.MemberID, change func(coaching.Rhythm) (coaching.Rhythm, error)) error {
	before, err := r.store.Rhythm(ctx, ask.Request.Workspace, member)
	if err != nil {
		return err
	}
	after, err := change(before)
	if err != nil {
		return err
	}
	if member != ask.Member {
		shifts := coaching.AwayShift(before, after)
		if err := r.trace(ctx, ask, coaching.Trace{Kind: coaching.TraceSettings, Shifts: shifts}); err != nil {
			return err
		}
	}
	if _, err := r.store.ChangeRhythm(ctx, ask.Request.Workspace, member, change); err != nil {
		return err
	}
	r.outlooks.forget(ask.Request.Workspace)
	own, err := r.store.CadencesOf(ctx, ask.Request.Workspace, member)
	if err != nil {
		return err
	}
	return r.reschedule(ctx, ask, own)
}

func parseAbsence(words []string, today coaching.Date) (coaching.Absence, error) {
	words = slices.DeleteFunc(slices.Clone(words), func(word string) bool {
		return slices.Contains([]string{"-", "–", "from", "to", "until"}, strings.ToLower(word))
	})
	if len(words) == 0 || len(words) > 2 {
		return coaching.Absence{}, coaching.Refuse("away_unreadable")
	}
	from, err := parseAhead(words[0], today)
	if err != nil {
		return coaching.Absence{}, coaching.Refuse("away_unreadable")
	}
	to := from
	if len(words) == 2 {
		if to, err = parseAhead(words[1], from); err != nil {
			return coaching.Absence{}, coaching.Refuse("away_unreadable")
		}
	}
	return coaching.Absence{From: from, To: to}, nil
}

// parseAhead reads a day by its date, as "today" or "tomorrow", as the next
// Monday, or as so many days or weeks ahead: "3d", "2w".
func parseAhead(text string, today coaching.Date) (coaching.Date, error) {
	text = strings.ToLower(text)
	switch text {
	case "today", "วันนี้":
		return today, nil
	case "tomorrow", "พรุ่งนี้":
		return today.AddDays(1), nil
	}
	if day, err := parseWeekday(text); err == nil {
		date := today.AddDays(1)
		for date.Weekday() != day {
			date = date.AddDays(1)
		}
		return date, nil
	}
	for unit, days := range map[string]int{"d": 1, "w": 7} {
		if digits, found := strings.CutSuffix(text, unit); found {
			if n, err := strconv.Atoi(digits); err == nil && n > 0 && n < 1000 {
				return today.AddDays(n * days), nil
			}
		}
	}
	return parseDay(text)
}

// snooze keeps the bot from speaking to a member by itself until a day; "off"
// ends that.
func (r *Router) snooze(ctx context.Context, ask *ask) (Reply, error) {
	words := slices.DeleteFunc(strings.Fields(ask.rest), func(word string) bool { return strings.EqualFold(word, "until") })
	var until coaching.Date
	switch {
	case len(words) == 0:
		return Reply{}, coaching.Refuse("snooze_until_missing")
	case !strings.EqualFold(words[0], off):
		var err error
		if until, err = ask.snoozeUntil(words[0]); err != nil {
			return Reply{}, err
		}
	}
	err := r.changeRhythm(ctx, ask, ask.Member, func(rhythm coaching.Rhythm) (coaching.Rhythm, error) {
		rhythm.SnoozedUntil = until
		return rhythm, nil
	})
	if err != nil {
		return Reply{}, err
	}
	if until.IsZero() {
		return ask.say(Text{ask.voice.Line("snooze_off", nil)}), nil
	}
	return ask.say(
		Text{ask.voice.Line("snoozed", Args{"until": Span{Text: ask.longDate(until), Style: Strong}})},
		Note{ask.voice.Line("snooze_how", nil)},
	), nil
}

// snoozeUntil reads the day on which a break ends.
func (a *ask) snoozeUntil(text string) (coaching.Date, error) {
	until, err := parseAhead(text, a.today)
	switch {
	case err != nil:
		return coaching.Date{}, coaching.Refuse("snooze_unreadable")
	case !until.After(a.today):
		return coaching.Date{}, coaching.Refuse("snooze_past")
	case until.Sub(a.today) > maxSnooze:
		return coaching.Date{}, coaching.Refuse("snooze_too_long")
	}
	return until, nil
}

// longDate words a day with its weekday: "Monday, 30 Nov".
func (a *ask) longDate(date coaching.Date) string {
	return a.voice.Text("long_date", Args{"weekday": a.voice.weekday(date.Weekday()), "date": a.voice.date(date, a.today)})
}

// showAway tells on which days ahead a member does not work.
func (r *Router) showAway(ctx context.Context, ask *ask, member coaching.MemberID, news Line) (Reply, error) {
	rhythm, err := r.store.Rhythm(ctx, ask.Request.Workspace, member)
	if err != nil {
		return Reply{}, err
	}
	var parts []Part
	if news != nil {
		parts = append(parts, Text{news})
	}
	args := Args{"member": ask.member(member), "days": ask.absences(rhythm)}
	switch {
	case len(rhythm.Ahead(ask.today)) == 0:
		parts = append(parts, Text{ask.voice.Line("away_none", args)})
	default:
		parts = append(parts, Text{ask.voice.Line("away_days", args)}, Note{ask.voice.Line("away_means", nil)})
	}
	return ask.say(append(parts, Note{ask.voice.Line("away_how", nil)})...), nil
}

// absences words the days off that are not over.
func (a *ask) absences(rhythm coaching.Rhythm) string {
	var texts []string
	for _, absence := range rhythm.Ahead(a.today) {
		text := a.voice.date(absence.From, a.today)
		if absence.To != absence.From {
			text = a.voice.Text("period_range", Args{"from": text, "to": a.voice.date(absence.To, a.today)})
		}
		texts = append(texts, text)
	}
	if len(texts) == 0 {
		return a.voice.Text("none", nil)
	}
	return a.voice.join(texts)
}

// when words an instant in a zone: "Wed 25 Nov, 09:00".
func (a *ask) when(at time.Time, loc *time.Location) string {
	local := at.In(loc)
	return a.voice.Text("when", Args{
		"day":  a.voice.Text("day_"+weekdayNames[local.Weekday()], nil),
		"date": a.voice.date(coaching.DateOf(local), a.today), "time": local.Format("15:04"),
	})
}
