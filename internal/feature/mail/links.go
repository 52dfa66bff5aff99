package mail

import (
	"context"
	"strings"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/fault"
)

// pressed is what a link leads to: one act of one person on one thing.
type pressed struct {
	Person    people.Person
	Workspace people.Workspace
	Offer     describe.Offer
	Act       describe.Act
	line      lineRow
	replier   describe.Replier
}

// Field is a line that the page asks for; or several, where somebody writes at length.
type Field struct {
	Name, Label, Hint string
	Long              bool
}

// Fields are what an act wants to know.
func (p pressed) Fields() []Field {
	switch p.Act.Do {
	case describe.Say:
		return []Field{{Name: "text", Label: "Your answer", Hint: "Markdown is understood.", Long: true}}
	case describe.Decline:
		return []Field{{Name: "reason", Label: "Why?", Hint: "In a few words, so that the asker can find another way."}}
	case describe.No:
		return []Field{{Name: "reason", Label: "Why? (if you like)"}}
	case describe.Acknowledge:
		return []Field{{Name: "when", Label: "By when will you answer?", Hint: "Friday, tomorrow 16:00, 14 October, in 2 days. In your own clock; leave it empty to say only that you have seen it."}}
	case describe.Pass:
		return []Field{{Name: "to", Label: "To whom?", Hint: "A name or an @handle."}, {Name: "reason", Label: "Why? (if you like)"}}
	case describe.Yes, describe.Done, describe.Choose:
		if p.line.Kind != kindReceived {
			return []Field{{Name: "reason", Label: "A word with it? (if you like)"}}
		}
	}
	return nil
}

func gone(code, sentence string) error { return fault.New(fault.Gone, code, sentence) }

// linked finds whom a link of some purpose was made for, and the line of the mail that it
// is about.
func (s *Service) linked(ctx context.Context, sealed string, of purpose) (p pressed, t token, err error) {
	k, err := s.tokens(ctx)
	if err != nil {
		return p, t, err
	}
	if t, err = k.open(sealed); err != nil || t.Purpose != of {
		return p, t, fault.New(fault.NotFound, "not_found", "This link is not known here. Perhaps a part of it is missing.")
	}
	if t.expired(s.db.Clock().Now()) {
		return p, t, gone("link_expired", "This link was good for 60 days and is not any more. Open it in Meantime.")
	}
	name, ok, err := loadName(ctx, s.db, t.Name)
	if err != nil {
		return p, t, err
	}
	if !ok {
		return p, t, gone("link_void", "This link is good no more. Open it in Meantime.")
	}
	if p.Person, err = s.people.Get(ctx, s.db, name.WorkspaceID, name.PersonID); err != nil {
		return p, t, err
	}
	if !p.Person.Active(s.db.Clock().Now()) {
		return p, t, gone("link_void", "This link is good no more.")
	}
	if p.Workspace, err = s.people.Workspace(ctx, s.db, name.WorkspaceID); err != nil {
		return p, t, err
	}
	lines, err := linesOf(ctx, s.db, name.WorkspaceID, name.MailID)
	if err != nil || t.Line == 0 || int(t.Line) > len(lines) {
		if err == nil {
			err = gone("link_void", "This link is good no more. Open it in Meantime.")
		}
		return p, t, err
	}
	p.line = lines[t.Line-1]
	return p, t, nil
}

// Pressed finds what a link leads to. It changes nothing: programs follow links by
// themselves.
func (s *Service) Pressed(ctx context.Context, sealed string) (p pressed, err error) {
	p, t, err := s.linked(ctx, sealed, toAct)
	if err != nil {
		return p, err
	}
	if p.replier, err = s.near.Repliers.Of(p.line.Kind); err != nil {
		return p, err
	}
	if p.Offer, err = p.replier.Offer(ctx, s.db, p.Person.Actor(), p.line.RefID); err != nil {
		return p, err
	}
	var ok bool
	if p.Act, ok = actOf(p.Offer, t.Arg); !ok && p.Offer.Over == "" {
		p.Offer.Over = "This cannot be done any more."
	}
	return p, nil
}

// Press does what a link is for, and says what was done.
func (s *Service) Press(ctx context.Context, sealed string, field func(string) string) (said string, err error) {
	p, err := s.Pressed(ctx, sealed)
	if err != nil {
		return "", err
	}
	if p.Offer.Over != "" {
		return "", fault.New(fault.Conflict, "over", p.Offer.Over)
	}
	shown := ""
	w := describe.Words{Do: p.Act.Do, Value: p.Act.Value, Reason: strings.TrimSpace(field("reason")), To: strings.TrimSpace(field("to")), Click: true}
	if w.Do == describe.Say {
		w.Text = strings.TrimSpace(field("text"))
		w.Line, w.Rest, _ = strings.Cut(w.Text, "\n")
	}
	if w.When = strings.TrimSpace(field("when")); w.When != "" {
		hours, err := s.people.Hours(ctx, s.db, p.Person.WorkspaceID, p.Person.ID)
		if err != nil {
			return "", err
		}
		at, ok := s.day(hours).When(w.When)
		if !ok {
			return "", fault.Newf(fault.Invalid, "time_unclear", "The time “%s” could not be read. Write it like “Friday” or “16:00 tomorrow”.", oneLine(w.When, 60))
		}
		w.At, shown = clock.At(at), at.Format("Monday 2 January, 15:04")
	}
	err = s.db.Write(ctx, p.Person.WorkspaceID, func(ctx context.Context, tx *db.Tx) error {
		did, err := p.replier.ReplyTx(ctx, tx, p.Person.Actor(), p.line.RefID, w)
		said = did.Said
		return err
	})
	if w.At != 0 && err == nil {
		said += " You said: by " + shown + ", in your own clock."
	}
	return said, err
}
