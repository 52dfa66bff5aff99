package mail

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// keepFor is how long the bytes of a mail that became nothing are kept.
const keepFor = 30 * 24 * time.Hour

// handling is one mail being handled.
type handling struct {
	*Service
	row     receivedRow
	raw     []byte
	letter  Letter
	token   token
	key     key
	answers lineRow // what it is a reply to; none until that is known
	replies bool    // to a mail of ours, and whom that was for wrote it
}

// Handle does what a mail that came in says, once. It may be called again at any time:
// what was done is done in the transaction that says so.
func (s *Service) Handle(ctx context.Context, mail id.ID) error {
	row, ok, err := loadReceived(ctx, s.db, mail)
	if err != nil || !ok || row.State != fresh {
		return err
	}
	h := &handling{Service: s, row: row}
	if h.raw, err = s.raw(ctx, row); err != nil {
		return err
	}
	if h.letter, err = h.read(); err != nil {
		return h.ignore(ctx, "unreadable: "+err.Error())
	}
	if h.key, err = s.tokens(ctx); err != nil { // before any transaction: it may have to be made
		return err
	}
	sealed, handle, _ := s.box.read(row.Recipient)
	if sealed == "" {
		return h.toSpace(ctx, handle)
	}
	if h.token, err = h.key.open(sealed); err != nil {
		return h.ignore(ctx, "the address was not made here")
	}
	name, ok, err := loadName(ctx, s.db, h.token.Name)
	if err != nil {
		return err
	}
	if !ok {
		return h.ignore(ctx, "the address is good no more")
	}
	h.row.WorkspaceID, h.row.PersonID = name.WorkspaceID, name.PersonID
	switch {
	case h.letter.Kind == Bounce || h.letter.Kind == Complaint:
		return h.bounced(ctx, name)
	case h.letter.Kind != Person:
		return h.ignore(ctx, "no person wrote it: "+string(h.letter.Kind))
	case h.token.Purpose == toReply:
		return h.replied(ctx, name)
	case h.token.Purpose == toStart:
		return h.started(ctx, name)
	}
	return h.ignore(ctx, "nothing is read at this address")
}

// read reads the mail; nothing that is in it makes the server fail.
func (h *handling) read() (l Letter, err error) {
	defer func() {
		if p := recover(); p != nil {
			slog.Error("mail: reading a mail panicked", "mail", h.row.ID, "panic", fmt.Sprint(p))
			err = fmt.Errorf("it could not be read")
		}
	}()
	return h.reads(h.raw)
}

// ignore puts the mail aside without a word to anybody.
func (h *handling) ignore(ctx context.Context, why string) error {
	h.row.State, h.row.Outcome = ignored, cutTo(why, 200)
	return h.db.Write(ctx, h.row.WorkspaceID, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("a mail that no person wrote changes nothing")
		_, err := endReceived(ctx, tx, fresh, h.row, tx.Now.Add(keepFor))
		return err
	})
}

// do runs the effect of the mail in one transaction with the note that it had it. A
// fault takes all of it back, and the writer is told.
func (h *handling) do(ctx context.Context, f func(ctx context.Context, tx *db.Tx) error) error {
	err := h.db.Write(ctx, h.row.WorkspaceID, func(ctx context.Context, tx *db.Tx) error {
		h.row.State, h.row.Outcome = taken, ""
		if err := f(ctx, tx); err != nil {
			return err
		}
		var forget clock.Instant
		if h.row.PostID.IsZero() {
			forget = tx.Now.Add(keepFor)
		}
		first, err := endReceived(ctx, tx, fresh, h.row, forget)
		if err == nil && !first { // another worker was quicker; nothing of this stands
			err = errDone
		}
		if err == nil {
			event.Append(tx, event.New{Kind: Taken, Actor: h.row.PersonID, Subject: event.Ref{Kind: "mail", ID: h.row.ID}, Concerns: []id.ID{h.row.PersonID}, Data: map[string]string{"door": h.row.Door}})
		}
		return err
	})
	if err == errDone { //nolint:errorlint // it is never wrapped
		return nil
	}
	if f := fault.As(err); f != nil {
		return h.refuse(ctx, f.Code, f.Sentence)
	}
	return err
}

// errDone takes a transaction back whose work was done by somebody else.
var errDone = fmt.Errorf("mail: this was handled already")
