package importers_test

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"example.org/meantime/internal/core/coretest"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/feature/importers"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// house is a workspace to import into, and a neighbouring one.
type house struct {
	*coretest.World
	importers *importers.Service

	olga, kofi, gus actor.Actor // owner, member (kofi@example.org), guest
	other           actor.Actor // owner of another workspace
}

func engines(t *testing.T, f func(t *testing.T, h *house)) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) { f(t, newHouse(t, d, c)) })
}

func newHouse(t testing.TB, d *db.DB, c *clock.Machine) *house {
	t.Helper()
	h := &house{World: coretest.New(t, d, c, coretest.Options{Spaces: spaces.Options{MaxUpload: 64 << 20}})}
	h.importers = importers.New(d, h.People, h.Spaces, h.Files, nil)
	h.importers.Jobs(h.Jobs)
	h.Furnish()
	h.olga = h.Person(people.NewPerson{Name: "Olga", Role: actor.Owner})
	h.kofi = h.Person(people.NewPerson{Name: "Kofi Mensah", Email: "kofi@example.org"})
	h.gus = h.Person(people.NewPerson{Name: "Gus", Role: actor.Guest})
	h.other = h.Elsewhere(people.NewPerson{Name: "Otto", Role: actor.Owner})
	return h
}

func (h *house) run(path string) importers.Report {
	h.T.Helper()
	r, err := h.importers.Run(h.T.Context(), h.WS, h.olga, path, false, nil)
	h.Must(err)
	return r
}

// totals counts what is in the database, over all workspaces.
type totals struct{ People, Spaces, Members, Threads, Posts, Reactions, Files, Revisions, Imported int64 }

func (h *house) totals() totals {
	h.T.Helper()
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
		n, _, err := db.One[int64](h.T.Context(), h.DB, text)
		h.Must(err)
		*into = n
	}
	return out
}

// column reads one column of the imported world.
func (h *house) column(text string, args ...any) []string {
	h.T.Helper()
	out, err := db.All[string](h.T.Context(), h.DB, text, args...)
	h.Must(err)
	return out
}

func (h *house) refused(what string, err error, kind fault.Kind) {
	h.T.Helper()
	if !fault.IsKind(err, kind) {
		h.T.Errorf("%s: got %v, want a fault of kind %d", what, err, kind)
	}
}

// upload is a finished upload of somebody's.
func (h *house) upload(a actor.Actor, content []byte) id.ID {
	h.T.Helper()
	u, err := h.Spaces.BeginUpload(h.T.Context(), a, "export.zip", "application/zip", int64(len(content)))
	h.Must(err)
	u, err = h.Spaces.Receive(h.T.Context(), a, u.ID, 0, bytes.NewReader(content))
	h.Must(err)
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
	h.T.Helper()
	out, err := db.All[id.ID](h.T.Context(), h.DB, text, args...)
	h.Must(err)
	return out
}
