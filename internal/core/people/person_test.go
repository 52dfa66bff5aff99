package people_test

import (
	"context"
	"slices"
	"testing"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

func TestHandlesAreUniqueOverPeopleAndTeams(t *testing.T) {
	engines(t, func(t *testing.T, c *company, _ *clock.Machine) {
		second := c.add(people.NewPerson{Name: "Ana Souza"})
		third := c.add(people.NewPerson{Name: "Ana Souza"})
		mei := c.add(people.NewPerson{Name: "美", Email: "mei@northwind.example"})
		nobody := c.add(people.NewPerson{Name: "李"})
		team := c.team("Ana")
		got := []string{c.ana.Handle, second.Handle, third.Handle, mei.Handle, nobody.Handle, team.Handle}
		if want := []string{"ana", "ana.souza", "ana.souza2", "mei", "person", "ana2"}; !slices.Equal(got, want) {
			t.Errorf("handles %q, want %q", got, want)
		}
		found, teams, err := c.s.ByHandles(t.Context(), c.d, c.w, []string{"ANA", "ana2", "nobody"})
		if err != nil || found["ana"] != c.ana.ID || teams["ana2"] != team.ID || len(found)+len(teams) != 2 {
			t.Errorf("by handles: %v %v %v", found, teams, err)
		}
	})
}

func TestNamesLoseWhatTurnsTheWritingAround(t *testing.T) {
	for in, want := range map[string]string{
		"  Ana \t Lima ":         "Ana Lima",
		"Ana\u202egnp.exe":       "Anagnp.exe",
		"A\u0000n\u200ba\u2066!": "Ana!",
		"\ufeffMeï\u0301":        "Meḯ",
	} {
		if got := people.CleanName(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestAnEmailIsFoldedAndTakenOnce(t *testing.T) {
	engines(t, func(t *testing.T, c *company, _ *clock.Machine) {
		for _, mail := range []string{"ana@northwind.example", " ANA@Northwind.example "} {
			err := c.d.Write(t.Context(), c.w, func(ctx context.Context, tx *db.Tx) error {
				_, err := c.s.AddTx(ctx, tx, people.NewPerson{Name: "Another", Email: mail})
				return err
			})
			want(t, err, "email_taken")
		}
		for _, bad := range []string{"no at", "a@", "@b", "a@b@c", "a@b\r\nBcc: x@y", "<a@b>", "a@b\u202e"} {
			if got := people.FoldEmail(bad); got != "" {
				t.Errorf("%q passed as %q", bad, got)
			}
		}
	})
}

func TestExpandKeepsOrderAndLeavesOutTheRemoved(t *testing.T) {
	engines(t, func(t *testing.T, c *company, k *clock.Machine) {
		team := c.team("Design", c.mia, c.mo, c.adam)
		until := k.Now() + 1
		want(t, c.s.ChangeStanding(t.Context(), c.ana.Actor(), c.gus.ID, people.Standing{GuestUntil: &until}), "")
		k.Set(until)
		want(t, c.s.Remove(t.Context(), c.ana.Actor(), c.adam.ID), "")
		got, err := c.s.Expand(t.Context(), c.d, c.w, []id.ID{c.mo.ID, c.gus.ID, c.mo.ID, id.New(k.Now())}, []id.ID{team.ID, team.ID})
		if err != nil || !slices.Equal(got, []id.ID{c.mo.ID, c.mia.ID}) {
			t.Errorf("expanded to %v (%v), want Mo and Mia", got, err)
		}
	})
}

func TestGuestsSeeOnlyThoseWhoShareASpace(t *testing.T) {
	engines(t, func(t *testing.T, c *company, _ *clock.Machine) {
		hidden, shown := c.team("Hidden", c.mia), c.team("Shown", c.mo, c.mia, c.gus)
		a := c.gus.Actor()
		for _, x := range []struct {
			p    people.Person
			code string
		}{{c.mo, ""}, {c.gus, ""}, {c.ana, "not_found"}, {c.mia, "not_found"}} {
			_, err := c.s.Find(t.Context(), c.d, a, x.p.ID)
			want(t, err, x.code)
		}
		_, err := c.s.Team(t.Context(), c.d, a, hidden.ID)
		want(t, err, "not_found")
		team, err := c.s.Team(t.Context(), c.d, a, shown.ID)
		if err != nil || len(team.Members) != 2 {
			t.Errorf("the guest's team has %d members (%v), want 2", len(team.Members), err)
		}
		var page struct{ Items []people.PersonCard }
		if code := c.over(c.gus, "GET", "/people", nil, &page); code != 200 || len(page.Items) != 2 || page.Items[1].Email != "" {
			t.Errorf("the guest's list: %d %+v", code, page.Items)
		}
		if code := c.over(c.gus, "GET", "/people/"+id.Encode("per", c.mia.ID), nil, nil); code != 404 {
			t.Errorf("a card of somebody in no shared space: %d, want 404", code)
		}
		_, err = c.s.Overlap(t.Context(), c.d, a, []id.ID{c.mia.ID}, id.ID{}, 0, 1)
		want(t, err, "not_found")
	})
}

func TestAnotherWorkspaceIsNotFound(t *testing.T) {
	engines(t, func(t *testing.T, c *company, _ *clock.Machine) {
		other := found(t, c.d)
		a := other.ana.Actor()
		_, err := c.s.Find(t.Context(), c.d, a, c.mo.ID)
		want(t, err, "not_found")
		want(t, c.s.Remove(t.Context(), a, c.mo.ID), "not_found")
		team := c.team("Ours", c.mo)
		want(t, c.s.RemoveTeam(t.Context(), a, team.ID), "not_found")
		_, err = c.s.MakeTeam(t.Context(), a, "Theirs", "", []id.ID{c.mo.ID})
		want(t, err, "unknown_member")
	})
}

func TestListPagesByName(t *testing.T) {
	engines(t, func(t *testing.T, c *company, _ *clock.Machine) {
		var names []string
		path := "/people?limit=2"
		for path != "" {
			var page struct {
				Items []people.PersonCard
				Next  string
			}
			if code := c.over(c.mo, "GET", path, nil, &page); code != 200 {
				t.Fatalf("%s: %d", path, code)
			}
			for _, p := range page.Items {
				names = append(names, p.Name)
			}
			if path = ""; page.Next != "" {
				path = "/people?limit=2&after=" + page.Next
			}
		}
		if want := []string{"Adam Ek", "Ana Lima", "Gus Guest", "Mia Ek", "Mo Farah"}; !slices.Equal(names, want) {
			t.Errorf("listed %q, want %q", names, want)
		}
		for q, n := range map[string]int{"ÉK": 2, "%": 0, "_": 0, "gus": 1, `\`: 0} {
			list, _, err := c.s.List(t.Context(), c.d, c.ana.Actor(), people.Search{Text: q})
			if err != nil || len(list) != n {
				t.Errorf("searching %q found %d (%v), want %d", q, len(list), err, n)
			}
		}
	})
}
