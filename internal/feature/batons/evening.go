package batons

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// lastHour is how long before the end of their day people are shown what could move on.
const lastHour = time.Hour

// mostOwed bounds how many of somebody's asks are looked at.
const mostOwed = 50

// Evening is what of somebody's work could move on while they are off. It is theirs
// alone to see.
type Evening struct {
	Wanted      bool          // they are told in the last hour of each day
	From, Until clock.Instant // the last hour of their day; zero when they never work
	Now         bool          // it is that hour
	Back        clock.Instant // when they work again
	Could       []Could
}

// Could is one thing that somebody in a waking zone could move: an open ask, or a baton.
type Could struct {
	Ask    *asks.Owing
	Baton  *Baton
	Thread id.ID
	Space  id.ID
	To     []Wake // who, the first to be ready in front; at most three
	Chain  id.ID  // the chain that says so, if one does
}

// lastHourOf is the last hour of the working day at an instant, or of the next one.
func lastHourOf(h *worktime.Schedule, now clock.Instant, day int) (from, until clock.Instant, ok bool) {
	end, err := h.EndOfDay(now.Time(), day)
	if err != nil {
		return 0, 0, false
	}
	until = clock.At(end)
	return until.Add(-lastHour), until, true
}

// Tonight tells the actor what of their work somebody could have moved for two hours
// before they are back.
func (s *Service) Tonight(ctx context.Context, a actor.Actor) (e Evening, err error) {
	err = s.db.Snapshot(ctx, func(ctx context.Context, q db.Queryer) error {
		e, err = s.evening(ctx, q, a)
		return err
	})
	return e, err
}

func (s *Service) evening(ctx context.Context, q db.Queryer, a actor.Actor) (e Evening, err error) {
	row, _, err := loadEvening(ctx, q, a.Workspace, a.Person)
	if err != nil {
		return e, err
	}
	e.Wanted = row.Wanted
	h, err := s.people.Hours(ctx, q, a.Workspace, a.Person)
	if err != nil {
		return e, err
	}
	now, ok := s.now(), false
	if e.From, e.Until, ok = lastHourOf(h, now, 0); !ok {
		return Evening{Wanted: row.Wanted}, nil
	}
	e.Now = e.From <= now && now < e.Until
	back, err := h.Next(e.Until.Time())
	if err != nil {
		return e, nil //nolint:nilerr // somebody who never works again hands nothing over by the clock
	}
	e.Back = clock.Up(back)
	own, err := s.own(ctx, q, a)
	if err != nil {
		return e, err
	}
	m := movers{s: s, q: q, a: a, now: now, back: e.Back, seen: map[id.ID][]found{}}
	for _, c := range own {
		if err := m.who(ctx, &c); err != nil {
			return e, err
		}
		if len(c.To) > 0 {
			e.Could = append(e.Could, c)
		}
	}
	return e, nil
}

// own lists what somebody has that could move: batons that are not on offer, and asks
// that have reached them.
func (s *Service) own(ctx context.Context, q db.Queryer, a actor.Actor) (out []Could, err error) {
	batons, err := withPerson(ctx, q, a.Workspace, a.Person, id.ID{}, mostOwed)
	if err != nil {
		return nil, err
	}
	along := map[id.ID]bool{}
	for _, b := range batons {
		along[b.Ask] = true
		if b.State == Held && b.Holder == a.Person {
			out = append(out, Could{Baton: &b, Thread: b.Thread, Space: b.Space})
		}
	}
	owed, err := s.asks.Owe(ctx, q, a, a.Person, asks.Cursor{}, mostOwed)
	if err != nil {
		return nil, err
	}
	var threads []id.ID
	for _, o := range owed {
		threads = append(threads, o.Ask.ThreadID)
	}
	places, err := s.spaces.Threads(ctx, q, a, threads)
	if err != nil {
		return nil, err
	}
	for _, o := range owed {
		t, ok := places[o.Ask.ThreadID]
		if o.Gone || !ok || t.Concluded() || along[o.Ask.ID] || !o.Ask.HeldID.IsZero() || !moves(o.Ask.Kind) || o.Mine.Reach > s.now() {
			continue
		}
		out = append(out, Could{Ask: &o, Thread: t.ID, Space: t.Space})
	}
	return out, nil
}

// moves says whether somebody else could do what is asked: a nod is one's own.
func moves(k asks.Kind) bool { return k != asks.Acknowledge && k != asks.CheckIn }

// movers finds who could move things on, once for each space.
type movers struct {
	s         *Service
	q         db.Queryer
	a         actor.Actor
	now, back clock.Instant
	seen      map[id.ID][]found
}

type found struct {
	Wake
	chain id.ID
}

func (m *movers) who(ctx context.Context, c *Could) error {
	list, ok := m.seen[c.Space]
	if !ok {
		var err error
		if list, err = m.inSpace(ctx, c.Space); err != nil {
			return err
		}
		m.seen[c.Space] = list
	}
	for _, f := range list {
		if len(c.To) == 3 {
			break
		}
		if c.Ask != nil && (c.Ask.Ask.AskerID == f.Person || c.Ask.Ask.Of(f.Person) != nil) {
			continue
		}
		if len(c.To) == 0 {
			c.Chain = f.chain
		}
		c.To = append(c.To, f.Wake)
	}
	return nil
}

