package importers_test

import (
	"archive/zip"
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/feature/importers"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/blob"
	"example.org/meantime/internal/platform/bus"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/job"
	"example.org/meantime/internal/platform/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// house is a workspace to import into, and a neighbouring one.
type house struct {
	t         testing.TB
	ctx       context.Context
	d         *db.DB
	clock     *clock.Machine
	people    *people.Service
	spaces    *spaces.Service
	importers *importers.Service
	bus       bus.Bus
	jobs      *job.Runner
	ws        id.ID

	olga, kofi, gus actor.Actor // owner, member (kofi@example.org), guest
	other           actor.Actor // owner of another workspace
}

func engines(t *testing.T, f func(t *testing.T, h *house)) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) { f(t, newHouse(t, d, c)) })
}

func newHouse(t testing.TB, d *db.DB, c *clock.Machine) *house {
	t.Helper()
	files, err := blob.NewFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = files.Close() })
	h := &house{t: t, ctx: context.Background(), d: d, clock: c}
	h.people = people.New(d, people.Options{})
	h.spaces = spaces.New(d, h.people, files, spaces.Options{MaxUpload: 64 << 20})
	h.importers = importers.New(d, h.people, h.spaces, files, nil)
	h.bus = bus.NewLocal()
	h.jobs = job.NewRunner(d, h.bus)
	h.importers.Jobs(h.jobs)
	h.ws = h.workspace("Meantime", func(ctx context.Context, tx *db.Tx) {
		h.olga = h.person(ctx, tx, people.NewPerson{Name: "Olga", Role: actor.Owner})
		h.kofi = h.person(ctx, tx, people.NewPerson{Name: "Kofi Mensah", Email: "kofi@example.org"})
		h.gus = h.person(ctx, tx, people.NewPerson{Name: "Gus", Role: actor.Guest})
	})
	h.workspace("Elsewhere", func(ctx context.Context, tx *db.Tx) {
		h.other = h.person(ctx, tx, people.NewPerson{Name: "Otto", Role: actor.Owner})
	})
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

func (h *house) person(ctx context.Context, tx *db.Tx, n people.NewPerson) actor.Actor {
	h.t.Helper()
	p, err := h.people.AddTx(ctx, tx, n)
	h.must(err)
	return p.Actor()
}

func (h *house) run(path string) importers.Report {
	h.t.Helper()
	r, err := h.importers.Run(h.ctx, h.ws, h.olga, path, false, nil)
	h.must(err)
	return r
}

// totals counts what is in the database, over all workspaces.
type totals struct{ People, Spaces, Members, Threads, Posts, Reactions, Files, Revisions, Imported int64 }

func (h *house) totals() totals {
	h.t.Helper()
	var out totals
	for text, into := range map[string]*int64{
		`SELECT COUNT(*) FROM people_persons`:                           &out.People,
		`SELECT COUNT(*) FROM spaces_spaces`:                            &out.Spaces,
		`SELECT COUNT(*) FROM spaces_members`:                           &out.Members,
		`SELECT COUNT(*) FROM spaces_threads`:                           &out.Threads,
		`SELECT COUNT(*) FROM spaces_posts`:                             &out.Posts,
		`SELECT COUNT(*) FROM spaces_reactions`:                         &out.Reactions,
		`SELECT COUNT(*) FROM spaces_files`:                             &out.Files,
		`SELECT COUNT(*) FROM spaces_revisions`:                         &out.Revisions,
		`SELECT COUNT(*) FROM event_log WHERE kind = 'spaces.imported'`: &out.Imported,
	} {
		n, _, err := db.One[int64](h.ctx, h.d, text)
		h.must(err)
		*into = n
	}
	return out
}

func (h *house) head() int64 {
	h.t.Helper()
	seq, err := event.Head(h.ctx, h.d, h.ws)
	h.must(err)
	return seq
}

// column reads one column of the imported world.
func (h *house) column(text string, args ...any) []string {
	h.t.Helper()
	out, err := db.All[string](h.ctx, h.d, text, args...)
	h.must(err)
	return out
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) refused(what string, err error, kind fault.Kind) {
	h.t.Helper()
	if !fault.IsKind(err, kind) {
		h.t.Errorf("%s: got %v, want a fault of kind %d", what, err, kind)
	}
}

// upload is a finished upload of somebody's.
func (h *house) upload(a actor.Actor, content []byte) id.ID {
	h.t.Helper()
	u, err := h.spaces.BeginUpload(h.ctx, a, "export.zip", "application/zip", int64(len(content)))
	h.must(err)
	u, err = h.spaces.Receive(h.ctx, a, u.ID, 0, bytes.NewReader(content))
	h.must(err)
	return u.ID
}

func pack(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for name, content := range files {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func save(t testing.TB, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "export.zip")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// corpus is a folder of exports that other people made.
func corpus(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("MEANTIME_CORPUS")
	if dir == "" {
		t.Skip("set MEANTIME_CORPUS to a folder with slack exports to run this test")
	}
	path := filepath.Join(dir, "slack", filepath.FromSlash(name))
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the corpus has no %s", name)
	}
	return path
}

func (h *house) ids(text string, args ...any) []id.ID {
	h.t.Helper()
	out, err := db.All[id.ID](h.ctx, h.d, text, args...)
	h.must(err)
	return out
}
