// Package app makes every part of the house and introduces them to each other;
// nothing else does.
package app

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"

	"example.org/meantime/db/migrations"
	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/auth"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/feature/agreements"
	"example.org/meantime/internal/feature/attention"
	"example.org/meantime/internal/feature/batons"
	"example.org/meantime/internal/feature/boundaries"
	"example.org/meantime/internal/feature/brainstorms"
	"example.org/meantime/internal/feature/calendars"
	"example.org/meantime/internal/feature/checkins"
	"example.org/meantime/internal/feature/decisions"
	"example.org/meantime/internal/feature/decisions/sealed"
	"example.org/meantime/internal/feature/demo"
	"example.org/meantime/internal/feature/duty"
	"example.org/meantime/internal/feature/importers"
	"example.org/meantime/internal/feature/live"
	"example.org/meantime/internal/feature/mail"
	"example.org/meantime/internal/feature/pages"
	"example.org/meantime/internal/feature/push"
	"example.org/meantime/internal/feature/search"
	"example.org/meantime/internal/platform/blob"
	"example.org/meantime/internal/platform/bus"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/job"
	"example.org/meantime/internal/platform/outside"
	"example.org/meantime/internal/platform/web"
	screens "example.org/meantime/web"
)

// SMTP says how mail leaves the house, and how it comes in.
type SMTP = mail.Options

// IMAP is a mailbox that is looked into for mail.
type IMAP = mail.IMAP

// Options are what an installation may say about itself.
type Options struct {
	Data         string // the folder of files, and of the embedded database
	Database     string // "postgres://…"; empty: SQLite in Data
	Keys         string // the folder of the keys of anonymous ballots; "keys" in Data when empty
	Origin       string // where people reach the house
	SMTP         SMTP
	MetricsToken string
	Version      string
	OutsideAllow string // private places that may be asked over HTTP: "10.1.0.0/16,intranet.example:8443"
	OutsideProxy string // "http://proxy.example:3128"; empty: none, whatever the environment says

	Demo   bool        // the clock is a time machine
	Clock  clock.Clock // the system's when nil; a demo's is a *clock.Machine
	Strict bool        // tests: refuse a write without an event
	Hasty  bool        // durable when closed, and no sooner: for what can be made again
	Cost   auth.Cost   // of password hashes; the default when zero
}

// App is a house that stands.
type App struct {
	DB        *db.DB
	Bus       bus.Bus
	People    *people.Service
	Auth      *auth.Service
	Spaces    *spaces.Service
	Asks      *asks.Service
	Attention *attention.Service
	Duty      *duty.Service
	Pages     *pages.Service
	Agreed    *agreements.Service
	Bounds    *boundaries.Service
	Checkins  *checkins.Service
	Storms    *brainstorms.Service
	Ballots   *sealed.Boxes
	Batons    *batons.Service
	Mail      *mail.Service
	Push      *push.Service
	Search    *search.Service
	Live      *live.Service
	Importers *importers.Service
	Calendars *calendars.Service
	Decisions *decisions.Service
	Demo      *demo.Service
	Files     blob.Store
	Outside   *outside.Client

	Followers *event.Followers
	Jobs      *job.Runner
	API       *web.API
	Metrics   *web.Metrics

	opt     Options
	machine *clock.Machine
	mux     *http.ServeMux
}

