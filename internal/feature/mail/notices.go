package mail

import (
	"context"
	"time"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// noticeFor is how long the links of a notification are good: it lies on a screen that
// others pick up, and whoever has not pressed in a week finds the thing in the inbox.
const noticeFor = 7 * 24 * time.Hour

// Links are what somebody can do by one press about a thing that a digest told them of,
// each with a signed link of its own, for whoever tells of it otherwise than by mail.
// There are none when the thing takes no answers, or none any more.
func (s *Service) Links(ctx context.Context, workspace, person, digest id.ID, ref event.Ref) (out []describe.Link, err error) {
	r, err := s.near.Repliers.Of(ref.Kind)
	if err != nil || ref.ID.IsZero() {
		return nil, nil
	}
	p, err := s.people.Get(ctx, s.db, workspace, person)
	if err != nil {
		return nil, err
	}
	offer, err := r.Offer(ctx, s.db, p.Actor(), ref.ID)
	if fault.IsKind(err, fault.NotFound) || err == nil && len(offer.Acts) == 0 {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	k, err := s.tokens(ctx)
	if err != nil {
		return nil, err
	}
	name, n, err := s.nameNotice(ctx, workspace, person, digest, ref)
	if err != nil || n == 0 {
		return nil, err
	}
	until := s.db.Clock().Now().Add(noticeFor)
	for _, a := range offer.Acts {
		if arg, ok := argOf(offer, a); ok {
			out = append(out, describe.Link{Act: a, Path: doPath(k.seal(token{Name: name, Line: uint8(n), Purpose: toAct, Arg: arg, Expires: until}))})
		}
	}
	return out, nil
}

// nameNotice gives a digest a name as if it were a mail, and a thing of it a number;
// those it has already stay. n is 0 when it has too many things.
func (s *Service) nameNotice(ctx context.Context, workspace, person, digest id.ID, ref event.Ref) (name uint64, n int64, err error) {
	err = s.db.Write(ctx, workspace, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("the links of a notification get a name")
		if name, err = nameMail(ctx, tx, person, digest); err != nil {
			return err
		}
		n, err = lineFor(ctx, tx, digest, ref)
		return err
	})
	return name, n, err
}

// lineFor is the number of a thing among the lines of a mail, a new one if it has none;
// 0 when there is no room for it.
func lineFor(ctx context.Context, tx *db.Tx, mail id.ID, ref event.Ref) (int64, error) {
	lines, err := linesOf(ctx, tx, tx.Workspace, mail)
	if err != nil {
		return 0, err
	}
	if n, ok := numberOf(lines, ref); ok {
		return n, nil
	}
	if len(lines) >= mostLines {
		return 0, nil
	}
	l := lineRow{N: int64(len(lines) + 1), Kind: ref.Kind, RefID: ref.ID}
	return l.N, addLine(ctx, tx, mail, l)
}
