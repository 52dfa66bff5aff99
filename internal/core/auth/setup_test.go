package auth_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"example.org/meantime/internal/core/auth"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/clock"
)

func setupBody(token string, n int) m {
	return m{"token": token, "workspace": "Northwind", "name": "Ana Lima", "email": fmt.Sprintf("ana%d@northwind.example", n), "password": good, "zone": "Europe/Lisbon"}
}

func TestOfFiftyVisitorsOneBecomesTheOwner(t *testing.T) {
	engines(t, func(t *testing.T, o *door, _ *clock.Machine) {
		old, needed, err := o.s.SetupLink(t.Context())
		if err != nil || !needed {
			t.Fatalf("a new house needs no setup? %v", err)
		}
		token, _, err := o.s.SetupLink(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if w := o.over(request{method: "POST", path: "/setup", body: setupBody(old, 0)}, nil); w.Code != http.StatusGone {
			t.Errorf("the older link: %d, want 410", w.Code)
		}
		var let atomic.Int64
		var wg sync.WaitGroup
		for i := range 50 {
			wg.Go(func() {
				n := auth.NewOwner{Workspace: "Northwind", Name: "Ana", Email: fmt.Sprintf("ana%d@northwind.example", i), Password: good, Zone: "UTC"}
				if _, err := o.s.Setup(t.Context(), token, n, auth.Visit{Address: fmt.Sprint(i)}); err == nil {
					let.Add(1)
				}
			})
		}
		wg.Wait()
		all, err := o.p.Workspaces(t.Context(), o.d)
		if err != nil || let.Load() != 1 || len(all) != 1 {
			t.Errorf("%d were let in to %d workspaces (%v), want one", let.Load(), len(all), err)
		}
		if _, needed, err := o.s.SetupLink(t.Context()); err != nil || needed {
			t.Errorf("setup is needed again (%v)", err)
		}
	})
}

func TestSetupOverHTTP(t *testing.T) {
	engines(t, func(t *testing.T, o *door, _ *clock.Machine) {
		token, _, err := o.s.SetupLink(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, bad := range []m{
			{"token": token},
			setupBody("wrong", 1),
			func() m { b := setupBody(token, 1); b["password"] = "short"; return b }(),
			func() m { b := setupBody(token, 1); b["password"] = "ANA1@northwind.example"; return b }(),
			func() m { b := setupBody(token, 1); b["zone"] = "Mars"; return b }(),
			func() m { b := setupBody(token, 1); b["role"] = "owner"; return b }(),
		} {
			w := o.over(request{method: "POST", path: "/setup", body: bad}, nil)
			if w.Code != 422 && w.Code != 410 {
				t.Errorf("%v: %d", bad, w.Code)
			}
			if strings.Contains(w.Body.String(), good) || strings.Contains(w.Body.String(), token) {
				t.Errorf("the refusal gives the secret back: %s", w.Body)
			}
		}
		var me people.Me
		w := o.over(request{method: "POST", path: "/setup", body: setupBody(token, 1)}, &me)
		if w.Code != 201 || !me.May.Administer || me.Person.Zone != "Europe/Lisbon" {
			t.Fatalf("setup: %d %s", w.Code, w.Body)
		}
		c := w.Result().Cookies()[0]
		if !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteLaxMode {
			t.Errorf("the cookie is %v", c)
		}
		if w := o.over(request{method: "GET", path: "/me", token: c.Value}, &me); w.Code != 200 {
			t.Errorf("the session: %d", w.Code)
		}
	})
}
