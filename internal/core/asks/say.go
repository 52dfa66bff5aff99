package asks

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Repliers take what is said to an ask, a thread or a post from outside of the
// pages. Words to an ask answer it where words can; words to a thread are a post.
func (s *Service) Repliers() describe.Repliers {
	return describe.Repliers{"ask": askReplier{s}, "thread": threadReplier{s}, "post": postReplier{threadReplier{s}}}
}

type askReplier struct{ *Service }

// ReplyTx answers, acknowledges, declines or passes on. What is no act for this kind
// of ask is words; whoever owes nothing any more still posts.
func (s askReplier) ReplyTx(ctx context.Context, tx *db.Tx, a actor.Actor, ref id.ID, w describe.Words) (describe.Did, error) {
	c, err := s.find(ctx, tx, a, ref)
	if err != nil {
		return describe.Did{}, err
	}
	if c.ask.held() && w.Do != describe.Acknowledge {
		there, err := s.there.Of(c.ask.HeldKind)
		if err != nil {
			return describe.Did{}, err
		}
		return there.ReplyTx(ctx, tx, a, c.ask.HeldID, w)
	}
	did := describe.Did{Thread: c.ask.ThreadID}
	switch c.ask.means(&w) {
	case describe.Yes, describe.No, describe.Done, describe.Choose:
		return did, c.answerSaying(ctx, &did, w)
	case describe.Acknowledge:
		err = c.acknowledgeSaying(ctx, &did, w)
	case describe.Decline:
		did.Said = "You have declined it."
		var why string
		why, w.Rest = w.Why(longestWords)
		err = c.decline(ctx, why)
	case describe.Pass:
		err = c.passSaying(ctx, &did, &w)
	case describe.Close:
		return s.closeTx(ctx, tx, a, c.ask.ThreadID, w)
	default:
		return did, c.say(ctx, &did, w)
	}
	if err == nil {
		err = c.beside(ctx, &did, w)
	}
	return did, err
}

// means says which act the words are for this kind of ask; none is words alone.
func (a *Ask) means(w *describe.Words) describe.Do {
	byWords := a.Kind.byReply()
	switch w.Do {
	case describe.Yes:
		if a.Kind == Acknowledge {
			w.Do = describe.Done
		} else if a.Kind != Approve {
			w.Do = describe.Say
		}
	case describe.No:
		if byWords {
			w.Do = describe.Say
		} else if a.Kind != Approve {
			w.Do = describe.Decline
		}
	case describe.Done:
		if byWords || a.Kind == Approve {
			w.Do = describe.Say
		}
	case describe.Acknowledge:
		if a.Kind == Acknowledge && w.When == "" && w.At.IsZero() {
			w.Do = describe.Done
		}
	case describe.Say:
		if choice := a.choice(w.Line); choice != "" {
			w.Do, w.Value = describe.Choose, choice
		}
	}
	return w.Do
}

// choice is the one of a decision's choices that a line names, by its words or its
// number.
func (a *Ask) choice(line string) string {
	line = strings.Trim(strings.TrimSpace(line), ".!)( ")
	for i, c := range a.Choices.V {
		if strings.EqualFold(c, line) || strconv.Itoa(i+1) == line {
			return c
		}
	}
	return ""
}

// answerSaying gives a value for an answer, and posts what was said beside it.
func (c *change) answerSaying(ctx context.Context, did *describe.Did, w describe.Words) error {
	g := Given{Value: w.Value, Note: w.Reason}
	if w.Do != describe.Choose {
		g.Value = map[describe.Do]string{describe.Yes: "yes", describe.No: "no", describe.Done: c.ask.OneClick()[0]}[w.Do]
	}
	if err := c.beside(ctx, did, w); err != nil {
		return err
	}
	did.Said = "Your answer is: " + g.Value + "."
	return c.answer(ctx, g, did.Post)
}

