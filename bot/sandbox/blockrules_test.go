package sandbox_test

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/slack-go/slack"
)

// rawBlocks sends blocks as they are, past the client's own checks.
func rawBlocks(t *testing.T, p platform, blocks string) error {
	t.Helper()
	_, err := p.post("C0001", text("fallback"), slack.UnsafeMsgOptionEndpoint(p.server.URL+"/api/chat.postMessage",
		func(values url.Values) { values.Set("blocks", blocks) }))
	return err
}

func TestBlocksAreHeldToTheDocumentedLimits(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	long := func(n int) string { return strings.Repeat("ก", n) }
	repeat := func(n int, item string) string { return strings.TrimSuffix(strings.Repeat(item+",", n), ",") }
	button := func(id, label, more string) string {
		return fmt.Sprintf(`{"type":"button","action_id":%q,"text":{"type":"plain_text","text":%q}%s}`, id, label, more)
	}
	section := func(kind, text string) string {
		return fmt.Sprintf(`{"type":"section","text":{"type":%q,"text":%q}}`, kind, text)
	}
	input := func(element string) string {
		return `{"type":"input","label":{"type":"plain_text","text":"Which?"},"element":` + element + `}`
	}
	option := func(value string) string {
		return `{"text":{"type":"plain_text","text":"One"},"value":"` + value + `"}`
	}
	buttons := func(n int) string {
		var all []string
		for i := range n {
			all = append(all, button(fmt.Sprint("a", i), "Go", ""))
		}
		return `{"type":"actions","elements":[` + strings.Join(all, ",") + `]}`
	}
	tests := map[string]struct{ blocks, want string }{
		"not JSON":              {`[{`, "invalid_blocks_format"},
		"not an array":          {`{"type":"divider"}`, "invalid_blocks_format"},
		"fifty":                 {repeat(50, `{"type":"divider"}`), ""},
		"fifty-one":             {repeat(51, `{"type":"divider"}`), "/blocks]"},
		"unknown block":         {`{"type":"confetti"}`, "/blocks/0/type]"},
		"empty input":           {`{"type":"input"}`, "missing required field: element"},
		"input":                 {input(`{"type":"plain_text_input","action_id":"a","max_length":150,"initial_value":"hi"}`), ""},
		"input of a button":     {input(`{"type":"button","text":{"type":"plain_text","text":"Go"}}`), "/element/type]"},
		"input too long":        {input(`{"type":"plain_text_input","max_length":3001}`), "max_length"},
		"input filled too far":  {input(`{"type":"plain_text_input","max_length":1,"initial_value":"hi"}`), "/initial_value]"},
		"choices":               {input(`{"type":"radio_buttons","options":[` + repeat(10, option("a")) + `]}`), ""},
		"eleven open choices":   {input(`{"type":"radio_buttons","options":[` + repeat(11, option("a")) + `]}`), "/options]"},
		"a choice of none":      {input(`{"type":"static_select","options":[` + option("a") + `],"initial_option":` + option("b") + `}`), "initial option"},
		"a long choice":         {input(`{"type":"static_select","options":[` + option(long(76)) + `]}`), "/value]"},
		"empty section":         {`{"type":"section"}`, "text or fields"},
		"section":               {section("mrkdwn", long(3000)), ""},
		"long section":          {section("mrkdwn", long(3001)), "less than 3001 characters [json-pointer:/blocks/0/text/text]"},
		"silent section":        {section("plain_text", ""), "more than 0"},
		"section of html":       {section("html", "hi"), "/blocks/0/text/type]"},
		"fields":                {`{"type":"section","fields":[` + repeat(10, `{"type":"mrkdwn","text":"hi"}`) + `]}`, ""},
		"eleven fields":         {`{"type":"section","fields":[` + repeat(11, `{"type":"mrkdwn","text":"hi"}`) + `]}`, "/blocks/0/fields]"},
		"long field":            {`{"type":"section","fields":[{"type":"mrkdwn","text":"` + long(2001) + `"}]}`, "/fields/0/text]"},
		"header":                {`{"type":"header","text":{"type":"plain_text","text":"` + long(150) + `"}}`, ""},
		"long header":           {`{"type":"header","text":{"type":"plain_text","text":"` + long(151) + `"}}`, "less than 151"},
		"header of mrkdwn":      {`{"type":"header","text":{"type":"mrkdwn","text":"hi"}}`, "/text/type]"},
		"crowded context":       {`{"type":"context","elements":[` + repeat(11, `{"type":"mrkdwn","text":"hi"}`) + `]}`, "/elements]"},
		"empty context":         {`{"type":"context","elements":[]}`, "/elements]"},
		"25 buttons":            {buttons(25), ""},
		"26 buttons":            {buttons(26), "/elements]"},
		"long button":           {`{"type":"actions","elements":[` + button("a", long(76), "") + `]}`, "less than 76"},
		"long value":            {`{"type":"actions","elements":[` + button("a", "Go", `,"value":"`+long(2001)+`"`) + `]}`, "/value]"},
		"long action id":        {`{"type":"actions","elements":[` + button(long(256), "Go", "") + `]}`, "/action_id]"},
		"action id twice":       {`{"type":"actions","elements":[` + button("a", "Go", "") + `,` + button("a", "No", "") + `]}`, "already exists"},
		"bright button":         {`{"type":"actions","elements":[` + button("a", "Go", `,"style":"bright"`) + `]}`, "/style]"},
		"button text is mrkdwn": {`{"type":"actions","elements":[{"type":"button","text":{"type":"mrkdwn","text":"Go"}}]}`, "/text/type]"},
		"block id twice":        {`{"type":"divider","block_id":"x"},{"type":"divider","block_id":"x"}`, "already exists"},
		"image without alt":     {`{"type":"image","image_url":"https://example.com/a.png"}`, "alt_text"},
		"rich text": {`{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[
			{"type":"text","text":"hi ","style":{"bold":true}},{"type":"user","user_id":"U0001"}]},
			{"type":"rich_text_list","style":"bullet","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"one"}]}]}]}`, ""},
		"empty rich text":       {`{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":""}]}]}`, "more than 0"},
		"rich text of mrkdwn":   {`{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"mrkdwn","text":"hi"}]}]}`, "unsupported type"},
		"rich text in no style": {`{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"hi","style":{"loud":true}}]}]}`, "unsupported style"},
		"all blocks too long":   {repeat(5, section("plain_text", long(2900))), "msg_blocks_too_long"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			blocks := test.blocks
			if strings.HasPrefix(blocks, `{`) && test.want != "invalid_blocks_format" {
				blocks = "[" + blocks + "]"
			}
			err := rawBlocks(t, p, blocks)
			if test.want == "" {
				if err != nil {
					t.Errorf("got %v", messages(err))
				}
				return
			}
			if got := messages(err); !strings.Contains(got, test.want) {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// messages returns Slack's error code and all it says about it.
func messages(err error) string {
	var answer slack.SlackErrorResponse
	if !errors.As(err, &answer) {
		return fmt.Sprint(err)
	}
	return answer.Err + ": " + strings.Join(answer.ResponseMetadata.Messages, "; ")
}
