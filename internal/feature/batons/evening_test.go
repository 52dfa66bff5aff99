package batons_test

import (
	"slices"
	"testing"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/feature/batons"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// In the last hour of Kofi's day his baton, and what Ana asked of him, could move on.
func TestTheLastHourOffersWhatCouldMoveOn(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.at("Mon 08:00")
		b := h.open(h.kofi, batons.Whom{})
		_, _, err := h.asks.OpenThread(t.Context(), h.ana, spaces.NewThread{Space: h.space, Title: "Gateway"}, asks.NewReply{
			Markdown: "Please.", Asks: []asks.NewAsk{
				{Kind: asks.Review, Text: "Review the plan", People: []id.ID{h.kofi.Person}, Window: "1d", Urgency: "soon"},
				{Kind: asks.Acknowledge, Text: "Read this", People: []id.ID{h.kofi.Person}, Window: "1d", Urgency: "soon"},
			},
		})
		h.must(err)
		e, err := h.batons.Tonight(t.Context(), h.kofi)
		if h.must(err); e.Now || e.From.Time().Format("15:04") != "14:00" {
			t.Errorf("it is not his last hour yet: got %+v", e)
		}
		h.at("Mon 13:59")
		if got := h.told(batons.EventEvening); len(got) != 0 {
			t.Errorf("told before the last hour: %v", got)
		}
		h.at("Mon 14:00")
		if got := h.told(batons.EventEvening); !slices.Equal(got, []id.ID{h.kofi.Person}) {
			t.Errorf("told %v, want Kofi alone", got)
		}
		e, err = h.batons.Tonight(t.Context(), h.kofi)
		h.must(err)
		if !e.Now || len(e.Could) != 2 || e.Could[0].Baton.ID != b.ID || e.Could[1].Ask.Ask.Text != "Review the plan" {
			t.Fatalf("his baton and the review could move: got %+v", e)
		}
		if to := e.Could[0].To; to[0].Person != h.liam.Person || to[1].Person != h.mei.Person || e.Could[0].Chain != h.chain {
			t.Errorf("Liam is ready first, then Mei: got %+v", to)
		}
		_, err = h.batons.Describe()["evening"](t.Context(), h.db, h.ana, h.kofi.Person)
		if !fault.IsKind(err, fault.NotFound) {
			t.Errorf("somebody else sees it: %v", err)
		}
		thing, err := h.batons.Describe()["evening"](t.Context(), h.db, h.kofi, h.kofi.Person)
		if h.must(err); thing.Title != "2 things of yours could move on while you are off" {
			t.Errorf("it is told as %q", thing.Title)
		}
		h.at("Mon 15:00")
		_, err = h.batons.Describe()["evening"](t.Context(), h.db, h.kofi, h.kofi.Person)
		if !fault.IsKind(err, fault.NotFound) {
			t.Errorf("it is told after the day has ended: %v", err)
		}

		h.must(h.batons.WantEvenings(t.Context(), h.kofi, false))
		h.at("Wed 16:00")
		if got := h.told(batons.EventEvening); len(got) != 1 {
			t.Errorf("told against his wish: %v", got)
		}
		h.must(h.batons.WantEvenings(t.Context(), h.kofi, true))
		h.at("Thu 16:00")
		if got := h.told(batons.EventEvening); len(got) != 2 {
			t.Errorf("told %v, want once more", got)
		}
	})
}
