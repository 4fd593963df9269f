package plain_test

import (
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/bot/plain"
)

func TestTruncateKeepsCharactersWhole(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text  string
		limit int
		want  string
	}{
		{"short", 5, "short"},
		{"shorter", 5, "shor…"},
		{"two words", 5, "two…"},
		{"👩‍👩‍👧‍👦x", 5, "…"},              // a family is eleven, and whole or not at all
		{"e\u0301e\u0301", 3, "e\u0301…"}, // an accent belongs to its letter
		{"", 1, ""},
	} {
		if got := plain.Truncate(test.text, test.limit); got != test.want {
			t.Errorf("Truncate(%q, %d) = %q, want %q", test.text, test.limit, got, test.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		text, limit := rapid.String().Draw(t, "text"), rapid.IntRange(1, 40).Draw(t, "limit")
		got := plain.Truncate(text, limit)
		if plain.Length(got) > limit || !utf8.ValidString(got) || !strings.HasPrefix(text, strings.TrimSuffix(got, plain.Ellipsis)) {
			t.Fatalf("Truncate(%q, %d) = %q", text, limit, got)
		}
	})
}

func TestCleanTextKeepsToItsLine(t *testing.T) {
	t.Parallel()
	if got := plain.Clean("a\nb\u2028c\x00\u202Ed\u2066e ปี"); got != "a b cde ปี" {
		t.Errorf("got %q", got)
	}
}

func TestMetersRoundDown(t *testing.T) {
	t.Parallel()
	for share, want := range map[float64]string{0.999: "99%", 1: "100%", -0.5: "-50%", 1e9: ">9999%", math.NaN(): ""} {
		if got := plain.Percent(share); got != want {
			t.Errorf("Percent(%v) = %q, want %q", share, got, want)
		}
	}
	if got := plain.Bar(0.999, -1); got != strings.Repeat("▓", 19)+"░" {
		t.Errorf("a bar that is not full: %s", got)
	}
	if got := plain.Bar(0, 1); got != strings.Repeat("░", 19)+"┃" {
		t.Errorf("all was expected: %s", got)
	}
}
