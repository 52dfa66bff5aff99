package app

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/auth"
	"example.org/meantime/internal/feature/attention"
	"example.org/meantime/internal/feature/crowd"
	"example.org/meantime/internal/feature/search"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
)

// SeedSize says how large a company is invented; End is the moment at which its
// history ends: the present when zero.
type SeedSize struct {
	crowd.Size
	End time.Time
}

// SizeOf puts the numbers of a command together.
func SizeOf(people, posts, asks, open int, seed uint64, end time.Time) SeedSize {
	return SeedSize{Size: crowd.Size{People: people, Posts: posts, Asks: asks, Open: open, Seed: seed}, End: end}
}

// Seeded is what was invented, and how to come in.
type Seeded struct {
	crowd.Made
	Workspace string      `json:"workspace"`
	BusyID    string      `json:"busy"`    // who owes the most
	LongestID string      `json:"longest"` // the thread with the most posts
	Owner     Credentials `json:"owner"`
	Token     string      `json:"token"` // of the owner
}

// Text is the report for people.
func (s Seeded) Text() string {
	return fmt.Sprintf("%d people in %d spaces and %d teams wrote %d posts in %d threads and asked %d times, of which %d are open.\n"+
		"Sign in as %s with the password %s, or with the token %s.",
		s.People, s.Spaces, s.Teams, s.Posts, s.Threads, s.Asks, s.Open, s.Owner.Email, s.Owner.Password, s.Token)
}

// Seed makes a new data folder, or fills an empty database, with an invented
// company of a size, indexed for search and its deliveries planned. It never
// writes over anything.
func Seed(ctx context.Context, o Options, n SeedSize, progress Progress) (r Seeded, err error) {
	if err := n.Check(); err != nil {
		return r, err
	}
	list, err := os.ReadDir(o.Data)
	if err == nil && len(list) > 0 {
		return r, fmt.Errorf("%s holds something already; name a folder that does not exist yet", o.Data)
	}
	if n.End.IsZero() {
		n.End = clock.System{}.Now().Time()
	}
	o.Clock, o.Hasty = clock.Still(n.End), true
	if o.Origin == "" {
		o.Origin = "http://127.0.0.1:8080"
	}
	a, err := Open(ctx, o)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	empty, err := a.DB.Empty(ctx)
	if err != nil {
		return r, err
	}
	if !empty {
		return r, errors.New("the database holds something already; name an empty one")
	}
	defer id.Repeat(n.Seed)()
	return a.SeedInto(ctx, n.Size, progress)
}

// SeedInto is Seed in a house that stands, and in which nobody lives.
func (a *App) SeedInto(ctx context.Context, n crowd.Size, progress Progress) (r Seeded, err error) {
	r.Owner = Credentials{Email: "owner@crowd.example", Password: rand.Text()}
	owner, err := a.Auth.CreateOwner(ctx, auth.NewOwner{Workspace: "Crowd", Name: "Olga Owner", Email: r.Owner.Email, Password: r.Owner.Password, Zone: "Europe/Berlin"})
	if err != nil {
		return r, err
	}
	house := crowd.House{
		DB: a.DB, People: a.People, Spaces: a.Spaces, Asks: a.Asks, Plan: a.planCrowd,
		Words: func(ws id.ID, text string) any { return a.Search.Cook(ws, text) }, Find: a.findCrowd,
	}
	if r.Made, err = crowd.Fill(ctx, house, owner, n, progress); err != nil {
		return r, err
	}
	token, err := a.Auth.MakeToken(ctx, owner, "benchmarks")
	if err != nil {
		return r, err
	}
	r.Token = token.Token
	r.Workspace, r.BusyID, r.LongestID = id.Encode("ws", owner.Workspace), id.Encode("per", r.Busy), id.Encode("thr", r.Longest)
	if err := a.takeNote(ctx, owner.Workspace, progress); err != nil {
		return r, err
	}
	return r, a.DB.TakeStock(ctx)
}

func (a *App) planCrowd(ctx context.Context, tx *db.Tx, list []*asks.Bulk, news []crowd.News) error {
	all := make([]attention.News, len(news))
	for i, n := range news {
		all[i] = attention.News(n)
	}
	return a.Attention.BulkTx(ctx, tx, list, all)
}

func (a *App) findCrowd(ctx context.Context, tx *db.Tx, list []crowd.Found) error {
	out := make([]search.Entry, len(list))
	for i, f := range list {
		out[i] = search.Entry{
			Ref: threadOrPost(f.ID, f.Thread), Space: f.Space, Thread: f.Thread, Author: f.Author, At: f.At, Concluded: f.Concluded,
		}
		if err := worded(&out[i], f.Words); err != nil {
			return err
		}
	}
	return a.Search.AddTx(ctx, tx, out)
}

// takeNote brings the listeners to the head of the log: the index of search enters
// the people, and for the others all is done.
func (a *App) takeNote(ctx context.Context, workspace id.ID, progress Progress) error {
	others := slices.DeleteFunc(a.Followers.Names(), func(name string) bool { return name == search.Name })
	err := a.DB.Write(ctx, workspace, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("cursors move")
		return event.SkipTx(ctx, tx, others...)
	})
	if err != nil {
		return err
	}
	total, err := event.Lag(ctx, a.DB, search.Name)
	if err != nil {
		return err
	}
	watching, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		real := clock.System{}
		for real.Wait(watching, real.Now().Add(500*time.Millisecond)) == nil {
			if left, err := event.Lag(watching, a.DB, search.Name); err == nil {
				progress("Index", total-left, total)
			}
		}
	}()
	return a.catchUpSearch(ctx, workspace)
}
