package coaching

import "strings"

// readSize finds how much is asked for, and the baseline, among the figures of
// the main clause. The first figure that suits the metric is the size.
func (r *statementReader) readSize() {
	for i := 0; i < len(r.tokens); i++ {
		t := r.tokens[i]
		if t.role != roleMain || t.class != termFigure {
			continue
		}
		relation := r.relation(i)
		if other := r.rangeEnd(i); other > i {
			r.readRange(i, other, relation)
			i = other
			continue
		}
		switch {
		case (relation == termFrom || relation == termNow) && !r.out.Baseline.Known:
			r.setBaseline(i)
		case r.out.Size.Form == "" && r.out.Size.Span == "" && r.suits(i) && !r.countsOther(i, relation):
			r.setSize(i, relation)
		default:
			r.out.Unused = append(r.out.Unused, r.words(i, i+1))
		}
	}
	r.out.Unused = append(r.out.Unused, r.unread...)
	if r.out.Size.Form != "" {
		return
	}
	for i, t := range r.tokens {
		if t.role == roleMain && (t.class == termInWords || t.class == termHalf && t.value == 0) {
			r.out.InWords = r.words(i, i+1)
			return
		}
	}
}

// relation returns the class of the word that says what the figure at token i
// is: the nearest before it, or [termOther].
func (r *statementReader) relation(i int) termClass {
	const reach = 10
	for j := i - 1; j >= 0 && j >= i-reach; j-- {
		t := r.tokens[j]
		if t.role != roleMain {
			continue
		}
		switch t.class {
		case termFigure, termSentence:
			return termOther
		case termBelow, termAbove:
			if r.at(j-1).class == termBy {
				return termBy
			}
			if r.at(j+1).role == roleComparison { // "more than last month"
				return termMore
			}
			return t.class
		case termUp, termDown:
			if t.value != adverb || r.modifiesFigure(j) {
				return t.class
			}
		case termFrom, termTo, termBy, termNow, termImprove, termAdd, termMake:
			return t.class
		}
	}
	return termOther
}

// rangeEnd returns the token of the second figure where the one at token i
// begins a range ("4-6%", "4 to 6%", "from 4% to 3%"), else i.
func (r *statementReader) rangeEnd(i int) int {
	joint := r.at(i + 1)
	j := i + 2
	if joint.role != roleMain || joint.class != termDash && joint.class != termTo && joint.class != termAnd {
		return i
	}
	for r.at(j).class == termStop || r.at(j).class == termBelow || r.at(j).class == termAbove {
		j++
	}
	if joint.class == termAnd && r.at(i-1).class != termBetween {
		return i
	}
	if j >= len(r.tokens) || r.tokens[j].class != termFigure || r.tokens[j].role != roleMain {
		return i
	}
	return j
}

// readRange takes "from 4 to 6%" for baseline and size, "4 to 6%" for a band
// whose near end counts as met. The first figure's unit is the second's.
func (r *statementReader) readRange(i, j int, relation termClass) {
	first, second := &r.figures[r.tokens[i].value], &r.figures[r.tokens[j].value]
	if !first.Percent && first.Currency == "" {
		first.Percent, first.Currency = second.Percent, second.Currency
	}
	descends := first.Value.Abs().GreaterThan(second.Value.Abs())
	if relation == termFrom || relation == termNow || descends && r.at(i+1).class == termTo {
		r.setBaseline(i)
		if r.out.Size.Form == "" && r.suits(j) {
			r.setSize(j, termTo)
		}
		return
	}
	if r.out.Size.Form != "" || !r.suits(i) {
		r.out.Unused = append(r.out.Unused, r.words(i, j+1))
		return
	}
	second.Sign = first.Sign
	if descends {
		first, second = second, first
	}
	r.setSize(i, relation)
	r.out.Size.Value, r.out.Size.Stretch, r.out.Size.Banded = first.Value, second.Value, true
	r.out.Size.Words = r.words(i, j+1)
}

func (r *statementReader) setBaseline(i int) {
	figure := r.figures[r.tokens[i].value]
	end := i + 1
	if behind := r.at(end); behind.class == termSpan && behind.role == roleMain && r.out.Metric.Unit == Days {
		end++
	}
	r.out.Baseline = StatedBaseline{Value: figure.Value, Known: true, Words: r.words(i, end)}
	if r.out.Size.Currency == "" {
		r.out.Size.Currency = figure.Currency
	}
}

// suits reports whether the figure at token i can measure the metric at all:
// money measures money, and a figure of time days.
func (r *statementReader) suits(i int) bool {
	figure := r.figures[r.tokens[i].value]
	if figure.Currency != "" && r.out.Metric.Kind != "" && r.out.Metric.Unit != Money {
		return false
	}
	behind := r.at(i + 1)
	if behind.class == termDash { // "a 4-week sprint"
		behind = r.at(i + 2)
	}
	return behind.class != termSpan || behind.role != roleMain || r.out.Metric.Unit == Days
}

