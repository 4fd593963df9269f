package slack

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/commands"
)

func TestNothingStaysOnASheetForTheNextAnswer(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		used := new(sheet)
		for range rapid.IntRange(1, 4).Draw(t, "answers") {
			reply, talk := anyReply(t), rapid.Bool().Draw(t, "talk")
			got, err := appendAnswer(nil, used.answer(reply, talk))
			if err != nil {
				t.Fatal(err)
			}
			want, err := appendAnswer(nil, new(sheet).answer(reply, talk))
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != string(want) {
				t.Fatalf("on a used sheet it is\n%s\nwant\n%s", got, want)
			}
			used.wipe()
		}
		fields := reflect.ValueOf(used).Elem()
		for i := range fields.NumField() {
			values := fields.Field(i)
			if values.Kind() == reflect.Struct {
				values = values.Field(0)
			}
			for _, left := range values.Slice(0, values.Cap()).Seq2() {
				if !left.IsZero() {
					t.Fatalf("%s still holds what was said", fields.Type().Field(i).Name)
				}
			}
		}
	})
}

func TestAnswersAreAppendedToWhatIsThere(t *testing.T) {
	t.Parallel()
	app := Commands{mustApp(t, Config{})}
	alone := mustRender(t, app, typicalReply())
	after, err := app.Render([]byte("before"), commands.Request{}, typicalReply())
	if err != nil || string(after) != "before"+string(alone) {
		t.Errorf("Render() = %s, %v", after, err)
	}
	if nothing, err := app.Render([]byte("before"), commands.Request{}, commands.Reply{}); err != nil || string(nothing) != "before" {
		t.Errorf("Render() of nothing = %s, %v", nothing, err)
	}
}
