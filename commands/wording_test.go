package commands_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

func loadVoice(t testing.TB, locale string) *commands.Voice {
	t.Helper()
	wording, err := commands.LoadWording()
	if err != nil {
		t.Fatal(err)
	}
	return wording.In(locale)
}

// literals returns the string literals of the Go files that match the patterns,
// tests left out.
func literals(t *testing.T, patterns ...string) map[string]bool {
	t.Helper()
	found := make(map[string]bool)
	for _, pattern := range patterns {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			if strings.HasSuffix(path, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(node ast.Node) bool {
				if literal, ok := node.(*ast.BasicLit); ok && literal.Kind == token.STRING {
					if text, err := strconv.Unquote(literal.Value); err == nil {
						found[text] = true
					}
				}
				return true
			})
		}
	}
	return found
}

// messageIDs returns the ids of a language's message files.
func messageIDs(t *testing.T, language string) []string {
	t.Helper()
	paths, err := filepath.Glob("wording/*." + language + ".toml")
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var messages map[string]any
		if err := toml.Unmarshal(text, &messages); err != nil {
			t.Fatal(path, err)
		}
		for id := range messages {
			if slices.Contains(ids, id) {
				t.Errorf("%s words %q a second time", path, id)
			}
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// stems begin the ids that the code completes with a reason, a state or a name.
var stems = []string{
	"reason_", "found_", "hint_", "pace_", "level_", "state_", "smart_", "month_", "weekday_", "day_", "counted_", "stage_", "metric_", "help_", "suggest_", "tier_", "basis_",
	"play_", "win_", "wins_", "question_", "answer_tools_",
	"refused_", "traced_", "shift_", "shifted", "trace_",
	"board_", "history_", "kind_", "review_", "grade_", "propose_", "caution_", "unknown_", "check_", "choice_", "moved_", "closed_", "parked_", "setting_",
	"dialog_unfinished_", "table_as_", "new_", "fed_", "parts_by_", "cadence_name_", "cadence_line", "warning_", "stream_", "mood_", "button_mood_", "checkin_noted_", "chart_alt_",
}

func TestEverySentenceThatTheCodeSaysIsWorded(t *testing.T) {
	t.Parallel()
	voice := loadVoice(t, "en")
	ids := messageIDs(t, "en")
	for text := range literals(t, "*.go", "../bot/hooks/*.go", "../bot/slack/installpage.go", "../cmd/smallwins/demo_steps.go") {
		if reasonForm.MatchString(text) && !voice.Has(text) && !slices.Contains(notMessages, text) &&
			!voice.Has("reason_"+text) {
			t.Errorf("the code says %q, which has no words", text)
		}
	}
	said := literals(t, "*.go", "../bot/hooks/*.go", "../bot/slack/installpage.go", "../cmd/smallwins/demo_steps.go")
	for _, id := range ids {
		stemmed := slices.ContainsFunc(stems, func(stem string) bool { return strings.HasPrefix(id, stem) })
		if !said[id] && !stemmed {
			t.Errorf("nothing says %q", id)
		}
	}
}

// notMessages are literals in the form of an id that are something else.
var notMessages = []string{
	"not_in_channel", "channel_not_found", "missing_access", "missing_permissions", "no_permission", "channel_is_limited_access",
	"restricted_action", "is_archived", "token_missing", "token_revoked", "token_expired", "invalid_auth", "not_authed",
	"account_inactive", "server_not_found", "missing_scope", "token_unreadable", "app_not_installed", "app_uninstalled",

	"dialog_begin", "has_tools", "leak_fix", "leak_stage",
	"no_history", "command_run", "goal_create", "goal_log", "goal_review", "goal_swap", "win_done", "goal_changes", "forget_me", "manager_groups",
	"dialog_answer", "dialog_open", "dialog_back", "dialog_drop", "pick_one", "pick_many",
	"dialog_rest", "goal_refine", "command_run", "log_form", "win_week", "win_tick", "review_begin", "events_refused",
}

func TestEveryRefusalIsWorded(t *testing.T) {
	t.Parallel()
	voice := loadVoice(t, "en")
	refusal := regexp.MustCompile(`(?:Refuse\(|Reason: |return Figure\{\}, 0, )"([a-z_]+)"`)
	seen := 0
	for _, pattern := range []string{"*.go", "../coaching/*.go", "../store/*.go"} {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			if strings.HasSuffix(path, "_test.go") {
				continue
			}
			source, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for _, match := range refusal.FindAllStringSubmatch(string(source), -1) {
				seen++
				if reason := match[1]; !voice.Has("reason_"+reason) && !slices.Contains(internalReasons, reason) {
					t.Errorf("%s refuses with %q, which has no words", path, reason)
				}
			}
		}
	}
	if seen < 30 {
		t.Errorf("only %d refusals were found", seen)
	}
}

func TestEveryVerdictIsWorded(t *testing.T) {
	t.Parallel()
	voice := loadVoice(t, "en")
	for text := range literals(t, "../coaching/smart_letter.go") {
		if reasonForm.MatchString(text) && !voice.Has("found_"+text) {
			t.Errorf("a card can say %q, which has no words", text)
		}
	}
	for _, realism := range []coaching.Realism{coaching.Comfortable, coaching.Realistic, coaching.Challenging, coaching.Unrealistic} {
		if !voice.Has("found_" + string(realism)) {
			t.Errorf("a card can say %q, which has no words", realism)
		}
	}
	for text := range literals(t, "../coaching/event_check.go") {
		if strings.HasPrefix(text, "event_") && !voice.Has("reason_"+text) {
			t.Errorf("an event can be refused with %q, which has no words", text)
		}
	}
	for text := range literals(t, "../coaching/kpi.go") {
		if strings.HasPrefix(text, "kpi_") && text != string(coaching.ReasonKPINotStarted) && !voice.Has("fed_"+text) {
			t.Errorf("a figure can be unknown for %q, which has no words", text)
		}
	}
	for text := range literals(t, "../coaching/pace_level.go") {
		if reasonForm.MatchString(text) && !voice.Has("level_"+text) {
			t.Errorf("a level can be %q, which has no words", text)
		}
	}
	for _, state := range []coaching.PaceState{
		coaching.PaceNotStarted, coaching.PaceTooEarly, coaching.PaceAhead, coaching.PaceOn, coaching.PaceBehind, coaching.PaceDone,
	} {
		if !voice.Has("pace_" + string(state)) {
			t.Errorf("a pace can be %q, which has no words", state)
		}
	}
	for _, id := range []string{
		"pace_not_started_lower", "pace_too_early_lower", "pace_ahead_lower", "pace_ahead_safe", "pace_on_pace_lower",
		"pace_behind_lower", "pace_done_above", "pace_missed_lower", "pace_over_met", "pace_over_missed",
	} {
		if !voice.Has(id) {
			t.Errorf("%s has no words", id)
		}
	}
}

// reasonForm is what the names of reasons look like.
var reasonForm = regexp.MustCompile(`^[a-z]+(_[a-z]+)+$`)

// internalReasons are shown to nobody: they end in a log, or in the state of a
// delivery.
var internalReasons = []string{"day_missing", "lookup_failed", "not_worded", "token_unreadable", "app_not_installed", "app_uninstalled"}

func TestMarksAndValuesAreToldApart(t *testing.T) {
	t.Parallel()
	voice := loadVoice(t, "en")
	line := voice.Line("undone", commands.Args{
		"amount": commands.Span{Text: "*3* `demos`", Style: commands.Struck}, "goal": "*{{.amount}}*",
	})
	want := commands.Line{
		{Text: "Took back "}, {Text: "*3* `demos`", Style: commands.Struck}, {Text: " on *{{.amount}}*."},
	}
	if !slices.Equal(line, want) {
		t.Errorf("got  %+v\nwant %+v", line, want)
	}
}

func TestPluralFormFollowsTheCount(t *testing.T) {
	t.Parallel()
	voice := loadVoice(t, "en-GB")
	for count, want := range map[int]string{0: "0 working days", 1: "1 working day", 2: "2 working days", 1001: "1,001 working days"} {
		if got := voice.Text("workdays", commands.Args{"count": count}); got != want {
			t.Errorf("workdays(%d) = %q, want %q", count, got, want)
		}
	}
}

func TestUnknownLocaleSpeaksEnglish(t *testing.T) {
	t.Parallel()
	for _, locale := range []string{"", "xx", "not a locale at all", strings.Repeat("a", 1000), "en-US"} {
		if got := loadVoice(t, locale).Text("today", nil); got != "today" {
			t.Errorf("locale %q says %q", locale, got)
		}
	}
}

func TestAppendingToASentenceLeavesItAsItIs(t *testing.T) {
	t.Parallel()
	voice := loadVoice(t, "en")
	want := voice.Text("help_heading", nil)
	first := append(voice.Line("help_heading", nil), commands.Span{Text: "first"})
	second := append(voice.Line("help_heading", nil), commands.Span{Text: "second"})
	if first.String() != want+"first" || second.String() != want+"second" || voice.Line("help_heading", nil).String() != want {
		t.Errorf("got %q and %q of %q", first, second, want)
	}
}
