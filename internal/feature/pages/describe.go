package pages

import (
	"context"
	"fmt"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
)

// Describe says how a page looks in a digest or a mail, and the week of a space that
// went over its budget.
func (s *Service) Describe() map[string]describe.Describer {
	return map[string]describe.Describer{"page": s.describePage, "urgent_week": s.describeWeek}
}

func (s *Service) describePage(ctx context.Context, q db.Queryer, a actor.Actor, x id.ID) (describe.Thing, error) {
	p, err := s.find(ctx, q, a, x)
	if err != nil {
		return describe.Thing{}, err
	}
	t, err := s.spaces.Thread(ctx, q, a, p.Thread)
	if err != nil {
		return describe.Thing{}, err
	}
	out := describe.Thing{
		Kind: "page", ID: x, Thread: p.Thread, Space: p.Space, Path: threadPath(&p), Who: p.Asker, At: p.CreatedAt, State: p.State, Ended: p.State == resolved, Ask: p.Ask,
		Excerpt: text.Cut(p.Reason, 160),
	}
	who, err := s.people.ByIDs(ctx, q, a.Workspace, []id.ID{p.AcknowledgedBy, p.ResolvedBy})
	if err != nil {
		return out, err
	}
	subject := "“" + t.Title + "”"
	switch p.State {
	case walking:
		out.Title, out.Excerpt = "Some of those on the path could not be reached: "+subject, p.missed()
	case spent:
		out.Title, out.Excerpt = "Nobody has acknowledged, and the urgent path has ended: "+subject, "You can ask somebody else, or reach them another way."
	case acknowledged:
		out.Title, out.Who = who[p.AcknowledgedBy].Name+" has acknowledged: "+subject, p.AcknowledgedBy
	case resolved:
		out.Title, out.Who, out.Excerpt = who[p.ResolvedBy].Name+" has resolved: "+subject, p.ResolvedBy, text.Cut(p.Resolution, 160)
		out.Body = p.Resolution
	default:
		out.Title = "No longer urgent: " + subject
	}
	return out, nil
}

// missed says in words how many could not be paged.
func (p *Page) missed() string {
	n := 0
	for _, c := range p.Calls {
		if c.Outcome == skipped {
			n++
		}
	}
	return fmt.Sprintf("%d could not be paged, and %d were.", n, len(p.people()))
}

// describeWeek counts the week that ended last.
func (s *Service) describeWeek(ctx context.Context, q db.Queryer, a actor.Actor, space id.ID) (describe.Thing, error) {
	sp, err := s.spaces.Space(ctx, q, a, space)
	if err != nil {
		return describe.Thing{}, err
	}
	day := s.now().Time().Truncate(24 * time.Hour)
	monday := day.AddDate(0, 0, -(int(day.Weekday())+6)%7)
	n, err := countWeek(ctx, q, a.Workspace, space, clock.At(monday.AddDate(0, 0, -7)), clock.At(monday))
	if err != nil {
		return describe.Thing{}, err
	}
	if n.Over == 0 {
		return describe.Thing{}, fault.Missing("week")
	}
	path, err := s.path(ctx, q, a.Workspace, space)
	if err != nil {
		return describe.Thing{}, err
	}
	budget, err := s.budget(ctx, q, a, path)
	return describe.Thing{
		Kind: "urgent_week", ID: space, Space: space, Path: "/spaces/" + id.Encode("sp", space) + "?tab=urgent", At: clock.At(monday),
		Title:   fmt.Sprintf("%s paged for something urgent %s last week, %d over its budget", sp.Name, times(n.N), n.Over),
		Excerpt: fmt.Sprintf("It %s %d a month. The log says why each could not wait.", budget.who(), budget.N),
	}, err
}

func times(n int64) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}
