package commands

import (
	"context"

	"github.com/smallwins/smallwins/coaching"
)

// dialogCheckIn is the form that answers a check-in with a note; its subject is
// the goal's number and the day of the check-in.
const dialogCheckIn = "checkin"

// answerChosen takes what a member pressed at a check-in.
func (r *Router) answerChosen(ctx context.Context, ask *ask) (Reply, error) {
	mood, about := cutWord(ask.rest)
	goal, day, err := r.checkedGoal(ctx, ask, about)
	if err != nil {
		return Reply{}, err
	}
	return r.answerCheckIn(ctx, ask, said{goal: goal, day: day, mood: coaching.Mood(mood), channel: ask.Channel, request: ask.ID})
}

// checkedGoal reads which goal an answer is about, and of which day's check-in.
// Only its owner answers for an own goal.
func (r *Router) checkedGoal(ctx context.Context, ask *ask, about string) (coaching.Goal, coaching.Date, error) {
	number, text := cutWord(about)
	day, err := coaching.ParseDate(text)
	if err != nil || !isGoalNumber("#"+number) {
		return coaching.Goal{}, coaching.Date{}, coaching.Refuse("button_unknown")
	}
	goal, err := r.goalFor(ctx, ask, coaching.ActLog, "#"+number)
	switch {
	case err != nil:
		return coaching.Goal{}, coaching.Date{}, err
	case !goal.Team() && goal.Owner != ask.Member:
		return coaching.Goal{}, coaching.Date{}, &coaching.Error{Code: coaching.Forbidden, Reason: "checkin_of_another"}
	case !coaching.TakesAnswers(day, ask.today):
		return coaching.Goal{}, coaching.Date{}, coaching.Refuse("checkin_over")
	}
	return goal, day, nil
}

// said is what a member says about a goal at a check-in.
type said struct {
	goal coaching.Goal
	day  coaching.Date
	mood coaching.Mood
	note string
	// channel is where the check-in was posted.
	channel coaching.ChannelID
	// request is what makes saying it twice once.
	request string
}

