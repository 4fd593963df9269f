package sandbox

// block is one part of a message or form as the page shows it, whichever
// platform it came from.
type block struct {
	// Kind is "header", "text", "fields", "context", "divider", "actions",
	// "image", "file", "input", "box" or "unknown".
	Kind string
	// ID is the platform's own, where it has one.
	ID     string
	Text   prose
	Fields []prose
	// Elements are the buttons, or the parts of small print.
	Elements []element
	// Label is an image's alternative text, a file's name, or the type of what is
	// unknown.
	Label string
	// URL is an image's or a file's.
	URL string
	// Input is what is filled in, Wrong what is wrong with what was.
	Input *input
	Wrong string
	// Inside are the parts of a box.
	Inside []block
}

// element is a button, a select, small print or an image.
type element struct {
	// Kind is "button", "select", "text", "image" or "unknown".
	Kind  string
	Text  prose
	Label string
	// Press tells which element was pressed: its two ids as a query.
	Press string
	Look  string // a button's style: "", "primary" or "danger"
	URL   string
	// Input is what a select offers.
	Input *input
}

// input is a field that is filled in, or a select.
type input struct {
	// Kind is "line", "area", "date", "select", "many", "radios", "checks" or
	// "unknown".
	Kind string
	// Name is the field's, unique within its message or form.
	Name                     string
	Label, Hint, Placeholder string
	Value                    string
	Required                 bool
	MaxLength                int
	Options                  []inputOption
}

// inputOption is one of the choices of a field.
type inputOption struct {
	Text, Hint, Value string
	Chosen            bool
}

// choose marks the options that have one of the values.
func (i *input) choose(values ...string) {
	for o := range i.Options {
		for _, value := range values {
			if i.Options[o].Value == value {
				i.Options[o].Chosen = true
			}
		}
	}
}

// members offers the people of a team.
func (d directory) members() []inputOption {
	options := make([]inputOption, 0, len(d.team.Members))
	for _, member := range d.team.Members {
		options = append(options, inputOption{Text: member.Name, Value: member.ID})
	}
	return options
}
