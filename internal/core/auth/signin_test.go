package auth_test

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"time"

	"example.org/meantime/internal/core/auth"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/bus"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

func TestSigningInAndOut(t *testing.T) {
	engines(t, func(t *testing.T, o *door, k *clock.Machine) {
		o.owner()
		w := o.over(request{method: "POST", path: "/sessions", body: m{"email": " ANA@northwind.example", "password": good}}, nil)
		if w.Code != 201 {
			t.Fatalf("signing in: %d %s", w.Code, w.Body)
		}
		token := w.Result().Cookies()[0].Value
		var list struct{ Items []auth.SessionOut }
		o.over(request{method: "GET", path: "/sessions", token: token}, &list)
		if len(list.Items) != 2 || !list.Items[0].Current {
			t.Errorf("sessions %+v, want two, the newest current", list.Items)
		}
		k.Advance(29 * 24 * time.Hour)
		if w := o.over(request{method: "GET", path: "/me", token: token}, nil); w.Code != 200 {
			t.Errorf("after 29 days: %d", w.Code)
		}
		k.Advance(29 * 24 * time.Hour)
		if w := o.over(request{method: "DELETE", path: "/sessions/current", token: token}, nil); w.Code != 204 || w.Result().Cookies()[0].MaxAge >= 0 {
			t.Errorf("signing out: %d %v", w.Code, w.Result().Cookies())
		}
		if w := o.over(request{method: "GET", path: "/me", token: token}, nil); w.Code != 401 {
			t.Errorf("signed out: %d, want 401", w.Code)
		}
	})
}

func TestASessionEndsThirtyDaysAfterItsLastUse(t *testing.T) {
	engines(t, func(t *testing.T, o *door, k *clock.Machine) {
		o.owner()
		i := o.signIn("ana@northwind.example")
		k.Advance(30*24*time.Hour - time.Microsecond)
		if !o.resolves(i) {
			t.Error("it ended too early")
		}
		k.Advance(30 * 24 * time.Hour)
		if o.resolves(i) {
			t.Error("it goes on")
		}
	})
}

func TestUnknownAndWrongAreAnsweredAlike(t *testing.T) {
	engines(t, func(t *testing.T, o *door, _ *clock.Machine) {
		o.owner()
		bodies := map[string]bool{}
		for _, mail := range []string{"ana@northwind.example", "nobody@northwind.example", "not an address"} {
			before := auth.Hashes(o.s)
			w := o.over(request{method: "POST", path: "/sessions", body: m{"email": mail, "password": "wrong password"}}, nil)
			if w.Code != 401 {
				t.Errorf("%s: %d", mail, w.Code)
			}
			if n := auth.Hashes(o.s) - before; n != 1 {
				t.Errorf("%s took %d hashes, want 1", mail, n)
			}
			bodies[w.Body.String()] = true
		}
		if len(bodies) != 1 {
			t.Errorf("the answers differ: %v", bodies)
		}
	})
}

func TestManyTriesAreLimitedWhateverHeadersClaim(t *testing.T) {
	engines(t, func(t *testing.T, o *door, k *clock.Machine) {
		o.owner()
		through := map[string]int{}
		try := func(mail string, i int) int {
			ip := fmt.Sprintf("198.51.100.%d", i%250)
			h := http.Header{"X-Forwarded-For": {ip}, "X-Real-Ip": {ip}, "Forwarded": {"for=" + ip}}
			w := o.over(request{method: "POST", path: "/sessions", header: h, body: m{"email": mail, "password": "wrong password"}}, nil)
			if w.Code == 401 {
				through[mail]++
			}
			return w.Code
		}
		for i := range 1000 {
			try("ana@northwind.example", i)
		}
		if n := through["ana@northwind.example"]; n != 10 {
			t.Errorf("%d tries for one account came through, want 10", n)
		}
		other := 0
		for i := range 100 {
			if try(fmt.Sprintf("x%d@northwind.example", i), i) == 401 {
				other++
			}
		}
		if other > 40 {
			t.Errorf("%d tries from one address came through", other)
		}
		_, err := o.s.SignIn(t.Context(), "ana@northwind.example", good, auth.Visit{Address: "203.0.113.9"})
		if f := fault.As(err); f == nil || f.Code != "too_many_tries" || f.Retry < 1 {
			t.Errorf("the right password during the limit: %v", err)
		}
		k.Advance(16 * time.Minute)
		o.signIn("ana@northwind.example")
	})
}

