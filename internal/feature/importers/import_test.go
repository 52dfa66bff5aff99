package importers_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

func TestACompanyMovesIn(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		r := h.run(save(t, pack(t, company())))
		if r.People != 4 || r.PeopleKnown != 1 || r.Spaces != 4 || r.Threads != 5 || r.Posts != 6 || r.Reactions != 2 || r.Files != 1 || r.Pins != 1 {
			t.Errorf("brought %+v and %d were known", r.Counts, r.PeopleKnown)
		}
		if got := h.column(`SELECT state FROM people_persons WHERE workspace_id = $1 AND name LIKE 'Old%'`, h.WS); !reflect.DeepEqual(got, []string{people.Removed}) {
			t.Errorf("a deleted account is %v, want removed", got)
		}
		if got := h.column(`SELECT role FROM people_persons WHERE workspace_id = $1 AND name IN ('Ana Lima', 'Mei Tan') ORDER BY name`, h.WS); !reflect.DeepEqual(got, []string{"member", "guest"}) {
			t.Errorf("roles %v, want a member, though an owner in Slack, and a guest", got)
		}
		if got := h.column(`SELECT zone FROM people_persons WHERE workspace_id = $1 AND name = 'Mei Tan'`, h.WS); got[0] != "Asia/Singapore" {
			t.Errorf("Mei's zone is %v", got)
		}
		h.readsRight(t)
		h.nobodyIsTold(t)
	})
}

// readsRight looks at what the company's posts say here.
func (h *house) readsRight(t *testing.T) {
	t.Helper()
	all := strings.Join(h.column(`SELECT markdown FROM spaces_posts WHERE workspace_id = $1 ORDER BY created_at, n`, h.WS), "\n--\n")
	for _, want := range []string{"Shall we move? @kofi @old", "[photo.png](<https://acme.slack.example/files/F2>)"} {
		if !strings.Contains(all, want) {
			t.Errorf("no post says %q in\n%s", want, all)
		}
	}
	for _, never := range []string{"xoxe", "joined", "slack:U"} {
		if strings.Contains(all, never) {
			t.Errorf("a post says %q", never)
		}
	}
	if got := h.column(`SELECT title FROM spaces_threads WHERE workspace_id = $1 AND posts = 2`, h.WS); len(got) != 1 || !strings.HasPrefix(got[0], "Shall we move?") {
		t.Errorf("the thread is called %v", got)
	}
	if got := h.column(`SELECT purpose FROM spaces_spaces WHERE workspace_id = $1 AND name = 'general'`, h.WS); got[0] != "Everything · Say hi to @kofi" {
		t.Errorf("the purpose is %q", got)
	}
}

// nobodyIsTold checks that the posts came without an event that anybody is told of.
func (h *house) nobodyIsTold(t *testing.T) {
	t.Helper()
	for _, e := range h.Heard("spaces.posted", "spaces.thread_opened") {
		t.Errorf("the log says %s", e.Kind)
	}
}

func TestPrivateChannelsStayPrivate(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.run(save(t, pack(t, company())))
		names := func(a actor.Actor) string {
			list, _, err := h.Spaces.ListSpaces(h.T.Context(), h.DB, a, "", 100)
			h.Must(err)
			var out []string
			for _, s := range list {
				out = append(out, s.Name)
			}
			return strings.Join(out, ", ")
		}
		for who, c := range map[string]struct {
			a    actor.Actor
			want string
		}{
			"the owner who imported": {h.olga, "attic, general"},
			"a member of the board":  {h.kofi, "attic, board, general"},
			"a guest of nothing":     {h.gus, ""},
			"the neighbour":          {h.other, ""},
		} {
			if got := names(c.a); got != c.want {
				t.Errorf("%s sees %q, want %q", who, got, c.want)
			}
		}
		mei, err := h.People.ByEmails(h.T.Context(), h.DB, h.WS, []string{"mei@example.org"})
		h.Must(err)
		if got := names(mei["mei@example.org"].Actor()); !strings.Contains(got, "Ana") || !strings.Contains(got, "general") || strings.Contains(got, "board") {
			t.Errorf("Mei, a guest, sees %q", got)
		}
	})
}

