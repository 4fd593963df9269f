package commands

import (
	"context"

	"github.com/smallwins/smallwins/coaching"
)

// warningChosen takes what a member says of a warning. Whoever sees the team's may
// say that it is useful; to call one a false alarm, or to snooze it, hushes it for
// everybody, and is the managers'. So is all that concerns one person.
func (r *Router) warningChosen(ctx context.Context, ask *ask) (Reply, error) {
	say, id := cutWord(ask.rest)
	warned, err := r.store.Warned(ctx, ask.Request.Workspace, id)
	if coaching.CodeOf(err) == coaching.NotFound {
		return Reply{}, &coaching.Error{Code: coaching.NotFound, Reason: "warning_gone", Err: err}
	}
	if err != nil {
		return Reply{}, err
	}
	if warned.Personal || say != warningUseful {
		if err := r.may(ctx, ask, coaching.ActSettings); err != nil {
			return Reply{}, err
		}
	}
	switch say {
	case warningUseful:
		return r.judgeWarning(ctx, ask, warned, coaching.VerdictUseful, "warning_noted_useful")
	case warningFalse:
		if err := r.changeStanding(ctx, ask, warned, func(w coaching.Watched) coaching.Watched {
			w.Hushed = true
			return w
		}); err != nil {
			return Reply{}, err
		}
		return r.judgeWarning(ctx, ask, warned, coaching.VerdictFalseAlarm, "warning_noted_false")
	case warningSnooze:
		until := ask.today.AddDays(coaching.SnoozeDays)
		err := r.changeStanding(ctx, ask, warned, func(w coaching.Watched) coaching.Watched {
			w.SnoozedUntil = until
			return w
		})
		return ask.say(Text{ask.voice.Line("warning_noted_snooze", Args{"until": ask.longDate(until)})}), err
	default:
		return Reply{}, coaching.Refuse("button_unknown")
	}
}

func (r *Router) judgeWarning(ctx context.Context, ask *ask, warned coaching.Warned, verdict coaching.Verdict, id string) (Reply, error) {
	err := r.store.AnswerWarning(ctx, ask.Request.Workspace, warned.ID, verdict, ask.Member, ask.Received)
	return ask.say(Text{ask.voice.Line(id, nil)}), err
}

// changeStanding changes what is remembered of a warning's stream while that
// warning stands; of one that is over, nothing is to be changed.
func (r *Router) changeStanding(ctx context.Context, ask *ask, warned coaching.Warned, change func(coaching.Watched) coaching.Watched) error {
	return r.store.ChangeEpisode(ctx, ask.Request.Workspace, warned.Stream, func(w coaching.Watched) coaching.Watched {
		if w.WarningID() != warned.ID {
			return w
		}
		return change(w)
	})
}
