package duty

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// Limits of a rota.
const (
	mostLayers   = 10
	mostInLayer  = 100
	longestTurn  = 56 // days
	longestName  = 60 // characters
	longestWords = 2000
)

// NewRota is a rota as people write it. Layers that were there before carry their id.
type NewRota struct {
	Keeper  id.ID // whoever sets it, when zero
	Always  bool
	Layers  []Layer
	Version int64 // as it was read; 0 for a new one
}

// Set makes or changes the rota of a team; its members, whoever made the team, and
// admins may.
func (s *Service) Set(ctx context.Context, a actor.Actor, team id.ID, n NewRota) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		if _, err := s.mayChange(ctx, tx, a, team); err != nil {
			return err
		}
		old, _, err := loadRota(ctx, tx, a.Workspace, team, 0)
		if err != nil {
			return err
		}
		if n.Version != old.Version {
			return fault.New(fault.Conflict, "changed_since", "Somebody changed this rota since you read it. Reload it and make your change again.")
		}
		r := Rota{WorkspaceID: a.Workspace, Team: team, Keeper: n.Keeper, Always: n.Always, Version: old.Version + 1, ChangedBy: a.Person, Layers: n.Layers}
		if r.Keeper.IsZero() {
			r.Keeper = a.Person
		}
		if err := s.check(ctx, tx, a, &r, old); err != nil {
			return err
		}
		for _, l := range old.Layers {
			if !slices.ContainsFunc(r.Layers, func(k Layer) bool { return k.ID == l.ID }) {
				if err := dropLayer(ctx, tx, l.ID); err != nil {
					return err
				}
			}
		}
		event.Append(tx, event.New{Kind: EventRotaChanged, Actor: a.Person, Subject: teamRef(team)})
		return putRota(ctx, tx, r)
	})
}

// End takes a team's rota away, with all that belongs to it.
func (s *Service) End(ctx context.Context, a actor.Actor, team id.ID) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		if _, err := s.mayChange(ctx, tx, a, team); err != nil {
			return err
		}
		event.Append(tx, event.New{Kind: EventRotaChanged, Actor: a.Person, Subject: teamRef(team)})
		return deleteRota(ctx, tx, team)
	})
}

func (s *Service) mayChange(ctx context.Context, q db.Queryer, a actor.Actor, team id.ID) (people.Team, error) {
	t, err := s.people.Team(ctx, q, a, team)
	if err == nil && !t.MayChange(a) {
		err = fault.New(fault.Forbidden, "team_members_only", "Only members of the team, whoever made it, and admins may change its duty rota.")
	}
	return t, err
}

// check refuses what cannot be a rota, and gives new layers their ids.
func (s *Service) check(ctx context.Context, tx *db.Tx, a actor.Actor, r *Rota, old Rota) error {
	if len(r.Layers) == 0 || len(r.Layers) > mostLayers {
		return wrongf("layers", "layers", "A rota has between 1 and %d layers.", mostLayers)
	}
	named := []id.ID{r.Keeper}
	for i := range r.Layers {
		l := &r.Layers[i]
		l.N, l.Name = int64(i), people.CleanName(l.Name)
		if l.Name == "" {
			l.Name = "Duty"
		}
		known := slices.ContainsFunc(old.Layers, func(k Layer) bool { return k.ID == l.ID })
		switch {
		case l.ID.IsZero():
			l.ID = id.New(tx.Now)
		case !known || slices.ContainsFunc(r.Layers[:i], func(k Layer) bool { return k.ID == l.ID }):
			return fault.Missing("layer").At("layers")
		}
		if err := l.check(); err != nil {
			return err
		}
		named = append(named, l.People.V...)
	}
	return s.allHere(ctx, tx, a, named)
}

