package live

import (
	"context"
	"slices"
	"sync"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
)

// mostSpaces bounds the spaces whose readers are remembered.
const mostSpaces = 512

// rights remember who may read which space of one workspace. They are read when a
// space is first spoken of, and again when the log says that they changed: since
// the log is taken in order, what follows a change is told by the new rights.
// Nothing is asked of the database while mu is held.
type rights struct {
	service   *Service
	workspace id.ID

	mu     sync.Mutex
	spaces map[id.ID]*Readers
	open   map[id.ID]bool // as far as is known: who loses sight of one is told
	turn   int64          // counts changes: what was read before one is not remembered after it
}

// look reads where the log of a workspace stands, and what is open there at that moment.
func (s *Service) look(ctx context.Context, workspace id.ID) (head int64, r *rights, err error) {
	r = &rights{service: s, workspace: workspace, spaces: map[id.ID]*Readers{}, open: map[id.ID]bool{}}
	err = s.db.Snapshot(ctx, func(ctx context.Context, q db.Queryer) error {
		if head, err = event.Head(ctx, q, workspace); err != nil {
			return err
		}
		list, err := s.spaces.Open(ctx, q, workspace)
		for _, x := range list {
			r.open[x] = true
		}
		return err
	})
	return head, r, err
}

// audience says of one event who may know of it. It is asked while rights.mu is held.
type audience struct {
	event   event.Event
	readers *Readers // nil without a space
	was     bool     // the space was open until this event
	access  bool     // the event changes who may read what
}

// now looks up who may know of the log's next event, and first what it changes.
func (r *rights) now(ctx context.Context, e event.Event) (a audience, err error) {
	was := false
	if changesAccess(e.Kind) && !e.Space.IsZero() {
		if was, err = r.refresh(ctx, e); err != nil {
			return a, err
		}
	}
	a, err = r.then(ctx, e)
	a.was = was
	return a, err
}

// then looks up who may now know of an event that has passed.
func (r *rights) then(ctx context.Context, e event.Event) (a audience, err error) {
	a = audience{event: e, access: changesAccess(e.Kind)}
	if !e.Space.IsZero() {
		a.readers, err = r.readers(ctx, e.Space)
	}
	return a, err
}

// told says whether somebody who comes back is told of an event they missed, that
// they lost sight of something among them.
func (r *rights) told(ctx context.Context, v *viewer, e event.Event) (bool, error) {
	a, err := r.then(ctx, e)
	if err != nil {
		return false, err
	}
	r.mu.Lock() // the hub may be changing the readers meanwhile
	defer r.mu.Unlock()
	return a.tells(v), nil
}

func (r *rights) readers(ctx context.Context, space id.ID) (*Readers, error) {
	r.mu.Lock()
	known, ok := r.spaces[space]
	turn := r.turn
	r.mu.Unlock()
	if ok {
		return known, nil
	}
	found, err := r.service.spaces.Readers(ctx, r.service.db, r.workspace, space)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.turn == turn {
		if len(r.spaces) >= mostSpaces {
			clear(r.spaces)
		}
		r.spaces[space] = &found
	}
	return &found, nil
}

// refresh reads again what an event has changed, and says whether the space was
// open before. A member more or less is looked up alone, because a space of
// thousands is joined by one after the other.
func (r *rights) refresh(ctx context.Context, e event.Event) (was bool, err error) {
	now := map[id.ID]bool{}
	if joinsOrLeaves(e.Kind) {
		for _, p := range e.Concerns {
			if now[p], err = r.service.spaces.Member(ctx, r.service.db, r.workspace, e.Space, p); err != nil {
				return false, err
			}
		}
	}
	r.mu.Lock()
	r.turn++
	was = r.open[e.Space]
	known := r.spaces[e.Space]
	if joinsOrLeaves(e.Kind) {
		for p, member := range now {
			if known != nil && member {
				known.Members[p] = true
			} else if known != nil {
				delete(known.Members, p)
			}
		}
		r.mu.Unlock()
		return was, nil
	}
	delete(r.spaces, e.Space)
	r.mu.Unlock()
	found, err := r.readers(ctx, e.Space)
	if err == nil {
		r.mu.Lock()
		r.open[e.Space] = found.Open
		r.mu.Unlock()
	}
	return was, err
}

// tells says whether a viewer is told of an event: they may know of it, or they
// lose sight of something by it.
func (a audience) tells(v *viewer) bool {
	if a.sees(v) {
		return true
	}
	return a.access && (slices.Contains(a.event.Concerns, v.actor.Person) || (a.was && v.actor.Role != actor.Guest))
}

// sees says whether a viewer may know of an event: readers of its space; without
// one, who did it and the people it concerns, or everybody but guests when it
// concerns nobody.
func (a audience) sees(v *viewer) bool {
	e := a.event
	if a.readers != nil {
		return (a.readers.Open && v.actor.Role != actor.Guest) || a.readers.Members[v.actor.Person]
	}
	if (e.Actor == v.actor.Person && !e.Actor.IsZero()) || slices.Contains(e.Concerns, v.actor.Person) {
		return true
	}
	return len(e.Concerns) == 0 && v.actor.Role != actor.Guest
}

// changesAccess says whether who may read what may be different after this event.
func changesAccess(kind string) bool {
	return joinsOrLeaves(kind) || kind == "spaces.space_opened" || kind == "spaces.space_changed" || changesPeople(kind)
}

func joinsOrLeaves(kind string) bool {
	return kind == "spaces.member_added" || kind == "spaces.member_removed"
}

func changesPeople(kind string) bool { return kind == "people.changed" || kind == "people.removed" }
