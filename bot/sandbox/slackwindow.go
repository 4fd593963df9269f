package sandbox

import (
	"context"
	"errors"
	"fmt"
)

// window is the modal that a member has in front.
func (d *slackDesk) window(member string) (window, bool) {
	view, open := d.api.OpenView(member)
	if !open {
		return window{}, false
	}
	return d.windowOf(view), true
}

func (d *slackDesk) windowOf(view View) window {
	shown := window{ID: view.ID, Version: view.Hash, Title: view.Title, Submit: view.Submit, Close: view.Close}
	for _, block := range showBlocks(view.Blocks, d.directory()) {
		if wrong, found := view.Errors[block.ID]; found {
			block.Wrong = wrong
		}
		shown.Blocks = append(shown.Blocks, block)
	}
	if shown.Close == "" {
		shown.Close = "Cancel" // Slack's own word
	}
	return shown
}

// submit sends the form in front and does what is answered.
func (d *slackDesk) submit(ctx context.Context, at place, id string, fill Fill) error {
	view, open := d.api.OpenView(at.Member.ID)
	if !open || view.ID != id {
		return errGone
	}
	payload, err := d.api.Submission(at.Member.ID, fill)
	if err != nil {
		return err
	}
	result := d.sendPayload(ctx, payload)
	if failure := result.failure(); failure != "" {
		d.note(result)
		return fmt.Errorf("%s (%s)", d.words.text("window_failed", nil), failure)
	}
	if err := d.api.Respond(id, result.body); err != nil {
		d.note(result, err.Error())
		return fmt.Errorf("%s (%w)", d.words.text("window_failed", nil), err)
	}
	d.note(result)
	return nil
}

// dismiss closes the modal in front.
func (d *slackDesk) dismiss(at place, id string) {
	if view, open := d.api.OpenView(at.Member.ID); open && view.ID == id {
		d.api.CloseView(at.Member.ID)
	}
}

// pressView presses something in the modal in front, or on the app's page.
func (d *slackDesk) pressView(ctx context.Context, at place, did pressed) error {
	view, open := d.api.OpenView(at.Member.ID)
	if !open || view.ID != did.view {
		if view, open = d.api.Home(at.Member.ID); !open || view.ID != did.view {
			return errGone
		}
	}
	payload, err := d.api.PressView(view, did.block, did.id, did.values...)
	if err != nil {
		return err
	}
	d.pressed(ctx, at, payload)
	return nil
}

// visit tells the bot that a member opened its page,
// https://docs.slack.dev/reference/events/app_home_opened.
func (d *slackDesk) visit(ctx context.Context, at place) {
	result := d.sendEvent(ctx, answer{
		"type": "app_home_opened", "user": at.Member.ID, "channel": Direct(at.Member.ID), "tab": "home",
		"event_ts": fmt.Sprintf("%d.000000", d.now().Unix()),
	})
	d.note(result)
}

// home is what a member's page of the app shows.
func (d *slackDesk) home(member string) (window, bool) {
	view, there := d.api.Home(member)
	if !there {
		return window{}, false
	}
	return d.windowOf(view), true
}

// errGone is the error about a message or form that is not there any more.
var errGone = errors.New("this is not there any more")
