package asks

import (
	"context"
	"slices"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// Slim is an open ask as a list needs it to put it in order and to ask who may
// see it. It takes a range of an index and no more.
type Slim struct {
	Order    int64 `db:"place"` // the due it is listed by, or the end of time
	ID       id.ID
	ThreadID id.ID
	Version  int64
}

// Behind is where a list of slim asks goes on; the zero Behind is the beginning.
type Behind struct {
	Order int64
	ID    id.ID
}

func (b Behind) place() place {
	if b == (Behind{}) {
		return place{DueOrder: -1 << 62}
	}
	return place{DueOrder: b.Order, ID: b.ID}
}

// OweSlim pages through what a person owes, by their own due or promise; without
// one comes last. Whether they may see it is for the caller to ask.
func (s *Service) OweSlim(ctx context.Context, q db.Queryer, ws, person id.ID, after Behind, limit int) ([]Slim, error) {
	return slimOf(ctx, q, ws, person, after.place(), limit)
}

// OwedLate pages through the open asks of a person with whom somebody is late at
// an instant, the longest late first.
func (s *Service) OwedLate(ctx context.Context, q db.Queryer, ws, asker id.ID, now clock.Instant, after Behind, limit int) ([]Slim, error) {
	return slimLate(ctx, q, ws, asker, now, after.place(), limit)
}

// OwedInTime pages through the others, by their last due.
func (s *Service) OwedInTime(ctx context.Context, q db.Queryer, ws, asker id.ID, now clock.Instant, after Behind, limit int) ([]Slim, error) {
	return slimInTime(ctx, q, ws, asker, now, after.place(), limit)
}

// CountOwe counts what a person owes, and how much of it is due up to an instant,
// by the index alone and up to most.
func (s *Service) CountOwe(ctx context.Context, q db.Queryer, ws, person id.ID, until clock.Instant, most int) (all, due int, err error) {
	n, err := countOf(ctx, q, ws, person, int64(until), most)
	return int(n.N), int(n.Due), err
}

// CountOwedTo counts the open asks that a person made, up to most.
func (s *Service) CountOwedTo(ctx context.Context, q db.Queryer, ws, person id.ID, most int) (int, error) {
	n, err := countByAsker(ctx, q, ws, person, most)
	return int(n), err
}

// asksKept is how many bytes of whole asks are kept, and askSize what one takes
// about, beside its addressees.
const (
	asksKept = 12 << 20
	askSize  = 600
	owedSize = 400
)

type askKey struct {
	id      id.ID
	version int64
}

// Whole reads asks with their addressees, by id; those whose version is known are
// not read. It does not ask who wants to know. Nobody changes what it gives.
func (s *Service) Whole(ctx context.Context, q db.Queryer, ws id.ID, list []Slim) (map[id.ID]*Ask, error) {
	out := make(map[id.ID]*Ask, len(list))
	var missing []id.ID
	for _, x := range list {
		if a, ok := s.whole.Get(askKey{x.ID, x.Version}); ok && db.Committed(q) {
			out[x.ID] = a
		} else {
			missing = append(missing, x.ID)
		}
	}
	read, err := loadAll(ctx, q, ws, unique(missing))
	if err != nil {
		return nil, err
	}
	for i := range read {
		a := &read[i]
		out[a.ID] = a
		if db.Committed(q) {
			s.whole.Put(askKey{a.ID, a.Version}, a, askSize+int64(len(a.Text)+len(a.Reason)+len(a.Otherwise)+owedSize*len(a.Owed)))
		}
	}
	return out, nil
}

// WholeByID is Whole for asks of which only the ids are known.
func (s *Service) WholeByID(ctx context.Context, q db.Queryer, ws id.ID, ids []id.ID) (map[id.ID]*Ask, error) {
	slim, err := slimByID(ctx, q, ws, unique(ids))
	if err != nil {
		return nil, err
	}
	return s.Whole(ctx, q, ws, slim)
}

// known reads asks in the order of the ids, as Whole does.
func (s *Service) known(ctx context.Context, q db.Queryer, ws id.ID, ids []id.ID) ([]Ask, error) {
	if !db.Committed(q) {
		return loadAll(ctx, q, ws, ids)
	}
	slim, err := slimByID(ctx, q, ws, unique(ids))
	if err != nil || len(slim) == 0 {
		return []Ask{}, err
	}
	place := make(map[id.ID]int, len(ids))
	for i, x := range unique(ids) {
		place[x] = i
	}
	slices.SortFunc(slim, func(x, y Slim) int { return place[x.ID] - place[y.ID] })
	return s.inOrder(ctx, q, ws, slim)
}

// inOrder is Whole as a list; in a write, as that left them.
func (s *Service) inOrder(ctx context.Context, q db.Queryer, ws id.ID, slim []Slim) ([]Ask, error) {
	whole, err := s.Whole(ctx, q, ws, slim)
	if err != nil {
		return nil, err
	}
	out := make([]Ask, 0, len(slim))
	for _, x := range slim {
		if a, ok := whole[x.ID]; ok {
			out = append(out, *a)
		}
	}
	return out, nil
}
