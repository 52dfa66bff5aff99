package attention_test

import (
	"context"
	"testing"
	"time"

	"example.org/meantime/internal/feature/attention"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// eventTold is what another feature tells.
var eventTold = event.Declare("attention_test.told", "Something of another feature happened; concerns whom it is told.")

func (h *house) describe(_ context.Context, _ db.Queryer, _ actor.Actor, x id.ID) (describe.Thing, error) {
	title, ok := h.things[x]
	if !ok {
		return describe.Thing{}, fault.Missing("thing")
	}
	return describe.Thing{Kind: "thing", ID: x, Title: title, Excerpt: "As it stands now.", Path: "/things/1", Who: h.ana.Person}, nil
}

func (h *house) tell(by actor.Actor, x id.ID, concerns ...id.ID) {
	h.T.Helper()
	h.Must(h.DB.Write(h.T.Context(), h.WS, func(_ context.Context, tx *db.Tx) error {
		event.Append(tx, event.New{Kind: eventTold, Actor: by.Person, Subject: event.Ref{Kind: "thing", ID: x}, Concerns: concerns})
		return nil
	}))
	h.Settle()
}

func (h *house) news(a actor.Actor) attention.Inbox {
	h.T.Helper()
	in, err := h.attention.Inbox(h.T.Context(), a, "info", "", 50)
	h.Must(err)
	return in
}

func TestNoticesStandInTheInbox(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		one, two := id.New(h.Clock.Now()), id.New(h.Clock.Now())
		h.things[one], h.things[two] = "A swap", "A gap"
		h.tell(h.ana, one, h.kofi.Person, h.ana.Person)
		h.Clock.Set(h.Clock.Now().Add(time.Second))
		h.tell(h.ana, two, h.kofi.Person)
		in := h.news(h.kofi)
		if len(in.Items) != 2 || in.Counts.Info != 2 || in.Items[0].Title != "A gap" {
			t.Fatalf("Kofi's news: %+v", in)
		}
		row := in.Items[1]
		if row.Kind != "notice" || row.Title != "A swap" || row.Path != "/things/1" || row.Excerpt != "As it stands now." || row.Who.Name != "Ana Petrova" || !row.May.Done {
			t.Errorf("the row is %+v", row)
		}
		if in := h.news(h.ana); len(in.Items) != 0 {
			t.Errorf("who did it is told: %+v", in.Items)
		}

		delete(h.things, two) // it is over
		if in := h.news(h.kofi); len(in.Items) != 1 || in.Counts.Info != 1 {
			t.Errorf("what is over is told still: %+v", in.Items)
		}
		if _, err := h.attention.Snooze(t.Context(), h.kofi, row.Key, attention.Until{ReplyBy: h.ana.Person}); !fault.Is(err, "no_thread") {
			t.Errorf("put off until a reply: %v", err)
		}
		_, err := h.attention.Snooze(t.Context(), h.kofi, row.Key, attention.Until{At: h.Clock.Now().Add(time.Hour)})
		h.Must(err)
		if in := h.news(h.kofi); len(in.Items) != 0 || in.Counts.Snoozed != 1 {
			t.Errorf("put off: %+v", in)
		}
		h.Clock.Set(h.Clock.Now().Add(2 * time.Hour))
		h.Must(h.attention.Done(t.Context(), h.kofi, row.Key, true))
		if in := h.news(h.kofi); len(in.Items) != 0 {
			t.Errorf("put away: %+v", in.Items)
		}
		h.tell(h.ana, one, h.kofi.Person)
		if in := h.news(h.kofi); len(in.Items) != 1 || in.Items[0].Key != row.Key {
			t.Errorf("with more news it comes back: %+v", in.Items)
		}
	})
}
