package commands_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// directory is a platform that tells who its members are, and counts how often
// it is asked.
type directory struct {
	admins []coaching.MemberID
	groups map[string][]coaching.MemberID
	err    error
	asked  int
}

func (d *directory) Profile(_ context.Context, _ coaching.WorkspaceID, member coaching.MemberID) (coaching.Profile, error) {
	d.asked++
	return coaching.Profile{
		Name: "Full " + string(member), Locale: "de-DE", Zone: "Europe/Berlin", Admin: slices.Contains(d.admins, member),
	}, d.err
}

func (d *directory) Groups(_ context.Context, _ coaching.WorkspaceID, member coaching.MemberID, groups []string) ([]string, error) {
	d.asked++
	var in []string
	for _, group := range groups {
		members, known := d.groups[group]
		if !known {
			return nil, &coaching.Error{Code: coaching.NotFound, Reason: "group_unknown"}
		}
		if slices.Contains(members, member) {
			in = append(in, group)
		}
	}
	return in, d.err
}

// consults makes the office's platform answer questions. Nobody is chosen there.
func (o *office) consults(directory *directory) {
	o.leads()
	o.router.Consult(directory)
}

// chooses is types for the choice of managers, with what the text mentions.
func (o *office) chooses(who coaching.MemberID, text string, mentions []coaching.MemberID, groups ...commands.Group) error {
	_, err := o.ask(commands.Request{Member: who, Text: "settings managers " + text, Mentions: mentions, Groups: groups})
	return err
}

func TestFirstToChangeASettingLeadsATeamWithoutAnybodyInCharge(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-10-20 09:00")
	o.leads()
	wants(t, o.reads(nok, "settings"), "Managers: nobody yet; the first to change a setting becomes one")
	// Looking, mistyping and working are no way to become a manager.
	o.refuses(nok, "settings zone Atlantis", "zone_unknown")
	o.refuses(nok, "settings changes", "manager_missing")
	team := o.sets(coaching.Calls, "", "Team calls", coaching.Month, "2026-10-01", "100")
	o.reads(nok, "park #"+goalNumber(team))
	o.sets(coaching.Calls, ploy, "Her calls", coaching.Month, "2026-10-01", "100")
	o.refuses(nok, "park #2", "goal_of_another")
	wants(t, o.reads(ploy, "settings"), "nobody yet")

	o.now = o.now.Add(time.Minute)
	wants(t, o.reads(nok, "settings zone Asia/Bangkok"), "nok leads this team in smallwins now", "Saved.", "Managers: nok")
	o.now = o.now.Add(time.Minute)
	if text := o.reads(nok, "settings week Mon-Sat"); strings.Contains(text, "leads this team") {
		t.Errorf("it is announced again:\n%s", text)
	}
	o.refuses(ploy, "settings zone UTC", "settings_of_managers")
	o.refuses(ploy, "focus #1", "goal_of_team")
	o.reads(nok, "park #2 on leave")
	wants(t, o.reads(nok, "settings changes"), "work week: Mon–Fri → Mon–Sat", "managers: nok", "Not done", "Change settings")
}

func TestPlatformThatTellsItsAdminsLeavesNoWayIn(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-10-20 09:00")
	o.consults(&directory{admins: []coaching.MemberID{lin}})
	o.refuses(nok, "settings zone Asia/Bangkok", "settings_of_managers")
	o.reads(lin, "settings zone Asia/Bangkok")
	wants(t, o.reads(nok, "settings"), "Managers: the admins of this workspace")
	if err := o.chooses(lin, "@U0NOK", []coaching.MemberID{nok}); err != nil {
		t.Fatal(err)
	}
	o.reads(nok, "settings zone UTC")
	if err := o.chooses(nok, "@U0PLOY", []coaching.MemberID{ploy}); coaching.CodeOf(err) != coaching.Forbidden {
		t.Errorf("a manager chooses managers where admins are known: %v", err)
	}
	wants(t, o.reads(nok, "settings"), "Managers: Full U0NOK, and the admins of this workspace")
	// Nobody is locked out: the admins are still there.
	if err := o.chooses(lin, "-@U0NOK", []coaching.MemberID{nok}); err != nil {
		t.Fatal(err)
	}
	o.refuses(nok, "settings zone UTC", "settings_of_managers")
}

