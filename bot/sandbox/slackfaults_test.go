package sandbox_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/smallwins/smallwins/bot/sandbox"
)

func TestFaultsHitTheNextCallsAndThenAreOver(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.Inject(sandbox.Fault{Kind: sandbox.FaultTooMany, Method: "chat.postMessage", Calls: 2, RetryAfter: 1500 * time.Millisecond})
	p.Inject(sandbox.Fault{Kind: sandbox.FaultStatus, Status: http.StatusBadGateway})
	p.Inject(sandbox.Fault{Kind: sandbox.FaultRefuse, Error: "restricted_action"})

	var status slack.StatusCodeError
	if _, err := p.client.AuthTest(); !errors.As(err, &status) || status.Code != http.StatusBadGateway {
		t.Errorf("the first fault that fits auth.test: got %v", err)
	}
	for range 2 {
		var limited *slack.RateLimitedError
		if _, err := p.post("C0001", text("hi")); !errors.As(err, &limited) || limited.RetryAfter != 2*time.Second {
			t.Errorf("too many: got %v", err)
		}
	}
	if _, err := p.post("C0001", text("hi")); code(err) != "restricted_action" {
		t.Errorf("refused: got %v", err)
	}
	if len(p.Posted()) != 0 {
		t.Errorf("a fault had an effect: %+v", p.Posted())
	}
	if _, err := p.post("C0001", text("hi")); err != nil {
		t.Errorf("faults are over: got %v", err)
	}
	calls := p.Calls("chat.postMessage")
	if len(calls) != 4 || calls[0].Fault != sandbox.FaultTooMany || calls[2].Error != "restricted_action" || calls[3].Channel != "C0001" {
		t.Errorf("calls: got %+v", calls)
	}
}

func TestLostAnswerLeavesItsMessage(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.Inject(sandbox.Fault{Kind: sandbox.FaultLost})
	if _, err := p.post("C0001", text("hi")); err == nil || code(err)[:4] != "not " {
		t.Errorf("got %v, want a broken connection", err)
	}
	if len(p.Posted()) != 1 {
		t.Errorf("got %+v, want the message", p.Posted())
	}
}

func TestHangingCallGoesOnWhenReleasedAndIsNothingWhenGivenUp(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.Inject(sandbox.Fault{Kind: sandbox.FaultHang})
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, _, err := p.client.PostMessageContext(ctx, "C0001", text("hi")); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("given up: got %v", err)
	}

	release := make(chan struct{})
	p.Inject(sandbox.Fault{Kind: sandbox.FaultHangAfter, Release: release})
	done := make(chan error, 1)
	go func() {
		_, err := p.post("C0001", text("hello"))
		done <- err
	}()
	await, stop := context.WithTimeout(t.Context(), 10*time.Second)
	defer stop()
	if err := p.Await(await, func(posted []sandbox.Message) bool { return len(posted) == 1 }); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-done:
		t.Errorf("answered before it was released: %v", err)
	default:
	}
	close(release)
	if err := <-done; err != nil {
		t.Errorf("released: %v", err)
	}
	if posted := p.Posted(); len(posted) != 1 || posted[0].Text != "hello" {
		t.Errorf("got %+v", posted)
	}
}
