package coaching

// Layout says how a table is read: what its rows are and which column is which
// field. Somebody names the columns once; tables with the same headings are read
// alike from then on.
type Layout struct {
	// Key tells headings apart.
	Key string
	// As is what the rows are, such as "deals".
	As string
	// Columns are those that were named. An empty field leaves a column out.
	Columns []NamedColumn
	// Fixed are fields that every row has, without a column.
	Fixed []FixedField
	Days  DayOrder
	Mark  DecimalMark
}

// NamedColumn says which field a column is.
type NamedColumn struct{ Column, Field string }

// FixedField is a field with the same value in every row.
type FixedField struct{ Field, Value string }
