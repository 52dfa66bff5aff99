package batons_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/feature/batons"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

// get answers a request of somebody's, and says how many queries that took.
func (h *house) get(a actor.Actor, path string) (body string, queries int) {
	h.t.Helper()
	mux := http.NewServeMux()
	h.batons.Routes(web.NewAPI(mux, "test"))
	r := httptest.NewRequestWithContext(h.t.Context(), "GET", "/api/v1"+path, nil)
	w := httptest.NewRecorder()
	h.db.Listen(func(text string, _ []any) {
		if strings.Contains(text, "SELECT") {
			queries++
		}
	})
	mux.ServeHTTP(w, r.WithContext(actor.With(r.Context(), a)))
	h.db.Listen(nil)
	if w.Code != http.StatusOK {
		h.t.Fatalf("%s answered %d: %s", path, w.Code, w.Body)
	}
	return w.Body.String(), queries
}

// Ten chains of people and teams, in two spaces, are read with as many queries as one;
// so are ten batons of ten chains.
func TestListsTakeAFewQueries(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		team, err := h.people.MakeTeam(ctx, h.ana, "Night", "night", []id.ID{h.mei.Person, h.liam.Person})
		h.must(err)
		attic, err := h.spaces.OpenSpace(ctx, h.ana, spaces.NewSpace{Name: "Attic", Private: true, Members: []id.ID{h.mei.Person, h.kofi.Person}})
		h.must(err)
		guest := h.person(people.NewPerson{Name: "Gus Guest", Role: actor.Guest, Zone: "Europe/London"})
		h.must(h.spaces.AddMember(ctx, h.ana, h.space, guest.Person))
		more := func(n int) {
			for i := range n {
				sp := []id.ID{h.space, attic.ID}[i%2]
				c, err := h.batons.MakeChain(ctx, h.ana, sp, batons.NewChain{Name: fmt.Sprint("Chain ", i), Steps: []batons.Step{{Person: h.kofi.Person}, {Team: team.ID}}})
				h.must(err)
				_, err = h.batons.Open(ctx, h.ana, batons.NewBaton{Space: sp, Title: "T", Note: batons.Note{Stands: "S"}, Whom: batons.Whom{Chain: c.ID}})
				h.must(err)
			}
		}
		more(2)
		_, _ = h.get(h.ana, "/chains")
		_, chains := h.get(h.ana, "/chains")
		_, list := h.get(h.ana, "/batons?box=open")
		more(8)
		body, n := h.get(h.ana, "/chains")
		if n > chains || n > 12 {
			t.Errorf("ten chains take %d queries, two took %d", n, chains)
		}
		if got := strings.Count(body, `"name":"Mei Lin"`); got != 12 { // once more as a step
			t.Errorf("Mei is named %d times, want in each of 11 chains, and as a step", got)
		}
		if got := strings.Count(body, `"name":"Liam Okafor"`); got != 7 {
			t.Errorf("Liam is named %d times, want in 6 chains, and as a step: he cannot read the attic", got)
		}
		if _, n := h.get(h.ana, "/batons?box=open"); n > list || n > 8 {
			t.Errorf("ten batons take %d queries, two took %d", n, list)
		}
		if body, _ := h.get(guest, "/chains"); strings.Contains(body, "Night") || strings.Contains(body, `"id":"`+id.Encode("sp", attic.ID)) {
			t.Error("a guest sees a team that they are not in, or a space")
		}
	})
}
