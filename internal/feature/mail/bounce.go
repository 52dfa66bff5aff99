package mail

import (
	"context"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Mail to an address stops after one bounce that is final, or after softMost others
// that spread over softDays and keep coming.
const (
	softMost  = 5
	softDays  = 3 * 24 * time.Hour
	softForgo = 14 * 24 * time.Hour // without one they are forgotten
)

// bounced counts a mail of ours that came back to the address made for that; what it
// says about other addresses is not believed.
func (h *handling) bounced(ctx context.Context, name nameRow) error {
	row, ok, err := outboxByID(ctx, h.db, name.WorkspaceID, name.MailID)
	if err != nil {
		return err
	}
	if ok && row.Kind == kindInvitation {
		return h.invitationBack(ctx, row)
	}
	p, err := h.people.Get(ctx, h.db, name.WorkspaceID, name.PersonID)
	if fault.IsKind(err, fault.NotFound) {
		return h.ignore(ctx, "the person is here no more")
	}
	if err != nil {
		return err
	}
	why, hard := firstOf(h.letter.Status, "mail came back"), h.letter.Hard
	if h.letter.Kind == Complaint {
		why, hard = "a mail of ours was reported as unwanted", true
	}
	if h.token.expired(h.db.Clock().Now()) || !names(h.letter.Failed, p.Email) {
		return h.ignore(ctx, "it came back for another address")
	}
	if h.letter.Kind == Bounce || h.letter.Kind == Complaint {
		if err := h.cameBack(ctx, p.WorkspaceID, p.ID, p.Email, hard, why); err != nil {
			return err
		}
	}
	return h.ignore(ctx, "bounce: "+why)
}

// names says whether a report is about an address; one that names none is about the
// address that its token was made for.
func names(failed []string, address string) bool {
	for _, f := range failed {
		if people.FoldEmail(f) == address {
			return true
		}
	}
	return len(failed) == 0
}

// cameBack notes that mail to somebody's address did not arrive, and pauses it when
// that is final or goes on for days. They are told in the app.
func (s *Service) cameBack(ctx context.Context, workspace, person id.ID, address string, hard bool, why string) error {
	if person.IsZero() {
		return nil
	}
	return s.db.Write(ctx, workspace, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("a bounce is counted")
		st, err := standingOf(ctx, tx, workspace, person)
		if err != nil {
			return err
		}
		if st.Address != address || !st.SoftLast.IsZero() && tx.Now.Sub(st.SoftLast) > softForgo {
			st = standing{Address: address}
		}
		if !st.PausedAt.IsZero() {
			return nil
		}
		if !hard {
			if st.Soft++; st.SoftSince.IsZero() {
				st.SoftSince = tx.Now
			}
			st.SoftLast = tx.Now
			hard = st.Soft >= softMost && tx.Now.Sub(st.SoftSince) >= softDays
		}
		if hard {
			st.PausedAt, st.Why = tx.Now, oneLine(why, 300)
			event.Append(tx, event.New{Kind: Paused, Subject: event.Ref{Kind: "person", ID: person}, Concerns: []id.ID{person}})
		}
		return putStanding(ctx, tx, person, st)
	})
}

// Resume lets mail go to the actor's address again.
func (s *Service) Resume(ctx context.Context, a actor.Actor) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		st, err := standingOf(ctx, tx, a.Workspace, a.Person)
		if err != nil {
			return err
		}
		if st.PausedAt.IsZero() {
			return fault.New(fault.Conflict, "not_paused", "Mail to your address is not paused.")
		}
		event.Append(tx, event.New{Kind: Resumed, Actor: a.Person, Subject: event.Ref{Kind: "person", ID: a.Person}, Concerns: []id.ID{a.Person}})
		return putStanding(ctx, tx, a.Person, standing{Address: st.Address})
	})
}
