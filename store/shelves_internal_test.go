package store

import (
	"slices"
	"testing"
)

func TestEveryCollectionHasAShelf(t *testing.T) {
	t.Parallel()
	var names []string
	for _, shelf := range shelves() {
		names = append(names, shelf.collection.Name)
	}
	for _, c := range collections {
		if !slices.Contains(names, c.Name) && c.Name != schemas.Name {
			t.Errorf("%s has no shelf: say whether it is exported, and it is migrated and deleted, too", c.Name)
		}
	}
	if slices.Sort(names); len(slices.Compact(names)) != len(shelves()) {
		t.Error("a collection has two shelves")
	}
}
