package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"strconv"
	"time"

	"github.com/smallwins/smallwins/bot/slack"
)

// commandsPath is where slash commands are served.
const commandsPath = "/slack/commands"

// maxAnswer bounds an answer: Slack takes none that is longer.
const maxAnswer = 1 << 18

// client is one kept connection that sends a command, waits for the answer and
// sends the next. It speaks just enough HTTP/1.1 for that, in buffers that it
// keeps, because it shares the machine with what it measures.
type client struct {
	conn   net.Conn
	reader *bufio.Reader
	secret []byte
	host   string
	run    string // makes trigger ids unique among all runs
	random *rand.Rand

	form, request, body []byte
}

func dial(address string, secret []byte, run string, number int, deadline time.Time) (*client, error) {
	conn, err := net.DialTimeout("tcp", address, 5*time.Second) //nolint:noctx // Bounded by the time.
	if err != nil {
		return nil, fmt.Errorf("connect: %w", err)
	}
	if err := conn.SetDeadline(deadline); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return &client{
		conn: conn, reader: bufio.NewReaderSize(conn, 16<<10), secret: secret, host: address,
		run: run, random: newRandom(number),
	}, nil
}

// ask sends a member's command and returns the answer, which is valid until the
// next one. The sequence number is another one for each command.
func (c *client) ask(asked command, member int, sequence uint64, now time.Time) ([]byte, error) {
	c.write(asked, member, sequence, now.Unix())
	if _, err := c.conn.Write(c.request); err != nil {
		return nil, fmt.Errorf("send: %w", err)
	}
	return c.read()
}

// write builds the request, with the fields that Slack sends.
// https://docs.slack.dev/interactivity/implementing-slash-commands
func (c *client) write(asked command, member int, sequence uint64, now int64) {
	form := append(c.form[:0], "token=unused&team_id="+teamID+"&team_domain=load&channel_id="+channelID+"&channel_name=sales&user_id="...)
	form = appendMember(form, member)
	form = append(form, "&user_name=rep&command=%2Fgoal&text="...)
	form = asked.appendText(form, member)
	form = append(form, "&api_app_id=A0LOAD&is_enterprise_install=false&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2F"+teamID+"%2F1%2Fload&trigger_id="...)
	form = append(append(form, c.run...), '.')
	form = strconv.AppendUint(form, sequence, 10)
	c.form = form

	request := append(c.request[:0], "POST "+commandsPath+" HTTP/1.1\r\nHost: "...)
	request = append(request, c.host...)
	request = append(request, "\r\nUser-Agent: Slackbot 1.0 (+https://api.slack.com/robots)\r\nAccept: application/json,*/*\r\n"+
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "...)
	request = strconv.AppendInt(request, int64(len(form)), 10)
	request = append(request, "\r\n"+slack.TimestampHeader+": "...)
	request = strconv.AppendInt(request, now, 10)
	request = append(request, "\r\n"+slack.SignatureHeader+": "...)
	request = append(request, slack.Sign(c.secret, now, form)...)
	request = append(request, "\r\n\r\n"...)
	c.request = append(request, form...)
}

var (
	statusOK      = []byte("HTTP/1.1 200 ")
	contentType   = []byte("content-type")
	contentLength = []byte("content-length")
	asJSON        = []byte("application/json")
)

// read returns the body of a response with status 200 that says it is JSON.
func (c *client) read() ([]byte, error) {
	status, err := c.reader.ReadSlice('\n')
	if err != nil {
		return nil, fmt.Errorf("read status: %w", err)
	}
	if !bytes.HasPrefix(status, statusOK) {
		return nil, fmt.Errorf("answer is %q, not 200", bytes.TrimSpace(status))
	}
	length, json := -1, false
	for {
		line, err := c.reader.ReadSlice('\n')
		if err != nil {
			return nil, fmt.Errorf("read header: %w", err)
		}
		if line = bytes.TrimRight(line, "\r\n"); len(line) == 0 {
			break
		}
		name, value, _ := bytes.Cut(line, []byte(":"))
		value = bytes.TrimSpace(value)
		switch {
		case bytes.EqualFold(name, contentType):
			json = bytes.HasPrefix(value, asJSON)
		case bytes.EqualFold(name, contentLength):
			if length, err = strconv.Atoi(string(value)); err != nil {
				return nil, fmt.Errorf("read header: %w", err)
			}
		}
	}
	switch {
	case length < 0 || length > maxAnswer:
		return nil, fmt.Errorf("answer has a length of %d", length)
	case length > 0 && !json:
		return nil, errors.New("answer is not application/json")
	}
	if cap(c.body) < length {
		c.body = make([]byte, length)
	}
	c.body = c.body[:length]
	if _, err := io.ReadFull(c.reader, c.body); err != nil {
		return nil, fmt.Errorf("read answer: %w", err)
	}
	return c.body, nil
}
