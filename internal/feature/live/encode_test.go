package live

import (
	"testing"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
)

// All viewers of an event share one encoding of it.
func TestAnEventIsEncodedOnce(t *testing.T) {
	h := &hub{rights: &rights{}, viewers: map[*viewer]struct{}{}}
	for range 3 {
		h.viewers[newViewer(actor.Actor{Person: id.New(1), Role: actor.Member})] = struct{}{}
	}
	if _, err := h.pass(t.Context(), event.Event{Seq: 7, Kind: "test.said", Subject: event.Ref{Kind: "post", ID: id.New(1)}}, nil); err != nil {
		t.Fatal(err)
	}
	var first *byte
	for v := range h.viewers {
		b, _ := v.take()
		if first == nil {
			first = &b[0]
		}
		if &b[0] != first {
			t.Error("an event was encoded again for another viewer")
		}
	}
}
