package batons_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/feature/batons"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/id"
)

// At 16:30 in Berlin New York has hours left, Taipei wakes before London is back.
func TestTheNextOfAChainIsWhoeverCanBeReadyFirst(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.at("Mon 14:30")
		b := h.open(h.kofi, h.byChain())
		h.is(b, h.kofi, h.liam)

		h.at("Mon 18:29")
		h.is(b, h.kofi, h.liam)
		h.at("Mon 18:31") // four hours of Liam's have passed
		b = h.is(b, h.kofi, h.mei)
		if got := b.Reach.Time().Format("Mon 15:04"); got != "Tue 01:00" {
			t.Errorf("it reaches Mei at %s, want the start of her day, Tue 01:00", got)
		}
		if got := h.told(batons.EventMissed); !slices.Equal(got, []id.ID{h.kofi.Person, h.liam.Person}) {
			t.Errorf("told that it went on: %v, want Kofi and Liam", got)
		}

		h.at("Tue 02:00")
		_, err := h.batons.Decline(t.Context(), h.mei, b.ID, "I have no access to the hosts.")
		h.must(err)
		h.is(b, h.kofi, nobody()) // Ana would be ready later than Kofi himself
		if got := h.told(batons.EventCameBack); !slices.Equal(got, []id.ID{h.kofi.Person}) {
			t.Errorf("told that it came back: %v, want Kofi", got)
		}
		if got, want := h.fate(b), "Lia missed, Mei declined"; got != want {
			t.Errorf("its way is %q, want %q", got, want)
		}
	})
}

func TestWhoTakesItHasIt(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.at("Mon 14:30")
		b := h.open(h.kofi, h.byChain())
		_, err := h.batons.Accept(t.Context(), h.ana, b.ID, "")
		refused(t, err, "not_offered_to_you")
		_, err = h.batons.HandOn(t.Context(), h.kofi, b.ID, batons.Whom{To: h.ana.Person}, nil)
		refused(t, err, "offered_already")

		_, err = h.batons.Accept(t.Context(), h.liam, b.ID, "On it.")
		h.must(err)
		h.is(b, h.liam, nobody())
		_, err = h.batons.Accept(t.Context(), h.liam, b.ID, "")
		refused(t, err, "yours_already")
		_, err = h.batons.Change(t.Context(), h.kofi, b.ID, batons.Change{})
		refused(t, err, "not_yours")

		note := batons.Note{Stands: "All but host 7 are moved.", NextStep: "Restart host 7 by hand."}
		_, err = h.batons.HandOn(t.Context(), h.liam, b.ID, batons.Whom{To: h.mei.Person}, &note)
		h.must(err)
		h.is(b, h.liam, h.mei)
		_, err = h.batons.Withdraw(t.Context(), h.mei, b.ID)
		refused(t, err, "not_yours")
		_, err = h.batons.Withdraw(t.Context(), h.liam, b.ID)
		h.must(err)
		h.is(b, h.liam, nobody())

		_, legs, err := h.batons.Read(t.Context(), h.db, h.ana, b.ID)
		h.must(err)
		if len(legs) != 2 || legs[0].Stands != "Half of the hosts are moved." || legs[1].Stands != note.Stands || legs[0].Note != "On it." {
			t.Errorf("each carrier's note is kept: got %+v", legs)
		}
		_, err = h.batons.End(t.Context(), h.ana, b.ID, "All are moved.")
		refused(t, err, "not_yours")
		_, err = h.batons.End(t.Context(), h.kofi, b.ID, "All are moved.") // who opened it may
		h.must(err)
		thread, err := h.spaces.Thread(t.Context(), h.db, h.ana, b.Thread)
		h.must(err)
		if thread.ConclusionMarkdown != "All are moved." {
			t.Errorf("its thread is concluded with %q, want the outcome", thread.ConclusionMarkdown)
		}
		_, err = h.batons.Change(t.Context(), h.liam, b.ID, batons.Change{})
		refused(t, err, "ended")
	})
}

func TestDecliningTheAskIsDecliningTheBaton(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.at("Mon 14:30")
		b := h.open(h.kofi, h.byChain())
		_, err := h.asks.Decline(t.Context(), h.liam, b.HeldAsk, "At the dentist.")
		h.must(err)
		h.settle()
		h.is(b, h.kofi, h.mei)
		if got, want := h.fate(b), "Lia declined, Mei waiting"; got != want {
			t.Errorf("its way is %q, want %q", got, want)
		}
		if got := h.told(batons.EventDeclined); len(got) > 0 {
			t.Errorf("its giver is told by the ask, and here again: %v", got)
		}
	})
}

