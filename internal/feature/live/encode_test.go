package live

import (
	"testing"
	"time"

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

// Telling everybody takes at most a tenth of the time once it takes long, and no
// pause is so long that a page would seem to stand still.
func TestTellingManyLeavesTimeForOthers(t *testing.T) {
	for took, want := range map[time.Duration]time.Duration{
		0: 0, 8 * time.Millisecond: 0, 50 * time.Millisecond: 450 * time.Millisecond, time.Minute: time.Second,
	} {
		if got := pause(took); got != want {
			t.Errorf("after a round of %s: a pause of %s, want %s", took, got, want)
		}
	}
}
