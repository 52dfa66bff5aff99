package agreements

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
)

// Describe says how a change of an agreement looks in a digest.
func (s *Service) Describe() map[string]describe.Describer {
	return map[string]describe.Describer{"agreement": s.describe}
}

func (s *Service) describe(ctx context.Context, q db.Queryer, reader actor.Actor, ref id.ID) (describe.Thing, error) {
	v, ok, err := byID(ctx, q, reader.Workspace, ref)
	if err == nil && !ok {
		err = fault.Missing("agreement")
	}
	if err != nil {
		return describe.Thing{}, err
	}
	t, err := s.people.Team(ctx, q, reader, v.Team)
	if err != nil {
		return describe.Thing{}, err
	}
	who, err := s.people.Refs(ctx, q, reader.Workspace, []id.ID{v.Author})
	if err != nil {
		return describe.Thing{}, err
	}
	did := " changed the working agreement of "
	if v.Restored > 0 {
		did = " brought back an earlier working agreement of "
	}
	was, _, err := load(ctx, q, reader.Workspace, v.Team, v.Version-1)
	if err != nil {
		return describe.Thing{}, err
	}
	return describe.Thing{
		Kind: "agreement", ID: ref, Title: who[v.Author].Name + did + t.Name, Excerpt: text.Cut(v.Reason+" "+inWords(compare(was, v)), 200), Body: v.Reason + "\n\n" + inWords(compare(was, v)),
		Path: Path(v.Team), Who: v.Author, At: v.At,
	}, nil
}

// Path is where a team's agreement is read.
func Path(team id.ID) string { return "/teams/" + id.Encode("team", team) + "/agreement" }
