package commands

import (
	"testing"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

func TestFiguresAreWrittenAsPeopleDo(t *testing.T) {
	t.Parallel()
	wording, err := LoadWording()
	if err != nil {
		t.Fatal(err)
	}
	voice := wording.In("en")
	dollars := measure{unit: coaching.Money, currency: "USD"}
	for _, test := range []struct {
		value string
		m     measure
		want  string
	}{
		{"4500", dollars, "$4,500"},
		{"4500.5", dollars, "$4,500.50"},
		{"23707.5000", dollars, "$23,707.50"},
		{"1234567.891", dollars, "$1,234,567.891"},
		{"-200", dollars, "−$200"},
		{"1200000", measure{unit: coaching.Money, currency: "THB"}, "฿1,200,000"},
		{"5", measure{unit: coaching.Money, currency: "CHF"}, "CHF\u00a05"},
		{"2.10", measure{unit: coaching.Percent}, "2.1%"},
		{"1", measure{unit: coaching.Days}, "1 day"},
		{"28.5", measure{unit: coaching.Days}, "28.5 days"},
		{"1", measure{unit: coaching.Count, noun: "demos"}, "1 demo"},
		{"1", measure{unit: coaching.Count, noun: "opportunities"}, "1 opportunity"},
		{"2000", measure{unit: coaching.Count, kind: coaching.Calls}, "2,000 calls"},
		{"3", measure{unit: coaching.Count, noun: "เดโม"}, "3 เดโม"},
	} {
		if got := voice.counted(decimal.RequireFromString(test.value), test.m); got != test.want {
			t.Errorf("%s = %q, want %q", test.value, got, test.want)
		}
	}
}
