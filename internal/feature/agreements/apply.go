package agreements

import (
	"context"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Window is the usual response window for an ask, and which team agreed on it: the
// one team asked, else the one team that all who are asked belong to, else the team
// of the space. Empty where none of them has agreed on one for the kind.
func (s *Service) Window(ctx context.Context, q db.Queryer, a actor.Actor, to asks.Addressed) (window, team string, err error) {
	list, err := s.about(ctx, q, a.Workspace, to)
	if err != nil {
		return "", "", err
	}
	for _, teams := range list {
		var found []Version
		for _, x := range teams {
			v, _, err := newest(ctx, q, a.Workspace, x)
			if err != nil {
				return "", "", err
			}
			if v.Fields.V.Windows[to.Kind] != "" {
				found = append(found, v)
			}
		}
		if len(found) == 1 { // two that differ would be a guess
			return found[0].Fields.V.Windows[to.Kind], s.nameFor(ctx, q, a, found[0].Team), nil
		}
	}
	return "", "", nil
}

// nameFor is a team's name for whoever may see it.
func (s *Service) nameFor(ctx context.Context, q db.Queryer, a actor.Actor, team id.ID) string {
	t, err := s.people.Team(ctx, q, a, team)
	if err != nil {
		return ""
	}
	return t.Name
}

// about lists the teams whose agreement speaks of an ask, those that come first first.
func (s *Service) about(ctx context.Context, q db.Queryer, ws id.ID, to asks.Addressed) ([][]id.ID, error) {
	var out [][]id.ID
	switch {
	case len(to.Teams) > 0:
		out = append(out, to.Teams)
	case len(to.People) > 0:
		common, err := s.people.TeamsWith(ctx, q, ws, to.People...)
		if err != nil {
			return nil, err
		}
		out = append(out, common)
	}
	if to.Space.IsZero() {
		return out, nil
	}
	held, err := teamsIn(ctx, q, ws, []id.ID{to.Space})
	if team, ok := held[to.Space]; ok {
		out = append(out, []id.ID{team})
	}
	return out, err
}

// MayUrgent refuses somebody whom a team that is asked, or whose agreement holds in
// the space, does not let ask urgently.
func (s *Service) MayUrgent(ctx context.Context, q db.Queryer, a actor.Actor, to asks.Addressed) error {
	teams := to.Teams
	held, err := teamsIn(ctx, q, a.Workspace, []id.ID{to.Space})
	if err != nil {
		return err
	}
	if team, ok := held[to.Space]; ok {
		teams = append([]id.ID{team}, teams...)
	}
	for _, x := range teams {
		v, _, err := newest(ctx, q, a.Workspace, x)
		if err != nil {
			return err
		}
		if err := s.mayUrgent(ctx, q, a, v); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) mayUrgent(ctx context.Context, q db.Queryer, a actor.Actor, v Version) error {
	if v.Fields.V.Urgent.Who == Anyone || v.Fields.V.Urgent.Who == "" || a.Administers() {
		return nil
	}
	who := "its admins"
	if v.Fields.V.Urgent.Who == Members {
		mine, err := s.people.TeamsWith(ctx, q, a.Workspace, a.Person)
		if err != nil {
			return err
		}
		for _, x := range mine {
			if x == v.Team {
				return nil
			}
		}
		who = "its own members"
	}
	name := s.nameFor(ctx, q, a, v.Team)
	if name == "" {
		name = "The team"
	}
	return fault.Newf(fault.Forbidden, "urgent_not_agreed", "%s agreed that only %s ask urgently. Ask soon instead, or ask one of them.", name, who).At("urgency")
}

// UrgentIn is what the team whose agreement holds in a space agreed on about what is
// urgent, and its name where the actor may see the team; empty where none holds.
func (s *Service) UrgentIn(ctx context.Context, q db.Queryer, a actor.Actor, space id.ID) (team string, u Urgent, err error) {
	held, err := teamsIn(ctx, q, a.Workspace, []id.ID{space})
	if err != nil {
		return "", u, err
	}
	x, ok := held[space]
	if !ok {
		return "", u, nil
	}
	v, _, err := newest(ctx, q, a.Workspace, x)
	return s.nameFor(ctx, q, a, x), v.Fields.V.Urgent, err
}

// Bounds are what the teams of somebody agreed on about their members' hours.
func (s *Service) Bounds(ctx context.Context, q db.Queryer, ws, person id.ID) ([]people.HoursBound, error) {
	teams, err := s.people.TeamsWith(ctx, q, ws, person)
	if err != nil {
		return nil, err
	}
	var out []people.HoursBound
	for _, x := range teams {
		v, _, err := newest(ctx, q, ws, x)
		if err != nil {
			return nil, err
		}
		b := v.Fields.V.Quiet
		if b == nil {
			continue
		}
		t, err := s.people.Team(ctx, q, actor.System(ws), x)
		if err != nil {
			return nil, err
		}
		out = append(out, people.HoursBound{Team: t.Name, Earliest: b.Earliest, Latest: b.Latest})
	}
	return out, nil
}

// Free is when a team agreed that nobody meets.
type Free struct {
	Team   id.ID
	Name   string
	Ranges map[string][]string // weekday → ranges on each member's own clock
}

// MeetingFree is when the teams of somebody agreed that nobody meets; teams that keep
// no such time are left out.
func (s *Service) MeetingFree(ctx context.Context, q db.Queryer, ws, person id.ID) ([]Free, error) {
	teams, err := s.people.TeamsWith(ctx, q, ws, person)
	if err != nil {
		return nil, err
	}
	var out []Free
	for _, x := range teams {
		v, _, err := newest(ctx, q, ws, x)
		if err != nil {
			return nil, err
		}
		if len(v.Fields.V.MeetingFree) == 0 {
			continue
		}
		t, err := s.people.Team(ctx, q, actor.System(ws), x)
		if err != nil {
			return nil, err
		}
		out = append(out, Free{Team: x, Name: t.Name, Ranges: v.Fields.V.MeetingFree})
	}
	return out, nil
}
