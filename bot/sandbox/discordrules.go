package sandbox

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

//go:embed contract/discord.json
var discordContract []byte

// DiscordBody names a kind of body that Discord takes.
type DiscordBody string

// The kinds of bodies.
const (
	DiscordResponse DiscordBody = "interaction" // answers an interaction right away
	DiscordMessage  DiscordBody = "message"     // posts to a channel
	DiscordDirect   DiscordBody = "direct"      // opens direct messages
	DiscordFollowup DiscordBody = "followup"    // answers an interaction later
	DiscordEdit     DiscordBody = "edit"        // changes an answer
	DiscordCommands DiscordBody = "commands"    // registers commands
)

// discordSchemas compiles the contract once.
var discordSchemas = sync.OnceValues(func() (map[DiscordBody]*jsonschema.Schema, error) {
	const name = "discord.json"
	contract, err := jsonschema.UnmarshalJSON(bytes.NewReader(discordContract))
	if err != nil {
		return nil, fmt.Errorf("read Discord's contract: %w", err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(name, contract); err != nil {
		return nil, fmt.Errorf("read Discord's contract: %w", err)
	}
	schemas := make(map[DiscordBody]*jsonschema.Schema)
	for _, kind := range []DiscordBody{DiscordResponse, DiscordMessage, DiscordDirect, DiscordFollowup, DiscordEdit, DiscordCommands} {
		if schemas[kind], err = compiler.Compile(name + "#/$defs/" + string(kind)); err != nil {
			return nil, fmt.Errorf("compile Discord's contract: %w", err)
		}
	}
	return schemas, nil
})

// CheckDiscord reports every way in which a body breaks what Discord publishes:
// the contract's schema, and the documented limits that it does not carry. It is
// stricter than Discord where that lets pass what nobody can have meant.
func CheckDiscord(kind DiscordBody, body []byte) error {
	schemas, err := discordSchemas()
	if err != nil {
		return err
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("not JSON: %w", err)
	}
	var rules discordRules
	if err := schemas[kind].Validate(value); err != nil {
		rules.wrong("%v", err)
	}
	switch kind {
	case DiscordResponse:
		rules.response(object(value))
	case DiscordDirect:
	case DiscordCommands:
		for _, command := range array(value) {
			rules.command(object(command))
		}
	default:
		rules.message(object(value), kind == DiscordMessage)
	}
	return errors.Join(rules.problems...)
}

// The documented limits that the contract does not carry.
// https://docs.discord.com/developers/components/reference
const (
	maxDiscordComponents = 40
	maxDiscordText       = 4000
	maxDiscordForm       = 5
	maxDiscordRow        = 5
	maxDiscordCommand    = 8000
	discordComponents    = 1 << 15 // the flag that a message is made of components
)

// discordRules collects what is wrong with a body.
type discordRules struct {
	problems []error
	ids      map[string]bool
	numbers  map[string]bool
	count    int
	text     int
}

func (r *discordRules) wrong(format string, args ...any) {
	r.problems = append(r.problems, fmt.Errorf(format, args...))
}

func (r *discordRules) response(response map[string]any) {
	data, given := response["data"]
	switch number(response["type"]) {
	case 4, 7:
		r.message(object(data), false)
	case 9:
		form := object(data)
		components := array(form["components"])
		if len(components) > maxDiscordForm {
			r.wrong("%d components in a form", len(components))
		}
		r.ids = map[string]bool{}
		r.walk(components)
	case 6:
		if given {
			r.wrong("data where nothing changes yet")
		}
	}
}

func (r *discordRules) message(message map[string]any, post bool) {
	components := array(message["components"])
	if number(message["flags"])&discordComponents == 0 || message["content"] != nil {
		r.wrong("a message that is not one of components alone")
	}
	if len(components) == 0 {
		r.wrong("an empty message")
	}
	allowed, isObject := message["allowed_mentions"].(map[string]any)
	if parse, isList := allowed["parse"].([]any); !isObject || !isList || len(parse) > 0 {
		r.wrong("mentions are not limited to those that are named")
	}
	if post && (message["nonce"] == nil || message["enforce_nonce"] != true) {
		r.wrong("a post that may be doubled")
	}
	r.ids = map[string]bool{}
	r.walk(components)
	if r.count > maxDiscordComponents {
		r.wrong("%d components in all", r.count)
	}
	if r.text > maxDiscordText {
		r.wrong("%d characters of text in all", r.text)
	}
}

// walk checks components and those within them.
func (r *discordRules) walk(components []any) {
	for _, each := range components {
		component := object(each)
		r.count++
		r.once(&r.ids, "custom_id", component["custom_id"])
		r.once(&r.numbers, "id", component["id"])
		inside := array(component["components"])
		switch number(component["type"]) {
		case 1:
			r.row(inside)
		case 2:
			if component["custom_id"] == nil || component["label"] == nil || component["label"] == "" {
				r.wrong("a button without a custom_id or a label")
			}
		case 3:
			r.menu(component)
		case 4:
			if value, _ := component["value"].(string); length(value) > number(component["max_length"]) {
				r.wrong("a value longer than it may be")
			}
		case 10:
			text, _ := component["content"].(string)
			r.text += length(text)
			if strings.TrimSpace(text) == "" {
				r.wrong("a text of spaces")
			}
		case 12:
			r.gallery(array(component["items"]))
		case discordFilePart:
			if address, _ := object(component["file"])["url"].(string); !strings.HasPrefix(address, attachmentScheme) {
				r.wrong("a file at %q", address)
			}
		}
		if inner, found := component["component"]; found {
			r.walk([]any{inner})
		}
		r.walk(inside)
	}
}

// gallery wants pictures that were sent along and are described, since nobody
// else's are meant.
func (r *discordRules) gallery(items []any) {
	for _, each := range items {
		item := object(each)
		address, _ := object(item["media"])["url"].(string)
		if !strings.HasPrefix(address, attachmentScheme) || item["description"] == nil {
			r.wrong("a picture at %q, described: %v", address, item["description"] != nil)
		}
	}
}

// once wants a value to be the only one of its kind in a body.
func (r *discordRules) once(seen *map[string]bool, name string, value any) {
	if value == nil {
		return
	}
	if *seen == nil {
		*seen = make(map[string]bool)
	}
	text := fmt.Sprint(value)
	if (*seen)[text] {
		r.wrong("%s %s twice", name, text)
	}
	(*seen)[text] = true
}

// row wants buttons, or a select alone.
func (r *discordRules) row(inside []any) {
	menus := 0
	for _, each := range inside {
		if number(object(each)["type"]) != 2 {
			menus++
		}
	}
	if menus > 1 || menus == 1 && len(inside) > 1 || len(inside) > maxDiscordRow {
		r.wrong("a row of %d with %d selects", len(inside), menus)
	}
}

func (r *discordRules) menu(menu map[string]any) {
	options := array(menu["options"])
	values := map[string]bool{}
	chosen := 0
	for _, each := range options {
		r.once(&values, "option", object(each)["value"])
		if object(each)["default"] == true {
			chosen++
		}
	}
	most := max(number(menu["max_values"]), 1)
	if most > len(options) || number(menu["min_values"]) > most || chosen > most {
		r.wrong("a select of %d options that wants up to %d and has %d chosen", len(options), most, chosen)
	}
	if menu["required"] == true && menu["min_values"] != nil && number(menu["min_values"]) == 0 {
		r.wrong("a select that is required and wants none")
	}
}

// command checks the order and the size of a command's options.
func (r *discordRules) command(command map[string]any) {
	size := 0
	var walk func(options []any)
	walk = func(options []any) {
		var names map[string]bool
		optional := false
		for _, each := range options {
			option := object(each)
			r.once(&names, "option", option["name"])
			if option["required"] == true && optional {
				r.wrong("option %v is required behind one that is not", option["name"])
			}
			optional = optional || option["required"] != true
			if option["autocomplete"] == true && len(array(option["choices"])) > 0 {
				r.wrong("option %v has choices and completes", option["name"])
			}
			for _, key := range []string{"name", "description"} {
				text, _ := option[key].(string)
				size += length(text)
			}
			if number(option["type"]) != 1 || len(array(option["options"])) > 0 {
				walk(array(option["options"]))
			}
		}
	}
	walk([]any{command})
	if size > maxDiscordCommand {
		r.wrong("a command of %d characters", size)
	}
}

func object(value any) map[string]any { found, _ := value.(map[string]any); return found }

func array(value any) []any { found, _ := value.([]any); return found }

// number returns a whole JSON number, 0 for anything else.
func number(value any) int {
	text, _ := value.(json.Number)
	whole, _ := text.Int64()
	return int(whole)
}
