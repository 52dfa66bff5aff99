package auth_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"example.org/meantime/internal/core/auth"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// invite makes an invitation over HTTP and returns the path of its token.
func (o *door) invite(token string, body m) (auth.InvitationOut, string) {
	o.t.Helper()
	var inv auth.InvitationOut
	w := o.over(request{method: "POST", path: "/invitations", token: token, body: body, header: http.Header{"X-Forwarded-Host": {"evil.example"}}}, &inv)
	if w.Code != 201 {
		o.t.Fatalf("inviting: %d %s", w.Code, w.Body)
	}
	secret, ok := strings.CutPrefix(inv.Link, "https://meantime.example/invite/")
	if !ok || len(secret) < 43 {
		o.t.Fatalf("the link is %q", inv.Link)
	}
	return inv, "/invitations/by-token/" + secret
}

func accept(mail string) m {
	return m{"name": "New Person", "email": mail, "password": good, "zone": "Asia/Taipei"}
}

func TestAnInvitationIsUsedOnce(t *testing.T) {
	engines(t, func(t *testing.T, o *door, _ *clock.Machine) {
		ana := o.owner()
		s := o.signIn(ana.Email)
		space := id.New(1)
		o.rooms.may[space] = []id.ID{ana.ID}
		_, path := o.invite(s.Token, m{"role": "guest", "spaces": []string{id.Encode("sp", space)}})
		for range 3 { // looking, as a mail program does beforehand, uses nothing up
			var look auth.DoorOut
			if w := o.over(request{method: "GET", path: path}, &look); w.Code != 200 || look.Workspace != "Northwind" || look.Inviter != "Ana Lima" {
				t.Fatalf("looking: %d %+v", w.Code, look)
			}
		}
		if w := o.over(request{method: "HEAD", path: path + "/acceptance"}, nil); w.Code < 400 {
			t.Errorf("HEAD accepts: %d", w.Code)
		}
		var me people.Me
		w := o.over(request{method: "POST", path: path + "/acceptance", body: accept("new@northwind.example")}, &me)
		if w.Code != 201 || me.Person.Role != actor.Guest || len(w.Result().Cookies()) != 1 || len(o.rooms.joined[space]) != 1 {
			t.Fatalf("accepting: %d %s", w.Code, w.Body)
		}
		if w := o.over(request{method: "POST", path: path + "/acceptance", body: accept("second@northwind.example")}, nil); w.Code != 404 {
			t.Errorf("a second time: %d, want 404", w.Code)
		}
		var list struct{ Items []auth.InvitationOut }
		if w := o.over(request{method: "GET", path: "/invitations", token: s.Token}, &list); w.Code != 200 || len(list.Items) != 0 {
			t.Errorf("open invitations: %d %+v", w.Code, list.Items)
		}
	})
}

func TestOfManyWhoAcceptOneComesIn(t *testing.T) {
	engines(t, func(t *testing.T, o *door, _ *clock.Machine) {
		ana := o.owner()
		_, token, err := o.s.Invite(t.Context(), ana.Actor(), auth.NewInvitation{})
		want(t, err, "")
		var in atomic.Int64
		var wg sync.WaitGroup
		for i := range 50 {
			wg.Go(func() {
				n := auth.Acceptance{Name: "X", Email: fmt.Sprintf("x%d@northwind.example", i), Password: good, Zone: "UTC"}
				if _, err := o.s.Accept(t.Context(), token, n, auth.Visit{}); err == nil {
					in.Add(1)
				}
			})
		}
		wg.Wait()
		list, _, err := o.p.List(t.Context(), o.d, ana.Actor(), people.Search{})
		if err != nil || in.Load() != 1 || len(list) != 2 {
			t.Errorf("%d came in, %d people (%v), want one and two", in.Load(), len(list), err)
		}
	})
}

func TestInvitationsThatAreShut(t *testing.T) {
	engines(t, func(t *testing.T, o *door, k *clock.Machine) {
		ana, adam := o.owner(), o.add("Adam", actor.Admin)
		n := auth.Acceptance{Name: "New", Email: "new@northwind.example", Password: good, Zone: "UTC"}
		make := func(by people.Person, in auth.NewInvitation) (auth.Invitation, string) {
			inv, token, err := o.s.Invite(t.Context(), by.Actor(), in)
			want(t, err, "")
			return inv, token
		}
		try := func(token string, n auth.Acceptance, code string) {
			t.Helper()
			_, err := o.s.Accept(t.Context(), token, n, auth.Visit{})
			want(t, err, code)
		}
		try("made up", n, "invitation_closed")
		inv, token := make(ana, auth.NewInvitation{})
		want(t, o.s.Uninvite(t.Context(), ana.Actor(), inv.InvitationID), "")
		try(token, n, "invitation_closed")
		_, token = make(ana, auth.NewInvitation{Email: "mei@northwind.example"})
		try(token, n, "other_email")
		_, token = make(adam, auth.NewInvitation{Role: actor.Admin})
		demoted := actor.Member
		want(t, o.p.ChangeStanding(t.Context(), ana.Actor(), adam.ID, people.Standing{Role: &demoted}), "")
		try(token, n, "invitation_closed") // the inviter may not give that any more
		_, token = make(ana, auth.NewInvitation{})
		taken := n
		taken.Email = ana.Email
		try(token, taken, "already_member")
		weak := n
		weak.Password = "short"
		try(token, weak, "password_short")
		wrong := n
		wrong.Email, wrong.Password = ana.Email, "not the password"
		try(token, wrong, "wrong_password")
		k.Advance(7 * 24 * time.Hour)
		try(token, n, "invitation_closed")
	})
}

