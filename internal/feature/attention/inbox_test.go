package attention_test

import (
	"testing"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/feature/attention"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

func groups(page attention.Inbox) []string {
	out := []string{}
	for _, r := range page.Items {
		out = append(out, r.Group+" "+r.Title)
	}
	return out
}

func TestTheInboxIsGroupedByTheReadersDays(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		for _, a := range []struct{ title, window string }{{"Later", "6d"}, {"This week", "2d"}, {"Today", "3h"}, {"Soon late", "30m"}} {
			h.thread(h.ana, a.title, "Please.", asks.NewAsk{Kind: asks.Reply, People: to(h.kofi), Window: a.window})
		}
		h.to(in(0, "08:00")) // ten in Berlin
		page := h.inbox(h.kofi, "owe")
		equal(t, "Kofi", groups(page), []string{"late Soon late", "today Today", "week This week", "later Later"})
		if want := "2 things need you before you finish at 17:00. The rest can wait."; page.Line != want {
			t.Errorf("the line is %q, want %q", page.Line, want)
		}
		if page.Items[0].Ask == nil || !page.Items[0].May.Answer || !page.Items[0].Delivered || page.Items[0].May.Done {
			t.Errorf("the first row is %+v, want one that was delivered and can be answered", page.Items[0])
		}
		h.to(in(5, "10:00")) // Saturday
		if got, want := h.inbox(h.kofi, "owe").Line, "3 things need you before you finish on Monday at 17:00. The rest can wait."; got != want {
			t.Errorf("on Saturday the line is %q, want %q", got, want)
		}
		if got, want := h.inbox(h.mei, "owe").Line, "Nobody is waiting for you."; got != want {
			t.Errorf("Mei's line is %q, want %q", got, want)
		}
	})
}

func TestPuttingOff(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		th, list := h.thread(h.ana, "Pricing", "Please.", asks.NewAsk{Kind: asks.Reply, People: to(h.kofi), Window: "3d"})
		key := list[0].ID
		until, err := h.attention.Snooze(t.Context(), h.kofi, key, attention.Until{NextStart: true})
		h.Must(err)
		if want := clock.At(in(1, "07:00")); until != want {
			t.Errorf("put off until %s, want %s", until, want)
		}
		if page := h.inbox(h.kofi, "snoozed"); page.Counts.Owe != 0 || page.Counts.Snoozed != 1 || page.Items[0].SnoozedUntil == nil {
			t.Errorf("got %+v, want one row put off", page)
		}
		h.to(in(1, "07:00"))
		if page := h.inbox(h.kofi, "owe"); page.Counts.Owe != 1 || page.Counts.Snoozed != 0 {
			t.Errorf("got %+v in the morning, want the row back", page.Counts)
		}
		_, err = h.attention.Snooze(t.Context(), h.kofi, key, attention.Until{ReplyBy: h.mei.Person})
		h.Must(err)
		h.reply(h.ana, th.ID, "Take your time.")
		if page := h.inbox(h.kofi, "owe"); page.Counts.Owe != 0 {
			t.Errorf("it came back by another's reply")
		}
		h.reply(h.mei, th.ID, "Here are the numbers.")
		if page := h.inbox(h.kofi, "owe"); page.Counts.Owe != 1 {
			t.Errorf("it did not come back by Mei's reply")
		}
	})
}

