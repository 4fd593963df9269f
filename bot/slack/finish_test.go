package slack

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/smallwins/smallwins/commands"
)

const secretPath = "/commands/T0ACME/10521386623270/6U66ryd5RNMenHgPzeTf3u7K"

func TestFinishPostsTheReply(t *testing.T) {
	t.Parallel()
	var calls atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		calls.Add(1)
		body, err := io.ReadAll(r.Body)
		if err != nil || r.Method != http.MethodPost || r.URL.Path != secretPath || !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") || r.Header.Get("Authorization") != "" {
			t.Errorf("%s %s of type %q: %v", r.Method, r.URL.Path, r.Header.Get("Content-Type"), err)
		}
		if strings.Contains(string(body), secretToken) {
			t.Error("the token went to the response address")
		}
		answer, problems := decodeAnswer(body)
		if problems != nil || answer["response_type"] != "ephemeral" || answer["replace_original"] != false {
			t.Errorf("answer %v: %s", answer, strings.Join(problems, "; "))
		}
		_, _ = io.WriteString(w, "ok")
	}))
	defer server.Close()
	app := mustApp(t, Config{Token: secretToken, APIURL: server.URL + "/api/"})
	request := commands.Request{ReplyTo: server.URL + secretPath}
	if err := (Interactions{app}).Finish(t.Context(), request, typicalReply()); err != nil {
		t.Error(err)
	}
	if err := (Commands{app}).Finish(t.Context(), request, commands.Reply{}); err != nil {
		t.Errorf("an empty reply: %v", err)
	}
	if calls.Load() != 1 {
		t.Errorf("%d calls, want one", calls.Load())
	}
}

func TestFinishTellsFailuresWithoutSecrets(t *testing.T) {
	t.Parallel()
	answers := map[string]func(w http.ResponseWriter){
		"used up": func(w http.ResponseWriter) {
			w.WriteHeader(http.StatusNotFound)
			_, _ = io.WriteString(w, `{"ok":false,"error":"used_url"}`)
		},
		"expired": func(w http.ResponseWriter) { _, _ = io.WriteString(w, `{"ok":false,"error":"expired_url"}`) },
		"server error": func(w http.ResponseWriter) {
			w.WriteHeader(http.StatusInternalServerError)
			_, _ = io.WriteString(w, secretPath)
		},
		"redirect": func(w http.ResponseWriter) {
			w.Header().Set("Location", "http://127.0.0.1:1/")
			w.WriteHeader(http.StatusTemporaryRedirect)
		},
		"hang-up": func(w http.ResponseWriter) {
			if connection, _, err := w.(http.Hijacker).Hijack(); err == nil {
				_ = connection.Close()
			}
		},
		"an error that quotes": func(w http.ResponseWriter) {
			_, _ = fmt.Fprintf(w, `{"ok":false,"error":"no such %s"}`, secretPath)
		},
	}
	for name, answer := range answers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { answer(w) }))
			defer server.Close()
			app := mustApp(t, Config{Token: secretToken, APIURL: server.URL + "/api/"})
			err := Commands{app}.Finish(t.Context(), commands.Request{ReplyTo: server.URL + secretPath}, typicalReply())
			if !errors.Is(err, ErrNotAnswered) {
				t.Errorf("Finish() = %v, want one that wraps ErrNotAnswered", err)
			}
			keepsSecrets(t, err)
		})
	}
	app := mustApp(t, Config{Token: secretToken, APIURL: "http://127.0.0.1:1/api/"})
	for _, address := range []string{"", "http://127.0.0.1:1" + secretPath, "https://evil.test" + secretPath, "http://127.0.0.1:1/%zz" + secretPath} {
		err := Commands{app}.Finish(t.Context(), commands.Request{ReplyTo: address}, typicalReply())
		if !errors.Is(err, ErrNotAnswered) {
			t.Errorf("Finish() to %q = %v, want one that wraps ErrNotAnswered", address, err)
		}
		keepsSecrets(t, err)
	}
}

func TestErrorsAndPrintsKeepSecrets(t *testing.T) {
	t.Parallel()
	gone := mustApp(t, Config{Token: secretToken, APIURL: "http://127.0.0.1:1/api/"})
	_, _, err := gone.Sent(t.Context(), nudge())
	keepsSecrets(t, err)
	keepsSecrets(t, errors.New(string(gone.Send(t.Context(), nudge()).Reason)))
	for _, format := range []string{"%v", "%+v", "%#v", "%s"} {
		keepsSecrets(t, fmt.Errorf(format, gone))
		keepsSecrets(t, fmt.Errorf(format, Commands{gone}))
	}
	for _, address := range []string{"ftp://u:" + secretToken + "@h/", "http://u:" + secretToken + "@h/", "http://h/?token=" + secretToken, "://" + secretToken} {
		_, err := New(Config{SigningSecret: "s", APIURL: address})
		if err == nil {
			t.Errorf("New() took %q", address)
			continue
		}
		keepsSecrets(t, err)
	}
	if _, err := New(Config{}); err == nil {
		t.Error("New() took an empty signing secret")
	}
}

func keepsSecrets(t *testing.T, err error) {
	t.Helper()
	if err == nil {
		t.Error("no error")
		return
	}
	for _, secret := range []string{secretToken, exampleSecret, "6U66ryd5RNMenHgPzeTf3u7K"} {
		if strings.Contains(err.Error(), secret) {
			t.Errorf("the secret %q is in %q", secret, err)
		}
	}
}
