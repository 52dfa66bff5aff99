package people_test

import (
	"testing"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/id"
)

func TestTeamsOverHTTP(t *testing.T) {
	engines(t, func(t *testing.T, c *company, _ *clock.Machine) {
		per := func(p people.Person) string { return id.Encode("per", p.ID) }
		var team people.TeamOut
		in := m{"name": "Design", "members": []string{per(c.mo)}}
		if code := c.over(c.gus, "POST", "/teams", in, nil); code != 403 {
			t.Errorf("a guest makes a team: %d, want 403", code)
		}
		if code := c.over(c.mo, "POST", "/teams", in, &team); code != 201 || team.Handle != "design" || !team.May.Change {
			t.Fatalf("making: %d %+v", code, team)
		}
		path := "/teams/" + team.ID
		if code := c.over(c.mia, "PATCH", path, m{"name": "Mine"}, nil); code != 403 {
			t.Errorf("somebody outside changes it: %d, want 403", code)
		}
		if code := c.over(c.gus, "GET", path, nil, nil); code != 404 {
			t.Errorf("a guest outside looks: %d, want 404", code)
		}
		if code := c.over(c.mo, "PATCH", path, m{"handle": "mo"}, nil); code != 409 {
			t.Errorf("a person's handle: %d, want 409", code)
		}
		if code := c.over(c.mo, "PATCH", path, m{"name": "Product", "members": []string{per(c.mo), per(c.mia)}}, &team); code != 200 || len(team.Members) != 2 {
			t.Errorf("changing: %d %+v", code, team)
		}
		for _, bad := range []m{{"name": ""}, {"members": []string{"per_x"}}, {"workspace_id": "x"}} {
			if code := c.over(c.mo, "PATCH", path, bad, nil); code != 422 && code != 404 {
				t.Errorf("%v: %d", bad, code)
			}
		}
		var card people.PersonCard
		if code := c.over(c.ana, "GET", "/people/"+per(c.mia), nil, &card); code != 200 || len(card.Teams) != 1 || card.Teams[0].Name != "Product" {
			t.Errorf("the card: %d %+v", code, card.Teams)
		}
		var list struct{ Items []people.TeamOut }
		if code := c.over(c.ana, "GET", "/teams", nil, &list); code != 200 || len(list.Items) != 1 {
			t.Errorf("the list: %d %+v", code, list)
		}
		if code := c.over(people.Person{}, "DELETE", path, nil, nil); code != 401 {
			t.Errorf("anonymous: %d, want 401", code)
		}
		for _, code := range []int{204, 404} { // the second time it is gone
			if got := c.over(c.mia, "DELETE", path, nil, nil); got != code {
				t.Errorf("removing: %d, want %d", got, code)
			}
		}
	})
}

func TestTheWorkspaceAndDescriptions(t *testing.T) {
	engines(t, func(t *testing.T, c *company, _ *clock.Machine) {
		var w people.WorkspaceOut
		if code := c.over(c.mo, "PATCH", "/workspace", m{"name": "Mine"}, nil); code != 403 {
			t.Errorf("a member renames: %d, want 403", code)
		}
		if code := c.over(c.adam, "PATCH", "/workspace", m{"name": "North\u202e wind"}, &w); code != 200 || w.Name != "North wind" || w.People != 5 {
			t.Errorf("an admin renames: %d %+v", code, w)
		}
		var templates struct{ Items []people.TemplateOut }
		if code := c.over(c.mo, "GET", "/schedule-templates", nil, &templates); code != 200 || len(templates.Items) != 6 || templates.Items[0].Schedule.Zone != "Asia/Taipei" {
			t.Errorf("templates: %d %+v", code, templates)
		}
		describers := c.s.Describe()
		thing, err := describers["person"](t.Context(), c.d, c.ana.Actor(), c.mo.ID)
		if err != nil || thing.Title != "Mo Farah" || thing.Path != "/people/"+id.Encode("per", c.mo.ID) {
			t.Errorf("described as %+v (%v)", thing, err)
		}
		_, err = describers["person"](t.Context(), c.d, c.gus.Actor(), c.ana.ID)
		want(t, err, "not_found")
	})
}
