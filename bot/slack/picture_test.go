package slack_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"image"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/smallwins/smallwins/bot/sandbox"
	"github.com/smallwins/smallwins/bot/slack"
	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// gallery is an app that draws, and a Slack that takes its pictures.
type gallery struct {
	testing.TB
	*sandbox.SlackAPI
	app  *slack.App
	url  string
	draw func(commands.Chart) ([]byte, error)

	mu      sync.Mutex
	answers []string // those that Slack took
	refused int
}

func newGallery(t *testing.T, scopes []string) *gallery {
	t.Helper()
	g := &gallery{TB: t, draw: aPicture}
	var err error
	g.SlackAPI, err = sandbox.NewSlackAPI(sandbox.APIConfig{
		BotToken: "xoxb-gallery", Now: func() time.Time { return nine }, Scopes: scopes,
		Team: sandbox.Team{
			ID: "T1", Domain: "acme", Zone: "UTC", Channels: []sandbox.Channel{{ID: "C1", Name: "sales"}},
			Members: []sandbox.Member{{ID: "U1", Name: "Mia Lee", Handle: "mia"}},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/api/", g.SlackAPI)
	mux.HandleFunc("/respond", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		g.mu.Lock()
		defer g.mu.Unlock()
		if err := g.CheckAnswer(body); err != nil {
			g.refused++
			w.WriteHeader(http.StatusNotFound)
			_, _ = io.WriteString(w, `{"ok":false,"error":"`+err.Error()+`"}`)
			return
		}
		g.answers = append(g.answers, string(body))
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	g.url = server.URL
	client := &http.Client{Transport: &http.Transport{}}
	t.Cleanup(client.CloseIdleConnections)
	g.app, err = slack.New(slack.Config{
		SigningSecret: "secret", Token: "xoxb-gallery", APIURL: server.URL + "/api/", HTTPClient: client,
		Draw: func(chart commands.Chart) ([]byte, error) { return g.draw(chart) },
	})
	if err != nil {
		t.Fatal(err)
	}
	g.app.Hurry()
	return g
}

// aPicture is a small picture that differs with the chart's title.
func aPicture(chart commands.Chart) ([]byte, error) {
	var encoded bytes.Buffer
	err := png.Encode(&encoded, image.NewGray(image.Rect(0, 0, 1+len(chart.Title), 1)))
	return encoded.Bytes(), err
}

var charted = commands.Reply{Parts: []commands.Part{commands.Chart{Title: "Demos", Alt: "Demos: 9 of 20 by 18 Mar. <!channel>"}}}

// press asks for the picture by a button and returns what was answered.
func (g *gallery) press(reply commands.Reply) string {
	g.Helper()
	request := commands.Request{ID: "1.2", Workspace: "slack:T1", Member: "U1", Via: commands.ViaButton, ReplyTo: g.url + "/respond"}
	if err := (slack.Interactions{App: g.app}).Finish(g.Context(), request, reply); err != nil {
		g.Fatal(err)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.answers) == 0 {
		g.Fatal("nothing was answered")
	}
	return g.answers[len(g.answers)-1]
}

// shown returns the one picture of an answer.
func (g *gallery) shown(answer string) (file sandbox.SlackFile, alt string) {
	g.Helper()
	var message struct {
		Text   string
		Blocks []struct {
			AltText string              `json:"alt_text"`
			File    struct{ ID string } `json:"slack_file"`
		}
	}
	if err := json.Unmarshal([]byte(answer), &message); err != nil {
		g.Fatal(err)
	}
	if len(message.Blocks) != 1 || message.Text != "Demos" {
		g.Fatalf("answered %s", answer)
	}
	file, found := g.File(message.Blocks[0].File.ID)
	if !found {
		g.Fatalf("there is no file in %s", answer)
	}
	return file, message.Blocks[0].AltText
}

func TestPictureIsUploadedAndShownWithItsText(t *testing.T) {
	t.Parallel()
	g := newGallery(t, nil)
	file, alt := g.shown(g.press(charted))
	want, _ := aPicture(charted.Parts[0].(commands.Chart))
	if !bytes.Equal(file.Data, want) {
		t.Errorf("%d bytes came, want %d", len(file.Data), len(want))
	}
	if text := charted.Parts[0].(commands.Chart).Alt; alt != text || file.Alt != text {
		t.Errorf("described as %q and %q", alt, file.Alt)
	}
}

func TestSamePictureIsUploadedOnce(t *testing.T) {
	t.Parallel()
	g := newGallery(t, nil)
	first, _ := g.shown(g.press(charted))
	second, _ := g.shown(g.press(charted))
	if first.ID != second.ID || len(g.Calls("files.getUploadURLExternal")) != 1 {
		t.Errorf("files %s and %s", first.ID, second.ID)
	}
	other := charted
	other.Parts = []commands.Part{commands.Chart{Title: "Demos, a day later", Alt: "10 of 20"}}
	g.press(other)
	if len(g.Calls("files.getUploadURLExternal")) != 2 {
		t.Error("another picture was taken for the same")
	}
}

func TestPictureThatIsNotReadyIsWaitedFor(t *testing.T) {
	t.Parallel()
	g := newGallery(t, nil)
	g.KeepFilesUnready(2)
	g.shown(g.press(charted))
	if g.refused != 2 {
		t.Errorf("%d tries were refused", g.refused)
	}
}

func TestWherePicturesAreNotTakenWordsAre(t *testing.T) {
	t.Parallel()
	for name, g := range map[string]*gallery{
		"the app may not upload": newGallery(t, []string{"commands", "chat:write"}),
		"it never gets ready":    newGallery(t, nil),
		"it cannot be drawn":     newGallery(t, nil),
	} {
		switch name {
		case "it never gets ready":
			g.KeepFilesUnready(100)
		case "it cannot be drawn":
			g.draw = func(commands.Chart) ([]byte, error) { return nil, errors.New("no") }
		}
		answer := g.press(charted)
		if strings.Contains(answer, "slack_file") || !strings.Contains(answer, "9 of 20 by 18 Mar") {
			t.Errorf("%s: answered %s", name, answer)
		}
		if uses := g.refused + len(g.answers); uses > 5 {
			t.Errorf("%s: the address was used %d times", name, uses)
		}
	}
}

func TestCommandWithAPictureIsAnsweredLater(t *testing.T) {
	t.Parallel()
	g := newGallery(t, nil)
	body, err := slack.Commands{App: g.app}.Render(nil, commands.Request{}, charted)
	if body != nil || err != nil {
		t.Errorf("answered right away: %s %v", body, err)
	}
}

func TestPostShowsItsPictureOrSaysIt(t *testing.T) {
	t.Parallel()
	for _, unready := range []int{0, 1, 100} {
		g := newGallery(t, nil)
		g.KeepFilesUnready(unready)
		outcome := g.app.Send(t.Context(), commands.Post{Key: "k", Workspace: "slack:T1", Channel: "C1", Reply: charted})
		posted := g.Posted()
		if outcome.Result != coaching.Delivered || len(posted) != 1 {
			t.Fatalf("unready %d times: %+v, %d posts", unready, outcome, len(posted))
		}
		if shows := strings.Contains(string(posted[0].Blocks), "slack_file"); shows != (unready < 3) {
			t.Errorf("unready %d times: posted %s", unready, posted[0].Blocks)
		}
		if posted[0].Metadata == nil || posted[0].Text != "Demos" {
			t.Errorf("posted %+v", posted[0])
		}
	}
}
