package coaching

import (
	"strings"
	"unicode/utf8"
)

// maxNoun is how many words a custom metric's noun has at most.
const maxNoun = 4

// readMetric finds what is measured in the main clause: the first name that is
// not weak, a weak one, the noun that a figure counts, or money by itself.
func (r *statementReader) readMetric() {
	for i, t := range r.tokens {
		if t.role != roleMain || t.class != termMetric {
			continue
		}
		weak := statedMetrics[t.value].weak
		if r.metric < 0 || !weak || r.counted(i) && !r.counted(r.metric) {
			r.metric = i
		}
		if !weak {
			break
		}
	}
	if r.metric >= 0 && (!r.losesToNoun() || !r.countedNoun()) {
		r.nameMetric(r.metric)
		return
	}
	if r.metric >= 0 || r.countedNoun() {
		return
	}
	for _, t := range r.tokens {
		if t.role == roleMain && t.class == termFigure && r.figures[t.value].Currency != "" {
			r.out.Metric = MetricOf(Revenue)
			r.out.Metric.Inferred = true
			return
		}
	}
}

// counted reports whether a figure counts the metric of token i.
func (r *statementReader) counted(i int) bool { return r.countOf(i) >= 0 }

// countOf returns the token of the figure that counts the metric of token i, as
// in "20 signed contracts", else -1.
func (r *statementReader) countOf(i int) int {
	for j := i - 1; j >= 0 && i-j <= maxNoun; j-- {
		switch t := r.tokens[j]; {
		case t.role != roleMain:
			return -1
		case t.class == termFigure:
			return j
		case t.class != termOther && t.class != termStop && t.class != termMore:
			return -1
		}
	}
	return -1
}

// losesToNoun reports whether the metric is a mere "sales" while a figure
// counts something else.
func (r *statementReader) losesToNoun() bool {
	metric := statedMetrics[r.tokens[r.metric].value]
	if !metric.weak || metric.Kind != Revenue {
		return false
	}
	for i, t := range r.tokens {
		if t.role == roleMain && t.class == termFigure {
			figure := r.figures[t.value]
			if !figure.Percent && figure.Currency == "" && r.nounEnd(i+1) > i+1 {
				return true
			}
		}
	}
	return false
}

// nameMetric takes the metric of token i. Other words that stand directly
// before it, behind a figure, an article or a verb, belong to its name: "20
// enterprise demos". The name of a rate begins with what it is the rate of.
func (r *statementReader) nameMetric(i int) {
	last := r.rateBehind(i)
	metric := statedMetrics[r.tokens[last].value]
	from := i
	for from > 0 && i-from < maxNoun && r.joins(from-1) {
		from--
	}
	isRate := metric.weak && metric.Unit == Percent
	if !isRate && !r.beforeName(from-1) {
		from = i
	}
	r.out.Metric = metric.StatedMetric
	r.out.Metric.Words = r.words(from, last+1)
	if metric.Kind == Custom {
		r.out.Metric.Noun = r.out.Metric.Words
	}
}

// beforeName reports whether a metric's name may begin behind token i.
func (r *statementReader) beforeName(i int) bool {
	switch t := r.at(i); t.class {
	case termFigure, termStop, termUp, termDown, termImprove, termAdd, termMake:
		return true
	case termOurs, termMine:
		word := r.text[t.from:t.to]
		return strings.EqualFold(word, "our") || strings.EqualFold(word, "my")
	}
	return false
}

// rateBehind returns the token of a "rate" that the metric at token i is only
// the first word of, as in "demo show rate", else i.
func (r *statementReader) rateBehind(i int) int {
	for j := i + 1; j < len(r.tokens) && j-i < maxNoun && r.separatedBySpace(j) && r.tokens[j].role == roleMain; j++ {
		switch t := r.tokens[j]; {
		case t.class == termMetric && statedMetrics[t.value].weak && statedMetrics[t.value].Unit == Percent:
			return j
		case t.class != termOther && t.class != termMetric && (t.class != termTo || r.text[t.from-1] != '-'):
			return i
		}
	}
	return i
}

// joins reports whether token i is a plain word next to the token behind it.
func (r *statementReader) joins(i int) bool {
	t, behind := r.tokens[i], r.tokens[i+1]
	return t.role == roleMain && t.class == termOther && r.text[t.from] < utf8.RuneSelf &&
		strings.TrimLeft(r.text[t.to:behind.from], " -") == ""
}

// nounEnd returns the end of the noun that begins with token i: plain words,
// and more specific names that the lexicon does not take for a metric of
// another kind.
func (r *statementReader) nounEnd(i int) int {
	end := i
	for end < len(r.tokens) && end-i < maxNoun {
		t := r.tokens[end]
		if t.role != roleMain || t.class != termOther || !r.separatedBySpace(end) {
			break
		}
		end++
	}
	return end
}

// separatedBySpace reports whether nothing but spaces and hyphens lies between
// token i and the one before.
func (r *statementReader) separatedBySpace(i int) bool {
	return i == 0 || strings.Trim(r.text[r.tokens[i-1].to:r.tokens[i].from], " -") == ""
}

// countedNoun takes what a figure counts for a custom metric: the words behind
// it, else in Thai and in "raise trial starts 10%" the words before it.
func (r *statementReader) countedNoun() bool {
	for i, t := range r.tokens {
		if t.role != roleMain || t.class != termFigure {
			continue
		}
		figure := r.figures[t.value]
		from := i + 1
		for from < len(r.tokens) && (r.tokens[from].class == termMore || r.tokens[from].class == termFewer || r.tokens[from].class == termStop) {
			from++
		}
		if to := r.nounEnd(from); to > from && !figure.Percent && figure.Currency == "" {
			r.nameNoun(from, to)
			return true
		}
		if from, to := r.nounBefore(i); to > from {
			r.nameNoun(from, to)
			return true
		}
	}
	return false
}

// nounBefore returns the last run of plain words before token i.
func (r *statementReader) nounBefore(i int) (from, to int) {
	for to = i; to > 0; to-- {
		switch t := r.tokens[to-1]; {
		case t.role != roleMain || t.class == termSentence || t.class == termFigure:
			return 0, 0
		case t.class == termOther:
			for from = to - 1; from > 0 && to-from < maxNoun && r.tokens[from-1].role == roleMain && r.tokens[from-1].class == termOther; from-- {
				continue
			}
			return from, to
		}
	}
	return 0, 0
}

func (r *statementReader) nameNoun(from, to int) {
	metric := MetricOf(Custom)
	metric.known = false
	metric.Noun = r.words(from, to)
	metric.Words = metric.Noun
	r.out.Metric = metric
}
