// Package importers brings in what was written elsewhere. It has the writing side:
// people, spaces, threads and posts of an export become Meantime's own, in batches
// that can be stopped, resumed and repeated. Reading an export is left to a package
// for each source, such as slack.
package importers

import (
	"context"
	"errors"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/blob"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
)

// The kinds of event this package writes.
var (
	EventStarted = event.Declare("importers.started", "An import was asked for.")
	EventEnded   = event.Declare("importers.ended", "An import is done, failed or was cancelled.")
)

// The states of an Import.
const (
	Checking  = "checking"  // the export is being read; nothing has come in
	Running   = "running"   // it comes in
	Done      = "done"      // all is in, or counted for a dry run
	Failed    = "failed"    // see Problem
	Cancelled = "cancelled" // by an admin; what came in before stays
)

// Import is one import that was asked for.
type Import struct {
	WorkspaceID id.ID
	ID          id.ID
	Source      string // "slack"
	File        id.ID  `db:"file_id"`
	FileName    string
	By          id.ID `db:"by_id"`
	Dry         bool
	State       string
	Phase       string // what is being done, for people
	Done        int64
	Total       int64 // 0 while unknown
	Report      db.JSON[*Report]
	Problem     string // one sentence for people, "" when there is none
	StartedAt   clock.Instant
	FinishedAt  clock.Instant
}

// Open says whether the import may still bring something.
func (i Import) Open() bool { return i.State == Checking || i.State == Running }

// Progress is told now and then how far an import has come.
type Progress func(phase string, done, total int64)

// errCancelled ends an import that somebody cancelled.
var errCancelled = errors.New("importers: cancelled")

// Index makes what comes in findable, in the transaction that brings it. Words are
// made beforehand; what they are is the index's own affair.
type Index interface {
	Words(workspace id.ID, text string) any
	AddTx(ctx context.Context, tx *db.Tx, list []Found) error
}

// Found is a thread or a post to be found.
type Found struct {
	ID, Thread, Space, Author id.ID
	At                        clock.Instant
	Words                     any
}

// Service is the front door of the package. It is safe for concurrent use.
type Service struct {
	db     *db.DB
	people *people.Service
	spaces *spaces.Service
	files  blob.Store
	index  Index
}

// New makes the service. Without an index, what comes in is found once the log is
// followed.
func New(d *db.DB, p *people.Service, sp *spaces.Service, files blob.Store, index Index) *Service {
	return &Service{db: d, people: p, spaces: sp, files: files, index: index}
}

// Run brings the Slack export at path, a zip file or a folder, into a workspace,
// or, when dry, only says what would come in. by is an administrator, or the house.
// A run that was stopped goes on where it was; one that was completed adds only
// what is new. A damaged export is refused with *slack.BadArchive before anything
// comes in. progress may be nil.
func (s *Service) Run(ctx context.Context, workspace id.ID, by actor.Actor, path string, dry bool, progress func(phase string, done, total int64)) (Report, error) {
	if !by.IsSystem() {
		if err := by.MustAdminister(); err != nil {
			return Report{}, err
		}
	}
	if progress == nil {
		progress = func(string, int64, int64) {}
	}
	return s.run(ctx, &run{s: s, ws: workspace, dry: dry, tell: progress}, path)
}