func TestPassingOn(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.at("Mon 14:30")
		b := h.open(h.kofi, batons.Whom{To: h.liam.Person})
		for code, to := range map[string]id.ID{"passed_to_self": h.liam.Person, "with_them": h.kofi.Person} {
			_, err := h.batons.Pass(t.Context(), h.liam, b.ID, to, "")
			refused(t, err, code)
		}
		_, err := h.batons.Pass(t.Context(), h.liam, b.ID, h.ana.Person, "She knows host 7.")
		h.must(err)
		h.is(b, h.kofi, h.ana)
		_, err = h.batons.Pass(t.Context(), h.ana, b.ID, h.liam.Person, "")
		refused(t, err, "tried_already")
		_, err = h.batons.Decline(t.Context(), h.ana, b.ID, "No.")
		h.must(err)
		h.is(b, h.kofi, nobody())
	})
}

func TestAnAbsentHolderIsStoodInFor(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.at("Mon 14:30")
		b := h.open(h.kofi, batons.Whom{})
		h.is(b, h.kofi, nobody())
		from := h.clock.Now().Time()
		_, err := h.people.AddAbsence(t.Context(), h.kofi, people.NewAbsence{
			From: from.AddDate(0, 0, 2).Format(time.DateOnly), To: from.AddDate(0, 0, 9).Format(time.DateOnly), StandIn: h.mei.Person,
		})
		h.must(err)
		h.at("Tue 12:00")
		h.is(b, h.kofi, nobody())
		h.at("Wed 02:00")
		b = h.is(b, h.kofi, h.mei)
		h.at("Wed 08:00") // Mei let it pass
		h.is(b, h.kofi, nobody())
		h.at("Thu 08:00")
		if got := h.told(batons.EventStranded); !slices.Equal(got, []id.ID{h.kofi.Person}) {
			t.Errorf("told that nobody stands in: %v, want whoever opened it, once", got)
		}
	})
}

func TestWhoIsAwayIsNotWaitedFor(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.at("Mon 13:30")
		b := h.open(h.kofi, h.byChain())
		h.is(b, h.kofi, h.ana) // she and Liam could be ready at once, and she stands first
		from := h.clock.Now().Time()
		_, err := h.people.AddAbsence(t.Context(), h.ana, people.NewAbsence{From: from.Format(time.DateOnly), To: from.AddDate(0, 0, 7).Format(time.DateOnly)})
		h.must(err)
		h.settle()
		h.is(b, h.kofi, h.liam)
		if got, want := h.fate(b), "Ana away, Lia waiting"; got != want {
			t.Errorf("its way is %q, want %q", got, want)
		}
	})
}

func TestWhoLeavesIsFollowedByWhoCarriedItBefore(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.at("Mon 14:30")
		b := h.open(h.kofi, h.byChain())
		_, err := h.batons.Accept(t.Context(), h.liam, b.ID, "")
		h.must(err)
		h.must(h.people.Remove(t.Context(), h.ana, h.liam.Person))
		h.settle()
		h.is(b, h.kofi, nobody())
		h.must(h.people.Remove(t.Context(), h.ana, h.kofi.Person))
		h.settle()
		found, _, err := h.batons.Read(t.Context(), h.db, h.ana, b.ID)
		h.must(err)
		if found.State != batons.Ended {
			t.Errorf("nobody who carried it is here, and it is %s", found.State)
		}
	})
}

func TestAnAskGoesAlong(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.at("Mon 14:30")
		thread, _, err := h.asks.OpenThread(t.Context(), h.ana, spaces.NewThread{Space: h.space, Title: "Gateway"}, asks.NewReply{
			Markdown: "Please look.", Asks: []asks.NewAsk{{Kind: asks.Review, Text: "Review the plan", People: []id.ID{h.kofi.Person}, Window: "1d"}},
		})
		h.must(err)
		owed, err := h.asks.Owe(t.Context(), h.db, h.kofi, h.kofi.Person, asks.Cursor{}, 5)
		h.must(err)
		b, err := h.batons.Open(t.Context(), h.kofi, batons.NewBaton{
			Thread: thread.ID, Ask: owed[0].Ask.ID, Title: "Review", Note: batons.Note{NextStep: "Read page two."}, Whom: batons.Whom{To: h.liam.Person},
		})
		h.must(err)
		_, err = h.batons.Accept(t.Context(), h.liam, b.ID, "")
		h.must(err)
		ask, err := h.asks.Ask(t.Context(), h.db, h.ana, owed[0].Ask.ID)
		h.must(err)
		if o := ask.Of(h.liam.Person); o == nil || !o.Open() || o.PassedBy != h.kofi.Person {
			t.Errorf("Liam owes it now, passed on by Kofi: got %+v", o)
		}
		posts, err := h.spaces.ListPosts(t.Context(), h.db, h.ana, thread.ID, 0, 0, 10)
		h.must(err)
		if last := posts.Posts[len(posts.Posts)-1]; !strings.Contains(last.Markdown, "(/batons/bat_") {
			t.Errorf("the thread leads to the baton: got %q", last.Markdown)
		}
		h.must(h.spaces.Conclude(t.Context(), h.ana, thread.ID, "Reviewed."))
		h.settle()
		found, _, err := h.batons.Read(t.Context(), h.db, h.ana, b.ID)
		h.must(err)
		if found.State != batons.Ended || found.EndedBy != h.ana.Person {
			t.Errorf("it ends with its thread: got %s by %s", found.State, h.name(found.EndedBy))
		}
	})
}

