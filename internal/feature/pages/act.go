package pages

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// longestWords is in characters.
const longestWords = 2000

// Acknowledge says that the actor, who was paged, sees to it: the path stops.
func (s *Service) Acknowledge(ctx context.Context, a actor.Actor, page id.ID) (Page, error) {
	p, err := s.find(ctx, s.db, a, page)
	if err != nil {
		return p, err
	}
	if p.over() {
		return p, fault.New(fault.Conflict, "page_over", "This page is over already; there is nothing to acknowledge any more.")
	}
	if _, err := s.asks.Acknowledge(ctx, a, p.Ask, 0); err != nil {
		if fault.Is(err, "not_asked") {
			err = notPaged()
		}
		return p, err
	}
	return s.sync(ctx, a, page)
}

// sync brings a page up to its ask, and reads it. What was acknowledged has stopped
// the path already; this writes it down.
func (s *Service) sync(ctx context.Context, a actor.Actor, page id.ID) (Page, error) {
	err := s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("a page that stands where its ask does")
		p, ok, err := loadPage(ctx, tx, a.Workspace, page)
		if err != nil || !ok {
			return err
		}
		_, err = s.syncTx(ctx, tx, p)
		return err
	})
	if err != nil {
		return Page{}, err
	}
	return s.find(ctx, s.db, a, page)
}

func notPaged() error {
	return fault.New(fault.Forbidden, "not_paged", "You were not paged for this, so you cannot act on the page. You can still write in its thread.")
}

// Resolve ends a page, and its ask with it, in one transaction: whoever was paged, or
// asked, may. An ask that words or a click can answer is answered by it; what needs a
// yes or no stays open.
func (s *Service) Resolve(ctx context.Context, a actor.Actor, page id.ID, note string) (Page, error) {
	note = strings.TrimSpace(note)
	if utf8.RuneCountInString(note) > longestWords {
		return Page{}, fault.Newf(fault.Invalid, "too_long", "Keep this to %d characters.", longestWords).At("note")
	}
	err := s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		p, err := s.find(ctx, tx, a, page)
		if err != nil {
			return err
		}
		if p.over() {
			return fault.New(fault.Conflict, "page_over", "This page is resolved already.")
		}
		if a.Person != p.Asker && !slices.Contains(p.people(), a.Person) {
			return notPaged()
		}
		if err := s.become(ctx, tx, &p, resolved, a.Person, note); err != nil {
			return err
		}
		return s.answerTx(ctx, tx, a, p.Ask, note)
	})
	if err != nil {
		return Page{}, err
	}
	return s.find(ctx, s.db, a, page)
}

// answerTx gives the answer that a resolution is, where it is one.
func (s *Service) answerTx(ctx context.Context, tx *db.Tx, a actor.Actor, ask id.ID, note string) error {
	found, err := s.asks.Ask(ctx, tx, a, ask)
	if err != nil || found.State != asks.Open {
		return err
	}
	if found.AskerID == a.Person {
		_, err := s.asks.ReleaseTx(ctx, tx, a, ask, nil)
		return err
	}
	o := found.Of(a.Person)
	if o == nil || !o.Open() || found.Kind == asks.Approve || found.Kind == asks.Decide && len(found.Choices.V) > 0 {
		return nil
	}
	if note == "" {
		note = "Resolved."
	}
	_, err = s.asks.AnswerTx(ctx, tx, a, ask, asks.Given{Note: note})
	return err
}

// Judge says whether a page was rightly urgent: whoever it reached may, and say
// otherwise later.
func (s *Service) Judge(ctx context.Context, a actor.Actor, page id.ID, rightly bool, note string) (Page, error) {
	note = strings.TrimSpace(note)
	if utf8.RuneCountInString(note) > longestWords {
		return Page{}, fault.Newf(fault.Invalid, "too_long", "Keep this to %d characters.", longestWords).At("note")
	}
	p, err := s.find(ctx, s.db, a, page)
	if err != nil {
		return p, err
	}
	if !slices.Contains(p.people(), a.Person) {
		return p, fault.New(fault.Forbidden, "not_paged", "Only whoever was paged says whether it was rightly urgent.")
	}
	word := "no"
	if rightly {
		word = "yes"
	}
	err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		event.Append(tx, pageEvent(EventJudged, a.Person, &p, nil))
		return setVerdict(ctx, tx, page, a.Person, word, note)
	})
	if err != nil {
		return p, err
	}
	return s.find(ctx, s.db, a, page)
}

// find reads a page that the actor may see: who may read its thread.
func (s *Service) find(ctx context.Context, q db.Queryer, a actor.Actor, page id.ID) (Page, error) {
	p, ok, err := loadPage(ctx, q, a.Workspace, page)
	if err == nil && !ok {
		err = fault.Missing("page")
	}
	if err != nil {
		return Page{}, err
	}
	if _, err := s.spaces.Thread(ctx, q, a, p.Thread); err != nil {
		if fault.IsKind(err, fault.NotFound) {
			err = fault.Missing("page")
		}
		return Page{}, err
	}
	return *p, nil
}
