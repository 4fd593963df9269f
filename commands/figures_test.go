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
		{"1.954397", measure{unit: coaching.Percent}, "1.95%"},
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

func TestFiguresAreWrittenInThai(t *testing.T) {
	t.Parallel()
	voice := everyVoice(t)["th"]
	for _, test := range []struct {
		value string
		m     measure
		want  string
	}{
		{"-4500.5", measure{unit: coaching.Money, currency: "USD"}, "−$4,500.50"},
		{"1200000", measure{unit: coaching.Money, currency: "THB"}, "+฿1,200,000"},
		{"2.10", measure{unit: coaching.Percent}, "+2.1%"},
		{"28.5", measure{unit: coaching.Days}, "+28.5 วัน"},
		{"2000", measure{unit: coaching.Count, kind: coaching.Calls}, "+2,000 สาย"},
		{"1", measure{unit: coaching.Count, noun: "demos"}, "+1 demo"},
		{"10", measure{unit: coaching.Count, noun: "ลูกค้าใหม่"}, "ลูกค้าใหม่ +10 ราย"},
		{"-3", measure{unit: coaching.Count, kind: coaching.Emails}, "อีเมล −3 ฉบับ"},
		{"3", measure{unit: coaching.Count, noun: "เคส"}, "+3 เคส"},
	} {
		if got := voice.change(decimal.RequireFromString(test.value), test.m); got != test.want {
			t.Errorf("%s = %q, want %q", test.value, got, test.want)
		}
	}
}

func TestValuesMeetThaiSentencesAsWritingWants(t *testing.T) {
	t.Parallel()
	voice := everyVoice(t)["th"]
	for _, test := range []struct{ size, metric, last, want string }{
		{"20", "เดโม", "30 พ.ย. 2569", "ทำเดโมให้ได้ 20 ภายใน 30 พ.ย. 2569"},
		{"฿1.2", "demos", "วันศุกร์", "ทำ demos ให้ได้ ฿1.2 ภายในวันศุกร์"},
	} {
		got := voice.Text("suggest_reach", Args{"metric": test.metric, "size": test.size, "last": test.last})
		if got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
	line := voice.Line("button_park", Args{"goal": Span{Text: "#1 x", Style: Strong}})
	if got := line.String(); got != "พัก #1 x" {
		t.Errorf("got %q", got)
	}
}
