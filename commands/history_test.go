package commands_test

import (
	"strings"
	"testing"

	"github.com/smallwins/smallwins/coaching"
)

// revenues are the months from April 2024 to August 2026.
var revenues = strings.Fields(`30000 31000 29500 30500 32000 33500 34000 38000 45000
	31000 30500 33000 34500 33800 34000 35000 36500 37000 39200 43100 52000
	35100 34800 37300 38400 38000 39500 39000 41500`)

func TestHistoryTellsFiguresGrowthSeasonAndTheBand(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-09-10 09:00")
	o.remembers(coaching.Revenue, "2024-04-01", revenues...)
	text := o.reads(nok, "history")
	// 36,500 to 37,000 is 1.4% more; 33,500 a year before makes it 10.4%.
	wants(t, text,
		"# Revenue so far",
		"- Sep 2025: $37,000, +1.4% on the month, +10% on the year",
		"- Jan 2026: $35,100, −33% on the month, +13% on the year",
		"- Aug 2026: $41,500",
		"The last 12 months are 13% above the same a year before.", "Average growth: +1.1% a month.",
		"For Sep 2026 expect about $", "four times in five it is between $",
		" is comfortable (", " is realistic (", " is a challenge (",
	)
	if lines := periods(text); lines != 12 {
		t.Errorf("%d periods are listed, want 12", lines)
	}
	quarters := o.reads(nok, "history revenue quarterly")
	wants(t, quarters, "- Q3 2024: $96,000", "- Q4 2025: $134,300, +24% on the quarter, +15% on the year", "lifts Q3 2026 by")
	if lines := periods(quarters); lines != 8 {
		t.Errorf("%d quarters are listed, want 8", lines)
	}
}

func TestHistoryLooksAheadAndNotAtAPeriodThatIsOver(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-12-10 09:00")
	o.remembers(coaching.Revenue, "2024-04-01", revenues...)
	wants(t, o.reads(nok, "history"), "- Aug 2026", "For Dec 2026 expect about")
	o.now = o.now.AddDate(4, 0, 0)
	wants(t, o.reads(nok, "history"), "- Aug 2026", "two years old or more")
}

func TestHistorySaysHowMuchIsMissing(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-09-10 09:00")
	wants(t, o.reads(nok, "history churn"), "# Churn so far", "There are no past figures of it yet. From 3 on")
	o.remembers(coaching.Churn, "2026-06-01", "2.4", "2.1")
	text := o.reads(nok, "history churn")
	wants(t, text, "- Jul 2026: 2.1%, −0.3 points on the month", "There are 2 past figures of it. From 3 on")
	if strings.Contains(text, "comfortable") {
		t.Errorf("two figures make a forecast:\n%s", text)
	}
}

func TestHistoryKnowsAKindByItsWords(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-09-10 09:00")
	for words, heading := range map[string]string{
		"": "Revenue", "winrate": "Win rate", "win rate": "Win rate", "อัตราการชนะ": "Win rate", "CLV": "Customer lifetime value",
		"ลูกค้าเป้าหมาย": "Qualified leads", "รายได้": "Revenue", "demos": "Meetings", "churn monthly": "Churn", "quarterly": "Revenue",
	} {
		if text := o.reads(nok, "history "+words); !strings.HasPrefix(text, "# "+heading+" so far") {
			t.Errorf("%q shows %s", words, text)
		}
	}
	for _, words := range []string{"bananas", "custom", "#3"} {
		o.refuses(nok, "history "+words, "history_kind")
	}
	o.refuses(nok, "history "+strings.Repeat("x", 5000), "text_too_long")
}

// periods counts the past periods that a history lists.
func periods(text string) int {
	listed, _, _ := strings.Cut(text, "The last ")
	return strings.Count(listed, "\n- ")
}
