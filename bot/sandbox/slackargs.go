package sandbox

import (
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// maxBody bounds what a caller may send; Slack's own bound is not documented.
const maxBody = 1 << 20

// arguments are what came with a call, whatever the encoding: values that are
// not strings in a JSON body are kept as their JSON.
type arguments struct {
	token  string
	values map[string]string
	// base is the address that the Web API was reached at, ending in a slash.
	base string
}

// text returns an argument, empty if it is missing.
func (a arguments) text(name string) string { return a.values[name] }

// flag reads an argument as Slack reads a boolean.
func (a arguments) flag(name string) bool {
	value := a.values[name]
	return value == "1" || value == "true"
}

// require refuses a call that lacks one of the arguments.
func (a arguments) require(names ...string) *refusal {
	for _, name := range names {
		if a.values[name] == "" {
			return refuse("invalid_arguments", "missing required field: "+name)
		}
	}
	return nil
}

// number reads an argument between 1 and most, with a value for when it is
// missing.
func (a arguments) number(name string, missing, most int) (int, *refusal) {
	text := a.values[name]
	if text == "" {
		return missing, nil
	}
	number, err := strconv.Atoi(text)
	if err != nil || number < 1 || number > most {
		return 0, refuse("invalid_arguments", fmt.Sprintf("%s must be from 1 to %d", name, most))
	}
	return number, nil
}

// callBase returns the address at which the Web API was called, ending in a slash.
// Where it is served below a path, only what was asked for still has that path.
func callBase(r *http.Request) string {
	path := r.URL.Path
	if asked, err := url.ParseRequestURI(r.RequestURI); err == nil {
		path = asked.Path
	}
	return "http://" + r.Host + path[:strings.LastIndexByte(path, '/')+1]
}

// readArguments reads a call as https://docs.slack.dev/apis/web-api/#methods
// has it: a query, a form, or JSON, which wants the token in the header. Read
// methods that take a form only do not see a JSON body.
func readArguments(w http.ResponseWriter, r *http.Request, formOnly bool) (arguments, *refusal) {
	args := arguments{values: make(map[string]string), base: callBase(r)}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		return args, refuse("request_timeout")
	}
	keep(args.values, r.URL.Query())
	refused := args.readBody(r, body, formOnly)
	args.token = args.values["token"]
	if bearer, found := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); found {
		args.token = bearer
	}
	delete(args.values, "token")
	return args, refused
}

func (a *arguments) readBody(r *http.Request, body []byte, formOnly bool) *refusal {
	if r.Method != http.MethodPost || len(body) == 0 {
		return nil
	}
	header := r.Header.Get("Content-Type")
	if header == "" {
		return refuse("missing_post_type")
	}
	kind, _, err := mime.ParseMediaType(header)
	switch {
	case err != nil:
		return refuse("invalid_post_type")
	case kind == "application/x-www-form-urlencoded":
		form, err := url.ParseQuery(string(body))
		if err != nil {
			return refuse("invalid_form_data")
		}
		keep(a.values, form)
	case kind == "application/json" && formOnly:
	case kind == "application/json":
		var object map[string]json.RawMessage
		if !json.Valid(body) {
			return refuse("invalid_json")
		}
		if err := json.Unmarshal(body, &object); err != nil {
			return refuse("json_not_object")
		}
		delete(object, "token")
		for name, value := range object {
			a.values[name] = plain(value)
		}
	default:
		return refuse("invalid_post_type")
	}
	return nil
}

// keep copies the first value of each name.
func keep(values map[string]string, form url.Values) {
	for name := range form {
		values[name] = form.Get(name)
	}
}

// plain returns a JSON string's text, nothing for null, other JSON as it is.
func plain(value json.RawMessage) string {
	var text *string
	if err := json.Unmarshal(value, &text); err != nil {
		return string(value)
	}
	if text == nil {
		return ""
	}
	return *text
}
