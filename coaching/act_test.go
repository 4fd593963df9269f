package coaching_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/coaching"
)

var (
	goalActs = []coaching.Act{coaching.ActSee, coaching.ActLog, coaching.ActPlan, coaching.ActSet, coaching.ActState, coaching.ActReview}
	teamActs = []coaching.Act{coaching.ActSettings, coaching.ActBooks, coaching.ActImport, coaching.ActExport, coaching.ActTrail, coaching.ActManagers}
)

func TestWhoMayDoWhatToAGoal(t *testing.T) {
	t.Parallel()
	own, team := coaching.Goal{Owner: "nok"}, coaching.Goal{}
	others, private := coaching.Goal{Owner: "ploy"}, coaching.Goal{Owner: "ploy", Private: true}
	rep := coaching.Actor{Member: "nok"}
	leaderless := coaching.Actor{Member: "nok", Leaderless: true}
	manager := coaching.Actor{Member: "nok", Role: coaching.RoleManager}
	for _, test := range []struct {
		name  string
		actor coaching.Actor
		goal  coaching.Goal
		may   []coaching.Act
	}{
		{"a rep does everything to an own goal", rep, own, goalActs},
		{"a rep works on a team goal", rep, team, []coaching.Act{coaching.ActSee, coaching.ActLog, coaching.ActPlan}},
		{"a rep sees another's goal", rep, others, []coaching.Act{coaching.ActSee}},
		{"a rep does not know of another's private goal", rep, private, nil},
		{"without anybody in charge, team goals are everybody's", leaderless, team, goalActs},
		{"without anybody in charge, another's goal is theirs", leaderless, others, []coaching.Act{coaching.ActSee}},
		{"without anybody in charge, private is private", leaderless, private, nil},
		{"a manager does everything to a team goal", manager, team, goalActs},
		{"a manager does everything to a rep's goal", manager, others, goalActs},
		{"a manager sees a rep's private goal", manager, private, goalActs},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			allowed := make(map[coaching.Act]bool)
			for _, act := range test.may {
				allowed[act] = true
			}
			for _, act := range goalActs {
				ok, reason := coaching.MayOn(test.actor, act, test.goal)
				if ok != allowed[act] || ok != (reason == "") {
					t.Errorf("%s: %v because %q, want %v", act, ok, reason, allowed[act])
				}
				if !ok && test.goal.Private && reason != "goal_unknown" {
					t.Errorf("%s: %q betrays that the goal exists", act, reason)
				}
			}
		})
	}
}

func TestWhoMayDoWhatToTheTeam(t *testing.T) {
	t.Parallel()
	for _, act := range teamActs {
		for role, want := range map[coaching.Role]bool{
			coaching.RoleRep: false, coaching.RoleManager: act != coaching.ActManagers, coaching.RoleAdmin: true,
		} {
			if ok, reason := coaching.May(coaching.Actor{Member: "nok", Role: role}, act); ok != want || ok != (reason == "") {
				t.Errorf("role %d, %s: %v because %q, want %v", role, act, ok, reason, want)
			}
		}
	}
}

func TestActsOfOneKindAreNoneOfTheOther(t *testing.T) {
	t.Parallel()
	admin := coaching.Actor{Member: "nok", Role: coaching.RoleAdmin, Leaderless: true}
	for _, act := range append(teamActs, "made up", "") {
		for _, goal := range []coaching.Goal{{}, {Owner: "nok"}, {Owner: "ploy"}} {
			if ok, reason := coaching.MayOn(admin, act, goal); ok || reason == "" {
				t.Errorf("%q is allowed on a goal of %q", act, goal.Owner)
			}
		}
	}
	for _, act := range append(goalActs, "made up", "") {
		if ok, reason := coaching.May(admin, act); ok || reason == "" {
			t.Errorf("%q is allowed on the team", act)
		}
	}
}

