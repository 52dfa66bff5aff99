package app

import (
	"context"

	"example.org/meantime/internal/feature/decisions"
	"example.org/meantime/internal/feature/mail"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// tellDecisions says what of decisions reaches those it concerns, and how urgently. What
// is expected of people reaches them as asks.
func (a *App) tellDecisions() {
	for _, kind := range []string{
		decisions.EventInvited, decisions.EventMoved, decisions.EventSettled, decisions.EventReopened, decisions.EventDecided,
		decisions.EventWithdrawn, decisions.EventLeft, decisions.EventFew, decisions.EventChanged, decisions.EventUnreached,
	} {
		a.Attention.Tell(kind, worktime.Routine)
	}
	a.Attention.Tell(decisions.EventObjected, worktime.Soon)
	a.Attention.Tell(decisions.EventHurry, worktime.Soon)
}

// introduceDecisions lets invitations lead to decisions, and go out by mail.
func (a *App) introduceDecisions() {
	a.Auth.LeadBy(a.Decisions)
	a.Decisions.PostWith(post{a.Mail})
}

// post carries the letters of decisions.
type post struct{ mail *mail.Service }

func (p post) InviteTx(ctx context.Context, tx *db.Tx, l decisions.Letter) (bool, error) {
	return p.mail.InviteTx(ctx, tx, mail.Invitation(l))
}

func (p post) RecallTx(ctx context.Context, tx *db.Tx, about id.ID) error {
	return p.mail.RecallTx(ctx, tx, about)
}