func (c *change) acknowledgeSaying(ctx context.Context, did *describe.Did, w describe.Words) error {
	if w.At.IsZero() && w.When != "" {
		return fault.Newf(fault.Invalid, "time_unclear", "The time “%s” could not be read. Write it like “ack by Friday” or “ack by 16:00 tomorrow”.", cut(w.When, 80))
	}
	did.Said = "You have acknowledged it."
	return c.acknowledge(ctx, w.At)
}

func (c *change) passSaying(ctx context.Context, did *describe.Did, w *describe.Words) error {
	to, err := c.s.people.Named(ctx, c.tx, c.actor, w.To)
	if err != nil {
		return err
	}
	did.Said = "You have passed it on to " + to.Name + "."
	var why string
	why, w.Rest = w.Why(longestWords)
	return c.pass(ctx, to.ID, why)
}

// beside posts what was said below an act, if anything was.
func (c *change) beside(ctx context.Context, did *describe.Did, w describe.Words) error {
	if strings.TrimSpace(w.Rest) == "" && len(w.Files) == 0 {
		return nil
	}
	post, err := c.s.spaces.PostTx(ctx, c.tx, c.actor, spaces.NewPost{Thread: c.ask.ThreadID, Markdown: w.Rest, Files: w.Files})
	did.Post = post.ID
	return err
}

// say posts words, which answer the ask if its kind is answered by words.
func (c *change) say(ctx context.Context, did *describe.Did, w describe.Words) error {
	answers := []id.ID{}
	o := c.ask.Of(c.actor.Person)
	owes := o != nil && o.Open() && c.ask.State == Open
	did.Said = "Your words are in the thread."
	switch {
	case owes && (c.ask.Kind.byReply() || c.ask.Kind == Acknowledge):
		answers, did.Said = []id.ID{c.ask.ID}, "Your words are the answer."
	case owes && c.ask.Kind == Approve:
		did.Left = "Your approval is still open. Begin your mail with “approve”, or with “no:” and why."
	case owes:
		did.Left = "It is still open. Begin your mail with “done” once it is."
	}
	post, err := c.s.replyTx(ctx, c.tx, c.actor, spaces.NewPost{Thread: c.ask.ThreadID, Markdown: w.Text, Files: w.Files}, NewReply{Answers: answers})
	did.Post = post.ID
	return err
}

type threadReplier struct{ *Service }

// ReplyTx posts in the thread, or closes it. An act that names no ask is meant for
// the writer's only open one there.
func (s threadReplier) ReplyTx(ctx context.Context, tx *db.Tx, a actor.Actor, ref id.ID, w describe.Words) (did describe.Did, err error) {
	if w.Do == describe.Close {
		return s.closeTx(ctx, tx, a, ref, w)
	}
	if w.Do != describe.Say {
		owes, err := openInThread(ctx, tx, tx.Workspace, a.Person, ref)
		if err != nil {
			return did, err
		}
		if len(owes) == 1 {
			return askReplier(s).ReplyTx(ctx, tx, a, owes[0], w)
		}
	}
	post, err := s.replyTx(ctx, tx, a, spaces.NewPost{Thread: ref, Markdown: w.Text, Files: w.Files}, NewReply{})
	return describe.Did{Thread: ref, Post: post.ID, Said: "Your words are in the thread."}, err
}

// closeTx concludes a thread with the words beside and below the act.
func (s *Service) closeTx(ctx context.Context, tx *db.Tx, a actor.Actor, thread id.ID, w describe.Words) (describe.Did, error) {
	words := strings.TrimSpace(w.Reason + "\n\n" + w.Rest)
	did := describe.Did{Thread: thread, Said: "The thread is closed."}
	if len(w.Files) > 0 { // a conclusion has none, and nothing sent is dropped
		post, err := s.spaces.PostTx(ctx, tx, a, spaces.NewPost{Thread: thread, Files: w.Files, Info: true})
		if err != nil {
			return did, err
		}
		did.Post = post.ID
	}
	return did, s.spaces.ConcludeTx(ctx, tx, a, thread, words)
}

type postReplier struct{ threadReplier }

