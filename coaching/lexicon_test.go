package coaching

import (
	"strings"
	"testing"
)

func TestLexiconsGiveEachPhraseOneMeaning(t *testing.T) {
	t.Parallel()
	check := func(name string, tables []termPhrases) {
		meanings := make(map[string]term)
		for _, entry := range tables {
			for phrase := range strings.SplitSeq(entry.phrases, "|") {
				if _, twice := meanings[phrase]; twice {
					t.Errorf("%s: %q has two meanings", name, phrase)
				}
				meanings[phrase] = entry.term
			}
		}
	}
	english, thai := englishTerms, thaiTerms
	for i, metric := range statedMetrics {
		if metric.english != "" {
			english = append(english, termPhrases{term{class: termMetric, value: i}, metric.english})
		}
		if metric.thai != "" {
			thai = append(thai, termPhrases{term{class: termMetric, value: i}, metric.thai})
		}
	}
	check("english", english)
	check("thai", thai)
}

func TestEveryKindHasNamesInBothLanguages(t *testing.T) {
	t.Parallel()
	for _, traits := range Kinds() {
		english, thai := false, false
		for _, metric := range statedMetrics {
			if metric.Kind == traits.Kind {
				english = english || metric.english != ""
				thai = thai || metric.thai != ""
			}
		}
		if !english || !thai {
			t.Errorf("%s: named in English %v, in Thai %v", traits.Kind, english, thai)
		}
	}
}

func TestPhrasesAreFoundWhateverTheirSeparatorsAndCase(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"year on year", "Year-On-Year", "year  on-year", "YEAR/ON/YEAR", "year on year's"} {
		found, end := matchEnglish(text, 0, wordEnd(text, 0))
		if found.class != termCompare || found.span != Year || end != len(text) {
			t.Errorf("%q: %+v up to %d", text, found, end)
		}
	}
	if found, _ := matchEnglish("yearn on year", 0, 5); found.class != termOther {
		t.Errorf("yearn: %+v", found)
	}
}

func TestThaiPhrasesEndWhereASyllableEnds(t *testing.T) {
	t.Parallel()
	if found, width := matchThai("ปีต่อปี"); found.class != termCompare || width != len("ปีต่อปี") {
		t.Errorf("the longest phrase loses: %+v %d", found, width)
	}
	if found, _ := matchThai("ทำ็"); found.class != termOther {
		t.Errorf("a phrase ends before a mark: %+v", found)
	}
}
