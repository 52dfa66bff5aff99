package attention

import (
	"context"
	"slices"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
)

// mostNews is how much the log may say between looking ahead and sending.
const mostNews = 200

// goOut sends what was found ready, all in one transaction, and says who has to be
// looked at one by one. What was ready is sent only if the log has said nothing
// since that could change it, if nothing was planned into it meanwhile, and if its
// person may be reached at the transaction's own instant too.
func (s *Service) goOut(ctx context.Context, a *ahead) (care []id.ID, err error) {
	err = s.db.Write(ctx, a.workspace, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("what was due may turn out to need a closer look")
		doubt, err := a.doubts(ctx, tx)
		if err != nil {
			return err
		}
		versions, err := versionsOf(ctx, tx, a.workspace, a.readyIDs())
		if err != nil {
			return err
		}
		out := make([]leaving, 0, len(a.ready))
		for _, b := range a.ready {
			if !doubt.has(b.PersonID) && b.planned(versions) && (b.changed(versions) || disturbs(a.people[b.PersonID].Hours, tx.Now, b.Urgency, a.paged[b.PersonID])) {
				doubt.add(b.PersonID)
			}
		}
		var empty []id.ID
		for _, b := range a.ready {
			if doubt.has(b.PersonID) || !b.planned(versions) {
				continue
			}
			out = append(out, b)
			if len(b.with) == 0 {
				continue
			}
			into := idsOf(b.with)
			if err := unite(ctx, tx, b.bundle, into); err != nil {
				return err
			}
			empty = append(empty, into...)
		}
		care = doubt.list
		if err := discard(ctx, tx, empty); err != nil {
			return err
		}
		return sendOut(ctx, tx, out)
	})
	return care, err
}

func (a *ahead) readyIDs() []id.ID {
	out := make([]id.ID, 0, len(a.ready))
	for _, b := range a.ready {
		out = append(out, b.ID)
		out = append(out, idsOf(b.with)...)
	}
	return out
}

// planned says that some of it has not gone out.
func (l leaving) planned(versions map[id.ID]int64) bool {
	return slices.ContainsFunc(l.all(), func(b bundle) bool { _, ok := versions[b.ID]; return ok })
}

// changed says that some of it has gone out, or that something was planned into it.
func (l leaving) changed(versions map[id.ID]int64) bool {
	return slices.ContainsFunc(l.all(), func(b bundle) bool { v, ok := versions[b.ID]; return !ok || v != b.Version })
}

// idle are the kinds of event that change nothing about what is planned already:
// what they bring is planned by itself, and counted in a bundle's version.
var idle = []string{
	spaces.EventPosted, spaces.EventThreadOpened, spaces.EventReacted, spaces.EventPostPinned, spaces.EventImported,
	asks.EventAsked, Digested, Tidied, mailSent, pushSent, people.EventAdded,
}

// doubts lists whom the news in the log since the look ahead could make a
// difference to, besides those who need care anyway: all who have something due
// about the same thread, all it concerns, and everybody where it names no thread.
func (a *ahead) doubts(ctx context.Context, tx *db.Tx) (out set, err error) {
	for p := range a.care {
		out.add(p)
	}
	news, err := event.After(ctx, tx, a.workspace, a.seq, mostNews)
	if err != nil {
		return out, err
	}
	for _, e := range news {
		switch {
		case slices.Contains(idle, e.Kind):
		case e.Thread.IsZero():
			a.all(&out)
		default:
			for _, p := range append(e.Concerns, e.Actor) {
				if _, here := a.people[p]; here {
					out.add(p)
				}
			}
			for _, r := range a.rows {
				if r.ThreadID == e.Thread {
					out.add(a.holder[r.DigestID])
				}
			}
		}
	}
	if len(news) == mostNews {
		a.all(&out)
	}
	return out, nil
}

// all doubts everybody.
func (a *ahead) all(out *set) {
	for _, b := range a.ready {
		out.add(b.PersonID)
	}
}
