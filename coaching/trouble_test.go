package coaching_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/smallwins/smallwins/coaching"
)

func TestLastPostDecidesWhetherThereIsTrouble(t *testing.T) {
	t.Parallel()
	came := func(channel string, daysAgo int, result coaching.OutcomeResult, reason string, scope coaching.OutcomeScope) coaching.Delivery {
		at := nine.AddDate(0, 0, -daysAgo)
		d := coaching.Delivery{Channel: coaching.ChannelID(channel), State: coaching.Pending, DueAt: at, ExpiresAt: at.Add(time.Hour)}
		return d.Begin(at, time.Minute).Settle(coaching.Outcome{Result: result, Reason: coaching.Reason(reason), Scope: scope}, at)
	}
	dead := func(channel string, daysAgo int, reason string) coaching.Delivery {
		return came(channel, daysAgo, coaching.Hopeless, reason, coaching.OfChannel)
	}
	sent := func(channel string, daysAgo int) coaching.Delivery {
		return came(channel, daysAgo, coaching.Delivered, "", coaching.OfChannel)
	}
	barred := func(channel string, daysAgo int) coaching.Delivery {
		return came(channel, daysAgo, coaching.Hopeless, "token_revoked", coaching.OfWorkspace)
	}
	for _, test := range []struct {
		name   string
		latest []coaching.Delivery // the last one first
		want   string
	}{
		{"no posts yet", nil, "[]"},
		{"an archived channel, for two days", []coaching.Delivery{dead("C1", 1, "is_archived"), dead("C1", 2, "is_archived"), sent("C1", 3)}, "[C1 is_archived 2]"},
		{"invited since", []coaching.Delivery{sent("C1", 1), dead("C1", 2, "not_in_channel")}, "[]"},
		{"another channel is well", []coaching.Delivery{sent("C2", 1), dead("C1", 2, "not_in_channel")}, "[C1 not_in_channel 2]"},
		{
			"a retry says nothing yet",
			[]coaching.Delivery{came("C1", 1, coaching.Refused, "rate_limited", coaching.OfChannel), dead("C1", 2, "not_in_channel")},
			"[C1 not_in_channel 2]",
		},
		{"a revoked token", []coaching.Delivery{barred("C1", 1), barred("C2", 2), sent("C1", 3)}, "[ token_revoked 2]"},
		{"a new token since", []coaching.Delivery{sent("C1", 1), barred("C2", 2)}, "[]"},
		{"our own mistake", []coaching.Delivery{dead("C1", 1, "nothing_to_post"), dead("C2", 1, "dropped")}, "[]"},
	} {
		got := []string{}
		for _, trouble := range coaching.Troubles(test.latest) {
			got = append(got, fmt.Sprintf("%s %s %d", trouble.Channel, trouble.Reason, int(nine.Sub(trouble.Since).Hours()/24)))
		}
		if fmt.Sprint(got) != test.want {
			t.Errorf("%s: %v, want %s", test.name, got, test.want)
		}
	}
}
