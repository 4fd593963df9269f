package main

import (
	"bytes"
	"encoding/json"
	"image/png"
	"strings"
	"testing"
	"time"

	"github.com/smallwins/smallwins/bot/picture"
)

// isPicture checks that bytes are a picture of the size that phones are shown.
func isPicture(t *testing.T, data []byte) {
	t.Helper()
	decoded, err := png.DecodeConfig(bytes.NewReader(data))
	if err != nil || decoded.Width != picture.Width || decoded.Height != picture.Height {
		t.Errorf("%d bytes are %+v: %v", len(data), decoded, err)
	}
}

func TestPictureOfAGoalComesInSlackByItsButton(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		scopes []string
		files  bool
	}{
		{"with all that the manifest asks for", manifestScopes(t), true},
		{"without the scope to upload", []string{"commands", "chat:write", "users:read"}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			clock := &testClock{now: aTuesday}
			world := newSlackWorld(t, clock.Now, test.scopes)
			base, _ := startApp(t, world.config(t.TempDir()), clock.Now)
			c := newCaller(t, base, world, clock.Now)
			draft := buttonValue(t, c.says(t, "U1", "new 20 demos this month", "n1"))
			c.presses(t, "U1", "goal_create", draft, "p1")
			c.says(t, "U1", "log #1 +3 Acme", "l1")
			clock.Set(aTuesday.Add(24 * time.Hour))
			c.says(t, "U1", "progress #1", "s1", "3 of 20 demos", "Picture")

			answer := c.presses(t, "U1", "picture", "goal #1", "p2")
			if !strings.Contains(answer, "3 demos so far, target 20 demos by 31 Mar.") {
				t.Errorf("the picture is not told in words: %s", indented(answer))
			}
			var message struct {
				Blocks []struct {
					File struct{ ID string } `json:"slack_file"`
				}
			}
			if err := json.Unmarshal([]byte(answer), &message); err != nil {
				t.Fatal(err)
			}
			file, found := world.api.File(message.Blocks[0].File.ID)
			if found != test.files {
				t.Fatalf("a picture was shown: %v, want %v\n%s", found, test.files, indented(answer))
			}
			if found {
				isPicture(t, file.Data)
			}
		})
	}
}

func TestPictureOfAGoalComesInDiscordByItsButton(t *testing.T) {
	t.Parallel()
	d, _ := newDiscordChat(t)
	d.types("new", "statement", "20 demos this month")
	d.presses("goal_create")
	d.types("progress", "goal", "#1")
	d.presses("picture")
	pictures := 0
	for _, message := range d.discord.Messages(discordSales) {
		for _, file := range message.Files {
			pictures++
			isPicture(t, file.Data)
			if message.OnlyFor != d.member.ID || !strings.Contains(file.Description, "0 demos so far, target 20 demos by 31 Mar.") {
				t.Errorf("shown to %q as %q", message.OnlyFor, file.Description)
			}
		}
	}
	if pictures != 1 {
		t.Errorf("%d pictures came", pictures)
	}
}
