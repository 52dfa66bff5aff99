package asks_test

import (
	"context"
	"testing"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

func pagedAlways(_ context.Context, _ db.Queryer, _ id.ID, list []id.ID) (map[id.ID]bool, error) {
	out := map[id.ID]bool{}
	for _, x := range list {
		out[x] = true
	}
	return out, nil
}

// operations is every change one can make to an ask.
func (h *house) operations(ask id.ID) map[string]func(actor.Actor) error {
	last := func(_ asks.Ask, err error) error { return err }
	return map[string]func(actor.Actor) error{
		"answer":      func(a actor.Actor) error { return last(h.Asks.Answer(h.T.Context(), a, ask, asks.Given{Note: "Yes."})) },
		"acknowledge": func(a actor.Actor) error { return last(h.Asks.Acknowledge(h.T.Context(), a, ask, 0)) },
		"decline":     func(a actor.Actor) error { return last(h.Asks.Decline(h.T.Context(), a, ask, "Busy.")) },
		"pass":        func(a actor.Actor) error { return last(h.Asks.Pass(h.T.Context(), a, ask, h.ben.Person, "")) },
		"release":     func(a actor.Actor) error { return last(h.Asks.Release(h.T.Context(), a, ask, nil)) },
		"extend":      func(a actor.Actor) error { return last(h.Asks.Extend(h.T.Context(), a, ask, "5d", 0)) },
		"remind":      func(a actor.Actor) error { return last(h.Asks.Remind(h.T.Context(), a, ask)) },
		"undo":        func(a actor.Actor) error { return last(h.Asks.Undo(h.T.Context(), a, ask)) },
		"read":        func(a actor.Actor) error { return last(h.Asks.Ask(h.T.Context(), h.DB, a, ask)) },
	}
}

func TestWhoMayNot(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		a := h.ask(h.ana, asks.NewAsk{Thread: h.secret.ID, People: ids(h.kofi)})
		for op, do := range h.operations(a.ID) {
			for name, who := range map[string]actor.Actor{"a member without the space": h.mei, "a guest": h.guest, "another workspace's owner": h.other} {
				h.Refused(op+" as "+name, do(who), "not_found")
			}
		}
		codes := map[string]string{
			"answer": "not_asked", "acknowledge": "not_asked", "decline": "not_asked", "pass": "not_asked",
			"release": "not_yours", "extend": "not_yours", "remind": "not_yours", "undo": "not_answered",
		}
		for op, do := range h.operations(a.ID) {
			if code := codes[op]; code != "" {
				h.Refused(op+" as somebody who was not asked", do(h.ben), code)
			}
		}
		for op, do := range h.operations(id.New(h.Clock.Now())) {
			h.Refused(op+" on what is not there", do(h.ana), "not_found")
		}
		h.stands("after all that", h.as(h.ana, a.ID), "open: waiting")
		list, err := h.Asks.Asks(h.T.Context(), h.DB, h.mei, []id.ID{a.ID})
		h.Must(err)
		owe, err := h.Asks.Owe(h.T.Context(), h.DB, h.mei, h.kofi.Person, asks.Cursor{}, 10)
		h.Must(err)
		if len(list) != 0 || len(owe) != 1 || !owe[0].Gone {
			t.Errorf("Mei sees %v and %v", list, owe)
		}
	})
}

