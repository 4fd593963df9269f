package hooks_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/smallwins/smallwins/bot/hooks"
	"github.com/smallwins/smallwins/coaching"
)

func TestEventsCountOnceHoweverOftenTheyAreSent(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	batch := []string{won("e1", "a", "100.50"), won("e2", "b", `"200.25"`)}
	if got := w.sends(batch...); got.status != http.StatusOK || got.Accepted != 2 || got.Detail != "2 events count." {
		t.Errorf("at first: %s", got)
	}
	for range 2 { // the very same request again
		if got := w.sends(batch...); got.status != http.StatusOK || got.Accepted != 0 || got.Repeated != 2 {
			t.Errorf("again: %s", got)
		}
	}
	if got := w.do(signed(w.key, "another", now.Add(time.Minute), `{"events":[`+batch[1]+`]}`)); got.Repeated != 1 {
		t.Errorf("under another message id: %s", got)
	}
	if total, deals := w.revenue(); total != "300.75" || deals != 2 {
		t.Errorf("revenue is %s of %d deals", total, deals)
	}
}

func TestABadEventIsNamedAndTheGoodOnesCount(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	got := w.sends(
		won("e1", "a", "100"),
		won("e2", "b", `"a lot"`),
		`{"id":"e3","kind":"deal.won","subject":"c","at":"2026-03-27T10:12:00Z","amount":1,"colour":"red"}`,
		`7`,
		won("e5", "d", "50"),
		won("e1", "a", "101"), // another thing under a known id
	)
	want := []string{"1 amount event_amount_unreadable", "2 colour event_field_unknown", "3  event_not_object", "5 id event_id_reused"}
	if got.status != http.StatusMultiStatus || got.Accepted != 2 || got.Refused != 4 || !slices.Equal(got.wrong(), want) {
		t.Errorf("got  %s\nwant %q", got, want)
	}
	if !strings.HasPrefix(got.Detail, "4 events were refused.") || !strings.HasSuffix(got.Detail, ": 2.") {
		t.Errorf("it says %q", got.Detail)
	}
	if total, deals := w.revenue(); total != "150" || deals != 2 {
		t.Errorf("revenue is %s of %d deals", total, deals)
	}
	if got := w.sends(won("e9", "z", `"1e400"`)); got.status != http.StatusUnprocessableEntity || got.header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("where none is good: %s", got)
	}
}

func TestBothSecretsSignUntilOneIsRevoked(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	second, err := w.store.MakeHookSecret(t.Context(), team, coaching.HookSecret{ID: "two", MadeAt: now})
	if err != nil {
		t.Fatal(err)
	}
	body := `{"events":[]}`
	both := signed(w.key, "m", now, body)
	both.header.Set("Webhook-Signature", "v1,bm9uc2Vuc2U= "+signed(second, "m", now, body).header.Get("Webhook-Signature"))
	for name, request := range map[string]sending{
		"the first": signed(w.key, "m", now, body), "the second": signed(second, "m", now, body), "one of several signatures": both,
	} {
		if got := w.do(request); got.status != http.StatusOK {
			t.Errorf("%s: %s", name, got)
		}
	}
	if err := w.store.RevokeHookSecret(t.Context(), team, "one"); err != nil {
		t.Fatal(err)
	}
	if got := w.do(signed(w.key, "m", now, body)); got.status != http.StatusUnauthorized {
		t.Errorf("the revoked secret: %s", got)
	}
	if got := w.do(signed(second, "m", now, body)); got.status != http.StatusOK {
		t.Errorf("the other one: %s", got)
	}
	secrets, err := w.store.HookSecrets(t.Context(), team)
	if err != nil || len(secrets) != 1 || !secrets[0].UsedAt.Equal(now) {
		t.Errorf("its use is not noted: %+v, %v", secrets, err)
	}
}

