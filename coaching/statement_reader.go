package coaching

type statementReader struct {
	text  string
	today Date
}

func newStatementReader(text string, today Date) *statementReader {
	return &statementReader{text: text, today: today}
}

func (r *statementReader) read() Statement { return Statement{Text: r.text} }
