package search_test

import (
	"fmt"
	"slices"
	"testing"

	"example.org/meantime/internal/feature/search"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/id"
)

// findBest pages through everything that is found, best first.
func (x *shelf) findBest(query string, limit int) []string {
	return x.pages(x.s.FindBest, query, limit)
}

func TestTheBestMatchComesFirst(t *testing.T) {
	shelves(t, func(t *testing.T, x *shelf) {
		open, closed, thread := id.New(day), id.New(day), id.New(day)
		x.readable = []id.ID{open}
		at := day
		put := func(space id.ID, concluded bool, title, body string) {
			at += clock.Instant(1e6)
			x.put("post", search.Text{Space: space, Thread: thread, At: at, Title: title, Body: body, Concluded: concluded})
		}
		put(open, false, "often", "harbour walls, harbour lights, harbour dues")
		put(open, false, "once", "the harbour")
		put(open, false, "long", "the harbour "+fmt.Sprint(make([]int, 200)))
		put(open, true, "concluded", "the harbour")
		put(open, false, "the harbour", "all is well in the harbour")
		put(closed, false, "not to be read", "harbour harbour harbour harbour")
		put(open, false, "newest", "the harbour")
		want := []string{"the harbour", "often", "concluded", "newest", "once", "long"}
		for _, limit := range []int{50, 4, 1} {
			if got := x.findBest("harbour", limit); !slices.Equal(got, want) {
				t.Errorf("by %d: %q, want %q", limit, got, want)
			}
		}
		if got := x.findBest(`"harbour dues"`, 50); !slices.Equal(got, []string{"often"}) {
			t.Errorf("a phrase found %q", got)
		}
		if got := x.findBest("nothing", 50); len(got) != 0 {
			t.Errorf("nothing found %q", got)
		}
		for _, after := range []string{"1.a", "r-1", "rx", "5"} {
			if _, err := x.s.FindBest(t.Context(), actor.Actor{Workspace: x.ws, Role: actor.Member}, "harbour", after, 5); err == nil {
				t.Errorf("the cursor %q was taken", after)
			}
		}
	})
}

func TestManyHitsAreWeighedOnce(t *testing.T) {
	shelves(t, func(t *testing.T, x *shelf) {
		open, thread := id.New(day), id.New(day)
		x.readable = []id.ID{open}
		x.busy(open, thread, 600)
		x.find("nothing", 1) // which reads them for the index
		x.reads = 0
		if got := x.findBest("common", 50); len(got) != 400 {
			t.Errorf("%d are compared, want the newest 400", len(got))
		}
		if x.reads > 400*8 {
			t.Errorf("%d texts were read for eight pages", x.reads)
		}
	})
}
