package discord

import (
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/smallwins/smallwins/bot/sandbox"
)

const (
	testApplication = "1457469483726668048"
	testServer      = "1457468924290662599"
	testChannel     = "1457510428359004343"
	testToken       = "bot-token"
)

// world is a Discord with an app that talks to it.
type world struct {
	*App
	discord *sandbox.DiscordAPI
	clock   *clock
}

type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Pass(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(by)
}

func newWorld(t *testing.T, change func(*sandbox.DiscordConfig)) *world {
	t.Helper()
	clock := &clock{now: testNow}
	config := sandbox.DiscordConfig{
		Application: testApplication, Bot: testApplication, Server: testServer, Token: testToken,
		Channels: []sandbox.Channel{{ID: testChannel, Name: "sales"}}, Now: clock.Now,
	}
	if change != nil {
		change(&config)
	}
	api := sandbox.NewDiscordAPI(config)
	server := httptest.NewServer(api)
	t.Cleanup(server.Close)
	app := mustApp(t, Config{
		ApplicationID: testApplication, Token: testToken, APIURL: server.URL + "/api/v10/", Now: clock.Now,
		HTTPClient: server.Client(),
	})
	app.ackWait = time.Millisecond
	return &world{App: app, discord: api, clock: clock}
}
