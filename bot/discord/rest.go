package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptrace"
	"net/textproto"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/smallwins/smallwins/coaching"
)

// userAgent is what Discord wants to be told by every client.
const userAgent = "DiscordBot (https://github.com/smallwins/smallwins, 1)"

// maxAnswer bounds what is read of one answer: a page of messages can be long.
const maxAnswer = 8 << 20

// call is one request to the REST API.
type call struct {
	method, path string
	// route is the path without what differs within a rate limit; channels and
	// servers differ from one another.
	route string
	body  any
	// files are sent along with the body.
	files []file
	// bot sends the bot token; interactions are answered by their own.
	bot bool
}

// answer is what came back.
type answer struct {
	status int
	body   []byte
	// problem is what Discord says is wrong, of an answer that is an error.
	problem problem
}

// problem is the body of an error.
type problem struct {
	Code       int     `json:"code"`
	Message    string  `json:"message"`
	RetryAfter float64 `json:"retry_after"`
	Global     bool    `json:"global"`
}

// ok reports whether the call was carried out.
func (a answer) ok() bool { return a.status >= 200 && a.status < 300 }

// waitError is the error for a call that was not made, because Discord would
// have refused it.
type waitError struct {
	wait  time.Duration
	scope coaching.OutcomeScope
}

// Error says how long to wait.
func (e *waitError) Error() string { return fmt.Sprintf("discord: rate limited for %s", e.wait) }

// lostError is the error for a call without an answer.
type lostError struct {
	// left tells that the request may have reached Discord.
	left bool
	err  error
}

// Error says what was lost. The address is not in it, since the path of an
// interaction's is a secret.
func (e *lostError) Error() string { return "discord: no answer: " + e.err.Error() }

// Unwrap returns the cause.
func (e *lostError) Unwrap() error { return e.err }

// do makes a call, once. Its error is a [*waitError] or a [*lostError]; an
// answer that is an error is an answer.
func (a *App) do(ctx context.Context, c call) (answer, error) {
	if wait, scope := a.limits.take(c.key(), c.bot, a.now()); wait > 0 {
		return answer{}, &waitError{wait, scope}
	}
	content, contentType, err := c.content()
	if err != nil {
		return answer{}, &lostError{err: err}
	}
	var flight flight
	request, err := http.NewRequestWithContext(flight.watch(ctx), c.method, a.api+c.path, content)
	if err != nil {
		return answer{}, &lostError{err: errors.New("the address is not one")}
	}
	request.Header.Set("User-Agent", userAgent)
	if c.body != nil {
		request.Header.Set("Content-Type", contentType)
	}
	if c.bot {
		request.Header.Set("Authorization", "Bot "+a.token)
	}
	response, err := a.http.Do(request)
	if err != nil {
		return answer{}, &lostError{left: flight.left(), err: withoutAddress(err)}
	}
	defer func() { _ = response.Body.Close() }()
	a.limits.learn(c.key(), c.bot, response, a.now())
	said, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if err != nil {
		return answer{}, &lostError{left: true, err: withoutAddress(err)}
	}
	result := answer{status: response.StatusCode, body: said}
	if !result.ok() {
		// What is no JSON is a proxy's; its status says enough.
		_ = json.Unmarshal(said, &result.problem)
	}
	return result, nil
}

// content returns what the call sends and its type: the body as JSON, or with
// files a form that holds it beside them.
// https://docs.discord.com/developers/reference#uploading-files
func (c call) content() (io.Reader, string, error) {
	switch {
	case c.body == nil:
		return nil, "", nil
	case len(c.files) == 0:
		return bytes.NewReader(encode(c.body)), "application/json", nil
	}
	var content bytes.Buffer
	form := multipart.NewWriter(&content)
	part, err := form.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {`form-data; name="payload_json"`}, "Content-Type": {"application/json"},
	})
	if err == nil {
		_, err = part.Write(encode(c.body))
	}
	for i, file := range c.files {
		if err == nil {
			part, err = form.CreatePart(textproto.MIMEHeader{
				"Content-Disposition": {fmt.Sprintf(`form-data; name="files[%d]"; filename=%q`, i, file.name)}, "Content-Type": {file.kind},
			})
		}
		if err == nil {
			_, err = part.Write(file.data)
		}
	}
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		return nil, "", fmt.Errorf("write form: %w", err)
	}
	return &content, form.FormDataContentType(), nil
}

// key names what the call's rate limit is counted for.
func (c call) key() string { return c.method + " " + c.route }

// withoutAddress takes the address off an error of the HTTP client.
func withoutAddress(err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		return wrapped.Err
	}
	return err
}

// flight notices whether a request can have left: it cannot before there is a
// connection. Where nobody tells about connections, it is taken to have.
type flight struct{ dialing, connected atomic.Bool }

func (f *flight) watch(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { f.dialing.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { f.connected.Store(true) },
	})
}

func (f *flight) left() bool { return f.connected.Load() || !f.dialing.Load() }