func (l *Layer) check() error {
	if utf8.RuneCountInString(l.Name) > longestName {
		return wrongf("layer_name", "layers.name", "Keep the name of a layer to %d characters.", longestName)
	}
	start, err := worktime.ParseDate(l.Start)
	if err != nil {
		return wrong("layer_start", "layers.start", "Say on which date the first turn begins, such as 2026-10-05.")
	}
	l.Start = start.String()
	if _, err := worktime.Wall(l.Zone, start, 0); err != nil {
		return wrong("layer_zone", "layers.zone", "Name the time zone of the handover, such as Europe/Berlin.")
	}
	if l.Handover < 0 || l.Handover >= 24*60 {
		return wrong("layer_handover", "layers.handover", "Say at what time duty is handed over, such as 09:00.")
	}
	if l.Days < 1 || l.Days > longestTurn {
		return wrongf("layer_days", "layers.days", "A turn lasts between 1 and %d days.", longestTurn)
	}
	if len(l.People.V) == 0 || len(l.People.V) > mostInLayer {
		return wrongf("layer_people", "layers.people", "A layer needs between 1 and %d people, in the order of their turns.", mostInLayer)
	}
	if _, err := (worktime.Spec{Zone: l.Zone, Weekly: l.Hours.V}).Compile(); err != nil {
		return wrong("layer_hours", "layers.hours", "Write the hours of a layer by weekday, such as mon: 08:00-16:00, or leave them out for all hours.")
	}
	return nil
}

// allHere refuses people who are not active, or whom the actor may not see.
func (s *Service) allHere(ctx context.Context, q db.Queryer, a actor.Actor, list []id.ID) error {
	seen, err := s.people.Visible(ctx, q, a, list)
	if err != nil {
		return err
	}
	known, err := s.people.ByIDs(ctx, q, a.Workspace, seen)
	if err != nil {
		return err
	}
	for _, x := range list {
		p, ok := known[x]
		if !ok {
			return fault.Missing("person")
		}
		if !p.Active(s.now()) || p.Bot {
			return wrongf("not_active", "people", "%s cannot be on duty: not signed up, or no longer here. Choose somebody else.", p.Name)
		}
	}
	return nil
}

// rota reads a team's rota as somebody who may see the team.
func (s *Service) rota(ctx context.Context, q db.Queryer, a actor.Actor, team id.ID, after clock.Instant) (people.Team, Rota, error) {
	t, err := s.people.Team(ctx, q, a, team)
	if err != nil {
		return t, Rota{}, err
	}
	r, ok, err := loadRota(ctx, q, a.Workspace, team, after)
	if err == nil && !ok {
		err = fault.New(fault.NotFound, "no_rota", "This team has no duty rota yet.")
	}
	return t, r, err
}

// folk reads what a rota needs to know about its people.
func (s *Service) folk(ctx context.Context, q db.Queryer, r Rota) (map[id.ID]Folk, error) {
	var list []id.ID
	for _, l := range r.Layers {
		list = append(list, l.People.V...)
	}
	for _, c := range r.Covers {
		list = append(list, c.Person)
	}
	slices.SortFunc(list, func(x, y id.ID) int { return slices.Compare(x[:], y[:]) })
	found, err := s.people.Recipients(ctx, q, r.WorkspaceID, slices.Compact(list))
	if err != nil {
		return nil, err
	}
	out, now := map[id.ID]Folk{}, s.now()
	for x, f := range found {
		out[x] = Folk{Active: f.Person.Active(now), Hours: f.Hours}
	}
	return out, nil
}

func tidyWords(text string) (string, error) {
	text = strings.TrimSpace(text)
	if utf8.RuneCountInString(text) > longestWords {
		return "", wrongf("too_long", "", "Keep this to %d characters.", longestWords)
	}
	return text, nil
}

func wrong(code, field, sentence string) error {
	return fault.New(fault.Invalid, code, sentence).At(field)
}

func wrongf(code, field, format string, args ...any) error {
	return fault.Newf(fault.Invalid, code, format, args...).At(field)
}