func TestWhoCannotBeAsked(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		many := make([]string, 21)
		for i := range many {
			many[i] = string(rune('a' + i))
		}
		cases := []struct {
			name string
			by   actor.Actor
			ask  asks.NewAsk
			code string
		}{
			{"nobody", h.ana, asks.NewAsk{}, "nobody"},
			{"oneself", h.ana, asks.NewAsk{People: ids(h.ana)}, "asks_self"},
			{"who cannot read the space", h.ana, asks.NewAsk{Thread: h.secret.ID, People: ids(h.mei)}, "cannot_read"},
			{"a guest who cannot read the space", h.ana, asks.NewAsk{People: ids(h.outsider)}, "cannot_read"},
			{"somebody of another workspace", h.ana, asks.NewAsk{People: ids(h.other)}, "not_found"},
			{"an escalation to who cannot read", h.ana, asks.NewAsk{Thread: h.secret.ID, People: ids(h.kofi), Silence: "escalate", SilenceTo: h.mei.Person}, "cannot_read"},
			{"an escalation to an addressee", h.ana, asks.NewAsk{People: ids(h.kofi), Silence: "escalate", SilenceTo: h.kofi.Person}, "silence"},
			{"an escalation to nobody", h.ana, asks.NewAsk{People: ids(h.kofi), Silence: "escalate"}, "silence"},
			{"more answers than people", h.ana, asks.NewAsk{People: ids(h.kofi), Need: "2"}, "need"},
			{"minus one answer", h.ana, asks.NewAsk{People: ids(h.kofi), Need: "-1"}, "need"},
			{"urgent without a reason", h.ana, asks.NewAsk{People: ids(h.kofi), Urgency: "urgent"}, "urgent_reason"},
			{"urgent without what happens", h.ana, asks.NewAsk{People: ids(h.kofi), Urgency: "urgent", Reason: "Now"}, "urgent_otherwise"},
			{"an unknown urgency", h.ana, asks.NewAsk{People: ids(h.kofi), Urgency: "at once"}, "urgency"},
			{"an unknown kind", h.ana, asks.NewAsk{People: ids(h.kofi), Kind: "beg"}, "kind"},
			{"a malformed window", h.ana, asks.NewAsk{People: ids(h.kofi), Window: "soon"}, "window"},
			{"a deadline in the past", h.ana, asks.NewAsk{People: ids(h.kofi), Deadline: utc(5, 6, 0)}, "due_in_past"},
			{"a deadline in ten years", h.ana, asks.NewAsk{People: ids(h.kofi), Deadline: utc(3650, 0, 0)}, "due_too_far"},
			{"window and deadline", h.ana, asks.NewAsk{People: ids(h.kofi), Window: "1d", Deadline: utc(6, 9, 0)}, "window_and_deadline"},
			{"choices of a reply", h.ana, asks.NewAsk{People: ids(h.kofi), Choices: []string{"a", "b"}}, "choices"},
			{"one choice", h.ana, asks.NewAsk{Kind: "decide", People: ids(h.kofi), Choices: []string{"a"}}, "choices"},
			{"two choices alike", h.ana, asks.NewAsk{Kind: "decide", People: ids(h.kofi), Choices: []string{"a", " A "}}, "choices"},
			{"too many choices", h.ana, asks.NewAsk{Kind: "decide", People: ids(h.kofi), Choices: many}, "choices"},
			{"too long a line", h.ana, asks.NewAsk{People: ids(h.kofi), Text: string(make([]rune, 301))}, "too_long"},
			{"in a thread one may not see", h.mei, asks.NewAsk{Thread: h.secret.ID, People: ids(h.kofi)}, "not_found"},
			{"in another workspace's thread", h.other, asks.NewAsk{People: ids(h.kofi)}, "not_found"},
			{"as a guest, somebody out of sight", h.guest, asks.NewAsk{People: ids(h.outsider)}, "not_found"},
			{"about a post elsewhere", h.ana, asks.NewAsk{People: ids(h.kofi), Post: id.New(h.Clock.Now())}, "not_found"},
		}
		for _, c := range cases {
			_, err := h.try(c.by, c.ask)
			h.Refused(c.name, err, c.code)
		}
		if n := len(h.Heard("asks.asked")); n != 0 {
			t.Errorf("%d were asked all the same", n)
		}
	})
}

func TestATeamStandsForItsMembersWithoutTheAsker(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		team, err := h.People.MakeTeam(h.T.Context(), h.ana, "Design", "", ids(h.ana, h.ben, h.mei))
		h.Must(err)
		a := h.ask(h.ana, asks.NewAsk{People: ids(h.mei), Teams: []id.ID{team.ID}})
		if len(a.Owed) != 2 || a.Owed[0].PersonID != h.mei.Person || a.Owed[1].PersonID != h.ben.Person {
			t.Errorf("asked %+v, want Mei and Ben", a.Owed)
		}
	})
}