func TestRepliesByMail(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.at("Mon 14:30")
		say := func(a actor.Actor, b *batons.Baton, w describe.Words) (did describe.Did, err error) {
			err = h.db.Write(t.Context(), h.ws, func(ctx context.Context, tx *db.Tx) error {
				did, err = h.batons.Repliers()["baton"].ReplyTx(ctx, tx, a, b.ID, w)
				return err
			})
			return did, err
		}
		b := h.open(h.kofi, batons.Whom{To: h.liam.Person})
		did, err := say(h.liam, b, describe.Words{Text: "Which hosts?"})
		if h.must(err); did.Left == "" || did.Post.IsZero() {
			t.Errorf("words are posted, and it is said that the offer stands: got %+v", did)
		}
		_, err = say(h.liam, b, describe.Words{Do: describe.Decline})
		refused(t, err, "reason_needed")
		_, err = say(h.liam, b, describe.Words{Do: describe.Pass, To: "Mei Lin", Reason: "She is nearer."})
		h.must(err)
		h.is(b, h.kofi, h.mei)
		_, err = say(h.mei, b, describe.Words{Do: describe.Decline, Reason: "No access."})
		h.must(err)
		h.is(b, h.kofi, nobody())
		_, err = say(h.mei, b, describe.Words{Do: describe.Yes})
		refused(t, err, "not_offered")

		b = h.open(h.kofi, batons.Whom{To: h.liam.Person})
		offer, err := h.batons.Repliers()["baton"].Offer(t.Context(), h.db, h.liam, b.ID)
		if h.must(err); len(offer.Acts) != 3 || offer.Over != "" {
			t.Errorf("three things can be done: got %+v", offer)
		}
		_, err = say(h.liam, b, describe.Words{Do: describe.Yes})
		h.must(err)
		h.is(b, h.liam, nobody())
	})
}

func TestWhatCannotBe(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.at("Mon 14:30")
		good := batons.NewBaton{Space: h.space, Title: "T", Note: batons.Note{Stands: "S"}, Whom: batons.Whom{To: h.liam.Person}}
		private, err := h.spaces.OpenSpace(t.Context(), h.ana, spaces.NewSpace{Name: "Attic", Private: true})
		h.must(err)
		_, err = h.batons.Open(t.Context(), h.ana, good)
		h.must(err)
		for code, change := range map[string]func(*batons.NewBaton){
			"title_needed": func(n *batons.NewBaton) { n.Title = " " },
			"note_needed":  func(n *batons.NewBaton) { n.Stands = "" },
			"place":        func(n *batons.NewBaton) { n.Space = id.ID{} },
			"link":         func(n *batons.NewBaton) { n.Links.V = []batons.Link{{URL: "javascript:alert(1)"}} },
			"by_in_past":   func(n *batons.NewBaton) { n.By = h.clock.Now() - 1 },
			"window":       func(n *batons.NewBaton) { n.Window = "soon" },
			"with_them":    func(n *batons.NewBaton) { n.To = h.ana.Person },
			"cannot_read":  func(n *batons.NewBaton) { n.Space = private.ID },
			"other_space":  func(n *batons.NewBaton) { n.Space, n.To, n.Chain = private.ID, id.ID{}, h.chain },
			"not_found":    func(n *batons.NewBaton) { n.To = id.New(h.clock.Now()) },
		} {
			n := good
			change(&n)
			_, err := h.batons.Open(t.Context(), h.ana, n)
			refused(t, err, code)
		}
		_, err = h.batons.MakeChain(t.Context(), h.ana, h.space, batons.NewChain{Name: "C"})
		refused(t, err, "nobody")
		_, err = h.batons.ChangeChain(t.Context(), h.kofi, h.chain, batons.NewChain{Name: "C", Steps: []batons.Step{{Person: h.mei.Person}}})
		refused(t, err, "not_yours")
	})
}

func TestASpaceThatTurnsPrivateGivesItBack(t *testing.T) {
	yes, guest := true, actor.Guest
	ways := map[string]func(h *house) error{
		"private": func(h *house) error {
			return h.spaces.ChangeSpace(h.t.Context(), h.ana, h.space, spaces.SpaceChange{Private: &yes})
		},
		"a guest": func(h *house) error {
			return h.people.ChangeStanding(h.t.Context(), h.ana, h.liam.Person, people.Standing{Role: &guest})
		},
	}
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			engines(t, func(t *testing.T, h *house) {
				h.at("Mon 14:30")
				b := h.open(h.ana, batons.Whom{To: h.liam.Person})
				_, err := h.batons.Accept(t.Context(), h.liam, b.ID, "")
				h.must(err)
				h.is(b, h.liam, nobody())
				h.must(way(h))
				h.settle()
				h.is(b, h.ana, nobody())
			})
		})
	}
}
