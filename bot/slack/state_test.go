package slack

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/coaching"
)

func TestStateIsGoodForAWhileAndUnchanged(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	rapid.Check(t, func(rt *rapid.T) {
		secret := coaching.Token(rapid.StringN(1, 40, 200).Draw(rt, "secret"))
		state := newState(secret, now)
		if state == newState(secret, now) {
			rt.Fatal("two states are the same")
		}
		age := time.Duration(rapid.Int64Range(-int64(time.Hour), int64(time.Hour)).Draw(rt, "age"))
		if got, want := isState(secret, state, now.Add(age)), age < stateLife; got != want {
			rt.Fatalf("after %s it is good: %v", age, got)
		}
		at := rapid.IntRange(0, len(state)-1).Draw(rt, "byte")
		other := rapid.SampledFrom([]byte("AZaz09._-")).Draw(rt, "other")
		changed := state[:at] + string(other) + state[at+1:]
		if changed != state && isState(secret, changed, now) {
			rt.Fatalf("%s is good for %s", changed, state)
		}
		if isState(secret+"x", state, now) {
			rt.Fatal("another app's state is good")
		}
	})
}

func FuzzIsState(f *testing.F) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	f.Add("")
	f.Add("..")
	f.Add(newState("another secret", now))
	f.Add(strings.Repeat("z", 500) + "." + "x")
	f.Fuzz(func(t *testing.T, text string) {
		if isState("s3cret", text, now) {
			t.Errorf("%q is taken for a state", text)
		}
	})
}
