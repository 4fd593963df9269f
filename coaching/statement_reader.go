package coaching

import "github.com/shopspring/decimal"

// statementReader reads one statement: it cuts the text into tokens, sets aside
// the periods and the clauses, and understands the rest as what is to be done.
type statementReader struct {
	text    string
	today   Date
	tokens  []statementToken
	figures []statementFigure
	dates   []Date
	unread  []string // figures that could not be read
	members []string
	metric  int // the token that names the metric, -1 where none does
	out     Statement
}

func newStatementReader(text string, today Date) *statementReader {
	const usual, most = 8, 256
	return &statementReader{text: text, today: today, tokens: make([]statementToken, 0, min(usual+len(text)/4, most)), metric: -1}
}

func (r *statementReader) read() Statement {
	r.out.Text = r.text
	r.lex()
	r.divide()
	r.readMetric()
	r.readSize()
	r.readDirection()
	r.settleSize()
	r.readWho()
	r.implyPeriod()
	return r.out
}

// readWho takes the first person who speaks in the main clause.
func (r *statementReader) readWho() {
	r.out.Who.Members = r.members
	for i, t := range r.tokens {
		if t.role != roleMain || t.class != termMine && t.class != termOurs {
			continue
		}
		r.out.Who.Words = r.words(i, i+1)
		r.out.Who.Whose = Ours
		if t.class == termMine {
			r.out.Who.Whose = Mine
		}
		return
	}
}

// implyPeriod takes the period from what the figure is for each of, from the
// comparison or from a cadence such as "monthly", where none was named.
func (r *statementReader) implyPeriod() {
	if r.out.Period.Found() {
		return
	}
	span, words := r.out.Size.Per, r.out.Comparison.Words
	switch {
	case span == Day: // a goal for one day is no goal; the week's total is
		span = Week
	case span == "":
		span, words = r.out.Comparison.Span, r.out.Comparison.Words
	}
	for i, t := range r.tokens {
		if span == "" && t.role == roleMain && (t.class == termCadence || t.class == termPer) {
			span, words = t.span, r.words(i, i+1)
		}
	}
	if span != "" {
		period := StatedPeriod{Period: impliedPeriod(span, r.today), Implied: true, Words: words}
		period.Unclear = r.out.Period.Unclear
		r.out.Period = period
	}
}

// readDirection takes the way the goal goes: from the first verb, else from the
// two ends, the bound or the sign.
func (r *statementReader) readDirection() {
	size := &r.out.Size
	more := false
	for i, t := range r.tokens {
		more = more || t.role == roleMain && t.class == termMore
		if t.role != roleMain || r.out.Direction != "" || t.value == adverb && !r.modifiesFigure(i) {
			continue
		}
		switch t.class {
		case termUp:
			r.out.Direction = Higher
		case termDown:
			r.out.Direction = Lower
		case termImprove:
			r.out.Direction = r.out.Metric.Better
		}
	}
	if size.Form == "" {
		if more && r.out.Direction == "" {
			r.out.Direction = Higher // "make more revenue"
		}
		return
	}
	if size.Form == Absolute && r.out.Baseline.Known {
		switch size.Value.Cmp(r.out.Baseline.Value) {
		case 1:
			r.out.Direction = Higher
		case -1:
			r.out.Direction = Lower
		}
	}
	if r.out.Direction == "" {
		r.out.Direction = size.direction
	}
}

// modifiesFigure reports whether the adverb at token i speaks of a figure ("up
// 5%", "5 days faster") rather than of a verb ("follow up", "close faster").
func (r *statementReader) modifiesFigure(i int) bool {
	before := r.at(i - 1).class
	return before == termFigure || before == termSpan || before == termPoints || r.at(i+1).class == termFigure
}

// settleSize gives a change its sign: negative where the goal is to lower.
func (r *statementReader) settleSize() {
	size := &r.out.Size
	if size.Form != ChangeBy && size.Form != ChangePercent {
		return
	}
	direction := r.out.Direction
	if direction == "" {
		direction = r.out.Metric.Better
	}
	sign := decimal.New(1, 0)
	if direction == Lower {
		sign = decimal.New(-1, 0)
	}
	size.Value = size.Value.Abs().Mul(sign)
	size.Stretch = size.Stretch.Abs().Mul(sign)
}
