package discord

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/smallwins/smallwins/bot/sandbox"
	"github.com/smallwins/smallwins/commands"
)

var mia = sandbox.Member{ID: "1033044521375764530", Name: "Mia", Handle: "mia"}

// asks begins an interaction and returns the request that it is read as.
func (w *world) asks(t *testing.T, ask sandbox.DiscordAsk) (commands.Request, string) {
	t.Helper()
	ask.Member, ask.Channel = mia, testChannel
	body, token, err := w.discord.Interact(ask)
	if err != nil {
		t.Fatal(err)
	}
	request, err := w.Decode(body, w.clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	return request, token
}

// responds answers right away.
func (w *world) responds(t *testing.T, token string, body []byte) {
	t.Helper()
	if err := w.discord.Respond(token, 0, body); err != nil {
		t.Fatalf("%v: %s", err, body)
	}
}

// answered is what stands for the answer to an interaction.
func (w *world) answered(t *testing.T, token string) string {
	t.Helper()
	message, found := w.discord.Answer(token)
	if !found {
		return ""
	}
	return content(message.Body)
}

var (
	aTypedCommand = sandbox.DiscordAsk{Kind: 2, Data: typed("progress")}
	done          = commands.Reply{Parts: []commands.Part{commands.Text{Line: words("It is done.")}}}
)

func press(message string) sandbox.DiscordAsk {
	return sandbox.DiscordAsk{Kind: 3, Message: message, Data: map[string]any{"component_type": 2, "custom_id": "goal_create|d1"}}
}

func TestLateAnswerTakesThePlaceOfTheWait(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	request, token := w.asks(t, aTypedCommand)
	w.responds(t, token, w.Wait(request))
	if err := w.Finish(t.Context(), request, done); err != nil {
		t.Fatal(err)
	}
	if message, _ := w.discord.Answer(token); content(message.Body) != "It is done.\n" || message.OnlyFor != mia.ID {
		t.Errorf("the answer is %+v", message)
	}
}

func TestLateAnswerForAllIsSeenByAll(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	request, token := w.asks(t, aTypedCommand)
	w.responds(t, token, w.Wait(request))
	shared := done
	shared.Shared = true
	if err := w.Finish(t.Context(), request, shared); err != nil {
		t.Fatal(err)
	}
	if messages := w.discord.Messages(testChannel); len(messages) != 1 || messages[0].OnlyFor != "" {
		t.Errorf("the channel shows %+v", messages)
	}
}

func TestLateAnswerToAPressReplacesItsMessageOrStandsBeside(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	card, token := w.asks(t, aTypedCommand)
	body, _ := w.Render(nil, card, progressReply())
	w.responds(t, token, body)
	message, _ := w.discord.Answer(token)

	request, token := w.asks(t, press(message.ID))
	w.responds(t, token, w.Wait(request))
	if err := w.Finish(t.Context(), request, done); err != nil {
		t.Fatal(err)
	}
	if messages := w.discord.Messages(testChannel); len(messages) != 2 || messages[1].OnlyFor != mia.ID || messages[0].Edited {
		t.Errorf("an answer of its own left %+v", messages)
	}
	request, token = w.asks(t, press(message.ID))
	w.responds(t, token, w.Wait(request))
	replacing := done
	replacing.Replace = true
	if err := w.Finish(t.Context(), request, replacing); err != nil {
		t.Fatal(err)
	}
	if text := w.answered(t, token); text != "It is done.\n" {
		t.Errorf("the message reads %q", text)
	}
	if err := w.Finish(t.Context(), request, commands.Reply{}); err != nil {
		t.Errorf("nothing to say: %v", err)
	}
}

func TestLateFormIsOfferedByAButton(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	request, token := w.asks(t, aTypedCommand)
	w.responds(t, token, w.Wait(request))
	if err := w.Finish(t.Context(), request, commands.Reply{Prompt: formPrompt()}); err != nil {
		t.Fatal(err)
	}
	message, _ := w.discord.Answer(token)
	if !strings.Contains(string(message.Body), commands.ActionOpen+"|"+formPrompt().Token) {
		t.Errorf("no button opens the form in %s", message.Body)
	}
}

func TestFormAfterAFormIsOfferedByAButtonInThatMessage(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	first, token := w.asks(t, aTypedCommand)
	body, _ := w.Render(nil, first, commands.Reply{Prompt: pickOne(commands.Choice{Label: "Revenue", Value: "revenue"})})
	w.responds(t, token, body)
	message, _ := w.discord.Answer(token)

	open, token := w.asks(t, sandbox.DiscordAsk{Kind: 3, Message: message.ID, Data: map[string]any{"component_type": 2, "custom_id": "dialog_open|t.1"}})
	body, _ = w.Render(nil, open, commands.Reply{Prompt: formPrompt()})
	w.responds(t, token, body)
	if form, opened := w.discord.Form(token); !opened || !json.Valid(form) {
		t.Fatalf("no form in %s", body)
	}
	sent, token := w.asks(t, sandbox.DiscordAsk{Kind: 5, Message: message.ID, Data: map[string]any{"custom_id": "dialog_answer|t.1", "components": []any{}}})
	body, _ = w.Render(nil, sent, commands.Reply{Prompt: manyPrompt()})
	w.responds(t, token, body)
	if messages := w.discord.Messages(testChannel); len(messages) != 1 || !strings.Contains(string(messages[0].Body), "First small wins") {
		t.Errorf("the steps left %+v", messages)
	}
}

func TestAnswerWaitsUntilDiscordKnowsOfTheAcknowledgement(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	request, token := w.asks(t, aTypedCommand)
	w.discord.Inject(sandbox.Fault{Kind: sandbox.FaultRefuse, Method: "answers.edit", Error: "10015", Calls: 2})
	w.responds(t, token, w.Wait(request))
	if err := w.Finish(t.Context(), request, done); err != nil {
		t.Fatal(err)
	}
	if calls := len(w.discord.Calls("answers.edit")); calls != 3 || w.answered(t, token) != "It is done.\n" {
		t.Errorf("%d calls, answer %q", calls, w.answered(t, token))
	}
}

func TestLateAnswerThatCannotGoOutIsAnErrorWithoutTheToken(t *testing.T) {
	t.Parallel()
	for name, breaks := range map[string]func(*world, *commands.Request){
		"never acknowledged": func(*world, *commands.Request) {},
		"too late":           func(w *world, _ *commands.Request) { w.clock.Pass(15 * time.Minute) },
		"no token":           func(_ *world, r *commands.Request) { r.ReplyTo = "" },
		"another address":    func(_ *world, r *commands.Request) { r.ReplyTo = "1/../x/command" },
		"a server error": func(w *world, _ *commands.Request) {
			w.discord.Inject(sandbox.Fault{Kind: sandbox.FaultStatus, Calls: -1})
		},
		"a lost answer": func(w *world, _ *commands.Request) {
			w.discord.Inject(sandbox.Fault{Kind: sandbox.FaultLost, Calls: -1})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, nil)
			request, token := w.asks(t, aTypedCommand)
			breaks(w, &request)
			err := w.Finish(t.Context(), request, done)
			if !errors.Is(err, ErrNotAnswered) || strings.Contains(err.Error(), token) {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestSuggestionsAreNotFinishedLater(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	request, token := w.asks(t, sandbox.DiscordAsk{Kind: 4, Data: typed("log", map[string]any{"name": "goal", "type": 3, "value": "de", "focused": true})})
	w.responds(t, token, w.Wait(request))
	if got := string(w.discord.Suggestions(token)); got != `{"choices":[]}` {
		t.Errorf("suggestions %s", got)
	}
	if err := w.Finish(t.Context(), request, commands.Reply{Suggestions: []commands.Choice{{Label: "a", Value: "b"}}}); err != nil {
		t.Error(err)
	}
}
