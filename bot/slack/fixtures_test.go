package slack

import "net/url"

// pressPayload is a press of a button in a message that the bot posted, in the
// shape that Slack sends.
const pressPayload = `{
  "type": "block_actions",
  "user": {"id": "U0MIA", "username": "mia", "name": "mia", "team_id": "T0ACME"},
  "api_app_id": "A0WINS",
  "token": "outdated",
  "container": {"type": "message", "message_ts": "1767326126.896109", "channel_id": "C0SALES", "is_ephemeral": false},
  "trigger_id": "10215325802133.3901254001572.2e2548aa918b35fd85829545c2d4ae2b",
  "team": {"id": "T0ACME", "domain": "acme"},
  "enterprise": null,
  "is_enterprise_install": false,
  "channel": {"id": "C0SALES", "name": "sales"},
  "message": {"user": "U0BOT", "type": "message", "ts": "1767326126.896109", "bot_id": "B0BOT", "text": "Q2 recurring revenue",
    "blocks": [
      {"type": "header", "block_id": "h", "text": {"type": "plain_text", "text": "Q2 recurring revenue", "emoji": false}},
      {"type": "a_block_of_next_year", "block_id": "x", "surprise": {"deep": [1, 2, 3]}},
      {"type": "actions", "block_id": "P0z+f", "elements": [
        {"type": "button", "action_id": "log~0", "value": "12", "style": "primary", "text": {"type": "plain_text", "text": "Log progress", "emoji": false}}
      ]}
    ]},
  "state": {"values": {}},
  "response_url": "https://hooks.slack.com/actions/T0ACME/10231680918177/hMWwGmzsWEYbB4BjtNump6kO",
  "actions": [
    {"type": "button", "block_id": "P0z+f", "action_id": "log~0", "value": "12", "text": {"type": "plain_text", "text": "Log progress", "emoji": false}, "action_ts": "1767326130.289415"}
  ]
}`

func pressBody(payload string) string { return url.Values{"payload": {payload}}.Encode() }
