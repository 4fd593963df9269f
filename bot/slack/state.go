package slack

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"github.com/smallwins/smallwins/coaching"
)

// stateLife is how long somebody may take to allow the app in.
const stateLife = 10 * time.Minute

// A state goes with the browser to Slack and comes back, so that nobody can be
// made to end an installation that somebody else began. It says until when it is
// good, and is signed, so that no server has to remember it; any replica can
// take it back.
const stateSeparator = "."

// newState returns a state that is good for a while from now on.
func newState(secret coaching.Token, now time.Time) string {
	until := strconv.FormatInt(now.Add(stateLife).Unix(), 36)
	body := until + stateSeparator + rand.Text()
	return body + stateSeparator + signState(secret, body)
}

// isState reports whether a text is a state that is still good.
func isState(secret coaching.Token, text string, now time.Time) bool {
	at := strings.LastIndex(text, stateSeparator)
	if at < 0 || !hmac.Equal([]byte(signState(secret, text[:at])), []byte(text[at+1:])) {
		return false
	}
	word, _, _ := strings.Cut(text, stateSeparator)
	until, err := strconv.ParseInt(word, 36, 64)
	return err == nil && now.Unix() < until
}

// signState signs with what the app and Slack alone know, and for nothing else.
func signState(secret coaching.Token, body string) string {
	mac := hmac.New(sha256.New, []byte("smallwins installation "+string(secret)))
	mac.Write([]byte(body))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}
