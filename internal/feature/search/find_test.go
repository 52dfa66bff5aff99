package search_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"example.org/meantime/internal/feature/search"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/bus"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// shelf is a workspace of things that are nothing but their texts.
type shelf struct {
	t        *testing.T
	d        *db.DB
	s        *search.Service
	ws       id.ID
	texts    map[id.ID]search.Text
	kinds    map[id.ID]string
	readable []id.ID
	reads    int // things whose text was read
}

func newShelf(t *testing.T, d *db.DB) *shelf {
	x := &shelf{t: t, d: d, ws: id.New(d.Clock().Now()), texts: map[id.ID]search.Text{}, kinds: map[id.ID]string{}}
	var f *event.Followers
	x.s = search.New(d, x, func(ctx context.Context, w id.ID) error { return f.CatchUp(ctx, search.Name, w) })
	f = event.NewFollowers(d, bus.NewLocal(), x.s.Followers()...)
	x.write(func(ctx context.Context, tx *db.Tx) error { return event.Open(ctx, tx) })
	return x
}

func (x *shelf) write(f func(context.Context, *db.Tx) error) {
	x.t.Helper()
	err := x.d.Write(x.t.Context(), x.ws, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("a test")
		return f(ctx, tx)
	})
	if err != nil {
		x.t.Fatal(err)
	}
}

// put adds things, or says that they changed.
func (x *shelf) put(kind string, list ...search.Text) (ids []id.ID) {
	x.t.Helper()
	for i := range list {
		n := id.New(x.d.Clock().Now())
		if kind == "thread" {
			list[i].Thread = n
		}
		x.texts[n], x.kinds[n] = list[i], kind
		ids = append(ids, n)
	}
	x.tell(kind, ids...)
	return ids
}

func (x *shelf) tell(kind string, ids ...id.ID) {
	x.t.Helper()
	x.write(func(_ context.Context, tx *db.Tx) error {
		for _, n := range ids {
			event.Append(tx, event.New{Kind: "test.changed", Subject: event.Ref{Kind: kind, ID: n}})
		}
		return nil
	})
}

// find pages through everything that is found.
func (x *shelf) find(query string, limit int) []string { return x.pages(x.s.Find, query, limit) }

type finder func(ctx context.Context, a actor.Actor, query, after string, limit int) (search.Found, error)

func (x *shelf) pages(find finder, query string, limit int) (titles []string) {
	x.t.Helper()
	after := ""
	for {
		page, err := find(x.t.Context(), actor.Actor{Workspace: x.ws, Role: actor.Member}, query, after, limit)
		if err != nil {
			x.t.Fatal(err)
		}
		for _, h := range page.Hits {
			titles = append(titles, h.Title)
		}
		if after = page.Next; after == "" {
			return titles
		}
	}
}

func (x *shelf) Texts(_ context.Context, _ db.Queryer, _ id.ID, list []search.Ref) (map[id.ID]search.Text, error) {
	out := map[id.ID]search.Text{}
	for _, r := range list {
		x.reads++
		if t, ok := x.texts[r.ID]; ok {
			out[r.ID] = t
		}
	}
	return out, nil
}

func (x *shelf) Imported(event.Event) (fresh, changed []search.Ref, err error) { return nil, nil, nil }

func (x *shelf) Person(context.Context, db.Queryer, actor.Actor, string) (id.ID, bool, error) {
	return id.ID{}, false, nil
}

func (x *shelf) Space(context.Context, db.Queryer, actor.Actor, string) (id.ID, bool, error) {
	return id.ID{}, false, nil
}

func (x *shelf) Owing(context.Context, db.Queryer, actor.Actor, id.ID) ([]id.ID, error) {
	return nil, nil
}

func (x *shelf) Readable(context.Context, db.Queryer, actor.Actor) ([]id.ID, error) {
	return x.readable, nil
}

func shelves(t *testing.T, f func(t *testing.T, x *shelf)) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, _ *clock.Machine) { f(t, newShelf(t, d)) })
	t.Run("postgres, as if nothing were rare", func(t *testing.T) {
		if testing.Short() {
			t.Skip("PostgreSQL is left out of the quick loop")
		}
		x := newShelf(t, testkit.Postgres(t, clock.Still(testkit.Monday)))
		x.s.ByStretches()
		f(t, x)
	})
}

var day = clock.At(testkit.Monday)

