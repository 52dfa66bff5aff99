package people

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Standing is what administrators may change about somebody; nil leaves it.
type Standing struct {
	Role       *actor.Role
	GuestUntil *clock.Instant // zero: for as long as they like
}

// rank orders the roles; more is more.
var rank = map[actor.Role]int{actor.Guest: 1, actor.Member: 2, actor.Admin: 3, actor.Owner: 4}

// MayGrant says whether a role may be given by somebody of another: nobody gives
// more than they have, and guests give nothing.
func MayGrant(by, role actor.Role) bool {
	return rank[role] > 0 && rank[by] >= rank[actor.Member] && rank[role] <= rank[by]
}

// ChangeStanding gives somebody another role, or a guest another end. Admins may
// not touch owners nor make any, and the last owner stays one. The actor's own
// role is read again inside the transaction, so that of two who demote each
// other the second is refused.
func (s *Service) ChangeStanding(ctx context.Context, a actor.Actor, person id.ID, c Standing) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		p, err := s.mayManage(ctx, tx, a, person)
		if err != nil {
			return err
		}
		if c.Role != nil {
			if err := s.giveRole(ctx, tx, a, &p, *c.Role); err != nil {
				return err
			}
		}
		if c.GuestUntil != nil {
			if err := giveEnd(&p, *c.GuestUntil, tx.Now); err != nil {
				return err
			}
		}
		if err := updatePerson(ctx, tx, p, fold(p.Name)); err != nil {
			return err
		}
		event.Append(tx, event.New{Kind: EventChanged, Actor: a.Person, Subject: personRef(p.ID), Data: roleChanged{p.Role}})
		return nil
	})
}

// roleChanged is the data of EventChanged where somebody's standing changed.
type roleChanged struct {
	Role actor.Role `json:"role"`
}

// ChangedRole is the role that somebody has since an EventChanged; empty where it was not
// about their standing.
func ChangedRole(e event.Event) (actor.Role, error) {
	var data roleChanged
	if len(e.Data) == 0 {
		return "", nil
	}
	err := e.Decode(&data)
	return data.Role, err
}

// mayManage finds somebody whose standing the actor may change.
func (s *Service) mayManage(ctx context.Context, tx *db.Tx, a actor.Actor, person id.ID) (Person, error) {
	p, err := s.Find(ctx, tx, a, person)
	if err != nil {
		return p, err
	}
	self, err := s.Get(ctx, tx, a.Workspace, a.Person)
	if err != nil {
		return p, err
	}
	if !self.Active(tx.Now) || !self.Actor().Administers() {
		return p, fault.New(fault.Forbidden, "admins_only", "Only owners and admins of the workspace may do this.")
	}
	if p.State == Removed {
		return p, fault.New(fault.Conflict, "removed", "This person was removed from the workspace. Invite them again first.")
	}
	if p.Role == actor.Owner && self.Role != actor.Owner {
		return p, fault.New(fault.Forbidden, "owners_only", "Only owners may change what an owner is.")
	}
	return p, nil
}

func (s *Service) giveRole(ctx context.Context, tx *db.Tx, a actor.Actor, p *Person, role actor.Role) error {
	if rank[role] == 0 {
		return fault.New(fault.Invalid, "bad_role", "A role is owner, admin, member or guest.").At("role")
	}
	self, err := s.Get(ctx, tx, a.Workspace, a.Person)
	if err != nil {
		return err
	}
	if !MayGrant(self.Role, role) {
		return fault.New(fault.Forbidden, "more_than_own", "You cannot give a role that is more than your own.")
	}
	if p.Role == actor.Owner && role != actor.Owner {
		if err := otherOwner(ctx, tx, tx.Now); err != nil {
			return err
		}
	}
	p.Role = role
	if role != actor.Guest {
		p.GuestUntil = 0
	}
	return nil
}

func giveEnd(p *Person, until, now clock.Instant) error {
	if until.IsZero() {
		p.GuestUntil = 0
		return nil
	}
	if p.Role != actor.Guest {
		return fault.New(fault.Invalid, "guests_only", "Only the time of guests can end by a date.").At("guest_until")
	}
	if until <= now {
		return fault.New(fault.Invalid, "in_past", "Pick a time in the future.").At("guest_until")
	}
	p.GuestUntil = until
	return nil
}

// otherOwner fails when there would be no owner left.
func otherOwner(ctx context.Context, tx *db.Tx, now clock.Instant) error {
	n, err := countActive(ctx, tx, tx.Workspace, string(actor.Owner), now)
	if err == nil && n < 2 {
		err = fault.New(fault.Conflict, "last_owner", "A workspace needs an owner. Make somebody else an owner first.")
	}
	return err
}

// Administrators lists the ids of the active owners and admins. It does not check who asks.
func (s *Service) Administrators(ctx context.Context, q db.Queryer, workspace id.ID) ([]id.ID, error) {
	return administrators(ctx, q, workspace)
}

// Remove ends somebody's membership: at once they see nothing any more. What
// they wrote stays. Owners and admins remove others; everybody may leave.
func (s *Service) Remove(ctx context.Context, a actor.Actor, person id.ID) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		var p Person
		var err error
		if person == a.Person {
			p, err = s.Get(ctx, tx, a.Workspace, person)
		} else {
			p, err = s.mayManage(ctx, tx, a, person)
		}
		if err != nil {
			return err
		}
		if p.Role == actor.Owner && p.State == Active {
			if err := otherOwner(ctx, tx, tx.Now); err != nil {
				return err
			}
		}
		return s.removeTx(ctx, tx, a.Person, p)
	})
}

func (s *Service) removeTx(ctx context.Context, tx *db.Tx, by id.ID, p Person) error {
	p.State = Removed
	if err := updatePerson(ctx, tx, p, fold(p.Name)); err != nil {
		return err
	}
	if err := leaveTeams(ctx, tx, p.ID); err != nil {
		return err
	}
	event.Append(tx, event.New{Kind: EventRemoved, Actor: by, Subject: personRef(p.ID)})
	return nil
}

// ReviveTx makes an imported or removed person an active one; it does not check
// who asks. Their hours are set to nine to five in zone when they never signed up.
func (s *Service) ReviveTx(ctx context.Context, tx *db.Tx, p Person, n NewPerson) (Person, error) {
	fresh, spec, err := newPerson(n, tx.Now)
	if err != nil {
		return p, err
	}
	if p.State == Placeholder {
		if err := updateSpec(ctx, tx, p.ID, spec); err != nil {
			return p, err
		}
		if err := hoursChanged(ctx, tx, p.ID, "hours", p.ID); err != nil {
			return p, err
		}
		p.Zone, p.Moves = fresh.Zone, fresh.Moves
	}
	p.Name, p.Role, p.GuestUntil, p.State = fresh.Name, fresh.Role, fresh.GuestUntil, Active
	if fresh.Email != "" {
		p.Email = fresh.Email
	}
	if err := updatePerson(ctx, tx, p, fold(p.Name)); err != nil {
		return p, err
	}
	event.Append(tx, event.New{Kind: EventJoined, Subject: personRef(p.ID), Data: map[string]string{"name": p.Name, "role": string(p.Role)}})
	return p, nil
}
