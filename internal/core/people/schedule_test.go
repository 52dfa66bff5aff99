package people_test

import (
	"testing"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

func (c *company) heard(kind string) []event.Event {
	c.t.Helper()
	list, err := event.After(c.t.Context(), c.d, c.w, 0, 1000)
	if err != nil {
		c.t.Fatal(err)
	}
	var out []event.Event
	for _, e := range list {
		if e.Kind == kind {
			out = append(out, e)
		}
	}
	return out
}

func (c *company) next(p people.Person, from time.Time) string {
	c.t.Helper()
	h, err := c.s.Hours(c.t.Context(), c.d, c.w, p.ID)
	if err != nil {
		c.t.Fatal(err)
	}
	at, err := h.Next(from)
	if err != nil {
		return err.Error()
	}
	return at.Format(time.RFC3339)
}

func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t
}

func TestHoursFollowEveryChangeOnEveryNode(t *testing.T) {
	engines(t, func(t *testing.T, c *company, _ *clock.Machine) {
		monday := at("2026-10-05T00:00:00Z")
		other := people.New(c.d, people.Options{}) // another node, with a cache of its own
		if got := c.next(c.mo, monday); got != "2026-10-05T01:00:00Z" {
			t.Fatalf("Mo begins at %s, want nine in Taipei", got)
		}
		if _, err := other.Hours(t.Context(), c.d, c.w, c.mo.ID); err != nil {
			t.Fatal(err)
		}
		spec := worktime.Spec{Zone: "Asia/Taipei", Zones: []worktime.ZonePeriod{{From: "2026-10-12", Zone: "Europe/Lisbon"}}, Weekly: map[string][]string{"tue": {"10:00-12:00"}}}
		want(t, c.s.SetMySchedule(t.Context(), c.mo.Actor(), spec, 1), "")
		for from, begins := range map[string]string{"2026-10-05T00:00:00Z": "2026-10-06T02:00:00Z", "2026-10-12T12:00:00Z": "2026-10-13T09:00:00Z"} {
			h, err := other.Hours(t.Context(), c.d, c.w, c.mo.ID)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := h.Next(at(from)); err != nil || !got.Equal(at(begins)) {
				t.Errorf("the other node says %s (%v), want %s", got, err, begins)
			}
		}
		want(t, c.s.SetMySchedule(t.Context(), c.mo.Actor(), spec, 1), "schedule_changed")
		told := c.heard(people.EventScheduleChanged)
		if len(told) != 1 || told[0].Concerns[0] != c.mo.ID {
			t.Errorf("the log tells %+v, want one change concerning Mo", told)
		}
		if got := c.get(c.mo).ZoneAt(clock.At(at("2026-10-13T00:00:00Z"))); got != "Europe/Lisbon" {
			t.Errorf("Mo is in %s, want Lisbon", got)
		}
	})
}

func TestABadScheduleIsRefusedInWords(t *testing.T) {
	engines(t, func(t *testing.T, c *company, _ *clock.Machine) {
		for _, spec := range []m{
			{"zone": "Mars/Olympus"},
			{"zone": "UTC", "weekly": m{"mon": []string{"9-17"}}},
			{"zone": "UTC", "weekly": m{"someday": []string{"09:00-17:00"}}},
			{"zone": "UTC", "absences": []m{{"from": "2026-01-01", "to": "2026-01-02"}}},
			{"zone": "UTC", "colour": "blue"},
		} {
			if code := c.over(c.mo, "PUT", "/me/schedule", m{"spec": spec}, nil); code != 422 {
				t.Errorf("%v: %d, want 422", spec, code)
			}
		}
		var got people.ScheduleOut
		ok := m{"zone": "Europe/Berlin", "weekly": m{"mon": []string{"09:00-12:00", "13:00-17:00"}}, "focus": m{"mon": []string{"09:00-10:00"}}, "checks": m{"mon": []string{"10:30"}}}
		if code := c.over(c.mo, "PUT", "/me/schedule", m{"spec": ok, "version": 1}, &got); code != 200 || got.Version != 2 || len(got.Week) != 14 || len(got.Week[0].Working) != 2 {
			t.Errorf("a good schedule: %d %+v", code, got)
		}
		if code := c.over(people.Person{}, "GET", "/me/schedule", nil, nil); code != 401 {
			t.Errorf("anonymous: %d, want 401", code)
		}
	})
}

