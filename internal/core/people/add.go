package people

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// NewPerson is somebody to be added. Only the name is needed.
type NewPerson struct {
	Name       string
	Email      string // "" when unknown; unique in the workspace
	Handle     string // made from the name when empty or taken
	Role       actor.Role
	Zone       string // IANA; UTC when empty
	Title      string
	State      string // Active when empty
	Bot        bool
	GuestUntil clock.Instant
	Spec       *worktime.Spec // nine to five in Zone when nil
}

// AddTx adds a person and tells the log. An e-mail that somebody in the
// workspace has already is a conflict (email_taken); it does not check who asks.
func (s *Service) AddTx(ctx context.Context, tx *db.Tx, n NewPerson) (Person, error) {
	p, spec, err := newPerson(n, tx.Now)
	if err != nil {
		return Person{}, err
	}
	p.WorkspaceID = tx.Workspace
	if p.Email != "" {
		if taken, err := loadByEmails(ctx, tx, tx.Workspace, []string{p.Email}); err != nil || len(taken) > 0 {
			if err == nil {
				err = fault.New(fault.Conflict, "email_taken", "Somebody in this workspace has this e-mail address already.").At("email")
			}
			return Person{}, err
		}
	}
	if p.Handle, err = freeHandle(ctx, tx, strings.ToLower(n.Handle), n.Name, beforeAt(p.Email)); err != nil {
		return Person{}, err
	}
	if err := insertHandle(ctx, tx, handleRow{p.Handle, "person", p.ID}); err != nil {
		return Person{}, err
	}
	if err := insertPerson(ctx, tx, p, fold(p.Name), spec); err != nil {
		return Person{}, err
	}
	kind := EventJoined
	if p.State != Active {
		kind = EventAdded
	}
	event.Append(tx, event.New{Kind: kind, Subject: personRef(p.ID), Data: map[string]string{"name": p.Name, "role": string(p.Role)}})
	return p, nil
}

func newPerson(n NewPerson, now clock.Instant) (Person, worktime.Spec, error) {
	p := Person{
		ID: id.New(now), Name: CleanName(n.Name), Email: FoldEmail(n.Email), Role: n.Role, Title: CleanName(n.Title),
		State: n.State, Bot: n.Bot, GuestUntil: n.GuestUntil, CreatedAt: now,
	}
	if err := checkName(p.Name); err != nil {
		return p, worktime.Spec{}, err
	}
	if n.Email != "" && p.Email == "" {
		return p, worktime.Spec{}, fault.New(fault.Invalid, "bad_email", "This does not look like an e-mail address.").At("email")
	}
	if p.Role == "" {
		p.Role = actor.Member
	}
	if p.State == "" {
		p.State = Active
	}
	spec := usual(n.Zone)
	if n.Spec != nil {
		spec = *n.Spec
	}
	if err := checkSpec(spec); err != nil {
		return p, spec, err
	}
	p.Zone, p.Moves.V = spec.Zone, moves(spec)
	return p, spec, nil
}

const longestName = 80

func checkName(name string) error {
	if name == "" {
		return fault.New(fault.Invalid, "name_needed", "Please give a name.").At("name")
	}
	if len([]rune(name)) > longestName {
		return fault.Newf(fault.Invalid, "name_too_long", "Please keep the name to %d characters.", longestName).At("name")
	}
	return nil
}

// usual is nine to five in a zone.
func usual(zone string) worktime.Spec {
	if zone == "" {
		zone = "UTC"
	}
	for _, t := range worktime.Templates() {
		if t.Key == "nine_to_five" {
			t.Spec.Zone = zone
			return t.Spec
		}
	}
	return worktime.Spec{Zone: zone}
}

// checkSpec compiles a schedule and says what is wrong with it.
func checkSpec(spec worktime.Spec) error {
	if len(spec.Absences) > 0 {
		return fault.New(fault.Invalid, "absences_elsewhere", "Absences have a place of their own; leave them out of the schedule.").At("absences")
	}
	_, err := spec.Compile()
	return specFault(err)
}

// freeHandle finds a handle that nobody has, near the one that is wanted.
func freeHandle(ctx context.Context, q *db.Tx, wanted, name, mail string) (string, error) {
	full := handleFrom(name)
	first, _, _ := strings.Cut(full, ".")
	for _, h := range []string{wanted, first, full, handleFrom(mail), "person"} {
		if !validHandle(h) {
			continue
		}
		taken, err := handlesLike(ctx, q, q.Workspace, h)
		if err != nil {
			return "", err
		}
		if !slices.Contains(taken, h) {
			return h, nil
		}
		if h != full && h != "person" && full != first {
			continue // the whole name is kinder than a number
		}
		for n := 2; ; n++ {
			if numbered := fmt.Sprintf("%s%d", h, n); !slices.Contains(taken, numbered) {
				return numbered, nil
			}
		}
	}
	return "", fault.New(fault.Invalid, "bad_handle", "Please choose another handle.").At("handle")
}

func beforeAt(mail string) string {
	before, _, _ := strings.Cut(mail, "@")
	return before
}
