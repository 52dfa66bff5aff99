package people

import (
	"context"
	"strings"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// Me is what the browser needs to know about who is signed in.
type Me struct {
	Person     MePerson       `json:"person"`
	Workspace  WorkspaceRef   `json:"workspace"`
	Workspaces []WorkspaceRef `json:"workspaces" nullable:"false"`
	Demo       bool           `json:"demo"`
	Now        time.Time      `json:"now" doc:"The server's clock."`
	Day        MyDay          `json:"day"`
	Closes     bool           `json:"closes" doc:"You want the pages closed outside your hours."`
	May        MeMay          `json:"may"`
}

// MePerson is the person who is signed in.
type MePerson struct {
	PersonRef
	Email string     `json:"email"`
	Role  actor.Role `json:"role" enum:"owner,admin,member,guest"`
	Title string     `json:"title"`
}

// MyDay is one's own working day.
type MyDay struct {
	Working   []Range    `json:"working" nullable:"false" doc:"My hours of today, on my date."`
	Focus     []Range    `json:"focus" nullable:"false"`
	NextStart *time.Time `json:"next_start" doc:"When my working time begins after the end of this working day."`
	End       *time.Time `json:"end" doc:"When my working time of today ends; null when there is none left."`
}

// MeMay says what one may do in the workspace.
type MeMay struct {
	Administer bool `json:"administer"`
	Invite     bool `json:"invite"`
}

// Me describes the actor to themselves.
func (s *Service) Me(ctx context.Context, q db.Queryer, a actor.Actor) (Me, error) {
	p, err := s.Get(ctx, q, a.Workspace, a.Person)
	if err != nil {
		return Me{}, err
	}
	w, err := s.Workspace(ctx, q, a.Workspace)
	if err != nil {
		return Me{}, err
	}
	h, err := s.Hours(ctx, q, a.Workspace, a.Person)
	if err != nil {
		return Me{}, err
	}
	all, err := s.myWorkspaces(ctx, q, a, w)
	if err != nil {
		return Me{}, err
	}
	closes := false
	if s.near.Closes != nil {
		if closes, err = s.near.Closes(ctx, q, a.Workspace, a.Person); err != nil {
			return Me{}, err
		}
	}
	now := s.now()
	return Me{
		Person:    MePerson{PersonRef: p.Ref(now), Email: p.Email, Role: p.Role, Title: p.Title},
		Workspace: w.Ref(), Workspaces: all, Demo: s.opt.Demo, Now: now.Time(), Day: myDay(h, now.Time()), Closes: closes,
		May: MeMay{Administer: p.Actor().Administers(), Invite: p.Role != actor.Guest},
	}, nil
}

// Ref is the workspace as the API names it.
func (w Workspace) Ref() WorkspaceRef { return WorkspaceRef{id.Encode("ws", w.ID), w.Name} }

func (s *Service) myWorkspaces(ctx context.Context, q db.Queryer, a actor.Actor, present Workspace) ([]WorkspaceRef, error) {
	if s.near.Workspaces == nil {
		return []WorkspaceRef{present.Ref()}, nil
	}
	list, err := s.near.Workspaces(ctx, q, a)
	if err != nil {
		return nil, err
	}
	out := []WorkspaceRef{}
	for _, x := range list {
		w, err := s.Workspace(ctx, q, x)
		if err != nil {
			return nil, err
		}
		out = append(out, w.Ref())
	}
	return out, nil
}

// myDay reads a schedule around an instant.
func myDay(h *worktime.Schedule, now time.Time) MyDay {
	from, to := dayBounds(h, h.LocalDate(now))
	d := MyDay{Working: ranges(h.Ranges(from, to)), Focus: ranges(h.FocusRanges(from, to))}
	after := now
	if n := len(d.Working); n > 0 && d.Working[n-1].To.After(now) {
		d.End = &d.Working[n-1].To
		after = *d.End
	}
	if next, err := h.Next(after); err == nil {
		d.NextStart = &next
	}
	return d
}

// Profile is what people may change about themselves; nil leaves it.
type Profile struct{ Name, Title, Handle *string }

// ChangeMe changes one's own name, title or handle. A handle that somebody or a
// team has is a conflict.
func (s *Service) ChangeMe(ctx context.Context, a actor.Actor, c Profile) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		p, err := s.Get(ctx, tx, a.Workspace, a.Person)
		if err != nil {
			return err
		}
		if c.Name != nil {
			p.Name = CleanName(*c.Name)
			if err := checkName(p.Name); err != nil {
				return err
			}
		}
		if c.Title != nil {
			p.Title = cut(CleanName(*c.Title), 120)
		}
		if c.Handle != nil && strings.ToLower(*c.Handle) != p.Handle {
			if p.Handle, err = takeHandle(ctx, tx, *c.Handle, "person", p.ID); err != nil {
				return err
			}
		}
		if err := updatePerson(ctx, tx, p, fold(p.Name)); err != nil {
			return err
		}
		event.Append(tx, event.New{Kind: EventChanged, Actor: a.Person, Subject: personRef(p.ID)})
		return nil
	})
}

// takeHandle gives a handle to somebody instead of the one they had.
func takeHandle(ctx context.Context, tx *db.Tx, wanted, kind string, of id.ID) (string, error) {
	h := strings.TrimPrefix(strings.ToLower(strings.TrimSpace(wanted)), "@")
	if !validHandle(h) {
		return "", fault.New(fault.Invalid, "bad_handle", "A handle has 2 to 32 letters a–z, digits, dots, dashes or underscores, and begins and ends with a letter or digit.").At("handle")
	}
	taken, err := handlesLike(ctx, tx, tx.Workspace, h)
	if err != nil {
		return "", err
	}
	for _, t := range taken {
		if t == h {
			return "", fault.New(fault.Conflict, "handle_taken", "Somebody, or a team, has this handle already. Please choose another.").At("handle")
		}
	}
	if err := deleteHandle(ctx, tx, of); err != nil {
		return "", err
	}
	return h, insertHandle(ctx, tx, handleRow{h, kind, of})
}

// cut keeps at most n characters.
func cut(s string, n int) string {
	r := []rune(s)
	return string(r[:min(len(r), n)])
}
