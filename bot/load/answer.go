package main

import (
	"bytes"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"strings"
	"sync/atomic"

	"github.com/go-json-experiment/json/jsontext"
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
	said, private, err := said(body)
	switch {
	case err != nil:
		return fmt.Errorf("answer is no JSON: %w", err)
	case !private:
		return errors.New("answer is not for the member alone")
	case said == "":
		return errors.New("answer has no blocks that say something")
	}
	for _, want := range wants {
		if !strings.Contains(said, want) {
			return fmt.Errorf("answer does not say %q but:\n%s", want, said)
		}
	}
	return nil
}

// listDepth is how deep the decoder is between two blocks: in the answer, in its
// list of blocks.
const listDepth = 2

// said returns the texts of an answer's blocks in their order, a line for each
// block, and whether the answer is for the member alone. It reads the JSON as a
// stream, because building it up would take more time than the server does.
func said(body []byte) (text string, private bool, err error) {
	decoder := jsontext.NewDecoder(bytes.NewReader(body))
	var (
		said     strings.Builder
		top, key string // the names of the answer's field and of the value's own
	)
	for {
		token, err := decoder.ReadToken()
		if errors.Is(err, io.EOF) {
			return said.String(), private, nil
		}
		if err != nil {
			return "", false, err
		}
		depth := decoder.StackDepth()
		kind, length := decoder.StackIndex(depth)
		isName := kind == '{' && length%2 == 1
		switch {
		case token.Kind() == '"' && isName:
			if key = token.String(); depth == 1 {
				top = key
			}
		case token.Kind() == '"' && depth == 1 && key == "response_type":
			private = token.String() == "ephemeral"
		case token.Kind() == '"' && top == "blocks" && key == "text":
			said.WriteString(token.String())
		case token.Kind() == '}' && depth == listDepth:
			said.WriteByte('\n')
		}
	}
}
