package auth

import (
	"context"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/job"
)

// Session is a browser session or a bearer token, as its owner sees it.
type Session struct {
	ID                id.ID
	Name              string // the browser's own words, or what the token is for
	Current           bool
	CreatedAt, UsedAt clock.Instant
}

// Sessions lists the actor's browser sessions (or bearer tokens), newest first.
func (s *Service) Sessions(ctx context.Context, a actor.Actor, bearer bool) ([]Session, error) {
	acc, ok, err := accountOf(ctx, s.db, a.Workspace, a.Person)
	if err != nil || !ok {
		return []Session{}, err
	}
	rows, err := loadSessions(ctx, s.db, acc.AccountID, bearer, s.now())
	out := make([]Session, 0, len(rows))
	for _, r := range rows {
		out = append(out, Session{r.SessionID, r.Name, r.SessionID == a.Session, r.CreatedAt, r.UsedAt})
	}
	return out, err
}

// End ends one of the actor's own sessions or tokens; another's is not found.
func (s *Service) End(ctx context.Context, a actor.Actor, session id.ID, bearer bool) error {
	noun := "session"
	if bearer {
		noun = "token"
	}
	acc, ok, err := accountOf(ctx, s.db, a.Workspace, a.Person)
	if err != nil {
		return err
	}
	if !ok {
		return fault.Missing(noun)
	}
	return s.db.Write(ctx, id.ID{}, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("a session ends")
		n, err := deleteSession(ctx, tx, acc.AccountID, session, bearer)
		if err == nil && n == 0 {
			err = fault.Missing(noun)
		}
		return err
	})
}

// SignOut ends the session or token the actor came by; there being none is fine.
func (s *Service) SignOut(ctx context.Context, a actor.Actor) error {
	return s.db.Write(ctx, id.ID{}, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("a session ends")
		return deleteSessionByID(ctx, tx, a.Session)
	})
}

const mostTokens = 50 // of one account

// MakeToken makes a bearer token for a program that acts as the actor. It is
// told once.
func (s *Service) MakeToken(ctx context.Context, a actor.Actor, name string) (out Issued, err error) {
	if cutName(name) == "" {
		return out, fault.New(fault.Invalid, "name_needed", "Please say what the token is for.").At("name")
	}
	acc, ok, err := accountOf(ctx, s.db, a.Workspace, a.Person)
	if err != nil {
		return out, err
	}
	if !ok {
		return out, fault.New(fault.Forbidden, "no_account", "Only people with an account can have tokens.")
	}
	err = s.db.Write(ctx, id.ID{}, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("a token is made")
		have, err := loadSessions(ctx, tx, acc.AccountID, true, tx.Now)
		if err != nil {
			return err
		}
		if len(have) >= mostTokens {
			return fault.Newf(fault.Invalid, "too_many_tokens", "There are %d tokens already. Please remove one first.", mostTokens)
		}
		out, err = issue(ctx, tx, acc.AccountID, a, true, name)
		return err
	})
	return out, err
}

// ChangePassword changes the actor's password when they know the present one,
// and ends all their other sessions; tokens too unless they are to stay.
func (s *Service) ChangePassword(ctx context.Context, a actor.Actor, current, fresh string, keepTokens bool, v Visit) error {
	acc, ok, err := accountOf(ctx, s.db, a.Workspace, a.Person)
	if err != nil {
		return err
	}
	if !ok {
		return fault.New(fault.Forbidden, "no_account", "Only people with an account have a password.")
	}
	if err := checkPassword(fresh, acc.Email); err != nil {
		return fault.As(err).At("new")
	}
	if _, err := s.prove(ctx, acc.Email, current, v); err != nil {
		if fault.Is(err, "wrong_password") {
			err = fault.New(fault.Invalid, "wrong_password", "This is not your present password.").At("current")
		}
		return err
	}
	hash, err := s.hash.make(ctx, fresh)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		n, err := setPassword(ctx, tx, acc.AccountID, acc.Password, hash)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.Conflict, "password_changed", "Your password was changed somewhere else just now.")
		}
		event.Append(tx, event.New{
			Kind: EventPasswordSet, Actor: a.Person, Subject: event.Ref{Kind: "person", ID: a.Person}, Concerns: []id.ID{a.Person},
		})
		if a.Session.IsZero() {
			a.Session = id.New(tx.Now) // by no session: all of them end
		}
		return deleteOtherSessions(ctx, tx, acc.AccountID, a.Session, keepTokens)
	})
}

// Followers ends the sessions of people who were removed. Resolve refuses them
// from the moment of the removal on; this clears away what is left.
func (s *Service) Followers() []event.Follower {
	return []event.Follower{{
		Name: "auth", Kinds: []string{people.EventRemoved},
		Handle: func(ctx context.Context, tx *db.Tx, e event.Event) error {
			p, err := s.people.Get(ctx, tx, e.Workspace, e.Subject.ID)
			if err != nil || p.State != people.Removed {
				return err // invited again meanwhile
			}
			return deletePersonSessions(ctx, tx, e.Workspace, e.Subject.ID)
		},
	}}
}

// Jobs clears away sessions that are out of date.
func (s *Service) Jobs(r *job.Runner) {
	r.Beat(job.Pulse{
		Name: "auth.sessions",
		Next: func(ctx context.Context) (clock.Instant, error) { return firstExpiry(ctx, s.db) },
		Run: func(ctx context.Context) error {
			at, err := firstExpiry(ctx, s.db)
			if err != nil || at.IsZero() || at > s.now() {
				return err
			}
			return s.db.Write(ctx, id.ID{}, func(ctx context.Context, tx *db.Tx) error {
				tx.Quiet("old sessions are cleared away")
				return deleteExpired(ctx, tx)
			})
		},
	})
}