func TestAWorkspaceThatNobodyKnowsAnswersLikeAWrongSignature(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	wrong := w.do(signed([]byte("another secret altogether"), "m", now, `{"events":[]}`))
	for name, path := range map[string]string{
		"unknown": "/hooks/slack:T0NOBODY/events", "odd": "/hooks/%00%ff/events", "no secret": "/hooks/discord:1/events",
	} {
		request := signed(w.key, "m", now, `{"events":[]}`)
		request.path = path
		got := w.do(request)
		got.header.Del("Date")
		wrong.header.Del("Date")
		if got.String() != wrong.String() || fmt.Sprint(got.header) != fmt.Sprint(wrong.header) {
			t.Errorf("%s: %s %v, a wrong signature: %s %v", name, got, got.header, wrong, wrong.header)
		}
	}
	// The same workspace written another way is the same.
	request := signed(w.key, "m", now, `{"events":[]}`)
	request.path = "/hooks/slack%3AT0123/events"
	if got := w.do(request); got.status != http.StatusOK {
		t.Errorf("with a colon in hexadecimal: %s", got)
	}
}

func TestHostileRequestsAreRefusedAndChangeNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	sign := func(body string) sending { return signed(w.key, "m", now, body) }
	with := func(name, value string) sending {
		request := sign(`{"events":[]}`)
		request.header.Set(name, value)
		return request
	}
	batch := func(event string) sending { return sign(`{"events":[` + event + `]}`) }
	many := strings.TrimSuffix(strings.Repeat(won("e", "d", "1")+",", hooks.MaxEvents+1), ",")
	for name, c := range map[string]struct {
		request sending
		status  int
		reason  string
		wrong   string // of the first event
	}{
		"no headers":          {sending{method: "POST", path: "/hooks/slack:T0123/events", body: strings.NewReader("{}"), header: http.Header{}}, 401, "hook_unsigned", ""},
		"wrong secret":        {signed([]byte("not the secret"), "m", now, `{"events":[]}`), 401, "hook_unverified", ""},
		"empty secret":        {signed(nil, "m", now, `{"events":[]}`), 401, "hook_unverified", ""},
		"secret of zeros":     {signed(make([]byte, 32), "m", now, `{"events":[]}`), 401, "hook_unverified", ""},
		"other version":       {with("Webhook-Signature", "v1a,"+strings.TrimPrefix(sign(`{"events":[]}`).header.Get("Webhook-Signature"), "v1,")), 401, "hook_unverified", ""},
		"other id":            {with("Webhook-Id", "n"), 401, "hook_unverified", ""},
		"endless signatures":  {with("Webhook-Signature", strings.Repeat("v1,x ", 1000)), 401, "hook_unsigned", ""},
		"changed body":        {func() sending { s := sign(`{"events":[]}`); s.body = strings.NewReader(`{"events":[7]}`); return s }(), 401, "hook_unverified", ""},
		"old":                 {signed(w.key, "m", now.Add(-6*time.Minute), `{"events":[]}`), 401, "hook_stale", ""},
		"to come":             {signed(w.key, "m", now.Add(6*time.Minute), `{"events":[]}`), 401, "hook_stale", ""},
		"timeless":            {with("Webhook-Timestamp", "yesterday"), 401, "hook_unsigned", ""},
		"of another year":     {with("Webhook-Timestamp", "99999999999999999999"), 401, "hook_unsigned", ""},
		"a form":              {with("Content-Type", "application/x-www-form-urlencoded"), 415, "hook_not_json", ""},
		"packed":              {with("Content-Encoding", "gzip"), 415, "hook_packed", ""},
		"empty":               {sign(``), 400, "hook_malformed", ""},
		"cut off":             {sign(`{"events":[{"id":"e1","kind":"deal.won"`), 400, "hook_malformed", ""},
		"one bad of two":      {sign(`{"events":[` + won("e1", "a", "1") + `,{"id":"e2", x]}`), 400, "hook_malformed", ""},
		"NaN":                 {batch(won("e1", "a", "NaN")), 400, "hook_malformed", ""},
		"plus":                {batch(won("e1", "a", "+1")), 400, "hook_malformed", ""},
		"no UTF-8":            {batch(`{"id":"e1","kind":"deal.won","subject":"` + "\xff" + `","at":"2026-03-27T10:12:00Z"}`), 400, "hook_malformed", ""},
		"half a character":    {batch(`{"id":"e1","kind":"deal.won","subject":"\ud800","at":"2026-03-27T10:12:00Z"}`), 400, "hook_malformed", ""},
		"two documents":       {sign(`{"events":[]}{"events":[]}`), 400, "hook_misshapen", ""},
		"rubbish behind":      {sign(`{"events":[]}}`), 400, "hook_misshapen", ""},
		"a list":              {sign(`[]`), 400, "hook_misshapen", ""},
		"no events":           {sign(`{}`), 400, "hook_misshapen", ""},
		"events twice":        {sign(`{"events":[],"events":[]}`), 400, "hook_misshapen", ""},
		"something else":      {sign(`{"events":[],"more":1}`), 400, "hook_misshapen", ""},
		"events of no list":   {sign(`{"events":{}}`), 400, "hook_misshapen", ""},
		"deep lists":          {sign(strings.Repeat("[", 500_000)), 400, "hook_malformed", ""},
		"deep events":         {sign(`{"events":` + strings.Repeat("[", 500_000)), 400, "hook_malformed", ""},
		"deep objects":        {batch(strings.Repeat(`{"a":`, 50_000)), 400, "hook_malformed", ""},
		"deep value":          {batch(won("e1", "a", strings.Repeat("[", 5000)+strings.Repeat("]", 5000))), 422, "events_refused", "0 amount event_value_form"},
		"object for a value":  {batch(won("e1", "a", `{"USD":5}`)), 422, "events_refused", "0 amount event_value_form"},
		"flag for an amount":  {batch(won("e1", "a", "true")), 422, "events_refused", "0 amount event_value_form"},
		"number for an id":    {batch(`{"id":7,"kind":"deal.won","subject":"a","at":"2026-03-27T10:12:00Z"}`), 422, "events_refused", "0 id event_value_form"},
		"1e400":               {batch(won("e1", "a", "1e400")), 422, "events_refused", "0 amount event_amount_unreadable"},
		"1e400 in quotes":     {batch(won("e1", "a", `"1e400"`)), 422, "events_refused", "0 amount event_amount_unreadable"},
		"huge exponent":       {batch(won("e1", "a", "1e2000000000")), 422, "events_refused", "0 amount event_amount_unreadable"},
		"tiny exponent":       {batch(won("e1", "a", "1e-2000000000")), 422, "events_refused", "0 amount event_amount_unreadable"},
		"NaN in quotes":       {batch(won("e1", "a", `"NaN"`)), 422, "events_refused", "0 amount event_amount_unreadable"},
		"endless number":      {batch(won("e1", "a", strings.Repeat("9", 100_000))), 422, "events_refused", "0 amount event_amount_unreadable"},
		"negative":            {batch(won("e1", "a", "-5")), 422, "events_refused", "0 amount event_amount_unreadable"},
		"unknown kind":        {batch(`{"id":"e1","kind":"deal.sold","subject":"a","at":"2026-03-27T10:12:00Z"}`), 422, "events_refused", "0 kind event_kind_unknown"},
		"no kind":             {batch(`{"id":"e1","subject":"a","at":"2026-03-27T10:12:00Z"}`), 422, "events_refused", "0 kind event_kind_unknown"},
		"no id":               {batch(`{"id":null,"kind":"deal.won","subject":"a","at":"2026-03-27T10:12:00Z"}`), 422, "events_refused", "0 id event_id_missing"},
		"no time":             {batch(`{"id":"e1","kind":"deal.won","subject":"a"}`), 422, "events_refused", "0 at event_time_missing"},
		"a day for a time":    {batch(`{"id":"e1","kind":"deal.won","subject":"a","at":"2026-03-27"}`), 422, "events_refused", "0 at event_time_unreadable"},
		"next year":           {batch(`{"id":"e1","kind":"deal.won","subject":"a","at":"2027-03-27T10:12:00Z"}`), 422, "events_refused", "0 at event_in_the_future"},
		"a field twice":       {batch(`{"id":"e1","kind":"deal.won","subject":"a","at":"2026-03-27T10:12:00Z","amount":1,"amount":2}`), 422, "events_refused", "0 amount event_field_twice"},
		"an id twice":         {batch(`{"id":"e1","id":"e2","kind":"deal.won","subject":"a","at":"2026-03-27T10:12:00Z"}`), 422, "events_refused", "0 id event_field_twice"},
		"another's field":     {batch(`{"id":"e1","kind":"deal.won","subject":"a","at":"2026-03-27T10:12:00Z","workspace":"slack:T0OTHER"}`), 422, "events_refused", "0 workspace event_field_unknown"},
		"a long field's name": {batch(`{"id":"e1","kind":"deal.won","subject":"a","at":"2026-03-27T10:12:00Z","` + strings.Repeat("x", 9000) + `":1}`), 422, "events_refused", "0 " + strings.Repeat("x", 60) + "… event_field_unknown"},
		"NUL":                 {batch(`{"id":"e\u0000","kind":"deal.won","subject":"a","at":"2026-03-27T10:12:00Z"}`), 422, "events_refused", "0 id event_text_unreadable"},
		"too many":            {sign(`{"events":[` + many + `]}`), 413, "hook_too_long", ""},
		"too large":           {sign(`{"events":[` + strings.Repeat(" ", hooks.MaxBody) + `]}`), 413, "hook_too_large", ""},
		"read":                {func() sending { s := sign(""); s.method = "GET"; return s }(), 405, "hook_method", ""},
		"another address":     {func() sending { s := sign("{}"); s.path = "/hooks/slack:T0123/things"; return s }(), 404, "hook_nowhere", ""},
	} {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			got := w.do(c.request)
			if got.status != c.status || got.Reason != c.reason || c.wrong != "" && !slices.Equal(got.wrong(), []string{c.wrong}) {
				t.Errorf("got %s, want %d %s %q", got, c.status, c.reason, c.wrong)
			}
			if kind := got.header.Get("Content-Type"); kind != "application/problem+json" {
				t.Errorf("it is %s", kind)
			}
			if strings.HasPrefix(got.Detail, "reason_") || got.Detail == "" {
				t.Errorf("it has no words: %q", got.Detail)
			}
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("it took %s", took)
			}
		})
	}
	if total, deals := w.revenue(); total != "0" || deals != 0 {
		t.Errorf("revenue is %s of %d deals", total, deals)
	}
	if got := w.sends(won("e1", "a", "5")); got.Accepted != 1 {
		t.Errorf("a good request afterwards: %s", got)
	}
}

