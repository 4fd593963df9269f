package commands

import (
	"context"
	"io"
	"time"

	"github.com/smallwins/smallwins/coaching"
)

// Workspaces keeps what teams agreed on.
type Workspaces interface {
	Workspace(ctx context.Context, id coaching.WorkspaceID) (coaching.Workspace, error)
	SaveWorkspace(ctx context.Context, workspace coaching.Workspace) error
	// ChangeWorkspace asks change again where somebody else was quicker.
	ChangeWorkspace(ctx context.Context, id coaching.WorkspaceID, change func(coaching.Workspace) (coaching.Workspace, error)) (coaching.Workspace, error)
}

// Members keeps what is known of people.
type Members interface {
	Member(ctx context.Context, workspace coaching.WorkspaceID, id coaching.MemberID) (coaching.Member, error)
	SaveMember(ctx context.Context, member coaching.Member) error
	// ForgetMember deletes what is a member's alone and takes their name off the
	// rest.
	ForgetMember(ctx context.Context, workspace coaching.WorkspaceID, member coaching.MemberID) (coaching.Forgotten, error)
}

// Extracts gives back what is kept, for files that people take away.
type Extracts interface {
	// OwnData calls each for everything that is kept of a member, as a line of
	// JSON.
	OwnData(ctx context.Context, workspace coaching.WorkspaceID, member coaching.MemberID, each func(collection string, line []byte) error) error
	// EachDossier calls each for what events told of, of one kind.
	EachDossier(ctx context.Context, workspace coaching.WorkspaceID, kind coaching.SubjectKind, each func(coaching.Dossier) error) error
}

// Reps keeps the team's list: who was there when.
type Reps interface {
	SaveRep(ctx context.Context, workspace coaching.WorkspaceID, rep coaching.Rep) error
	DeleteRep(ctx context.Context, workspace coaching.WorkspaceID, member coaching.MemberID) error
	Reps(ctx context.Context, workspace coaching.WorkspaceID) ([]coaching.Rep, error)
}

// Goals keeps goals.
type Goals interface {
	Goal(ctx context.Context, workspace coaching.WorkspaceID, number int) (coaching.Goal, error)
	// GoalsOf returns an owner's goals in a state; the empty owner is the team.
	GoalsOf(ctx context.Context, workspace coaching.WorkspaceID, owner coaching.MemberID, state coaching.State) ([]coaching.Goal, error)
	Goals(ctx context.Context, workspace coaching.WorkspaceID, state coaching.State) ([]coaching.Goal, error)
	// CreateGoal gives the goal a number. A draft becomes one goal only, which
	// is returned with repeated set when it is there already.
	CreateGoal(ctx context.Context, goal coaching.Goal, draft string) (created coaching.Goal, repeated bool, err error)
	// SetGoalState changes where a goal is in its life and returns it. It keeps
	// what others change of the goal meanwhile.
	SetGoalState(ctx context.Context, workspace coaching.WorkspaceID, number int, state coaching.State, focus bool, reason string, at time.Time) (coaching.Goal, error)
	// EditGoal puts a changed goal in the place of the one that is there, once
	// for a request: asked again, it returns the goal with repeated set. It asks
	// change again where somebody else was quicker.
	EditGoal(ctx context.Context, workspace coaching.WorkspaceID, number int, request string, change func(coaching.Goal) (coaching.Goal, error)) (edited coaching.Goal, repeated bool, err error)
}

// Entries keeps what was recorded on goals.
type Entries interface {
	// Record stores an entry under its id; an entry of that id that is there
	// already is returned with repeated set.
	Record(ctx context.Context, entry coaching.Entry) (recorded coaching.Entry, repeated bool, err error)
	// Entry returns the one of that id, or NotFound.
	Entry(ctx context.Context, workspace coaching.WorkspaceID, id string) (coaching.Entry, error)
	Progress(ctx context.Context, goal coaching.Goal, now time.Time) (coaching.Progress, error)
	// Latest and EntriesOf return newest first, EntriesSince oldest first.
	Latest(ctx context.Context, workspace coaching.WorkspaceID, member coaching.MemberID, limit int) ([]coaching.Entry, error)
	EntriesOf(ctx context.Context, goal coaching.Goal, limit int) ([]coaching.Entry, error)
	EntriesSince(ctx context.Context, workspace coaching.WorkspaceID, since, until time.Time, limit int) ([]coaching.Entry, error)
}

