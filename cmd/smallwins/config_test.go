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
		ListenAddr: "8080", MetricsAddr: "nowhere", PublicURL: "::", MongoDBURI: "postgres://x", SlackAPIURL: "slack.com",
	}
	err := config.Validate()
	for _, name := range []string{"LISTEN_ADDR", "METRICS_ADDR", "PUBLIC_URL", "MONGODB_URI", "SLACK_API_URL", "SLACK_SIGNING_SECRET"} {
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s is not complained about in: %v", name, err)
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
