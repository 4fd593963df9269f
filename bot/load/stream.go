package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"strconv"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"github.com/smallwins/smallwins/coaching"
)

// stream is a year of a team's deals as events, three to a deal: opened, moved,
// and won or lost. The same number always makes the same event.
type stream struct {
	address       string
	signer        *standardwebhooks.Webhook
	events, batch int
	today         time.Time
}

const (
	streamDays   = 365
	streamOwners = 50
)

var (
	streamTerritories = []string{"North", "East", "South", "West"}
	streamProducts    = []string{"Basic", "Pro", "Suite"}
	streamStages      = []string{"Demo", "Proposal", "Negotiation"}
)

func (s *stream) batches() int { return (s.events + s.batch - 1) / s.batch }

// append appends the event of a number.
func (s *stream) append(body []byte, number int) []byte {
	deal, step := number/3, number%3
	// Deals are spread over the year in an order of their own, so that a batch
	// touches many days, and live for up to two months.
	opened := s.today.Truncate(24*time.Hour).AddDate(0, 0, -(deal*131%(streamDays-60))-60)
	at := opened.AddDate(0, 0, step*(1+deal%28)).Add(time.Duration(deal%86_400) * time.Second)
	kind, more := coaching.DealCreated, fmt.Sprintf(`,"owner":"rep%d@example.com","territory":%q,"product":%q,"amount":%d`,
		deal%streamOwners, streamTerritories[deal%len(streamTerritories)], streamProducts[deal%len(streamProducts)], 100+deal%9_900)
	switch {
	case step == 1:
		kind, more = coaching.DealStageChanged, fmt.Sprintf(`,"stage":%q`, streamStages[deal%len(streamStages)])
	case step == 2 && deal%3 == 0:
		kind, more = coaching.DealWon, ""
	case step == 2:
		kind, more = coaching.DealLost, `,"reason":"Price"`
	}
	return fmt.Appendf(body, `{"id":"load-%d","kind":%q,"subject":"d%d","at":%q%s}`, number, kind, deal, at.Format(time.RFC3339), more)
}

// body is the request of a batch.
func (s *stream) body(batch int) []byte {
	body := []byte(`{"events":[`)
	for number := batch * s.batch; number < min((batch+1)*s.batch, s.events); number++ {
		if number > batch*s.batch {
			body = append(body, ',')
		}
		body = s.append(body, number)
	}
	return append(body, `]}`...)
}

// errBusy means that the server wants the same again later.
var errBusy = errors.New("the server is busy")

// send sends a batch until it is taken, and returns how many of its events were
// new and known.
func (s *stream) send(ctx context.Context, batch int) (accepted, repeated int64, err error) {
	const tries = 20
	body := s.body(batch)
	for range tries {
		accepted, repeated, wait, err := s.try(ctx, batch, body)
		if !errors.Is(err, errBusy) {
			return accepted, repeated, err
		}
		select {
		case <-ctx.Done():
			return 0, 0, ctx.Err()
		case <-time.After(wait):
		}
	}
	return 0, 0, errBusy
}

func (s *stream) try(ctx context.Context, batch int, body []byte) (accepted, repeated int64, wait time.Duration, err error) {
	id, now := "load_"+strconv.Itoa(batch), time.Now()
	signature, err := s.signer.Sign(id, now, body)
	if err != nil {
		return 0, 0, 0, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, s.address, bytes.NewReader(body))
	if err != nil {
		return 0, 0, 0, err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set(standardwebhooks.HeaderWebhookID, id)
	request.Header.Set(standardwebhooks.HeaderWebhookTimestamp, strconv.FormatInt(now.Unix(), 10))
	request.Header.Set(standardwebhooks.HeaderWebhookSignature, signature)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, 0, 0, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	switch {
	case err != nil:
		return 0, 0, 0, err
	case response.StatusCode == http.StatusTooManyRequests, response.StatusCode == http.StatusServiceUnavailable:
		seconds, _ := strconv.Atoi(response.Header.Get("Retry-After"))
		return 0, 0, time.Duration(min(max(seconds, 1), math.MaxInt8)) * time.Second, errBusy
	case response.StatusCode != http.StatusOK:
		return 0, 0, 0, fmt.Errorf("answer is %d: %.300s", response.StatusCode, text)
	}
	var counted struct{ Accepted, Repeated int64 }
	if err := json.Unmarshal(text, &counted); err != nil {
		return 0, 0, 0, fmt.Errorf("read answer: %w", err)
	}
	if want := int64(min((batch+1)*s.batch, s.events) - batch*s.batch); counted.Accepted+counted.Repeated != want {
		return 0, 0, 0, fmt.Errorf("%d of %d events count", counted.Accepted+counted.Repeated, want)
	}
	return counted.Accepted, counted.Repeated, 0, nil
}
