package slack

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/smallwins/smallwins/commands"
)

// maxBody bounds a form that is read. Slack's longest command text, percent
// encoded, stays far below; a press carries the whole message it was in.
const maxBody = 1 << 20

// ErrMalformed is wrapped by every error about a request that was signed but
// cannot be read.
var ErrMalformed = errors.New("slack: request cannot be read")

// malformed says what was wrong in words of our own: what people typed has no
// place in logs.
func malformed(what string) error { return fmt.Errorf("%w: %s", ErrMalformed, what) }

// UnsupportedError is what decoding returns for requests that are Slack's own
// and need nothing but an empty answer: the certificate check, a closed view,
// kinds of interaction that the bot does not offer.
type UnsupportedError struct {
	// Type is Slack's name of the kind of request.
	Type string
}

// Error names the kind.
func (e *UnsupportedError) Error() string { return "slack: unsupported request type " + e.Type }

// Unwrap makes it [commands.ErrIgnored].
func (e *UnsupportedError) Unwrap() error { return commands.ErrIgnored }

// eachField calls visit for every field of a form, decoded. It is stricter than
// [url.ParseQuery], which lets a body pass that names a field twice; visit can
// tell. A body copied into a string once lets the fields share it.
func eachField(body []byte, visit func(name, value string) error) error {
	if len(body) > maxBody {
		return malformed("body too large")
	}
	rest := string(body)
	for rest != "" {
		var field string
		field, rest, _ = strings.Cut(rest, "&")
		name, value, assigned := strings.Cut(field, "=")
		if !assigned {
			return malformed("not a form")
		}
		value, err := url.QueryUnescape(value)
		if err != nil {
			return malformed("bad percent encoding")
		}
		if !utf8.ValidString(value) {
			return malformed("not UTF-8")
		}
		if err := visit(name, value); err != nil {
			return err
		}
	}
	return nil
}

// isID reports whether a value looks like an id of Slack's: it goes into keys,
// so it must not hold anything that means something there.
func isID(text string) bool {
	if text == "" || len(text) > 128 {
		return false
	}
	for i := range len(text) {
		switch c := text[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '_', c == '-', c == '.':
		default:
			return false
		}
	}
	return true
}

// answerHost is where Slack takes late answers.
const answerHost = "hooks.slack.com"

// checkReplyTo lets a late answer go to Slack or to the host of the API URL
// only, so that a forged address reaches nothing inside the network.
func (a *App) checkReplyTo(address string) error {
	target, err := url.Parse(address)
	switch {
	case err != nil, target.User != nil, target.Opaque != "", target.Fragment != "":
		return malformed("response_url is not an address")
	case target.Scheme == "https" && target.Host == answerHost:
		return nil
	case target.Host != "" && target.Scheme == a.apiURL.Scheme && target.Host == a.apiURL.Host:
		return nil
	}
	return malformed("response_url leads elsewhere")
}
