package document

import (
	"fmt"
	"math"
	"reflect"
	"regexp"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

var (
	collectionName = regexp.MustCompile(`^[a-z][a-z_]*$`)
	fieldName      = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9_]*$`)
)

// MaxSize bounds a document's stored form, in bytes. MongoDB allows 16 MiB
// (https://www.mongodb.com/docs/manual/reference/limits/); a claim may still
// add to a document of this size.
const MaxSize = 15 << 20

// Check verifies the declaration: names that both engines accept and at least
// one key per index.
func (c Collection) Check() error {
	if !collectionName.MatchString(c.Name) {
		return fmt.Errorf("collection name %q: %w", c.Name, ErrInvalid)
	}
	seen := make(map[string]bool, len(c.Indexes))
	for _, index := range c.Indexes {
		if !collectionName.MatchString(index.Name) || seen[index.Name] || len(index.Keys) == 0 {
			return fmt.Errorf("index %s.%s: %w", c.Name, index.Name, ErrInvalid)
		}
		seen[index.Name] = true
		for _, key := range index.Keys {
			if !fieldName.MatchString(key) {
				return fmt.Errorf("index %s.%s: key %q: %w", c.Name, index.Name, key, ErrInvalid)
			}
		}
	}
	return nil
}

// Check reports whether both engines keep the document alike: it has an id,
// its type follows the rules of the package comment, and none of its values is
// a NaN, an infinity, text that is not UTF-8, or beyond its range. Engines call
// it before every write.
func Check(doc Document) error {
	v := reflect.ValueOf(doc)
	if v.Kind() != reflect.Pointer || v.IsNil() || v.Elem().Kind() != reflect.Struct {
		return fmt.Errorf("%T is no pointer to a struct: %w", doc, ErrInvalid)
	}
	if err := CheckID(doc.Head().ID); err != nil {
		return err
	}
	if err := checkType(v.Type().Elem()); err != nil {
		return err
	}
	return checkValue(v.Elem())
}

// CheckID reports whether a text can be an id.
func CheckID(id string) error {
	if id == "" || !utf8.ValidString(id) || strings.ContainsRune(id, 0) {
		return fmt.Errorf("id %q: %w", id, ErrInvalid)
	}
	return nil
}

// CheckSet verifies the fields that a claim sets.
func CheckSet(set map[string]any) error {
	for name, value := range set {
		if !fieldName.MatchString(name) || name == "revision" {
			return fmt.Errorf("set field %q: %w", name, ErrInvalid)
		}
		v := reflect.ValueOf(value)
		if !v.IsValid() {
			return fmt.Errorf("set field %s to nothing: %w", name, ErrInvalid)
		}
		if err := checkType(v.Type()); err != nil {
			return fmt.Errorf("set field %s: %w", name, err)
		}
		if err := checkValue(v); err != nil {
			return fmt.Errorf("set field %s: %w", name, err)
		}
	}
	return nil
}

// checkKey reports whether a value can be compared with an index's key.
func checkKey(value any) error {
	switch v := value.(type) {
	case int64, bool:
		return nil
	case Time:
		return v.check()
	case string:
		if utf8.ValidString(v) && !strings.ContainsRune(v, 0) {
			return nil
		}
	}
	return fmt.Errorf("key %v of type %T: %w", value, value, ErrInvalid)
}

var (
	timeType     = reflect.TypeFor[Time]()
	durationType = reflect.TypeFor[time.Duration]()
	headerType   = reflect.TypeFor[Header]()
	jsonType     = reflect.TypeFor[interface{ MarshalJSON() ([]byte, error) }]()
	textType     = reflect.TypeFor[interface{ MarshalText() ([]byte, error) }]()
	bsonType     = reflect.TypeFor[interface {
		MarshalBSONValue() (byte, []byte, error)
	}]()
)

// checked holds the verdict on each type that was looked at, an error or nil.
var checked sync.Map

// checkType reports whether JSON and BSON keep values of a type alike.
func checkType(t reflect.Type) error {
	if verdict, ok := checked.Load(t); ok {
		err, _ := verdict.(error)
		return err
	}
	err := judge(t, nil)
	checked.Store(t, err)
	return err
}

// judge is checkType without the memory; within are the types around this one.
func judge(t reflect.Type, within []reflect.Type) error {
	for _, outer := range within {
		if outer == t {
			return nil // A tree; its type is being judged already.
		}
	}
	within = append(within, t)
	switch {
	case t == timeType:
		return nil
	case t == durationType:
		return fmt.Errorf("type %v: keep a number and name its unit: %w", t, ErrInvalid)
	case (t.Implements(jsonType) || t.Implements(textType)) && !t.Implements(bsonType):
		return fmt.Errorf("type %v writes its own JSON but not its own BSON: %w", t, ErrInvalid)
	}
	switch t.Kind() { //nolint:exhaustive // The others are refused below.
	case reflect.Bool, reflect.String, reflect.Float32, reflect.Float64,
		reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return nil
	case reflect.Pointer, reflect.Slice, reflect.Array:
		return judge(t.Elem(), within)
	case reflect.Map:
		if t.Key().Kind() != reflect.String {
			return fmt.Errorf("type %v: keys must be strings: %w", t, ErrInvalid)
		}
		return judge(t.Elem(), within)
	case reflect.Struct:
		for i := range t.NumField() {
			if err := judgeField(t.Field(i), within); err != nil {
				return fmt.Errorf("%v.%s: %w", t, t.Field(i).Name, err)
			}
		}
		return nil
	default:
		return fmt.Errorf("type %v: %w", t, ErrInvalid)
	}
}

func judgeField(field reflect.StructField, within []reflect.Type) error {
	name, option, _ := strings.Cut(field.Tag.Get("json"), ",")
	switch {
	case field.Type == headerType && field.Anonymous:
		return nil
	case !field.IsExported():
		return fmt.Errorf("unexported: %w", ErrInvalid)
	case name == "-":
		return nil
	case field.Anonymous:
		return fmt.Errorf("embedded: %w", ErrInvalid)
	case name == "":
		return fmt.Errorf("has no json name: %w", ErrInvalid)
	case name == "_id" || name == "revision" || name == "header":
		return fmt.Errorf("name %q is the header's: %w", name, ErrInvalid)
	case option != "" && option != "omitempty":
		return fmt.Errorf("json option %q: %w", option, ErrInvalid)
	}
	return judge(field.Type, within)
}

// checkValue walks a value of a type that passed checkType.
func checkValue(v reflect.Value) error {
	switch v.Kind() { //nolint:exhaustive // The others are good whatever they hold.
	case reflect.Float32, reflect.Float64:
		if f := v.Float(); math.IsNaN(f) || math.IsInf(f, 0) {
			return fmt.Errorf("number %v: %w", f, ErrInvalid)
		}
	case reflect.Uint, reflect.Uint64:
		if n := v.Uint(); n > math.MaxInt64 {
			return fmt.Errorf("number %d: %w", n, ErrInvalid)
		}
	case reflect.String:
		if s := v.String(); !utf8.ValidString(s) {
			return fmt.Errorf("text %q is not UTF-8: %w", s, ErrInvalid)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			return checkValue(v.Elem())
		}
	case reflect.Slice, reflect.Array:
		if k := v.Type().Elem().Kind(); k == reflect.Uint8 {
			return nil
		}
		for i := range v.Len() {
			if err := checkValue(v.Index(i)); err != nil {
				return err
			}
		}
	case reflect.Map:
		return checkMap(v)
	case reflect.Struct:
		return checkStruct(v)
	}
	return nil
}

// checkMap refuses keys that MongoDB or its drivers give a meaning.
func checkMap(v reflect.Value) error {
	for entries := v.MapRange(); entries.Next(); {
		key := entries.Key().String()
		if key == "" || key[0] == '$' || strings.ContainsAny(key, ".\x00") || !utf8.ValidString(key) {
			return fmt.Errorf("map key %q: %w", key, ErrInvalid)
		}
		if err := checkValue(entries.Value()); err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
	}
	return nil
}

func checkStruct(v reflect.Value) error {
	if v.Type() == timeType {
		t, _ := v.Interface().(Time)
		return t.check()
	}
	for i := range v.NumField() {
		field := v.Type().Field(i)
		if !field.IsExported() || field.Tag.Get("json") == "-" {
			continue
		}
		if err := checkValue(v.Field(i)); err != nil {
			return fmt.Errorf("%s: %w", field.Name, err)
		}
	}
	return nil
}
