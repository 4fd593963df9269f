package main

import (
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

func TestEverySettingIsInTheExample(t *testing.T) {
	t.Parallel()
	example, err := os.ReadFile("../../deploy/.env.example")
	if err != nil {
		t.Fatal(err)
	}
	settings := reflect.TypeFor[Config]()
	var names []string
	for i := range settings.NumField() {
		field := settings.Field(i)
		name, preset := field.Tag.Get("env"), field.Tag.Get("default")
		names = append(names, name)
		if !strings.Contains(string(example), "\n"+name+"="+preset+"\n") {
			t.Errorf("deploy/.env.example does not hold %s=%s", name, preset)
		}
	}
	for line := range strings.Lines(string(example)) {
		name, _, isSetting := strings.Cut(line, "=")
		if isSetting && !strings.HasPrefix(line, "#") && !strings.Contains(strings.Join(names, " "), name) {
			t.Errorf("deploy/.env.example holds %s, which is no setting", name)
		}
	}
}

func TestValidateNamesEveryProblem(t *testing.T) {
	t.Parallel()
	config := Config{
		ListenAddr: "8080", MetricsAddr: "nowhere", PublicURL: "::", MongoDBURI: "postgres://x", EncryptionKey: "hunter2", SlackAPIURL: "slack.com",
		DiscordPublicKey: "abcd", DiscordApplicationID: "me", DiscordAPIURL: "discord.com",
	}
	err := config.Validate()
	for _, name := range []string{"LISTEN_ADDR", "METRICS_ADDR", "PUBLIC_URL", "MONGODB_URI", "ENCRYPTION_KEY", "SLACK_API_URL", "DISCORD_PUBLIC_KEY", "DISCORD_APPLICATION_ID", "DISCORD_API_URL"} {
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s is not complained about in: %v", name, err)
		}
	}
}

func TestOnePlatformIsNeededAndEnough(t *testing.T) {
	t.Parallel()
	config := Config{ListenAddr: "127.0.0.1:8080", MetricsAddr: "off", DataDir: "data", SlackAPIURL: "https://slack.com/api/", DiscordAPIURL: "https://discord.com/api/v10"}
	if err := config.Validate(); err == nil || !strings.Contains(err.Error(), "SLACK_SIGNING_SECRET") || !strings.Contains(err.Error(), "DISCORD_PUBLIC_KEY") {
		t.Errorf("without a platform: %v", err)
	}
	slack, discord := config, config
	slack.SlackSigningSecret, discord.DiscordPublicKey = "secret", strings.Repeat("0a", 32)
	for _, one := range []Config{slack, discord} {
		if err := one.Validate(); err != nil {
			t.Errorf("with one platform: %v", err)
		}
	}
}

func TestDefaultsAreThoseOfTheContract(t *testing.T) {
	var line commandLine
	parser, err := kong.New(&line)
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("SLACK_SIGNING_SECRET", "s3cret")
	if _, err := parser.Parse([]string{"serve"}); err != nil {
		t.Fatal(err)
	}
	got := line.Serve.Config
	if got.ListenAddr != "127.0.0.1:8080" || got.MetricsAddr != "127.0.0.1:9090" || got.DataDir != "./data" || got.SlackSigningSecret != "s3cret" {
		t.Errorf("settings are %+v", got)
	}
	if err := got.Validate(); err != nil {
		t.Error(err)
	}
}

func TestSecretsAreNeverPrinted(t *testing.T) {
	t.Parallel()
	config := Config{SlackSigningSecret: "s3cret", SlackBotToken: "s3cret", MongoDBURI: "mongodb://u:s3cret@h"}
	encoded, err := json.Marshal(config)
	if err != nil {
		t.Fatal(err)
	}
	for _, printed := range []string{fmt.Sprintf("%v %+v %#v %s", config, config, config, config.SlackBotToken), string(encoded), fmt.Sprint(config.Validate())} {
		if strings.Contains(printed, "s3cret") {
			t.Errorf("a secret is printed in %s", printed)
		}
	}
}
