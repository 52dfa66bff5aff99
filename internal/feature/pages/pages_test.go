package pages_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/feature/pages"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

func TestAPageWalksItsPath(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		ask, page := h.urgent(h.kofi, h.newAsk(h.mei.Person))
		if got := h.called(page); got != "Mei" {
			t.Fatalf("called %s, want Mei, who was asked and is on duty, once", got)
		}
		h.Pass(9*time.Minute + 59*time.Second)
		if got := h.called(h.now(ask.ID)); got != "Mei" {
			t.Errorf("called %s before the time ran out", got)
		}
		h.Pass(time.Second) // Liam sleeps and has not agreed; Kofi asks himself; Ana agreed to be woken
		page = h.now(ask.ID)
		if got := h.called(page); got != "Mei -Liam -Kofi Ana" {
			t.Errorf("called %s, want Mei, then Ana at once", got)
		}
		if c := page.Calls[3]; !c.Woken {
			t.Error("Ana was woken at eight in the morning, and the log does not say so")
		}
		found, err := h.Asks.Ask(t.Context(), h.DB, h.ana, ask.ID)
		h.Must(err)
		if len(found.Owed) != 2 || !found.Owed[1].InStead || found.Owed[1].Reach != h.Clock.Now() {
			t.Errorf("Ana was not asked as she was paged: %+v", found.Owed)
		}
		h.Pass(time.Hour)
		if got := h.now(ask.ID); got.State != "spent" {
			t.Errorf("at its end the page is %s, want spent", got.State)
		}
		if _, err := h.pages.Acknowledge(t.Context(), h.ana, page.ID); err != nil {
			t.Errorf("it can be acknowledged after its end still: %v", err)
		}
		if got := h.now(ask.ID); got.State != "acknowledged" || got.AcknowledgedBy != h.ana.Person {
			t.Errorf("the page is %s", got.State)
		}
	})
}

func TestWhatStopsAPage(t *testing.T) {
	for _, c := range []struct {
		name  string
		act   func(h *house, ask asks.Ask, page pages.Page) error
		state string
	}{
		{"acknowledging the page", func(h *house, _ asks.Ask, p pages.Page) error {
			_, err := h.pages.Acknowledge(h.T.Context(), h.mei, p.ID)
			return err
		}, "acknowledged"},
		{"acknowledging the ask, by whatever door", func(h *house, a asks.Ask, _ pages.Page) error {
			_, err := h.Asks.Acknowledge(h.T.Context(), h.mei, a.ID, 0)
			return err
		}, "acknowledged"},
		{"answering the ask", func(h *house, a asks.Ask, _ pages.Page) error {
			_, err := h.Asks.Answer(h.T.Context(), h.mei, a.ID, asks.Given{Value: "done"})
			return err
		}, "resolved"},
		{"the asker letting it go", func(h *house, a asks.Ask, _ pages.Page) error {
			_, err := h.Asks.Release(h.T.Context(), h.kofi, a.ID, nil)
			return err
		}, "withdrawn"},
		{"the asker resolving it", func(h *house, _ asks.Ask, p pages.Page) error {
			_, err := h.pages.Resolve(h.T.Context(), h.kofi, p.ID, "It came back.")
			return err
		}, "resolved"},
	} {
		t.Run(c.name, func(t *testing.T) {
			engines(t, func(t *testing.T, h *house) {
				ask, page := h.urgent(h.kofi, h.newAsk(h.mei.Person))
				h.Must(c.act(h, ask, page))
				h.Pass(3 * time.Hour)
				got := h.now(ask.ID)
				if got.State != c.state || h.called(got) != "Mei" {
					t.Errorf("the page is %s and called %s, want %s and nobody after Mei", got.State, h.called(got), c.state)
				}
			})
		})
	}
}

func TestAPageEndsTogetherWithItsAsk(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		ask, page := h.urgent(h.kofi, h.newAsk(h.mei.Person))
		before, err := event.Head(t.Context(), h.DB, h.WS)
		h.Must(err)
		_, err = h.pages.Resolve(t.Context(), h.mei, page.ID, "Restarted.")
		h.Must(err)
		log, err := event.After(t.Context(), h.DB, h.WS, before, 10) // before any listener has heard
		h.Must(err)
		var kinds []string
		for _, e := range log {
			kinds = append(kinds, e.Kind)
		}
		if got := strings.Join(kinds, " "); got != "pages.resolved asks.answered asks.settled" {
			t.Errorf("it tells %s", got)
		}
		done, err := h.Asks.Ask(t.Context(), h.DB, h.kofi, ask.ID)
		h.Must(err)
		if done.State != asks.Settled || done.Of(h.mei.Person).AnswerNote != "Restarted." {
			t.Errorf("the ask is %s", done.State)
		}
		if _, err := h.pages.Resolve(t.Context(), h.mei, page.ID, "Again."); !fault.Is(err, "page_over") {
			t.Errorf("once more: %v", err)
		}
	})
}

func TestDecliningGoesOnAtOnce(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		ask, _ := h.urgent(h.kofi, h.newAsk(h.mei.Person))
		_, err := h.Asks.Decline(t.Context(), h.mei, ask.ID, "I am on a plane.")
		h.Must(err)
		h.Settle()
		if got := h.called(h.now(ask.ID)); got != "Mei -Liam -Kofi Ana" {
			t.Errorf("called %s, want the next without waiting", got)
		}
		h.Pass(30 * time.Minute) // Mei's timer comes and finds nothing to do
		if got := h.called(h.now(ask.ID)); got != "Mei -Liam -Kofi Ana" {
			t.Errorf("called %s after Mei's timer", got)
		}
	})
}