func TestTwiceIsOnce(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		path := save(t, pack(t, company()))
		h.run(path)
		before, head := h.totals(), h.Head()
		r := h.run(path)
		if after := h.totals(); after != before || h.Head() != head {
			t.Errorf("a second run made %+v of %+v, the log went from %d to %d", after, before, head, h.Head())
		}
		if r.Posts+r.Threads+r.People+r.Spaces+r.Files+r.Reactions+r.Edits+r.Pins != 0 {
			t.Errorf("a second run says it brought %+v", r.Counts)
		}
	})
}

func TestNewerOverOlderAddsTheDifference(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.run(save(t, pack(t, company())))
		foreseen, err := h.importers.Run(h.T.Context(), h.WS, h.olga, save(t, pack(t, later())), true, nil)
		h.Must(err)
		r := h.run(save(t, pack(t, later())))
		c := r.Counts
		if c.People != 1 || c.Threads != 1 || c.Posts != 2 || c.Edits != 1 || c.Reactions != 1 || c.Pins != 1 || c.Spaces != 0 || c.Files != 0 {
			t.Errorf("the newer export added %+v", c)
		}
		if f := foreseen.Counts; f.People != 1 || f.Threads != 1 || f.Posts != 2 || f.Spaces != 0 {
			t.Errorf("the dry run foresaw %+v", f)
		}
		if got := h.column(`SELECT markdown FROM spaces_posts WHERE workspace_id = $1 AND revisions = 1`, h.WS); !reflect.DeepEqual(got, []string{"Yes, on Monday"}) {
			t.Errorf("edited posts: %v", got)
		}
		sum := h.totals()
		fresh := newHouse(t, h.DB, h.Clock)
		fresh.run(save(t, pack(t, later())))
		if got := fresh.totals(); got.Posts != 2*sum.Posts || got.Threads != 2*sum.Threads || got.Reactions != 2*sum.Reactions || got.Spaces != 2*sum.Spaces {
			t.Errorf("older and newer made %+v, the newer alone %+v more", sum, got)
		}
	})
}

func TestDryRunWritesNothing(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		before, head := h.totals(), h.Head()
		r, err := h.importers.Run(h.T.Context(), h.WS, h.olga, save(t, pack(t, company())), true, nil)
		h.Must(err)
		if after := h.totals(); after != before || h.Head() != head {
			t.Errorf("a dry run made %+v of %+v", after, before)
		}
		real := h.run(save(t, pack(t, company())))
		if r.Counts != real.Counts || r.PeopleKnown != real.PeopleKnown {
			t.Errorf("foreseen %+v, brought %+v", r.Counts, real.Counts)
		}
		b, err := json.Marshal(r)
		h.Must(err)
		for _, want := range []string{`"text":"Dry run: nothing was written.`, `"dry_run":true`, `"people":4`, `"skipped":[`, `"missing":[`} {
			if !strings.Contains(string(b), want) {
				t.Errorf("the report has no %s: %s", want, b)
			}
		}
		if strings.Contains(string(b), "xoxe") {
			t.Error("the report shows a token")
		}
	})
}

func TestOnlyAdministratorsRun(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		path := save(t, pack(t, company()))
		before := h.totals()
		for _, a := range []actor.Actor{h.kofi, h.gus} {
			_, err := h.importers.Run(h.T.Context(), h.WS, a, path, false, nil)
			h.refused(string(a.Role), err, fault.Forbidden)
		}
		if h.totals() != before {
			t.Error("something came in all the same")
		}
		if _, err := h.importers.Run(h.T.Context(), h.WS, actor.System(h.WS), path, false, nil); err != nil {
			t.Errorf("the house itself: %v", err)
		}
	})
}

func TestWhatPeopleChangedHereStays(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.run(save(t, pack(t, company())))
		space := h.named("general")
		h.Must(h.Spaces.RemoveMember(h.T.Context(), actor.System(h.WS), space, h.kofi.Person))
		before := h.totals()
		h.run(save(t, pack(t, company())))
		if after := h.totals(); after != before {
			t.Errorf("the second run made %+v of %+v", after, before)
		}
	})
}

func (h *house) named(space string) id.ID {
	h.T.Helper()
	list, _, err := h.Spaces.ListSpaces(h.T.Context(), h.DB, h.kofi, "", 100)
	h.Must(err)
	for _, s := range list {
		if s.Name == space {
			x, err := id.Decode("sp", s.ID)
			h.Must(err)
			return x
		}
	}
	h.T.Fatalf("there is no space %s", space)
	return id.ID{}
}
