package attention_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/feature/attention"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// Several nodes beat the same pulse; each thing is delivered by one of them.
func TestManyPulsesDeliverOnce(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.to(in(0, "16:00"))
		for _, title := range []string{"One", "Two", "Three"} {
			h.thread(h.ana, title, "Please.", asks.NewAsk{Kind: asks.Reply, People: to(h.kofi, h.mei), Window: "1d"})
		}
		h.Clock.Set(clock.At(in(1, "07:00"))) // nine in Berlin, three in the afternoon in Taipei
		var wg sync.WaitGroup
		errs := make([]error, 8)
		for i := range errs {
			wg.Go(func() { errs[i] = h.attention.Deliver(t.Context()) })
		}
		wg.Wait()
		h.Must(errors.Join(errs...))
		n := 0
		for _, e := range h.Heard(attention.Digested) {
			var data attention.DigestedData
			h.Must(e.Decode(&data))
			n += len(data.Digests)
			for _, items := range data.Items {
				if items != 3 {
					t.Errorf("a digest of %d things, want all 3 in one", items)
				}
			}
		}
		if n != 2 {
			t.Errorf("%d digests, want one for each person", n)
		}
		count, err := h.attention.DeliveredBetween(t.Context(), h.WS, clock.At(in(0, "16:00")), h.Clock.Now())
		h.Must(err)
		if count != 6 {
			t.Errorf("%d things delivered, want 6", count)
		}
	})
}

// Whoever has no hours at all is reached once they have some.
func TestWhoHasNoHoursIsReachedLater(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		set := func(spec worktime.Spec) {
			h.Must(h.DB.Write(t.Context(), h.WS, func(ctx context.Context, tx *db.Tx) error {
				return h.People.SetHoursTx(ctx, tx, h.kofi.Person, h.kofi.Person, spec)
			}))
		}
		set(worktime.Spec{Zone: "Europe/Berlin"})
		h.thread(h.ana, "Pricing", "Please.", asks.NewAsk{Kind: asks.Reply, People: to(h.kofi), Window: "1d"})
		h.to(in(1, "12:00"))
		equal(t, "Kofi without hours", h.got(h.kofi), []string{})
		set(worktime.Spec{Zone: "Europe/Berlin", Weekly: map[string][]string{"wed": {"10:00-12:00"}}})
		h.to(in(2, "12:00"))
		equal(t, "Kofi", h.got(h.kofi)[:1], []string{"Wed 10:00 Ana Petrova asks you to reply: Pricing"})
	})
}

func TestAnAnswerTakenBackIsAskedAgain(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.to(in(0, "16:00"))
		_, list := h.thread(h.ana, "Pricing", "Please.", asks.NewAsk{Kind: asks.Approve, People: to(h.mei), Window: "1d"})
		_, err := h.Asks.Answer(t.Context(), h.mei, h.AskID(list[0]), asks.Given{Value: "yes"})
		h.Must(err)
		h.Settle()
		_, err = h.Asks.Undo(t.Context(), h.mei, h.AskID(list[0]))
		h.Must(err)
		h.to(in(1, "02:00"))
		equal(t, "Mei", h.got(h.mei), []string{"Tue 09:00 Ana Petrova asks for your approval: Pricing"})
	})
}

func TestADeletedPostIsNoNewsAndAnEditThatNamesIs(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.to(in(0, "16:00"))
		th, _ := h.thread(h.ana, "Offsite", "Hello @kofi.")
		post := func(markdown string) id.ID {
			p, err := h.Asks.Reply(t.Context(), h.ana, th.ID, asks.NewReply{Markdown: markdown})
			h.Must(err)
			h.Settle()
			return p.ID
		}
		gone, edited := post("Wrong window."), post("Somebody should book.")
		h.Must(h.Spaces.DeletePost(t.Context(), h.ana, gone))
		h.Must(h.Spaces.EditPost(t.Context(), h.ana, edited, "@mei should book."))
		h.Must(h.People.Remove(t.Context(), h.ana, h.Person(people.NewPerson{Name: "Gone"}).Person))
		h.to(in(1, "08:00"))
		equal(t, "Kofi", h.got(h.kofi), []string{"Tue 09:00 Ana Petrova mentioned you, and there are 2 new posts in “Offsite”"})
		equal(t, "Mei", h.got(h.mei), []string{"Tue 09:00 Ana Petrova mentioned you in “Offsite”"})
	})
}