func TestNobodyToPageIsSaidAtOnce(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.onDuty = id.ID{}
		h.path(5, pages.Step{Duty: h.ops, Minutes: 10}, pages.Step{People: []id.ID{h.liam.Person}, Minutes: 10})
		_, page := h.urgent(h.mei, h.newAsk(h.liam.Person))
		if got := h.called(page); page.State != "spent" || got != "-Liam -nobody -Liam" {
			t.Errorf("the page is %s and called %s, want spent at once", page.State, got)
		}
	})
}

func TestTheBudgetAsksForASecondReason(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.path(1)
		h.urgent(h.kofi, h.newAsk(h.mei.Person))
		n := h.newAsk(h.mei.Person)
		n.Thread, n.Text = h.thread(), "Again"
		_, err := h.Asks.AskOn(t.Context(), h.kofi, n)
		if !fault.Is(err, "over_budget") {
			t.Fatalf("the second page of the month: %v, want over_budget", err)
		}
		n.SecondReason = "It is down again."
		second, err := h.Asks.AskOn(t.Context(), h.kofi, n)
		h.Must(err)
		if p := h.now(second.ID); !p.Over() || p.SecondReason == "" {
			t.Errorf("the page does not say that it is over the budget: %+v", p)
		}
		h.Pass(30 * 24 * time.Hour) // another month
		_, page := h.urgent(h.kofi, h.newAsk(h.mei.Person))
		if page.Over() {
			t.Error("a new month begins over its budget")
		}
	})
}

func TestTheStricterBudgetHolds(t *testing.T) {
	for what, c := range map[string]struct {
		own, agreed int64 // own -1: the space has set nothing
		want        int64
		team        string
	}{
		"nothing agreed":               {own: 2, want: 2},
		"stricter than the space":      {own: 2, agreed: 1, want: 1, team: "Ops"},
		"looser than the space":        {own: 2, agreed: 3, want: 2},
		"a space that has set nothing": {own: -1, agreed: 9, want: 9, team: "Ops"},
	} {
		t.Run(what, func(t *testing.T) {
			engines(t, func(t *testing.T, h *house) {
				space := h.space
				if c.own < 0 {
					sp, err := h.Spaces.OpenSpace(t.Context(), h.ana, spaces.NewSpace{Name: "New"})
					h.Must(err)
					h.space = sp.ID
				} else {
					h.path(c.own)
				}
				h.pages.AgreedOn(func(_ context.Context, _ db.Queryer, _ actor.Actor, x id.ID) (pages.Agreed, error) {
					if x != h.space {
						t.Errorf("asked about %s, want %s", x, h.space)
					}
					return pages.Agreed{Team: "Ops", PerMonth: c.agreed, Rule: "When it burns."}, nil
				})
				f, err := h.pages.Foresee(t.Context(), h.DB, h.kofi, h.space, nil)
				h.Must(err)
				if int64(f.Budget) != c.want || f.AgreedBy != c.team || f.Rule != "When it burns." {
					t.Errorf("foreseen %d by %q, want %d by %q", f.Budget, f.AgreedBy, c.want, c.team)
				}
				if c.own < 0 {
					h.space = space
					return
				}
				n := h.newAsk(h.mei.Person)
				for range c.want {
					h.urgent(h.kofi, n)
				}
				n.Thread, n.Text = h.thread(), "Again"
				_, err = h.Asks.AskOn(t.Context(), h.kofi, n)
				if !fault.Is(err, "over_budget") || strings.Contains(err.Error(), "Ops, which agreed on") != (c.team != "") {
					t.Errorf("one more: %v", err)
				}
			})
		})
	}
}

func TestAPagerIsToldAndToldAgain(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		var err error
		h.pager.secret, err = h.pages.SetHook(t.Context(), h.ana, h.space, "https://pager.example/1")
		h.Must(err)
		h.pager.refuse = 2
		_, page := h.urgent(h.kofi, h.newAsk(h.mei.Person))
		h.Pass(5 * time.Minute)
		_, err = h.pages.Resolve(t.Context(), h.mei, page.ID, "Restarted.")
		h.Must(err)
		h.Pass(time.Hour)
		seen := map[string]int{}
		for _, x := range h.pager.got {
			seen[x]++
		}
		if len(seen) != 2 || len(h.pager.got) != 4 || h.pager.forged > 0 {
			t.Errorf("the pager got %v, %d of them badly signed; want one told three times and one once", h.pager.got, h.pager.forged)
		}
	})
}

func TestWhoMayDoWhatWithAPage(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		_, page := h.urgent(h.kofi, h.newAsk(h.mei.Person))
		_, err := h.pages.Resolve(t.Context(), h.liam, page.ID, "")
		if !fault.Is(err, "not_paged") {
			t.Errorf("somebody else resolves: %v", err)
		}
		_, err = h.pages.Judge(t.Context(), h.liam, page.ID, true, "")
		if !fault.Is(err, "not_paged") {
			t.Errorf("somebody else judges: %v", err)
		}
		_, err = h.pages.Judge(t.Context(), h.mei, page.ID, false, "It could have waited.")
		h.Must(err)
		if err := h.pages.SetPath(t.Context(), h.liam, h.space, nil, 1, 1); !fault.Is(err, "leads_only") {
			t.Errorf("somebody else changes the path: %v", err)
		}
	})
}
