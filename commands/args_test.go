package commands

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/smallwins/smallwins/coaching"
)

func TestAmountArgsAreCutAsAPersonMeansThem(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text, goal, amount, note string
	}{
		{"+3", "", "3", ""},
		{"3 after lunch", "", "3", "after lunch"},
		{"#12 +4,500 renewal Acme", "#12", "4500", "renewal Acme"},
		{"#12", "#12", "", ""},
		{"demos +3 Acme", "demos", "3", "Acme"},
		{"win rate =27%", "win rate", "27", ""},
		{"Q3 revenue $1.2M", "Q3 revenue", "1200000", ""},
		{"เดโม +๓ ลูกค้าใหม่", "เดโม", "3", "ลูกค้าใหม่"},
		{"demos", "demos", "", ""},
		{"acme - renewal", "acme - renewal", "", ""},
		{"  ", "", "", ""},
		{"−2", "", "-2", ""},
		{"#12 ฿1.2M", "#12", "1200000", ""},
	} {
		args, err := parseAmountArgs(test.text)
		if err != nil {
			t.Errorf("%q: %v", test.text, err)
			continue
		}
		amount := ""
		if args.found {
			amount = args.figure.Value.String()
		}
		if args.goal != test.goal || amount != test.amount || args.note != test.note {
			t.Errorf("%q = goal %q, amount %q, note %q; want %q, %q, %q",
				test.text, args.goal, amount, args.note, test.goal, test.amount, test.note)
		}
	}
}

func TestAmountThatIsNoneIsRefusedWithItsReason(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]coaching.Reason{
		"NaN":                            "figure_not_finite",
		"1e400":                          "figure_unit",
		"--5":                            "figure_signs",
		"1,23.4":                         "figure_separators",
		"demos 1.2.3":                    "figure_points",
		"#12 12abc":                      "figure_unit",
		"#12 hello":                      "figure_missing",
		"+":                              "figure_missing",
		strings.Repeat("9", 10_000):      "text_too_long",
		"+3 " + strings.Repeat("n", 501): "note_too_long",
	} {
		_, err := parseAmountArgs(text)
		if got := reasonOf(err); got != want {
			t.Errorf("%.20q refused with %q (%v), want %q", text, got, err, want)
		}
	}
}

func FuzzParseAmountArgs(f *testing.F) {
	for _, seed := range []string{"+3", "#12 +4,500 renewal Acme", "NaN", "1e400", "--5", "1,23.4", "", "๓", "demos =12k", "$", "#", "= =", "\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		args, err := parseAmountArgs(text)
		if err != nil {
			var coded *coaching.Error
			if !errors.As(err, &coded) || coded.Code != coaching.Invalid || coded.Reason == "" {
				t.Fatalf("%q fails without a reason: %v", text, err)
			}
			return
		}
		if utf8.RuneCountInString(args.note) > coaching.MaxNote {
			t.Errorf("%q has a note that cannot be stored", text)
		}
		if args.found && coaching.CheckFigure(args.figure.Value) != nil {
			t.Errorf("%q has the amount %s, which cannot be stored", text, args.figure.Value)
		}
	})
}

func TestWeekdaysAreRead(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]coaching.Weekdays{
		"Mon-Fri":             coaching.MondayToFriday,
		"monday-friday":       coaching.MondayToFriday,
		"Mon,Tue,Wed/Thu,fri": coaching.MondayToFriday,
		"Sun-Thu":             coaching.WeekdaysOf(0, 1, 2, 3, 4),
		"Fri-Mon":             coaching.WeekdaysOf(5, 6, 0, 1),
		"daily":               coaching.WeekdaysOf(0, 1, 2, 3, 4, 5, 6),
		"Sat":                 coaching.WeekdaysOf(6),
	} {
		if got, err := parseWeekdays(text); err != nil || got != want {
			t.Errorf("%q = %07b, %v; want %07b", text, got, err, want)
		}
	}
	for _, text := range []string{"", ",", "Mo", "Xyz-Fri", "Mon-", "-"} {
		if got, err := parseWeekdays(text); err == nil {
			t.Errorf("%q was read as %07b", text, got)
		}
	}
}

func TestParagraphsAreCutAtLineBreaks(t *testing.T) {
	t.Parallel()
	got := paragraphs(Line{{Text: "a\nb "}, {Text: "c", Style: Code}, {Text: " d\n"}, {Text: "e", Style: Code}})
	want := []string{"a", "b c d", "e"}
	if len(got) != len(want) {
		t.Fatalf("%d paragraphs, want %d", len(got), len(want))
	}
	for i := range want {
		if got[i].String() != want[i] {
			t.Errorf("paragraph %d is %q, want %q", i, got[i], want[i])
		}
	}
	if got[1][1].Style != Code {
		t.Error("a style was lost")
	}
}
