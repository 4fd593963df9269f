package main

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
)

var testEncryptionKey = base64.StdEncoding.EncodeToString([]byte("0123456789abcdef0123456789abcdef"))

// sendEvents sends signed events to a workspace's address and returns the status
// and what it counted.
func sendEvents(client *http.Client, hook, secret, id string, at time.Time, events []string) (status, accepted, repeated int, err error) {
	webhook, err := standardwebhooks.NewWebhook(secret)
	if err != nil {
		return 0, 0, 0, err
	}
	body := `{"events":[` + strings.Join(events, ",") + `]}`
	signature, err := webhook.Sign(id, at, []byte(body))
	if err != nil {
		return 0, 0, 0, err
	}
	request, err := http.NewRequest(http.MethodPost, hook, strings.NewReader(body))
	if err != nil {
		return 0, 0, 0, err
	}
	request.Header = http.Header{
		"Content-Type": {"application/json"}, "Webhook-Id": {id}, "Webhook-Timestamp": {strconv.FormatInt(at.Unix(), 10)}, "Webhook-Signature": {signature},
	}
	response, err := client.Do(request)
	if err != nil {
		return 0, 0, 0, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return 0, 0, 0, err
	}
	var counted struct{ Accepted, Repeated int }
	err = json.Unmarshal(text, &counted)
	return response.StatusCode, counted.Accepted, counted.Repeated, err
}

// revenueIn opens a database that no server has and returns the month's revenue
// and the number of deals that it is of. A busy day's figure may be a minute old,
// so it is read a while later.
func revenueIn(t *testing.T, dir string, later time.Duration) (decimal.Decimal, int) {
	t.Helper()
	documents, err := store.Open(t.Context(), store.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	now := systemTime()
	today := coaching.DateOf(now)
	q := coaching.KPIQuery{Kind: coaching.Revenue, Period: coaching.Period{From: today.AddDays(-1), To: today}, Today: today, Currency: "USD"}
	book, err := documents.DayBook(t.Context(), "slack:T1", q.Reach(), q.Period.To, now.Add(later))
	if err != nil {
		t.Fatal(err)
	}
	if err := documents.Close(context.Background()); err != nil {
		t.Fatal(err)
	}
	k := book.KPI(q)
	return k.Value, k.Rate.Hits
}

var secretForm = regexp.MustCompile(`whsec_[A-Za-z0-9+/=]+`)

// testHook is where the events of the tests' Slack team go.
const testHook = "/hooks/slack:T1/events"

// newSecret makes a hook secret of the tests' Slack team as the command line does.
func newSecret(t *testing.T, dir string) string {
	t.Helper()
	return newSecretOf(t, dir, "slack:T1")
}

func newSecretOf(t *testing.T, dir string, workspace coaching.WorkspaceID) string {
	t.Helper()
	var out strings.Builder
	err := database{DataDir: dir, EncryptionKey: Secret(testEncryptionKey)}.with(t.Context(), func(documents *store.Store) error {
		return newHookSecret(t.Context(), documents, string(workspace), "https://wins.example.com/", &out)
	})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "https://wins.example.com/hooks/"+string(workspace)+"/events\n") {
		t.Errorf("the address is not told:\n%s", out.String())
	}
	return secretForm.FindString(out.String())
}

