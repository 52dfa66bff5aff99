package people

import (
	"context"
	"strings"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// Person is somebody in a workspace.
type Person struct {
	WorkspaceID id.ID
	ID          id.ID `db:"person_id"`
	Name        string
	Handle      string
	Email       string // folded; "" when unknown
	Role        actor.Role
	Title       string
	State       string // Active, Removed or Placeholder
	Bot         bool
	GuestUntil  clock.Instant // none: for as long as they like
	CreatedAt   clock.Instant
	Zone        string                         // the zone before any travel
	Moves       db.JSON[[]worktime.ZonePeriod] // travel, in order of date
}

// PersonRef names a person in the API.
type PersonRef struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Handle  string `json:"handle"`
	Zone    string `json:"zone" doc:"The IANA zone they are in now."`
	Bot     bool   `json:"bot"`
	Removed bool   `json:"removed"`
}

// Active says whether the person may act and be asked at an instant.
func (p Person) Active(now clock.Instant) bool { return p.State == Active && !p.Expired(now) }

// Expired says whether a guest's time is over.
func (p Person) Expired(now clock.Instant) bool { return !p.GuestUntil.IsZero() && p.GuestUntil <= now }

// ZoneAt is the IANA zone the person is in at an instant.
func (p Person) ZoneAt(now clock.Instant) string {
	zone := p.Zone
	for _, m := range p.Moves.V {
		loc, err := time.LoadLocation(m.Zone)
		if err != nil {
			continue
		}
		if now.Time().In(loc).Format(time.DateOnly) >= m.From {
			zone = m.Zone
		}
	}
	return zone
}

// Ref is the person as the API names them.
func (p Person) Ref(now clock.Instant) PersonRef {
	return PersonRef{
		ID: id.Encode("per", p.ID), Name: p.Name, Handle: p.Handle, Zone: p.ZoneAt(now),
		Bot: p.Bot, Removed: p.State == Removed,
	}
}

// Actor is the person as somebody who does things, without a session.
func (p Person) Actor() actor.Actor {
	return actor.Actor{Workspace: p.WorkspaceID, Person: p.ID, Role: p.Role}
}

// Get reads one person, removed ones too. Nobody is a not_found fault.
func (s *Service) Get(ctx context.Context, q db.Queryer, workspace, person id.ID) (Person, error) {
	p, ok, err := loadPerson(ctx, q, workspace, person)
	if err == nil && !ok {
		err = fault.Missing("person")
	}
	return p, err
}

// ByIDs reads people in one query, removed ones too; who is not there is left out.
func (s *Service) ByIDs(ctx context.Context, q db.Queryer, workspace id.ID, list []id.ID) (map[id.ID]Person, error) {
	out := map[id.ID]Person{}
	for _, part := range chunks(unique(list)) {
		found, err := loadPersons(ctx, q, workspace, part)
		if err != nil {
			return nil, err
		}
		for _, p := range found {
			out[p.ID] = p
		}
	}
	return out, nil
}

// nameKey is somebody under one version of the workspace's names.
type nameKey struct {
	workspace, person id.ID
	version           int64
}

// named is ByIDs for showing names: those seen before cost one small query for all.
func (s *Service) named(ctx context.Context, q db.Queryer, workspace id.ID, list []id.ID) (map[id.ID]Person, error) {
	if list = unique(list); len(list) == 0 || !db.Committed(q) {
		return s.ByIDs(ctx, q, workspace, list)
	}
	version, err := namesVersion(ctx, q, workspace)
	if err != nil {
		return nil, err
	}
	known, missing := make(map[id.ID]Person, len(list)), []id.ID{}
	for _, x := range list {
		if p, ok := s.names.Get(nameKey{workspace, x, version}); ok {
			known[x] = p
		} else if !x.IsZero() {
			missing = append(missing, x)
		}
	}
	found, err := s.ByIDs(ctx, q, workspace, missing)
	for x, p := range found {
		known[x] = p
		s.names.Put(nameKey{workspace, x, version}, p, 400)
	}
	return known, err
}

