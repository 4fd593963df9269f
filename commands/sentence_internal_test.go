package commands

import (
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/coaching"
)

func TestASentenceAsksOnlyForWhatItSays(t *testing.T) {
	t.Parallel()
	voice := everyVoice(t)["en"]
	asked := map[string]int{}
	line := voice.line(voice.message("figure_counted"), func(s *sentence, name string) {
		asked[name]++
		s.write(map[string]string{"figure": "20", "noun": "demos"}[name])
	})
	if line.String() != "20 demos" || asked["figure"] != 1 || asked["noun"] != 1 || len(asked) != 2 {
		t.Errorf("said %q, asked for %v", line, asked)
	}
}

func TestAFigureInASentenceIsWordedAsAlone(t *testing.T) {
	t.Parallel()
	for language, voice := range everyVoice(t) {
		for _, m := range []measure{
			{unit: coaching.Count, kind: coaching.Calls},
			{unit: coaching.Count, noun: "demos"},
			{unit: coaching.Count, noun: "เดโม"},
			{unit: coaching.Percent},
			{unit: coaching.Days},
			{unit: coaching.Money, currency: "THB"},
			{unit: coaching.Money, currency: "CHF"},
		} {
			for _, value := range []decimal.Decimal{decimal.New(1, 0), decimal.New(-123456, -2), decimal.New(2, 3)} {
				for _, style := range []Style{Plain, Strong} {
					within := voice.line(voice.message("meter"), func(s *sentence, _ string) {
						s.style = style
						s.counted(value, m)
					})
					figure := Span{Text: voice.counted(value, m), Style: style}
					apart := voice.Line("meter", Args{"value": figure, "target": figure})
					if within.String() != apart.String() {
						t.Errorf("%s: %q, but %q with the figure worded before", language, within, apart)
					}
				}
			}
		}
	}
}

func TestFiguresAreWrittenWithTheirOwnDigits(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		value := decimal.New(rapid.Int64().Draw(t, "coefficient"), rapid.Int32Range(-20, 4).Draw(t, "exponent"))
		if rapid.Bool().Draw(t, "long") {
			value = value.Mul(value)
		}
		if got := string(appendFigure(nil, value)); got != value.String() {
			t.Errorf("%s is written %s", value, got)
		}
	})
}

func TestTheNearestWholeNumberIsThatOfTheDigits(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.OneOf(
			rapid.Float64Range(-1e18, 1e18),
			rapid.Map(rapid.Int64Range(-1_000_000, 1_000_000), func(n int64) float64 { return float64(n) / 8 }), // with halves
		).Draw(t, "value")
		digits := decimal.NewFromFloat(value)
		if got, want := nearest(value), digits.Round(0); !got.Equal(want) {
			t.Errorf("the nearest to %s is %s, got %s", digits, want, got)
		}
		if got, want := atMost(2, digits), digits.Round(2); !got.Equal(want) {
			t.Errorf("%s to two places is %s, got %s", digits, want, got)
		}
	})
}
