package enginetest

import (
	"bytes"
	"encoding/binary"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"testing"
)

// message returns a message of the wire protocol with that body.
func message(body string) []byte {
	length := binary.LittleEndian.AppendUint32(nil, uint32(headerLength+len(body)))
	return append(append(length, make([]byte, headerLength-4)...), body...)
}

// echo answers each message with itself, and records how many it had in hand
// at once.
func echo(t *testing.T, socket string, most *atomic.Int64) {
	t.Helper()
	server, err := net.Listen("unix", socket) //nolint:noctx // A test.
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	var inHand atomic.Int64
	go func() {
		for {
			conn, err := server.Accept()
			if err != nil {
				return
			}
			go func() {
				defer func() { _ = conn.Close() }()
				for {
					request, err := readMessage(conn)
					if err != nil {
						return
					}
					if n := inHand.Add(1); n > most.Load() {
						most.Store(n)
					}
					for range 100 {
						runtime.Gosched() // Time enough for another to come.
					}
					inHand.Add(-1) // Before the answer: the next may come with it.
					if _, err := conn.Write(request); err != nil {
						return
					}
				}
			}()
		}
	}()
}

func TestTurnstileLetsOneCommandThroughAtATime(t *testing.T) {
	t.Parallel()
	dir, err := socketDir()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	var most atomic.Int64
	echo(t, filepath.Join(dir, "behind"), &most)
	stile, err := listen(filepath.Join(dir, "before"), filepath.Join(dir, "behind"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := stile.close(); err != nil {
			t.Error(err)
		}
	})
	together(16, func(int) {
		conn, err := net.Dial("unix", stile.address()) //nolint:noctx // A test.
		if err != nil {
			t.Error(err)
			return
		}
		defer func() { _ = conn.Close() }()
		for range 20 {
			want := message("hello")
			if _, err := conn.Write(want); err != nil {
				t.Error(err)
			}
			if got, err := readMessage(conn); err != nil || !bytes.Equal(got, want) {
				t.Errorf("got %q with error %v", got, err)
			}
		}
	})
	if n := most.Load(); n != 1 {
		t.Errorf("%d commands were behind the turnstile at once", n)
	}
}

func TestMessagesOfImpossibleLengthEndTheConnection(t *testing.T) {
	t.Parallel()
	for _, length := range []uint32{0, headerLength - 1, maximumLength + 1, 1<<32 - 1} {
		header := binary.LittleEndian.AppendUint32(nil, length)
		if _, err := readMessage(bytes.NewReader(append(header, make([]byte, headerLength-4)...))); err == nil {
			t.Errorf("a message of %d bytes was read", length)
		}
	}
}
