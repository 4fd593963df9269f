package coaching

import (
	"slices"
	"strings"
)

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

// Naming returns the layout with a column named, whatever it was before, the
// empty field leaving it out.
func (l Layout) Naming(column, field string) Layout {
	columns := slices.DeleteFunc(slices.Clone(l.Columns), func(known NamedColumn) bool {
		return strings.EqualFold(known.Column, column) || field != "" && known.Field == field
	})
	l.Columns = append(columns, NamedColumn{Column: column, Field: field})
	slices.SortFunc(l.Columns, func(a, b NamedColumn) int { return strings.Compare(a.Column, b.Column) })
	return l
}

// Fixing returns the layout with a field that every row has; the empty value
// takes that back.
func (l Layout) Fixing(field, value string) Layout {
	fixed := slices.DeleteFunc(slices.Clone(l.Fixed), func(known FixedField) bool { return known.Field == field })
	if value != "" {
		fixed = append(fixed, FixedField{Field: field, Value: value})
	}
	slices.SortFunc(fixed, func(a, b FixedField) int { return strings.Compare(a.Field, b.Field) })
	l.Fixed = fixed
	return l
}