// endless is a body without an end.
type endless struct{ sent atomic.Int64 }

func (e *endless) Read(p []byte) (int, error) {
	const most = 100 << 20
	if e.sent.Load() >= most {
		return 0, io.EOF
	}
	n := copy(p, bytes.Repeat([]byte(" "), min(len(p), 64<<10)))
	e.sent.Add(int64(n))
	return n, nil
}

func TestAHundredMegabytesAreNotRead(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	body := new(endless)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.base+"/hooks/slack:T0123/events", body)
	if err != nil {
		t.Fatal(err)
	}
	transport := new(http.Transport) // one that stops where the server hangs up
	defer transport.CloseIdleConnections()
	response, err := transport.RoundTrip(request)
	if err == nil { // Otherwise the server hung up while this end still sent.
		defer response.Body.Close()
		if response.StatusCode != http.StatusRequestEntityTooLarge {
			t.Errorf("status %d", response.StatusCode)
		}
	}
	// What the sockets' buffers hold was sent beside what was read.
	if sent := body.sent.Load(); sent > 32<<20 {
		t.Errorf("%d bytes were taken", sent)
	}
	if got := w.sends(won("e1", "a", "5")); got.Accepted != 1 {
		t.Errorf("a good request afterwards: %s", got)
	}
}

func TestAWorkspacesEventsStayItsOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const other = coaching.WorkspaceID("slack:T0OTHER")
	key, err := w.store.MakeHookSecret(t.Context(), other, coaching.HookSecret{ID: "one", MadeAt: now})
	if err != nil {
		t.Fatal(err)
	}
	if got := w.sends(won("e1", "a", "5")); got.Accepted != 1 {
		t.Fatal(got)
	}
	if got := w.do(signed(key, "m", now, `{"events":[`+won("e2", "a", "900")+`]}`)); got.status != http.StatusUnauthorized {
		t.Errorf("with the other workspace's secret: %s", got)
	}
	theirs := signed(key, "m", now, `{"events":[`+won("e1", "a", "900")+`]}`)
	theirs.path = "/hooks/" + string(other) + "/events"
	if got := w.do(theirs); got.Accepted != 1 {
		t.Errorf("the same ids in the other workspace: %s", got)
	}
	if total, _ := w.revenue(); total != "5" {
		t.Errorf("revenue is %s", total)
	}
}

