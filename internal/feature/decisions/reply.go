package decisions

import (
	"context"
	"strings"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Repliers take votes, outcomes and reviews by mail.
func (s *Service) Repliers() describe.Repliers {
	return describe.Repliers{toVote: voteReplier{s}, toDecide: outcomeReplier{s}, toReview: reviewReplier{s}}
}

type voteReplier struct{ *Service }

// ReplyTx casts a ballot. What reads as none is posted in the thread, unless what people
// think is hidden for now, and its writer is told how to vote.
func (s voteReplier) ReplyTx(ctx context.Context, tx *db.Tx, a actor.Actor, x id.ID, w describe.Words) (describe.Did, error) {
	v, err := s.find(ctx, tx, a, x)
	if err != nil {
		return describe.Did{}, err
	}
	d := &v.Decision
	if d.Rules.V.Anonymous && w.Do != describe.Decline { // nor is it posted, with their name beside it
		return describe.Did{}, d.needsName(voteOnThePage)
	}
	line, rest := w.Line, w.Rest
	if w.Click {
		line, rest = w.Value, w.Reason
	}
	m, ok, err := d.Read(line, rest)
	if err != nil {
		return describe.Did{}, fault.New(fault.Invalid, "unclear", fault.As(err).Sentence+" "+d.how())
	}
	if d.Kind == Advice && !m.Abstain && !w.Click {
		m, ok = Marks{Reason: strings.TrimSpace(w.Text)}, strings.TrimSpace(w.Text) != ""
	}
	switch {
	case !ok && w.Do == describe.Decline:
		return s.declineTx(ctx, tx, a, &v)
	case !ok && w.Do == describe.Pass:
		return describe.Did{}, fault.New(fault.Conflict, "not_passed", "A vote cannot be passed on. Whoever made the decision can entitle more people.")
	case !ok && d.hides():
		return describe.Did{}, fault.New(fault.Invalid, "unclear", "This could not be read as a vote. It was not posted: what people think of it stays hidden for now. A question belongs in the decision’s thread. "+d.how())
	case !ok:
		return s.sayTx(ctx, tx, a, &v, w, "You have not voted by this. "+d.how())
	}
	return s.castTx(ctx, tx, a, d, m, w)
}

// castTx votes, and repeats what was understood.
func (s voteReplier) castTx(ctx context.Context, tx *db.Tx, a actor.Actor, d *Decision, m Marks, w describe.Words) (did describe.Did, err error) {
	beside := ""
	if d.Rules.V.Reasons == ReasonsOff && d.Kind != Consent {
		beside, m.Reason = m.Reason, ""
	}
	moved := Moved{Why: m.Reason}
	if _, err := s.voteTx(ctx, tx, a, d.ID, m, moved); err != nil {
		return did, err
	}
	h, err := s.people.Hours(ctx, tx, a.Workspace, a.Person)
	if err != nil {
		return did, err
	}
	did.Thread, did.Repeat = d.Thread, true
	did.Said = d.Spoken(m, h)
	if m.Reason != "" {
		did.Said += " Your reason is kept with it."
	}
	if !d.Rules.V.Sealed {
		did.Said += " You can change it until " + asks.Local(h, tx.Now, d.EndsAt) + ", your time: the last one counts."
	}
	if beside == "" && len(w.Files) == 0 {
		return did, nil
	}
	switch {
	case d.hides():
		did.Left = "What you wrote below your vote was not kept: this decision asks for no reasons, and what people think of it stays hidden for now."
		return did, nil
	case s.spaces.MayPost(ctx, tx, a, d.Space) != nil:
		did.Left = "What you wrote below your vote was not kept: this decision asks for no reasons."
		return did, nil
	}
	post, err := s.spaces.PostTx(ctx, tx, a, spaces.NewPost{Thread: d.Thread, Markdown: beside, Files: w.Files, Info: true})
	did.Post = post.ID
	did.Said += " What you wrote below it is in the thread."
	return did, err
}

// declineTx lets somebody off who says that they will not vote.
func (s *Service) declineTx(ctx context.Context, tx *db.Tx, a actor.Actor, v *seen) (describe.Did, error) {
	if v.Mine == nil || v.Mine.Voted || v.State != Open {
		return describe.Did{}, conflict("not_expected", "Nothing is expected of you here.")
	}
	mine := *v.Mine
	mine.Declined = true
	if err := putVoter(ctx, tx, mine); err != nil {
		return describe.Did{}, err
	}
	event.Append(tx, v.event(EventVoted, a.Person, nil))
	if err := s.asks.HeldOverTx(ctx, tx, v.thing(toVote), "You said that you will not vote.", a.Person); err != nil {
		return describe.Did{}, err
	}
	return describe.Did{Thread: v.Thread, Said: "You will not be waited for. You can vote all the same until it ends."}, s.endEarly(ctx, tx, &v.Decision)
}

// sayTx posts words in the thread, which a guest of the decision cannot.
func (s *Service) sayTx(ctx context.Context, tx *db.Tx, a actor.Actor, v *seen, w describe.Words, left string) (describe.Did, error) {
	if !v.Reads {
		return describe.Did{}, fault.New(fault.Invalid, "unclear", "This could not be read as a vote. "+v.how())
	}
	post, err := s.spaces.PostTx(ctx, tx, a, spaces.NewPost{Thread: v.Thread, Markdown: w.Text, Files: w.Files, Info: true})
	return describe.Did{Thread: v.Thread, Post: post.ID, Said: "Your words are in the thread.", Left: left}, err
}

// Offer says how to vote, with a button for each answer where one is a single word.
func (s voteReplier) Offer(ctx context.Context, q db.Queryer, a actor.Actor, x id.ID) (describe.Offer, error) {
	v, err := s.find(ctx, q, a, x)
	if err != nil {
		return describe.Offer{}, err
	}
	mine, err := s.people.Hours(ctx, q, a.Workspace, a.Person)
	if err != nil {
		return describe.Offer{}, err
	}
	out := describe.Offer{Title: v.Title, Text: v.how(), Body: v.asked(mine), Path: v.Path()}
	switch {
	case v.Rules.V.Anonymous:
		out.Text = "This vote is anonymous: open the decision to vote. Nothing is taken by mail, which would carry your name."
		out.NoWords = voteOnThePage
	case v.Mine == nil:
		out.Over = "You are not among those entitled in this decision."
	case v.State != Open || s.now() >= v.EndsAt:
		out.Over = "This decision has ended."
	case v.Mine.Voted && v.Rules.V.Sealed:
		out.Over = "You have had your say. Open the decision to read the others' reasons, and to change it once."
	default:
		out.Acts, out.How = v.acts(), v.how()
	}
	return out, nil
}

const mostActs = 8

func (d *Decision) acts() []describe.Act {
	act := func(value, label, says string) describe.Act {
		return describe.Act{Do: describe.Choose, Value: value, Label: label, Says: says}
	}
	var out []describe.Act
	switch {
	case d.Kind == Consent:
		out = []describe.Act{
			act("consent", "Consent", "You consent: nothing stands in its way for you."),
			act("object", "Object", "You object. Say what stands against it, so that it can be mended."),
		}
	case (d.Kind == Majority || d.Kind == SenseCheck) && len(d.Options.V) <= mostActs:
		for _, o := range d.Options.V {
			out = append(out, act(o.Name, o.Name, "Your vote will be: "+o.Name+"."))
		}
	default:
		return nil
	}
	return append(out, act("abstain", "Abstain", "You abstain."))
}

type outcomeReplier struct{ *Service }

// ReplyTx writes the outcome when the mail begins with “outcome:”; other words go to
// the thread.
func (s outcomeReplier) ReplyTx(ctx context.Context, tx *db.Tx, a actor.Actor, x id.ID, w describe.Words) (describe.Did, error) {
	v, err := s.find(ctx, tx, a, x)
	if err != nil {
		return describe.Did{}, err
	}
	head, words := headOf(w.Line)
	if !oneOf(folded(head), "outcome", "decided", "we decided") {
		return s.sayTx(ctx, tx, a, &v, w, "The outcome is still to be written. Begin your mail with “outcome:” and what was decided.")
	}
	if err := s.decideTx(ctx, tx, a, x, NewOutcome{Markdown: strings.TrimSpace(words + "\n\n" + w.Rest)}); err != nil {
		return describe.Did{}, err
	}
	return describe.Did{Thread: v.Thread, Said: "The outcome is written, and the thread is closed with it."}, nil
}

// Offer leads to the page: an outcome is more than a press.
func (s outcomeReplier) Offer(ctx context.Context, q db.Queryer, a actor.Actor, x id.ID) (describe.Offer, error) {
	v, err := s.find(ctx, q, a, x)
	out := describe.Offer{Title: v.Title, Text: "Begin your mail with “outcome:” and what was decided.", Path: v.Path()}
	if err == nil && v.State != Closed {
		out.Over = "Nothing is to be written here now."
	}
	return out, err
}

type reviewReplier struct{ *Service }

// ReplyTx says that the outcome holds; other words go to the thread.
func (s reviewReplier) ReplyTx(ctx context.Context, tx *db.Tx, a actor.Actor, x id.ID, w describe.Words) (describe.Did, error) {
	v, err := s.find(ctx, tx, a, x)
	if err != nil {
		return describe.Did{}, err
	}
	head, _ := headOf(w.Line)
	if w.Do != describe.Done && !oneOf(folded(head), "it holds", "holds", "keep", "keep it") {
		return describe.Did{}, fault.New(fault.Invalid, "unclear", "Begin your mail with “it holds”, or open the decision to replace it by another.")
	}
	if err := s.reviewTx(ctx, tx, a, x, 0); err != nil {
		return describe.Did{}, err
	}
	return describe.Did{Thread: v.Thread, Said: "You looked at it again, and it holds."}, nil
}

// Offer is to say that it holds.
func (s reviewReplier) Offer(ctx context.Context, q db.Queryer, a actor.Actor, x id.ID) (describe.Offer, error) {
	v, err := s.find(ctx, q, a, x)
	out := describe.Offer{Title: v.Title, Text: "Does this still hold?", Path: v.Path()}
	if err == nil && v.State != Decided {
		out.Over = "There is nothing to look at again now."
	} else {
		out.Acts = []describe.Act{{Do: describe.Done, Label: "It holds", Says: "You looked at it again, and it holds."}}
	}
	return out, err
}
