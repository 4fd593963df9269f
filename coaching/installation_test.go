package coaching_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/smallwins/smallwins/coaching"
)

func TestTokenIsRenewedBeforeItEndsAndByOneAtATime(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	lasting := coaching.Installation{}.Granted("xoxb-1", "", 0, now)
	if far := now.AddDate(10, 0, 0); lasting.Due(far) || lasting.Expired(far) {
		t.Error("a token that lives for ever ends")
	}
	for lives, renewed := range map[time.Duration]time.Duration{12 * time.Hour: 10 * time.Hour, time.Hour: 30 * time.Minute} {
		i := coaching.Installation{}.Granted("xoxe.xoxb-1", "xoxe-1", lives, now)
		due := now.Add(renewed)
		if i.Due(due.Add(-time.Second)) || !i.Due(due) || i.Expired(due) {
			t.Errorf("of %s, it is not due after %s", lives, renewed)
		}
		if i.Expired(now.Add(lives-time.Second)) || !i.Expired(now.Add(lives)) {
			t.Errorf("it does not end after %s", lives)
		}
		claimed := i.Claimed(due)
		if claimed.Due(due.Add(59*time.Second)) || !claimed.Due(due.Add(time.Minute)) {
			t.Error("a claim does not hold for a minute")
		}
	}
}

func TestInstallationThatWasTakenOutKeepsNoToken(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	i := coaching.Installation{Workspace: "slack:T1", Name: "Acme", By: "U1", Revision: 3}.Granted("xoxe.xoxb-1", "xoxe-1", time.Hour, now)
	gone := i.Removed(now)
	if gone.Token != "" || gone.Refresh != "" || gone.By != "" || gone.Due(now.AddDate(1, 0, 0)) {
		t.Errorf("it keeps %+v", gone)
	}
	if gone.Workspace != i.Workspace || gone.Name != "Acme" || gone.Revision != 3 || !gone.At.Equal(now) {
		t.Errorf("it lost what it is about: %+v", gone)
	}
}

func TestTokensAreNotPrinted(t *testing.T) {
	t.Parallel()
	i := coaching.Installation{Token: "xoxb-hunter2", Refresh: "xoxe-hunter2"}
	asJSON, err := json.Marshal(i)
	if err != nil {
		t.Fatal(err)
	}
	for _, printed := range []string{fmt.Sprintf("%v", i), fmt.Sprintf("%+v", i), fmt.Sprintf("%#v", i), string(asJSON)} {
		if strings.Contains(printed, "hunter2") {
			t.Errorf("it prints %s", printed)
		}
	}
}
