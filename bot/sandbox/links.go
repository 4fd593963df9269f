package sandbox

import "net/http"

// linkView leads to another conversation, person, look or language.
type linkView struct {
	ID, Name, Detail, Query string
	Current, Private        bool
	Face                    face
}

// where reads who looks and at what; the first member and the first channel
// they are in stand in for what is missing or unknown.
func (s *Sandbox) where(r *http.Request) place {
	at := place{platform: s.platform(r)}
	team := at.platform.team()
	var known bool
	if at.Member, known = team.member(r.FormValue("as")); !known {
		at.Member = team.Members[0]
	}
	if channel, known := team.channel(r.FormValue("channel")); known && channel.has(at.Member.ID) {
		at.Channel = channel
		if _, has := at.platform.(homely); has && channel.direct() {
			at.Home = r.FormValue("home") != ""
		}
		return at
	}
	for _, channel := range team.Channels {
		if channel.has(at.Member.ID) {
			at.Channel = channel
			return at
		}
	}
	at.Channel, _ = team.channel(Direct(at.Member.ID))
	return at
}

// to is where somebody else, or somewhere else, is.
func (p place) to(member, channel string, home bool) string {
	p.Member.ID, p.Channel.ID, p.Home = member, channel, home
	return p.query()
}

// links fills in where one can go from here.
func (s *Sandbox) links(view *pageView) {
	at := view.At
	for _, channel := range view.Team.Channels {
		if channel.has(at.Member.ID) {
			view.Channels = append(view.Channels, linkView{
				ID: channel.ID, Name: channel.Name, Private: channel.Private,
				Query: at.to(at.Member.ID, channel.ID, false), Current: channel.ID == at.Channel.ID,
			})
		}
	}
	if _, has := at.platform.(homely); has {
		direct, bot := Direct(at.Member.ID), view.Team.botName()
		view.Apps = []linkView{
			{
				ID: direct, Name: bot, Query: at.to(at.Member.ID, direct, false),
				Current: direct == at.Channel.ID && !at.Home, Face: botFace,
			},
			{Name: s.words.say("home_name", "bot", bot), Query: at.to(at.Member.ID, direct, true), Current: at.Home, Face: face{"⌂", faceHues}},
		}
	}
	for i, member := range view.Team.Members {
		channel := at.Channel.ID
		if at.Channel.direct() {
			channel = Direct(member.ID)
		}
		view.People = append(view.People, linkView{
			ID: member.ID, Name: member.Name, Detail: member.Title,
			Query: at.to(member.ID, channel, at.Home), Current: member.ID == at.Member.ID, Face: faceOf(member.Name, i),
		})
	}
	s.switches(view)
}

// switches leads to the same person on the other platform, and in the other
// language.
func (s *Sandbox) switches(view *pageView) {
	at := view.At
	me := 0
	for i, member := range view.Team.Members {
		if member.ID == at.Member.ID {
			me = i
		}
	}
	desks := []struct {
		name string
		on   platform
	}{{"Slack", s.slack}}
	if s.discord != nil {
		desks = append(desks, struct {
			name string
			on   platform
		}{"Discord", s.discord})
	}
	for _, desk := range desks {
		there := place{platform: desk.on}
		team := desk.on.team()
		there.Member = team.Members[min(me, len(team.Members)-1)]
		there.Channel = team.Channels[0]
		view.Looks = append(view.Looks, linkView{Name: desk.name, Query: there.query(), Current: desk.on == at.platform})
	}
	if len(s.config.Languages) == 0 {
		return
	}
	for _, link := range s.config.Languages {
		view.Languages = append(view.Languages, linkView{
			ID: link.Language, Name: link.Name, Query: link.Path + at.query(), Current: link.Language == s.config.Language,
		})
	}
}
