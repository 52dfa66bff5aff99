package bench

import (
	"context"
	"os"
	"testing"

	"example.org/meantime/internal/app"
	"example.org/meantime/internal/core/auth"
	"example.org/meantime/internal/core/people"
	invented "example.org/meantime/internal/feature/crowd"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

// full says whether a million is meant, and not a quick look.
func full() bool { return os.Getenv("SIZE") == "full" }

// ofSize is the first number, or with SIZE=full the second.
func ofSize(small, million int) int {
	if full() {
		return million
	}
	return small
}

// crowded is a house with an invented company in it, whose owner h.token is of.
func crowded(t testing.TB, engine db.Engine, n invented.Size) (*house, app.Seeded) {
	t.Helper()
	h := &house{t: t, dir: t.TempDir()}
	o := app.Options{Data: h.dir, Origin: "http://meantime.test", Version: "bench", Cost: auth.Cost{Memory: 64, Passes: 1}}
	if engine == db.Postgres {
		o.Database = testkit.PostgresURL(t)
	}
	r, err := app.Seed(context.Background(), o, app.SeedSize{Size: n}, func(string, int64, int64) {})
	h.must(err)
	h.app, err = app.Open(context.Background(), o)
	h.must(err)
	t.Cleanup(func() { h.must(h.app.Close()) })
	ws, err := id.Decode("ws", r.Workspace)
	h.must(err)
	h.owner, h.token = actor.Actor{Workspace: ws}, r.Token
	return h, r
}

// members gives tokens of so many members of an invented company, but for one who
// has a token.
func (h *house) members(n int, but id.ID) []string {
	h.t.Helper()
	ids, err := db.All[id.ID](context.Background(), h.app.DB, `
		SELECT person_id FROM people_persons
		WHERE workspace_id = $1 AND role = 'member' AND person_id <> $2 ORDER BY person_id LIMIT $3`, h.owner.Workspace, but, n)
	h.must(err)
	return h.tokens(ids)
}

// tokenFor gives a token of one person of an invented company.
func (h *house) tokenFor(person id.ID) string { return h.tokens([]id.ID{person})[0] }

func (h *house) tokens(ids []id.ID) (out []string) {
	h.t.Helper()
	for len(ids) > 0 {
		part := ids[:min(200, len(ids))]
		ids = ids[len(part):]
		known, err := h.app.People.ByIDs(context.Background(), h.app.DB, h.owner.Workspace, part)
		h.must(err)
		var list []people.Person
		for _, x := range part {
			list = append(list, known[x])
		}
		h.write(func(ctx context.Context, tx *db.Tx) error {
			made, err := h.app.Auth.BulkTokensTx(ctx, tx, list)
			out = append(out, made...)
			return err
		})
	}
	return out
}

// talks are the names of threads that every member reads and may post in, the
// liveliest first.
func (h *house) talks(n int) (out []string) {
	h.t.Helper()
	ids, err := db.All[id.ID](context.Background(), h.app.DB, `
		SELECT t.id FROM spaces_threads t
		JOIN spaces_spaces s ON s.workspace_id = t.workspace_id AND s.id = t.space_id
		WHERE t.workspace_id = $1 AND t.concluded_at IS NULL AND NOT s.private
		ORDER BY t.last_post_at DESC, t.id LIMIT $2`, h.owner.Workspace, n)
	h.must(err)
	for _, x := range ids {
		out = append(out, id.Encode("thr", x))
	}
	return out
}