// ReplyTx is a reply in the post's thread.
func (s postReplier) ReplyTx(ctx context.Context, tx *db.Tx, a actor.Actor, ref id.ID, w describe.Words) (describe.Did, error) {
	post, err := s.spaces.Post(ctx, tx, a, ref)
	if err != nil {
		return describe.Did{}, err
	}
	return s.threadReplier.ReplyTx(ctx, tx, a, post.Thread, w)
}

// acts lists what an addressee can do about an ask by a press.
func (a *Ask) acts() []describe.Act {
	var out []describe.Act
	switch a.Kind {
	case Approve:
		out = append(out, describe.Act{Do: describe.Yes, Label: "Approve", Says: "Your answer will be: yes, approved."},
			describe.Act{Do: describe.No, Label: "Do not approve", Says: "Your answer will be: no. You can say why."})
	case Do:
		out = append(out, describe.Act{Do: describe.Done, Label: "Done", Says: "Your answer will be: done."})
	case Acknowledge:
		out = append(out, describe.Act{Do: describe.Done, Label: "Acknowledge", Says: "Your answer will be: ok, I have seen it."})
	case Decide:
		for _, c := range a.Choices.V {
			out = append(out, describe.Act{Do: describe.Choose, Value: c, Label: c, Says: "Your answer will be: " + c + "."})
		}
	}
	if a.Kind.byReply() {
		out = append(out, describe.Act{Do: describe.Say, Label: "Answer", Says: "Your words go into the thread, and are your answer."})
	}
	if a.Kind != Acknowledge {
		out = append(out, describe.Act{Do: describe.Acknowledge, Label: "Say by when", Says: "The asker will see that you have seen it, and by when you will answer."})
	}
	return append(out,
		describe.Act{Do: describe.Pass, Label: "Pass on", Says: "Somebody else will be asked in your place."},
		describe.Act{Do: describe.Decline, Label: "Decline", Says: "You will not be asked this any more. The asker sees why."})
}

// Offer says what the actor can do about an ask now, or why nothing.
func (s askReplier) Offer(ctx context.Context, q db.Queryer, a actor.Actor, ref id.ID) (describe.Offer, error) {
	t, err := s.describe(ctx, q, a, ref)
	if err != nil {
		return describe.Offer{}, err
	}
	list, err := loadAll(ctx, q, a.Workspace, []id.ID{ref})
	if err != nil || len(list) == 0 {
		return describe.Offer{}, err
	}
	x, out := list[0], describe.Offer{Title: t.Title, Text: t.Excerpt, Path: t.Path}
	if there, ok := s.there[x.HeldKind]; ok {
		return there.Offer(ctx, q, a, x.HeldID)
	}
	o := x.Of(a.Person)
	c := change{ask: &x, actor: a}
	if _, err := c.mine(); err != nil {
		f := fault.As(err)
		if f == nil {
			return out, err
		}
		out.Over = f.Sentence
		if o != nil && o.State == Answered && o.AnswerValue != "" {
			out.Over = "You have answered this: " + o.AnswerValue + "."
		}
		return out, nil
	}
	out.Acts = x.acts()
	if o.State == Declined {
		out.Acts = slices.DeleteFunc(out.Acts, func(x describe.Act) bool { return x.Do == describe.Decline })
	}
	return out, nil
}

// Offer of a thread is to write in it.
func (s threadReplier) Offer(ctx context.Context, q db.Queryer, a actor.Actor, ref id.ID) (describe.Offer, error) {
	t, err := s.spaces.Thread(ctx, q, a, ref)
	if err != nil {
		return describe.Offer{}, err
	}
	out := describe.Offer{Title: t.Title, Text: t.Purpose, Path: "/threads/" + id.Encode("thr", t.ID)}
	if t.Concluded() {
		out.Over = "This thread is concluded."
	}
	return out, nil
}

// Offer of a post is to write in its thread.
func (s postReplier) Offer(ctx context.Context, q db.Queryer, a actor.Actor, ref id.ID) (describe.Offer, error) {
	post, err := s.spaces.Post(ctx, q, a, ref)
	if err != nil {
		return describe.Offer{}, err
	}
	return s.threadReplier.Offer(ctx, q, a, post.Thread)
}