// Drafts keeps statements that wait for their author's word.
type Drafts interface {
	SaveDraft(ctx context.Context, draft coaching.Draft) error
	Draft(ctx context.Context, workspace coaching.WorkspaceID, id string) (coaching.Draft, error)
}

// Dialogs keeps conversations that are under way.
type Dialogs interface {
	// BeginDialog stores a new dialog; one of that id that is there already is
	// returned as it is, with repeated set.
	BeginDialog(ctx context.Context, dialog coaching.Dialog) (begun coaching.Dialog, repeated bool, err error)
	Dialog(ctx context.Context, workspace coaching.WorkspaceID, id string) (coaching.Dialog, error)
	// SaveDialog returns a Conflict where the dialog has been moved since it
	// was read.
	SaveDialog(ctx context.Context, dialog coaching.Dialog) (coaching.Dialog, error)
	// DialogsOf returns a member's latest, the one that was changed last first.
	DialogsOf(ctx context.Context, workspace coaching.WorkspaceID, member coaching.MemberID) ([]coaching.Dialog, error)
	DeleteDialog(ctx context.Context, workspace coaching.WorkspaceID, id string) error
}

// Plans keeps the answers to the four questions about how a goal is reached.
type Plans interface {
	// Plan returns an empty plan where nothing is answered yet.
	Plan(ctx context.Context, workspace coaching.WorkspaceID, goal int) (coaching.Plan, error)
	// ChangePlan asks change again where somebody else was quicker.
	ChangePlan(ctx context.Context, workspace coaching.WorkspaceID, goal int, change func(coaching.Plan) (coaching.Plan, error)) (coaching.Plan, error)
}

// Wins keeps small wins and which of them were ticked.
type Wins interface {
	// SaveWins stores those of the wins that are not there yet.
	SaveWins(ctx context.Context, wins []coaching.SmallWin, at time.Time) error
	Win(ctx context.Context, workspace coaching.WorkspaceID, id string) (coaching.SmallWin, error)
	// WinsSince returns a member's wins of the weeks from that day on, in the
	// order of their proposal.
	WinsSince(ctx context.Context, workspace coaching.WorkspaceID, member coaching.MemberID, week coaching.Date) ([]coaching.SmallWin, error)
	// WinsOfWeek returns everybody's of one week, by member.
	WinsOfWeek(ctx context.Context, workspace coaching.WorkspaceID, week coaching.Date) ([]coaching.SmallWin, error)
	// RecordWin stores a tick; a win is ticked once, and the tick that is there
	// already is returned with repeated set.
	RecordWin(ctx context.Context, done coaching.WinDone) (recorded coaching.WinDone, repeated bool, err error)
	Ticks(ctx context.Context, wins []coaching.SmallWin) ([]coaching.WinDone, error)
}

// CheckIns keeps what members said about goals, week by week.
type CheckIns interface {
	// SaveAnswer takes the place of what the member said of the goal before; the
	// same request once more changes nothing, and repeated is set.
	SaveAnswer(ctx context.Context, answer coaching.Answer) (repeated bool, err error)
	Answers(ctx context.Context, workspace coaching.WorkspaceID, week coaching.Date) ([]coaching.Answer, error)
}

// Applause keeps kudos.
type Applause interface {
	// GiveKudos counts a member's applause for a win once.
	GiveKudos(ctx context.Context, kudos coaching.Kudos) (repeated bool, err error)
	KudosSince(ctx context.Context, workspace coaching.WorkspaceID, since, until time.Time) ([]coaching.Kudos, error)
}

// Warnings keeps what is remembered of watched figures, and the warnings that were
// told of them.
type Warnings interface {
	Episodes(ctx context.Context, workspace coaching.WorkspaceID) ([]coaching.Watched, error)
	// SaveEpisode returns a Conflict where the episode changed meanwhile.
	SaveEpisode(ctx context.Context, watched coaching.Watched) error
	// ChangeEpisode asks change again where somebody else was quicker.
	ChangeEpisode(ctx context.Context, workspace coaching.WorkspaceID, stream coaching.Stream, change func(coaching.Watched) coaching.Watched) error
	// SaveWarned does nothing where there is a warning of that id already.
	SaveWarned(ctx context.Context, warned coaching.Warned) error
	Warned(ctx context.Context, workspace coaching.WorkspaceID, id string) (coaching.Warned, error)
	// AnswerWarning keeps the latest word on a warning.
	AnswerWarning(ctx context.Context, workspace coaching.WorkspaceID, id string, verdict coaching.Verdict, by coaching.MemberID, at time.Time) error
	// WarnedSince returns oldest first.
	WarnedSince(ctx context.Context, workspace coaching.WorkspaceID, since time.Time) ([]coaching.Warned, error)
}

