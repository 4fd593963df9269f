package coaching_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/coaching"
)

func TestScanFigureReadsWhatPeopleWrite(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text, value, currency, rest string
		percent                     bool
		sign                        byte
	}{
		{text: "+3", value: "3", sign: '+'},
		{text: "-2", value: "-2", sign: '-'},
		{text: "=120", value: "120", sign: '='},
		{text: "=-5%", value: "-5", sign: '=', percent: true},
		{text: "= - 5", value: "-5", sign: '='},
		{text: "+ 3", value: "3", sign: '+'},
		{text: "\u22123", value: "-3", sign: '-'},
		{text: "\u20133", value: "-3", sign: '-'},
		{text: "12k", value: "12000"},
		{text: "12K", value: "12000"},
		{text: "1.2M", value: "1200000"},
		{text: "1.2 million", value: "1200000"},
		{text: "2bn", value: "2000000000"},
		{text: "$4,500.50", value: "4500.5", currency: "USD"},
		{text: "฿1.2M", value: "1200000", currency: "THB"},
		{text: "-$5", value: "-5", currency: "USD", sign: '-'},
		{text: "$-5", value: "-5", currency: "USD", sign: '-'},
		{text: "+฿ 5", value: "5", currency: "THB", sign: '+'},
		{text: "US$5", value: "5", currency: "USD"},
		{text: "S$1,000", value: "1000", currency: "SGD"},
		{text: "USD 4,500", value: "4500", currency: "USD"},
		{text: "THB1.2M", value: "1200000", currency: "THB"},
		{text: "4500 usd", value: "4500", currency: "USD"},
		{text: "4500THB renewal", value: "4500", currency: "THB", rest: "renewal"},
		{text: "$500 SGD", value: "500", currency: "SGD"},
		{text: "1.2M€", value: "1200000", currency: "EUR"},
		{text: "£20", value: "20", currency: "GBP"},
		{text: "¥20", value: "20", currency: "JPY"},
		{text: "200 CHF", value: "200", currency: "CHF"},
		{text: "45%", value: "45", percent: true},
		{text: "45 %", value: "45", percent: true},
		{text: "45 percent of it", value: "45", percent: true, rest: "of it"},
		{text: "4.5 per cent", value: "4.5", percent: true},
		{text: "๔๕%", value: "45", percent: true},
		{text: "๑๒๓,๔๕๖.๗๘๙", value: "123456.789"},
		{text: "+๓", value: "3", sign: '+'},
		{text: "ร้อยละ ๕", value: "5", percent: true},
		{text: "5 เปอร์เซ็นต์", value: "5", percent: true},
		{text: "3 พัน", value: "3000"},
		{text: "3หมื่นบาท", value: "30000", currency: "THB"},
		{text: "2 แสน", value: "200000"},
		{text: "1.2 ล้านบาท จาก Acme", value: "1200000", currency: "THB", rest: "จาก Acme"},
		{text: "2 แสนล้าน", value: "200000000000"},
		{text: "20เดโม", value: "20", rest: "เดโม"},
		{text: "20 พันธมิตร", value: "20", rest: "พันธมิตร"},
		{text: "5件", value: "5", rest: "件"},
		{text: "\uff11\uff12", value: "12"},
		{text: "\uff0b\uff13", value: "3", sign: '+'},
		{text: "  4,500 renewal Acme", value: "4500", rest: "renewal Acme"},
		{text: "4,500\trenewal  Acme ", value: "4500", rest: "renewal  Acme "},
		{text: "1,234,567.89", value: "1234567.89"},
		{text: ".5", value: "0.5"},
		{text: "007", value: "7"},
		{text: "0", value: "0"},
		{text: "3. Then lunch", value: "3", rest: ". Then lunch"},
		{text: "3, then lunch", value: "3", rest: ", then lunch"},
		{text: "12(renewal)", value: "12", rest: "(renewal)"},
		{text: "3🎉", value: "3", rest: "🎉"},
		{text: "+5 TOP CLIENT", value: "5", sign: '+', rest: "TOP CLIENT"},
		{text: "+3 all good", value: "3", sign: '+', rest: "all good"},
		{text: "+3 K.Anan", value: "3", sign: '+', rest: "K.Anan"},
		{text: "+3 mornings", value: "3", sign: '+', rest: "mornings"},
		{text: "999999999999999.999999", value: "999999999999999.999999"},
		{text: "1.0000000000", value: "1"},
		{text: "1.2345678M", value: "1234567.8"},
	} {
		t.Run(c.text, func(t *testing.T) {
			t.Parallel()
			got, rest, err := coaching.ScanFigure(c.text)
			if err != nil {
				t.Fatalf("ScanFigure(%q): %v", c.text, err)
			}
			if want := decimal.RequireFromString(c.value); !got.Value.Equal(want) {
				t.Errorf("value %v, want %v", got.Value, want)
			}
			if got.Percent != c.percent || got.Currency != c.currency || got.Sign != c.sign || rest != c.rest {
				t.Errorf("got %+v rest %q, want percent %v currency %q sign %q rest %q", got, rest, c.percent, c.currency, c.sign, c.rest)
			}
		})
	}
}

