package commands_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/smallwins/smallwins/coaching"
)

func TestPastedFiguresAreShownBeforeTheyAreSaved(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-03-12 09:00")
	o.remembers(coaching.Revenue, "2025-01-01", "100", "110")
	f := o.opens(lin, "history import")
	f.answers("paste=Month\tRevenue\nJan 2025\t$100\nFeb 2025\t112\nMar 2025\tabout 115\nมี.ค. 2568\t115\nMar 2026\t9").wants(
		"3 figures understood, Revenue:", "- Jan 2025: $100, as it is already", "- Feb 2025: $112 instead of $110", "- Mar 2025: $115\n",
		"2 lines left out:", "- Line 4, “Mar 2025 about 115”: I find no number there", "- Line 6, “Mar 2026 9”: That period is not over yet.",
	)
	if got := o.observations(coaching.Revenue); len(got) != 2 {
		t.Errorf("a dry run left %d figures", len(got))
	}
	f.answers("confirm=mend")
	if got := f.field("paste").Value; !strings.HasPrefix(got, "Month") {
		t.Errorf("what was pasted is lost: %q", got)
	}
	prompt := f.answers("paste=Feb 2025\t112\nMar 2025\t115").prompt
	f.answers("confirm=save").wants("Saved: 2 figures are new or changed.", "# Revenue so far", "Feb 2025: $112")
	want := "[100 112 115]"
	values := func() string {
		var values []string
		for _, observation := range o.observations(coaching.Revenue) {
			values = append(values, observation.Value.String())
		}
		return fmt.Sprint(values)
	}
	if got := values(); got != want {
		t.Errorf("kept are %s, want %s", got, want)
	}
	o.remembers(coaching.Revenue, "2025-02-01", "113")
	f.prompt = prompt
	f.answers("confirm=save").wants("done already")
	if got := values(); got != "[100 113 115]" {
		t.Errorf("the button pressed again left %s", got)
	}
}

func TestPastFiguresOfOtherKindsAndNoneAtAll(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-03-12 09:00")
	f := o.opens(lin, "history import win rate")
	if got := f.field("kind").Value; got != "winrate" {
		t.Errorf("the kind is %q", got)
	}
	f.answers("paste=hello there").wants("There is no figure in that.")
	if choices := f.prompt.Fields[0].Choices; len(choices) != 1 {
		t.Errorf("nothing can be saved, yet there is %v", choices)
	}
	f.answers("confirm=mend").answers("kind=churn", "paste=2025-01, 2.1%").wants("1 figure understood, Churn:", "Jan 2025: 2.1%")
	f.answers("confirm=save").wants("Saved: 1 figure is new")
	if got := o.observations(coaching.Churn); len(got) != 1 || got[0].Value.String() != "2.1" {
		t.Errorf("kept are %v", got)
	}
	o.refuses(nok, "history import", "import_of_managers")
}