// countsOther reports whether the bare figure at token i counts something other
// than the metric, for which a later figure is there: "4 reps make 10 demos".
func (r *statementReader) countsOther(i int, relation termClass) bool {
	figure := r.figures[r.tokens[i].value]
	if r.metric < i || figure.Percent || figure.Currency != "" || relation != termOther && relation != termMake {
		return false
	}
	if count := r.countOf(r.metric); count >= 0 {
		return count > i
	}
	for _, t := range r.tokens[r.metric:] {
		if t.class == termFigure && t.role == roleMain {
			return true
		}
	}
	return false
}

// setSize decides what the figure at token i asks for.
func (r *statementReader) setSize(i int, relation termClass) {
	figure := r.figures[r.tokens[i].value]
	size := StatedSize{Percent: figure.Percent, Currency: figure.Currency}
	if size.Currency == "" {
		size.Currency = r.out.Size.Currency
	}
	size.Value = figure.Value
	end := i + 1
	after := r.at(end)
	if after.class == termPoints {
		end++
	}
	if after.class == termSpan && after.role == roleMain {
		size.Span = after.span
		end++
		if after.span != Day {
			size.Words = r.words(i, end)
			r.out.Size = size
			return
		}
		after = r.at(end)
	}
	size.Form = r.sizeForm(i, relation, after)
	size.direction = sizeDirection(figure, relation, after)
	size.Words = r.words(i, end)
	r.readPer(&size)
	if size.Form == Absolute && figure.Percent && r.out.Metric.Kind != "" && r.out.Metric.Unit != Percent {
		size.Form = "" // "revenue to 110%": of what?
	}
	r.out.Size = size
}

// readPer takes the span that the size is for each of: "3% a month", "วันละ 20
// สาย", "50 calls daily".
func (r *statementReader) readPer(size *StatedSize) {
	adds := size.Form == Absolute && r.out.Metric.Nature == Sum
	for _, t := range r.tokens {
		daily := t.class == termCadence && (t.span == Day || t.span == Week) && adds && r.out.Metric.Unit == Count
		if t.role != roleMain || t.class != termPer && !daily {
			continue
		}
		if adds || size.Form != Absolute {
			size.Per = t.span
		}
		if r.out.Comparison.Span == "" {
			r.out.Comparison = StatedComparison{Span: t.span, Words: r.text[t.from:t.to]}
		}
		return
	}
}

// sizeForm tells a figure to reach from a change.
func (r *statementReader) sizeForm(i int, relation termClass, after statementToken) SizeForm {
	figure := r.figures[r.tokens[i].value]
	change := ChangeBy
	if figure.Percent {
		change = ChangePercent
	}
	if after.class == termPoints {
		change = ChangeBy
	}
	switch relation {
	case termTo, termBelow, termAbove:
		return Absolute
	case termUp:
		if !figure.Percent && after.class != termPoints && r.addsNew(i) {
			return Absolute
		}
		return change
	case termDown, termImprove, termBy, termMore:
		return change
	case termAdd:
		if !figure.Percent && r.out.Metric.Nature == Sum {
			return Absolute
		}
		return change
	}
	switch {
	case figure.Sign == '=':
		return Absolute
	case figure.Sign != 0, after.class == termPoints, after.class == termUp, after.class == termDown:
		return change
	case after.class == termMore || after.class == termFewer || after.class == termAbove || after.class == termBelow:
		if figure.Percent || r.out.Comparison.Span != "" {
			return change
		}
	case figure.Percent && (r.out.Comparison.Span != "" || r.hasPer()):
		return change
	case figure.Percent && r.out.Metric.Kind != "" && r.out.Metric.Unit != Percent:
		return change
	}
	return Absolute
}

// addsNew reports whether to increase by the figure at token i is simply to
// reach it: "expand into 3 accounts", "เพิ่มลูกค้าใหม่ 10 ราย".
func (r *statementReader) addsNew(i int) bool {
	metric := r.out.Metric
	if metric.Nature != Sum || metric.Unit != Count {
		return false
	}
	return r.metric >= 0 && r.countOf(r.metric) == i || strings.HasPrefix(strings.ToLower(metric.Words), "new ") || strings.HasSuffix(metric.Words, "ใหม่")
}

// hasPer reports whether the main clause says "a year" or its like.
func (r *statementReader) hasPer() bool {
	for _, t := range r.tokens {
		if t.class == termPer && t.role == roleMain {
			return true
		}
	}
	return false
}

// sizeDirection is the way that a figure's sign, its bound or the word behind it
// speaks of.
func sizeDirection(figure statementFigure, relation termClass, after statementToken) Direction {
	switch {
	case figure.Sign == '-', relation == termBelow, after.class == termDown, after.class == termFewer, after.class == termBelow:
		return Lower
	case figure.Sign == '+', relation == termAbove, relation == termMore, after.class == termUp, after.class == termMore, after.class == termAbove:
		return Higher
	}
	return ""
}