// Open opens the database, brings it to the newest schema, and makes the house.
func Open(ctx context.Context, o Options) (*App, error) {
	a := &App{opt: o}
	if o.Clock == nil {
		a.opt.Clock = clock.System{}
		if o.Demo {
			a.opt.Clock = clock.Running(0)
		}
	}
	a.machine, _ = a.opt.Clock.(*clock.Machine)
	if !o.Demo {
		a.machine = nil
	}
	var err error
	if a.DB, err = db.Open(ctx, a.databaseURL(), db.Options{Clock: a.opt.Clock, Strict: o.Strict, Hasty: o.Hasty}); err != nil {
		return nil, err
	}
	if err := a.furnish(ctx); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

func (a *App) databaseURL() string {
	if a.opt.Database != "" {
		return a.opt.Database
	}
	return "sqlite:" + filepath.Join(a.opt.Data, "meantime.db")
}

func (a *App) furnish(ctx context.Context) error {
	if err := a.DB.Migrate(ctx, migrations.Files); err != nil {
		return err
	}
	files, err := blob.NewFolder(filepath.Join(a.opt.Data, "files"))
	if err != nil {
		return err
	}
	a.Files = files
	if a.Outside, err = a.wayOut(); err != nil {
		return err
	}
	a.Bus = bus.NewLocal()
	if a.DB.Engine == db.Postgres {
		a.Bus = bus.NewPostgres(a.databaseURL())
	}
	event.PokeOn(a.DB, a.Bus)
	if err := a.make(); err != nil {
		return err
	}
	a.route()
	if a.machine != nil {
		return a.Demo.Restore(ctx)
	}
	return nil
}

// wayOut makes the one client that asks outside, as the operator allows.
func (a *App) wayOut() (*outside.Client, error) {
	allow, err := outside.ParseAllow(a.opt.OutsideAllow)
	if err != nil {
		return nil, fmt.Errorf("--outside-allow: %w", err)
	}
	o := outside.Options{Allow: allow, Version: a.opt.Version}
	if a.opt.OutsideProxy != "" {
		if o.Proxy, err = outside.ParseProxy(a.opt.OutsideProxy); err != nil {
			return nil, fmt.Errorf("--outside-proxy: %w", err)
		}
	}
	return outside.New(o), nil
}

// make makes the parts, from the bottom up, and introduces them.
func (a *App) make() (err error) {
	origin := strings.TrimRight(a.opt.Origin, "/")
	a.People = people.New(a.DB, people.Options{Demo: a.opt.Demo, Outside: a.Outside})
	a.Auth = auth.New(a.DB, a.People, auth.Options{PublicURL: origin, Cost: a.opt.Cost})
	a.Spaces = spaces.New(a.DB, a.People, a.Files, spaces.Options{})
	a.Asks = asks.New(a.DB, a.People, a.Spaces)
	things := describe.Registry{}
	a.Attention = attention.New(a.DB, a.People, a.Spaces, a.Asks, things)
	a.Duty = duty.New(a.DB, a.People, a.Attention.Consents)
	a.Pages = pages.New(a.DB, a.People, a.Spaces, a.Asks, a.Duty.OnDuty, a.Attention.Consents, pages.Options{Origin: origin, Hooks: pagers{a.Outside}})
	a.Agreed = agreements.New(a.DB, a.People, a.Spaces)
	a.Bounds = boundaries.New(a.DB, a.People)
	a.Checkins = checkins.New(a.DB, a.People, a.Spaces, a.Asks, done{things}.did)
	a.Storms = brainstorms.New(a.DB, a.People, a.Spaces, a.Asks, a.Files, a.ballotKeys())
	a.Ballots = sealed.New(a.DB, a.ballotKeys())
	a.Batons = batons.New(a.DB, a.People, a.Spaces, a.Asks)
	a.opt.SMTP.Origin, a.opt.SMTP.Demo = origin, a.opt.Demo
	if a.Mail, err = mail.New(a.DB, a.People, digests{a.Attention}, wishes{a.Attention}, a.opt.SMTP); err != nil {
		return err
	}
	a.Push = push.New(a.DB, a.People, pushed{a.Attention}, a.Attention, a.Auth, a.Outside, push.Options{Origin: origin, Contact: contact(a.opt.SMTP.From)})
	a.Search = search.New(a.DB, sources{a.People, a.Spaces, a.Asks, a.Checkins}, a.catchUpSearch)
	a.Live = live.New(a.DB, a.Bus, readers{a.Spaces}, a.Auth.Stands)
	a.Importers = importers.New(a.DB, a.People, a.Spaces, a.Files, index{a.Search})
	a.Calendars = calendars.New(a.DB, a.People, a.Asks, a.Outside, calendars.Options{Origin: origin})
	things.Add(a.People.Describe())
	things.Add(a.Spaces.Describe())
	things.Add(a.Asks.Describe())
	things.Add(a.Duty.Describe())
	things.Add(a.Pages.Describe())
	things.Add(a.Agreed.Describe())
	things.Add(a.Checkins.Describe())
	things.Add(a.Storms.Describe())
	a.Decisions = decisions.New(a.DB, a.People, a.Spaces, a.Asks, a.Auth, decisions.Options{Origin: origin, Boxes: a.Ballots})
	things.Add(a.Decisions.Describe())
	things.Add(a.Batons.Describe())
	a.Jobs = job.NewRunner(a.DB, a.Bus)
	a.Demo = demo.New(a.DB, a.machine, a, a.Attention.DeliveredBetween)
	a.introduce()
	var hear []event.Follower
	for _, f := range [][]event.Follower{a.People.Followers(), a.Auth.Followers(), a.Asks.Followers(), a.Attention.Followers(), a.Agreed.Followers(), a.Duty.Followers(), a.Pages.Followers(), a.Batons.Followers(), a.Checkins.Followers(), a.Storms.Followers(), a.Mail.Followers(), a.Push.Followers(), a.Search.Followers(), a.Calendars.Followers(), a.Decisions.Followers()} {
		hear = append(hear, f...)
	}
	a.Followers = event.NewFollowers(a.DB, a.Bus, hear...)
	a.Attention.HearFirst(a.hearFirst)
	a.People.Jobs(a.Jobs)
	a.Auth.Jobs(a.Jobs)
	a.Spaces.Jobs(a.Jobs)
	a.Attention.Jobs(a.Jobs)
	a.Duty.Jobs(a.Jobs)
	a.Pages.Jobs(a.Jobs)
	a.Checkins.Jobs(a.Jobs)
	a.Storms.Jobs(a.Jobs)
	a.Batons.Jobs(a.Jobs)
	a.Mail.Jobs(a.Jobs)
	a.Push.Jobs(a.Jobs)
	a.Importers.Jobs(a.Jobs)
	a.Calendars.Jobs(a.Jobs)
	a.Ballots.Jobs(a.Jobs)
	a.Decisions.Jobs(a.Jobs)
	return nil
}

// hearFirst lets those hear the log to its end who may bring about what reaches people.
func (a *App) hearFirst(ctx context.Context) error {
	var names []string
	for _, f := range [][]event.Follower{
		a.People.Followers(), a.Asks.Followers(), a.Attention.Followers(), a.Agreed.Followers(), a.Duty.Followers(),
		a.Pages.Followers(), a.Batons.Followers(), a.Checkins.Followers(), a.Storms.Followers(), a.Decisions.Followers(),
	} {
		for _, l := range f {
			names = append(names, l.Name)
		}
	}
	return a.Followers.Hear(ctx, names...)
}

func (a *App) catchUpSearch(ctx context.Context, workspace id.ID) error {
	return a.Followers.CatchUp(ctx, search.Name, workspace)
}

// route builds the front door.
func (a *App) route() {
	a.mux = http.NewServeMux()
	a.API = web.NewAPI(a.mux, a.opt.Version)
	a.Auth.Routes(a.API)
	a.People.Routes(a.API)
	a.Spaces.Routes(a.API)
	a.Asks.Routes(a.API)
	a.Attention.Routes(a.API)
	a.Duty.Routes(a.API)
	a.Pages.Routes(a.API)
	a.Checkins.Routes(a.API)
	a.Agreed.Routes(a.API)
	a.Bounds.Routes(a.API)
	a.Storms.Routes(a.API)
	a.Batons.Routes(a.API)
	a.Mail.Routes(a.API)
	a.Push.Routes(a.API)
	a.Search.Routes(a.API, names{a.People, a.Spaces})
	a.Importers.Routes(a.API)
	a.Calendars.Routes(a.API)
	a.Calendars.Mount(a.mux)
	a.Decisions.Routes(a.API)
	a.Decisions.Mount(a.mux)
	a.Demo.Routes(a.API)
	a.Live.Routes(a.mux)
	a.API.Docs()
	a.mux.HandleFunc("/api/", web.NotFound)
	a.Metrics = web.NewMetrics()
	a.gauges()
	a.mux.Handle("GET /metrics", a.Metrics.Handler(a.opt.MetricsToken))
	web.Health(a.mux, a.DB.Ping)
	files, built := screens.Screens()
	a.mux.Handle("/", web.Screens(files, built))
}

// Handler answers requests.
func (a *App) Handler() http.Handler {
	return web.Handler(a.mux, web.Options{
		DB: a.DB, Auth: a.Auth.Middleware, HTTPS: strings.HasPrefix(a.opt.Origin, "https://"), Metrics: a.Metrics,
	})
}

// Next is when something is due by itself, or zero.
func (a *App) Next(ctx context.Context) (clock.Instant, error) { return a.Jobs.Next(ctx) }

// Settle follows the log and does all that is due, until nothing is left but slow work.
func (a *App) Settle(ctx context.Context) error { return a.settle(ctx, a.Jobs.Settle) }

// Finish is Settle that waits for slow work, too.
func (a *App) Finish(ctx context.Context) error { return a.settle(ctx, a.Jobs.Finish) }

func (a *App) settle(ctx context.Context, jobs func(context.Context) error) error {
	for {
		before, err := a.lag(ctx)
		if err != nil {
			return err
		}
		if err := a.Followers.Settle(ctx); err != nil {
			return err
		}
		if err := jobs(ctx); err != nil {
			return err
		}
		after, err := a.lag(ctx)
		if err != nil || (before == 0 && after == 0) {
			return err
		}
	}
}

func (a *App) lag(ctx context.Context) (int64, error) {
	total := int64(0)
	for _, name := range a.Followers.Names() {
		n, err := event.Lag(ctx, a.DB, name)
		if err != nil {
			return 0, err
		}
		total += n
	}
	return total, nil
}

// Close closes what Open opened.
func (a *App) Close() error {
	var errs []error
	if a.Live != nil {
		a.Live.Close()
	}
	if a.Mail != nil {
		a.Mail.Close()
	}
	if a.Bus != nil {
		errs = append(errs, a.Bus.Close())
	}
	if a.Outside != nil {
		a.Outside.Close()
	}
	errs = append(errs, a.DB.Close())
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("app: close: %w", err)
	}
	return nil
}