func TestScanFigureRefusesWhatCouldBeMisread(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]coaching.Reason{
		"":                              "figure_missing",
		"   ":                           "figure_missing",
		"+":                             "figure_missing",
		"$":                             "figure_missing",
		"renewal Acme":                  "figure_missing",
		"#12":                           "figure_missing",
		"(500)":                         "figure_missing",
		"five":                          "figure_in_words",
		"Twenty demos":                  "figure_in_words",
		"ห้าราย":                        "figure_in_words",
		"NaN":                           "figure_not_finite",
		"-Inf":                          "figure_not_finite",
		"infinity":                      "figure_not_finite",
		"∞":                             "figure_not_finite",
		"1e400":                         "figure_unit",
		"1e3":                           "figure_unit",
		"0x1F":                          "figure_unit",
		"12abc":                         "figure_unit",
		"12kk":                          "figure_unit",
		"12k5":                          "figure_unit",
		"3:30":                          "figure_unit",
		"4-6":                           "figure_unit",
		"3/4":                           "figure_unit",
		"1_000":                         "figure_unit",
		"1'000":                         "figure_unit",
		"5+5":                           "figure_unit",
		"5é":                            "figure_unit",
		"$5%":                           "figure_unit",
		"5k%":                           "figure_unit",
		"5 million thousand":            "figure_unit",
		"5 m":                           "figure_unit_apart",
		"5 k.":                          "figure_unit_apart",
		"5 k Acme":                      "figure_unit_apart",
		"--5":                           "figure_signs",
		"+-5":                           "figure_signs",
		"-$-5":                          "figure_signs",
		"==5":                           "figure_signs",
		"1,23.4":                        "figure_separators",
		"12,34,567":                     "figure_separators",
		"1234,567":                      "figure_separators",
		",123":                          "figure_separators",
		"1.234,56":                      "figure_decimal_comma",
		"1,5":                           "figure_decimal_comma",
		"12,50":                         "figure_decimal_comma",
		"0,125":                         "figure_decimal_comma",
		"1.2.3":                         "figure_points",
		"1.234.567":                     "figure_points",
		"12 500":                        "figure_spaces",
		"1\u00a0234\u00a0567":           "figure_spaces",
		"1 ล้าน 2 แสน":                  "figure_compound",
		"$5 THB":                        "figure_currencies",
		"€5 USD":                        "figure_currencies",
		"1000000000000000":              "figure_too_large",
		"-2000000bn":                    "figure_too_large",
		"0.0000001":                     "figure_too_fine",
		strings.Repeat("9", 10_000):     "figure_too_large",
		strings.Repeat("1,", 10_000):    "figure_too_large",
		strings.Repeat("-", 10_000):     "figure_signs",
		strings.Repeat("x", 10_000):     "figure_missing",
		strings.Repeat("๙", 10_000):     "figure_too_large",
		"1" + strings.Repeat("ล้าน", 9): "figure_too_large",
	} {
		_, _, err := coaching.ScanFigure(text)
		var coded *coaching.Error
		if !errors.As(err, &coded) || coded.Reason != want || coded.Code != coaching.Invalid {
			t.Errorf("ScanFigure(%.20q): %v, want %s", text, err, want)
		}
	}
}

func TestScanFigureReadsBackEveryFigureItMayReturn(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		units := rapid.Int64Range(-999_999_999_999_999_999, 999_999_999_999_999_999).Draw(t, "units")
		want := decimal.New(units, -rapid.Int32Range(3, 6).Draw(t, "places"))
		text := want.String() + rapid.SampledFrom([]string{"", " ", " note", "%", "\n"}).Draw(t, "behind")
		got, _, err := coaching.ScanFigure(text)
		if err != nil || !got.Value.Equal(want) {
			t.Fatalf("ScanFigure(%q) = %v, %v", text, got.Value, err)
		}
	})
}

func FuzzScanFigure(f *testing.F) {
	for _, seed := range []string{"+3", "$4,500.50 renewal", "฿1.2M", "1 แสนล้าน", "NaN", "1e400", "--5", "1,23.4", "ร้อยละ ๕", "=-5%", "4-6%"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		figure, rest, err := coaching.ScanFigure(text)
		if err != nil {
			if coaching.CodeOf(err) != coaching.Invalid {
				t.Fatalf("%q: code %s", text, coaching.CodeOf(err))
			}
			return
		}
		if err := coaching.CheckFigure(figure.Value); err != nil {
			t.Fatalf("%q: %v: %v", text, figure.Value, err)
		}
		if !strings.HasSuffix(text, rest) || len(rest) >= len(text) {
			t.Fatalf("%q: rest %q", text, rest)
		}
		if figure.Percent && figure.Currency != "" {
			t.Fatalf("%q: percent and currency", text)
		}
		if figure.Sign == '-' && figure.Value.Sign() > 0 || figure.Sign == '+' && figure.Value.Sign() < 0 {
			t.Fatalf("%q: sign %c of %v", text, figure.Sign, figure.Value)
		}
	})
}

func BenchmarkScanFigure(b *testing.B) {
	for _, text := range []string{"+3", "$4,500.50 renewal Acme", "1.2 ล้านบาท"} {
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := coaching.ScanFigure(text); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