func TestNewsIsPutAwayAndComesBackWithMore(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		th, _ := h.thread(h.ana, "Offsite", "Who comes, @kofi?")
		h.reply(h.mei, th.ID, "I do.")
		page := h.inbox(h.kofi, "info")
		if len(page.Items) != 1 || page.Items[0].Kind != "mention" || page.Items[0].Context != "Ana Petrova mentioned you, and there are 2 new posts" {
			t.Fatalf("got %+v, want one row about the thread", page.Items)
		}
		key := page.Items[0].Key
		h.Must(h.attention.Done(t.Context(), h.kofi, key, true))
		if n := h.inbox(h.kofi, "info").Counts.Info; n != 0 {
			t.Errorf("%d rows after it was put away, want none", n)
		}
		h.Must(h.attention.Done(t.Context(), h.kofi, key, false))
		h.Must(h.attention.Done(t.Context(), h.kofi, key, true))
		h.reply(h.mei, th.ID, "And my dog.")
		page = h.inbox(h.kofi, "info")
		if len(page.Items) != 1 || page.Items[0].Context != "Mei Lin posted" || page.Items[0].Excerpt != "And my dog." {
			t.Errorf("got %+v, want the new post alone", page.Items)
		}
		h.reply(h.kofi, th.ID, "Me too.")
		if n := h.inbox(h.kofi, "info").Counts.Info; n != 0 {
			t.Errorf("%d rows after Kofi wrote himself, want none", n)
		}
	})
}

func TestTheInboxOfAnotherIsClosed(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		_, list := h.thread(h.ana, "Offsite", "Who comes, @kofi?", asks.NewAsk{Kind: asks.Reply, People: to(h.mei), Window: "1d"})
		ask, info := list[0].ID, h.inbox(h.kofi, "info").Items[0].Key
		gus := h.Person(newGuest())
		for _, c := range []struct {
			name string
			who  actor.Actor
			key  string
			code string
		}{
			{"another's news", h.mei, info, "not_found"},
			{"an ask that is not mine", h.kofi, ask, "not_found"},
			{"a guest who sees nothing", gus, ask, "not_found"},
			{"another workspace", actor.Actor{Workspace: id.New(h.Clock.Now()), Person: h.mei.Person}, ask, "not_found"},
			{"no key at all", h.mei, "nonsense", "not_found"},
			{"an ask is not put away", h.mei, ask, "asks_are_answered"},
		} {
			if err := h.attention.Done(t.Context(), c.who, c.key, true); !fault.Is(err, c.code) {
				t.Errorf("%s: done says %v, want %s", c.name, err, c.code)
			}
			if c.code != "not_found" {
				continue
			}
			if _, err := h.attention.Snooze(t.Context(), c.who, c.key, attention.Until{NextStart: true}); !fault.Is(err, c.code) {
				t.Errorf("%s: snooze says %v, want %s", c.name, err, c.code)
			}
			if err := h.attention.Unsnooze(t.Context(), c.who, c.key); !fault.Is(err, c.code) {
				t.Errorf("%s: unsnooze says %v, want %s", c.name, err, c.code)
			}
		}
		for name, u := range map[string]attention.Until{"nothing": {}, "the past": {At: clock.At(in(-1, "07:00"))}, "oneself": {ReplyBy: h.mei.Person}} {
			if _, err := h.attention.Snooze(t.Context(), h.mei, ask, u); !fault.IsKind(err, fault.Invalid) {
				t.Errorf("until %s: got %v, want a refusal", name, err)
			}
		}
		h.to(in(1, "02:00"))
		mine, err := h.attention.Digests(t.Context(), h.mei, id.ID{}, 10)
		h.Must(err)
		if len(mine) != 1 {
			t.Fatalf("Mei has %d digests, want 1", len(mine))
		}
		if _, _, err := h.attention.Digest(t.Context(), h.kofi, mine[0].ID); !fault.IsKind(err, fault.NotFound) {
			t.Errorf("Kofi reads Mei's digest: %v", err)
		}
	})
}

func TestWhoLosesSightHearsNothing(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		sp := h.private(h.ana, h.kofi)
		h.space = sp
		h.to(in(0, "16:00"))
		h.thread(h.ana, "Salaries", "For your eyes only, @kofi.")
		h.Must(h.Spaces.RemoveMember(t.Context(), h.ana, sp, h.kofi.Person))
		h.to(in(1, "12:00"))
		equal(t, "Kofi", h.got(h.kofi), []string{})
		if page := h.inbox(h.kofi, "info"); len(page.Items) != 0 {
			t.Errorf("Kofi still sees %+v", page.Items)
		}
	})
}
