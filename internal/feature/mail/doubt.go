package mail

import (
	"context"
	"fmt"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/job"
)

// kindReceived is the kind of thing that a held mail is.
const kindReceived = "received"

// confirmed is the outcome of a mail whose owner said that they wrote it.
const confirmed = "confirmed"

// doubt holds a mail that came in somebody's name from where they are not known to
// write, and asks them. Nothing of it is done before they say so.
func (h *handling) doubt(ctx context.Context, p people.Person) error {
	h.row.State, h.row.Outcome, h.row.WorkspaceID, h.row.PersonID = doubted, "from another address", p.WorkspaceID, p.ID
	offer := describe.Offer{Acts: doubtActs}
	return h.db.Write(ctx, p.WorkspaceID, func(ctx context.Context, tx *db.Tx) error {
		first, err := endReceived(ctx, tx, fresh, h.row, tx.Now.Add(keepFor))
		if err != nil || !first {
			tx.Quiet("it was handled already")
			return err
		}
		event.Append(tx, event.New{Kind: Held, Subject: event.Ref{Kind: "mail", ID: h.row.ID}, Concerns: []id.ID{p.ID}})
		// One letter a day, however many are forged: the others are shown in the app.
		may, err := mayRefuse(ctx, tx, "doubt "+p.ID.String(), tx.Now.Add(-refuseAgain))
		if err != nil || !may {
			return err
		}
		row := outboxRow{ID: id.New(tx.Now), PersonID: p.ID}
		name, err := nameMail(ctx, tx, p.ID, row.ID)
		if err != nil {
			return err
		}
		if err := addLine(ctx, tx, row.ID, lineRow{N: 1, Kind: kindReceived, RefID: h.row.ID}); err != nil {
			return err
		}
		text := fmt.Sprintf("A mail came in your name, and nothing was done with it yet.\n\nFrom: %s\nSubject: %s\n\n> %s\n\nWas it you?\n",
			oneLine(h.letter.writer(), 120), oneLine(h.letter.Subject, 120), oneLine(firstOf(h.letter.Said, h.letter.Whole), 600))
		for _, a := range h.way(h.key, name, 1, tx.Now.Add(addressFor), offer).acts {
			text += "\n" + a.Label + ": " + a.Link
		}
		return h.post(ctx, tx, notice{kind: "doubt", about: h.row.ID, person: p.ID, subject: "Was this you?", text: text + "\n\nIf you do nothing, it is forgotten in 30 days. Others that come within a day are shown in your settings: " + h.link("/settings?tab=reach") + "\n"})
	})
}

var doubtActs = []describe.Act{
	{Do: describe.Yes, Label: "It was me", Says: "What the mail says is done in your name."},
	{Do: describe.Choose, Value: "always", Label: "It was me, and that address is mine too", Says: "What the mail says is done in your name, and mail from that address is yours from now on."},
	{Do: describe.Discard, Label: "It was not me", Says: "The mail is put aside, and nothing is done."},
}

// doubtReplier lets the owner of a held mail say whether it is theirs.
type doubtReplier struct{ *Service }

func (s doubtReplier) Offer(ctx context.Context, q db.Queryer, a actor.Actor, ref id.ID) (describe.Offer, error) {
	row, err := heldMail(ctx, q, a, ref)
	if err != nil {
		return describe.Offer{}, err
	}
	out := describe.Offer{Title: "A mail from " + row.FromAddress, Text: oneLine(row.Subject, 160), Path: "/settings", Acts: doubtActs}
	if row.State != doubted {
		out.Over, out.Acts = "This was decided already.", nil
	}
	return out, nil
}

func (s doubtReplier) ReplyTx(ctx context.Context, tx *db.Tx, a actor.Actor, ref id.ID, w describe.Words) (describe.Did, error) {
	yes := w.Do == describe.Yes || w.Do == describe.Choose
	if !yes && w.Do != describe.Discard {
		return describe.Did{}, fault.New(fault.Invalid, "yes_or_no", "Say whether the mail was yours by one of the links in the mail that asked you.")
	}
	if err := s.decideTx(ctx, tx, a, ref, yes, w.Value == "always"); err != nil {
		return describe.Did{}, err
	}
	if !yes {
		return describe.Did{Said: "The mail is put aside. Nothing was done."}, nil
	}
	return describe.Did{Said: "Thank you. What the mail says is being done."}, nil
}

// heldMail finds a mail that its owner is, or was, asked about; another's is not found.
func heldMail(ctx context.Context, q db.Queryer, a actor.Actor, mail id.ID) (receivedRow, error) {
	row, ok, err := loadReceived(ctx, q, mail)
	if err == nil && (!ok || row.WorkspaceID != a.Workspace || row.PersonID != a.Person) {
		err = fault.Missing("mail")
	}
	return row, err
}

// Decide says for the actor whether a held mail is theirs; always takes its address as
// theirs from now on.
func (s *Service) Decide(ctx context.Context, a actor.Actor, mail id.ID, yes, always bool) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error { return s.decideTx(ctx, tx, a, mail, yes, always) })
}

func (s *Service) decideTx(ctx context.Context, tx *db.Tx, a actor.Actor, mail id.ID, yes, always bool) error {
	row, err := heldMail(ctx, tx, a, mail)
	if err != nil {
		return err
	}
	if row.State != doubted {
		return fault.New(fault.Conflict, "decided", "This was decided already.")
	}
	row.State, row.Outcome = ignored, "its owner did not write it"
	if yes {
		row.State, row.Outcome = fresh, confirmed
	}
	if _, err := endReceived(ctx, tx, doubted, row, tx.Now.Add(keepFor)); err != nil {
		return err
	}
	event.Append(tx, event.New{Kind: Decided, Actor: a.Person, Subject: event.Ref{Kind: "mail", ID: mail}, Concerns: []id.ID{a.Person}})
	if !yes {
		return nil
	}
	if always && row.FromAddress != "" {
		taken, err := s.people.ByEmails(ctx, tx, a.Workspace, []string{row.FromAddress})
		if err != nil {
			return err
		}
		if len(taken) > 0 {
			return fault.New(fault.Conflict, "address_taken", "This is the address of somebody here; it cannot be yours too.")
		}
		if err := addAlias(ctx, tx, a.Person, row.FromAddress); err != nil {
			return err
		}
	}
	return job.Enqueue(ctx, tx, kindReceivedJob, receivedJob{mail}, job.Options{})
}
