package slack

import (
	"cmp"

	slackapi "github.com/slack-go/slack"

	"github.com/smallwins/smallwins/commands"
)

// promptView begins the callback id of the modals that ask something. The
// language that the modal speaks follows where it is known: what says that the
// answer takes longer has to speak it before anybody could look it up.
const (
	promptView        = "prompt"
	languageSeparator = ":"
)

// botName heads a modal that has no title of its own. It is a name, the same in
// every language.
const botName = "smallwins"

// modal returns a reply as a modal: a form where it asks something, else what
// there is to say with the way to close it. What a modal carries is the
// prompt's token alone, which gives nobody any right.
// https://docs.slack.dev/surfaces/modals
func (a *App) modal(request commands.Request, reply commands.Reply) slackapi.ModalViewRequest {
	language := cmp.Or(reply.Language, request.Locale)
	signs := a.signs(language)
	view := slackapi.ModalViewRequest{Type: slackapi.VTModal, Title: new(plainObject(botName, maxViewLabel)), Close: label(signs.Close)}
	var sheet sheet
	sheet.parts(reply.Parts)
	said := len(sheet.blocks)
	if prompt := reply.Prompt; prompt != nil {
		if title := clean(prompt.Title); title != "" {
			view.Title = new(plainObject(title, maxViewLabel))
		}
		view.CallbackID, view.PrivateMetadata = promptView, prompt.Token
		if isID(language) {
			view.CallbackID += languageSeparator + language
		}
		if view.Submit = label(prompt.Submit); view.Submit == nil {
			view.Submit = new(plainObject(ellipsis, maxViewLabel)) // Slack wants one where there are fields
		}
		sheet.fields(prompt)
	}
	sheet.buttonsOf(reply.Buttons)
	if reply.Prompt != nil {
		sheet.ways(reply.Prompt, false)
	}
	view.Blocks = sheet.view(said)
	return view
}

// working is the modal that stands while an answer takes longer. By its
// external id the answer finds it, and finds out whether Slack shows it yet.
func (a *App) working(request commands.Request) *slackapi.ModalViewRequest {
	language := cmp.Or(addressOf(request).language, request.Locale)
	view := a.modal(request, commands.Reply{Language: language, Parts: []commands.Part{
		commands.Text{Line: commands.Line{{Text: orEllipsis(a.signs(language).Working)}}},
	}})
	view.ExternalID = request.ID
	return &view
}

// homeView returns a reply as the app's own page.
// https://docs.slack.dev/surfaces/app-home
func homeView(reply commands.Reply) slackapi.HomeTabViewRequest {
	var sheet sheet
	sheet.parts(reply.Parts)
	said := len(sheet.blocks)
	sheet.buttonsOf(reply.Buttons)
	return slackapi.HomeTabViewRequest{Type: slackapi.VTHomeTab, Blocks: sheet.view(said)}
}

// view returns the blocks as those of a view, at most as many as it takes, of
// which what is said gives way. It returns one at least, for Slack refuses a
// view of none.
func (s *sheet) view(said int) slackapi.Blocks {
	s.cut(said, maxViewBlocks-(len(s.blocks)-said))
	if len(s.blocks) == 0 {
		s.add(divider)
	}
	return slackapi.Blocks{BlockSet: s.blocks}
}

// label returns the label of a view's own button, nil for Slack's own word.
func label(text string) *slackapi.TextBlockObject {
	if text = clean(text); text == "" {
		return nil
	}
	return new(plainObject(text, maxViewLabel))
}

func (a *App) signs(locale string) commands.Signs {
	if a.words == nil {
		return commands.Signs{}
	}
	return a.words(locale)
}