// answerCheckIn keeps an answer and tells it below the check-in. Everything of it can be
// repeated: what died half-way is done again.
func (r *Router) answerCheckIn(ctx context.Context, ask *ask, said said) (Reply, error) {
	name, err := r.remember(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	week := ask.workspace.Calendar().WeekStart(said.day)
	by := coaching.Member{ID: ask.Member, Name: name}
	answer, err := coaching.NewAnswer(said.goal, week, by, said.mood, said.note, ask.Received, said.request)
	if err != nil {
		return Reply{}, err
	}
	answers, err := r.store.Answers(ctx, ask.Request.Workspace, week)
	if err != nil {
		return Reply{}, err
	}
	if err := r.traceAnswer(ctx, ask, answer, answers); err != nil {
		return Reply{}, err
	}
	if _, err := r.store.SaveAnswer(ctx, answer); err != nil {
		return Reply{}, err
	}
	if err := r.passOn(ctx, ask, said, answer, append(answers, answer)); err != nil {
		return Reply{}, err
	}
	line := ask.voice.Line("checkin_noted_"+string(answer.Mood), Args{"goal": ask.name(said.goal)})
	reply := ask.say(Text{line})
	if answer.Note != "" {
		reply.Parts = append(reply.Parts, Note{Line{{Text: answer.Note}}})
	}
	about := itoa(said.goal.Number) + " " + said.day.String()
	reply.Buttons = []Button{
		ask.beginButton("button_note", dialogCheckIn, about), ask.beginButton("button_log", dialogLog, itoa(said.goal.Number)),
	}
	return reply, nil
}

// traceAnswer leaves a trace of an answer and of what it takes the place of, so
// that all that was said is kept.
func (r *Router) traceAnswer(ctx context.Context, ask *ask, answer coaching.Answer, before []coaching.Answer) error {
	mood := coaching.Shift{Name: "mood", After: string(answer.Mood)}
	for _, earlier := range before {
		if earlier.Goal == answer.Goal && earlier.Member == answer.Member {
			if earlier.Request == answer.Request {
				return nil
			}
			mood.Before = string(earlier.Mood)
		}
	}
	return r.trace(ctx, ask, coaching.Trace{
		ID: answer.Request + "/answered", Goal: answer.Goal, Kind: coaching.TraceAnswered, Shifts: []coaching.Shift{mood}, Why: answer.Note,
	})
}

// passOn puts an answer into the thread of the channel's check-in that it was
// given to. When nobody is left to answer, managers are told at once.
func (r *Router) passOn(ctx context.Context, ask *ask, said said, answer coaching.Answer, answers []coaching.Answer) error {
	channel := coaching.Cadence{Workspace: ask.Request.Workspace, Kind: coaching.CheckInWeekly, Channel: said.channel}
	under, err := r.store.Delivery(ctx, channel.DeliveryID(said.day))
	switch {
	case coaching.CodeOf(err) == coaching.NotFound: // it was asked in direct messages
		return nil
	case err != nil:
		return err
	}
	if !said.goal.Private {
		err := r.store.Enqueue(ctx, coaching.Delivery{
			ID: under.ID + "/" + said.request, Workspace: ask.Request.Workspace, Channel: said.channel,
			Notices: []coaching.Notice{coaching.Answered{Date: ask.today, Answer: answer, Goal: said.goal, Under: under.ID}},
			State:   coaching.Pending, DueAt: ask.Received, NextAt: ask.Received, ExpiresAt: coaching.DigestExpires(ask.Received),
		})
		if err != nil {
			return err
		}
	}
	for _, notice := range under.Notices {
		if checkIn, ok := notice.(coaching.CheckIn); ok && len(coaching.Waiting(checkIn.Asked, answers)) == 0 {
			return r.hurryDigests(ctx, ask, under.ID, checkIn)
		}
	}
	return nil
}

// hurryDigests lets the digests of a check-in go out now, unless it is quiet.
func (r *Router) hurryDigests(ctx context.Context, ask *ask, under string, checkIn coaching.CheckIn) error {
	if ask.workspace.Quiet.Holds(ask.Received.In(ask.workspace.Location())) {
		return nil
	}
	leaders, err := r.leaders(ctx, ask.workspace, checkIn.Date)
	if err != nil {
		return err
	}
	for _, leader := range leaders {
		digest, err := r.store.Delivery(ctx, coaching.DigestID(under, leader))
		switch {
		case coaching.CodeOf(err) == coaching.NotFound:
			continue
		case err != nil:
			return err
		case digest.State != coaching.Pending || digest.Attempts > 0 || !digest.NextAt.After(ask.Received):
			continue
		}
		digest.NextAt = ask.Received
		if _, err := r.store.SaveDelivery(ctx, digest); err != nil && coaching.CodeOf(err) != coaching.Conflict {
			return err
		}
	}
	return nil
}

// checkInScript asks how somebody sees a goal, and why.
func (r *Router) checkInScript(ctx context.Context, ask *ask, dialog coaching.Dialog) (script, error) {
	goal, day, err := r.checkedGoal(ctx, ask, dialog.Subject)
	if err != nil {
		return script{}, err
	}
	return script{
		steps: []step{{name: "mood", settled: dialog.Answered("mood"), prompt: func(ctx context.Context) (Reply, error) {
			return r.askMood(ctx, ask, goal, day)
		}}},
		finish: func(ctx context.Context) (Reply, string, error) {
			reply, err := r.answerCheckIn(ctx, ask, said{
				goal: goal, day: day, mood: coaching.Mood(dialog.Answer("mood")), note: dialog.Answer("note"),
				channel: dialog.Channel, request: dialog.ID,
			})
			return reply, itoa(goal.Number), err
		},
	}, nil
}

// askMood is the form, filled in with what the member said before.
func (r *Router) askMood(ctx context.Context, ask *ask, goal coaching.Goal, day coaching.Date) (Reply, error) {
	answers, err := r.store.Answers(ctx, ask.Request.Workspace, ask.workspace.Calendar().WeekStart(day))
	if err != nil {
		return Reply{}, err
	}
	mood := Field{Name: "mood", Kind: PickOne, Label: ask.voice.Text("checkin_ask_mood", nil), Value: string(coaching.MoodOnTrack)}
	note := Field{
		Name: "note", Kind: AreaField, Label: ask.voice.Text("checkin_ask_note", nil), Hint: ask.voice.Text("checkin_ask_note_hint", nil),
		Optional: true, Limit: coaching.MaxNote,
	}
	for _, each := range coaching.Moods {
		mood.Choices = append(mood.Choices, ask.choice(string(each), "mood_"+string(each)))
	}
	for _, answer := range answers {
		if answer.Goal == goal.Number && answer.Member == ask.Member {
			mood.Value, note.Value = string(answer.Mood), answer.Note
		}
	}
	return ask.asks("checkin_title", ask.name(goal), mood, note), nil
}