func TestWhoMayInviteWhom(t *testing.T) {
	engines(t, func(t *testing.T, o *door, k *clock.Machine) {
		ana, adam, mo, gus := o.owner(), o.add("Adam", actor.Admin), o.add("Mo", actor.Member), o.add("Gus", actor.Guest)
		mine := id.New(1)
		o.rooms.may[mine] = []id.ID{mo.ID}
		soon := k.Now().Add(time.Hour)
		cases := []struct {
			name string
			by   people.Person
			in   auth.NewInvitation
			code string
		}{
			{"an owner makes an owner", ana, auth.NewInvitation{Role: actor.Owner}, ""},
			{"an admin makes an owner", adam, auth.NewInvitation{Role: actor.Owner}, "more_than_own"},
			{"an admin makes an admin", adam, auth.NewInvitation{Role: actor.Admin}, ""},
			{"a member makes an admin", mo, auth.NewInvitation{Role: actor.Admin}, "more_than_own"},
			{"a member makes a guest of their space", mo, auth.NewInvitation{Role: actor.Guest, Spaces: []id.ID{mine}, GuestUntil: soon}, ""},
			{"into a space they may not", adam, auth.NewInvitation{Role: actor.Guest, Spaces: []id.ID{mine}}, "not_found"},
			{"a guest invites", gus, auth.NewInvitation{Role: actor.Guest}, "more_than_own"},
			{"a member until a date", mo, auth.NewInvitation{GuestUntil: soon}, "guests_only"},
			{"a guest until yesterday", mo, auth.NewInvitation{Role: actor.Guest, GuestUntil: k.Now() - 1}, "in_past"},
			{"somebody who is there", mo, auth.NewInvitation{Email: "Adam@northwind.example"}, "already_member"},
			{"no address", mo, auth.NewInvitation{Email: "nonsense"}, "bad_email"},
		}
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				_, _, err := o.s.Invite(t.Context(), c.by.Actor(), c.in)
				want(t, err, c.code)
			})
		}
		for a, n := range map[actor.Actor]int{ana.Actor(): 3, mo.Actor(): 1} {
			list, err := o.s.Invitations(t.Context(), a)
			if err != nil || len(list) != n {
				t.Errorf("somebody of role %s sees %d invitations (%v), want %d", a.Role, len(list), err, n)
			}
		}
		list, _ := o.s.Invitations(t.Context(), ana.Actor())
		want(t, o.s.Uninvite(t.Context(), gus.Actor(), list[0].InvitationID), "not_found")
		want(t, o.s.Uninvite(t.Context(), actor.Actor{Workspace: id.New(2), Person: ana.ID, Role: actor.Owner}, list[0].InvitationID), "not_found")
	})
}

func TestAnImportedPersonComesBackAsThemselvesByTheirOwnInvitation(t *testing.T) {
	engines(t, func(t *testing.T, o *door, _ *clock.Machine) {
		ana := o.owner()
		var old people.Person
		err := o.d.Write(t.Context(), o.w, func(ctx context.Context, tx *db.Tx) (err error) {
			old, err = o.p.AddTx(ctx, tx, people.NewPerson{Name: "Mei", Email: "mei@northwind.example", State: people.Placeholder})
			return err
		})
		want(t, err, "")
		n := auth.Acceptance{Name: "Mei Tanaka", Email: "mei@northwind.example", Password: good, Zone: "Asia/Taipei"}
		_, anybody, err := o.s.Invite(t.Context(), ana.Actor(), auth.NewInvitation{})
		want(t, err, "")
		_, err = o.s.Accept(t.Context(), anybody, n, auth.Visit{})
		want(t, err, "needs_own_invitation")
		_, own, err := o.s.Invite(t.Context(), ana.Actor(), auth.NewInvitation{Email: "Mei@northwind.example"})
		want(t, err, "")
		i, err := o.s.Accept(t.Context(), own, n, auth.Visit{})
		if err != nil || i.Actor.Person != old.ID || !o.resolves(i) {
			t.Fatalf("Mei came in as %v (%v), want %v", i.Actor.Person, err, old.ID)
		}
		if p := o.person(old.ID); p.State != people.Active || p.Zone != "Asia/Taipei" || p.Name != "Mei Tanaka" {
			t.Errorf("Mei is %+v", p)
		}
		// Removed, and invited again: the same account, the same person.
		want(t, o.p.Remove(t.Context(), ana.Actor(), old.ID), "")
		_, own, err = o.s.Invite(t.Context(), ana.Actor(), auth.NewInvitation{Email: "mei@northwind.example"})
		want(t, err, "")
		i, err = o.s.Accept(t.Context(), own, n, auth.Visit{})
		if err != nil || i.Actor.Person != old.ID || !o.resolves(i) {
			t.Errorf("again: %v (%v)", i.Actor.Person, err)
		}
	})
}
