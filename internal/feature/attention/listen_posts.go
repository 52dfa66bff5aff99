package attention

import (
	"context"
	"slices"

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
	if err := wake(ctx, tx, e.Thread, e.Actor); err != nil {
		return err
	}
	// Who writes in a thread has seen what was new in it.
	if err := doneAbout(ctx, tx, e.Actor, e.Thread); err != nil {
		return err
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

// audience lists who is to hear of something in a thread: its followers and those
// named, who may read it and have not muted it; never whoever did it.
func (s *Service) audience(ctx context.Context, tx *db.Tx, e event.Event, named []id.ID) ([]id.ID, error) {
	to, err := s.spaces.Followers(ctx, tx, tx.Workspace, e.Thread)
	if err != nil {
		return nil, err
	}
	for _, p := range named {
		if !slices.Contains(to, p) {
			to = append(to, p)
		}
	}
	return s.hearing(ctx, tx, e, to)
}

// hearing leaves out who may not read the thread, has muted it, or did it.
func (s *Service) hearing(ctx context.Context, tx *db.Tx, e event.Event, to []id.ID) ([]id.ID, error) {
	muted, err := s.spaces.Muted(ctx, tx, tx.Workspace, []id.ID{e.Thread})
	if err != nil {
		return nil, err
	}
	reads, err := s.spaces.Readers(ctx, tx, tx.Workspace, e.Space)
	if err != nil {
		return nil, err
	}
	known, err := s.people.ByIDs(ctx, tx, tx.Workspace, to)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(to, func(p id.ID) bool {
		return p == e.Actor || muted[e.Thread][p] || !reads(known[p]) || known[p].Bot
	}), nil
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