// broken is a store that cannot be written to.
type broken struct{ hooks.Store }

func (broken) Ingest(context.Context, coaching.WorkspaceID, []coaching.Event, time.Time) ([]coaching.EventResult, error) {
	return nil, errors.New("the disk is full")
}

func TestWhatCannotBeStoredIsNotAcknowledged(t *testing.T) {
	t.Parallel()
	healthy := newWorld(t)
	w := serve(t, broken{healthy.store})
	w.key = healthy.key
	got := w.sends(won("e1", "a", "5"))
	if got.status != http.StatusServiceUnavailable || got.header.Get("Retry-After") == "" || got.Reason != "hook_unavailable" {
		t.Errorf("got %s %v", got, got.header)
	}
	if strings.Contains(got.text, "disk") || !strings.Contains(w.log.String(), "the disk is full") {
		t.Errorf("the sender is told %s, the log\n%s", got, w.log)
	}
}

// slow is a store that waits.
type slow struct {
	hooks.Store
	entered, release chan struct{}
}

func (s slow) Ingest(context.Context, coaching.WorkspaceID, []coaching.Event, time.Time) ([]coaching.EventResult, error) {
	s.entered <- struct{}{}
	<-s.release
	return nil, nil
}

func TestARushOfOneWorkspaceKeepsNoOtherOut(t *testing.T) {
	t.Parallel()
	healthy := newWorld(t)
	const other = coaching.WorkspaceID("slack:T0OTHER")
	key, err := healthy.store.MakeHookSecret(t.Context(), other, coaching.HookSecret{ID: "one", MadeAt: now})
	if err != nil {
		t.Fatal(err)
	}
	kept := slow{healthy.store, make(chan struct{}, 64), make(chan struct{})}
	w := serve(t, kept)
	w.key = healthy.key
	const rush = 20
	replies := make(chan reply, rush)
	for range rush {
		go func() { replies <- w.sends() }()
	}
	for range 4 { // as many as are taken at once
		<-kept.entered
	}
	for range rush - 16 { // as many as may not even wait
		if got := <-replies; got.status != http.StatusTooManyRequests || got.header.Get("Retry-After") == "" {
			t.Errorf("one too many: %s", got)
		}
	}
	theirs := signed(key, "m", now, `{"events":[]}`)
	theirs.path = "/hooks/" + string(other) + "/events"
	done := make(chan reply, 1)
	go func() { done <- w.do(theirs) }()
	<-kept.entered // before the rush is over
	close(kept.release)
	if got := <-done; got.status != http.StatusOK {
		t.Errorf("the other workspace: %s", got)
	}
	for range 16 {
		if got := <-replies; got.status != http.StatusOK {
			t.Errorf("one of the rush: %s", got)
		}
	}
}