func TestAPasswordChangeEndsTheOthers(t *testing.T) {
	engines(t, func(t *testing.T, o *door, _ *clock.Machine) {
		o.owner()
		mine, other := o.signIn("ana@northwind.example"), o.signIn("ana@northwind.example")
		var tok auth.FreshToken
		o.over(request{method: "POST", path: "/tokens", token: mine.Token, body: m{"name": "cron"}}, &tok)
		var kept auth.FreshTokenMe
		o.over(request{method: "POST", path: "/sessions/token", body: m{"email": "ana@northwind.example", "password": good}}, &kept)
		change := func(current, fresh string, keep bool) int {
			return o.over(request{method: "PUT", path: "/me/password", token: mine.Token, body: m{"current": current, "new": fresh, "keep_tokens": keep}}, nil).Code
		}
		if code := change("not it at all", "another good one", true); code != 422 {
			t.Errorf("with a wrong password: %d, want 422", code)
		}
		if code := change(good, "short", true); code != 422 {
			t.Errorf("to a short one: %d, want 422", code)
		}
		if code := change(good, "another good one", true); code != 204 {
			t.Fatalf("changing: %d, want 204", code)
		}
		if !o.resolves(mine) || o.resolves(other) {
			t.Error("the present session ended, or another goes on")
		}
		if !o.resolves(auth.Issued{Token: tok.Token}) || !o.resolves(auth.Issued{Token: kept.Token}) {
			t.Error("the tokens were to stay")
		}
		if code := change("another good one", "a third good one", false); code != 204 {
			t.Fatalf("changing again: %d", code)
		}
		if o.resolves(auth.Issued{Token: tok.Token}) || !o.resolves(mine) {
			t.Error("the token goes on, or the present session ended")
		}
		if _, err := o.s.SignIn(t.Context(), "ana@northwind.example", good, auth.Visit{}); !fault.Is(err, "wrong_password") {
			t.Errorf("the old password: %v", err)
		}
	})
}

func TestTokens(t *testing.T) {
	engines(t, func(t *testing.T, o *door, _ *clock.Machine) {
		o.owner()
		o.add("Mo", actor.Member)
		ana, mo := o.signIn("ana@northwind.example"), o.signIn("mo@northwind.example")
		var tok auth.FreshToken
		if w := o.over(request{method: "POST", path: "/tokens", token: ana.Token, body: m{"name": "cron"}}, &tok); w.Code != 201 {
			t.Fatalf("making: %d", w.Code)
		}
		if w := o.over(request{method: "GET", path: "/me", token: tok.Token}, nil); w.Code != 200 {
			t.Errorf("the token: %d", w.Code)
		}
		for _, path := range []string{"/tokens/" + tok.ID, "/sessions/" + id.Encode("ses", ana.ID), "/tokens/" + id.Encode("tok", ana.ID), "/tokens/nonsense"} {
			if w := o.over(request{method: "DELETE", path: path, token: mo.Token}, nil); w.Code != 404 {
				t.Errorf("somebody else removes %s: %d, want 404", path, w.Code)
			}
			if w := o.over(request{method: "DELETE", path: path}, nil); w.Code != 401 {
				t.Errorf("anonymous removes %s: %d, want 401", path, w.Code)
			}
		}
		// A session's secret is no token, and a token's is no session.
		if _, err := o.s.Resolve(t.Context(), "", ana.Token); err == nil {
			t.Error("a cookie passed as a token")
		}
		if _, err := o.s.Resolve(t.Context(), tok.Token, ""); err == nil {
			t.Error("a token passed as a cookie")
		}
		if w := o.over(request{method: "DELETE", path: "/tokens/" + tok.ID, token: ana.Token}, nil); w.Code != 204 {
			t.Errorf("removing: %d", w.Code)
		}
		if w := o.over(request{method: "GET", path: "/me", token: tok.Token}, nil); w.Code != 401 {
			t.Errorf("removed: %d, want 401", w.Code)
		}
	})
}

