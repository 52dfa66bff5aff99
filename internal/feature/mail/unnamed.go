package mail

import (
	"context"
	"strings"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
)

// unnamed refuses a mail with words to something that takes none because they would be
// kept with a name, and forgets it: its bytes, its subject, that it came. It is asked
// before anything of the mail is kept elsewhere, such as what is attached to it.
func (h *handling) unnamed(ctx context.Context, name nameRow) (gone bool, err error) {
	line, several, err := h.line(ctx, name)
	if err != nil || several != "" {
		return false, err
	}
	r, err := h.near.Repliers.Of(line.Kind)
	if err != nil {
		return false, nil //nolint:nilerr // what takes no replies is said further on
	}
	p, err := h.people.Get(ctx, h.db, name.WorkspaceID, name.PersonID)
	if err != nil {
		return false, err
	}
	offer, err := r.Offer(ctx, h.db, p.Actor(), line.RefID)
	if fault.As(err) != nil || err == nil && offer.NoWords == "" {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	hours, err := h.people.Hours(ctx, h.db, p.WorkspaceID, p.ID)
	if err != nil {
		return false, err
	}
	said := h.meaning(h.letter.Said, nil, hours)
	act := said.Do == describe.Done || said.Do == describe.Decline
	if act && said.Reason == "" && strings.TrimSpace(said.Rest) == "" && len(h.letter.Attachments) == 0 {
		return false, nil
	}
	mine, err := h.isFrom(ctx, p)
	if err != nil {
		return false, err
	}
	return true, h.forget(ctx, offer.NoWords+" "+h.link(offer.Path), mine && p.Active(h.db.Clock().Now()))
}

// forget puts the mail aside and keeps nothing of it; its writer, when it is theirs, is
// told why, without their text.
func (h *handling) forget(ctx context.Context, why string, tell bool) error {
	h.row.State, h.row.Outcome = refused, "not_kept"
	err := h.db.Write(ctx, h.row.WorkspaceID, func(ctx context.Context, tx *db.Tx) error {
		first, err := endReceived(ctx, tx, fresh, h.row, tx.Now)
		if err != nil || !first {
			tx.Quiet("it was handled already")
			return err
		}
		event.Append(tx, event.New{Kind: Refused, Subject: event.Ref{Kind: "mail", ID: h.row.ID}, Concerns: concerned(h.row.PersonID), Data: map[string]string{"code": h.row.Outcome}})
		if !tell {
			return nil
		}
		may, err := mayRefuse(ctx, tx, h.row.FromAddress, tx.Now.Add(-refuseAgain))
		if err != nil || !may {
			return err
		}
		return h.post(ctx, tx, notice{
			kind: "refused", about: h.row.ID, person: h.row.PersonID, subject: "Re: your mail", text: "Your mail was not taken, and nothing of it is kept here. " + why + "\n",
			parent: printable(h.letter.MessageID, 250),
		})
	})
	if err != nil {
		return err
	}
	return h.Forget(ctx) // the pulse would too, in a moment; this is sooner
}
