package discord

import (
	"encoding/json"
	"maps"
	"time"
)

// asked is an interaction in the shape that Discord sends, with the parts that
// every kind has.
func asked(kind int, data map[string]any, more map[string]any) []byte {
	interaction := map[string]any{
		"app_permissions": "2248473465835073", "application_id": "1457469483726668048",
		"authorizing_integration_owners": map[string]any{"0": "1457468924290662599"},
		"channel":                        map[string]any{"id": "1457510428359004343", "type": 0, "name": "sales"},
		"channel_id":                     "1457510428359004343", "context": 0, "entitlements": []any{},
		"guild": map[string]any{"id": "1457468924290662599", "locale": "en-US"}, "guild_id": "1457468924290662599", "guild_locale": "en-US",
		"id": "1457536583141163186", "locale": "th", "token": "aW50ZXJhY3Rpb24_6MTQ1NzU-NjU4", "type": kind, "version": 1,
		"member": map[string]any{
			"nick": nil, "permissions": "2147483648", "roles": []string{"1457473602180878604"}, "joined_at": "2026-01-04T20:21:10.139000+00:00",
			"user": map[string]any{"id": "1033044521375764530", "username": "mia_k", "global_name": "Mia", "discriminator": "0"},
		},
		"data": data,
	}
	maps.Copy(interaction, more)
	text, err := json.Marshal(interaction)
	if err != nil {
		panic(err)
	}
	return text
}

// typed is a subcommand of /goal with its options.
func typed(name string, options ...map[string]any) map[string]any {
	return map[string]any{
		"id": "1457473602180878999", "name": "goal", "type": 1,
		"options": []any{map[string]any{"name": name, "type": 1, "options": options}},
	}
}

func given(name string, kind int, value any) map[string]any {
	return map[string]any{"name": name, "type": kind, "value": value}
}

// privately is the message that a component is in, seen by the member only.
var (
	privately = map[string]any{"message": map[string]any{"id": "1457536567810854934", "flags": 64 | 1<<15}}
	openly    = map[string]any{"message": map[string]any{"id": "1457536567810854934", "flags": 1 << 15}}
)

func now() time.Time { return testNow }
