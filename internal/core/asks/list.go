package asks

import (
	"context"

	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

func missing() error { return fault.Missing("ask") }

// Ask finds one ask; a not_found fault when the actor may not see its thread.
func (s *Service) Ask(ctx context.Context, q db.Queryer, a actor.Actor, ask id.ID) (Ask, error) {
	list, err := s.Asks(ctx, q, a, []id.ID{ask})
	if err != nil {
		return Ask{}, err
	}
	if len(list) == 0 {
		return Ask{}, missing()
	}
	return list[0], nil
}

// Asks finds asks with all their addressees, in the order of the ids. Those the
// actor may not see are left out. The number of queries does not grow with the list.
func (s *Service) Asks(ctx context.Context, q db.Queryer, a actor.Actor, ids []id.ID) ([]Ask, error) {
	list, err := s.known(ctx, q, a.Workspace, ids)
	if err != nil || len(list) == 0 {
		return list, err
	}
	places, err := s.places(ctx, q, a, threadsOf(list))
	if err != nil {
		return nil, err
	}
	out := make([]Ask, 0, len(list))
	for _, x := range list {
		if _, ok := places[x.ThreadID]; ok {
			out = append(out, x)
		}
	}
	return out, nil
}

// OfPosts shows the asks made on posts that the actor may see, by post.
func (s *Service) OfPosts(ctx context.Context, q db.Queryer, a actor.Actor, posts []id.ID) (map[id.ID][]AskView, error) {
	out := map[id.ID][]AskView{}
	slim, err := slimOfPosts(ctx, q, a.Workspace, posts)
	if err != nil || len(slim) == 0 {
		return out, err
	}
	list, err := s.inOrder(ctx, q, a.Workspace, slim)
	if err != nil {
		return nil, err
	}
	shown, views, err := s.seen(ctx, q, a, list)
	for i, v := range views {
		out[shown[i].PostID] = append(out[shown[i].PostID], v)
	}
	return out, err
}

// AnswersOf lists which asks each post answers.
func (s *Service) AnswersOf(ctx context.Context, q db.Queryer, ws id.ID, posts []id.ID) (map[id.ID][]id.ID, error) {
	out := map[id.ID][]id.ID{}
	for start := 0; start < len(posts); start += chunk {
		rows, err := answersOfPosts(ctx, q, ws, posts[start:min(start+chunk, len(posts))])
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			out[r.AnswerPost] = append(out[r.AnswerPost], r.AskID)
		}
	}
	return out, nil
}

// OpenCounts says how many asks are open in each thread; none is left out. Quiet ones do
// not count: their number would tell how many have not answered yet.
func (s *Service) OpenCounts(ctx context.Context, q db.Queryer, ws id.ID, threads []id.ID) (map[id.ID]int, error) {
	out := map[id.ID]int{}
	for start := 0; start < len(threads); start += chunk {
		rows, err := openInThreads(ctx, q, ws, threads[start:min(start+chunk, len(threads))])
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			out[r.ThreadID] = int(r.N)
		}
	}
	return out, nil
}

// Cursor is where a page of asks ended; the zero Cursor is the beginning.
type Cursor struct {
	Due clock.Instant // none sorts last
	Ask id.ID
}

func (c Cursor) place() place {
	if c == (Cursor{}) {
		return place{DueOrder: -1 << 62}
	}
	return place{DueOrder: order(c.Due), ID: c.Ask}
}

// Owing is an ask that somebody still owes, with their own row. Gone says that the
// reader may not see its thread any more: everything else is then empty.
type Owing struct {
	Ask  Ask
	Mine Owed
	Next Cursor // of this row: give it to read on behind it
	Gone bool
}

// Owe pages through what a person owes, by their own due; without a due comes
// last. The actor's sight decides what is shown. At most limit rows, three queries.
func (s *Service) Owe(ctx context.Context, q db.Queryer, a actor.Actor, person id.ID, after Cursor, limit int) ([]Owing, error) {
	rows, err := openOf(ctx, q, a.Workspace, person, after.place(), limit)
	if err != nil {
		return nil, err
	}
	return s.owing(ctx, q, a, rows, func(x *Ask) (Owed, bool) {
		o := x.Of(person)
		if o == nil {
			return Owed{}, false
		}
		return *o, true
	})
}

// OwedTo pages through the open asks that a person made, by their last due.
func (s *Service) OwedTo(ctx context.Context, q db.Queryer, a actor.Actor, person id.ID, after Cursor, limit int) ([]Owing, error) {
	rows, err := openByAsker(ctx, q, a.Workspace, person, after.place(), limit)
	if err != nil {
		return nil, err
	}
	return s.owing(ctx, q, a, rows, func(*Ask) (Owed, bool) { return Owed{}, true })
}

func (s *Service) owing(ctx context.Context, q db.Queryer, a actor.Actor, rows []place, mine func(*Ask) (Owed, bool)) ([]Owing, error) {
	ids := make([]id.ID, 0, len(rows))
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	list, err := s.Asks(ctx, q, a, ids)
	if err != nil {
		return nil, err
	}
	seen := map[id.ID]*Ask{}
	for i := range list {
		seen[list[i].ID] = &list[i]
	}
	out := make([]Owing, 0, len(rows))
	for _, r := range rows {
		o := Owing{Next: r.cursor(), Gone: true}
		if x, ok := seen[r.ID]; ok {
			if row, ok := mine(x); ok {
				o.Ask, o.Mine, o.Gone = *x, row, false
			}
		}
		out = append(out, o)
	}
	return out, nil
}

func (p place) cursor() Cursor {
	c := Cursor{Ask: p.ID}
	if p.DueOrder != EndOfTime {
		c.Due = clock.Instant(p.DueOrder)
	}
	return c
}

// OfThread pages through the asks of a thread, oldest first, behind the one named
// last (zero at first). more says that there are others.
func (s *Service) OfThread(ctx context.Context, q db.Queryer, a actor.Actor, thread, after id.ID, limit int) (list []Ask, more bool, err error) {
	if _, err := s.spaces.Thread(ctx, q, a, thread); err != nil {
		return nil, false, err
	}
	ids, err := idsOfThread(ctx, q, a.Workspace, thread, after, limit+1)
	if err != nil {
		return nil, false, err
	}
	more = len(ids) > limit
	list, err = s.known(ctx, q, a.Workspace, ids[:min(len(ids), limit)])
	return list, more, err
}

// PostAsks is what spaces hangs on posts: the asks made on each, and those that
// each answers. app hands it to spaces.
func (s *Service) PostAsks(ctx context.Context, q db.Queryer, a actor.Actor, posts []id.ID) (map[id.ID]spaces.PostAsks, error) {
	made, err := s.OfPosts(ctx, q, a, posts)
	if err != nil {
		return nil, err
	}
	answers, err := s.AnswersOf(ctx, q, a.Workspace, posts)
	if err != nil {
		return nil, err
	}
	out := map[id.ID]spaces.PostAsks{}
	for _, p := range posts {
		hung := spaces.PostAsks{Asks: []any{}, Answers: id.EncodeAll("ask", answers[p])}
		for i := range made[p] {
			hung.Asks = append(hung.Asks, &made[p][i])
		}
		out[p] = hung
	}
	return out, nil
}

// OpenAsks counts the open asks of threads; app hands it to spaces.
func (s *Service) OpenAsks(ctx context.Context, q db.Queryer, a actor.Actor, threads []id.ID) (map[id.ID]int, error) {
	return s.OpenCounts(ctx, q, a.Workspace, threads)
}
