package sandbox

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// outcome is what came of a request to the webhook server.
type outcome struct {
	path   string
	status int
	kind   string // the answer's content type
	body   []byte
	took   time.Duration
	err    error
}

// sign computes the v0 signature of a request,
// https://docs.slack.dev/authentication/verifying-requests-from-slack.
func sign(secret, timestamp, body string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("v0:" + timestamp + ":" + body))
	return "v0=" + hex.EncodeToString(mac.Sum(nil))
}

// send posts a signed form to the webhook server, as Slack does, and waits as
// long as Slack does. That the person who caused it has left changes nothing.
func (s *Sandbox) send(ctx context.Context, path string, form url.Values) outcome {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.config.Timeout)
	defer cancel()
	began := s.config.Now()
	result := outcome{path: path}
	body := form.Encode()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, s.config.Target+path, strings.NewReader(body))
	if err != nil {
		result.err = err
		return result
	}
	timestamp := strconv.FormatInt(began.Unix(), 10)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)")
	request.Header.Set("X-Slack-Request-Timestamp", timestamp)
	request.Header.Set("X-Slack-Signature", sign(s.config.SigningSecret, timestamp, body))
	answer, err := s.client.Do(request)
	if err != nil {
		result.err = err
		return result
	}
	defer func() { _ = answer.Body.Close() }()
	result.status = answer.StatusCode
	result.kind = answer.Header.Get("Content-Type")
	result.body, result.err = io.ReadAll(io.LimitReader(answer.Body, maxBody))
	result.took = s.config.Now().Sub(began)
	return result
}

// failure names what Slack would tell the person; empty if all went well.
func (o outcome) failure() string {
	switch {
	case errors.Is(o.err, context.DeadlineExceeded):
		return "operation_timeout"
	case o.err != nil, o.status != http.StatusOK:
		return "dispatch_failed"
	}
	return ""
}

// detail is the line for developers about what happened.
func (o outcome) detail() string {
	const enough = 200
	switch {
	case errors.Is(o.err, context.DeadlineExceeded):
		return fmt.Sprintf("POST %s: no answer in time", o.path)
	case o.err != nil:
		return fmt.Sprintf("POST %s: %v", o.path, o.err)
	}
	text := fmt.Sprintf("POST %s: %d %s", o.path, o.status, http.StatusText(o.status))
	if o.took > 0 {
		text += " after " + o.took.Round(time.Millisecond).String()
	}
	if body := strings.TrimSpace(string(o.body[:min(len(o.body), enough)])); body != "" {
		text += ": " + strings.ToValidUTF8(body, "�")
	}
	return text
}
