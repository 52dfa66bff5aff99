package duty

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
)

// Describe says how a rota's gaps, a handover, a cover and a swap look in a digest or
// a mail. What is settled by then is not found, and so not told.
func (s *Service) Describe() map[string]describe.Describer {
	return map[string]describe.Describer{"rota": s.describeGaps, "handover": s.describeHandover, "cover": s.describeCover, "swap": s.describeSwap}
}

const excerptLength = 160

func path(team id.ID) string { return "/teams/" + id.Encode("team", team) + "/duty" }

// describeGaps names the gaps of the next two weeks that are there still.
func (s *Service) describeGaps(ctx context.Context, q db.Queryer, a actor.Actor, team id.ID) (describe.Thing, error) {
	now := s.now()
	t, r, err := s.rota(ctx, q, a, team, now)
	if err != nil {
		return describe.Thing{}, err
	}
	folk, err := s.folk(ctx, q, r)
	if err != nil {
		return describe.Thing{}, err
	}
	in := Span{now, now.Add(tellAhead)}
	gaps := r.missing(r.Compute(folk, in).Gaps, in)
	if len(gaps) == 0 {
		return describe.Thing{}, fault.Missing("gap")
	}
	zone, err := s.zoneOf(ctx, q, a)
	if err != nil {
		return describe.Thing{}, err
	}
	title := fmt.Sprintf("Nobody is on duty for %s from %s to %s", t.Name, said(gaps[0].From, zone), said(gaps[0].To, zone))
	excerpt := "Cover it, or change the rota."
	if n := len(gaps) - 1; n == 1 {
		excerpt = "And once more within two weeks. " + excerpt
	} else if n > 1 {
		excerpt = fmt.Sprintf("And %d more times within two weeks. %s", n, excerpt)
	}
	return describe.Thing{Kind: "rota", ID: team, Title: title, Excerpt: excerpt, Path: path(team), At: now, Due: gaps[0].From}, nil
}

// describeHandover asks whoever leaves for the note, and shows it to whoever comes.
func (s *Service) describeHandover(ctx context.Context, q db.Queryer, a actor.Actor, x id.ID) (describe.Thing, error) {
	h, ok, err := handoverByID(ctx, q, a.Workspace, x)
	if err == nil && (!ok || h.From != a.Person && h.To != a.Person) {
		err = fault.Missing("handover")
	}
	if err != nil {
		return describe.Thing{}, err
	}
	t, err := s.people.Team(ctx, q, a, h.Team)
	if err != nil {
		return describe.Thing{}, err
	}
	who, err := s.people.ByIDs(ctx, q, a.Workspace, []id.ID{h.From, h.To})
	if err != nil {
		return describe.Thing{}, err
	}
	zone, err := s.zoneOf(ctx, q, a)
	if err != nil {
		return describe.Thing{}, err
	}
	out := describe.Thing{Kind: "handover", ID: x, Path: path(h.Team), At: h.At}
	switch {
	case h.From == a.Person && (!h.WrittenAt.IsZero() || h.At <= s.now().Add(-owedFor)):
		return out, fault.Missing("handover") // it is written, or long over: nothing is asked any more
	case h.From == a.Person:
		out.Title = fmt.Sprintf("You hand the duty of %s over to %s on %s: what is going on, what is to be watched?", t.Name, nameOf(who, h.To), said(h.At, zone))
		out.Who, out.Due = h.To, h.At
	default:
		over, err := s.handedOn(ctx, q, a, h)
		if err != nil {
			return out, err
		}
		if over {
			return out, fault.Missing("handover")
		}
		out.Who = h.From
		out.Title = fmt.Sprintf("You are on duty for %s since %s", t.Name, said(h.At, zone))
		out.Excerpt = nameOf(who, h.From) + " has not left a note yet."
		if !h.WrittenAt.IsZero() {
			out.Excerpt = text.Cut(nameOf(who, h.From)+": "+h.GoingOn+" Watch: "+h.Watch, excerptLength)
			out.Body = h.GoingOn
			if h.Watch == "" {
				out.Excerpt = text.Cut(nameOf(who, h.From)+": "+h.GoingOn, excerptLength)
			} else {
				out.Body += "\n\n**Watch:** " + h.Watch
			}
		}
	}
	return out, nil
}

