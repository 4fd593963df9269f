package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"

	slackapi "github.com/slack-go/slack"

	"github.com/smallwins/smallwins/commands"
)

// respond posts a reply to a response address, once.
func (a *App) respond(ctx context.Context, address string, request commands.Request, reply commands.Reply) error {
	if address == "" {
		return fmt.Errorf("%w: the request has no response address", ErrNotAnswered)
	}
	if err := a.checkReplyTo(address); err != nil {
		return fmt.Errorf("%w: %w", ErrNotAnswered, err)
	}
	body, err := renderAnswer(nil, request, reply)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrNotAnswered, err)
	}
	if body == nil {
		return nil
	}
	post, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("%w: the response address is not one", ErrNotAnswered)
	}
	post.Header.Set("Content-Type", "application/json; charset=utf-8")
	response, err := a.http.Do(post)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrNotAnswered, withoutAddress(err))
	}
	defer func() { _ = response.Body.Close() }()
	return answered(response)
}

// answered judges what Slack said to a late answer: "ok" as bare text or in
// JSON, or the name of what was wrong.
func answered(response *http.Response) error {
	const enough = 4 << 10
	said, err := io.ReadAll(io.LimitReader(response.Body, enough))
	if err != nil {
		return fmt.Errorf("%w: %w", ErrNotAnswered, withoutAddress(err))
	}
	var verdict struct {
		OK    *bool  `json:"ok"`
		Error string `json:"error"`
	}
	isJSON := json.Unmarshal(said, &verdict) == nil
	if isJSON && verdict.OK != nil && !*verdict.OK {
		return fmt.Errorf("%w: %w", ErrNotAnswered, slackapi.SlackErrorResponse{Err: errorName(verdict.Error)})
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%w: status %d", ErrNotAnswered, response.StatusCode)
	}
	return nil
}

// withoutAddress takes the address off an error of the HTTP client.
func withoutAddress(err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		return wrapped.Err
	}
	return err
}

// errorName returns Slack's name of an error if it is one, so that nothing else
// gets into logs and counts.
func errorName(name string) string {
	if isID(name) {
		return name
	}
	return "unknown_error"
}
