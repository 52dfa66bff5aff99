package asks_test

import (
	"strings"
	"testing"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/testkit"
)

func TestHowAnAskLooksAnywhere(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		a := h.ask(h.ana, asks.NewAsk{Thread: h.secret.ID, People: ids(h.kofi), Text: "Is ten enough?"})
		describe := h.Asks.Describe()["ask"]
		thing, err := describe(h.T.Context(), h.DB, h.kofi, a.ID)
		h.Must(err)
		if thing.Title != "Pricing" || thing.Excerpt != "Is ten enough?" || thing.Due != a.Owed[0].Due || !strings.HasPrefix(thing.Path, "/threads/thr_") {
			t.Errorf("described as %+v", thing)
		}
		_, err = describe(h.T.Context(), h.DB, h.mei, a.ID)
		h.Refused("to somebody who may not read it", err, "not_found")
	})
}

// Lists of what is owed walk an index and never the table.
func TestListsUseTheirIndexes(t *testing.T) {
	c := clock.Still(testkit.Monday)
	h := newHouse(t, testkit.SQLite(t, c), c)
	for index, query := range map[string]string{
		"asks_owed_open": `SELECT due_order, ask_id AS id FROM asks_owed
			WHERE workspace_id = $1 AND person_id = $2 AND state IN ('waiting', 'acknowledged') AND (due_order, ask_id) > ($3, $4)
			ORDER BY due_order, ask_id LIMIT $5`,
		"asks_open_by_asker": `SELECT due_order, id FROM asks
			WHERE workspace_id = $1 AND asker_id = $2 AND state = 'open' AND quiet = 0 AND (due_order, id) > ($3, $4)
			ORDER BY due_order, id LIMIT $5`,
	} {
		plan, err := db.All[step](h.T.Context(), h.DB, `EXPLAIN QUERY PLAN `+query, h.WS, h.ana.Person, int64(0), make([]byte, 16), 50)
		h.Must(err)
		all := ""
		for _, s := range plan {
			all += s.Detail + "; "
		}
		if !strings.Contains(all, index) || strings.Contains(all, "SCAN") || strings.Contains(all, "TEMP") {
			t.Errorf("%s: %s", index, all)
		}
	}
}

type step struct {
	ID, Parent, Notused int64
	Detail              string
}
