package coaching_test

import (
	"fmt"

	"github.com/smallwins/smallwins/coaching"
)

func ExampleScanFigure() {
	figure, rest, _ := coaching.ScanFigure("+฿1.2M renewal Acme")
	fmt.Println(figure.Value, figure.Currency, rest)

	_, _, err := coaching.ScanFigure("1.234,56")
	fmt.Println(err)
	// Output:
	// 1200000 THB renewal Acme
	// invalid: figure_decimal_comma
}

func ExampleAssess() {
	today := coaching.Date{Year: 2026, Month: 3, Day: 10}
	statement := coaching.ParseStatement("Let's make more revenue", today)
	card := coaching.Assess(statement, coaching.Facts{Today: today, Currency: "USD"})
	fmt.Println(card.Ready, card.Missing)

	better := card.Suggestion.Statement
	fmt.Println(better.Size.Form, better.Size.Value, better.Period.From, better.Period.To)
	// Output:
	// false [size_missing deadline_missing]
	// change_percent 3 2026-01-01 2026-03-31
}
