package commands

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/rickar/cal/v2"

	"github.com/smallwins/smallwins/coaching"
)

// Public holidays are looked up for last year, which pace and reviews look back
// to, until some years ahead, which no goal goes beyond.
const (
	holidayYearsBack  = 1
	holidayYearsAhead = 3
)

// reasonArgs are what the sentence for a reason names besides.
func (v *Voice) reasonArgs(reason coaching.Reason) Args {
	switch reason {
	case "country_unknown":
		return Args{"countries": v.join(knownCountries())}
	case "country_part_missing":
		return Args{"parts": v.join(knownInPartsAlone())}
	default:
		return nil
	}
}

// knownCountries returns the codes of the countries whose public holidays are
// known, without their parts.
func knownCountries() []string {
	var codes []string
	for code := range publicHolidays {
		country, _, _ := strings.Cut(code, "-")
		codes = append(codes, country)
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// knownInPartsAlone returns the codes of the parts of those countries that have
// no rules as a whole.
func knownInPartsAlone() []string {
	var codes []string
	for code := range publicHolidays {
		country, _, part := strings.Cut(code, "-")
		if part && publicHolidays[country] == nil {
			codes = append(codes, code)
		}
	}
	slices.Sort(codes)
	return codes
}

// withCountry returns the workspace with the public holidays of a country as days
// off; the empty code means none. Those of another country are no longer worked.
func withCountry(workspace coaching.Workspace, code string, year int) coaching.Workspace {
	if workspace.Country != code {
		workspace.Worked = nil
	}
	workspace.Country, workspace.PublicHolidays, workspace.PublicThrough = code, nil, 0
	if code == "" {
		return workspace
	}
	first, last := year-holidayYearsBack, year+holidayYearsAhead
	workspace.PublicHolidays, workspace.PublicThrough = daysOff(publicHolidays[code], first, last), last
	return workspace
}

// daysOff returns the days from the first year to the last on which the holidays
// are, or are observed. A holiday of the next year can be observed in December.
func daysOff(rules []*cal.Holiday, first, last int) []coaching.Date {
	var days []coaching.Date
	for _, rule := range rules {
		if rule.Type == cal.ObservanceReligious || rule.Type == cal.ObservanceOther {
			continue
		}
		for year := first - 1; year <= last+1; year++ {
			actual, observed := rule.Calc(year)
			for _, day := range []time.Time{actual, observed} {
				if date := coaching.DateOf(day); !day.IsZero() && date.Year >= first && date.Year <= last {
					days = append(days, date)
				}
			}
		}
	}
	slices.SortFunc(days, coaching.Date.Compare)
	return slices.Compact(days)
}

// withPublicHolidays returns the workspace with its public holidays known until
// the year after now, looking up further ones where they are not.
func (r *Router) withPublicHolidays(ctx context.Context, workspace coaching.Workspace, now time.Time) (coaching.Workspace, error) {
	year := now.Year()
	if workspace.Country == "" || workspace.PublicThrough > year {
		return workspace, nil
	}
	return r.store.ChangeWorkspace(ctx, workspace.ID, func(workspace coaching.Workspace) (coaching.Workspace, error) {
		return withCountry(workspace, workspace.Country, year), nil
	})
}

// inCountry returns the workspace with the public holidays of a country, by its
// code or the code of a part of it, or of none for "off". Where they are not
// known the reason says what can be done instead.
func inCountry(workspace coaching.Workspace, text string, year int) (coaching.Workspace, error) {
	if strings.EqualFold(text, off) {
		return withCountry(workspace, "", year), nil
	}
	code := strings.ToUpper(strings.ReplaceAll(text, " ", "-"))
	switch {
	case publicHolidays[code] != nil:
		return withCountry(workspace, code, year), nil
	case slices.ContainsFunc(knownInPartsAlone(), func(part string) bool { return strings.HasPrefix(part, code+"-") }):
		return workspace, coaching.Refuse("country_part_missing")
	default:
		return workspace, coaching.Refuse("country_unknown")
	}
}

// withHolidays adds days off. One with a minus in front is taken away: a holiday
// of the team's own is forgotten, a public one is worked.
func withHolidays(workspace coaching.Workspace, values []string) (coaching.Workspace, error) {
	holidays, worked := slices.Clone(workspace.Holidays), slices.Clone(workspace.Worked)
	for _, value := range values {
		text, remove := strings.CutPrefix(value, "-")
		date, err := parseDay(text)
		if err != nil {
			return workspace, coaching.Refuse("date_unreadable")
		}
		isDate := func(other coaching.Date) bool { return other == date }
		holidays, worked = slices.DeleteFunc(holidays, isDate), slices.DeleteFunc(worked, isDate)
		switch public := slices.Contains(workspace.PublicHolidays, date); {
		case public && remove:
			worked = append(worked, date)
		case !public && !remove:
			holidays = append(holidays, date)
		}
	}
	slices.SortFunc(holidays, coaching.Date.Compare)
	slices.SortFunc(worked, coaching.Date.Compare)
	workspace.Holidays, workspace.Worked = holidays, worked
	return workspace, nil
}

// shownHolidays is how many of the public holidays ahead are shown.
const shownHolidays = 3

// holidays shows the team's own holidays, and of the public ones the next few.
func (a *ask) holidays() Line {
	own := a.voice.Text("none", nil)
	if len(a.workspace.Holidays) > 0 {
		own = a.dates(a.workspace.Holidays)
	}
	if a.workspace.Country == "" {
		return Line{{Text: own}}
	}
	var ahead []coaching.Date
	for _, date := range a.workspace.PublicHolidays {
		if !date.Before(a.today) && !slices.Contains(a.workspace.Worked, date) {
			ahead = append(ahead, date)
		}
	}
	id := "holidays_public"
	if len(a.workspace.Holidays) > 0 {
		id = "holidays_public_own"
	}
	return a.voice.Line(id, Args{
		"country": a.workspace.Country, "next": a.dates(ahead[:min(len(ahead), shownHolidays)]), "own": own,
	})
}

func (a *ask) dates(dates []coaching.Date) string {
	texts := make([]string, len(dates))
	for i, date := range dates {
		texts[i] = a.voice.date(date, a.today)
	}
	return a.voice.join(texts)
}
