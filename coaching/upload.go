package coaching

import "time"

// UploadState is where an [Upload] is in its life.
type UploadState string

// The states.
const (
	// UploadKept waits for somebody's word; at NextAt it is too late for that.
	UploadKept UploadState = "kept"
	// UploadQueued is to be taken, from NextAt on.
	UploadQueued UploadState = "queued"
)

// UploadLife is how long a file is kept for somebody's word. It is shorter than
// a dialog lives, since what is in it is a company's data.
const UploadLife = 24 * time.Hour

// Upload is a table that a member sent as a file. Its content is kept until its
// rows are taken or nobody wants them any more.
type Upload struct {
	// ID is that of the dialog about it, unique within the workspace.
	ID        string
	Workspace WorkspaceID
	Member    MemberID
	// Name is what the member calls the file, Size how many bytes it has.
	Name  string
	Size  int
	State UploadState
	// NextAt is when something is done about it next, whatever that is in its
	// state; while somebody takes its rows, when another one may.
	NextAt time.Time
	// SentAt is when it came: its rows tell how things stood then.
	SentAt time.Time
	// Tally is what its rows came to so far, where they are taken piece by piece.
	Tally UploadTally
	// Revision is the stored revision that this value was read at; the store
	// compares it before it overwrites.
	Revision int64
}

// UploadTally counts what became of the rows of a table.
type UploadTally struct {
	Rows  int // looked at
	Taken int // events that are new or changed
	Known int // events that were known already
	Left  int // rows that were left out, each for a reason
}

// Imported is what the member is told whose file was taken while they waited for
// nothing.
type Imported struct {
	Date  Date
	Name  string // of the file
	Tally UploadTally
	// Reason is why it could not be taken, empty where it was.
	Reason Reason
}

// ImportDone is the kind of [Imported]. No cadence brings it about: somebody
// asked.
const ImportDone CadenceKind = "import"

// Kind is [ImportDone].
func (Imported) Kind() CadenceKind { return ImportDone }

// Day is the day on which the file was taken.
func (i Imported) Day() Date { return i.Date }

// importedFor is how long it is worth telling that a file was taken.
const importedFor = 24 * time.Hour

// Report returns the post that tells the member of an upload what came of it.
// There is one for each upload.
func (u Upload) Report(imported Imported, now time.Time) Delivery {
	return Delivery{
		ID: string(u.Workspace) + "/" + string(ImportDone) + "/" + u.ID, Workspace: u.Workspace, Member: u.Member,
		Notices: []Notice{imported}, State: Pending, DueAt: now, NextAt: now, ExpiresAt: now.Add(importedFor),
	}
}
