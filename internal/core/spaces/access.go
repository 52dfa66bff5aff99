package spaces

import (
	"context"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// seen is a space as one person stands to it.
type seen struct {
	Space
	Member bool
	Leads  bool
}

// A public space is read by everybody in the workspace but guests; guests, and
// everybody in a private space, must be members. Owners and admins are no exception.
func (s seen) mayRead(a actor.Actor) bool {
	return a.IsSystem() || s.Member || !s.Private && a.Role != actor.Guest
}

func (s seen) mayPost(a actor.Actor) bool { return s.mayRead(a) && s.ArchivedAt.IsZero() }

func (s seen) mayChange(a actor.Actor) bool {
	return s.mayRead(a) && a.Role != actor.Guest && (a.IsSystem() || s.Leads || a.Administers())
}

func (s seen) mayInvite(a actor.Actor) bool { return s.mayPost(a) && a.Role != actor.Guest }

// space finds a space that the actor may read.
func (s *Service) space(ctx context.Context, q db.Queryer, a actor.Actor, space id.ID) (seen, error) {
	sp, ok, err := loadSpace(ctx, q, a.Workspace, space, a.Person)
	if err == nil && (!ok || !sp.mayRead(a)) {
		err = fault.Missing("space")
	}
	return sp, err
}

// Space reads a space that the actor may see.
func (s *Service) Space(ctx context.Context, q db.Queryer, a actor.Actor, space id.ID) (Space, error) {
	sp, err := s.space(ctx, q, a, space)
	return sp.Space, err
}

// MayRead is nil when the actor may read a space, else not_found.
func (s *Service) MayRead(ctx context.Context, q db.Queryer, a actor.Actor, space id.ID) error {
	_, err := s.space(ctx, q, a, space)
	return err
}

// MayPost is nil when the actor may write in a space; not_found when they may
// not even see it, and a sentence when it is archived.
func (s *Service) MayPost(ctx context.Context, q db.Queryer, a actor.Actor, space id.ID) error {
	_, err := s.postable(ctx, q, a, space)
	return err
}

// MayChange says whether the actor may change a space that they may read; it is
// not_found when they may not.
func (s *Service) MayChange(ctx context.Context, q db.Queryer, a actor.Actor, space id.ID) (bool, error) {
	sp, err := s.space(ctx, q, a, space)
	return err == nil && sp.mayChange(a), err
}

func (s *Service) postable(ctx context.Context, q db.Queryer, a actor.Actor, space id.ID) (seen, error) {
	sp, err := s.space(ctx, q, a, space)
	if err == nil && !sp.mayPost(a) {
		err = archived(sp.Space)
	}
	return sp, err
}

func archived(sp Space) error {
	return fault.Newf(fault.Forbidden, "space_archived", "%s is archived and can only be read. Ask one of its leads to bring it back.", sp.Name)
}

// Readable lists the spaces that the actor may read.
func (s *Service) Readable(ctx context.Context, q db.Queryer, a actor.Actor) ([]id.ID, error) {
	return readableSpaces(ctx, q, a.Workspace, a.Person, a.IsSystem(), a.Role != actor.Guest)
}

// Readers answers, for one space and after one look at the database, who may read
// it. People who are not active may not.
func (s *Service) Readers(ctx context.Context, q db.Queryer, workspace, space id.ID) (func(people.Person) bool, error) {
	sp, ok, err := loadSpace(ctx, q, workspace, space, id.ID{})
	if err != nil || !ok {
		return func(people.Person) bool { return false }, err
	}
	list, err := memberIDs(ctx, q, workspace, space)
	if err != nil {
		return nil, err
	}
	members := make(map[id.ID]bool, len(list))
	for _, m := range list {
		members[m] = true
	}
	now := s.now()
	return func(p people.Person) bool {
		return p.WorkspaceID == workspace && p.Active(now) && (members[p.ID] || !sp.Private && p.Role != actor.Guest)
	}, nil
}

// Standing is a space as somebody who may read it stands to it.
type Standing struct {
	Space
	MayChange bool
}

// SpacesIn reads some spaces; those that the actor may not read are left out.
func (s *Service) SpacesIn(ctx context.Context, q db.Queryer, a actor.Actor, list []id.ID) (map[id.ID]Standing, error) {
	out := make(map[id.ID]Standing, len(list))
	for _, part := range chunks(list) {
		rows, err := spacesByID(ctx, q, a.Workspace, a.Person, part)
		if err != nil {
			return nil, err
		}
		for _, sp := range rows {
			if sp.mayRead(a) {
				out[sp.ID] = Standing{sp.Space, sp.mayChange(a)}
			}
		}
	}
	return out, nil
}

// ReadersOf is Readers for some spaces at once: who of some people may read each. What
// is not there nobody may.
func (s *Service) ReadersOf(ctx context.Context, q db.Queryer, workspace id.ID, list []id.ID) (func(space id.ID, p people.Person) bool, error) {
	private, members := map[id.ID]bool{}, map[memberOf]bool{}
	for _, part := range chunks(list) {
		rows, err := spacesByID(ctx, q, workspace, id.ID{}, part)
		if err != nil {
			return nil, err
		}
		for _, sp := range rows {
			private[sp.ID] = sp.Private
		}
		in, err := membersIn(ctx, q, workspace, part)
		if err != nil {
			return nil, err
		}
		for _, m := range in {
			members[m] = true
		}
	}
	now := s.now()
	return func(space id.ID, p people.Person) bool {
		shut, there := private[space]
		return there && p.WorkspaceID == workspace && p.Active(now) && (members[memberOf{space, p.ID}] || !shut && p.Role != actor.Guest)
	}, nil
}

// Members lists the ids of a space's members, by id. It does not check who asks.
func (s *Service) Members(ctx context.Context, q db.Queryer, workspace, space id.ID) ([]id.ID, error) {
	return memberIDs(ctx, q, workspace, space)
}

// Leads lists the ids of those who lead a space, by id. It does not check who asks.
func (s *Service) Leads(ctx context.Context, q db.Queryer, workspace, space id.ID) ([]id.ID, error) {
	return leadIDs(ctx, q, workspace, space)
}

// Shares lists the people who are members of a space that a person is a member
// of, or who take part in a thread there.
func (s *Service) Shares(ctx context.Context, q db.Queryer, workspace, person id.ID) ([]id.ID, error) {
	return sharing(ctx, q, workspace, person)
}

// thread finds a thread that the actor may read, and its space.
func (s *Service) thread(ctx context.Context, q db.Queryer, a actor.Actor, thread id.ID) (Thread, seen, error) {
	t, sp, ok, err := loadPlaced(ctx, q, a.Workspace, thread, a.Person)
	if err == nil && (!ok || !sp.mayRead(a)) {
		return Thread{}, seen{}, fault.Missing("thread")
	}
	return t, sp, err
}

// Thread reads a thread that the actor may see.
func (s *Service) Thread(ctx context.Context, q db.Queryer, a actor.Actor, thread id.ID) (Thread, error) {
	t, _, err := s.thread(ctx, q, a, thread)
	return t, err
}

// post finds a post that the actor may read, its thread and its space.
func (s *Service) post(ctx context.Context, q db.Queryer, a actor.Actor, post id.ID) (Post, Thread, seen, error) {
	p, ok, err := loadPost(ctx, q, a.Workspace, post)
	if err == nil && !ok {
		err = fault.Missing("post")
	}
	if err != nil {
		return p, Thread{}, seen{}, err
	}
	t, sp, err := s.thread(ctx, q, a, p.Thread)
	if fault.IsKind(err, fault.NotFound) {
		return Post{}, Thread{}, seen{}, fault.Missing("post")
	}
	return p, t, sp, err
}

// Post reads a post that the actor may see; of a deleted one only the tombstone.
func (s *Service) Post(ctx context.Context, q db.Queryer, a actor.Actor, post id.ID) (Post, error) {
	p, _, _, err := s.post(ctx, q, a, post)
	return p, err
}
