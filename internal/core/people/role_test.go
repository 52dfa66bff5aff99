package people_test

import (
	"context"
	"sync"
	"testing"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

func role(r actor.Role) people.Standing { return people.Standing{Role: &r} }

func TestNobodyGrantsMoreThanTheyHave(t *testing.T) {
	engines(t, func(t *testing.T, c *company, k *clock.Machine) {
		past, soon := k.Now()-1, k.Now()+1e9
		cases := []struct {
			name   string
			by, to people.Person
			change people.Standing
			code   string
		}{
			{"an admin makes an owner", c.adam, c.mo, role(actor.Owner), "more_than_own"},
			{"an admin makes themselves owner", c.adam, c.adam, role(actor.Owner), "more_than_own"},
			{"an admin demotes an owner", c.adam, c.ana, role(actor.Member), "owners_only"},
			{"a member makes themselves admin", c.mo, c.mo, role(actor.Admin), "admins_only"},
			{"a guest makes themselves member", c.gus, c.gus, role(actor.Member), "admins_only"},
			{"a guest changes one they may not see", c.gus, c.mia, role(actor.Guest), "not_found"},
			{"the last owner steps down", c.ana, c.ana, role(actor.Member), "last_owner"},
			{"a role that is none", c.ana, c.mo, role("god"), "bad_role"},
			{"an end for a member", c.ana, c.mo, people.Standing{GuestUntil: &soon}, "guests_only"},
			{"an end in the past", c.ana, c.gus, people.Standing{GuestUntil: &past}, "in_past"},
			{"an admin makes an admin", c.adam, c.mia, role(actor.Admin), ""},
			{"an end for a guest", c.adam, c.gus, people.Standing{GuestUntil: &soon}, ""},
		}
		for _, x := range cases {
			t.Run(x.name, func(t *testing.T) {
				want(t, c.s.ChangeStanding(t.Context(), x.by.Actor(), x.to.ID, x.change), x.code)
			})
		}
		if got := c.get(c.mia).Role; got != actor.Admin {
			t.Errorf("Mia is %s, want admin", got)
		}
	})
}

func TestTwoWhoDemoteEachOtherLeaveOne(t *testing.T) {
	engines(t, func(t *testing.T, c *company, _ *clock.Machine) {
		rounds := 100
		if testing.Short() {
			rounds = 20
		}
		for range rounds {
			c.write(func(ctx context.Context, tx *db.Tx) error {
				tx.Quiet("a test makes two owners")
				_, err := tx.Exec(ctx, `UPDATE people_persons SET role = 'owner' WHERE workspace_id = $1 AND person_id IN ($2, $3)`, c.w, c.mo.ID, c.mia.ID)
				return err
			})
			if err := c.s.ChangeStanding(t.Context(), withRole(c.mo, actor.Owner), c.ana.ID, role(actor.Member)); err != nil {
				if c.get(c.ana).Role == actor.Owner {
					t.Fatal(err)
				}
			}
			var wg sync.WaitGroup
			for _, pair := range [][2]people.Person{{c.mo, c.mia}, {c.mia, c.mo}} {
				wg.Go(func() {
					_ = c.s.ChangeStanding(t.Context(), withRole(pair[0], actor.Owner), pair[1].ID, role(actor.Member))
				})
			}
			wg.Wait()
			owners := 0
			for _, p := range []people.Person{c.mo, c.mia, c.ana} {
				if c.get(p).Role == actor.Owner {
					owners++
				}
			}
			if owners != 1 {
				t.Fatalf("%d owners are left, want 1", owners)
			}
		}
	})
}

func withRole(p people.Person, r actor.Role) actor.Actor {
	a := p.Actor()
	a.Role = r
	return a
}

func TestRemovingAndLeaving(t *testing.T) {
	engines(t, func(t *testing.T, c *company, _ *clock.Machine) {
		team := c.team("Design", c.mo, c.mia)
		want(t, c.s.Remove(t.Context(), c.mo.Actor(), c.mia.ID), "admins_only")
		want(t, c.s.Remove(t.Context(), c.adam.Actor(), c.ana.ID), "owners_only")
		want(t, c.s.Remove(t.Context(), c.ana.Actor(), c.ana.ID), "last_owner")
		want(t, c.s.Remove(t.Context(), c.mia.Actor(), c.mia.ID), "")
		want(t, c.s.Remove(t.Context(), c.adam.Actor(), c.mia.ID), "removed")
		if c.get(c.mia).State != people.Removed {
			t.Error("Mia left and is still there")
		}
		got, err := c.s.Team(t.Context(), c.d, c.mo.Actor(), team.ID)
		if err != nil || len(got.Members) != 1 {
			t.Errorf("the team has %d members (%v), want 1", len(got.Members), err)
		}
		if code := c.over(c.adam, "DELETE", "/people/"+id.Encode("per", c.mo.ID), nil, nil); code != 204 {
			t.Errorf("removing Mo: %d, want 204", code)
		}
		if code := c.over(people.Person{}, "DELETE", "/people/"+id.Encode("per", c.gus.ID), nil, nil); code != 401 {
			t.Errorf("anonymous: %d, want 401", code)
		}
	})
}

func TestOnlyDocumentedFieldsChange(t *testing.T) {
	engines(t, func(t *testing.T, c *company, _ *clock.Machine) {
		for _, field := range []string{"role", "email", "state", "workspace_id", "id", "guest_until"} {
			if code := c.over(c.mo, "PATCH", "/me", m{"name": "Mo", field: "owner"}, nil); code != 422 {
				t.Errorf("PATCH /me with %s: %d, want 422", field, code)
			}
		}
		var me people.Me
		if code := c.over(c.mo, "PATCH", "/me", m{"name": "Mo \u202eF.", "title": "Design", "handle": "mof"}, &me); code != 200 || me.Person.Name != "Mo F." || me.Person.Handle != "mof" || me.Person.Role != actor.Member {
			t.Errorf("PATCH /me: %d %+v", code, me.Person)
		}
		for handle, code := range map[string]int{"ana": 409, "x": 422, "..": 422, "a b": 422, "Mof": 200} {
			if got := c.over(c.mo, "PATCH", "/me", m{"handle": handle}, nil); got != code {
				t.Errorf("handle %q: %d, want %d", handle, got, code)
			}
		}
		if code := c.over(c.mo, "PATCH", "/people/"+id.Encode("per", c.mo.ID), m{"role": "owner"}, nil); code != 403 {
			t.Errorf("a member promotes themselves: %d, want 403", code)
		}
	})
}
