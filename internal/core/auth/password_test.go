package auth_test

import (
	"context"
	"strings"
	"testing"

	"example.org/meantime/internal/core/auth"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/testkit"
)

func TestNoSecretIsKept(t *testing.T) {
	engines(t, func(t *testing.T, o *door, _ *clock.Machine) {
		ana := o.owner()
		i := o.signIn(ana.Email)
		_, token, err := o.s.Invite(t.Context(), ana.Actor(), auth.NewInvitation{})
		want(t, err, "")
		stored, err := db.All[[]byte](t.Context(), o.d, `SELECT hash FROM auth_sessions UNION ALL SELECT hash FROM auth_invitations`)
		if err != nil || len(stored) != 3 {
			t.Fatalf("%d hashes (%v), want 3", len(stored), err)
		}
		for _, h := range stored {
			if strings.Contains(string(h), i.Token) || strings.Contains(string(h), token) || len(h) != 32 {
				t.Errorf("a token is kept: %x", h)
			}
		}
	})
}

func TestTheDefaultHashIsArgon2id(t *testing.T) {
	d := testkit.SQLite(t, clock.Still(testkit.Monday))
	p := people.New(d, people.Options{})
	s := auth.New(d, p, auth.Options{})
	a, err := s.CreateOwner(context.Background(), auth.NewOwner{Workspace: "W", Name: "Ana", Email: "ana@northwind.example", Password: good})
	want(t, err, "")
	hash, _, err := db.One[string](t.Context(), d, `SELECT password FROM auth_accounts`)
	if err != nil || !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("the password of %v is kept as %q (%v)", a.Person, hash, err)
	}
}
