package document

import (
	"encoding/binary"
	"fmt"
	"time"
)

// timeLayout has a fixed width, so that the text sorts as the times do.
const timeLayout = "2006-01-02T15:04:05.000Z"

// Time is a point in time as documents keep it: UTC, in whole milliseconds. It
// is a BSON date in MongoDB and sortable ISO 8601 text in SQLite. Years 0 to
// 9999.
type Time struct {
	time.Time
}

// At converts a time, truncating it to milliseconds.
func At(t time.Time) Time { return Time{t.UTC().Truncate(time.Millisecond)} }

// Text returns the sortable form that SQLite keeps.
func (t Time) Text() string { return t.UTC().Format(timeLayout) }

// check reports whether the year has four digits.
func (t Time) check() error {
	if year := t.UTC().Year(); year < 0 || year > 9999 {
		return fmt.Errorf("year %d: %w", year, ErrInvalid)
	}
	return nil
}

// MarshalJSON writes the sortable text.
func (t Time) MarshalJSON() ([]byte, error) {
	if err := t.check(); err != nil {
		return nil, err
	}
	b := make([]byte, 0, len(timeLayout)+2)
	b = append(b, '"')
	b = t.UTC().AppendFormat(b, timeLayout)
	return append(b, '"'), nil
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (t *Time) UnmarshalJSON(text []byte) error {
	// The layout is a case of RFC 3339, which time reads faster than a layout.
	if len(text) != len(timeLayout)+2 || text[len(text)-2] != 'Z' {
		return fmt.Errorf("time %s: %w", text, ErrInvalid)
	}
	if err := t.Time.UnmarshalJSON(text); err != nil {
		return fmt.Errorf("time %s: %w", text, err)
	}
	return nil
}

// bsonDate is the type byte of a UTC datetime (https://bsonspec.org/spec.html).
const bsonDate = 0x09

// MarshalBSONValue writes a BSON date.
func (t Time) MarshalBSONValue() (byte, []byte, error) {
	return bsonDate, binary.LittleEndian.AppendUint64(nil, uint64(t.UnixMilli())), nil
}

// UnmarshalBSONValue reads a BSON date.
func (t *Time) UnmarshalBSONValue(kind byte, data []byte) error {
	if kind != bsonDate || len(data) != 8 {
		return fmt.Errorf("BSON type %#x is no date: %w", kind, ErrInvalid)
	}
	t.Time = time.UnixMilli(int64(binary.LittleEndian.Uint64(data))).UTC() //nolint:gosec // Two's complement is the format.
	return nil
}