// busy is a space with many things, an hour apart, the newest last: every one says
// "common", every fortieth "mid", the first and the middle one "rare".
func (x *shelf) busy(space, thread id.ID, n int) (titles []string) {
	var list []search.Text
	for i := range n {
		body := "common"
		if i%40 == 0 {
			body += " mid"
		}
		if i == 0 || i == n/2 {
			body += " rare"
		}
		title := fmt.Sprintf("%04d", i)
		list = append(list, search.Text{Space: space, Thread: thread, At: day.Add(time.Duration(i) * time.Hour), Title: title, Body: body})
		titles = append(titles, title)
	}
	x.put("post", list...)
	return titles
}

func TestNewestFirstHoweverOftenAWordIsSaid(t *testing.T) {
	shelves(t, func(t *testing.T, x *shelf) {
		a, b, c := id.New(day), id.New(day), id.New(day)
		x.readable = []id.ID{a, b, c}
		all := x.busy(a, id.New(day), 1500)
		x.put("thread", search.Text{Space: b, At: day.Add(-time.Hour), Title: "Decided common mid rare", Concluded: true})
		x.put("thread", search.Text{Space: b, At: day.Add(-time.Hour), Title: "Undecided common mid rare"})
		var mids []string
		for i := 0; i < len(all); i += 40 {
			mids = append(mids, all[i])
		}
		for word, newest := range map[string][]string{"common ": all, "comm": all, "mid ": mids, "rare ": {all[0], all[750]}, "rar": {all[0], all[750]}, "mid rare ": {all[0]}} {
			want := slices.Clone(newest)
			slices.Reverse(want)
			want = append(append([]string{"Decided common mid rare"}, want...), "Undecided common mid rare")
			if got := x.find(word, 50); !slices.Equal(got, want) {
				t.Errorf("%q finds %d things, want %d: the first are %q, want %q", word, len(got), len(want), got[:min(len(got), 4)], want[:min(len(want), 4)])
			}
		}
	})
}

func TestWhoReadsLittleFindsItAmongMuch(t *testing.T) {
	shelves(t, func(t *testing.T, x *shelf) {
		busy, own, other := id.New(day), id.New(day), id.New(day)
		x.readable = []id.ID{own, other}
		x.put("thread", search.Text{Space: own, At: day.Add(-time.Hour), Title: "Ours is common"})
		x.busy(busy, id.New(day), 900)
		x.reads = 0
		if got := x.find("common", 20); !slices.Equal(got, []string{"Ours is common"}) {
			t.Errorf("found %q, want what is readable alone", got)
		}
		if x.reads > 1000 {
			t.Errorf("%d texts were read", x.reads)
		}
	})
}

func TestAMovedThreadTakesAllOfItAlong(t *testing.T) {
	shelves(t, func(t *testing.T, x *shelf) {
		from, to := id.New(day), id.New(day)
		thread := x.put("thread", search.Text{Space: from, At: day, Title: "Much"})[0]
		x.busy(from, thread, 600)
		x.readable = []id.ID{from}
		if got := x.find("common ", 50); len(got) != 600 {
			t.Fatalf("%d found before, want 600", len(got))
		}
		for n, text := range x.texts {
			text.Space = to
			x.texts[n] = text
		}
		x.tell("thread", thread)
		if got := x.find("common ", 50); len(got) != 0 {
			t.Errorf("%d are found in the space that was left", len(got))
		}
		x.readable = []id.ID{to}
		if got := x.find("common ", 50); len(got) != 600 {
			t.Errorf("%d are found in the new space, want 600", len(got))
		}
	})
}

func TestABeginningOfManyWords(t *testing.T) {
	shelves(t, func(t *testing.T, x *shelf) {
		space := id.New(day)
		x.readable = []id.ID{space}
		var list []search.Text
		for i := range 200 {
			list = append(list, search.Text{Space: space, At: day, Title: "same moment", Body: fmt.Sprintf("begin%03d then", i)})
		}
		x.put("post", list...)
		for query, want := range map[string]int{"begin": 200, "be": 200, "begin1": 100, "begin01": 10, "begin017": 1, "begin9": 0, `"begin01 the`: 0, "begin017 th": 1, "then begin1": 100} {
			if got := len(x.find(query, 50)); got != want {
				t.Errorf("%q finds %d, want %d", query, got, want)
			}
		}
	})
}
