package sandbox_test

import (
	"bytes"
	"encoding/json"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"testing"
	"time"

	"github.com/smallwins/smallwins/bot/sandbox"
)

func TestUploadTakesItsThreeSteps(t *testing.T) {
	t.Parallel()
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 2, 2))); err != nil {
		t.Fatal(err)
	}
	api, call := newFileAPI(t)
	begun := call("files.getUploadURLExternal", url.Values{"filename": {"a.png"}, "length": {strconv.Itoa(picture.Len())}, "alt_txt": {"a dot"}})
	id, address := begun["file_id"].(string), begun["upload_url"].(string)
	blocks := `[{"type":"image","alt_text":"a dot","slack_file":{"id":"` + id + `"}}]`
	post := func() any {
		return call("chat.postMessage", url.Values{"channel": {"C1"}, "text": {"a dot"}, "blocks": {blocks}})["error"]
	}
	end := func() any {
		return call("files.completeUploadExternal", url.Values{"files": {`[{"id":"` + id + `"}]`}})["error"]
	}
	if got := end(); got != "file_not_found" {
		t.Errorf("completed before the bytes came: %v", got)
	}
	upload := func(data []byte) int {
		response, err := http.Post(address, "application/octet-stream", bytes.NewReader(data)) //nolint:noctx // The stand-in's.
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		return response.StatusCode
	}
	if status := upload(picture.Bytes()[1:]); status == http.StatusOK {
		t.Error("fewer bytes were taken than announced")
	}
	if status := upload(picture.Bytes()); status != http.StatusOK {
		t.Errorf("the bytes were refused: %d", status)
	}
	if got := post(); got != "invalid_blocks" {
		t.Errorf("shown before it was complete: %v", got)
	}
	if got := end(); got != nil {
		t.Errorf("not completed: %v", got)
	}
	api.KeepFilesUnready(1)
	if got := post(); got != "invalid_blocks" {
		t.Errorf("shown before it was ready: %v", got)
	}
	if got := post(); got != nil {
		t.Errorf("not shown: %v", got)
	}
	if file, found := api.File(id); !found || !bytes.Equal(file.Data, picture.Bytes()) || file.Alt != "a dot" {
		t.Errorf("kept %+v", file)
	}
	if status := upload(picture.Bytes()); status == http.StatusOK {
		t.Error("an address was used twice")
	}
}

// newFileAPI serves a workspace and calls it.
func newFileAPI(t *testing.T) (*sandbox.SlackAPI, func(method string, args url.Values) map[string]any) {
	t.Helper()
	api, err := sandbox.NewSlackAPI(sandbox.APIConfig{
		BotToken: "xoxb-files", Now: time.Now,
		Team: sandbox.Team{ID: "T1", Domain: "acme", Zone: "UTC", Channels: []sandbox.Channel{{ID: "C1", Name: "sales"}}, Members: []sandbox.Member{{ID: "U1", Name: "Mia", Handle: "mia"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	// Below a path, as the demo serves it: the addresses for uploads are below it too.
	server := httptest.NewServer(http.StripPrefix("/en", api))
	t.Cleanup(server.Close)
	return api, func(method string, args url.Values) map[string]any {
		t.Helper()
		args.Set("token", "xoxb-files")
		response, err := http.PostForm(server.URL+"/en/api/"+method, args) //nolint:noctx // The stand-in's.
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = response.Body.Close() }()
		var answer map[string]any
		if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
			t.Fatal(err)
		}
		return answer
	}
}
