package attention

import (
	"context"
	"slices"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// A page of an inbox is a dozen questions, few of which need another's answer. Where
// the database is a journey away they are asked in two: the lists of every tab, and
// then what is to be known of what they hold.

// foresee opens an inbox, and gives a Queryer that knows what a page of it will ask.
func (s *Service) foresee(ctx context.Context, q db.Queryer, in *inbox, tab, after string, limit int) (db.Queryer, error) {
	lists := s.lists(ctx, in, tab, after, limit)
	q, err := db.Ahead(ctx, q, append([]func(db.Queryer) error{func(q db.Queryer) error {
		_, _ = s.people.Hours(ctx, q, in.actor.Workspace, in.actor.Person)
		_, err := snoozesOf(ctx, q, in.actor.Workspace, in.actor.Person, in.now)
		return err
	}}, lists.questions()...)...)
	if err != nil {
		return nil, err
	}
	if err := s.open(ctx, q, in); err != nil {
		return nil, err
	}
	return db.Ahead(ctx, q, func(q db.Queryer) error { return s.about(ctx, q, in, lists) })
}

// list is the beginning of a feed, or where a page of it goes on.
type list struct {
	tab  string
	most int
	read func(db.Queryer) ([]entry, error)
}

type lists []list

func (l lists) questions() (out []func(db.Queryer) error) {
	for _, x := range l {
		out = append(out, func(q db.Queryer) error { _, err := x.read(q); return err })
	}
	return out
}

// lists are those that a page and its summary begin with, in their order.
func (s *Service) lists(ctx context.Context, in *inbox, tab, after string, limit int) (out lists) {
	add := func(tab string, n int, behind asks.Behind, most int) {
		out = append(out, list{tab, most, func(q db.Queryer) ([]entry, error) {
			return s.feeds(tab)[n](ctx, q, in, behind, most+1)
		}})
	}
	if from, err := readCursor(after, len(s.feeds(tab))); after != "" && tab != tabSnoozed && err == nil {
		add(tab, from.feed, from.behind(), limit)
	}
	tabs := []string{tabOwe, tabOwed, tabInfo}
	if i := slices.Index(tabs, tab); i > 0 && after == "" { // the page is read first
		tabs = slices.Insert(slices.Delete(tabs, i, i+1), 0, tab)
	}
	for _, t := range tabs {
		most := headSize
		if t == tab && after == "" {
			most = limit
		}
		for n := range s.feeds(t) {
			add(t, n, asks.Behind{}, most)
		}
	}
	return out
}

// about asks which of the threads the reader may see, and counts what does not fit
// on a page. A tab whose first feed fills a page is not read beyond.
func (s *Service) about(ctx context.Context, q db.Queryer, in *inbox, l lists) error {
	scratch := *in
	scratch.threads, scratch.looked = map[id.ID]spaces.ThreadIn{}, map[id.ID]bool{}
	full := map[string]bool{}
	for _, x := range l {
		if full[x.tab] {
			continue
		}
		rows, err := x.read(q)
		if err != nil {
			return err
		}
		_ = s.sight(ctx, q, &scratch, rows)
		full[x.tab] = len(rows) > x.most
		switch {
		case !full[x.tab]:
		case x.tab == tabOwed:
			_, _ = s.asks.CountOwedTo(ctx, q, in.actor.Workspace, in.actor.Person, mostCounted)
		default:
			_, _, _ = s.count(ctx, q, &scratch, x.tab, nil)
		}
	}
	return nil
}
