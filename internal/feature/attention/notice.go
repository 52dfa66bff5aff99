package attention

import (
	"context"
	"slices"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// Notice is what another feature has to tell somebody: a thing of its own, which
// looks as its describer says at the moment of reading, and is let go once that
// finds it no more. It stands among the information of the inbox until it is put away.
const Notice Kind = "notice"

// Tell has events of a kind told to those they concern, but for whoever did them, with
// an urgency. Their subjects need a describer. Call it before Followers.
func (s *Service) Tell(kind string, u worktime.Urgency) {
	if s.notices == nil {
		s.notices = map[string]worktime.Urgency{}
	}
	s.notices[kind] = u
}

func (s *Service) heardNotice(ctx context.Context, tx *db.Tx, e event.Event) error {
	var rows []delivery
	var items []item
	for _, p := range unique(e.Concerns) {
		if p == e.Actor {
			continue
		}
		items = append(items, item{
			PersonID: p, AboutID: e.Subject.ID, Kind: Notice, RefKind: e.Subject.Kind, RefID: e.Subject.ID, WhoID: e.Actor, ChangedAt: e.At,
		})
		rows = append(rows, delivery{
			PersonID: p, AskedAt: e.At, Urgency: s.notices[e.Kind], Kind: Notice, RefKind: e.Subject.Kind, RefID: e.Subject.ID,
			SpaceID: e.Space, WhoID: e.Actor, AboutID: e.Subject.ID, Due: e.Due, Dedup: once(Notice, e, p),
		})
	}
	if err := putItems(ctx, tx, items); err != nil {
		return err
	}
	return s.plan(ctx, tx, e, rows)
}

// lookAt describes the notices among rows of an inbox; those that are over are not found.
func (s *Service) lookAt(ctx context.Context, q db.Queryer, in *inbox, list []entry) error {
	for _, e := range list {
		if !e.notice() || in.looked[e.id] {
			continue
		}
		in.looked[e.id] = true
		t, err := s.things.Describe(ctx, q, in.actor, e.item.RefKind, e.item.RefID)
		if fault.IsKind(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return err
		}
		in.things[e.id] = t
	}
	return nil
}

func (e entry) notice() bool { return e.item != nil && e.item.Kind == Notice }

// fillNotice shows a notice as its describer says.
func (v seen) fillNotice(r *Row, t describe.Thing) {
	r.Title, r.Context, r.Excerpt, r.Path, r.Who = t.Title, "", t.Excerpt, t.Path, v.who[t.Who]
}

// describeNotices looks at what notices are about, as their readers see it now.
func (s *Service) describeNotices(ctx context.Context, q db.Queryer, rows []delivery, known map[id.ID]people.Person) (map[id.ID]describe.Thing, error) {
	out := map[id.ID]describe.Thing{}
	for _, r := range rows {
		p, ok := known[r.PersonID]
		if r.Kind != Notice || !ok || !p.Active(s.now()) {
			continue
		}
		t, err := s.things.Describe(ctx, q, p.Actor(), r.RefKind, r.RefID)
		if fault.IsKind(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out[r.ID] = t
	}
	return out, nil
}

// noticed is describeNotices for one reader, which most digests need not ask.
func (s *Service) noticed(ctx context.Context, q db.Queryer, reader actor.Actor, rows []delivery) (map[id.ID]describe.Thing, error) {
	if !slices.ContainsFunc(rows, func(r delivery) bool { return r.Kind == Notice }) {
		return nil, nil
	}
	me, err := s.people.ByIDs(ctx, q, reader.Workspace, []id.ID{reader.Person})
	if err != nil {
		return nil, err
	}
	return s.describeNotices(ctx, q, rows, me)
}

// notice is the line of a notice.
func (v seen) notice(r delivery) (Line, bool) {
	t, ok := v.things[r.ID]
	if !ok {
		return Line{}, false
	}
	var said []Said
	if t.Body != "" {
		said = []Said{{Markdown: t.Body}}
	}
	return Line{
		Said: said, Ended: t.Ended, Series: t.Series, Whole: t.Whole, Kind: Notice, Title: t.Title, Excerpt: t.Excerpt, Path: t.Path, Due: t.Due, Who: v.who[t.Who],
		Ref: event.Ref{Kind: r.RefKind, ID: r.RefID}, // a reply to it is taken where its kind takes replies
	}, true
}
