package search

import (
	"context"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/id"
)

// filter is a Query with its names looked up.
type filter struct {
	words   []Term
	author  id.ID
	spaces  []id.ID
	threads []id.ID        // nil: any
	before  *clock.Instant // nil: any
	people  bool           // people are among what is looked for

	readable, within map[id.ID]bool // spaces and threads, once they are asked for
}

func (s *Service) filter(ctx context.Context, a actor.Actor, q Query) (f filter, none bool, err error) {
	f.words = q.Words
	if f.spaces, err = s.sources.Readable(ctx, s.db, a); err != nil {
		return f, false, err
	}
	f.people = a.Role != actor.Guest && q.From == "" && q.In == "" && q.Owed == "" && q.Before == ""
	if q.From != "" {
		who, ok, err := s.sources.Person(ctx, s.db, a, q.From)
		if err != nil || !ok {
			return f, true, err
		}
		f.author = who
	}
	if q.In != "" {
		space, ok, err := s.sources.Space(ctx, s.db, a, q.In)
		if err != nil || !ok {
			return f, true, err
		}
		f.spaces = []id.ID{space}
	}
	if q.Owed != "" {
		who, ok, err := s.sources.Person(ctx, s.db, a, q.Owed)
		if err != nil || !ok {
			return f, true, err
		}
		if f.threads, err = s.sources.Owing(ctx, s.db, a, who); err != nil || len(f.threads) == 0 {
			return f, true, err
		}
	}
	if q.Before != "" {
		day, _ := time.Parse(time.DateOnly, q.Before)
		at := clock.At(day)
		f.before = &at
	}
	if len(f.words) == 0 && q.From == "" && q.In == "" && q.Owed == "" && q.Before == "" {
		return f, true, nil
	}
	return f, false, nil
}