func TestAKilledServerKeepsEveryEventThatItAcknowledged(t *testing.T) {
	t.Parallel()
	world := newSlackWorld(t, systemTime, nil)
	config := world.config(t.TempDir())
	config.EncryptionKey = Secret(testEncryptionKey)
	secret := newSecret(t, config.DataDir)

	const batches, size, senders = 60, 20, 3
	batch := func(number int) []string {
		events := make([]string, size)
		for i := range events {
			events[i] = fmt.Sprintf(`{"id":"e%d-%d","kind":"deal.won","subject":"d%d-%d","at":%q,"amount":"1.25"}`, number, i, number, i, systemTime().Format(time.RFC3339))
		}
		return events
	}
	var sent [batches][]string
	for number := range sent {
		sent[number] = batch(number)
	}
	transport := &http.Transport{MaxIdleConnsPerHost: senders}
	t.Cleanup(transport.CloseIdleConnections)
	client := &http.Client{Transport: transport, Timeout: 20 * time.Second}

	first := startChild(t, 0, config)
	var (
		running      sync.WaitGroup
		next         atomic.Int64
		acknowledged [batches]atomic.Bool
		counted      atomic.Int64
	)
	for range senders {
		running.Go(func() {
			for {
				number := int(next.Add(1)) - 1
				if number >= batches {
					return
				}
				status, accepted, _, err := sendEvents(client, first.base+testHook, secret, fmt.Sprint("m", number), systemTime(), sent[number])
				if err != nil {
					return // It is dead.
				}
				if status != http.StatusOK || accepted != size {
					t.Errorf("batch %d: status %d, %d accepted", number, status, accepted)
					return
				}
				acknowledged[number].Store(true)
				if counted.Add(1) == batches/4 {
					first.kill()
				}
			}
		})
	}
	running.Wait()
	first.kill()
	total, deals := revenueIn(t, config.DataDir, time.Hour)
	if atLeast := int(counted.Load()) * size; deals < atLeast || deals >= batches*size {
		t.Errorf("%d deals count after the crash, of %d acknowledged and %d in all", deals, atLeast, batches*size)
	}
	if want := decimal.RequireFromString("1.25").Mul(decimal.NewFromInt(int64(deals))); !total.Equal(want) {
		t.Errorf("revenue is %s of %d deals", total, deals)
	}

	second := startChild(t, 0, config)
	for number := range batches {
		status, accepted, repeated, err := sendEvents(client, second.base+testHook, secret, fmt.Sprint("m", number), systemTime(), sent[number])
		if err != nil || status != http.StatusOK || accepted+repeated != size {
			t.Fatalf("batch %d again: status %d, %d accepted, %d repeated, %v", number, status, accepted, repeated, err)
		}
		if acknowledged[number].Load() && accepted != 0 {
			t.Errorf("batch %d was acknowledged, and %d of it were lost", number, accepted)
		}
	}
	second.kill()
	if total, deals := revenueIn(t, config.DataDir, 2*time.Hour); deals != batches*size || !total.Equal(decimal.NewFromInt(batches*size).Mul(decimal.RequireFromString("1.25"))) {
		t.Errorf("in the end revenue is %s of %d deals", total, deals)
	}
}

