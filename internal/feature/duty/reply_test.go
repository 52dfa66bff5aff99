package duty_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"example.org/meantime/internal/feature/duty"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// says is somebody's reply by mail to a swap or to the question for a note.
func (h *house) says(kind string, a actor.Actor, x id.ID, w describe.Words) (did describe.Did, err error) {
	err = h.DB.Write(h.T.Context(), h.WS, func(ctx context.Context, tx *db.Tx) error {
		did, err = h.duty.Repliers()[kind].ReplyTx(ctx, tx, a, x, w)
		return err
	})
	return did, err
}

func (h *house) offers(kind string, a actor.Actor, x id.ID) (describe.Offer, error) {
	return h.duty.Repliers()[kind].Offer(h.T.Context(), h.DB, a, x)
}

func TestASwapIsAnsweredByMail(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		from := h.Clock.Now().Add(week)
		offer := duty.Swap{
			WorkspaceID: h.WS, Team: h.team, Layer: h.layer, Other: h.mei.Person, From: from, To: from.Add(48 * time.Hour),
			BackFrom: from.Add(week), BackTo: from.Add(week + 24*time.Hour), Note: "My daughter sings.",
		}
		w, err := h.duty.Offer(t.Context(), h.kofi, offer)
		h.Must(err)
		o, err := h.offers("swap", h.mei, w.ID)
		h.Must(err)
		if len(o.Acts) != 2 || !strings.Contains(o.Body, "In return Kofi Mensah takes Mon 19 Oct 15:00") || !strings.Contains(o.Body, "My daughter sings.") {
			t.Errorf("Mei reads %+v", o)
		}
		for name, a := range map[string]actor.Actor{"who asks": h.kofi, "a third": h.ana} {
			if _, err := h.offers("swap", a, w.ID); !fault.IsKind(err, fault.NotFound) {
				t.Errorf("%s may answer: %v", name, err)
			}
		}
		if _, err := h.says("swap", h.ana, w.ID, describe.Words{Do: describe.Yes}); !fault.IsKind(err, fault.NotFound) {
			t.Errorf("a third takes it: %v", err)
		}
		if _, err := h.says("swap", h.mei, w.ID, describe.Words{Text: "Which daughter?"}); !fault.Is(err, "unclear") {
			t.Errorf("words decide: %v", err)
		}
		_, err = h.says("swap", h.mei, w.ID, describe.Words{Do: describe.Yes, Text: "yes"})
		h.Must(err)
		if got := h.onDuty(week + time.Hour); got != h.mei.Person {
			t.Error("a swap that was taken by mail is not in the rota")
		}
		if o, err := h.offers("swap", h.mei, w.ID); err != nil || o.Over == "" || len(o.Acts) != 0 {
			t.Errorf("it can be decided twice: %+v, %v", o, err)
		}
	})
}

func TestAHandoverNoteIsWrittenByMail(t *testing.T) {
	for _, c := range []struct {
		name, goingOn, watch string
		words                describe.Words
	}{
		{"words", "The crane is broken.\nIt comes back on Friday.", "", describe.Words{Text: "The crane is broken.\nIt comes back on Friday."}},
		{"and what to watch", "The crane is broken.", "The tide at six.", describe.Words{Text: "The crane is broken.\n\n**Watch:** The tide at six."}},
		{"done is a word here", "done", "", describe.Words{Do: describe.Done, Text: "done"}},
		{"one press", "All quiet.", "", describe.Words{Do: describe.Done, Click: true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			engines(t, func(t *testing.T, h *house) {
				h.Pass(week - 2*time.Hour)
				x := h.see().Handovers[0].ID
				o, err := h.offers("handover", h.ana, x)
				h.Must(err)
				if len(o.Acts) != 1 || !strings.Contains(o.Title, "what is going on") {
					t.Errorf("Ana reads %+v", o)
				}
				if _, err := h.offers("handover", h.kofi, x); !fault.IsKind(err, fault.NotFound) {
					t.Errorf("whoever comes may write it: %v", err)
				}
				if _, err := h.says("handover", h.mei, x, c.words); err == nil {
					t.Error("a third writes it")
				}
				if _, err := h.says("handover", h.ana, x, describe.Words{Do: describe.Decline, Line: "decline", Text: "decline"}); !fault.Is(err, "not_passed") {
					t.Errorf("it is declined: %v", err)
				}
				_, err = h.says("handover", h.ana, x, c.words)
				h.Must(err)
				h.Pass(3 * time.Hour)
				thing, err := h.duty.Describe()["handover"](t.Context(), h.DB, h.kofi, x)
				h.Must(err)
				want := c.goingOn
				if c.watch != "" {
					want += "\n\n**Watch:** " + c.watch
				}
				if thing.Body != want {
					t.Errorf("Kofi reads %q, want %q", thing.Body, want)
				}
			})
		})
	}
}
