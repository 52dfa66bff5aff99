package attention

import (
	"context"
	"math"
	"strconv"
	"strings"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

// cursor is where a page ended: in which feed of its tab, and behind which row.
type cursor struct {
	feed  int
	order int64
	id    id.ID
}

func (c cursor) behind() asks.Behind { return asks.Behind{Order: c.order, ID: c.id} }

func (e entry) cursor() string {
	return strconv.Itoa(e.at.feed) + "." + strconv.FormatInt(e.at.order, 36) + "." + e.key()
}

func readCursor(after string, feeds int) (c cursor, err error) {
	if after == "" {
		return c, nil
	}
	parts := strings.SplitN(after, ".", 3)
	if len(parts) != 3 {
		return c, web.BadCursor("after")
	}
	n, errFeed := strconv.Atoi(parts[0])
	order, errOrder := strconv.ParseInt(parts[1], 36, 64)
	kind, _, _ := strings.Cut(parts[2], "_")
	x, errID := id.Decode(kind, parts[2])
	if errFeed != nil || errOrder != nil || errID != nil || n < 0 || n >= feeds {
		return c, web.BadCursor("after")
	}
	return cursor{n, order, x}, nil
}

// feed reads rows of one sort in their order, behind a place, by a range of one
// index. Fewer than asked for are the last.
type feed func(ctx context.Context, q db.Queryer, in *inbox, after asks.Behind, limit int) ([]entry, error)

// feeds are what a tab is made of, one after the other.
func (s *Service) feeds(tab string) []feed {
	switch tab {
	case tabOwe:
		return []feed{s.owing}
	case tabOwed:
		return []feed{s.late, s.inTime, s.closed}
	}
	return []feed{s.news}
}

func (s *Service) owing(ctx context.Context, q db.Queryer, in *inbox, after asks.Behind, limit int) ([]entry, error) {
	list, err := s.asks.OweSlim(ctx, q, in.actor.Workspace, in.actor.Person, after, limit)
	out := make([]entry, 0, len(list))
	for _, x := range list {
		out = append(out, in.slimly(x, x.Order < int64(in.now)))
	}
	return out, err
}

func (s *Service) late(ctx context.Context, q db.Queryer, in *inbox, after asks.Behind, limit int) ([]entry, error) {
	list, err := s.asks.OwedLate(ctx, q, in.actor.Workspace, in.actor.Person, in.now, after, limit)
	out := make([]entry, 0, len(list))
	for _, x := range list {
		out = append(out, in.slimly(x, true))
	}
	return out, err
}

func (s *Service) inTime(ctx context.Context, q db.Queryer, in *inbox, after asks.Behind, limit int) ([]entry, error) {
	list, err := s.asks.OwedInTime(ctx, q, in.actor.Workspace, in.actor.Person, in.now, after, limit)
	out := make([]entry, 0, len(list))
	for _, x := range list {
		out = append(out, in.slimly(x, false))
	}
	return out, err
}

// closed are news of asks of one's own that are open no more; those still open
// stand in their own row, and are passed over here.
func (s *Service) closed(ctx context.Context, q db.Queryer, in *inbox, after asks.Behind, limit int) ([]entry, error) {
	list, err := openItems(ctx, q, in.actor.Workspace, in.actor.Person, true, backwards(after), limit)
	if err != nil {
		return nil, err
	}
	var about []id.ID
	for _, it := range list {
		about = append(about, it.AskID)
	}
	known, err := s.asks.WholeByID(ctx, q, in.actor.Workspace, about)
	out := make([]entry, 0, len(list))
	for i := range list {
		e := newsOf(&list[i])
		if e.ask = known[list[i].AskID]; e.ask == nil || e.ask.State == asks.Open {
			e.thread = id.ID{} // which nobody may see
		}
		out = append(out, e)
	}
	return out, err
}

func (s *Service) news(ctx context.Context, q db.Queryer, in *inbox, after asks.Behind, limit int) ([]entry, error) {
	list, err := openItems(ctx, q, in.actor.Workspace, in.actor.Person, false, backwards(after), limit)
	out := make([]entry, 0, len(list))
	for i := range list {
		out = append(out, newsOf(&list[i]))
	}
	return out, err
}

func newsOf(it *item) entry {
	return entry{
		id: it.ID, thread: it.ThreadID, group: groupInfo, changed: it.ChangedAt, item: it,
		at: cursor{order: int64(it.ChangedAt), id: it.ID},
	}
}

// backwards is the beginning of what is listed newest first.
func backwards(after asks.Behind) asks.Behind {
	if after == (asks.Behind{}) {
		return asks.Behind{Order: math.MaxInt64}
	}
	return after
}

// dueIn is the due in an order of dues; zero for none.
func dueIn(order int64) clock.Instant {
	if order >= asks.EndOfTime {
		return 0
	}
	return clock.Instant(order)
}

// mostLooked bounds how many rows a page passes over; it is then short, and the
// next goes on from there.
const mostLooked = 1000

// page reads rows of a tab from a place on. next is empty at the end.
func (s *Service) page(ctx context.Context, q db.Queryer, in *inbox, tab, after string, limit int) (list []entry, next string, err error) {
	feeds := s.feeds(tab)
	from, err := readCursor(after, len(feeds))
	if err != nil {
		return nil, "", err
	}
	looked := 0
	for n := from.feed; n < len(feeds); n++ {
		for {
			rows, err := feeds[n](ctx, q, in, from.behind(), limit+1)
			if err != nil {
				return nil, "", err
			}
			if err := s.sight(ctx, q, in, rows); err != nil {
				return nil, "", err
			}
			for _, e := range rows {
				e.at.feed = n
				if in.shows(e) {
					if len(list) == limit {
						return list, list[limit-1].cursor(), nil
					}
					list = append(list, e)
				}
				from = e.at
			}
			if looked += len(rows); len(rows) <= limit {
				break
			}
			if looked > mostLooked {
				return list, rows[len(rows)-1].in(n).cursor(), nil
			}
		}
		from = cursor{}
	}
	return list, "", nil
}

// in is an entry of a feed.
func (e entry) in(feed int) entry {
	e.at.feed = feed
	return e
}
