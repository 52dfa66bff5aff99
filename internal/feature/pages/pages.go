// Package pages is the path of what is urgent: an urgent ask pages whoever is on duty
// first, and then, as the time to acknowledge runs out, the steps that its space has
// named. Nobody is paged outside their hours who has not agreed to it. Each space sets
// itself a number of pages a month and keeps a log that its readers may open.
package pages

import (
	"context"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// The kinds of event that this package tells.
var (
	EventPathChanged  = event.Declare("pages.path_changed", "The urgent path of a space, its budget or its pager changed.")
	EventPaged        = event.Declare("pages.paged", "A step of an urgent page was taken; concerns those paged.")
	EventNobody       = event.Declare("pages.nobody", "Nobody of a step could be paged, and the page went on; concerns the asker.")
	EventSpent        = event.Declare("pages.spent", "The path of a page ended and nobody has acknowledged; concerns the asker.")
	EventAcknowledged = event.Declare("pages.acknowledged", "Somebody acknowledged a page, which stops its path; concerns the asker.")
	EventResolved     = event.Declare("pages.resolved", "A page was resolved; concerns the asker and those paged.")
	EventWithdrawn    = event.Declare("pages.withdrawn", "A page is over because its ask was let go.")
	EventJudged       = event.Declare("pages.judged", "Somebody who was paged said whether it was rightly urgent.")
	EventWeek         = event.Declare("pages.week", "A space went over its budget of urgent pages in the week that ended; concerns its members.")
)

// The states of a page.
const (
	walking      = "walking" // nobody has acknowledged, and the path goes on
	spent        = "spent"   // the path has ended, and nobody has acknowledged
	acknowledged = "acknowledged"
	resolved     = "resolved"
	withdrawn    = "withdrawn"
)

// What became of calling somebody.
const (
	paged   = "paged"
	skipped = "skipped"
)

// usualBudget is how many pages a month a space begins with.
const usualBudget = 4

// Step is a step of a path: somebody on duty, people, teams, and how long they have to
// acknowledge before the next step is paged.
type Step struct {
	Duty    id.ID   `json:"duty,omitzero"`  // the team whose person on duty is paged
	Layer   int     `json:"layer,omitzero"` // of that team's rota, from 1; 0 for whoever is on duty
	People  []id.ID `json:"people,omitempty"`
	Teams   []id.ID `json:"teams,omitempty"`
	Minutes int     `json:"minutes"`
}

// Path is how a space is paged.
type Path struct {
	WorkspaceID id.ID
	Space       id.ID `db:"space_id"`
	Steps       db.JSON[[]Step]
	Budget      int64
	HookURL     string `db:"hook_url"`
	HookSecret  string
	Version     int64
	ChangedAt   clock.Instant
	ChangedBy   id.ID
}

// Page is one urgent ask on its way along the path.
type Page struct {
	WorkspaceID    id.ID
	ID             id.ID
	Space          id.ID `db:"space_id"`
	Thread         id.ID `db:"thread_id"`
	Ask            id.ID `db:"ask_id"`
	Asker          id.ID `db:"asker_id"`
	Reason         string
	Otherwise      string
	SecondReason   string
	Month          string // "2026-10", by UTC
	Nth            int64  // of its month in the space
	Budget         int64  // as it was then
	Steps          db.JSON[[]Step]
	State          string
	Step           int64
	Until          clock.Instant `db:"until_at"` // when the next step is taken
	CreatedAt      clock.Instant
	AcknowledgedAt clock.Instant
	AcknowledgedBy id.ID
	ResolvedAt     clock.Instant
	ResolvedBy     id.ID
	Resolution     string

	Calls []Call `db:"-"`
}

// Over says that the page went over the month's budget.
func (p *Page) Over() bool { return p.Nth > p.Budget }

func (p *Page) over() bool { return p.State == resolved || p.State == withdrawn }

// Call is somebody whom a page reached, or did not. Person is zero where nobody was
// there to call, as when nobody is on duty.
type Call struct {
	PageID   id.ID
	N        int64
	Step     int64
	Person   id.ID `db:"person_id"`
	At       clock.Instant
	Outcome  string
	Woken    bool // outside their hours, as they agreed
	Why      string
	Rightly  string // yes, no, or empty while they have not said
	Note     string
	JudgedAt clock.Instant
}

// Duties finds who is on duty for a team, in one of its layers counted from 1 or in
// all with 0; zero for nobody.
type Duties func(ctx context.Context, q db.Queryer, ws, team id.ID, layer int, at clock.Instant) (id.ID, error)

// Consents tells who agreed to be paged outside their hours.
type Consents func(ctx context.Context, q db.Queryer, ws id.ID, persons []id.ID) (map[id.ID]bool, error)

// Hooks posts to a pager: it answers the status, and fails when there was none. App
// fills it with what is careful about addresses.
type Hooks interface {
	Post(ctx context.Context, url string, header map[string]string, body []byte) (status int, err error)
}

// Options are what the service may be told.
type Options struct {
	Origin string // where links lead
	Hooks  Hooks  // nil: no pagers can be set up
}

// Service pages.
type Service struct {
	db     *db.DB
	people *people.Service
	spaces *spaces.Service
	asks   *asks.Service
	duty   Duties
	agrees Consents
	agreed Agreements
	opt    Options
}

// New makes the service.
func New(d *db.DB, p *people.Service, sp *spaces.Service, a *asks.Service, duty Duties, c Consents, o Options) *Service {
	return &Service{db: d, people: p, spaces: sp, asks: a, duty: duty, agrees: c, opt: o}
}

func (s *Service) now() clock.Instant { return s.db.Clock().Now() }

// path reads a space's path, or what one begins with.
func (s *Service) path(ctx context.Context, q db.Queryer, ws, space id.ID) (Path, error) {
	p, ok, err := loadPath(ctx, q, ws, space)
	if !ok {
		p = Path{WorkspaceID: ws, Space: space, Budget: usualBudget}
	}
	return p, err
}

// month is what budgets count by.
func month(at clock.Instant) string { return at.Time().Format("2006-01") }

// Reachable says whether somebody can be paged at an instant: in their hours, or at
// any hour when they agreed to it; never while they are away. Why tells why not.
func Reachable(h *worktime.Schedule, at clock.Instant, agreed bool) (ok, woken bool, why string) {
	if _, away := h.Absent(at.Time()); away {
		return false, false, "away"
	}
	switch {
	case h.Working(at.Time()):
		return true, false, ""
	case agreed:
		return true, true, ""
	}
	return false, false, "outside their hours, and has not agreed to be paged then"
}

func pageEvent(kind string, by id.ID, p *Page, data any, concerns ...id.ID) event.New {
	return event.New{
		Kind: kind, Actor: by, Subject: event.Ref{Kind: "page", ID: p.ID}, Space: p.Space, Thread: p.Thread, Concerns: concerns, Data: data,
	}
}

// house acts for nobody in particular.
func house(ws id.ID) actor.Actor { return actor.System(ws) }

// minutes as a length of time.
func minutes(n int) time.Duration { return time.Duration(n) * time.Minute }
