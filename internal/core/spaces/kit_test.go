package spaces_test

import (
	"context"
	"io/fs"
	"path/filepath"
	"testing"
	"time"

	"example.org/meantime/internal/core/coretest"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// house is a workspace with people in it, and a neighbouring workspace.
type house struct {
	*coretest.World

	ana, kofi, mei actor.Actor // owner, member, member
	guest          actor.Actor
	other          actor.Actor // owner of another workspace
	open, closed   spaces.Space
}

// engines runs a test in a house on each engine. Ana has opened a public space
// and a private one, of which Kofi is a member; the guest is in the public one.
func engines(t *testing.T, f func(t *testing.T, h *house)) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) { f(t, newHouse(t, d, c)) })
}

func newHouse(t testing.TB, d *db.DB, c *clock.Machine) *house {
	t.Helper()
	h := &house{World: coretest.New(t, d, c, coretest.Options{Spaces: spaces.Options{MaxUpload: 1 << 20}})}
	h.Furnish()
	h.ana = h.Person(people.NewPerson{Name: "Ana", Role: actor.Owner})
	h.kofi = h.Person(people.NewPerson{Name: "Kofi"})
	h.mei = h.Person(people.NewPerson{Name: "Mei"})
	h.guest = h.Person(people.NewPerson{Name: "Gus", Role: actor.Guest})
	h.other = h.Elsewhere(people.NewPerson{Name: "Olga", Role: actor.Owner})
	h.open = h.Space(h.ana, spaces.NewSpace{Name: "Product", Members: coretest.IDs(h.guest)})
	h.closed = h.Space(h.ana, spaces.NewSpace{Name: "Board", Private: true, Members: coretest.IDs(h.kofi)})
	return h
}

// thread opens a thread with a first post.
func (h *house) thread(a actor.Actor, space id.ID, title string) spaces.Thread {
	h.T.Helper()
	var th spaces.Thread
	h.Must(h.DB.Write(h.T.Context(), a.Workspace, func(ctx context.Context, tx *db.Tx) (err error) {
		if th, err = h.Spaces.OpenThreadTx(ctx, tx, a, spaces.NewThread{Space: space, Title: title}); err != nil {
			return err
		}
		_, err = h.Spaces.PostTx(ctx, tx, a, spaces.NewPost{Thread: th.ID, Markdown: title + ", to begin with."})
		return err
	}))
	return th
}

func (h *house) try(a actor.Actor, n spaces.NewPost) (p spaces.Post, err error) {
	err = h.DB.Write(h.T.Context(), a.Workspace, func(ctx context.Context, tx *db.Tx) (err error) {
		p, err = h.Spaces.PostTx(ctx, tx, a, n)
		return err
	})
	return p, err
}

func (h *house) post(a actor.Actor, thread id.ID, markdown string) spaces.Post {
	h.T.Helper()
	h.Clock.Advance(time.Minute)
	p, err := h.try(a, spaces.NewPost{Thread: thread, Markdown: markdown})
	h.Must(err)
	return p
}

// kept counts the files on the disk.
func (h *house) kept() int {
	n := 0
	h.Must(filepath.WalkDir(h.Folder, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			n++
		}
		return err
	}))
	return n
}
