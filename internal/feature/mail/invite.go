package mail

import (
	"context"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// kindInvitation is the kind of letter that an invitation is.
const kindInvitation = "invitation"

// mostInvited is how many invitations go out in an hour in one person's name: more is no
// longer asking people one knows.
const mostInvited = 30

// Invitation is a letter to an address that is nobody's in the workspace yet.
type Invitation struct {
	About   id.ID // what it invites by: there is one letter about it
	By      id.ID // in whose name
	Address string
	Subject string
	Text    string
}

// InviteTx has an invitation sent, at once. It is false, and nothing is written, where no
// mail server is set (in a demo it lies in the outbox) or when so many went out in that
// person's name that the link is better passed on by hand.
func (s *Service) InviteTx(ctx context.Context, tx *db.Tx, n Invitation) (bool, error) {
	if s.client == nil && !s.opt.Demo || !s.limits.take(tx.Now, "invited by "+n.By.String(), mostInvited) {
		return false, nil
	}
	return true, s.post(ctx, tx, notice{kind: kindInvitation, about: n.About, address: n.Address, subject: oneLine(n.Subject, 200), text: n.Text})
}

// lost says that an invitation did not arrive to whom it is a matter of.
func (s *Service) lost(ctx context.Context, tx *db.Tx, row outboxRow, why string) error {
	if row.Kind != kindInvitation || s.near.Undelivered == nil {
		return nil
	}
	return s.near.Undelivered(ctx, tx, row.DigestID, oneLine(why, 300))
}

// invitationBack takes an invitation for lost that came back to the address made for that.
func (h *handling) invitationBack(ctx context.Context, row outboxRow) error {
	if h.letter.Kind != Bounce || !h.letter.Hard || h.token.expired(h.db.Clock().Now()) || !names(h.letter.Failed, people.FoldEmail(row.Address)) {
		return h.ignore(ctx, "it says nothing of the invitation")
	}
	why := firstOf(h.letter.Status, "mail came back")
	err := h.db.Write(ctx, row.WorkspaceID, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("an invitation that came back may be taken back already")
		return h.lost(ctx, tx, row, why)
	})
	if err != nil {
		return err
	}
	return h.ignore(ctx, "bounce: "+why)
}

// RecallTx takes back an invitation that has not left yet.
func (s *Service) RecallTx(ctx context.Context, tx *db.Tx, about id.ID) error {
	return recallLetter(ctx, tx, kindInvitation, about)
}
