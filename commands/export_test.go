package commands

import (
	"maps"
	"slices"
)

// Actions returns the names of everything that a button or a form can ask for.
func Actions() []string { return slices.Sorted(maps.Keys(actions)) }
