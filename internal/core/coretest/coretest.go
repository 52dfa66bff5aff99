// Package coretest is the world that the tests of core and of features stand in: one
// database and a clock that moves when it is told to, core's services over them, a
// workspace with people who have hours, and time that passes with all that is due in it.
// Only tests import it.
package coretest

import (
	"slices"
	"testing"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/blob"
	"example.org/meantime/internal/platform/bus"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/job"
)

// World is core over one database, for one test, which it ends when anything fails. A
// package's tests put it into a house of their own, beside the service they are about.
type World struct {
	T         testing.TB
	DB        *db.DB
	Clock     *clock.Machine
	Folder    string // where files are kept
	Files     *blob.Folder
	People    *people.Service
	Spaces    *spaces.Service
	Asks      *asks.Service
	Bus       bus.Bus
	Jobs      *job.Runner
	WS        id.ID // the workspace, once Furnish made it
	Followers *event.Followers
}

// Options are what core's services may be told.
type Options struct {
	People people.Options
	Spaces spaces.Options
}

// New puts core's services over a database, which may have lived before: it writes nothing.
func New(t testing.TB, d *db.DB, c *clock.Machine, o Options) *World {
	t.Helper()
	w := &World{T: t, DB: d, Clock: c, Folder: t.TempDir(), Bus: bus.NewLocal()}
	var err error
	w.Files, err = blob.NewFolder(w.Folder)
	w.Must(err)
	t.Cleanup(func() { _ = w.Files.Close() })
	w.People = people.New(d, o.People)
	w.Spaces = spaces.New(d, w.People, w.Files, o.Spaces)
	w.Asks = asks.New(d, w.People, w.Spaces)
	w.People.Introduce(people.Neighbours{Shares: w.Spaces.Shares})
	w.Spaces.Introduce(spaces.Neighbours{OpenAsks: w.Asks.OpenAsks, PostAsks: w.Asks.PostAsks})
	w.Jobs = job.NewRunner(d, w.Bus)
	w.Follow()
	return w
}

// Follow has a feature's listeners hear the log, after those of core.
func (w *World) Follow(list ...event.Follower) {
	w.Followers = event.NewFollowers(w.DB, w.Bus, append(w.Asks.Followers(), list...)...)
}

// Must ends the test at an error.
func (w *World) Must(err error) {
	w.T.Helper()
	if err != nil {
		w.T.Fatal(err)
	}
}

// Refused wants an error to be a fault of a code.
func (w *World) Refused(what string, err error, code string) {
	w.T.Helper()
	if !fault.Is(err, code) {
		w.T.Errorf("%s: got %v, want the fault %s", what, err, code)
	}
}

// ws is the workspace; without one everything would be found to be empty.
func (w *World) ws() id.ID {
	w.T.Helper()
	if w.WS.IsZero() {
		w.T.Fatal("the world has no workspace: Furnish it, or say which one it is")
	}
	return w.WS
}

// Heard lists what the log of the workspace says of some kinds, in order.
func (w *World) Heard(kinds ...string) (out []event.Event) {
	w.T.Helper()
	log, err := event.After(w.T.Context(), w.DB, w.ws(), 0, 10_000)
	w.Must(err)
	for _, e := range log {
		if slices.Contains(kinds, e.Kind) {
			out = append(out, e)
		}
	}
	return out
}

// Told lists whom the events of a kind concerned.
func (w *World) Told(kind string) (out []id.ID) {
	w.T.Helper()
	for _, e := range w.Heard(kind) {
		out = append(out, e.Concerns...)
	}
	return out
}

// Head is the number of the last event of the workspace.
func (w *World) Head() int64 {
	w.T.Helper()
	n, err := event.Head(w.T.Context(), w.DB, w.ws())
	w.Must(err)
	return n
}