func TestAbsences(t *testing.T) {
	engines(t, func(t *testing.T, c *company, k *clock.Machine) {
		var got people.AbsenceOut
		in := m{"from": "2026-10-05", "to": "2026-10-06", "reason": "moving", "stand_in": id.Encode("per", c.mia.ID)}
		if code := c.over(c.mo, "POST", "/me/absences", in, &got); code != 201 || got.StandIn == nil || got.To != "2026-10-06" {
			t.Fatalf("adding: %d %+v", code, got)
		}
		if got := c.next(c.mo, at("2026-10-05T00:00:00Z")); got != "2026-10-07T01:00:00Z" {
			t.Errorf("Mo is back at %s, want Wednesday nine in Taipei", got)
		}
		a, ok, err := c.s.Absence(t.Context(), c.d, c.w, c.mo.ID, k.Now())
		if err != nil || !ok || a.From.Time() != at("2026-10-04T16:00:00Z") || a.To.Time() != at("2026-10-06T16:00:00Z") || a.StandIn != c.mia.ID {
			t.Errorf("the absence is %+v (%v %v)", a, ok, err)
		}
		var card people.PersonCard
		if code := c.over(c.ana, "GET", "/people/"+id.Encode("per", c.mo.ID), nil, &card); code != 200 || card.Absence == nil || card.Absence.Reason != "moving" || card.Working {
			t.Errorf("the card says %d %+v", code, card)
		}
		path := "/me/absences/" + got.ID
		if code := c.over(c.mia, "DELETE", path, nil, nil); code != 404 {
			t.Errorf("somebody else removes it: %d, want 404", code)
		}
		if code := c.over(c.mia, "PATCH", path, m{"reason": "x"}, nil); code != 404 {
			t.Errorf("somebody else changes it: %d, want 404", code)
		}
		if code := c.over(c.mo, "PATCH", path, m{"to": "2026-10-05", "stand_in": ""}, &got); code != 200 || got.StandIn != nil {
			t.Errorf("changing: %d %+v", code, got)
		}
		if code := c.over(c.mo, "DELETE", path, nil, nil); code != 204 {
			t.Errorf("removing: %d, want 204", code)
		}
		if got := c.next(c.mo, at("2026-10-05T00:00:00Z")); got != "2026-10-05T01:00:00Z" {
			t.Errorf("after all Mo begins at %s", got)
		}
		if n := len(c.heard(people.EventScheduleChanged)); n != 3 {
			t.Errorf("the log tells %d changes, want 3", n)
		}
		for _, bad := range []m{
			{"from": "2026-10-06", "to": "2026-10-05"},
			{"from": "2026-10-06", "to": "2026-10-06T10:00:00Z"},
			{"from": "tomorrow", "to": "later"},
			{"from": "2026-10-06T10:00:00Z", "to": "2026-10-06T10:00:00Z"},
			{"from": "2026-10-06", "to": "2026-10-07", "stand_in": id.Encode("per", c.mo.ID)},
		} {
			if code := c.over(c.mo, "POST", "/me/absences", bad, nil); code != 422 {
				t.Errorf("%v: %d, want 422", bad, code)
			}
		}
	})
}

func TestAGuestStandsInOnlyForThoseTheyShareWith(t *testing.T) {
	engines(t, func(t *testing.T, c *company, _ *clock.Machine) {
		_, err := c.s.AddAbsence(t.Context(), c.gus.Actor(), people.NewAbsence{From: "2026-10-06", To: "2026-10-06", StandIn: c.mia.ID})
		want(t, err, "bad_stand_in")
		_, err = c.s.AddAbsence(t.Context(), c.gus.Actor(), people.NewAbsence{From: "2026-10-06T08:00:00Z", To: "2026-10-06T12:00:00Z", StandIn: c.mo.ID})
		want(t, err, "")
		if got := c.next(c.gus, at("2026-10-06T09:00:00Z")); got != "2026-10-06T12:00:00Z" {
			t.Errorf("Gus is back at %s, want noon", got)
		}
	})
}

func TestOverlap(t *testing.T) {
	engines(t, func(t *testing.T, c *company, _ *clock.Machine) {
		team := c.team("Europe", c.ana, c.adam)
		var o people.Overlap
		path := "/overlap?team=" + id.Encode("team", team.ID) + "&people=" + id.Encode("per", c.mia.ID) + "&from=2026-10-05T00:00:00Z&days=1"
		if code := c.over(c.mo, "GET", path, nil, &o); code != 200 || len(o.People) != 3 {
			t.Fatalf("overlap: %d %+v", code, o)
		}
		// Lisbon works 8–16 UTC, Stockholm 7–15, New York 13–21.
		var got []string
		for _, r := range o.Common {
			got = append(got, r.From.Format("15")+"-"+r.To.Format("15")+"×"+string(rune('0'+r.N)))
		}
		if want := "[08-13×2 13-15×3 15-16×2]"; len(got) != 3 || got[0] != "08-13×2" || got[1] != "13-15×3" || got[2] != "15-16×2" {
			t.Errorf("common %v, want %s", got, want)
		}
		if o.NextCommon == nil || !o.NextCommon.From.Equal(at("2026-10-05T13:00:00Z")) {
			t.Errorf("next common %+v, want 13:00", o.NextCommon)
		}
		for _, bad := range []string{"?days=0", "?days=99", "?from=now"} {
			if code := c.over(c.mo, "GET", "/overlap"+bad, nil, nil); code != 422 {
				t.Errorf("%s: %d, want 422", bad, code)
			}
		}
	})
}
