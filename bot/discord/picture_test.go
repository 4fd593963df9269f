package discord

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"strings"
	"testing"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// aPicture is a small picture that differs with the chart's title.
func aPicture(chart commands.Chart) ([]byte, error) {
	var encoded bytes.Buffer
	err := png.Encode(&encoded, image.NewGray(image.Rect(0, 0, 1+len(chart.Title), 1)))
	return encoded.Bytes(), err
}

var charted = commands.Reply{Parts: []commands.Part{
	commands.Text{Line: words("Here it is.")},
	commands.Chart{Title: "Demos", Alt: "Demos: 9 of 20 by 18 Mar. @everyone"},
	commands.Chart{Title: "Revenue", Alt: "Revenue: $9k of $20k"},
}}

func TestPicturesComeAsAttachmentsWithTheirText(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.draw = aPicture
	request, token := w.asks(t, aTypedCommand)
	if body, err := w.Render(nil, request, charted); body != nil || err != nil {
		t.Fatalf("answered right away: %s %v", body, err)
	}
	w.responds(t, token, w.Wait(request))
	if err := w.Finish(t.Context(), request, charted); err != nil {
		t.Fatal(err)
	}
	message, _ := w.discord.Answer(token)
	if len(message.Files) != 2 || message.OnlyFor != mia.ID {
		t.Fatalf("the answer has %d files: %s", len(message.Files), message.Body)
	}
	for i, file := range message.Files {
		chart := charted.Parts[i+1].(commands.Chart)
		want, _ := aPicture(chart)
		if !bytes.Equal(file.Data, want) || file.Description != chart.Alt {
			t.Errorf("%s: %d bytes, %q", file.Name, len(file.Data), file.Description)
		}
	}
}

func TestPictureBesideAPressedMessage(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.draw = aPicture
	card, token := w.asks(t, aTypedCommand)
	body, _ := w.Render(nil, card, progressReply())
	w.responds(t, token, body)
	message, _ := w.discord.Answer(token)
	request, token := w.asks(t, press(message.ID))
	w.responds(t, token, w.Wait(request))
	if err := w.Finish(t.Context(), request, charted); err != nil {
		t.Fatal(err)
	}
	messages := w.discord.Messages(testChannel)
	if len(messages) != 2 || len(messages[1].Files) != 2 || messages[1].OnlyFor != mia.ID || messages[0].Edited {
		t.Errorf("the channel shows %+v", messages)
	}
}

func TestWhatCannotBeDrawnIsSaid(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.draw = func(commands.Chart) ([]byte, error) { return nil, errors.New("no") }
	outcome := w.Send(t.Context(), commands.Post{Key: "k", Channel: testChannel, Reply: charted})
	posted := w.discord.Posted()
	if outcome.Result != coaching.Delivered || len(posted) != 1 || len(posted[0].Files) != 0 {
		t.Fatalf("outcome %+v, posted %+v", outcome, posted)
	}
	if text := content(posted[0].Body); !strings.Contains(text, "9 of 20 by 18 Mar") || strings.Contains(text, "@everyone") {
		t.Errorf("posted %q", text)
	}
}

func TestPostHasItsPictures(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.draw = aPicture
	post := commands.Post{Key: "k", Channel: testChannel, Reply: charted}
	if outcome := w.Send(t.Context(), post); outcome.Result != coaching.Delivered {
		t.Fatalf("outcome %+v", outcome)
	}
	if posted := w.discord.Posted(); len(posted) != 1 || len(posted[0].Files) != 2 || posted[0].Nonce == "" {
		t.Errorf("posted %+v", posted)
	}
	if _, found, err := w.Sent(t.Context(), post); !found || err != nil {
		t.Errorf("it is not found again: %v", err)
	}
}
