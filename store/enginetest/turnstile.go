package enginetest

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
)

// turnstile is a proxy that lets one command at a time through to the server
// behind it: a request, its reply, then the next, whatever connection it comes
// from. FerretDB v1 reads, changes and writes a document back without a lock;
// behind a turnstile each command is atomic on its document, as MongoDB's are.
//
// Only the length at the head of each message is looked at. That is right as
// long as each request gets one reply: no unacknowledged writes, no exhaust
// cursors, no streamed monitoring.
type turnstile struct {
	listener net.Listener
	behind   string
	// through is held from a request to its reply.
	through sync.Mutex

	running sync.WaitGroup
	mu      sync.Mutex
	closed  bool
	open    map[net.Conn]struct{}
}

// listen starts a turnstile on a Unix socket before a server on another one.
func listen(socket, behind string) (*turnstile, error) {
	listener, err := new(net.ListenConfig).Listen(context.Background(), "unix", socket)
	if err != nil {
		return nil, err
	}
	t := &turnstile{listener: listener, behind: behind, open: make(map[net.Conn]struct{})}
	t.running.Go(t.accept)
	return t, nil
}

func (t *turnstile) address() string { return t.listener.Addr().String() }

func (t *turnstile) accept() {
	for {
		client, err := t.listener.Accept()
		if err != nil {
			return // Closed.
		}
		server, err := new(net.Dialer).DialContext(context.Background(), "unix", t.behind)
		if err != nil {
			_ = client.Close()
			continue
		}
		if t.track(client, server) {
			t.running.Go(func() { t.serve(client, server) })
		}
	}
}

// track remembers connections to close, unless the turnstile is closed already.
func (t *turnstile) track(conns ...net.Conn) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, conn := range conns {
		if t.closed {
			_ = conn.Close()
		} else {
			t.open[conn] = struct{}{}
		}
	}
	return !t.closed
}

func (t *turnstile) forget(conns ...net.Conn) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, conn := range conns {
		_ = conn.Close()
		delete(t.open, conn)
	}
}

// serve ends when either side hangs up.
func (t *turnstile) serve(client, server net.Conn) {
	defer t.forget(client, server)
	for {
		request, err := readMessage(client)
		if err != nil {
			return
		}
		reply, err := t.pass(server, request)
		if err != nil {
			return
		}
		if _, err := client.Write(reply); err != nil {
			return
		}
	}
}

func (t *turnstile) pass(server net.Conn, request []byte) ([]byte, error) {
	t.through.Lock()
	defer t.through.Unlock()
	if _, err := server.Write(request); err != nil {
		return nil, err
	}
	return readMessage(server)
}

// Lengths of messages
// (https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/).
const (
	headerLength  = 16
	maximumLength = 48000000
)

// readMessage reads one message of the wire protocol, its header included.
func readMessage(from io.Reader) ([]byte, error) {
	var header [headerLength]byte
	if _, err := io.ReadFull(from, header[:]); err != nil {
		return nil, err
	}
	length := binary.LittleEndian.Uint32(header[:])
	if length < headerLength || length > maximumLength {
		return nil, fmt.Errorf("message of %d bytes", length)
	}
	message := make([]byte, length)
	copy(message, header[:])
	_, err := io.ReadFull(from, message[headerLength:])
	return message, err
}

// close hangs up on everybody.
func (t *turnstile) close() error {
	err := t.listener.Close()
	t.mu.Lock()
	t.closed = true
	for conn := range t.open {
		err = errors.Join(err, conn.Close())
	}
	t.mu.Unlock()
	t.running.Wait()
	return err
}
