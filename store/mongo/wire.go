package mongo

import (
	"bytes"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"

	"github.com/smallwins/smallwins/store/document"
)

// nested is the element that the driver makes of the embedded header. JSON
// lifts the fields of an embedded struct, BSON does so only for one tagged
// "inline"; documents carry no tag for either, so encode lifts them.
const nested = "header"

// encode returns the BSON of a document as it will be at that revision: id and
// revision, then its own fields.
func encode(doc document.Document, revision int64) (bson.Raw, error) {
	if err := document.Check(doc); err != nil {
		return nil, err
	}
	head, err := marshal(document.Header{ID: doc.Head().ID, Revision: revision})
	if err != nil {
		return nil, err
	}
	whole, err := marshal(doc)
	if err != nil {
		return nil, err
	}
	elements, err := whole.Elements()
	if err != nil {
		return nil, err
	}
	lifted := head[:len(head)-1] // Without the closing zero byte.
	for _, element := range elements {
		if element.Key() != nested {
			lifted = append(lifted, element...)
		}
	}
	return seal(append(lifted, 0))
}

// seal writes a document's length in front.
func seal(doc bson.Raw) (bson.Raw, error) {
	if len(doc) > document.MaxSize {
		return nil, fmt.Errorf("document of %d bytes: %w", len(doc), document.ErrInvalid)
	}
	size := len(doc)
	for i := range 4 {
		doc[i] = byte(size >> (8 * i)) //nolint:gosec // One byte at a time.
	}
	return doc, nil
}

// decode fills a document from what encode made. The header's fields are read
// into the header, the others into the struct around it.
func decode(raw bson.Raw, into document.Document) error {
	if err := unmarshal(raw, into); err != nil {
		return fmt.Errorf("document is no %T: %w", into, err)
	}
	if err := unmarshal(raw, into.Head()); err != nil {
		return fmt.Errorf("document is no %T: %w", into, err)
	}
	return nil
}

func marshal(value any) (bson.Raw, error) {
	var buffer bytes.Buffer
	encoder := bson.NewEncoder(bson.NewDocumentWriter(&buffer))
	encoder.UseJSONStructTags()
	if err := encoder.Encode(value); err != nil {
		return nil, err
	}
	return buffer.Bytes(), nil
}

func unmarshal(raw bson.Raw, into any) error {
	decoder := bson.NewDecoder(bson.NewDocumentReader(bytes.NewReader(raw)))
	decoder.UseJSONStructTags()
	return decoder.Decode(into)
}