// handedOn says whether the duty that somebody took over is somebody else's by now.
func (s *Service) handedOn(ctx context.Context, q db.Queryer, a actor.Actor, h Handover) (bool, error) {
	later, err := handoversSince(ctx, q, a.Workspace, h.Team, h.At)
	return slices.ContainsFunc(later, func(x Handover) bool { return x.From == a.Person && x.At <= s.now() }), err
}

func (s *Service) describeCover(ctx context.Context, q db.Queryer, a actor.Actor, x id.ID) (describe.Thing, error) {
	c, ok, err := coverByID(ctx, q, a.Workspace, x)
	if err == nil && (!ok || c.Person != a.Person || c.To <= s.now()) {
		err = fault.Missing("cover")
	}
	if err != nil {
		return describe.Thing{}, err
	}
	t, err := s.people.Team(ctx, q, a, c.Team)
	if err != nil {
		return describe.Thing{}, err
	}
	zone, err := s.zoneOf(ctx, q, a)
	return describe.Thing{
		Kind: "cover", ID: x, Path: path(c.Team), Who: c.MadeBy, At: c.From, Excerpt: text.Cut(c.Reason, excerptLength),
		Title: fmt.Sprintf("You cover the duty of %s from %s to %s", t.Name, said(c.From, zone), said(c.To, zone)),
	}, err
}

func (s *Service) describeSwap(ctx context.Context, q db.Queryer, a actor.Actor, x id.ID) (describe.Thing, error) {
	w, ok, err := swapByID(ctx, q, a.Workspace, x)
	if err == nil && (!ok || w.Asker != a.Person && w.Other != a.Person) {
		err = fault.Missing("swap")
	}
	if err != nil {
		return describe.Thing{}, err
	}
	who, err := s.people.ByIDs(ctx, q, a.Workspace, []id.ID{w.Asker, w.Other})
	if err != nil {
		return describe.Thing{}, err
	}
	zone, err := s.zoneOf(ctx, q, a)
	if err != nil {
		return describe.Thing{}, err
	}
	when := fmt.Sprintf("%s to %s", said(w.From, zone), said(w.To, zone))
	out := describe.Thing{Kind: "swap", ID: x, Path: path(w.Team), Who: w.Asker, At: w.MadeAt, Excerpt: text.Cut(w.Note, excerptLength), State: w.State}
	switch {
	case w.State == offered && w.Other == a.Person && w.To > s.now():
		out.Title = fmt.Sprintf("%s asks you to take their duty, %s", nameOf(who, w.Asker), when)
		out.Body = w.Note
		if !w.back().empty() {
			in := fmt.Sprintf("In return %s takes %s to %s.", nameOf(who, w.Asker), said(w.BackFrom, zone), said(w.BackTo, zone))
			out.Excerpt, out.Body = text.Cut(in+" "+w.Note, excerptLength), strings.TrimSpace(in+"\n\n"+w.Note)
		}
	case w.State == withdrawn && w.Other == a.Person:
		out.Title = fmt.Sprintf("%s took back the offer to swap duty, %s", nameOf(who, w.Asker), when)
	case w.State == accepted || w.State == declined:
		out.Title, out.Who = fmt.Sprintf("%s %s your duty, %s", nameOf(who, w.Other), map[string]string{accepted: "takes", declined: "cannot take"}[w.State], when), w.Other
	default:
		return out, fault.Missing("swap")
	}
	return out, nil
}

func (s *Service) zoneOf(ctx context.Context, q db.Queryer, a actor.Actor) (*time.Location, error) {
	if a.IsSystem() {
		return time.UTC, nil
	}
	h, err := s.people.Hours(ctx, q, a.Workspace, a.Person)
	if err != nil {
		return nil, err
	}
	return h.Zone(s.now().Time()), nil
}

// said is an instant in a reader's own clock.
func said(at clock.Instant, zone *time.Location) string {
	return at.Time().In(zone).Format("Mon 2 Jan 15:04")
}
