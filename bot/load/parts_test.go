package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestOnlyThisMachineIsLoaded(t *testing.T) {
	t.Parallel()
	for target, allowed := range map[string]bool{
		"http://127.0.0.1:8080": true, "http://127.9.9.9": true, "http://[::1]:80/": true, "http://localhost:8080": true,
		"http://192.0.2.1:8080": false, "http://8.8.8.8": false, "http://0.0.0.0:8080": false, "http://[2001:db8::1]": false,
		"https://127.0.0.1": false, "127.0.0.1:8080": false, "http://127.0.0.1/slack": false, "": false,
	} {
		if got, err := loopback(t.Context(), target); (err == nil) != allowed {
			t.Errorf("loopback(%q) = %q, %v; want it allowed: %v", target, got, err, allowed)
		}
	}
}

func TestLoadsBeyondTheBoundsAreRefused(t *testing.T) {
	t.Parallel()
	good := runCommand{
		Target: "http://127.0.0.1", Secret: secret, Connections: []int{32, 256}, Requests: 1, Seconds: 1, Rounds: 1, Command: "mix", Members: 1,
	}
	if _, err := good.load(t.Context()); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*runCommand){
		"connections":    func(c *runCommand) { c.Connections = []int{32, maxConnections + 1} },
		"no connections": func(c *runCommand) { c.Connections = []int{0} },
		"requests":       func(c *runCommand) { c.Requests = maxRequests + 1 },
		"seconds":        func(c *runCommand) { c.Seconds = maxSeconds + 1 },
		"members":        func(c *runCommand) { c.Members = 0 },
		"rounds":         func(c *runCommand) { c.Rounds = maxRounds + 1 },
	} {
		bad := good
		spoil(&bad)
		if _, err := bad.load(t.Context()); err == nil {
			t.Errorf("%s out of bounds are accepted", name)
		}
	}
}

func TestPercentilesAreRightToThreePercent(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		took := rapid.SliceOfN(rapid.Int64Range(0, int64(time.Hour)), 1, 200).Draw(t, "took")
		share := rapid.Float64Range(0, 0.999).Draw(t, "share")
		var h, other histogram
		for i, d := range took {
			if i%2 == 0 {
				h.add(time.Duration(d))
			} else {
				other.add(time.Duration(d))
			}
		}
		h.merge(&other)
		slices.Sort(took)
		want := time.Duration(took[int(share*float64(len(took)))]).Truncate(time.Microsecond)
		if got := h.percentile(share); got < want || got > want+want/fine+time.Microsecond {
			t.Fatalf("percentile %v is %v, want %v", share, got, want)
		}
	})
	var none histogram
	if got := none.percentile(0.5); got != 0 {
		t.Errorf("the median of nothing is %v", got)
	}
}

func TestUsageIsReadWhateverTheProgramIsCalled(t *testing.T) {
	t.Parallel()
	const stat = "4242 (a) b (c) S 1 4242 4242 0 -1 4194560 5000 0 0 0 150 25 7 8 20 0 12 0 99 0 0\n"
	const status = "Name:\ta) b (c\nVmHWM:\t   61440 kB\nVmRSS:\t   40960 kB\nThreads:\t12\n"
	got, err := parseUsage(stat, status)
	if want := (usage{cpu: 1750 * time.Millisecond, resident: 40 << 20, peak: 60 << 20}); err != nil || got != want {
		t.Errorf("got %+v, %v; want %+v", got, err, want)
	}
	if _, err := parseUsage("4242 (a) S 1", status); err == nil {
		t.Error("half a file was accepted")
	}
}

func TestTableComparesWithTheBareHandlerAndTellsWhatWasWrong(t *testing.T) {
	t.Parallel()
	bare, server := &outcome{right: 4000, took: time.Second}, &outcome{right: 1000, wrong: 1, took: time.Second, firstWrong: errNoProcess}
	bare.latency.add(time.Millisecond)
	server.latency.add(2 * time.Millisecond)
	var text strings.Builder
	err := table{
		{server: "bare handler", connections: 32, outcome: bare},
		{server: "smallwins", connections: 32, outcome: server, cpu: 50 * time.Microsecond, resident: 40 << 20, peak: 50 << 20},
	}.report(&text)
	if err == nil || !strings.Contains(err.Error(), "1 wrong answers beside 1000") {
		t.Errorf("a wrong answer ends in %v", err)
	}
	for _, want := range []string{"4000", "25%", "1.01 ms", "50.0 µs", "40, 50 MiB"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("the table does not say %q:\n%s", want, text.String())
		}
	}
	worse := measurement{outcome: &outcome{right: 9000, wrong: 1, took: time.Second}}
	if got := better(measurement{outcome: bare}, worse); got != worse {
		t.Error("a wrong answer was outdone by a round without")
	}
}

func TestAnswersAreLookedInto(t *testing.T) {
	t.Parallel()
	const answer = `{"response_type":"ephemeral","text":"#1 fallback","blocks":[
		{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"#12 "},{"type":"text","text":"Demos"}]}]},
		{"type":"section","fields":[{"type":"mrkdwn","text":"*Target* 40 demos"}]},
		{"type":"context","elements":[{"type":"plain_text","text":"Log more"}]}]}`
	if err := checkAnswer([]byte(answer), []string{"#12 Demos", "40 demos", "Log more"}); err != nil {
		t.Error(err)
	}
	for name, wrong := range map[string]string{
		"empty": "", "no JSON": answer[1:], "for all to see": strings.Replace(answer, "ephemeral", "in_channel", 1),
		"without blocks": `{"response_type":"ephemeral","text":"#12 Demos"}`, "another goal": strings.Replace(answer, "#12", "#13", 1),
	} {
		if err := checkAnswer([]byte(wrong), []string{"#12 Demos"}); err == nil {
			t.Errorf("an answer that is %s passes", name)
		}
	}
}
