package importers_test

import (
	"context"
	"errors"
	"testing"
)

// TestAStoppedImportGoesOn stops an import again and again, each time a little
// later, until it is through. The export has a thread so long that it comes in parts.
func TestAStoppedImportGoesOn(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		path := save(t, pack(t, many(300, 9000)))
		stops := 0
		for left := 1; ; left++ {
			ctx, stop := context.WithCancel(h.T.Context())
			calls := 0
			r, err := h.importers.Run(ctx, h.WS, h.olga, path, false, func(string, int64, int64) {
				if calls++; calls == left*3 {
					stop()
				}
			})
			stop()
			if err == nil {
				if r.Posts != 300*3+9000+2+1+1 || r.People != 4 || r.Spaces != 4 {
					t.Errorf("the last run says that all of them brought %+v", r.Counts)
				}
				break
			}
			if !errors.Is(err, context.Canceled) {
				t.Fatalf("stop %d: %v", left, err)
			}
			stops++
		}
		if stops < 4 {
			t.Errorf("the import was stopped %d times, want more for the test to mean something", stops)
		}
		got := h.totals()
		clean := newHouse(t, h.DB, h.Clock)
		clean.run(path)
		both := clean.totals()
		both.Imported = got.Imported // how often a long thread is told of depends on where it was stopped
		for _, x := range []*int64{&both.People, &both.Spaces, &both.Members, &both.Threads, &both.Posts, &both.Reactions, &both.Files, &both.Revisions} {
			*x /= 2
		}
		if both != got {
			t.Errorf("stopped %d times %+v, in one go %+v", stops, got, both)
		}
		h.numbered(t)
	})
}

// numbered checks that posts count from 1 without gaps in each thread.
func (h *house) numbered(t *testing.T) {
	t.Helper()
	wrong := h.column(`
		SELECT t.title FROM spaces_threads t
		WHERE t.posts <> t.last_n OR t.base_n <> t.last_n
			OR t.posts <> (SELECT COUNT(*) FROM spaces_posts p WHERE p.workspace_id = t.workspace_id AND p.thread_id = t.id)
			OR t.last_n <> (SELECT MAX(p.n) FROM spaces_posts p WHERE p.workspace_id = t.workspace_id AND p.thread_id = t.id)
			OR t.last_post_at <> (SELECT MAX(p.created_at) FROM spaces_posts p WHERE p.workspace_id = t.workspace_id AND p.thread_id = t.id)`)
	if len(wrong) > 0 {
		t.Errorf("threads whose numbers are wrong: %v", wrong)
	}
}

// TestTwoAtOnceAreOne runs the same import twice at the same time, as when a node
// was thought lost and was not.
func TestTwoAtOnceAreOne(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		path := save(t, pack(t, many(600, 0)))
		done := make(chan error, 2)
		for range 2 {
			go func() {
				_, err := h.importers.Run(h.T.Context(), h.WS, h.olga, path, false, nil)
				done <- err
			}()
		}
		for range 2 {
			h.Must(<-done)
		}
		if got := h.totals(); got.Posts != 600*3+2+1+1 || got.Spaces != 4 || got.People != 4+4 {
			t.Errorf("two runs at once made %+v", got)
		}
		h.numbered(t)
	})
}
