package slack

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

func TestTheTokenGoesToTheTeamsOwnFilesAlone(t *testing.T) {
	t.Parallel()
	app := mustApp(t, Config{Token: "xoxb-1"})
	for address, allowed := range map[string]bool{
		"https://files.slack.com/files-pri/T0ACME-F01/download/deals.csv":         true,
		"https://files.slack.com/files-pri/T0OTHER-F01/download/deals.csv":        false,
		"https://files.slack.com/files-pri/T0ACMEX-F01/download/deals.csv":        false,
		"https://files.slack.com/files-pri/T0ACME-F01/../../api/auth.revoke":      false,
		"https://files.slack.com/files-pri/T0ACME-F01/%2e%2e/%2e%2e/auth":         false,
		"https://files.slack.com:444/files-pri/T0ACME-F01/download/deals.csv":     false,
		"http://files.slack.com/files-pri/T0ACME-F01/download/deals.csv":          false,
		"https://files.slack.com.evil.example/files-pri/T0ACME-F01/a.csv":         false,
		"https://token@files.slack.com/files-pri/T0ACME-F01/a.csv":                false,
		"https://evil.example/https://files.slack.com/files-pri/T0ACME-F01/a.csv": false,
		"https://slack.com/api/files-pri/T0ACME-F01/download/deals.csv":           true, // where the API is
		"https://slack.com/api/auth.test":                                         false,
		"file:///etc/passwd":                                                      false, "": false, "//files.slack.com/files-pri/T0ACME-": false,
	} {
		if err := app.checkDownload(address, "T0ACME"); (err == nil) != allowed {
			t.Errorf("%q is allowed: %v, want %v", address, err == nil, allowed)
		}
	}
}

func TestWhatADownloadIsAnsweredWithIsTold(t *testing.T) {
	t.Parallel()
	answer := func(http.ResponseWriter, *http.Request) {}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { answer(w, r) }))
	t.Cleanup(server.Close)
	app := mustApp(t, Config{Token: "xoxb-1", APIURL: server.URL + "/api/"})
	file := commands.File{Name: "a.csv", Source: server.URL + "/api/files-pri/T0ACME-F01/download/a.csv"}
	for _, test := range []struct {
		name   string
		status int
		kind   string
		code   coaching.Code
		later  bool
	}{
		{"the file", 200, "application/octet-stream", "", false},
		{"the page for signing in", 200, "text/html; charset=utf-8", coaching.Forbidden, false},
		{"a redirect to it", 302, "text/html", coaching.Forbidden, false},
		{"a refusal", 403, "text/plain", coaching.Forbidden, false},
		{"a file that is gone", 404, "text/plain", coaching.NotFound, false},
		{"too many requests", 429, "text/plain", coaching.Internal, true},
		{"a server error", 503, "text/html", coaching.Internal, true},
	} {
		answer = func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Authorization") != "Bearer xoxb-1" {
				t.Errorf("%s was asked for with %q", test.name, r.Header.Get("Authorization"))
			}
			w.Header().Set("Content-Type", test.kind)
			w.WriteHeader(test.status)
			_, _ = io.WriteString(w, "a,b\n")
		}
		content, err := app.OpenFile(t.Context(), "slack:T0ACME", file)
		if coaching.CodeOf(err) != test.code || errors.Is(err, commands.ErrTryLater) != test.later {
			t.Errorf("%s: %v", test.name, err)
		}
		if err == nil {
			text, _ := io.ReadAll(content)
			if _ = content.Close(); string(text) != "a,b\n" {
				t.Errorf("%s is %q", test.name, text)
			}
		}
	}
	server.Close()
	if _, err := app.OpenFile(t.Context(), "slack:T0ACME", file); !errors.Is(err, commands.ErrTryLater) {
		t.Errorf("no answer: %v", err)
	}
	if _, err := app.OpenFile(t.Context(), "slack:T0OTHER", file); coaching.CodeOf(err) != coaching.Forbidden {
		t.Errorf("another team's file: %v", err)
	}
}
