package people

import (
	"context"
	"slices"
	"strings"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Team is a named group of people; it can be addressed like a person.
type Team struct {
	ID        id.ID `db:"team_id"`
	Name      string
	Handle    string
	CreatedBy id.ID
	CreatedAt clock.Instant
	Members   []Person `db:"-"` // active and imported people, by name
}

// TeamChange is what may be changed about a team; nil leaves it.
type TeamChange struct {
	Name, Handle *string
	Members      *[]id.ID
}

const largestTeam = 1000

// MakeTeam makes a team; guests may not. The handle is made from the name when empty.
func (s *Service) MakeTeam(ctx context.Context, a actor.Actor, name, handle string, members []id.ID) (t Team, err error) {
	if a.Role == actor.Guest {
		return t, fault.New(fault.Forbidden, "not_for_guests", "Guests cannot make teams. Ask somebody in the workspace.")
	}
	err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		t, err = s.MakeTeamTx(ctx, tx, a.Person, name, handle, members)
		return err
	})
	return t, err
}

// MakeTeamTx is MakeTeam inside a transaction; it does not check who asks.
func (s *Service) MakeTeamTx(ctx context.Context, tx *db.Tx, by id.ID, name, handle string, members []id.ID) (Team, error) {
	t := Team{ID: id.New(tx.Now), Name: CleanName(name), CreatedBy: by, CreatedAt: tx.Now}
	if err := checkName(t.Name); err != nil {
		return t, err
	}
	var err error
	if handle != "" {
		t.Handle, err = takeHandle(ctx, tx, handle, "team", t.ID)
	} else if t.Handle, err = freeHandle(ctx, tx, handleFrom(name), name, "team"); err == nil {
		err = insertHandle(ctx, tx, handleRow{t.Handle, "team", t.ID})
	}
	if err != nil {
		return t, err
	}
	if err := insertTeam(ctx, tx, t, fold(t.Name)); err != nil {
		return t, err
	}
	return t, s.setMembers(ctx, tx, by, &t, members)
}

// ChangeTeam renames a team or changes who is in it: its members, whoever made
// it, owners and admins may.
func (s *Service) ChangeTeam(ctx context.Context, a actor.Actor, team id.ID, c TeamChange) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		t, err := s.mayChangeTeam(ctx, tx, a, team)
		if err != nil {
			return err
		}
		if c.Name != nil {
			t.Name = CleanName(*c.Name)
			if err := checkName(t.Name); err != nil {
				return err
			}
		}
		if c.Handle != nil && strings.ToLower(*c.Handle) != t.Handle {
			if t.Handle, err = takeHandle(ctx, tx, *c.Handle, "team", t.ID); err != nil {
				return err
			}
		}
		if err := updateTeam(ctx, tx, t, fold(t.Name)); err != nil {
			return err
		}
		members := idsOf(t.Members)
		if c.Members != nil {
			members = *c.Members
		}
		return s.setMembers(ctx, tx, a.Person, &t, members)
	})
}

// RemoveTeam removes a team; what was asked of its members stays asked.
func (s *Service) RemoveTeam(ctx context.Context, a actor.Actor, team id.ID) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		if _, err := s.mayChangeTeam(ctx, tx, a, team); err != nil {
			return err
		}
		if err := deleteHandle(ctx, tx, team); err != nil {
			return err
		}
		event.Append(tx, teamEvent(a.Person, team))
		return deleteTeam(ctx, tx, team)
	})
}

func (s *Service) setMembers(ctx context.Context, tx *db.Tx, by id.ID, t *Team, members []id.ID) error {
	members = unique(members)
	if len(members) > largestTeam {
		return fault.Newf(fault.Invalid, "team_too_large", "A team has at most %d members.", largestTeam).At("members")
	}
	known, err := s.ByIDs(ctx, tx, tx.Workspace, members)
	if err != nil {
		return err
	}
	t.Members = nil
	for _, m := range members {
		p, ok := known[m]
		if !ok || p.State == Removed {
			return fault.New(fault.Invalid, "unknown_member", "One of these people is not in the workspace any more. Leave them out.").At("members")
		}
		t.Members = append(t.Members, p)
	}
	slices.SortFunc(t.Members, byName)
	event.Append(tx, teamEvent(by, t.ID))
	return replaceMembers(ctx, tx, t.ID, members)
}

