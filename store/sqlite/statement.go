package sqlite

import (
	"fmt"
	"strings"

	"github.com/smallwins/smallwins/store/document"
)

// verb is what a statement does.
type verb int

const (
	begin verb = iota
	commit
	rollback
	ping
	indexText
	insert
	get
	replace
	remove
	find
	claim
)

// shape is what tells two statements apart. Their text is built and prepared
// once per connection.
type shape struct {
	verb              verb
	collection, index string
	equals            int
	from, until       bool
	// past makes from exclusive.
	past              bool
	after, descending bool
	// keyed asks for id and key beside each document.
	keyed bool
	// set are the names of the fields that a claim sets, joined by commas.
	set string
}

func shapeOf(v verb, c document.Collection, plan document.Plan) shape {
	return shape{
		verb: v, collection: c.Name, index: plan.Index, equals: len(plan.Equals),
		from: plan.From != nil, until: plan.Until != nil,
		after: plan.After != nil, descending: plan.Descending,
	}
}

// text returns the statement's SQL. The plan is needed for find and claim.
//
// Documents are read as blobs because the driver hands those out as bytes,
// which the decoder wants, where text would be copied once more.
func (s shape) text(plan document.Plan) string {
	table := quote(s.collection)
	switch s.verb {
	case begin:
		return "BEGIN IMMEDIATE"
	case commit:
		return "COMMIT"
	case rollback:
		return "ROLLBACK"
	case ping:
		return "SELECT count(*) FROM sqlite_master"
	case indexText:
		return "SELECT sql FROM sqlite_master WHERE type = 'index' AND name = ?"
	case insert:
		return "INSERT INTO " + table + " (id, revision, body) VALUES (?, 1, ?) ON CONFLICT DO NOTHING"
	case get:
		return "SELECT CAST(body AS BLOB) FROM " + table + " WHERE id = ?"
	case replace:
		return "UPDATE " + table + " SET revision = revision + 1, body = ? WHERE id = ? AND revision = ?"
	case remove:
		return "DELETE FROM " + table + " WHERE id = ?"
	case find:
		columns := "CAST(body AS BLOB)"
		if s.keyed {
			columns += ", id, " + orderKey(plan)
		}
		return "SELECT " + columns + s.where(plan) + " LIMIT ?"
	default: // A claim.
		sets := "'$.revision', revision + 1"
		for _, name := range strings.FieldsFunc(s.set, func(r rune) bool { return r == ',' }) {
			sets += ", " + jsonPath(name) + ", json(?)"
		}
		return "UPDATE " + table + " SET revision = revision + 1, body = json_set(body, " + sets + ")" +
			" WHERE id = (SELECT id" + s.where(plan) + " LIMIT 1) RETURNING CAST(body AS BLOB)"
	}
}

// columns counts the result's columns.
func (s shape) columns() int {
	if s.keyed {
		return 3
	}
	return 1
}

// where returns the part of a query from FROM to ORDER BY. The index is named,
// so that no other one is chosen and a missing one is an error instead of a
// scan.
func (s shape) where(plan document.Plan) string {
	var terms []string
	for _, key := range plan.Equals {
		terms = append(terms, field(key)+" = ?")
	}
	if plan.Ordered != "" {
		terms = append(terms, s.bounds(field(plan.Ordered))...)
	}
	beyond, direction := ">", ""
	if s.descending {
		beyond, direction = "<", " DESC"
	}
	order := "id" + direction
	if plan.Ordered != "" {
		order = field(plan.Ordered) + direction + ", " + order
	}
	switch {
	case s.after && plan.Ordered != "":
		terms = append(terms, fmt.Sprintf("(%s %s ? OR id %[2]s ?)", field(plan.Ordered), beyond))
	case s.after:
		terms = append(terms, "id "+beyond+" ?")
	}
	text := " FROM " + quote(s.collection) + " INDEXED BY " + quote(indexName(s.collection, s.index))
	if len(terms) > 0 {
		text += " WHERE " + strings.Join(terms, " AND ")
	}
	return text + " ORDER BY " + order
}

// bounds returns the conditions on the key that orders the result. SQLite
// looks up one bound on each side, and no pair of values such as (key, id):
// where the range and the cursor both bound a side, the tighter is looked up.
// The plus keeps SQLite from looking up the other.
func (s shape) bounds(key string) []string {
	var terms []string
	switch fromCursor := s.after && !s.descending; {
	case s.past:
		terms = append(terms, key+" > ?")
	case s.from && fromCursor:
		terms = append(terms, key+" >= max(?, ?)")
	case s.from || fromCursor:
		terms = append(terms, key+" >= ?")
	}
	switch fromCursor := s.after && s.descending; {
	case s.until && fromCursor:
		terms = append(terms, key+" <= min(?, ?)", "+"+key+" < ?")
	case s.until:
		terms = append(terms, key+" < ?")
	case fromCursor:
		terms = append(terms, key+" <= ?")
	}
	return terms
}

// values returns what the statement of a plan binds, in the order of where.
func values(plan document.Plan) []any {
	bound := make([]any, 0, len(plan.Equal)+8)
	for _, value := range plan.Equal {
		bound = append(bound, column(value))
	}
	cursor := plan.After != nil && plan.Ordered != ""
	if plan.From != nil {
		bound = append(bound, column(plan.From))
	}
	if cursor && !plan.Descending {
		bound = append(bound, column(plan.After.Key))
	}
	if plan.Until != nil {
		bound = append(bound, column(plan.Until))
	}
	if cursor && plan.Descending {
		bound = append(bound, column(plan.After.Key))
		if plan.Until != nil {
			bound = append(bound, column(plan.Until))
		}
	}
	if cursor {
		bound = append(bound, column(plan.After.Key))
	}
	if plan.After != nil {
		bound = append(bound, plan.After.ID)
	}
	return bound
}

// column returns a key's value as json_extract finds it in the document.
func column(value any) any {
	switch v := value.(type) {
	case document.Time:
		return v.Text()
	case bool:
		if v {
			return int64(1)
		}
		return int64(0)
	default:
		return v
	}
}

func createTable(c document.Collection) string {
	return "CREATE TABLE IF NOT EXISTS " + quote(c.Name) + " (id TEXT NOT NULL PRIMARY KEY, revision INTEGER NOT NULL, body TEXT NOT NULL)"
}

// createIndex ends every index with the id: the order of a query is total, and
// read off the index.
func createIndex(c document.Collection, index document.Index) string {
	var keys strings.Builder
	for _, key := range index.Keys {
		keys.WriteString(field(key) + ", ")
	}
	return "CREATE INDEX " + quote(indexName(c.Name, index.Name)) + " ON " + quote(c.Name) + " (" + keys.String() + "id)"
}

func indexName(collection, index string) string {
	if index == document.ByID {
		return "sqlite_autoindex_" + collection + "_1" // SQLite's own, of the primary key
	}
	return collection + "." + index
}

// field is the expression of a top-level field.
func field(key string) string { return "json_extract(body, " + jsonPath(key) + ")" }

func jsonPath(key string) string { return "'$." + strings.ReplaceAll(key, "'", "''") + "'" }

func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// orderKey is the column that orders a query's result.
func orderKey(plan document.Plan) string {
	if plan.Ordered == "" {
		return "NULL"
	}
	return field(plan.Ordered)
}