// inSpace lists who reads a space, is in a chain or a team with the actor, and can have
// two hours of work before the actor is back. Chains come first.
func (m *movers) inSpace(ctx context.Context, space id.ID) (out []found, err error) {
	s, ws := m.s, m.a.Workspace
	chains, err := chainsIn(ctx, m.q, ws, []id.ID{space}, id.ID{}, bunch)
	if err != nil {
		return nil, err
	}
	known := map[id.ID]bool{m.a.Person: true}
	add := func(list []Wake, chain id.ID) {
		for _, w := range list {
			if !known[w.Person] && w.Ready <= m.back {
				known[w.Person] = true
				out = append(out, found{w, chain})
			}
		}
	}
	for _, c := range chains {
		members, err := s.members(ctx, m.q, ws, c)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(members, m.a.Person) {
			continue
		}
		hours, err := s.people.HoursOf(ctx, m.q, ws, members)
		if err != nil {
			return nil, err
		}
		add(wakeAll(members, hours, m.now, c.Window), c.ID)
	}
	mates, err := s.mates(ctx, m.q, m.a)
	if err != nil {
		return nil, err
	}
	list, err := s.wakesAmong(ctx, m.q, ws, space, mates, usualWindow, m.now)
	add(list, id.ID{})
	return out, err
}

// mates are those who share a team with the actor.
func (s *Service) mates(ctx context.Context, q db.Queryer, a actor.Actor) ([]id.ID, error) {
	teams, err := s.people.TeamsWith(ctx, q, a.Workspace, a.Person)
	if err != nil || len(teams) == 0 {
		return nil, err
	}
	list, err := s.people.Expand(ctx, q, a.Workspace, nil, teams)
	if len(list) > 500 {
		list = list[:500] // enough to find somebody awake
	}
	return list, err
}

// WantEvenings says whether the actor is told in the last hour of each of their days.
func (s *Service) WantEvenings(ctx context.Context, a actor.Actor, wanted bool) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("how somebody wants their evenings is theirs alone")
		if err := putEvening(ctx, tx, a.Person, evening{Wanted: wanted}); err != nil || !wanted {
			return err
		}
		return s.tonight(ctx, tx, a.Person)
	})
}

// tonight notes when somebody's last hour comes next, unless they do not want to be told.
func (s *Service) tonight(ctx context.Context, tx *db.Tx, person id.ID) error {
	row, ok, err := loadEvening(ctx, tx, tx.Workspace, person)
	if err != nil || ok && !row.Wanted {
		return err
	}
	hours, err := s.people.HoursOf(ctx, tx, tx.Workspace, []id.ID{person})
	if err != nil {
		return err
	}
	next := evening{Wanted: true}
	if h := hours[person]; h != nil {
		for day := range 2 {
			if from, _, ok := lastHourOf(h, tx.Now, day); ok && from > tx.Now {
				next.LookAt = from
				break
			}
		}
	}
	return putEvening(ctx, tx, person, next)
}

func (s *Service) eveningsOf(ctx context.Context, tx *db.Tx, c Chain) error {
	list, err := s.members(ctx, tx, tx.Workspace, c)
	for _, p := range list {
		if err := s.tonight(ctx, tx, p); err != nil {
			return err
		}
	}
	return err
}

// Evenings tells those whose last hour has begun what could move on, in all workspaces.
func (s *Service) Evenings(ctx context.Context) error {
	var at place
	var errs []error
	now := s.now()
	for {
		list, err := dueEvenings(ctx, s.db, now, at, bunch)
		if err != nil {
			return errors.Join(append(errs, err)...)
		}
		for _, p := range list {
			if err := s.tell(ctx, p); err != nil {
				errs = append(errs, fmt.Errorf("batons: the evening of %s: %w", p.ID, err))
			}
		}
		if len(list) < bunch {
			return errors.Join(errs...)
		}
		at = list[len(list)-1]
	}
}

func (s *Service) tell(ctx context.Context, p place) error {
	return s.db.Write(ctx, p.WorkspaceID, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("an evening on which nothing could move on")
		row, ok, err := loadEvening(ctx, tx, p.WorkspaceID, p.ID)
		if err != nil || !ok || row.LookAt != p.LookAt {
			return err
		}
		x, err := s.people.Get(ctx, tx, p.WorkspaceID, p.ID)
		if none, err := gone(err); err != nil || none || !x.Active(tx.Now) {
			return errors.Join(err, putEvening(ctx, tx, p.ID, evening{Wanted: row.Wanted}))
		}
		e, err := s.evening(ctx, tx, x.Actor())
		if err != nil {
			return err
		}
		if e.Now && len(e.Could) > 0 {
			event.Append(tx, event.New{Kind: EventEvening, Subject: event.Ref{Kind: "evening", ID: p.ID}, Concerns: []id.ID{p.ID}, Due: e.Until})
		}
		return s.tonight(ctx, tx, p.ID)
	})
}