func teamEvent(by, team id.ID) event.New {
	return event.New{Kind: EventTeamChanged, Actor: by, Subject: event.Ref{Kind: "team", ID: team}}
}

func (s *Service) mayChangeTeam(ctx context.Context, tx *db.Tx, a actor.Actor, team id.ID) (Team, error) {
	t, err := s.Team(ctx, tx, a, team)
	if err == nil && !t.MayChange(a) {
		err = fault.New(fault.Forbidden, "team_members_only", "Only members of the team, whoever made it, and admins may change it.")
	}
	return t, err
}

// MayChange says whether the actor may change the team.
func (t Team) MayChange(a actor.Actor) bool {
	if a.Role == actor.Guest {
		return false
	}
	return a.Administers() || t.CreatedBy == a.Person || slices.Contains(idsOf(t.Members), a.Person)
}

// Team reads one team as somebody sees it. Guests see the teams they are in, and
// of those the members who share a space with them.
func (s *Service) Team(ctx context.Context, q db.Queryer, a actor.Actor, team id.ID) (Team, error) {
	t, ok, err := loadTeam(ctx, q, a.Workspace, team)
	if err != nil || !ok {
		if err == nil {
			err = fault.Missing("team")
		}
		return t, err
	}
	list, err := s.withMembers(ctx, q, a, []Team{t})
	if err == nil && len(list) == 0 {
		err = fault.Missing("team")
	}
	if err != nil {
		return Team{}, err
	}
	return list[0], nil
}

// TeamsIn reads some teams as somebody sees them, each with its members by name;
// what is not there, or not for them to see, is left out.
func (s *Service) TeamsIn(ctx context.Context, q db.Queryer, a actor.Actor, list []id.ID) (map[id.ID]Team, error) {
	out := make(map[id.ID]Team, len(list))
	for _, part := range chunks(unique(list)) {
		teams, err := teamsByID(ctx, q, a.Workspace, part)
		if err != nil || len(teams) == 0 {
			return out, err
		}
		if teams, err = s.withMembers(ctx, q, a, teams); err != nil {
			return nil, err
		}
		for _, t := range teams {
			out[t.ID] = t
		}
	}
	return out, nil
}

// HasTeam says whether a team is there still. It does not check who asks.
func (s *Service) HasTeam(ctx context.Context, q db.Queryer, workspace, team id.ID) (bool, error) {
	_, ok, err := loadTeam(ctx, q, workspace, team)
	return ok, err
}

// Teams pages through the teams by name; next is zero at the end.
func (s *Service) Teams(ctx context.Context, q db.Queryer, a actor.Actor, after id.ID, limit int) (list []Team, next id.ID, err error) {
	if limit <= 0 || limit > 200 {
		limit = 200
	}
	var last Team
	if !after.IsZero() {
		if last, err = s.Team(ctx, q, a, after); err != nil {
			return nil, id.ID{}, err
		}
	}
	if list, err = loadTeams(ctx, q, a.Workspace, fold(last.Name), after, limit+1); err != nil {
		return nil, id.ID{}, err
	}
	if len(list) > limit {
		list = list[:limit]
		next = list[limit-1].ID
	}
	list, err = s.withMembers(ctx, q, a, list)
	return list, next, err
}

// withMembers fills in the members, and leaves out what a guest may not see.
func (s *Service) withMembers(ctx context.Context, q db.Queryer, a actor.Actor, list []Team) ([]Team, error) {
	rows, err := membersOf(ctx, q, a.Workspace, list)
	if err != nil {
		return nil, err
	}
	var ids []id.ID
	for _, r := range rows {
		ids = append(ids, r.PersonID)
	}
	seen, err := s.Visible(ctx, q, a, unique(ids))
	if err != nil {
		return nil, err
	}
	known, err := s.ByIDs(ctx, q, a.Workspace, seen)
	if err != nil {
		return nil, err
	}
	out := []Team{}
	for _, t := range list {
		mine := a.Role != actor.Guest
		for _, r := range rows {
			if p, ok := known[r.PersonID]; ok && r.TeamID == t.ID {
				t.Members = append(t.Members, p)
				mine = mine || p.ID == a.Person
			}
		}
		if mine {
			slices.SortFunc(t.Members, byName)
			out = append(out, t)
		}
	}
	return out, nil
}