// History keeps the final figures of past periods.
type History interface {
	Observations(ctx context.Context, workspace coaching.WorkspaceID, kind coaching.Kind) ([]coaching.Observation, error)
	SaveObservation(ctx context.Context, workspace coaching.WorkspaceID, observation coaching.Observation) error
}

// Events keeps what a CRM and other programs report.
type Events interface {
	Feeds(ctx context.Context, workspace coaching.WorkspaceID) (coaching.Feeds, error)
	// DayBook returns what events come to, day by day.
	DayBook(ctx context.Context, workspace coaching.WorkspaceID, from, to coaching.Date, now time.Time) (coaching.DayBook, error)
	// DailyRecord returns the record that a goal's pace is judged by; ok is
	// false where its figure does not come from events.
	DailyRecord(ctx context.Context, goal coaching.Goal, from coaching.Date, now time.Time) (record coaching.Ledger, ok bool, err error)
	// FedObservations returns what events come to for the months that are over.
	FedObservations(ctx context.Context, workspace coaching.WorkspaceID, kind coaching.Kind, now time.Time) ([]coaching.Observation, error)
	Owners(ctx context.Context, workspace coaching.WorkspaceID) (coaching.Owners, error)
	// MapOwner says who an owner in the CRM is; the empty member takes it back.
	MapOwner(ctx context.Context, workspace coaching.WorkspaceID, name string, member coaching.MemberID) error
}

// Tables takes tables that spreadsheets and CRMs export.
type Tables interface {
	// IngestTable takes of the events what is new; see [coaching.Dossier.News].
	IngestTable(ctx context.Context, workspace coaching.WorkspaceID, events []coaching.Event, reopen bool, now time.Time) ([]coaching.EventResult, error)
	// Layout returns how tables with the same headings are read, as far as
	// somebody said.
	Layout(ctx context.Context, workspace coaching.WorkspaceID, key string) (layout coaching.Layout, ok bool, err error)
	SaveLayout(ctx context.Context, workspace coaching.WorkspaceID, layout coaching.Layout) error
}

// Uploads keeps tables that members sent as files.
type Uploads interface {
	// KeepUpload stores a file as it is read; one of that id that is there already
	// stays as it is.
	KeepUpload(ctx context.Context, upload coaching.Upload, content io.Reader) (coaching.Upload, error)
	Upload(ctx context.Context, workspace coaching.WorkspaceID, id string) (coaching.Upload, error)
	// UploadContent reads for as long as the context lasts.
	UploadContent(ctx context.Context, upload coaching.Upload) io.Reader
	// SaveUpload returns a Conflict where the upload changed meanwhile.
	SaveUpload(ctx context.Context, upload coaching.Upload) (coaching.Upload, error)
	// TakeUpload hands out a queued one that is due, to nobody else for the lease;
	// NotFound where there is none.
	TakeUpload(ctx context.Context, now time.Time, lease time.Duration) (coaching.Upload, error)
	DeleteUpload(ctx context.Context, workspace coaching.WorkspaceID, id string) error
	// LapsedUploads returns those that waited for somebody's word for too long.
	LapsedUploads(ctx context.Context, now time.Time, limit int) ([]coaching.Upload, error)
}

// Hooks keeps the secrets that events are signed with.
type Hooks interface {
	// HookSecrets returns what is known of the secrets, oldest first.
	HookSecrets(ctx context.Context, workspace coaching.WorkspaceID) ([]coaching.HookSecret, error)
	// MakeHookSecret returns the bytes of a new secret, those of the one that is
	// there where its id is known already.
	MakeHookSecret(ctx context.Context, workspace coaching.WorkspaceID, secret coaching.HookSecret) (key []byte, err error)
	RevokeHookSecret(ctx context.Context, workspace coaching.WorkspaceID, id string) error
}

