package discord

// What Discord takes, in characters where nothing else is said.
// https://docs.discord.com/developers/components/reference
const (
	maxCustomID    = 100  // a component's or a form's custom_id
	maxText        = 4000 // all text of a message, and a text display
	maxComponents  = 40   // a message, those within others counted
	maxRowButtons  = 5    // a row
	maxButtonRows  = 5    // ours: the rest of a message is for what it says
	maxLabel       = 80   // a button
	maxOptions     = 25   // a select
	maxOption      = 100  // an option's label, value and description, each
	maxPlaceholder = 150  // a select
	maxHint        = 100  // a text field's placeholder, a field's description
	maxFieldLabel  = 45   // a form's field
	maxFormTitle   = 45   // a form
	maxFormFields  = 5    // a form, with the text above its fields
	maxFieldText   = 4000 // what a text field holds
	maxChoice      = 100  // a suggestion
	maxSuggestions = 25   // those of an option
	maxPictureAlt  = 1024 // what a picture shows in words
	maxItems       = 40   // ours: a longer list is for nobody
)
