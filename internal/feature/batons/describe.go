package batons

import (
	"context"
	"fmt"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
)

// Describe says how a baton looks in a digest or a mail, and the last hour of a day.
func (s *Service) Describe() map[string]describe.Describer {
	return map[string]describe.Describer{kind: s.describeBaton, "evening": s.describeEvening}
}

const excerptLength = 160

func (s *Service) describeBaton(ctx context.Context, q db.Queryer, a actor.Actor, x id.ID) (describe.Thing, error) {
	b, err := s.find(ctx, q, a, x)
	if err != nil {
		return describe.Thing{}, err
	}
	who, err := s.people.ByIDs(ctx, q, a.Workspace, []id.ID{b.Holder, b.OfferedTo, b.EndedBy})
	if err != nil {
		return describe.Thing{}, err
	}
	legs, err := legsOf(ctx, q, a.Workspace, b.ID)
	if err != nil {
		return describe.Thing{}, err
	}
	name := func(x id.ID) string {
		if x == a.Person {
			return "you"
		}
		return who[x].Name
	}
	out := describe.Thing{Kind: kind, ID: b.ID, Title: b.Title, Path: b.Path(), Thread: b.Thread, Space: b.Space, Who: b.Holder, At: b.HeldSince, State: b.State}
	last := Leg{}
	if len(legs) > 0 {
		last = legs[len(legs)-1]
	}
	switch {
	case b.State == Ended:
		out.Excerpt = "Done: " + b.Outcome
	case b.State == Offered && b.OfferedTo == a.Person:
		out.Title, out.Excerpt, out.Due = name(b.Holder)+" hands you: "+b.Title, b.say(), b.Due
	case b.State == Offered:
		out.Title = fmt.Sprintf("Offered to %s: %s", name(b.OfferedTo), b.Title)
		out.Excerpt = b.say()
		if n := len(legs); n > 1 {
			out.Excerpt = legs[n-2].fate(s.nameOf(ctx, q, a, legs[n-2].To)) + " It went on to " + name(b.OfferedTo) + "."
		}
	case b.Late(s.now()):
		out.Title, out.Excerpt = "Late, with "+name(b.Holder)+": "+b.Title, b.say()
	case last.From == b.Holder && last.State != accepted && last.State != "":
		out.Title = "With " + name(b.Holder) + " again: " + b.Title
		out.Excerpt = last.fate(s.nameOf(ctx, q, a, last.To))
	default:
		out.Title, out.Excerpt = "With "+name(b.Holder)+": "+b.Title, b.say()
	}
	out.Excerpt = text.Cut(out.Excerpt, excerptLength)
	return out, nil
}

func (s *Service) nameOf(ctx context.Context, q db.Queryer, a actor.Actor, x id.ID) string {
	if x == a.Person {
		return "You"
	}
	p, err := s.people.Get(ctx, q, a.Workspace, x)
	if err != nil {
		return "Somebody"
	}
	return p.Name
}

// fate says what came of an offer, in a sentence.
func (l Leg) fate(who string) string {
	switch l.State {
	case declined:
		return who + " declined: " + l.Note
	case missed:
		return who + " did not take it in time."
	case away:
		return who + " cannot take it now."
	case passed:
		return who + " passed it on."
	}
	return "The offer was taken back."
}

// say is the note in a line: what comes next, or where it stands.
func (b *Baton) say() string {
	if b.NextStep != "" {
		return "Next: " + text.Excerpt(b.NextStep, excerptLength)
	}
	return text.Excerpt(b.Stands, excerptLength)
}

// describeEvening names what could move on; when the hour is over it is told no more.
func (s *Service) describeEvening(ctx context.Context, q db.Queryer, a actor.Actor, person id.ID) (describe.Thing, error) {
	if person != a.Person {
		return describe.Thing{}, fault.Missing("evening")
	}
	e, err := s.evening(ctx, q, a)
	if err != nil {
		return describe.Thing{}, err
	}
	if !e.Now || len(e.Could) == 0 {
		return describe.Thing{}, fault.Missing("evening")
	}
	p, err := s.people.ByIDs(ctx, q, a.Workspace, []id.ID{e.Could[0].To[0].Person})
	if err != nil {
		return describe.Thing{}, err
	}
	out := describe.Thing{Kind: "evening", ID: person, Path: "/batons", At: e.From, Due: e.Until}
	out.Title = "One thing of yours could move on while you are off"
	if n := len(e.Could); n > 1 {
		out.Title = fmt.Sprintf("%d things of yours could move on while you are off", n)
	}
	out.Excerpt = text.Cut(p[e.Could[0].To[0].Person].Name+" could take “"+e.Could[0].Title()+"”.", excerptLength)
	return out, nil
}

// Title is what the thing is called.
func (c Could) Title() string {
	if c.Baton != nil {
		return c.Baton.Title
	}
	return c.Ask.Ask.Line()
}
