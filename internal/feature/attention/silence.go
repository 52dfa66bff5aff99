package attention

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
)

// hush lets silence speak for every ask whose last due has passed.
func (s *Service) hush(ctx context.Context, now clock.Instant) error {
	var at silence
	var errs []error
	for {
		rows, err := silencesAfter(ctx, s.db, now, at, bunch)
		if err != nil {
			return errors.Join(append(errs, err)...)
		}
		for _, r := range rows {
			if err := s.speak(ctx, r); err != nil {
				errs = append(errs, fmt.Errorf("attention: silence on %s: %w", r.AskID, err))
			}
		}
		if len(rows) < bunch {
			return errors.Join(errs...)
		}
		at = rows[len(rows)-1]
	}
}

// speak applies what silence means to one ask, and looks again when a promise was
// made beyond the due.
func (s *Service) speak(ctx context.Context, r silence) error {
	return s.db.Write(ctx, r.WorkspaceID, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("an ask whose silence means nothing is looked at and left alone")
		again, err := s.asks.LapseTx(ctx, tx, r.AskID)
		if f := fault.As(err); f != nil {
			slog.WarnContext(ctx, "attention: what silence means could not be applied", "ask", r.AskID, "error", err)
			return endSilence(ctx, tx, r.AskID)
		}
		if err != nil {
			return err
		}
		if again == 0 {
			return endSilence(ctx, tx, r.AskID)
		}
		return putSilence(ctx, tx, r.AskID, max(after(again), after(tx.Now)))
	})
}
