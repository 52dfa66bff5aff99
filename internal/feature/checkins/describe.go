package checkins

import (
	"context"
	"fmt"
	"strings"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
)

const excerptLength = 200

// Describe says how check-ins, turns, answers and reports look anywhere.
func (s *Service) Describe() map[string]describe.Describer {
	return map[string]describe.Describer{
		"checkin": s.describeCheckin, leftKind: s.describeLeft, ThingKind: s.describeTurn, "checkin_answer": s.describeTurn, "checkin_report": s.describeReport,
	}
}

func (s *Service) describeCheckin(ctx context.Context, q db.Queryer, a actor.Actor, x id.ID) (describe.Thing, error) {
	c, err := s.find(ctx, q, a, x)
	if err != nil {
		return describe.Thing{}, err
	}
	return describe.Thing{
		Kind: "checkin", ID: x, Title: c.Name, Excerpt: text.Cut(c.Purpose, excerptLength), Path: Path(x), Thread: c.Thread, Space: c.Space,
		Who: c.Owner, At: c.MadeAt, State: c.State,
	}, nil
}

// describeTurn is what is asked, to whoever is asked, and the answer to those who may
// read it.
func (s *Service) describeTurn(ctx context.Context, q db.Queryer, a actor.Actor, x id.ID) (describe.Thing, error) {
	c, t, err := s.turn(ctx, q, a, x)
	if err != nil {
		return describe.Thing{}, err
	}
	out := describe.Thing{
		Kind: ThingKind, ID: x, Title: c.Name + ", " + t.day(), Path: TurnPath(x), Thread: c.Thread, Space: c.Space, Who: t.Person, At: t.AskedAt, State: t.State,
	}
	if t.PublishedAt.IsZero() {
		out.Excerpt, out.Due, out.Who = text.Cut(numbered(t.Questions.V, " "), excerptLength), t.DueAt, c.Owner
		return out, nil
	}
	out.Excerpt, out.At = text.Cut(t.said(), excerptLength), t.PublishedAt
	return out, nil
}

// said are the words of an answer that everybody may read who may read it at all.
func (t Turn) said() string {
	if t.Nothing {
		return "Nothing to say."
	}
	var out []string
	for _, x := range t.Answers.V {
		if q, ok := byKey(t.Questions.V, x.Question); ok && !q.private() {
			words := x.Words()
			if q.Kind == Text || q.Kind == OfWeek {
				words = text.Read(words).Plain
			} else {
				words = q.Text + " " + words
			}
			out = append(out, words)
		}
	}
	return strings.Join(out, "\n")
}

// written is said with the questions, as Markdown.
func (t Turn) written() string {
	if t.Nothing {
		return "Nothing to say."
	}
	var out []string
	for _, x := range t.Answers.V {
		if q, ok := byKey(t.Questions.V, x.Question); ok && !q.private() {
			out = append(out, "*"+q.Text+"*\n\n"+x.Words())
		}
	}
	return strings.Join(out, "\n\n")
}

func (s *Service) describeReport(ctx context.Context, q db.Queryer, a actor.Actor, x id.ID) (describe.Thing, error) {
	c, r, err := s.Report(ctx, q, a, x)
	if err != nil {
		return describe.Thing{}, err
	}
	var who []id.ID
	for _, t := range r.Turns {
		who = append(who, t.Person)
	}
	names, err := s.people.Refs(ctx, q, a.Workspace, who)
	if err != nil {
		return describe.Thing{}, err
	}
	var lines, whole []string
	for _, t := range r.Turns {
		if t.Person != a.Person {
			lines = append(lines, names[t.Person].Name+": "+oneLine(t.said()))
			whole = append(whole, "**"+names[t.Person].Name+"**\n\n"+t.written())
		}
	}
	return describe.Thing{
		Kind: "checkin_report", ID: x, Title: c.Name + ": " + r.count(), Excerpt: text.Cut(strings.Join(lines, " · "), excerptLength), Body: strings.Join(whole, "\n\n"),
		Path: ReportPath(x), Thread: c.Thread, Space: c.Space, At: r.MadeAt, Series: "reports of " + c.Name, Whole: Path(c.ID),
	}, nil
}

// count says how many answered: "answers of 4 of 6".
func (r Report) count() string {
	switch {
	case r.Asked > r.Answered:
		return fmt.Sprintf("answers of %d of %d", r.Answered, r.Asked)
	case r.Answered == 1:
		return "one answer"
	}
	return fmt.Sprintf("answers of %d", r.Answered)
}

