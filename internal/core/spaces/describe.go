package spaces

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
)

// Describe says how spaces, threads and posts look anywhere.
func (s *Service) Describe() map[string]describe.Describer {
	return map[string]describe.Describer{"space": s.describeSpace, "thread": s.describeThread, "post": s.describePost}
}

const excerptLength = 200

func (s *Service) describeSpace(ctx context.Context, q db.Queryer, a actor.Actor, ref id.ID) (describe.Thing, error) {
	sp, err := s.Space(ctx, q, a, ref)
	if err != nil {
		return describe.Thing{}, err
	}
	return describe.Thing{
		Kind: "space", ID: sp.ID, Title: sp.Name, Excerpt: text.Cut(sp.Purpose, excerptLength), Path: "/spaces/" + id.Encode("sp", sp.ID),
		Space: sp.ID, Who: sp.CreatedBy, At: sp.CreatedAt,
	}, nil
}

func (s *Service) describeThread(ctx context.Context, q db.Queryer, a actor.Actor, ref id.ID) (describe.Thing, error) {
	t, err := s.Thread(ctx, q, a, ref)
	if err != nil {
		return describe.Thing{}, err
	}
	excerpt := text.Cut(t.Purpose, excerptLength)
	if t.Concluded() {
		excerpt = text.Excerpt(t.ConclusionMarkdown, excerptLength)
	}
	return describe.Thing{
		Kind: "thread", ID: t.ID, Title: t.Title, Excerpt: excerpt, Path: "/threads/" + id.Encode("thr", t.ID),
		Thread: t.ID, Space: t.Space, Who: t.OpenedBy, At: t.OpenedAt, State: t.State(),
	}, nil
}

func (s *Service) describePost(ctx context.Context, q db.Queryer, a actor.Actor, ref id.ID) (describe.Thing, error) {
	p, t, _, err := s.post(ctx, q, a, ref)
	if err != nil {
		return describe.Thing{}, err
	}
	state := p.Kind
	if p.Deleted() {
		state = "deleted"
	}
	return describe.Thing{
		Kind: "post", ID: p.ID, Title: t.Title, Excerpt: text.Excerpt(p.Markdown, excerptLength),
		Path: "/threads/" + id.Encode("thr", t.ID) + "#" + id.Encode("post", p.ID), Thread: t.ID, Space: t.Space, Who: p.Author, At: p.CreatedAt, State: state,
	}, nil
}
