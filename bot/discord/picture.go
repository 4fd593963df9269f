package discord

import (
	"slices"
	"strconv"

	dg "github.com/bwmarrin/discordgo"

	"github.com/smallwins/smallwins/bot/plain"
	"github.com/smallwins/smallwins/commands"
)

// picture is a chart that was drawn.
type picture struct {
	commands.Chart
	png []byte
}

// draws reports whether a reply holds something to draw.
func (a *App) draws(reply commands.Reply) bool {
	return a.draw != nil && slices.ContainsFunc(reply.Parts, func(part commands.Part) bool {
		_, found := part.(commands.Chart)
		return found
	})
}

// pictured returns a reply with its charts drawn; what cannot be drawn is told in
// words.
func (a *App) pictured(reply commands.Reply) commands.Reply {
	if !a.draws(reply) {
		return reply
	}
	parts := slices.Clone(reply.Parts)
	for i, part := range parts {
		if chart, found := part.(commands.Chart); found {
			if drawn, err := a.draw(chart); err == nil {
				parts[i] = picture{chart, drawn}
			}
		}
	}
	reply.Parts = parts
	return reply
}

// file is the picture as it is sent, by its number in the message.
func (p picture) file(number int) file {
	return file{name: "chart" + strconv.Itoa(number+1) + ".png", kind: pictureFile, data: p.png}
}

// gallery shows the picture with what it shows in words.
func (p picture) gallery(number int) component {
	shown := media{Description: p.description()}
	shown.Media.URL = attachmentScheme + p.file(number).name
	return component{Type: dg.MediaGalleryComponent, Items: []media{shown}}
}

// attachment describes the file of the picture.
func (p picture) attachment(number int) attachment {
	return attachment{ID: strconv.Itoa(number), Filename: p.file(number).name, Description: p.description()}
}

func (p picture) description() string {
	if text := plain.Clean(p.Alt); text != "" {
		return plain.Truncate(text, maxPictureAlt)
	}
	return plain.Ellipsis
}
