package spaces_test

import (
	"context"
	"io/fs"
	"path/filepath"
	"testing"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/blob"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// house is a workspace with people in it, and a neighbouring workspace.
type house struct {
	t      testing.TB
	ctx    context.Context
	d      *db.DB
	clock  *clock.Machine
	people *people.Service
	spaces *spaces.Service
	ws     id.ID
	folder string // where files are kept

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
	folder := t.TempDir()
	files, err := blob.NewFolder(folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = files.Close() })
	h := &house{t: t, ctx: context.Background(), d: d, clock: c, folder: folder}
	h.people = people.New(d, people.Options{})
	h.spaces = spaces.New(d, h.people, files, spaces.Options{MaxUpload: 1 << 20})
	h.ws = h.workspace("Meantime", func(ctx context.Context, tx *db.Tx) {
		h.ana = h.person(ctx, tx, "Ana", actor.Owner)
		h.kofi = h.person(ctx, tx, "Kofi", actor.Member)
		h.mei = h.person(ctx, tx, "Mei", actor.Member)
		h.guest = h.person(ctx, tx, "Gus", actor.Guest)
	})
	h.workspace("Elsewhere", func(ctx context.Context, tx *db.Tx) { h.other = h.person(ctx, tx, "Olga", actor.Owner) })
	h.open = h.space(h.ana, spaces.NewSpace{Name: "Product", Members: []id.ID{h.guest.Person}})
	h.closed = h.space(h.ana, spaces.NewSpace{Name: "Board", Private: true, Members: []id.ID{h.kofi.Person}})
	return h
}

func (h *house) workspace(name string, fill func(context.Context, *db.Tx)) id.ID {
	h.t.Helper()
	ws := id.New(h.clock.Now())
	h.must(h.d.Write(h.ctx, ws, func(ctx context.Context, tx *db.Tx) error {
		if err := h.people.CreateWorkspaceTx(ctx, tx, name); err != nil {
			return err
		}
		fill(ctx, tx)
		return nil
	}))
	return ws
}

func (h *house) person(ctx context.Context, tx *db.Tx, name string, role actor.Role) actor.Actor {
	h.t.Helper()
	p, err := h.people.AddTx(ctx, tx, people.NewPerson{Name: name, Role: role})
	h.must(err)
	return p.Actor()
}

func (h *house) space(a actor.Actor, n spaces.NewSpace) spaces.Space {
	h.t.Helper()
	sp, err := h.spaces.OpenSpace(h.ctx, a, n)
	h.must(err)
	return sp
}

// thread opens a thread with a first post.
func (h *house) thread(a actor.Actor, space id.ID, title string) spaces.Thread {
	h.t.Helper()
	var th spaces.Thread
	h.must(h.d.Write(h.ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) (err error) {
		if th, err = h.spaces.OpenThreadTx(ctx, tx, a, spaces.NewThread{Space: space, Title: title}); err != nil {
			return err
		}
		_, err = h.spaces.PostTx(ctx, tx, a, spaces.NewPost{Thread: th.ID, Markdown: title + ", to begin with."})
		return err
	}))
	return th
}

func (h *house) try(a actor.Actor, n spaces.NewPost) (p spaces.Post, err error) {
	err = h.d.Write(h.ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) (err error) {
		p, err = h.spaces.PostTx(ctx, tx, a, n)
		return err
	})
	return p, err
}

func (h *house) post(a actor.Actor, thread id.ID, markdown string) spaces.Post {
	h.t.Helper()
	h.clock.Advance(time.Minute)
	p, err := h.try(a, spaces.NewPost{Thread: thread, Markdown: markdown})
	h.must(err)
	return p
}

// events lists what the log says of one kind, in order.
func (h *house) events(kind string) []event.Event {
	h.t.Helper()
	all, err := event.After(h.ctx, h.d, h.ws, 0, 1000)
	h.must(err)
	out := []event.Event{}
	for _, e := range all {
		if e.Kind == kind {
			out = append(out, e)
		}
	}
	return out
}

// kept counts the files on the disk.
func (h *house) kept() int {
	n := 0
	h.must(filepath.WalkDir(h.folder, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			n++
		}
		return err
	}))
	return n
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// refused checks that an error is a fault of a code.
func (h *house) refused(what string, err error, code string) {
	h.t.Helper()
	if !fault.Is(err, code) {
		h.t.Errorf("%s: %v, want %s", what, err, code)
	}
}
