// Package people knows who is in a workspace and when they work: persons and
// their roles, teams, schedules, absences and holiday calendars. Everybody else
// asks it for a person's hours, and hears of changes from the log.
package people

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/keep"
	"example.org/meantime/internal/platform/outside"
)

// The kinds of event this package writes.
var (
	EventJoined           = event.Declare("people.joined", "Somebody became an active member of the workspace.")
	EventAdded            = event.Declare("people.added", "A person was brought in by an import and has not signed up.")
	EventChanged          = event.Declare("people.changed", "Somebody's name, handle, title, role or guest time changed.")
	EventRemoved          = event.Declare("people.removed", "Somebody was removed from the workspace.")
	EventScheduleChanged  = event.Declare("people.schedule_changed", "The working time of the people concerned changed.")
	EventTeamChanged      = event.Declare("people.team_changed", "A team was made, changed or removed.")
	EventCalendarChanged  = event.Declare("people.calendar_changed", "A holiday calendar was added, read anew or removed.")
	EventWorkspaceChanged = event.Declare("people.workspace_changed", "The workspace was made or renamed.")
)

// The states of a person.
const (
	Active      = "active"
	Removed     = "removed"
	Placeholder = "placeholder" // imported, not signed up
)

// Workspace is one organisation.
type Workspace struct {
	ID        id.ID `db:"workspace_id"`
	Name      string
	CreatedAt clock.Instant
}

// WorkspaceRef names a workspace in the API.
type WorkspaceRef struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Neighbours are what others in the house do for this package; app fills it.
type Neighbours struct {
	// Shares lists the people who share a space with a person. Without it a
	// guest sees nobody but themselves.
	Shares func(ctx context.Context, q db.Queryer, workspace, person id.ID) ([]id.ID, error)
	// Workspaces lists every workspace the actor's account belongs to. Without
	// it that is the present one alone.
	Workspaces func(ctx context.Context, q db.Queryer, a actor.Actor) ([]id.ID, error)
	// Closes says whether somebody wants the pages closed to them outside their
	// hours. Without it nobody does.
	Closes func(ctx context.Context, q db.Queryer, workspace, person id.ID) (bool, error)
	// Bounds lists what the teams of a person agreed on about their members' hours.
	// Without it there are none.
	Bounds func(ctx context.Context, q db.Queryer, workspace, person id.ID) ([]HoursBound, error)
}

// Options are what the service may be told.
type Options struct {
	Demo    bool            // the clock is a time machine; the browser is told so
	Outside *outside.Client // reads holiday calendars; one that allows nothing private when nil
}

// Service is the front door of the package. It is safe for concurrent use.
type Service struct {
	db      *db.DB
	opt     Options
	outside *outside.Client
	near    Neighbours
	hours   *hoursCache
	names   *keep.Cache[nameKey, Person]
}

// New makes the service.
func New(d *db.DB, o Options) *Service {
	out := o.Outside
	if out == nil {
		out = outside.New(outside.Options{})
	}
	return &Service{db: d, opt: o, outside: out.With(fetchLimits), hours: newHoursCache(), names: keep.New[nameKey, Person](4 << 20)}
}

// Introduce tells the service who its neighbours are; call it before serving.
func (s *Service) Introduce(n Neighbours) { s.near = n }

func (s *Service) now() clock.Instant { return s.db.Clock().Now() }

// Followers are the package's listeners: none.
func (s *Service) Followers() []event.Follower { return nil }

func personRef(x id.ID) event.Ref { return event.Ref{Kind: "person", ID: x} }
