package push_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"example.org/meantime/internal/feature/push"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
	"example.org/meantime/worktime"
)

// offers plays who signs links: what can be done about a thing, by its id.
type offers map[id.ID][]describe.Do

func (o offers) Links(_ context.Context, _, _, _ id.ID, ref event.Ref) (out []describe.Link, err error) {
	if o == nil {
		return nil, errors.New("nobody signs")
	}
	for i, do := range o[ref.ID] {
		label := fmt.Sprintf("%s %d", do, i)
		out = append(out, describe.Link{Act: describe.Act{Do: do, Label: label, Says: "Says " + label}, Path: "/api/v1/mail/do/" + label})
	}
	return out, nil
}

func TestANoteHasButtons(t *testing.T) {
	const yes, no, done, choose, say, ack, pass, decline = describe.Yes, describe.No, describe.Done, describe.Choose, describe.Say, describe.Acknowledge, describe.Pass, describe.Decline
	d := testkit.SQLite(t, clock.Still(testkit.Monday))
	h := build(t, d, d.Clock().(*clock.Machine))
	o := offers{}
	h.push.Introduce(o)
	h.device(h.mei, "/a")
	h.agreed[h.mei.Person] = true
	for _, c := range []struct {
		name    string
		urgency worktime.Urgency
		acts    []describe.Do
		want    string // a star: it wants words
	}{
		{"a question is answered in words", worktime.Routine, []describe.Do{say, ack, pass, decline}, " 0*, acknowledge 1*"},
		{"yes is a press, no wants to say why", worktime.Routine, []describe.Do{yes, no, ack, pass, decline}, "yes 0, no 1*"},
		{"done", worktime.Routine, []describe.Do{done, ack, pass, decline}, "done 0, acknowledge 1*"},
		{"one of two", worktime.Routine, []describe.Do{choose, choose, say, ack}, "choose 0, choose 1"},
		{"two of three would look like all", worktime.Routine, []describe.Do{choose, choose, choose, say, ack}, " 3*, acknowledge 4*"},
		{"what is urgent is acknowledged first, at once", worktime.Urgent, []describe.Do{done, ack, pass, decline}, "Acknowledge, done 0"},
		{"nothing can be done", worktime.Routine, nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			it := item()
			it.Ref = event.Ref{Kind: "ask", ID: id.New(h.clock.Now())}
			o[it.Ref.ID] = c.acts
			h.tell(c.urgency, h.mei.Person, it)
			h.settle()
			all := h.sink.pushes()
			var got []string
			for _, a := range all[len(all)-1].note.Acts {
				label := a.Label
				if a.Words {
					label += "*"
				}
				if !strings.HasPrefix(a.URL, "/api/v1/mail/do/") || !strings.HasPrefix(a.Says, "Says ") {
					t.Errorf("%s says %q and leads to %s", a.Label, a.Says, a.URL)
				}
				got = append(got, label)
			}
			if s := strings.Join(got, ", "); s != strings.TrimSpace(c.want) && s != c.want {
				t.Errorf("its buttons are %q, want %q", s, c.want)
			}
		})
	}
	it := item()
	it.Ref = event.Ref{Kind: "ask", ID: id.New(h.clock.Now())}
	o[it.Ref.ID] = []describe.Do{done}
	h.digest(h.mei.Person, it, item())
	if all := h.sink.pushes(); len(all[len(all)-1].note.Acts) != 0 {
		t.Error("a note about two things has buttons")
	}
}

// Whoever signs links may fail for a while: the note comes later, and whole.
func TestANoteWaitsForItsButtons(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) {
		h := build(t, d, c)
		h.push.Introduce(offers(nil))
		dev := h.device(h.mei, "/a")
		it := item()
		it.Ref = event.Ref{Kind: "ask", ID: id.New(c.Now())}
		g := push.Digest{ID: id.New(c.Now()), Person: h.mei.Person, Items: []push.Item{it}}
		h.digests[g.ID] = g
		if err := h.push.Deliver(t.Context(), h.workspace, g.ID, dev.ID); err == nil {
			t.Fatal("it was told without buttons")
		}
		h.want(0, "while nobody signs")
		h.push.Introduce(offers{it.Ref.ID: {describe.Done}})
		if err := h.push.Deliver(t.Context(), h.workspace, g.ID, dev.ID); err != nil {
			t.Fatal(err)
		}
		h.want(1, "once somebody does")
	})
}
