package batons

import (
	"context"
	"strings"

	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/id"
)

// Repliers take what is said to a baton by mail: take it, decline it, pass it on; other
// words go into its thread.
func (s *Service) Repliers() describe.Repliers { return describe.Repliers{kind: replier{s}} }

type replier struct{ *Service }

// Offer says what the actor can do about a baton now, or why nothing.
func (s replier) Offer(ctx context.Context, q db.Queryer, a actor.Actor, ref id.ID) (describe.Offer, error) {
	b, err := s.find(ctx, q, a, ref)
	if err != nil {
		return describe.Offer{}, err
	}
	out := describe.Offer{Title: b.Title, Text: b.say(), Path: b.Path()}
	switch err := b.offeredTo(a); {
	case b.State == Ended:
		out.Over = "This baton has reached its end already."
	case err != nil && b.State == Held && b.Holder == a.Person:
		out.Over = "This baton is with you already."
	case err != nil:
		out.Over = "This is not on offer to you any more."
	default:
		out.Acts = []describe.Act{
			{Do: describe.Yes, Label: "Take it", Says: "The work is yours from now on, and its giver sees that."},
			{Do: describe.Pass, Label: "Pass on", Says: "It is offered to somebody else in your place."},
			{Do: describe.Decline, Label: "Decline", Says: "It goes on to the next of its chain, or back to its giver, who sees why."},
		}
	}
	return out, nil
}

// ReplyTx does what the words ask for.
func (s replier) ReplyTx(ctx context.Context, tx *db.Tx, a actor.Actor, ref id.ID, w describe.Words) (did describe.Did, err error) {
	b, err := s.find(ctx, tx, a, ref)
	if err != nil {
		return did, err
	}
	did.Thread = b.Thread
	if w.Do == describe.Say || w.Do == describe.Choose || w.Do == describe.Close || w.Do == describe.Discard {
		did.Said = "Your words are in the thread."
		if b.State == Offered && b.OfferedTo == a.Person {
			did.Left = "It is still on offer to you. Begin your mail with “yes” to take it, or with “decline:” and why."
		}
		return did, s.beside(ctx, tx, a, b, &did, w.Text, w.Files)
	}
	if b.State == Ended {
		return did, conflict("ended", "This baton has reached its end already.")
	}
	rest := w.Rest
	switch w.Do {
	case describe.Yes, describe.Done, describe.Acknowledge:
		did.Said = "It is with you now."
		err = s.accept(ctx, tx, a, b, w.Reason)
	case describe.Pass:
		to, err := s.people.Named(ctx, tx, a, w.To)
		if err != nil {
			return did, err
		}
		var why string
		did.Said = "It is offered to " + to.Name + " now."
		why, rest = w.Why(longestReason)
		if err := s.pass(ctx, tx, a, b, to.ID, why); err != nil {
			return did, err
		}
	default:
		var why string
		did.Said = "You have declined it."
		why, rest = w.Why(longestReason)
		err = s.decline(ctx, tx, a, b, why)
	}
	if err != nil {
		return did, err
	}
	b.Version++
	if err := s.keep(ctx, tx, b); err != nil {
		return did, err
	}
	return did, s.beside(ctx, tx, a, b, &did, rest, w.Files)
}

// beside posts what was said beside an act, if anything was.
func (s replier) beside(ctx context.Context, tx *db.Tx, a actor.Actor, b *Baton, did *describe.Did, words string, files []id.ID) error {
	if strings.TrimSpace(words) == "" && len(files) == 0 {
		return nil
	}
	p, err := s.spaces.PostTx(ctx, tx, a, spaces.NewPost{Thread: b.Thread, Markdown: words, Files: files, Info: true})
	did.Post = p.ID
	return err
}
