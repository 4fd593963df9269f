package store

import "github.com/smallwins/smallwins/store/document"

// Every collection and every index there is. A query without one of these
// indexes does not exist.
var (
	workspaces = document.Collection{Name: "workspaces"}
	members    = document.Collection{Name: "members", Indexes: []document.Index{
		{Name: "by_email", Keys: []string{"workspace", "email"}},
	}}
	goals = document.Collection{Name: "goals", Indexes: []document.Index{
		{Name: "by_number", Keys: []string{"workspace", "number"}},
		{Name: "by_owner", Keys: []string{"workspace", "owner", "state", "number"}},
		{Name: "by_state", Keys: []string{"workspace", "state", "number"}},
		{Name: "by_draft", Keys: []string{"workspace", "draft"}},
	}}
	entries = document.Collection{Name: "entries", Indexes: []document.Index{
		{Name: "by_goal", Keys: []string{"workspace", "goal", "at"}},
		{Name: "by_member", Keys: []string{"workspace", "member", "at"}},
		{Name: "by_time", Keys: []string{"workspace", "at"}},
	}}
	drafts  = document.Collection{Name: "drafts"}
	figures = document.Collection{Name: "figures", Indexes: []document.Index{
		{Name: "by_kind", Keys: []string{"workspace", "kind", "from"}},
	}}
	expectations = document.Collection{Name: "expectations"}
	reviews      = document.Collection{Name: "reviews", Indexes: []document.Index{
		{Name: "by_kind", Keys: []string{"workspace", "kind", "to"}},
	}}
	cadences = document.Collection{Name: "cadences", Indexes: []document.Index{
		{Name: "by_next", Keys: []string{"enabled", "next"}},
		{Name: "by_workspace", Keys: []string{"workspace", "kind"}},
		{Name: "by_member", Keys: []string{"workspace", "member", "kind"}},
	}}
	rhythms    = document.Collection{Name: "rhythms"}
	deliveries = document.Collection{Name: "deliveries", Indexes: []document.Index{
		{Name: "by_next", Keys: []string{"state", "next"}},
		{Name: "by_workspace", Keys: []string{"workspace", "due"}},
		{Name: "by_queue", Keys: []string{"state", "workspace"}},
		{Name: "by_turn", Keys: []string{"state", "workspace", "next"}},
	}}
	plans = document.Collection{Name: "plans"}
	wins  = document.Collection{Name: "wins", Indexes: []document.Index{
		{Name: "by_member", Keys: []string{"workspace", "member", "week"}},
		{Name: "by_week", Keys: []string{"workspace", "week"}},
	}}
	answers = document.Collection{Name: "answers", Indexes: []document.Index{
		{Name: "by_week", Keys: []string{"workspace", "week", "goal"}},
	}}
	kudos = document.Collection{Name: "kudos", Indexes: []document.Index{
		{Name: "by_time", Keys: []string{"workspace", "at"}},
	}}
	episodes = document.Collection{Name: "episodes", Indexes: []document.Index{
		{Name: "by_family", Keys: []string{"workspace", "family"}},
	}}
	warnings = document.Collection{Name: "warnings", Indexes: []document.Index{
		{Name: "by_time", Keys: []string{"workspace", "at"}},
	}}
	ticks = document.Collection{Name: "ticks"}
	reps  = document.Collection{Name: "reps", Indexes: []document.Index{
		{Name: "by_workspace", Keys: []string{"workspace", "member"}},
	}}
	requests = document.Collection{Name: "requests", Indexes: []document.Index{
		{Name: "by_time", Keys: []string{"workspace", "at"}},
	}}
	dialogs = document.Collection{Name: "dialogs", Indexes: []document.Index{
		{Name: "by_member", Keys: []string{"workspace", "member", "changed"}},
	}}
	audit = document.Collection{Name: "audit", Indexes: []document.Index{
		{Name: "by_subject", Keys: []string{"workspace", "subject", "at"}},
	}}
	schemas = document.Collection{Name: "schemas"}
	hooks   = document.Collection{Name: "hooks"}
	// The bot as each workspace installed it.
	installations = document.Collection{Name: "installations"}

	// What events tell. Subjects are looked for by the days that they count on.
	events = document.Collection{Name: "events", Indexes: []document.Index{
		{Name: "by_received", Keys: []string{"workspace", "received"}},
	}}
	deals        = subjectsNamed("deals", "first", "second")
	leads        = subjectsNamed("leads", "first", "second")
	customers    = subjectsNamed("customers", "first")
	costs        = subjectsNamed("costs", "first")
	metrics      = subjectsNamed("metrics", "first")
	activities   = subjectsNamed("activities", "first")
	customerDays = document.Collection{Name: "customer_days", Indexes: []document.Index{
		{Name: "by_day", Keys: []string{"workspace", "day"}},
	}}
	marks = document.Collection{Name: "marks", Indexes: []document.Index{
		{Name: "by_month", Keys: []string{"workspace", "month"}},
	}}
	rollups = document.Collection{Name: "rollups", Indexes: []document.Index{
		{Name: "by_day", Keys: []string{"workspace", "day"}},
	}}
	feeds  = document.Collection{Name: "feeds"}
	owners = document.Collection{Name: "owners", Indexes: []document.Index{
		{Name: "by_name", Keys: []string{"workspace", "name"}},
	}}
	// How tables of rows are read, by their headings.
	sheets = document.Collection{Name: "sheets"}
	// Tables that were sent as files.
	uploads = document.Collection{Name: "uploads", Indexes: []document.Index{
		{Name: "by_next", Keys: []string{"state", "next"}},
	}}
	uploadParts = document.Collection{Name: "upload_parts"}

	collections = []document.Collection{
		workspaces, members, goals, entries, drafts, figures, expectations, reviews,
		cadences, rhythms, deliveries, plans, wins, answers, kudos, episodes, warnings, ticks, reps, dialogs, audit, requests, schemas,
		events, deals, leads, customers, costs, metrics, activities, customerDays, marks, rollups, feeds, owners, hooks, sheets, installations, uploads, uploadParts,
	}
)

// subjectsNamed declares a collection of subjects of one kind, with the days that
// they are looked for by.
func subjectsNamed(name string, days ...string) document.Collection {
	c := document.Collection{Name: name}
	for _, day := range days {
		c.Indexes = append(c.Indexes, document.Index{Name: "by_" + day, Keys: []string{"workspace", day}})
	}
	return c
}