func TestRemovalAndTheEndOfAGuestsTimeWorkAtOnce(t *testing.T) {
	engines(t, func(t *testing.T, o *door, k *clock.Machine) {
		ana, mo, gus := o.owner(), o.add("Mo", actor.Member), o.add("Gus", actor.Guest)
		until := k.Now().Add(time.Hour)
		want(t, o.p.ChangeStanding(t.Context(), ana.Actor(), gus.ID, people.Standing{GuestUntil: &until}), "")
		sMo, sGus := o.signIn("mo@northwind.example"), o.signIn("gus@northwind.example")
		tok, err := o.s.MakeToken(t.Context(), sMo.Actor, "cron")
		want(t, err, "")
		want(t, o.p.Remove(t.Context(), ana.Actor(), mo.ID), "")
		if o.resolves(sMo) || o.resolves(tok) {
			t.Error("a removed person is still let in")
		}
		_, err = o.s.SignIn(t.Context(), "mo@northwind.example", good, auth.Visit{})
		want(t, err, "no_workspace")
		k.Advance(time.Hour - time.Microsecond)
		if !o.resolves(sGus) {
			t.Error("the guest's time ended early")
		}
		k.Advance(time.Microsecond)
		if o.resolves(sGus) {
			t.Error("the guest's time is over, and they are let in")
		}
		want(t, event.NewFollowers(o.d, bus.NewLocal(), o.s.Followers()...).Settle(t.Context()), "")
		if n, _, err := db.One[int64](t.Context(), o.d, `SELECT COUNT(*) FROM auth_sessions WHERE person_id = $1`, mo.ID); err != nil || n != 0 {
			t.Errorf("%d sessions of the removed person are kept (%v)", n, err)
		}
	})
}

func TestOneAccountInTwoWorkspaces(t *testing.T) {
	engines(t, func(t *testing.T, o *door, _ *clock.Machine) {
		o.owner()
		first := o.w
		second := id.New(o.d.Clock().Now())
		err := o.d.Write(t.Context(), second, func(ctx context.Context, tx *db.Tx) error {
			if err := o.p.CreateWorkspaceTx(ctx, tx, "Southwind"); err != nil {
				return err
			}
			p, err := o.p.AddTx(ctx, tx, people.NewPerson{Name: "Ana", Email: "ana@northwind.example", Role: actor.Guest})
			if err != nil {
				return err
			}
			return o.s.AddAccountTx(ctx, tx, p.ID, "ana@northwind.example", "another password")
		})
		want(t, err, "")
		i := o.signIn("ana@northwind.example")
		var me people.Me
		w := o.over(request{method: "POST", path: "/me/workspace", token: i.Token, body: m{"workspace": id.Encode("ws", second)}}, &me)
		if w.Code != 200 || me.Workspace.Name != "Southwind" || len(me.Workspaces) != 2 || me.Person.Role != actor.Guest {
			t.Errorf("switching: %d %s", w.Code, w.Body)
		}
		o.w = first
		o.add("Mo", actor.Member)
		mo := o.signIn("mo@northwind.example")
		if w := o.over(request{method: "POST", path: "/me/workspace", token: mo.Token, body: m{"workspace": id.Encode("ws", second)}}, nil); w.Code != 404 {
			t.Errorf("into a workspace that is not theirs: %d, want 404", w.Code)
		}
	})
}
