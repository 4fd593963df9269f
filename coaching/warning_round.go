package coaching

import "time"

// Round is one look at all streams of a workspace, as it becomes posts.
type Round struct {
	workspace WorkspaceID
	date      Date
	at        time.Time
	before    map[Stream]Watched
	// raised are the streams whose alarms stand after this look, by when they
	// began.
	raised   map[Stream]Date
	episodes []Watched
	warned   []Warned
	told     []toldWarning
	thin     map[bool][]ThinStream // by whether they are personal
}

type toldWarning struct {
	warning  Warning
	personal bool
}

// NewRound begins a look on a day, due at an instant, from what was remembered.
func NewRound(workspace WorkspaceID, date Date, at time.Time, known []Watched) *Round {
	r := &Round{
		workspace: workspace, date: date, at: at, before: make(map[Stream]Watched, len(known)), raised: make(map[Stream]Date),
		thin: make(map[bool][]ThinStream),
	}
	for _, watched := range known {
		r.before[watched.Stream] = watched
	}
	return r
}

// sameChange is how many months the beginning of a part's change may lie from the
// whole's for it to be the same change.
const sameChange = 2

// See takes what was found in a stream, in the order of [Look]: the wholes before
// their parts. A part that changed along with its whole is not told of besides,
// unless it concerns one person: managers hear of those.
func (r *Round) See(s Sighting) {
	watched, known := r.before[s.Stream]
	if !known {
		watched = Watched{Workspace: r.workspace, Stream: s.Stream}
	}
	covered := false
	if whole, isPart := s.Stream.whole(); isPart && !s.Personal && s.Alarm.Raised() {
		since, raised := r.raised[whole]
		months := monthIndex(s.Alarm.Since) - monthIndex(since)
		covered = raised && months >= -sameChange && months <= sameChange
	}
	next, event, warning := watched.After(s.Alarm, covered, r.date)
	if s.Alarm.Raised() {
		r.raised[s.Stream] = s.Alarm.Since
	}
	if !known || next != watched {
		r.episodes = append(r.episodes, next)
	}
	switch event {
	case "":
		return
	case AlarmTooLittle:
		r.thin[s.Personal] = append(r.thin[s.Personal], s.Thin)
		return
	case AlarmBegan, AlarmStill:
		r.warned = append(r.warned, Warned{Workspace: r.workspace, ID: warning, Stream: s.Stream, Personal: s.Personal, At: r.at})
	default:
	}
	fact := s.Fact
	fact.Date, fact.Event, fact.ID = r.date, event, warning
	r.told = append(r.told, toldWarning{warning: fact, personal: s.Personal})
}

// Episodes are what the next look has to know.
func (r *Round) Episodes() []Watched { return r.episodes }

// Warned are the warnings that are told.
func (r *Round) Warned() []Warned { return r.warned }

// Posts are what is told: in the channel, and what concerns one person to each of
// the leaders alone.
func (r *Round) Posts(channel ChannelID, leaders []MemberID) []Delivery {
	var posts []Delivery
	for _, told := range r.told {
		if !told.personal {
			posts = append(posts, r.post(told.warning.DeliveryID(r.workspace, string(channel)), channel, "", told.warning))
			continue
		}
		for _, leader := range leaders {
			told.warning.Member = leader
			posts = append(posts, r.post(told.warning.DeliveryID(r.workspace, string(leader)), "", leader, told.warning))
		}
	}
	if thin := (Thin{Date: r.date, Streams: r.thin[false]}); len(thin.Streams) > 0 {
		posts = append(posts, r.post(thin.DeliveryID(r.workspace, string(channel)), channel, "", thin))
	}
	if thin := (Thin{Date: r.date, Streams: r.thin[true]}); len(thin.Streams) > 0 {
		for _, leader := range leaders {
			thin.Member = leader
			posts = append(posts, r.post(thin.DeliveryID(r.workspace, string(leader)), "", leader, thin))
		}
	}
	return posts
}

func (r *Round) post(id string, channel ChannelID, member MemberID, notice Notice) Delivery {
	return Delivery{
		ID: id, Workspace: r.workspace, Channel: channel, Member: member, Notices: []Notice{notice},
		State: Pending, DueAt: r.at, NextAt: r.at, ExpiresAt: WarningExpires(r.at),
	}
}