func TestProfileThatComesAlongIsAllThatCounts(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-10-20 09:00")
	asked := &directory{admins: []coaching.MemberID{nok}}
	o.consults(asked)
	request := commands.Request{Member: nok, Text: "settings zone UTC", Profile: &coaching.Profile{Name: "Nok", Groups: []string{"77"}}}
	if _, err := o.ask(request); coaching.CodeOf(err) != coaching.Forbidden {
		t.Errorf("no admin: %v", err)
	}
	request.Profile.Admin = true
	if _, err := o.ask(request); err != nil {
		t.Error(err)
	}
	group := commands.Group{ID: "77", Text: "@sales leads"}
	choice := commands.Request{Member: nok, Text: "settings managers role @sales leads", Groups: []commands.Group{group}, Profile: request.Profile}
	reply, err := o.ask(choice)
	if err != nil {
		t.Fatal(err)
	}
	wants(t, wordsOf(reply), "Managers: @sales leads, and the admins of this workspace")
	other := commands.Request{Member: ploy, Text: "settings zone UTC", Profile: &coaching.Profile{Groups: []string{"77"}}}
	if _, err := o.ask(other); err != nil {
		t.Errorf("a member of the chosen role: %v", err)
	}
	choice.Text = "settings managers -@sales leads"
	if _, err := o.ask(choice); err != nil {
		t.Fatal(err)
	}
	if _, err := o.ask(other); coaching.CodeOf(err) != coaching.Forbidden {
		t.Errorf("the role is no longer chosen: %v", err)
	}
	if asked.asked != 0 {
		t.Errorf("the platform was asked %d times for what it had told", asked.asked)
	}
}

func TestGroupsAreLookedInto(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-10-20 09:00")
	platform := &directory{admins: []coaching.MemberID{lin}, groups: map[string][]coaching.MemberID{"S1": {ploy}}}
	o.consults(platform)
	group := commands.Group{ID: "S1", Text: "@sales-leads"}
	o.refuses(ploy, "settings zone UTC", "settings_of_managers")
	if err := o.chooses(lin, "group @sales-leads", nil, group); err != nil {
		t.Fatal(err)
	}
	// What was known of ploy before does not tell of the group.
	o.reads(ploy, "settings zone UTC")
	o.refuses(nok, "settings zone UTC", "settings_of_managers")
	err := o.chooses(lin, "group @nobody", nil, commands.Group{ID: "S9", Text: "@nobody"})
	if err == nil || !strings.Contains(err.Error(), "group_unknown") {
		t.Errorf("an unknown group: %v", err)
	}
	platform.err = &coaching.Error{Code: coaching.Forbidden, Reason: "platform_untold"}
	if err := o.chooses(lin, "group @sales-leads", nil, group); err == nil || !strings.Contains(err.Error(), "groups_untold") {
		t.Errorf("without the permission: %v", err)
	}
}

func TestLastManagerStays(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-10-20 09:00") // lin is chosen, and no admin is known
	if err := o.chooses(lin, "-@U0LIN", []coaching.MemberID{lin}); err == nil || !strings.Contains(err.Error(), "managers_last") {
		t.Errorf("the last one goes: %v", err)
	}
	if err := o.chooses(lin, "@U0NOK -@U0LIN", []coaching.MemberID{nok, lin}); err != nil {
		t.Fatal(err)
	}
	o.refuses(lin, "settings zone UTC", "settings_of_managers")
	o.reads(nok, "settings zone UTC")
}

