package spaces

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// SpaceChange says what is to be changed; nil stays as it is.
type SpaceChange struct {
	Name           *string
	Purpose        *string
	Private        *bool
	Archived       *bool // an archived space is only read
	Color          *string
	WindowDefault  *string
	WindowShortest *string
}

// ChangeSpace changes a space, archives it or brings it back: for its leads, and
// for admins who may read it. While it is archived it can only be brought back.
func (s *Service) ChangeSpace(ctx context.Context, a actor.Actor, space id.ID, c SpaceChange) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		sp, err := s.space(ctx, tx, a, space)
		if err != nil {
			return err
		}
		if !sp.mayChange(a) {
			return fault.New(fault.Forbidden, "leads_only", "Only the leads of the space and admins may change it.")
		}
		if !sp.ArchivedAt.IsZero() && (c.Archived == nil || *c.Archived) {
			return archived(sp.Space)
		}
		now, err := changed(sp.Space, c)
		if err != nil {
			return err
		}
		if c.Archived != nil {
			now.ArchivedAt = 0
			if *c.Archived {
				now.ArchivedAt = tx.Now
			}
		}
		if now.Name != sp.Name {
			if now.Handle, err = freeHandle(ctx, tx, now.Name); err != nil {
				return err
			}
		}
		if now == sp.Space {
			return nil
		}
		if now.Private && !sp.Member && !a.IsSystem() { // an admin does not lock themselves out
			if _, err := addMember(ctx, tx, space, a.Person, a.Person, true, tx.Now); err != nil {
				return err
			}
		}
		if err := updateSpace(ctx, tx, now); err != nil {
			return err
		}
		event.Append(tx, event.New{Kind: EventSpaceChanged, Actor: a.Person, Subject: spaceRef(space), Space: space, Data: spaceChanged(sp.Space, now)})
		return nil
	})
}

// SpaceChanged is the data of EventSpaceChanged: its name, and what it turned to when
// other people may read it than before.
type SpaceChanged struct {
	Name   string `json:"name"`
	Turned string `json:"turned,omitempty"`
}

// What a space turned to.
const (
	TurnedPrivate = "private"
	TurnedOpen    = "open"
)

func spaceChanged(was, now Space) SpaceChanged {
	data := SpaceChanged{Name: now.Name}
	switch {
	case now.Private && !was.Private:
		data.Turned = TurnedPrivate
	case was.Private && !now.Private:
		data.Turned = TurnedOpen
	}
	return data
}

// Turned says what a space turned to by an EventSpaceChanged; empty for neither.
func Turned(e event.Event) (string, error) {
	var data SpaceChanged
	err := e.Decode(&data)
	return data.Turned, err
}

// Shut says whether a space became private by an EventSpaceChanged: then some people may
// not read it any more.
func Shut(e event.Event) (bool, error) {
	turned, err := Turned(e)
	return turned == TurnedPrivate, err
}

func changed(sp Space, c SpaceChange) (_ Space, err error) {
	if c.Name != nil {
		if sp.Name, err = named(*c.Name); err != nil {
			return sp, err
		}
	}
	if c.Purpose != nil {
		if sp.Purpose, err = purposed(*c.Purpose); err != nil {
			return sp, err
		}
	}
	set(&sp.Private, c.Private)
	set(&sp.Color, c.Color)
	set(&sp.WindowDefault, c.WindowDefault)
	set(&sp.WindowShortest, c.WindowShortest)
	return sp, checkSpace(sp)
}

func set[T any](to, from *T) {
	if from != nil {
		*to = *from
	}
}
