package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"hash/maphash"
	"strings"
	"sync/atomic"
)

// checker judges answers. One that is the same, byte for byte, as a member's
// last right answer to that command is right without another look, which keeps
// the client's share of the machine small. It is safe for concurrent use.
type checker struct {
	seed  maphash.Seed
	right map[command][]atomic.Uint64 // hashes by member
}

func newChecker(members int) *checker {
	c := &checker{seed: maphash.MakeSeed(), right: make(map[command][]atomic.Uint64)}
	for _, command := range []command{progress, help} {
		c.right[command] = make([]atomic.Uint64, members)
	}
	return c
}

// check returns what is wrong with an answer to a member's command.
func (c *checker) check(asked command, member int, body []byte) error {
	if !asked.repeats() {
		return checkAnswer(body, asked.wants(member))
	}
	hash, right := maphash.Bytes(c.seed, body), &c.right[asked][member]
	if right.Load() == hash {
		return nil
	}
	if err := checkAnswer(body, asked.wants(member)); err != nil {
		return err
	}
	right.Store(hash)
	return nil
}

// checkAnswer looks for what must be said in the blocks of a private answer.
func checkAnswer(body []byte, wants []string) error {
	if len(body) == 0 {
		return errors.New("answer is empty: it will come late, by the response address")
	}
	var answer struct {
		ResponseType string `json:"response_type"`
		Blocks       []any  `json:"blocks"`
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return fmt.Errorf("answer is no JSON: %w", err)
	}
	if answer.ResponseType != "ephemeral" {
		return fmt.Errorf("answer is %q, not the member's alone", answer.ResponseType)
	}
	if len(answer.Blocks) == 0 {
		return errors.New("answer has no blocks")
	}
	var said strings.Builder
	for _, block := range answer.Blocks {
		say(&said, block)
		said.WriteByte('\n')
	}
	for _, want := range wants {
		if !strings.Contains(said.String(), want) {
			return fmt.Errorf("answer does not say %q but:\n%s", want, said.String())
		}
	}
	return nil
}

// say writes the texts of a block in the order in which they are shown.
func say(into *strings.Builder, node any) {
	switch node := node.(type) {
	case []any:
		for _, child := range node {
			say(into, child)
		}
	case map[string]any:
		if text, is := node["text"].(string); is {
			into.WriteString(text)
		}
		for _, key := range []string{"text", "elements", "fields"} {
			if _, is := node[key].(string); !is {
				say(into, node[key])
			}
		}
	}
}