func TestAHigherRoleMayAllThatALowerOneMay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		goal := coaching.Goal{
			Owner: rapid.SampledFrom([]coaching.MemberID{"", "nok", "ploy"}).Draw(t, "owner"), Private: rapid.Bool().Draw(t, "private"),
		}
		actor := coaching.Actor{Member: "nok", Role: coaching.Role(rapid.IntRange(0, 1).Draw(t, "role")), Leaderless: rapid.Bool().Draw(t, "leaderless")}
		higher := actor
		higher.Role++
		act := rapid.SampledFrom(goalActs).Draw(t, "act")
		if low, _ := coaching.MayOn(actor, act, goal); low {
			if high, reason := coaching.MayOn(higher, act, goal); !high {
				t.Fatalf("%s: %q", act, reason)
			}
		}
	})
}

func TestRoleFollowsThePlatformAndTheChoice(t *testing.T) {
	t.Parallel()
	chosen := coaching.Workspace{Managers: []coaching.MemberID{"nok"}, ManagerGroups: []string{"S1"}}
	known := chosen
	known.AdminKnown = true
	for name, test := range map[string]struct {
		workspace coaching.Workspace
		profile   coaching.Profile
		member    coaching.MemberID
		want      coaching.Role
	}{
		"the platform's admin":                     {known, coaching.Profile{Admin: true}, "ann", coaching.RoleAdmin},
		"chosen, where admins are known":           {known, coaching.Profile{}, "nok", coaching.RoleManager},
		"chosen, where none is known":              {chosen, coaching.Profile{}, "nok", coaching.RoleAdmin},
		"in a chosen group":                        {known, coaching.Profile{Groups: []string{"S7", "S1"}}, "ben", coaching.RoleManager},
		"in a chosen group, where none is known":   {chosen, coaching.Profile{Groups: []string{"S1"}}, "ben", coaching.RoleManager},
		"in another group":                         {known, coaching.Profile{Groups: []string{"S7"}}, "ben", coaching.RoleRep},
		"nobody in particular":                     {known, coaching.Profile{}, "ben", coaching.RoleRep},
		"a name that looks like a chosen member's": {known, coaching.Profile{Name: "nok"}, "ben", coaching.RoleRep},
	} {
		if got := test.workspace.RoleOf(test.member, test.profile); got != test.want {
			t.Errorf("%s: role %d, want %d", name, got, test.want)
		}
	}
}

// TestSomebodyCanAlwaysChooseManagers walks through random choices by whoever
// may choose and checks that there is always such a member left.
func TestSomebodyCanAlwaysChooseManagers(t *testing.T) {
	t.Parallel()
	members := []coaching.MemberID{"ann", "ben", "cat"}
	rapid.Check(t, func(t *rapid.T) {
		workspace := coaching.Workspace{Managers: []coaching.MemberID{"ann"}}
		for range 12 {
			change := coaching.ManagerChange{
				Add:       rapid.SliceOfN(rapid.SampledFrom(members), 0, 2).Draw(t, "add"),
				Drop:      rapid.SliceOfN(rapid.SampledFrom(members), 0, 3).Draw(t, "drop"),
				AddGroups: rapid.SliceOfN(rapid.SampledFrom([]string{"S1", "S2"}), 0, 1).Draw(t, "groups"),
			}
			after, err := workspace.WithManagers(change)
			if err != nil {
				continue
			}
			workspace = after
			choosers := 0
			for _, member := range members {
				if ok, _ := coaching.May(coaching.Actor{Member: member, Role: workspace.RoleOf(member, coaching.Profile{})}, coaching.ActManagers); ok {
					choosers++
				}
			}
			if choosers == 0 || workspace.Leaderless() {
				t.Fatalf("nobody is left to choose managers: %+v", workspace)
			}
		}
	})
}

func TestManagersAreBounded(t *testing.T) {
	t.Parallel()
	var change coaching.ManagerChange
	for i := range coaching.MaxManagers + 1 {
		change.Add = append(change.Add, coaching.MemberID(rune('a'+i)))
	}
	if _, err := (coaching.Workspace{}).WithManagers(change); coaching.CodeOf(err) != coaching.Invalid {
		t.Errorf("%d managers: %v", len(change.Add), err)
	}
}
