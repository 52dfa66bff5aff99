package brainstorms_test

import (
	"testing"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/feature/brainstorms"
)

// A forecast says who makes a phase long, and when it would end without them.
func TestAForecastSaysWhoMakesItLong(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		n := brainstorms.NewBrainstorm{Space: h.space, People: ids(h.all)}
		n.Settings.Plan = []brainstorms.Step{{Phase: brainstorms.Collect, Window: "4h"}, {Phase: brainstorms.Vote, Window: "2h"}}
		before, err := h.storms.Forecast(t.Context(), h.ana, n)
		h.must(err)
		if before[0].Without != nil {
			t.Errorf("with everybody at work it waits for %v", before[0].Without)
		}
		_, err = h.people.AddAbsence(t.Context(), h.all[3], people.NewAbsence{From: "2026-10-05", To: "2026-12-23"})
		h.must(err)
		after, err := h.storms.Forecast(t.Context(), h.ana, n)
		h.must(err)
		w := after[0].Without
		if w == nil || w.Person != h.all[3].Person || w.End != before[0].End || len(w.Off) == 0 || !w.Off[0].Absence {
			t.Fatalf("with New York away until Christmas, collecting waits for %+v", w)
		}
		if after[1].Without != nil {
			t.Errorf("they are back when it is voted, and yet it waits for %+v", after[1].Without)
		}
	})
}