// Found is an answer as search finds it.
type Found struct {
	Space, Thread, Author id.ID
	At                    clock.Instant
	Title, Body           string
}

// Texts reads answers that every reader of their space may read, for search.
func (s *Service) Texts(ctx context.Context, q db.Queryer, ws id.ID, list []id.ID) (map[id.ID]Found, error) {
	out := map[id.ID]Found{}
	if len(list) == 0 {
		return out, nil
	}
	turns, err := turnsByID(ctx, q, ws, list)
	if err != nil {
		return nil, err
	}
	var of, threads []id.ID
	for _, t := range turns {
		of = append(of, t.Checkin)
	}
	known, err := checkinsByID(ctx, q, ws, of)
	if err != nil {
		return nil, err
	}
	for _, c := range known {
		threads = append(threads, c.Thread)
	}
	places, err := s.spaces.Threads(ctx, q, actor.System(ws), threads)
	if err != nil {
		return nil, err
	}
	now := s.now()
	for _, t := range turns {
		place, ok := places[known[t.Checkin].Thread]
		if ok && !t.PublishedAt.IsZero() && t.PublicAt <= now && !t.Nothing {
			out[t.ID] = Found{Space: place.Space, Thread: place.ID, Author: t.Person, At: t.PublishedAt, Title: known[t.Checkin].Name + ", " + t.day(), Body: t.said()}
		}
	}
	return out, nil
}

// Repliers take what is said to a turn by mail.
func (s *Service) Repliers() describe.Repliers { return describe.Repliers{ThingKind: replier{s}} }

type replier struct{ *Service }

// Offer shows the questions and the answers of one press.
func (s replier) Offer(ctx context.Context, q db.Queryer, a actor.Actor, x id.ID) (describe.Offer, error) {
	c, t, err := s.turn(ctx, q, a, x)
	if err != nil {
		return describe.Offer{}, err
	}
	if t.Person != a.Person {
		return describe.Offer{}, fault.Missing("check-in")
	}
	out := describe.Offer{
		Title: c.Name + ", " + t.day(), Text: numbered(t.Questions.V, " "), Path: TurnPath(x),
		Body: numbered(t.Questions.V, "\n"), How: "Write your answers under the numbers, or in this order, one below the other; “nothing” says that you have nothing to say. What you leave out stays unanswered.",
	}
	switch {
	case c.State == Ended:
		out.Over = "This check-in has ended."
	case t.State == Answered:
		out.Over = "You have answered already. You can change your answer in Meantime, or by replying again."
	default:
		out.Acts = []describe.Act{
			{Do: describe.Done, Label: "Nothing to say", Says: "Your answer will be that you have nothing to say."},
			{Do: describe.Decline, Label: "Skip this one", Says: "You will not be asked for this date any more."},
		}
	}
	return out, nil
}

// ReplyTx reads a reply as answers, or as having nothing to say.
func (s replier) ReplyTx(ctx context.Context, tx *db.Tx, a actor.Actor, x id.ID, w describe.Words) (describe.Did, error) {
	c, t, err := s.ownTurn(ctx, tx, a, x)
	if err != nil {
		return describe.Did{}, err
	}
	did := describe.Did{Thread: c.Thread}
	if w.Do == describe.Decline {
		if t.State != Open {
			return did, fault.New(fault.Conflict, "not_open", "Nothing is expected of you for this date; there is nothing to skip.")
		}
		did.Said = "You skip this one."
		return did, s.skipTx(ctx, tx, c, t)
	}
	if w.Do == describe.Pass {
		return did, fault.New(fault.Conflict, "not_passed", "A check-in asks you alone and cannot be passed on. Answer it, write “nothing”, or decline it.")
	}
	if w.Click && w.Do == describe.Done || saysNothing(w.Text) {
		did.Said = "Your answer is that you have nothing to say."
		_, err := s.AnswerTx(ctx, tx, a, x, Given{Nothing: true})
		return did, err
	}
	said, err := readReply(t.Questions.V, w.Text)
	if err != nil {
		return did, err
	}
	did.Said = "Your answer stands."
	_, err = s.AnswerTx(ctx, tx, a, x, Given{Answers: said})
	return did, err
}
