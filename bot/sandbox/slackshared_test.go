package sandbox_test

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"testing"

	"github.com/smallwins/smallwins/bot/sandbox"
)

func TestAFileThatIsAttachedIsToldOfAndGivenToTheBotAlone(t *testing.T) {
	t.Parallel()
	p := newPage(t)
	var form bytes.Buffer
	fields := multipart.NewWriter(&form)
	for name, value := range map[string]string{"as": "U0001", "channel": sandbox.Direct("U0001"), "text": ""} {
		if err := fields.WriteField(name, value); err != nil {
			t.Fatal(err)
		}
	}
	file, err := fields.CreateFormFile("file", "my deals.csv")
	if err == nil {
		_, err = io.WriteString(file, "id,stage\n1,won\n")
	}
	if err == nil {
		err = fields.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	request := p.request(http.MethodPost, "/say", form.String())
	request.Header.Set("Content-Type", fields.FormDataContentType())
	if status, body := p.do(request); status != http.StatusNoContent {
		t.Fatalf("status %d: %s", status, body)
	}
	var told struct {
		Event struct {
			Subtype string
			Files   []struct {
				Name     string
				Size     int
				Download string `json:"url_private_download"`
			}
		}
	}
	if err := json.Unmarshal([]byte(p.webhook.last().body), &told); err != nil {
		t.Fatal(err)
	}
	if told.Event.Subtype != "file_share" || len(told.Event.Files) != 1 || told.Event.Files[0].Name != "my deals.csv" || told.Event.Files[0].Size != 15 {
		t.Fatalf("the bot is told %+v", told)
	}
	for authorization, want := range map[string]int{"Bearer " + token: http.StatusOK, "Bearer stolen": http.StatusFound, "": http.StatusFound} {
		download, err := http.NewRequestWithContext(t.Context(), http.MethodGet, told.Event.Files[0].Download, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		download.Header.Set("Authorization", authorization)
		answer, err := p.server.Client().Transport.RoundTrip(download)
		if err != nil {
			t.Fatal(err)
		}
		content, _ := io.ReadAll(answer.Body)
		if _ = answer.Body.Close(); answer.StatusCode != want || (want == http.StatusOK) != (string(content) == "id,stage\n1,won\n") {
			t.Errorf("with %q: status %d, %q", authorization, answer.StatusCode, content)
		}
	}
}
