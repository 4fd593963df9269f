package coaching

import "errors"

// Code classifies an [Error], so that callers can act on it without reading
// its words.
type Code string

// The codes. Anything that is not an *Error reads as [Internal].
const (
	Invalid   Code = "invalid"   // the input cannot be used; Message says why
	NotFound  Code = "not_found" // nothing of that name, or nothing they may see
	Conflict  Code = "conflict"  // somebody else changed it meanwhile
	Forbidden Code = "forbidden" // their role does not allow it
	Internal  Code = "internal"  // not the person's doing
)

// Error is a failure with a code and a reason that wording can be found for.
type Error struct {
	Code Code
	// Reason names what is wrong, such as "target_not_above_baseline"; package
	// commands has the words for each.
	Reason Reason
	// Err is the cause, if any; it is logged, never shown.
	Err error
}

// Reason is the machine-readable name of a verdict or a refusal.
type Reason string

// Error returns the code, the reason and the cause, for logs.
func (e *Error) Error() string {
	text := string(e.Code) + ": " + string(e.Reason)
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// CodeOf returns the code of the first Error in err's chain, [Internal] for
// any other error and "" for none.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	var coded *Error
	if errors.As(err, &coded) {
		return coded.Code
	}
	return Internal
}

// Refuse returns an Invalid error of that reason.
func Refuse(reason Reason) error { return &Error{Code: Invalid, Reason: reason} }
