package mail

import (
	"context"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// AllReceived lists the mails that came in.
func (s *Service) AllReceived(ctx context.Context) (out []id.ID, states []string, err error) {
	rows, err := db.All[receivedRow](ctx, s.db, `SELECT `+receivedColumns+` FROM mail_received ORDER BY id`)
	for _, r := range rows {
		out, states = append(out, r.ID), append(states, r.State)
	}
	return out, states, err
}

// SealAndOpen makes a token under a key of the given bytes, and reads text under it.
func SealAndOpen(k []byte, name uint64, line uint8, expires clock.Instant, text string) (sealed string, same bool, err error) {
	t := token{Name: name, Line: line, Purpose: toReply, Expires: expires}
	sealed = key(k).seal(t)
	if text == "" {
		text = sealed
	}
	got, err := key(k).open(text)
	return sealed, got == t, err
}

// Redact takes tokens out of a text.
func Redact(s string) string { return redact(s) }

// WaitSlow waits until no send goes on beside the queue.
func (s *Service) WaitSlow() { s.lanes.all.Wait() }
