package batons_test

import (
	"slices"
	"testing"
	"time"

	"example.org/meantime/internal/feature/batons"
	"example.org/meantime/internal/platform/id"
)

func TestWhatWasEndedByMistakeGoesOn(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.at("Mon 14:30")
		b := h.open(h.kofi, batons.Whom{To: h.liam.Person})
		_, err := h.batons.Undo(t.Context(), h.kofi, b.ID)
		refused(t, err, "nothing_to_undo")
		_, err = h.batons.End(t.Context(), h.kofi, b.ID, "All are moved.")
		h.must(err)
		_, err = h.batons.Undo(t.Context(), h.liam, b.ID)
		refused(t, err, "not_yours")
		_, err = h.batons.Undo(t.Context(), h.kofi, b.ID) // before anybody heard of the end
		h.must(err)
		h.settle()
		b = h.is(b, h.kofi, nobody())
		thread, err := h.spaces.Thread(t.Context(), h.db, h.ana, b.Thread)
		h.must(err)
		if b.State != batons.Held || b.Outcome != "" || thread.Concluded() {
			t.Errorf("it is %s with %q, its thread concluded: %t", b.State, b.Outcome, thread.Concluded())
		}
		if got := h.told(batons.EventReopened); !slices.Contains(got, h.kofi.Person) {
			t.Errorf("told that it goes on: %v", got)
		}
		_, err = h.batons.End(t.Context(), h.kofi, b.ID, "All are moved.")
		h.must(err)
		h.settle()
		h.until(h.clock.Now().Add(10*time.Minute + time.Second))
		_, err = h.batons.Undo(t.Context(), h.kofi, b.ID)
		refused(t, err, "too_late")
	})
}

func TestWhoDeclinedMayThinkAgain(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.at("Mon 14:30")
		b := h.open(h.kofi, h.byChain())
		_, err := h.batons.Decline(t.Context(), h.liam, b.ID, "At the dentist.")
		h.must(err)
		h.is(b, h.kofi, h.mei)
		_, err = h.batons.Undo(t.Context(), h.ana, b.ID)
		refused(t, err, "nothing_to_undo")
		_, err = h.batons.Undo(t.Context(), h.liam, b.ID)
		h.must(err)
		h.settle()
		h.is(b, h.kofi, h.liam)
		if got, want := h.fate(b), "Lia declined, Mei withdrawn, Lia waiting"; got != want {
			t.Errorf("its way is %q, want %q", got, want)
		}
		_, err = h.batons.Decline(t.Context(), h.liam, b.ID, "No, really.")
		h.must(err)
		h.is(b, h.kofi, h.mei)
		_, err = h.batons.Accept(t.Context(), h.mei, b.ID, "")
		h.must(err)
		_, err = h.batons.Undo(t.Context(), h.liam, b.ID)
		refused(t, err, "nothing_to_undo")

		b = h.open(h.kofi, batons.Whom{To: h.liam.Person})
		_, err = h.batons.Decline(t.Context(), h.liam, b.ID, "No.")
		h.must(err)
		h.until(h.clock.Now().Add(11 * time.Minute))
		_, err = h.batons.Undo(t.Context(), h.liam, b.ID)
		refused(t, err, "too_late")
		_, err = h.batons.Undo(t.Context(), h.liam, id.New(h.clock.Now()))
		refused(t, err, "not_found")
	})
}
