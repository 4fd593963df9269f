package commands

import (
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/coaching"
)

// everyVoice returns a voice of each language that there are message files of.
func everyVoice(t *testing.T) map[string]*Voice {
	t.Helper()
	wording, err := LoadWording()
	if err != nil {
		t.Fatal(err)
	}
	voices := make(map[string]*Voice)
	for _, tag := range wording.languages {
		voices[baseOf(tag)] = wording.In(baseOf(tag))
	}
	if len(voices) < 2 {
		t.Fatalf("there are %d languages", len(voices))
	}
	return voices
}

func TestDatesAreWrittenAsPeopleDo(t *testing.T) {
	t.Parallel()
	voices := everyVoice(t)
	today, day := coaching.Date{Year: 2026, Month: 11, Day: 10}, coaching.Date{Year: 2026, Month: 11, Day: 30}
	for _, test := range []struct{ got, want string }{
		{voices["en"].date(day, today), "30 Nov"},
		{voices["en"].date(day, coaching.Date{}), "30 Nov 2026"},
		{voices["en"].period(coaching.PeriodOf(coaching.Quarter, day), today), "Q4 2026"},
		{voices["th"].date(day, today), "30 พ.ย."},
		{voices["th"].date(day, coaching.Date{}), "30 พ.ย. 2569"},
		{voices["th"].weekday(day.Weekday()), "วันจันทร์"},
		{voices["th"].period(coaching.PeriodOf(coaching.Month, day), today), "เดือน พ.ย. 2569"},
		{voices["th"].period(coaching.PeriodOf(coaching.Quarter, day), today), "ไตรมาส 4 ปี 2569"},
		{voices["th"].period(coaching.PeriodOf(coaching.Year, day), today), "ปี 2569"},
		{voices["th"].period(coaching.PeriodOf(coaching.Week, day), today), "ช่วง 30 พ.ย. ถึง 6 ธ.ค."},
		{voices["th"].until(coaching.PeriodOf(coaching.Month, day), today), "เดือน พ.ย. 2569 (ถึง 30 พ.ย.)"},
	} {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}

func TestDatesThatAreWrittenAreRead(t *testing.T) {
	t.Parallel()
	voices := everyVoice(t)
	lead := map[string]struct{ by, in string }{"en": {"20 demos by ", "20 demos in "}, "th": {"เดโม 20 ครั้งภายใน", "เดโม 20 ครั้งใน"}}
	rapid.Check(t, func(t *rapid.T) {
		today := coaching.Date{Year: 2026, Month: 1, Day: 1}.AddDays(rapid.IntRange(0, 1500).Draw(t, "today"))
		later := today.AddDays(rapid.IntRange(1, 700).Draw(t, "days"))
		for language, words := range lead {
			voice := voices[language]
			for _, text := range []string{voice.date(later, today), voice.date(later, coaching.Date{})} {
				if read := coaching.ParseStatement(words.by+text, today).Period; read.To != later {
					t.Errorf("%s: %q is read as the days up to %v, want %v", language, words.by+text, read.To, later)
				}
			}
			for _, span := range []coaching.Span{coaching.Month, coaching.Quarter, coaching.Year} {
				period := coaching.PeriodOf(span, later)
				text := words.in + voice.period(period, today)
				if read := coaching.ParseStatement(text, today).Period.Period; read != period {
					t.Errorf("%s: %q is read as %v, want %v", language, text, read, period)
				}
			}
		}
	})
}

func TestFiguresThatAreWrittenAreRead(t *testing.T) {
	t.Parallel()
	voices := everyVoice(t)
	rapid.Check(t, func(t *rapid.T) {
		value := decimal.New(rapid.Int64Range(-1e12, 1e12).Draw(t, "value"), -int32(rapid.IntRange(0, 2).Draw(t, "places")))
		currency := rapid.SampledFrom([]string{"USD", "THB", "EUR", "GBP", "JPY", "CHF", "SGD"}).Draw(t, "currency")
		for language, voice := range voices {
			for _, m := range []measure{{unit: coaching.Money, currency: currency}, {unit: coaching.Percent}, {unit: coaching.Count}} {
				text := voice.change(value, m)
				read, rest, err := coaching.ScanFigure(text)
				negative := read.Sign == '-'
				if err != nil || rest != "" || !read.Value.Abs().Equal(value.Abs()) || negative != (value.Sign() < 0) ||
					read.Percent != (m.unit == coaching.Percent) || read.Currency != m.currency {
					t.Errorf("%s: %s is written %q and read as %+v %q, %v", language, value, text, read, rest, err)
				}
			}
		}
	})
}

func TestBuddhistYearsAreReadInSettings(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]coaching.Date{
		"2026-12-31": {Year: 2026, Month: 12, Day: 31}, "2569-12-31": {Year: 2026, Month: 12, Day: 31}, "2571-02-29": {Year: 2028, Month: 2, Day: 29},
	} {
		if got, err := parseDay(text); err != nil || got != want {
			t.Errorf("%s is read as %v, %v", text, got, err)
		}
	}
}
