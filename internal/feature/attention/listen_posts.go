package attention

import (
	"context"
	"slices"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// heardPost plans the news of a post for whoever follows its thread or is named
// in it, and wakes what waited for its author.
func (s *Service) heardPost(ctx context.Context, tx *db.Tx, e event.Event) error {
	var data spaces.Posted
	if err := e.Decode(&data); err != nil {
		return err
	}
	r := roomOf(tx, e)
	if !r.seenBy[e.Actor] {
		r.seenBy[e.Actor] = true
		if err := wake(ctx, tx, e.Thread, e.Actor); err != nil {
			return err
		}
		// Who writes in a thread has seen what was new in it.
		if err := doneAbout(ctx, tx, e.Actor, e.Thread); err != nil {
			return err
		}
	}
	to, err := s.audience(ctx, tx, e, data.Mentions)
	if err != nil {
		return err
	}
	rows, items := make([]delivery, 0, len(to)), make([]item, 0, len(to))
	for _, p := range to {
		kind := Info
		if slices.Contains(data.Mentions, p) {
			kind = Mention
		}
		rows = append(rows, aboutThread(e, p, kind, "post", data.Post, dedupPost(data.Post, p)))
		items = append(items, itemAbout(e, p, kind, "post", data.Post))
		delete(r.seenBy, p)
	}
	if err := putItems(ctx, tx, items); err != nil {
		return err
	}
	return s.plan(ctx, tx, e, rows)
}

// heardEdit tells those whom an edit names for the first time.
func (s *Service) heardEdit(ctx context.Context, tx *db.Tx, e event.Event) error {
	var data spaces.Posted
	if err := e.Decode(&data); err != nil || len(data.Mentions) == 0 {
		return err
	}
	to, err := s.hearing(ctx, tx, e, data.Mentions)
	if err != nil {
		return err
	}
	var rows []delivery
	var items []item
	for _, p := range to {
		rows = append(rows, aboutThread(e, p, Mention, "post", data.Post, once(Mention, e, p)))
		items = append(items, itemAbout(e, p, Mention, "post", data.Post))
	}
	if err := putItems(ctx, tx, items); err != nil {
		return err
	}
	return s.plan(ctx, tx, e, rows)
}

// heardConclusion tells those who follow a thread how it ended.
func (s *Service) heardConclusion(ctx context.Context, tx *db.Tx, e event.Event) error {
	to, err := s.audience(ctx, tx, e, nil)
	if err != nil {
		return err
	}
	var rows []delivery
	var items []item
	for _, p := range to {
		rows = append(rows, aboutThread(e, p, Concluded, "thread", e.Thread, once(Concluded, e, p)))
		items = append(items, itemAbout(e, p, Concluded, "thread", e.Thread))
	}
	if err := putItems(ctx, tx, items); err != nil {
		return err
	}
	return s.plan(ctx, tx, e, rows)
}

// room is what a thread's listeners are told by, read once for all the events of it
// that are heard in one transaction: none of them changes it.
type room struct {
	followers []id.ID // nil while unread
	muted     map[id.ID]bool
	reads     func(people.Person) bool
	known     map[id.ID]people.Person
	seenBy    map[id.ID]bool // whose news of it are put away
}

type roomKey struct{ thread, space id.ID }

func roomOf(tx *db.Tx, e event.Event) *room {
	key := roomKey{e.Thread, e.Space}
	r, ok := tx.Local()[key].(*room)
	if !ok {
		r = &room{known: map[id.ID]people.Person{}, seenBy: map[id.ID]bool{}}
		tx.Local()[key] = r
	}
	return r
}

// audience lists who is to hear of something in a thread: its followers and those
// named, who may read it and have not muted it; never whoever did it.
func (s *Service) audience(ctx context.Context, tx *db.Tx, e event.Event, named []id.ID) ([]id.ID, error) {
	r := roomOf(tx, e)
	if r.followers == nil {
		var err error
		if r.followers, err = s.spaces.Followers(ctx, tx, tx.Workspace, e.Thread); err != nil {
			return nil, err
		}
	}
	to := slices.Clone(r.followers)
	for _, p := range named {
		if !slices.Contains(to, p) {
			to = append(to, p)
		}
	}
	return s.hearing(ctx, tx, e, to)
}

// hearing leaves out who may not read the thread, has muted it, or did it.
func (s *Service) hearing(ctx context.Context, tx *db.Tx, e event.Event, to []id.ID) ([]id.ID, error) {
	r := roomOf(tx, e)
	to = slices.DeleteFunc(to, func(p id.ID) bool { return p == e.Actor })
	if len(to) == 0 {
		return to, nil
	}
	if err := s.meet(ctx, tx, r, e, to); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(to, func(p id.ID) bool { return r.muted[p] || !r.reads(r.known[p]) || r.known[p].Bot }), nil
}

// meet reads what is not known yet of a room and of people.
func (s *Service) meet(ctx context.Context, tx *db.Tx, r *room, e event.Event, to []id.ID) error {
	if r.reads == nil {
		muted, err := s.spaces.Muted(ctx, tx, tx.Workspace, []id.ID{e.Thread})
		if err != nil {
			return err
		}
		r.muted = muted[e.Thread]
		if r.reads, err = s.spaces.Readers(ctx, tx, tx.Workspace, e.Space); err != nil {
			return err
		}
	}
	var unknown []id.ID
	for _, p := range to {
		if _, ok := r.known[p]; !ok {
			unknown = append(unknown, p)
		}
	}
	if len(unknown) == 0 {
		return nil
	}
	met, err := s.people.ByIDs(ctx, tx, tx.Workspace, unknown)
	for p, who := range met {
		r.known[p] = who
	}
	return err
}

func aboutThread(e event.Event, person id.ID, kind Kind, refKind string, ref id.ID, dedup string) delivery {
	return delivery{
		PersonID: person, AskedAt: e.At, Urgency: worktime.Routine, Kind: kind, RefKind: refKind, RefID: ref,
		ThreadID: e.Thread, SpaceID: e.Space, WhoID: e.Actor, AboutID: e.Thread, Dedup: dedup,
	}
}

func itemAbout(e event.Event, person id.ID, kind Kind, refKind string, ref id.ID) item {
	return item{
		PersonID: person, AboutID: e.Thread, Kind: kind, RefKind: refKind, RefID: ref,
		ThreadID: e.Thread, SpaceID: e.Space, WhoID: e.Actor, ChangedAt: e.At,
	}
}

// heard another way: a post that asks somebody, or answers them, reaches them as
// that and not a second time as news.
func heardOtherwise(ctx context.Context, tx *db.Tx, post id.ID, persons []id.ID) error {
	if post.IsZero() || len(persons) == 0 {
		return nil
	}
	if err := dropPost(ctx, tx, post, persons); err != nil {
		return err
	}
	return forgetPost(ctx, tx, post, persons)
}
