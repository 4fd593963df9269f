package commands

import (
	"net/url"
	"time"
)

// Visit is a person's browser that opens a page of an adapter's.
type Visit struct {
	Query url.Values
	// Cookie returns what the browser keeps under a name, empty where nothing.
	Cookie func(name string) string
	// Language is what the browser says of the person's languages, as the header
	// Accept-Language has it.
	Language string
	Now      time.Time
}
