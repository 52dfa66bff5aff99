package auth

import (
	"context"
	"strings"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Visit is where a request comes from: the peer's address, never what a header
// claims, and the program's own words about itself.
type Visit struct{ Address, Agent string }

// Issued is a fresh session or bearer token. Token is told once and not kept.
type Issued struct {
	Token   string
	Actor   actor.Actor
	Expires clock.Instant // none for bearer tokens
	ID      id.ID
}

// wrongPassword is the one answer to everything that is wrong with a sign-in.
func wrongPassword() error {
	return fault.New(fault.Unauthenticated, "wrong_password", "This e-mail address and this password do not fit together.")
}

// SignIn begins a browser session. A wrong password, an unknown e-mail and an
// impossible one are answered alike, after the same work; too many tries are a
// limited fault.
func (s *Service) SignIn(ctx context.Context, email, password string, v Visit) (Issued, error) {
	return s.enter(ctx, email, password, v, false, v.Agent)
}

// SignInToken makes a bearer token for a program from an e-mail and a password.
func (s *Service) SignInToken(ctx context.Context, email, password, name string, v Visit) (Issued, error) {
	return s.enter(ctx, email, password, v, true, name)
}

func (s *Service) enter(ctx context.Context, email, password string, v Visit, bearer bool, name string) (Issued, error) {
	acc, err := s.prove(ctx, email, password, v)
	if err != nil {
		return Issued{}, err
	}
	a, err := s.home(ctx, acc.AccountID)
	if err != nil {
		return Issued{}, err
	}
	var out Issued
	err = s.db.Write(ctx, id.ID{}, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("a session begins")
		// The password may have changed while it was being checked.
		now, ok, err := loadAccount(ctx, tx, acc.Email)
		if err != nil {
			return err
		}
		if !ok || now.Password != acc.Password {
			return wrongPassword()
		}
		out, err = issue(ctx, tx, acc.AccountID, a, bearer, name)
		return err
	})
	return out, err
}

// prove checks an e-mail and a password, counting the try for the account and
// for the address it comes from.
func (s *Service) prove(ctx context.Context, email, password string, v Visit) (account, error) {
	folded := people.FoldEmail(email)
	byAccount, byAddress := "account "+folded, "address "+v.Address
	if folded == "" {
		byAccount = "account " + cutName(strings.ToLower(email))
	}
	now := s.now()
	if err := s.tries.take(now, byAddress, triesAddress); err != nil {
		return account{}, err
	}
	if err := s.tries.take(now, byAccount, triesAccount); err != nil {
		return account{}, err
	}
	acc, _, err := loadAccount(ctx, s.db, folded)
	if err != nil {
		return acc, err
	}
	ok, err := s.hash.matches(ctx, cutPassword(password), acc.Password)
	if err != nil {
		return acc, err
	}
	if !ok {
		return acc, wrongPassword()
	}
	s.tries.forgive(byAccount)
	s.tries.giveBack(byAddress)
	return acc, nil
}

// home is the first workspace in which the account's person is active.
func (s *Service) home(ctx context.Context, acc id.ID) (actor.Actor, error) {
	members, err := s.members(ctx, s.db, acc)
	if err != nil {
		return actor.Actor{}, err
	}
	if len(members) == 0 {
		return actor.Actor{}, fault.New(fault.Forbidden, "no_workspace", "You are not a member of any workspace at present. Ask somebody to invite you.")
	}
	return members[0], nil
}

// members lists whom an account is, where it is active, the oldest first.
func (s *Service) members(ctx context.Context, q db.Queryer, acc id.ID) ([]actor.Actor, error) {
	rows, err := loadMembers(ctx, q, acc)
	if err != nil {
		return nil, err
	}
	var out []actor.Actor
	for _, r := range rows {
		p, err := s.people.Get(ctx, q, r.WorkspaceID, r.PersonID)
		if err != nil && !fault.IsKind(err, fault.NotFound) {
			return nil, err
		}
		if err == nil && p.Active(s.now()) {
			out = append(out, p.Actor())
		}
	}
	return out, nil
}

// Workspaces lists the workspaces in which the actor's account is active.
func (s *Service) Workspaces(ctx context.Context, q db.Queryer, a actor.Actor) ([]id.ID, error) {
	acc, ok, err := accountOf(ctx, q, a.Workspace, a.Person)
	if err != nil || !ok {
		return []id.ID{a.Workspace}, err
	}
	list, err := s.members(ctx, q, acc.AccountID)
	out := []id.ID{}
	for _, m := range list {
		out = append(out, m.Workspace)
	}
	return out, err
}

// Switch moves the actor's session to another workspace of the same account.
func (s *Service) Switch(ctx context.Context, a actor.Actor, workspace id.ID) (actor.Actor, error) {
	acc, ok, err := accountOf(ctx, s.db, a.Workspace, a.Person)
	if err != nil {
		return a, err
	}
	if !ok {
		return a, fault.Missing("workspace")
	}
	list, err := s.members(ctx, s.db, acc.AccountID)
	if err != nil {
		return a, err
	}
	for _, m := range list {
		if m.Workspace == workspace {
			m.Session = a.Session
			return m, s.db.Write(ctx, id.ID{}, func(ctx context.Context, tx *db.Tx) error {
				tx.Quiet("a session moves to another workspace")
				return moveSession(ctx, tx, a.Session, m.Workspace, m.Person)
			})
		}
	}
	return a, fault.Missing("workspace")
}

func issue(ctx context.Context, tx *db.Tx, acc id.ID, a actor.Actor, bearer bool, name string) (Issued, error) {
	prefix, expires := "", tx.Now.Add(sessionFor)
	if bearer {
		prefix, expires = "mt_", 0
	}
	token, hash := newToken(prefix)
	ses := session{
		SessionID: id.New(tx.Now), Hash: hash, Bearer: bearer, Name: cutName(name), AccountID: acc,
		WorkspaceID: a.Workspace, PersonID: a.Person, CreatedAt: tx.Now, UsedAt: tx.Now, ExpiresAt: expires,
	}
	a.Session = ses.SessionID
	return Issued{Token: token, Actor: a, Expires: expires, ID: ses.SessionID}, insertSession(ctx, tx, ses)
}

// cutPassword bounds the work of hashing.
func cutPassword(p string) string { return p[:min(len(p), 4*longestPassword)] }

func cutName(s string) string {
	r := []rune(people.CleanName(s))
	return string(r[:min(len(r), 200)])
}
