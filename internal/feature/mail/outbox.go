package mail

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

const outboxPageSize = 50

// Outbox lists what was written to people, newest first. In a demo everybody may
// read it all; elsewhere admins see to whom and how far it came, never what it says.
func (s *Service) Outbox(ctx context.Context, a actor.Actor, after id.ID, limit int) ([]outboxRow, error) {
	if err := s.mayLook(a); err != nil {
		return nil, err
	}
	if limit <= 0 || limit > outboxPageSize {
		limit = outboxPageSize
	}
	rows, err := outboxPage(ctx, s.db, a.Workspace, after, limit)
	for i := range rows {
		rows[i] = s.shown(rows[i])
	}
	return rows, err
}

// OutboxMail is one mail of the outbox, under the same rule.
func (s *Service) OutboxMail(ctx context.Context, a actor.Actor, mail id.ID) (outboxRow, error) {
	if err := s.mayLook(a); err != nil {
		return outboxRow{}, err
	}
	row, ok, err := outboxByID(ctx, s.db, a.Workspace, mail)
	if err == nil && !ok {
		err = fault.Missing("mail")
	}
	return s.shown(row), err
}

func (s *Service) mayLook(a actor.Actor) error {
	if s.opt.Demo || a.Administers() {
		return nil
	}
	return fault.New(fault.Forbidden, "admins_only", "Only owners and admins of the workspace may look into the outbox.")
}

func (s *Service) shown(r outboxRow) outboxRow {
	if !s.opt.Demo {
		r.Subject, r.BodyText, r.BodyHTML, r.ReplyTo = "", "", "", ""
	}
	return r
}
