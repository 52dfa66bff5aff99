package duty

import (
	"context"
	"slices"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
)

// Followers listen for what makes a rota mean something else: hours and absences of
// its people, people who leave, teams that end.
func (s *Service) Followers() []event.Follower {
	return []event.Follower{{
		Name: "duty", Kinds: []string{people.EventScheduleChanged, people.EventRemoved, people.EventTeamChanged}, Handle: s.hear,
	}}
}

func (s *Service) hear(ctx context.Context, tx *db.Tx, e event.Event) error {
	teams, err := teamsWith(ctx, tx, tx.Workspace)
	if err != nil || len(teams) == 0 {
		return err
	}
	if e.Kind == people.EventTeamChanged {
		return s.hearTeam(ctx, tx, e.Subject.ID, teams)
	}
	who := e.Concerns
	if e.Subject.Kind == "person" {
		who = append([]id.ID{e.Subject.ID}, who...)
	}
	for _, t := range teams {
		r, ok, err := loadRota(ctx, tx, tx.Workspace, t, tx.Now)
		if err != nil {
			return err
		}
		if ok && r.names(who) {
			if err := lookSoon(ctx, tx, t); err != nil {
				return err
			}
		}
	}
	return nil
}

// names says whether a rota has one of some people on it.
func (r Rota) names(who []id.ID) bool {
	for _, l := range r.Layers {
		if slices.ContainsFunc(l.People.V, func(x id.ID) bool { return slices.Contains(who, x) }) {
			return true
		}
	}
	return slices.ContainsFunc(r.Covers, func(c Cover) bool { return slices.Contains(who, c.Person) })
}

// hearTeam lets the rota go with its team.
func (s *Service) hearTeam(ctx context.Context, tx *db.Tx, team id.ID, teams []id.ID) error {
	if !slices.Contains(teams, team) {
		return nil
	}
	there, err := s.people.HasTeam(ctx, tx, tx.Workspace, team)
	if err != nil || there {
		return err
	}
	event.Append(tx, event.New{Kind: EventRotaChanged, Subject: teamRef(team)})
	return deleteRota(ctx, tx, team)
}
