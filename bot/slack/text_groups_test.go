package slack

import (
	"reflect"
	"testing"

	"github.com/smallwins/smallwins/commands"
)

func TestUserGroupsAreReadOutOfTheText(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]message{
		"managers <!subteam^S0LEADS|@leads> -<!subteam^S0OLD|@old>": {
			plain: "managers @leads -@old", groups: []commands.Group{{ID: "S0LEADS", Text: "@leads"}, {ID: "S0OLD", Text: "@old"}},
		},
		"<!subteam^S0LEADS>":           {plain: "@subteam^S0LEADS", groups: []commands.Group{{ID: "S0LEADS", Text: "@subteam^S0LEADS"}}},
		"<!here> <!subteam^|@x>":       {plain: "@here @x"},
		"<!subteam^S0&lt;|@a &amp; b>": {plain: "@a & b"},
	} {
		if got := readText(text); !reflect.DeepEqual(got, want) {
			t.Errorf("%q is read as %+v, want %+v", text, got, want)
		}
	}
}
