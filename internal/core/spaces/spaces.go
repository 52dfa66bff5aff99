// Package spaces holds what people write: spaces, the threads in them, their
// posts and files. It says who may read and write where, remembers who follows
// what and how far each has read, and tells the log of every change.
package spaces

import (
	"context"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/blob"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/keep"
)

// The kinds of event this package writes. Their data are the types in events.go.
var (
	EventSpaceOpened     = event.Declare("spaces.space_opened", "A space was opened.")
	EventSpaceChanged    = event.Declare("spaces.space_changed", "A space was renamed, archived or otherwise changed.")
	EventMemberAdded     = event.Declare("spaces.member_added", "Somebody became a member of a space.")
	EventMemberRemoved   = event.Declare("spaces.member_removed", "Somebody is no longer a member of a space.")
	EventThreadOpened    = event.Declare("spaces.thread_opened", "A thread was opened.")
	EventThreadChanged   = event.Declare("spaces.thread_changed", "A thread's title, purpose, space or pin changed.")
	EventThreadConcluded = event.Declare("spaces.thread_concluded", "A thread was closed with a conclusion.")
	EventThreadReopened  = event.Declare("spaces.thread_reopened", "A concluded thread was opened again, with a reason.")
	EventPosted          = event.Declare("spaces.posted", "Somebody posted in a thread.")
	EventPostEdited      = event.Declare("spaces.post_edited", "A post was edited.")
	EventPostDeleted     = event.Declare("spaces.post_deleted", "A post was deleted; a tombstone stays.")
	EventPostPinned      = event.Declare("spaces.post_pinned", "A post was pinned or unpinned.")
	EventReacted         = event.Declare("spaces.reacted", "Somebody put a reaction on a post or took it back.")
	EventPositionChanged = event.Declare("spaces.position_changed", "Somebody followed, muted, saved or read a thread; for them alone.")
	EventImported        = event.Declare("spaces.imported", "Threads and posts came into a space by an import; nobody is told of them.")
)

// Space is an area for a subject.
type Space struct {
	WorkspaceID    id.ID
	ID             id.ID
	Name           string
	Handle         string
	Purpose        string
	Private        bool
	Color          string
	WindowDefault  string // the response window an ask starts with, "1d"
	WindowShortest string // below this an ask warns, "2h"
	CreatedBy      id.ID
	CreatedAt      clock.Instant
	ArchivedAt     clock.Instant // none: in use
}

// Thread is a titled conversation with a purpose.
type Thread struct {
	WorkspaceID        id.ID
	ID                 id.ID
	Space              id.ID `db:"space_id"`
	Title              string
	Purpose            string
	OpenedBy           id.ID
	OpenedAt           clock.Instant
	LastPostAt         clock.Instant
	LastN              int64 // the number of the newest post or note
	BaseN              int64 // up to here all counts as read for everybody
	Posts              int64 // posts that are not deleted
	Version            int64 // changes to what stands in it already
	ConclusionMarkdown string
	ConclusionHTML     string
	ConcludedBy        id.ID
	ConcludedAt        clock.Instant // none: open
	PinnedAt           clock.Instant
}

// Concluded says whether the thread is closed.
func (t Thread) Concluded() bool { return !t.ConcludedAt.IsZero() }

// State is "open" or "concluded".
func (t Thread) State() string {
	if t.Concluded() {
		return "concluded"
	}
	return "open"
}

// The kinds of Post.
const (
	KindPost = "post"
	KindNote = "note" // a line the house wrote about a change of the thread
)

// Post is one contribution to a thread.
type Post struct {
	WorkspaceID id.ID
	ID          id.ID
	Thread      id.ID `db:"thread_id"`
	Space       id.ID `db:"space_id"`
	N           int64 // its number in the thread, from 1
	Kind        string
	Author      id.ID `db:"author_id"`
	Markdown    string
	HTML        string
	Mentions    db.JSON[[]id.ID]
	Info        bool // for information: nothing is asked
	CreatedAt   clock.Instant
	EditedAt    clock.Instant
	Revisions   int64 // how often it was edited
	DeletedAt   clock.Instant
	PinnedAt    clock.Instant
}

// Deleted says that only the tombstone is left.
func (p Post) Deleted() bool { return !p.DeletedAt.IsZero() }

// Neighbours are what others in the house do for this package; app fills it.
type Neighbours struct {
	// OpenAsks counts the open asks of each thread, in one query.
	OpenAsks func(ctx context.Context, q db.Queryer, a actor.Actor, threads []id.ID) (map[id.ID]int, error)
	// PostAsks gives what hangs on each post: its asks, and those it answers.
	PostAsks func(ctx context.Context, q db.Queryer, a actor.Actor, posts []id.ID) (map[id.ID]PostAsks, error)
	// ByMail says which posts were made of a mail whose original can be read.
	ByMail func(ctx context.Context, q db.Queryer, workspace id.ID, posts []id.ID) (map[id.ID]bool, error)
	// Duty finds whom @duty and @duty-team mean in a space; zero for nobody, and for other words.
	Duty func(ctx context.Context, q db.Queryer, a actor.Actor, space id.ID, word string) (id.ID, error)
}

// Options are what the service may be told.
type Options struct {
	MaxUpload int64 // bytes of one file; 512 MiB when zero
}

// Service is the front door of the package. It is safe for concurrent use.
type Service struct {
	db       *db.DB
	people   *people.Service
	files    blob.Store
	opt      Options
	near     Neighbours
	uploads  locks
	excerpts *keep.Cache[PostIn, string]
	plains   *keep.Cache[said, string]
	pages    *keep.Cache[pageKey, page]
	news     *keep.Cache[newKey, newPosts]
}

// New makes the service.
func New(d *db.DB, p *people.Service, files blob.Store, o Options) *Service {
	if o.MaxUpload == 0 {
		o.MaxUpload = 512 << 20
	}
	return &Service{
		db: d, people: p, files: files, opt: o,
		excerpts: keep.New[PostIn, string](excerptsKept), plains: keep.New[said, string](4 << 20),
		pages: keep.New[pageKey, page](pagesKept), news: keep.New[newKey, newPosts](1 << 20),
	}
}

// Introduce tells the service who its neighbours are; call it before serving.
func (s *Service) Introduce(n Neighbours) { s.near = n }

func (s *Service) now() clock.Instant { return s.db.Clock().Now() }

func spaceRef(x id.ID) event.Ref  { return event.Ref{Kind: "space", ID: x} }
func threadRef(x id.ID) event.Ref { return event.Ref{Kind: "thread", ID: x} }
func postRef(x id.ID) event.Ref   { return event.Ref{Kind: "post", ID: x} }
