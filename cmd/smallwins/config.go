package main

import (
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"strings"

	"github.com/smallwins/smallwins/store/seal"
)

// Config is everything that the environment can set. The names of the
// variables are a contract; deploy/.env.example lists them.
type Config struct {
	ListenAddr  string `env:"LISTEN_ADDR" default:"127.0.0.1:8080" help:"Address to serve webhooks on."`
	PublicURL   string `env:"PUBLIC_URL" help:"The https address that people and platforms reach."`
	MetricsAddr string `env:"METRICS_ADDR" default:"127.0.0.1:9090" help:"Address to serve Prometheus metrics on, or off."`

	MongoDBURI      Secret `env:"MONGODB_URI" help:"MongoDB connection string; without one, an embedded database is used."`
	MongoDBDatabase string `env:"MONGODB_DATABASE" default:"smallwins" help:"Name of the MongoDB database."`
	DataDir         string `env:"DATA_DIR" default:"./data" help:"Directory of the embedded database."`

	EncryptionKey Secret `env:"ENCRYPTION_KEY" help:"Keys that protect stored secrets: 32 bytes in base64, the newest first."`

	SlackSigningSecret Secret `env:"SLACK_SIGNING_SECRET" help:"Signing secret of the Slack app."`
	SlackBotToken      Secret `env:"SLACK_BOT_TOKEN" help:"Bot token of a single Slack workspace."`
	SlackClientID      string `env:"SLACK_CLIENT_ID" help:"Client id of the Slack app, for workspaces that install it by themselves."`
	SlackClientSecret  Secret `env:"SLACK_CLIENT_SECRET" help:"Client secret of the Slack app."`
	SlackAPIURL        string `env:"SLACK_API_URL" default:"https://slack.com/api/" help:"Address of Slack's Web API."`

	DiscordPublicKey     string `env:"DISCORD_PUBLIC_KEY" help:"Public key of the Discord application."`
	DiscordApplicationID string `env:"DISCORD_APPLICATION_ID" help:"Id of the Discord application."`
	DiscordBotToken      Secret `env:"DISCORD_BOT_TOKEN" help:"Token of the Discord application's bot."`
	DiscordAPIURL        string `env:"DISCORD_API_URL" default:"https://discord.com/api/v10" help:"Address of Discord's REST API."`

	LogLevel  slog.Level `env:"LOG_LEVEL" default:"info" help:"debug, info, warn or error."`
	LogFormat string     `env:"LOG_FORMAT" default:"text" enum:"text,json" help:"text or json."`
}

// Secret is a value that is never printed.
type Secret string

// String hides the value.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return "[redacted]"
}

// GoString hides the value from %#v.
func (s Secret) GoString() string { return s.String() }

// MarshalText hides the value from every encoder, the log's among them.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Validate reports every setting that cannot work, by the variable's name.
func (c Config) Validate() error {
	var problems []error
	complain := func(name, format string, args ...any) {
		problems = append(problems, fmt.Errorf("%s: %s", name, fmt.Sprintf(format, args...)))
	}
	if _, _, err := net.SplitHostPort(c.ListenAddr); err != nil {
		complain("LISTEN_ADDR", "%q is no host:port", c.ListenAddr)
	}
	if c.MetricsAddr != "off" {
		if _, _, err := net.SplitHostPort(c.MetricsAddr); err != nil {
			complain("METRICS_ADDR", "%q is neither host:port nor off", c.MetricsAddr)
		}
	}
	if c.PublicURL != "" {
		if address, err := url.Parse(c.PublicURL); err != nil || address.Host == "" {
			complain("PUBLIC_URL", "is no web address")
		}
	}
	if c.MongoDBURI != "" && !strings.HasPrefix(string(c.MongoDBURI), "mongodb://") && !strings.HasPrefix(string(c.MongoDBURI), "mongodb+srv://") {
		complain("MONGODB_URI", "does not begin with mongodb:// or mongodb+srv://")
	}
	if c.MongoDBURI == "" && c.DataDir == "" {
		complain("DATA_DIR", "is empty and MONGODB_URI is not set, so there is no place for data")
	}
	if c.EncryptionKey != "" {
		if _, err := seal.New(string(c.EncryptionKey)); err != nil {
			complain("ENCRYPTION_KEY", "%v", err)
		}
	}
	if address, err := url.Parse(c.SlackAPIURL); err != nil || address.Host == "" {
		complain("SLACK_API_URL", "is no web address")
	}
	c.validateInstalls(complain)
	if key, err := hex.DecodeString(c.DiscordPublicKey); c.DiscordPublicKey != "" && (err != nil || len(key) != ed25519.PublicKeySize) {
		complain("DISCORD_PUBLIC_KEY", "is not 64 hexadecimal digits; it is in the Discord application's settings under General Information")
	}
	if strings.Trim(c.DiscordApplicationID, "0123456789") != "" {
		complain("DISCORD_APPLICATION_ID", "is not a number; it is in the Discord application's settings under General Information")
	}
	if address, err := url.Parse(c.DiscordAPIURL); err != nil || c.DiscordPublicKey != "" && address.Host == "" {
		complain("DISCORD_API_URL", "is no web address")
	}
	if c.SlackSigningSecret == "" && c.DiscordPublicKey == "" {
		complain("SLACK_SIGNING_SECRET", "is not set, and neither is DISCORD_PUBLIC_KEY: at least one of them is needed. The first is in the Slack app's settings under Basic Information, the second in the Discord application's under General Information. To try smallwins without either, run: smallwins demo")
	}
	return errors.Join(problems...)
}

// installs reports whether workspaces can install the Slack app by themselves.
func (c Config) installs() bool { return c.SlackClientID != "" && c.SlackClientSecret != "" }

// validateInstalls looks at the settings by which workspaces install the Slack
// app.
func (c Config) validateInstalls(complain func(name, format string, args ...any)) {
	const where = "it is in the Slack app's settings under Basic Information"
	switch {
	case c.SlackClientID == "" && c.SlackClientSecret == "":
		return
	case c.SlackClientSecret == "":
		complain("SLACK_CLIENT_SECRET", "is not set but SLACK_CLIENT_ID is; %s", where)
	case c.SlackClientID == "":
		complain("SLACK_CLIENT_ID", "is not set but SLACK_CLIENT_SECRET is; %s", where)
	}
	if c.SlackSigningSecret == "" {
		complain("SLACK_SIGNING_SECRET", "is not set but SLACK_CLIENT_ID is: what workspaces send after they installed the app could not be verified; %s", where)
	}
	if c.EncryptionKey == "" {
		complain("ENCRYPTION_KEY", "is not set but SLACK_CLIENT_ID is: the tokens of workspaces that install the app are stored under it; make one with: openssl rand -base64 32")
	}
}
