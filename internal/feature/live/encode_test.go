package live

import (
	"context"
	"testing"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
)

type allSpaces struct{}

func (allSpaces) Readable(context.Context, db.Queryer, actor.Actor) ([]id.ID, error) { return nil, nil }

// All viewers of an event share one encoding of it.
func TestAnEventIsEncodedOnce(t *testing.T) {
	s := New(nil, nil, allSpaces{}, func(context.Context, actor.Actor) error { return nil })
	h := &hub{service: s, viewers: map[*viewer]struct{}{}}
	for range 3 {
		v := &viewer{actor: actor.Actor{Person: id.New(1), Role: actor.Member}, queue: make(chan []byte, queue), gone: make(chan struct{})}
		h.viewers[v] = struct{}{}
	}
	if err := h.pass(t.Context(), event.Event{Seq: 7, Kind: "test.said", Subject: event.Ref{Kind: "post", ID: id.New(1)}}); err != nil {
		t.Fatal(err)
	}
	var first *byte
	for v := range h.viewers {
		b := <-v.queue
		if first == nil {
			first = &b[0]
		}
		if &b[0] != first {
			t.Error("an event was encoded again for another viewer")
		}
	}
}
