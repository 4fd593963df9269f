package discord

import (
	"encoding/json"

	dg "github.com/bwmarrin/discordgo"
)

// component is a part of a message or a form. Each type fills its part; a
// property that it does not have stays out of the JSON.
// https://docs.discord.com/developers/components/reference
type component struct {
	Type dg.ComponentType `json:"type"`
	// ID is a number of our own by which a component is found again; 0 lets
	// Discord count.
	ID          int32       `json:"id,omitempty"`
	CustomID    string      `json:"custom_id,omitempty"`
	Content     string      `json:"content,omitempty"`
	Style       int         `json:"style,omitempty"`
	Label       string      `json:"label,omitempty"`
	Description string      `json:"description,omitempty"`
	Component   *component  `json:"component,omitempty"`
	Components  []component `json:"components,omitempty"`
	Items       []media     `json:"items,omitempty"` // of a gallery
	// File is what a part for one shows.
	File *fileReference `json:"file,omitempty"`

	// Of fields.
	Placeholder string         `json:"placeholder,omitempty"`
	Value       string         `json:"value,omitempty"`
	Required    *bool          `json:"required,omitempty"`
	MaxLength   int            `json:"max_length,omitempty"`
	MinValues   *int           `json:"min_values,omitempty"`
	MaxValues   int            `json:"max_values,omitempty"`
	Options     []option       `json:"options,omitempty"`
	Defaults    []defaultValue `json:"default_values,omitempty"`
}

// media is a picture of a gallery, by its address.
type media struct {
	Media struct {
		URL string `json:"url"`
	} `json:"media"`
	// Description is what it shows in words.
	Description string `json:"description"`
}

// fileReference names a file that is sent along.
type fileReference struct {
	URL string `json:"url"`
}

// option is a choice of a select.
type option struct {
	Label       string `json:"label"`
	Value       string `json:"value"`
	Description string `json:"description,omitempty"`
	Default     bool   `json:"default,omitempty"`
}

// defaultValue is what a select of members begins with.
type defaultValue struct {
	ID   string `json:"id"`
	Type string `json:"type"`
}

// The types that the library has no name for yet.
const labelComponent = dg.ComponentType(18)

// The looks of buttons and text fields.
const (
	buttonPrimary   = int(dg.PrimaryButton)
	buttonSecondary = int(dg.SecondaryButton)
	buttonDanger    = int(dg.DangerButton)
	textShort       = int(dg.TextInputShort)
	textParagraph   = int(dg.TextInputParagraph)
)

// body is a message as a request to Discord holds it.
type body struct {
	Flags           int         `json:"flags"`
	Components      []component `json:"components"`
	AllowedMentions mentions    `json:"allowed_mentions"`
	// Nonce makes a repeated post one, for some minutes.
	Nonce        string `json:"nonce,omitempty"`
	EnforceNonce bool   `json:"enforce_nonce,omitempty"`
	// Reference makes it a reply to another message.
	Reference *reference `json:"message_reference,omitempty"`
	// Attachments describe the files that are sent along.
	Attachments []attachment `json:"attachments,omitempty"`

	files []file
}

// reference names the message that another replies to. Where that is gone, the
// reply stands for itself.
type reference struct {
	MessageID       string `json:"message_id"`
	FailIfNotExists bool   `json:"fail_if_not_exists"`
}

// attachment describes a file by its number among those of a request.
type attachment struct {
	ID          string `json:"id"`
	Filename    string `json:"filename"`
	Description string `json:"description"`
}

// file is what is sent along with a message.
type file struct {
	name, kind string // kind is its media type
	data       []byte
}

// The media types of files.
const (
	pictureFile = "image/png"
	textFile    = "text/plain; charset=utf-8"
)

// mentions are those that notify somebody: nobody but the members listed.
type mentions struct {
	Parse []string `json:"parse"`
	Users []string `json:"users,omitempty"`
}

// The flags of messages. A message of components cannot show the cards of links
// either way; the second flag says so, too.
const (
	flagComponents = 1 << 15
	flagNoCards    = int(dg.MessageFlagsSuppressEmbeds)
	flagPrivate    = int(dg.MessageFlagsEphemeral)
)

// response answers an interaction right away.
type response struct {
	Type dg.InteractionResponseType `json:"type"`
	Data any                        `json:"data,omitempty"`
}

// form is a form to open.
type form struct {
	CustomID   string      `json:"custom_id"`
	Title      string      `json:"title"`
	Components []component `json:"components"`
}

// suggestions complete an option.
type suggestions struct {
	Choices []suggestion `json:"choices"`
}

type suggestion struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// row returns components in a row.
func row(components []component) component {
	return component{Type: dg.ActionsRowComponent, Components: components}
}

// encode writes JSON; values of these types always can be written.
func encode(value any) []byte {
	text, _ := json.Marshal(value)
	return text
}