// RefAt names one person for the API as they were named at a version of the names
// that the request has read already (Footing.Names): without a query where that is
// kept.
func (s *Service) RefAt(ctx context.Context, q db.Queryer, workspace, person id.ID, version int64) (PersonRef, error) {
	if p, ok := s.names.Get(nameKey{workspace, person, version}); ok {
		return p.Ref(s.now()), nil
	}
	who, err := s.Refs(ctx, q, workspace, []id.ID{person})
	return who[person], err
}

// Refs names people for the API, in one query or two.
func (s *Service) Refs(ctx context.Context, q db.Queryer, workspace id.ID, list []id.ID) (map[id.ID]PersonRef, error) {
	people, err := s.named(ctx, q, workspace, list)
	if err != nil {
		return nil, err
	}
	out, now := make(map[id.ID]PersonRef, len(people)), s.now()
	for x, p := range people {
		out[x] = p.Ref(now)
	}
	return out, nil
}

// ByHandles finds who is meant by handles (without the @), people and teams.
// Removed people and unknown handles are left out.
func (s *Service) ByHandles(ctx context.Context, q db.Queryer, workspace id.ID, handles []string) (people, teams map[string]id.ID, err error) {
	people, teams = map[string]id.ID{}, map[string]id.ID{}
	folded := make([]string, 0, len(handles))
	for _, h := range handles {
		folded = append(folded, strings.ToLower(h))
	}
	for _, part := range chunks(unique(folded)) {
		rows, err := loadHandles(ctx, q, workspace, part)
		if err != nil {
			return nil, nil, err
		}
		for _, r := range rows {
			if r.Kind == "team" {
				teams[r.Handle] = r.OfID
			} else {
				people[r.Handle] = r.OfID
			}
		}
	}
	return people, teams, nil
}

// ByEmails finds people by e-mail, in any state; the keys are as given.
func (s *Service) ByEmails(ctx context.Context, q db.Queryer, workspace id.ID, emails []string) (map[string]Person, error) {
	given := map[string][]string{}
	var folded []string
	for _, e := range emails {
		f := FoldEmail(e)
		if f != "" {
			given[f] = append(given[f], e)
			folded = append(folded, f)
		}
	}
	out := map[string]Person{}
	for _, part := range chunks(unique(folded)) {
		rows, err := loadByEmails(ctx, q, workspace, part)
		if err != nil {
			return nil, err
		}
		for _, p := range rows {
			for _, e := range given[p.Email] {
				out[e] = p
			}
		}
	}
	return out, nil
}

// Expand lists whom people and teams stand for: active persons, each once, the
// people first in the order given, then the teams' members by name.
func (s *Service) Expand(ctx context.Context, q db.Queryer, workspace id.ID, people, teams []id.ID) ([]id.ID, error) {
	wanted := append([]id.ID(nil), people...)
	for _, t := range unique(teams) {
		members, err := teamMembers(ctx, q, workspace, t)
		if err != nil {
			return nil, err
		}
		wanted = append(wanted, members...)
	}
	known, err := s.ByIDs(ctx, q, workspace, wanted)
	if err != nil {
		return nil, err
	}
	out := []id.ID{}
	for _, x := range unique(wanted) {
		if p, ok := known[x]; ok && p.Active(s.now()) {
			out = append(out, x)
		}
	}
	return out, nil
}

// unique keeps the first of each, in order.
func unique[T comparable](list []T) []T {
	seen := make(map[T]bool, len(list))
	out := make([]T, 0, len(list))
	for _, x := range list {
		if !seen[x] {
			seen[x] = true
			out = append(out, x)
		}
	}
	return out
}

// chunks cuts a list so that no statement has too many arguments.
func chunks[T any](list []T) [][]T {
	const most = 500
	var out [][]T
	for len(list) > most {
		out, list = append(out, list[:most]), list[most:]
	}
	if len(list) > 0 {
		out = append(out, list)
	}
	return out
}