func TestSecretsAreMadeListedAndRevokedFromTheCommandLine(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	newSecret(t, dir)
	known := database{DataDir: dir, EncryptionKey: Secret(testEncryptionKey)}
	list := func(d database) string {
		t.Helper()
		var out strings.Builder
		if err := d.with(t.Context(), func(documents *store.Store) error { return listHookSecrets(t.Context(), documents, "slack:T1", &out) }); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	listed := list(known)
	if !strings.Contains(listed, "never used") || secretForm.MatchString(listed) {
		t.Errorf("listed as %q", listed)
	}
	if blind := list(database{DataDir: dir}); !strings.Contains(blind, "ENCRYPTION_KEY does not open it") {
		t.Errorf("without the key it is listed as %q", blind)
	}
	id, _, _ := strings.Cut(listed, " ")
	if err := (&hookRevokeCommand{known, "slack:T1", id}).Run(t.Context()); err != nil {
		t.Error(err)
	}
	if err := (&hookRevokeCommand{known, "slack:T1", id}).Run(t.Context()); err == nil || !strings.Contains(err.Error(), "no secret of that name") {
		t.Errorf("revoked twice: %v", err)
	}
	if empty := list(known); !strings.Contains(empty, "smallwins hook new slack:T1") {
		t.Errorf("without a secret it says %q", empty)
	}
	for _, name := range []string{"T1", "slack:", "slack:t1", "slack:T1/..", "discord:x", ""} {
		if _, err := workspaceNamed(name); err == nil {
			t.Errorf("%q is a workspace", name)
		}
	}
	err := database{DataDir: t.TempDir()}.with(t.Context(), func(documents *store.Store) error {
		return newHookSecret(t.Context(), documents, "slack:T1", "", io.Discard)
	})
	if err == nil || !strings.Contains(err.Error(), "ENCRYPTION_KEY") {
		t.Errorf("without ENCRYPTION_KEY: %v", err)
	}
}

func TestADatabaseInUseSaysWhatToDo(t *testing.T) {
	t.Parallel()
	d := database{DataDir: t.TempDir()}
	err := d.with(t.Context(), func(*store.Store) error {
		return d.with(t.Context(), func(*store.Store) error { return nil })
	})
	if err == nil || !strings.Contains(err.Error(), "stop the server") {
		t.Errorf("got %v", err)
	}
}

// It makes a secret in chat, sends a deal
// with it and reads it in the answer to a goal's progress.
func TestASecretFromChatBringsAFigureIntoChat(t *testing.T) {
	t.Parallel()
	world := newSlackWorld(t, systemTime, nil)
	config := world.config(t.TempDir())
	config.EncryptionKey, config.PublicURL = Secret(testEncryptionKey), "https://wins.example.com"
	base, _ := startApp(t, config, systemTime)
	c := newCaller(t, base, world, systemTime)
	answer, err := c.insist("U1", "settings hook new", "1.1.hook")
	if err != nil {
		t.Fatal(err)
	}
	secret := secretForm.FindString(answer)
	if secret == "" || !strings.Contains(answer, "https://wins.example.com/hooks/slack:T1/events") || strings.Contains(answer, `"in_channel"`) {
		t.Fatalf("answered\n%s", indented(answer))
	}
	if again, err := c.insist("U1", "settings hook new", "1.1.hook"); err != nil || secretForm.FindString(again) != secret {
		t.Errorf("the same request again makes another secret: %v", err)
	}
	transport := new(http.Transport)
	t.Cleanup(transport.CloseIdleConnections)
	event := fmt.Sprintf(`{"id":"e1","kind":"deal.won","subject":"d1","at":%q,"amount":"1234"}`, systemTime().Format(time.RFC3339))
	status, accepted, _, err := sendEvents(&http.Client{Transport: transport, Timeout: 10 * time.Second}, base+testHook, secret, "m1", systemTime(), []string{event})
	if err != nil || status != http.StatusOK || accepted != 1 {
		t.Fatalf("status %d, %d accepted, %v", status, accepted, err)
	}
	history, err := c.insist("U1", "history revenue", "1.2.hook")
	if err != nil || !strings.Contains(said(t, history), "1,234") {
		t.Errorf("history says\n%s\n%v", said(t, history), err)
	}
	shown, err := c.insist("U1", "settings hook", "1.3.hook")
	if err != nil || secretForm.MatchString(shown) || !strings.Contains(said(t, shown), "last used") {
		t.Errorf("it is shown as\n%s\n%v", said(t, shown), err)
	}
	if changes, err := c.insist("U1", "settings changes", "1.4.hook"); err != nil || !strings.Contains(said(t, changes), "webhook secret") {
		t.Errorf("the trail says\n%s\n%v", said(t, changes), err)
	}
}

// TestTheReadmesExampleWorks runs the shell commands of the README's section on
// connecting a CRM as they are written there.
func TestTheReadmesExampleWorks(t *testing.T) {
	t.Parallel()
	for _, program := range []string{"sh", "curl", "openssl"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("%s is not installed", program)
		}
	}
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, found := strings.Cut(string(readme), "### Connecting a CRM")
	_, rest, begins := strings.Cut(section, "```sh\n")
	script, _, ends := strings.Cut(rest, "```")
	if !found || !begins || !ends {
		t.Fatal("the README has no such example")
	}
	world := newSlackWorld(t, systemTime, nil)
	config := world.config(t.TempDir())
	config.EncryptionKey = Secret(testEncryptionKey)
	secret := newSecret(t, config.DataDir)
	base, _ := startApp(t, config, systemTime)
	script = strings.NewReplacer("whsec_…", secret, "slack:T0123", "slack:T1", "https://wins.example.com", base).Replace(script)
	for _, want := range []string{`{"accepted":1,"repeated":0,"refused":0,"detail":"1 event counts.","errors":[]}`, `"repeated":1`} {
		out, err := exec.CommandContext(t.Context(), "sh", "-c", script).CombinedOutput()
		if err != nil || !strings.Contains(string(out), want) {
			t.Errorf("it prints %s, %v; want %s", out, err, want)
		}
	}
	if !strings.Contains(section, `{"accepted":1,"repeated":0,"refused":0,"detail":"1 event counts.","errors":[]}`) {
		t.Error("the README tells another answer")
	}
}