func TestSendersAreToldInTheirLanguage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	request := signed([]byte("wrong"), "m", now, `{}`)
	request.header.Set("Accept-Language", "th-TH,th;q=0.9,en;q=0.8")
	if got := w.do(request); !strings.Contains(got.Detail, "ลายเซ็นไม่ตรง") {
		t.Errorf("it says %q", got.Detail)
	}
}

// blind is a store whose secrets no key opens any more.
type blind struct{ hooks.Store }

func (b blind) HookKeys(ctx context.Context, workspace coaching.WorkspaceID) ([]coaching.HookKey, error) {
	keys, err := b.Store.HookKeys(ctx, workspace)
	for i := range keys {
		keys[i].Key = nil
	}
	return keys, err
}

func TestASecretThatNoKeyOpensIsToldToTheOperatorAlone(t *testing.T) {
	t.Parallel()
	healthy := newWorld(t)
	w := serve(t, blind{healthy.store})
	w.key = healthy.key
	for _, key := range [][]byte{healthy.key, make([]byte, 32)} {
		got := w.do(signed(key, "m", now, `{"events":[]}`))
		if got.status != http.StatusUnauthorized || got.Reason != "hook_unverified" || strings.Contains(got.text, "ENCRYPTION_KEY") {
			t.Errorf("got %s", got)
		}
	}
	if !strings.Contains(w.log.String(), "ENCRYPTION_KEY does not open 1") {
		t.Errorf("the log says\n%s", w.log)
	}
}
