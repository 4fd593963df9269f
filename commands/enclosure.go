package commands

// Attachment is a file that a reply brings along.
type Attachment struct {
	// Name is what the file is called: lower-case letters, digits, a dash, a dot.
	Name string
	// Title says in words what is in it.
	Title string
	Data  []byte
}

// Enclosure is what a reply brings to the member who asked, and to nobody else,
// whoever sees the reply.
type Enclosure struct {
	Files []Attachment // at most ten
	// Elsewhere tells that they are in the member's direct messages, where a
	// platform cannot put them beside the reply; Failed that they could not be
	// sent.
	Elsewhere, Failed Line
}