func TestManagersAreReallyMentioned(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-10-20 09:00")
	for _, text := range []string{"@U0PLOY", "ploy", "U0PLOY", "@U0NOK and @U0PLOY", "group", "group @sales-leads"} {
		err := o.chooses(lin, text, []coaching.MemberID{nok})
		if err == nil || !strings.Contains(err.Error(), "managers_who") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestPlatformIsSeldomAsked(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-10-20 09:00")
	platform := &directory{admins: []coaching.MemberID{lin}}
	o.consults(platform)
	own := o.sets(coaching.Calls, nok, "Own calls", coaching.Month, "2026-10-01", "100")
	o.sets(coaching.Calls, "", "Team calls", coaching.Month, "2026-10-01", "100")
	for _, text := range []string{"log #1 +3", "log #2 +3", "progress", "progress #1 +1", "show #1", "show #2", "list", "list all", "undo", "plan #1", "plan #2", "done", "park #1", "focus #1", ""} {
		o.reads(nok, text)
	}
	if platform.asked != 0 {
		t.Errorf("the platform was asked %d times about a rep's own work", platform.asked)
	}
	for range 3 {
		o.reads(lin, "park #"+goalNumber(own))
		o.reads(lin, "focus #"+goalNumber(own))
	}
	if platform.asked != 1 {
		t.Errorf("the platform was asked %d times about a manager, want once", platform.asked)
	}
	member, err := o.store.Member(t.Context(), officeID, lin)
	if err != nil || member.Name != "Full U0LIN" || member.Zone != "Europe/Berlin" || member.Locale != "de-DE" {
		t.Errorf("known of lin: %+v, %v", member, err)
	}
	// An admin no longer: found out some hours later.
	platform.admins = nil
	o.reads(lin, "park #1")
	o.now = o.now.Add(5 * time.Hour)
	o.refuses(lin, "focus #1", "goal_of_another")
	if platform.asked != 2 {
		t.Errorf("the platform was asked %d times, want twice", platform.asked)
	}
}

func TestOutageOfThePlatformTakesNobodysRightsForADay(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-10-20 09:00")
	platform := &directory{admins: []coaching.MemberID{lin}}
	o.consults(platform)
	o.reads(lin, "settings zone UTC")
	platform.err = commands.ErrTryLater
	o.now = o.now.Add(20 * time.Hour)
	o.reads(lin, "settings week Mon-Sat")
	// Of nok nothing is known, and that is not held against nok.
	o.refuses(nok, "settings zone UTC", "role_unsure")
	traces, err := o.store.Traces(t.Context(), officeID, coaching.SubjectRefused, 10)
	if err != nil || len(traces) != 0 {
		t.Errorf("an outage is in the trail: %+v, %v", traces, err)
	}
	o.now = o.now.Add(10 * time.Hour)
	o.refuses(lin, "settings zone UTC", "role_unsure")
	// A token that was taken back does not open the way in either.
	platform.err = &coaching.Error{Code: coaching.Forbidden, Reason: "platform_untold"}
	o.refuses(nok, "settings zone UTC", "settings_of_managers")
}

func TestBoardOfAManagerShowsWhatDoesNotGoWell(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-10-20 09:00")
	o.sets(coaching.Calls, ploy, "Her calls", coaching.Month, "2026-10-01", "100")
	wants(t, o.reads(lin, "team"), "#1 Her calls", "behind")
	if text := o.reads(nok, "team"); strings.Contains(text, "Her calls") {
		t.Errorf("nok sees what does not go well for ploy:\n%s", text)
	}
}

func TestWhatThePlatformCallsAMemberIsBetterThanTheirHandle(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-10-20 09:00")
	if err := o.store.SaveMember(t.Context(), coaching.Member{Workspace: officeID, ID: nok, Name: "Nok Charoen"}); err != nil {
		t.Fatal(err)
	}
	goal := o.sets(coaching.Calls, nok, "Calls", coaching.Month, "2026-10-01", "100")
	o.reads(nok, "log #"+goalNumber(goal)+" +3")
	for _, locale := range []string{"", "en-US"} {
		o.locale = locale
		if card := o.reads(nok, "show #"+goalNumber(goal)); !strings.Contains(card, "Nok Charoen") {
			t.Errorf("with the language %q, the card calls them otherwise:\n%s", locale, card)
		}
	}
	entries, err := o.store.EntriesOf(t.Context(), goal, 10)
	if err != nil || len(entries) != 1 || entries[0].Name != "Nok Charoen" {
		t.Errorf("the entry is of %+v, %v", entries, err)
	}
	if known, err := o.store.Member(t.Context(), officeID, nok); err != nil || known.Name != "Nok Charoen" {
		t.Errorf("remembered as %q, %v", known.Name, err)
	}
}
