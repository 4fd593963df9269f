package coaching

import (
	"sync"
	"time"
)

// zones remembers the zones that were asked for. Reading one takes longer than
// all the arithmetic that needs it, and there are a few hundred.
var zones sync.Map // name → *time.Location

// Zone returns the time zone of a name in the IANA database. Other names are
// Invalid with reason "zone_unknown", "Local" among them: it is the server's
// and means nothing to people.
func Zone(name string) (*time.Location, error) {
	if known, found := zones.Load(name); found {
		return known.(*time.Location), nil
	}
	if name == "" || name == "Local" {
		return nil, Refuse("zone_unknown")
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return nil, &Error{Code: Invalid, Reason: "zone_unknown", Err: err}
	}
	known, _ := zones.LoadOrStore(name, loc)
	return known.(*time.Location), nil
}

// zoneOr returns the time zone of a name, or another where there is none.
func zoneOr(name string, other *time.Location) *time.Location {
	if loc, err := Zone(name); err == nil {
		return loc
	}
	return other
}
