package commands_test

import (
	"regexp"
	"strings"
	"testing"
	"time"
)

var hookSecret = regexp.MustCompile(`whsec_[A-Za-z0-9+/]{43}=`)

func TestSecretsOfTheWebhookAreMadeShownAndRevoked(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-03-31 09:00")
	o.router.Publish("https://wins.example.com/")
	if text := o.reads(lin, "settings hook"); !strings.Contains(text, "https://wins.example.com/hooks/slack:T0OFFICE/events") || !strings.Contains(text, "No secret yet") {
		t.Errorf("at first:\n%s", text)
	}
	reply, err := o.types(lin, "settings hook new")
	if err != nil || reply.Shared {
		t.Fatalf("shared: %v, %v", reply.Shared, err)
	}
	first := hookSecret.FindString(wordsOf(reply))
	second := hookSecret.FindString(o.reads(lin, "settings hook new"))
	if first == "" || second == "" || first == second {
		t.Errorf("the secrets are %d and %d characters long", len(first), len(second))
	}
	o.refuses(lin, "settings hook new", "hook_secrets_full")
	secrets, err := o.store.HookSecrets(t.Context(), officeID)
	if err != nil || len(secrets) != 2 {
		t.Fatalf("%+v, %v", secrets, err)
	}
	if err := o.store.UseHookSecret(t.Context(), officeID, secrets[1].ID, o.now.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	text := o.reads(lin, "settings hook")
	if hookSecret.MatchString(text) {
		t.Error("a secret is shown again")
	}
	for _, want := range []string{"Secret " + secrets[0].ID, "not used yet", "by lin", "last used Tue 31 Mar, 10:00", "hook revoke " + secrets[0].ID} {
		if !strings.Contains(text, want) {
			t.Errorf("it does not say %q:\n%s", want, text)
		}
	}
	if text := o.reads(lin, "settings hook revoke "+strings.ToUpper(secrets[0].ID)); strings.Contains(text, "not used yet") || !strings.Contains(text, "no longer counts") {
		t.Errorf("after revoking one:\n%s", text)
	}
	o.refuses(lin, "settings hook revoke "+secrets[0].ID, "hook_secret_unknown")
	if text := o.reads(lin, "settings changes"); strings.Count(text, "webhook secret") != 3 || hookSecret.MatchString(text) {
		t.Errorf("the trail:\n%s", text)
	}
}

func TestOnlyThoseWhoMayChangeSettingsHandleTheWebhook(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-03-31 09:00")
	for _, text := range []string{"settings hook", "settings hook new", "settings hook revoke abc"} {
		o.refuses(nok, text, "settings_of_managers")
	}
	for _, text := range []string{"settings hook list", "settings hook new now", "settings hook revoke"} {
		o.refuses(lin, text, "hook_how")
	}
}
