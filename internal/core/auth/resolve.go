package auth

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"strings"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

const (
	sessionFor = 30 * 24 * time.Hour // after its last use
	touchAfter = time.Hour           // so that use costs at most one write an hour
)

type session struct {
	SessionID   id.ID
	Hash        []byte
	Bearer      bool
	Name        string // the browser, or what the token is for
	AccountID   id.ID
	WorkspaceID id.ID
	PersonID    id.ID
	CreatedAt   clock.Instant
	UsedAt      clock.Instant
	ExpiresAt   clock.Instant // none: until it is taken back
}

// Resolve says who stands behind a session cookie or a bearer token (the token
// goes first). A token that is unknown, out of date, or whose person was removed
// or is a guest whose time is over, is an unauthenticated fault.
func (s *Service) Resolve(ctx context.Context, cookie, bearer string) (actor.Actor, error) {
	a, _, err := s.resolve(ctx, cookie, bearer)
	return a, err
}

// resolve is Resolve, and says which version of the names the workspace has.
func (s *Service) resolve(ctx context.Context, cookie, bearer string) (a actor.Actor, names int64, err error) {
	x, err := s.standing(ctx, cookie, bearer)
	if err != nil {
		return a, 0, err
	}
	now := s.now()
	if x.Role == "" || !x.Active(now) {
		return a, 0, signIn()
	}
	if now.Sub(x.UsedAt) >= touchAfter {
		if err := s.touch(ctx, x.session, now); err != nil {
			return a, 0, err
		}
	}
	return actor.Actor{Workspace: x.WorkspaceID, Person: x.PersonID, Role: x.Role, Session: x.SessionID}, x.Names, nil
}

// standing finds a session that holds, with its person: in one question, since it is
// asked before every other.
func (s *Service) standing(ctx context.Context, cookie, bearer string) (standing, error) {
	token, isBearer := cookie, false
	if bearer != "" {
		token, isBearer = bearer, true
	}
	hash := hashOf(token)
	x, ok, err := loadStanding(ctx, s.db, hash)
	if err != nil {
		return x, err
	}
	over := !x.ExpiresAt.IsZero() && x.ExpiresAt <= s.now()
	if !ok || x.Bearer != isBearer || over || subtle.ConstantTimeCompare(x.Hash, hash) != 1 {
		return x, signIn()
	}
	return x, nil
}

func (s *Service) touch(ctx context.Context, ses session, now clock.Instant) error {
	expires := ses.ExpiresAt
	if !expires.IsZero() {
		expires = now.Add(sessionFor)
	}
	return s.db.WriteSoon(ctx, id.ID{}, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("a session is used")
		return touchSession(ctx, tx, ses.SessionID, now, expires)
	})
}

func signIn() error {
	return fault.New(fault.Unauthenticated, "sign_in", "Please sign in first.")
}

// newToken makes 32 random bytes as text, and what is kept of them.
func newToken(prefix string) (token string, hash []byte) {
	b := make([]byte, 32)
	_, _ = rand.Read(b)
	token = prefix + base64.RawURLEncoding.EncodeToString(b)
	return token, hashOf(token)
}

func hashOf(token string) []byte {
	h := sha256.Sum256([]byte(strings.TrimSpace(token)))
	return h[:]
}
