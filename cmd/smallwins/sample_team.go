package main

import (
	"fmt"
	"time"

	"github.com/smallwins/smallwins/bot/sandbox"
	"github.com/smallwins/smallwins/coaching"
)

const sampleZone = "Asia/Bangkok"

// sampleBot is the application and the bot's account at the demo's Discord, and
// sampleServer its server.
const (
	sampleBot    = "200000000000000001"
	sampleServer = "100000000000000001"
)

// samplePerson is somebody of the story, in both languages.
type samplePerson struct {
	handle, english, thai    string
	englishTitle, thaiTitle  string
	manages, sells, newcomer bool
}

// samplePeople are a manager, four reps, one of them new, and who keeps
// customers happy.
var samplePeople = []samplePerson{
	{"nok", "Nok Charoen", "นก เจริญ", "Account executive", "ผู้ดูแลลูกค้า", false, true, false},
	{"mali", "Mali Srisuk", "มะลิ ศรีสุข", "Sales manager", "ผู้จัดการฝ่ายขาย", true, false, false},
	{"ben", "Ben Okafor", "เบน โอกาฟอร์", "Account executive, new", "ผู้ดูแลลูกค้า (ใหม่)", false, true, true},
	{"ploy", "Ploy Wattana", "พลอย วัฒนา", "Account executive", "ผู้ดูแลลูกค้า", false, true, false},
	{"diego", "Diego Ramos", "ดิเอโก รามอส", "Sales development rep", "ผู้พัฒนาลีด", false, true, false},
	{"somi", "Somi Park", "โซมี ปาร์ค", "Customer success", "ผู้ดูแลความสำเร็จของลูกค้า", false, false, false},
}

// sample is the sample team's story in one workspace and one language.
type sample struct {
	workspace coaching.WorkspaceID
	team      sandbox.Team
	language  string
	// now is when the story is told: the middle of a quarter.
	now time.Time
	// plans are the goals of the story.
	plans []sampleGoal
}

// say chooses between the languages of the story.
func (s *sample) say(english, thai string) string {
	if s.language == "th" {
		return thai
	}
	return english
}

// id is the account of a person of the story.
func (s *sample) id(handle string) coaching.MemberID {
	for _, member := range s.team.Members {
		if member.Handle == handle {
			return coaching.MemberID(member.ID)
		}
	}
	return ""
}

// channel is where the team talks about sales.
func (s *sample) channel() coaching.ChannelID { return coaching.ChannelID(s.team.Channels[0].ID) }

// name is what somebody is called.
func (s *sample) name(id coaching.MemberID) string {
	for _, member := range s.team.Members {
		if member.ID == string(id) {
			return member.Name
		}
	}
	return string(id)
}

// slackSample is the story in a Slack workspace.
func slackSample(language string, now time.Time) *sample {
	s := &sample{workspace: "slack:T0DEMO", language: language, now: now}
	s.team = s.cast("T0DEMO", func(kind byte, n int) string { return fmt.Sprintf("%c0DEMO%d", kind, n) })
	s.plans = s.goals()
	return s
}

// discordSample is the story in a Discord server, whose ids are numbers.
func discordSample(language string, now time.Time) *sample {
	s := &sample{workspace: "discord:" + sampleServer, language: language, now: now}
	s.team = s.cast(sampleServer, func(kind byte, n int) string { return fmt.Sprintf("3%02d00000000000%04d", kind, n) })
	s.plans = s.goals()
	return s
}

// cast gives the people and channels of the story their ids.
func (s *sample) cast(team string, id func(kind byte, n int) string) sandbox.Team {
	locale := s.say("en-US", "th-TH")
	cast := sandbox.Team{
		ID: team, Name: s.say("Baan Coffee Supply", "บ้านกาแฟซัพพลาย"), Domain: "baan-coffee", Zone: sampleZone,
		Channels: []sandbox.Channel{
			{ID: id('C', 1), Name: "sales", Topic: s.say("Wins and goals", "ชัยชนะและเป้าหมาย")},
			{ID: id('C', 2), Name: "general", Topic: s.say("Everything else", "เรื่องอื่นๆ")},
		},
	}
	for i, person := range samplePeople {
		cast.Members = append(cast.Members, sandbox.Member{
			ID: id('U', i+1), Handle: person.handle, Locale: locale, Admin: person.manages,
			Name: s.say(person.english, person.thai), Title: s.say(person.englishTitle, person.thaiTitle),
		})
	}
	return cast
}

// storyTime is when the story is told: a Wednesday morning in the middle of the
// quarter that today is in, so that there is something behind the team and
// something ahead of it on whichever day somebody looks.
func storyTime(today time.Time) (time.Time, error) {
	zone, err := coaching.Zone(sampleZone)
	if err != nil {
		return time.Time{}, fmt.Errorf("story time: %w", err)
	}
	quarter := coaching.PeriodOf(coaching.Quarter, coaching.DateOf(today.In(zone)))
	middle := quarter.From.AddDays(47)
	for middle.Weekday() != time.Wednesday {
		middle = middle.AddDays(1)
	}
	return coaching.ClockTime(10*60+20).On(middle, zone).UTC(), nil
}