// Reviews keeps how goals ended, and what was expected of them when they were
// set.
type Reviews interface {
	// SaveExpectation keeps the first one of a goal; later ones change nothing.
	SaveExpectation(ctx context.Context, workspace coaching.WorkspaceID, number int, expected coaching.Expectation) error
	Expectation(ctx context.Context, workspace coaching.WorkspaceID, number int) (coaching.Expectation, error)
	// SaveReview keeps a goal's only review; where there is one already, that
	// is returned with repeated set.
	SaveReview(ctx context.Context, review coaching.Review) (stored coaching.Review, repeated bool, err error)
	Review(ctx context.Context, workspace coaching.WorkspaceID, number int) (coaching.Review, error)
	// AddLessons adds a paragraph, once.
	AddLessons(ctx context.Context, workspace coaching.WorkspaceID, number int, lessons string, by coaching.MemberID) (coaching.Review, error)
	// Reviews returns those whose period ended last first.
	Reviews(ctx context.Context, workspace coaching.WorkspaceID, kind coaching.Kind, limit int) ([]coaching.Review, error)
}

// Cadences keeps what the bot does by itself, and the outbox that it does it
// through.
type Cadences interface {
	SaveCadence(ctx context.Context, cadence coaching.Cadence) error
	DeleteCadence(ctx context.Context, key string) error
	// Cadences returns all of a workspace, CadencesOf a member's own; those of
	// the empty member are the channels'.
	Cadences(ctx context.Context, workspace coaching.WorkspaceID) ([]coaching.Cadence, error)
	CadencesOf(ctx context.Context, workspace coaching.WorkspaceID, member coaching.MemberID) ([]coaching.Cadence, error)
	// DueCadences returns those that have come due, behind the last one of an
	// earlier page.
	DueCadences(ctx context.Context, now time.Time, after coaching.Cadence, limit int) ([]coaching.Cadence, error)
	// AdvanceCadence returns a Conflict where the cadence changed meanwhile.
	AdvanceCadence(ctx context.Context, cadence coaching.Cadence) error
	// Enqueue stores deliveries; one of an id that is there already stays as it
	// is.
	Enqueue(ctx context.Context, decided ...coaching.Delivery) error
	// Troubles returns where a workspace's posts do not arrive.
	Troubles(ctx context.Context, workspace coaching.WorkspaceID) ([]coaching.Trouble, error)
	Delivery(ctx context.Context, id string) (coaching.Delivery, error)
	// SaveDelivery returns a Conflict where the delivery changed meanwhile.
	SaveDelivery(ctx context.Context, delivery coaching.Delivery) (coaching.Delivery, error)
}

// Rhythms keeps what members agreed on about their own time.
type Rhythms interface {
	Rhythm(ctx context.Context, workspace coaching.WorkspaceID, member coaching.MemberID) (coaching.Rhythm, error)
	// ChangeRhythm asks change again where somebody else was quicker.
	ChangeRhythm(ctx context.Context, workspace coaching.WorkspaceID, member coaching.MemberID, change func(coaching.Rhythm) (coaching.Rhythm, error)) (coaching.Rhythm, error)
}

// Trail keeps who changed what. It is only ever added to.
type Trail interface {
	// AddTrace does nothing where there is one of that id already.
	AddTrace(ctx context.Context, trace coaching.Trace) error
	// Traces returns those of a subject, newest first.
	Traces(ctx context.Context, workspace coaching.WorkspaceID, subject coaching.Subject, limit int) ([]coaching.Trace, error)
}

// Directory asks the platforms about their members.
type Directory interface {
	// Profile returns what the platform says of a member: NotFound where it
	// knows none of that id, Forbidden where the app may not ask, ErrTryLater
	// where it did not answer this time. It looks into no groups.
	Profile(ctx context.Context, workspace coaching.WorkspaceID, member coaching.MemberID) (coaching.Profile, error)
	// Groups returns those of the groups that the member is in. Its errors are
	// those of Profile, NotFound where one of the groups is not there.
	Groups(ctx context.Context, workspace coaching.WorkspaceID, member coaching.MemberID, groups []string) ([]string, error)
}

// Store is everything that commands need kept; one value serves as all of it.
type Store interface {
	Workspaces
	Members
	Reps
	Goals
	Entries
	Drafts
	Dialogs
	Plans
	Wins
	CheckIns
	Applause
	Warnings
	History
	Events
	Tables
	Uploads
	Extracts
	Hooks
	Reviews
	Cadences
	Rhythms
	Trail
}
