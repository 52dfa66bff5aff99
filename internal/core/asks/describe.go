package asks

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/id"
)

// Describe says how an ask looks anywhere. A written reply to one answers it:
// that is what Reply does with the ask among its Answers.
func (s *Service) Describe() map[string]describe.Describer {
	return map[string]describe.Describer{"ask": s.describe}
}

func (s *Service) describe(ctx context.Context, q db.Queryer, reader actor.Actor, ref id.ID) (describe.Thing, error) {
	list, err := loadAll(ctx, q, reader.Workspace, []id.ID{ref})
	if err != nil {
		return describe.Thing{}, err
	}
	if len(list) == 0 {
		return describe.Thing{}, missing()
	}
	a := list[0]
	places, err := s.places(ctx, q, reader, []id.ID{a.ThreadID})
	if err != nil {
		return describe.Thing{}, err
	}
	w, ok := places[a.ThreadID]
	if !ok {
		return describe.Thing{}, missing()
	}
	t := describe.Thing{
		Kind: "ask", ID: a.ID, Title: w.Title, Excerpt: a.Line(), Thread: a.ThreadID, Space: w.Of, Who: a.AskerID,
		At: a.CreatedAt, State: string(a.State), Path: a.Path(),
	}
	if o := a.Of(reader.Person); o != nil {
		t.Due = o.Due
	}
	return t, nil
}

// Path is where the ask is found: where its thing is, or its post in its thread.
func (a *Ask) Path() string {
	if a.HeldPath != "" {
		return a.HeldPath
	}
	return "/threads/" + id.Encode("thr", a.ThreadID) + "#" + id.Encode("post", a.PostID)
}

// Line says in a line what is asked: the asker's own words, else the kind's.
func (a *Ask) Line() string {
	if a.Text != "" {
		return cut(a.Text, 200)
	}
	return map[Kind]string{
		Reply: "A reply", Review: "A review", Approve: "An approval", Decide: "A decision", Do: "Something to do",
		Acknowledge: "To be acknowledged", CheckIn: "A check-in",
	}[a.Kind]
}

func cut(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}
