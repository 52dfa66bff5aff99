package asks_test

import (
	"slices"
	"testing"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/id"
)

func TestAReplyAnswersWhatWasAsked(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		reply := h.ask(h.ana, asks.NewAsk{People: ids(h.ben)})
		decide := h.ask(h.ana, asks.NewAsk{Kind: asks.Decide, People: ids(h.ben)})
		approve := h.ask(h.ana, asks.NewAsk{Kind: asks.Approve, People: ids(h.ben)})
		kofis := h.ask(h.ana, asks.NewAsk{People: ids(h.kofi)})

		p, err := h.Asks.Reply(h.T.Context(), h.ben, h.thread.ID, asks.NewReply{Markdown: "Not an answer.", Answers: []id.ID{}})
		h.Must(err)
		h.stands("told that it answers nothing", h.as(h.ben, reply.ID), "open: waiting")
		if !p.Info {
			t.Error("a post that neither asks nor answers is for information")
		}
		p, err = h.Asks.Reply(h.T.Context(), h.ben, h.thread.ID, asks.NewReply{Markdown: "Yes, and blue."})
		h.Must(err)
		for _, a := range []asks.Ask{reply, decide} {
			got := h.as(h.ben, a.ID)
			h.stands(string(a.Kind), got, "settled: answered")
			if got.Owed[0].AnswerPost != p.ID {
				t.Error("the answer does not name its post")
			}
		}
		h.stands("an approval wants yes or no", h.as(h.ben, approve.ID), "open: waiting")
		h.stands("somebody else's", h.as(h.ben, kofis.ID), "open: waiting")

		v, err := h.Spaces.ViewPost(h.T.Context(), h.DB, h.kofi, p.ID)
		h.Must(err)
		if len(v.Answers) != 2 || !slices.Contains(v.Answers, id.Encode("ask", reply.ID)) {
			t.Errorf("the post answers %v", v.Answers)
		}
	})
}

func TestPostAndAsksAreOne(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		before, err := h.Spaces.Thread(h.T.Context(), h.DB, h.ana, h.thread.ID)
		h.Must(err)
		_, err = h.Asks.Reply(h.T.Context(), h.ana, h.thread.ID, asks.NewReply{Markdown: "Two things.", Asks: []asks.NewAsk{
			{Kind: asks.Review, People: ids(h.ben)}, {Kind: asks.Do, People: ids(h.ana)},
		}})
		h.Refused("the second ask is wrong", err, "asks_self")
		after, err := h.Spaces.Thread(h.T.Context(), h.DB, h.ana, h.thread.ID)
		h.Must(err)
		if after.LastN != before.LastN || len(h.Heard("asks.asked")) != 0 {
			t.Error("something was posted or asked all the same")
		}

		th, p, err := h.Asks.OpenThread(h.T.Context(), h.ana, spaces.NewThread{Space: h.open.ID, Title: "Launch"}, asks.NewReply{
			Markdown: "Please have a look, @ben.", Asks: []asks.NewAsk{{Kind: asks.Review, People: ids(h.ben, h.mei)}},
		})
		h.Must(err)
		v, err := h.Spaces.ViewPost(h.T.Context(), h.DB, h.ben, p.ID)
		h.Must(err)
		tv, err := h.Spaces.ViewThread(h.T.Context(), h.DB, h.ben, th.ID)
		h.Must(err)
		if len(v.Asks) != 1 || v.Info || tv.OpenAsks != 1 {
			t.Errorf("shown as %+v with %d open asks", v, tv.OpenAsks)
		}
	})
}

func TestWhatAReplyMayNot(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		elsewhere := h.ask(h.ana, asks.NewAsk{Thread: h.secret.ID, People: ids(h.ben)})
		approve := h.ask(h.ana, asks.NewAsk{Kind: asks.Approve, People: ids(h.ben)})
		bens := h.ask(h.ana, asks.NewAsk{People: ids(h.ben)})
		post := func(n asks.NewReply) error {
			if n.Markdown == "" {
				n.Markdown = "Here."
			}
			_, err := h.Asks.Reply(h.T.Context(), h.ben, h.thread.ID, n)
			return err
		}
		h.Refused("answer in another thread", post(asks.NewReply{Answers: []id.ID{elsewhere.ID}}), "other_thread")
		h.Refused("approve by a post", post(asks.NewReply{Answers: []id.ID{approve.ID}}), "value")
		h.Refused("ask for information", post(asks.NewReply{Info: true, Asks: []asks.NewAsk{{Kind: asks.Do, People: ids(h.ana)}}}), "info_asks")
		h.Refused("ask eleven things", post(asks.NewReply{Asks: make([]asks.NewAsk, 11)}), "too_many")
		h.Refused("say nothing", post(asks.NewReply{Markdown: "  "}), "post_empty")
		_, err := h.Asks.Reply(h.T.Context(), h.kofi, h.thread.ID, asks.NewReply{Markdown: "I answer for Ben.", Answers: []id.ID{bens.ID}})
		h.Refused("answer for somebody else", err, "not_asked")
		_, err = h.Asks.Reply(h.T.Context(), h.mei, h.secret.ID, asks.NewReply{Markdown: "Hello?"})
		h.Refused("post where one may not read", err, "not_found")
		_, _, err = h.Asks.OpenThread(h.T.Context(), h.other, spaces.NewThread{Space: h.open.ID, Title: "Hi"}, asks.NewReply{Markdown: "Hello?"})
		h.Refused("open a thread in another workspace", err, "not_found")
	})
}
