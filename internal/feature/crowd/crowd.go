// Package crowd invents a company of any size, the same for the same seed: people
// in the zones of the world, spaces of every size, threads, and asks in every
// state. It is for benchmarks, and writes only into a house in which nobody lives
// yet. It is a feature of its own because it speaks with all of the core at once,
// and nobody needs to know it.
package crowd

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// Busy is the number of the person who owes a hundredth of all open asks, ten
// thousand at most; the owner is number 0. Both are members of every space.
const Busy = 1

// Words whose number is known: Rare is in ten posts, Mid in every hundredth and
// Common in every third.
const (
	Rare   = "zebra"
	Mid    = "harbour"
	Common = "launch"
)

// Size is how much is invented. The same Size gives the same rows.
type Size struct {
	People int // the owner among them, from 10 to 1,000,000
	Posts  int // from 1,000 to 10,000,000
	Asks   int
	Open   int // how many of a hundred asks are still open
	Seed   uint64
}

// Check says what is wrong with the numbers.
func (s Size) Check() error {
	switch {
	case s.People < 10 || s.People > 1_000_000:
		return fmt.Errorf("%d people: choose from 10 to 1,000,000", s.People)
	case s.Posts < 1000 || s.Posts > 10_000_000:
		return fmt.Errorf("%d posts: choose from 1,000 to 10,000,000", s.Posts)
	case s.Asks < 0 || s.Asks > 10_000_000:
		return fmt.Errorf("%d asks: choose from 0 to 10,000,000", s.Asks)
	case s.Open < 0 || s.Open > 100:
		return fmt.Errorf("%d of a hundred asks open: choose from 0 to 100", s.Open)
	}
	return nil
}

// News is what somebody has not read of a thread.
type News struct {
	Person, Thread, Space, Post, Who id.ID
	Posts                            int64
	At                               clock.Instant
}

// House is where it is written; app fills it.
type House struct {
	DB     *db.DB
	People *people.Service
	Spaces *spaces.Service
	Asks   *asks.Service
	// Plan does what the listener that plans deliveries would have done.
	Plan func(ctx context.Context, tx *db.Tx, list []*asks.Bulk, news []News) error
	// Words makes what Find enters into the index of search.
	Words func(workspace id.ID, text string) any
	Find  func(ctx context.Context, tx *db.Tx, list []Found) error
}

// Found is a thread (its own Thread) or a post to be found.
type Found struct {
	ID, Thread, Space, Author id.ID
	At                        clock.Instant
	Concluded                 bool
	Words                     any
}

// Made is what was written.
type Made struct {
	People    int   `json:"people"`
	Spaces    int   `json:"spaces"`
	Teams     int   `json:"teams"`
	Threads   int   `json:"threads"`
	Posts     int   `json:"posts"`
	Reactions int   `json:"reactions"`
	Asks      int   `json:"asks"`
	Open      int   `json:"open_asks"`
	Busy      id.ID `json:"-"` // the person who owes the most
	Longest   id.ID `json:"-"` // the thread with the most posts
	longest   int
}

// generator is one run.
type generator struct {
	House
	Size
	r        *rand.Rand
	say      *speaker
	now      clock.Instant
	owner    actor.Actor
	progress func(phase string, done, total int64)

	people []id.ID
	places []place
	made   Made
}

// Fill invents the company around its owner, who is the only one there. progress
// is told how far it has come. What it wrote before an error stays.
func Fill(ctx context.Context, h House, owner actor.Actor, s Size, progress func(phase string, done, total int64)) (Made, error) {
	r := rand.New(rand.NewPCG(s.Seed, 0)) //nolint:gosec // the same every time
	g := &generator{House: h, Size: s, r: r, say: newSpeaker(r), now: h.DB.Clock().Now(), owner: owner, progress: progress}
	for _, step := range []func(context.Context) error{g.fillPeople, g.fillSpaces, g.fillTeams, g.fillThreads} {
		if err := step(ctx); err != nil {
			return g.made, err
		}
	}
	return g.made, nil
}

// atOnce is how many rows of people one transaction writes.
const atOnce = 500

func (g *generator) fillPeople(ctx context.Context) error {
	g.people = append(make([]id.ID, 0, g.Size.People), g.owner.Person)
	for len(g.people) < g.Size.People {
		var list []people.NewPerson
		for i := len(g.people); i < min(len(g.people)+atOnce, g.Size.People); i++ {
			list = append(list, g.person(i))
		}
		var made []people.Person
		err := g.write(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
			made, err = g.House.People.BulkTx(ctx, tx, list)
			return err
		})
		if err != nil {
			return err
		}
		for _, p := range made {
			g.people = append(g.people, p.ID)
		}
		g.progress("People", int64(len(g.people)), int64(g.Size.People))
	}
	g.made.People, g.made.Busy = len(g.people), g.people[Busy]
	return nil
}

func (g *generator) write(ctx context.Context, f func(context.Context, *db.Tx) error) error {
	return g.DB.Write(ctx, g.owner.Workspace, f)
}

// rank picks one of n so that the first is picked most: the second half as often,
// the third a third, as with the sizes of anything.
func (g *generator) rank(n int) int {
	return min(n-1, int(math.Exp(g.r.Float64()*math.Log(float64(n+1))))-1)
}
