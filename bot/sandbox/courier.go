package sandbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// courier carries what a platform sends to the webhook server, and waits for the
// answer as long as the platform does.
type courier struct {
	client  *http.Client
	target  string
	timeout time.Duration
	now     func() time.Time
	wire    *wire
}

// letter is a signed request.
type letter struct {
	platform, path, kind, body string
	// signature is the header that vouches for it.
	signature string
	headers   map[string]string
}

// outcome is what came of a request to the webhook server.
type outcome struct {
	letter letter
	at     time.Time
	status int
	kind   string // the answer's content type
	body   []byte
	took   time.Duration
	err    error
}

// send posts a letter. That the person who caused it has left changes nothing.
func (c *courier) send(ctx context.Context, sent letter) outcome {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.timeout)
	defer cancel()
	result := outcome{letter: sent, at: c.now()}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.target+sent.path, strings.NewReader(sent.body))
	if err != nil {
		result.err = err
		return result
	}
	request.Header.Set("Content-Type", sent.kind)
	for name, value := range sent.headers {
		request.Header.Set(name, value)
	}
	answer, err := c.client.Do(request)
	if err != nil {
		result.err = err
		return result
	}
	defer func() { _ = answer.Body.Close() }()
	result.status = answer.StatusCode
	result.kind = answer.Header.Get("Content-Type")
	result.body, result.err = io.ReadAll(io.LimitReader(answer.Body, maxBody))
	result.took = c.now().Sub(result.at)
	return result
}

// note puts a request with its answer on the wire's record, with what was wrong
// with the answer.
func (c *courier) note(result outcome, faults ...string) {
	if failure := result.failure(); failure != "" {
		faults = append(faults, failure)
	}
	c.wire.add(Exchange{
		At: result.at, Platform: result.letter.platform, ToBot: true, Line: http.MethodPost + " " + result.letter.path,
		Signature: result.letter.signature, Request: result.letter.body, Answer: string(result.body),
		Status: result.status, Took: result.took, Faults: faults,
	})
}

// failure names what the platform would make of it, in Slack's words; empty if
// all went well.
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
		return fmt.Sprintf("POST %s: no answer in time", o.letter.path)
	case o.err != nil:
		return fmt.Sprintf("POST %s: %v", o.letter.path, o.err)
	}
	text := fmt.Sprintf("POST %s: %d %s", o.letter.path, o.status, http.StatusText(o.status))
	if o.took > 0 {
		text += " after " + o.took.Round(time.Millisecond).String()
	}
	if body := strings.TrimSpace(string(o.body[:min(len(o.body), enough)])); body != "" {
		text += ": " + strings.ToValidUTF8(body, "�")
	}
	return text
}
