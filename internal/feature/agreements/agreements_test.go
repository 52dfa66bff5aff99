package agreements_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/feature/agreements"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

func TestTheUsualWindowIsTheTeams(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.Must(h.set(h.kofi, agreements.Fields{Windows: map[asks.Kind]string{asks.Reply: "4h", asks.Review: "2d"}, Spaces: []id.ID{h.open}}, "", "To begin with"))
		other, err := h.People.MakeTeam(t.Context(), h.ben, "Tower", "", []id.ID{h.ben.Person, h.mei.Person})
		h.Must(err)
		h.Must(h.agreed.Set(t.Context(), h.ben, other.ID, agreements.Change{Fields: agreements.Fields{Windows: map[asks.Kind]string{asks.Reply: "5d", asks.Do: "6d"}}, Reason: "Slowly"}))
		for what, c := range map[string]struct {
			ask  asks.NewAsk
			want string
			by   string
		}{
			"the team asked":                     {asks.NewAsk{Kind: asks.Reply, Teams: []id.ID{other.ID}}, "5d", "Tower"},
			"a person of one team":               {asks.NewAsk{Kind: asks.Reply, People: []id.ID{h.kofi.Person}}, "4h", "Harbour"},
			"a person of two teams: the space's": {asks.NewAsk{Kind: asks.Reply, People: []id.ID{h.mei.Person}}, "4h", "Harbour"},
			"two, one of whose teams says":       {asks.NewAsk{Kind: asks.Do, People: []id.ID{h.mei.Person}}, "6d", "Tower"},
			"people without a team: the space's": {asks.NewAsk{Kind: asks.Review, People: []id.ID{h.ben.Person}}, "2d", "Harbour"},
			"nobody agreed on this kind":         {asks.NewAsk{Kind: asks.Approve, People: []id.ID{h.kofi.Person}}, "3d", ""},
			"one's own word":                     {asks.NewAsk{Kind: asks.Reply, People: []id.ID{h.kofi.Person}, Window: "1d"}, "1d", ""},
		} {
			got, err := h.ask(h.ana, h.open, c.ask)
			h.Must(err)
			if got.Window != c.want {
				t.Errorf("%s: asked within %s, want %s", what, got.Window, c.want)
			}
			f, err := h.Asks.Forecast(t.Context(), h.DB, h.ana, asks.Question{
				People: c.ask.People, Teams: c.ask.Teams, Kind: c.ask.Kind, Window: c.ask.Window, Space: h.open,
			})
			h.Must(err)
			if f.Window != c.want || f.AgreedBy != c.by {
				t.Errorf("%s: foreseen %s by %q, want %s by %q", what, f.Window, f.AgreedBy, c.want, c.by)
			}
		}
	})
}

func TestWhoMayAskUrgently(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		urgent := asks.NewAsk{Kind: asks.Do, People: []id.ID{h.kofi.Person}, Window: "1h", Urgency: worktime.Urgent, Reason: "Fire.", Otherwise: "It burns."}
		h.Must(h.set(h.kofi, agreements.Fields{Urgent: agreements.Urgent{Who: agreements.Members, PerMonth: 3}, Spaces: []id.ID{h.open}}, "", "Peace"))
		if _, err := h.ask(h.ben, h.open, urgent); !fault.Is(err, "urgent_not_agreed") || !strings.Contains(fault.As(err).Sentence, "Harbour") {
			t.Errorf("Ben asks urgently: %v", err)
		}
		for _, a := range []actor.Actor{h.mei, h.ana} {
			if _, err := h.ask(a, h.open, urgent); err != nil {
				t.Errorf("a member, or an admin, asks urgently: %v", err)
			}
		}
		f, err := h.Asks.Forecast(t.Context(), h.DB, h.ben, asks.Question{People: urgent.People, Kind: asks.Do, Window: "1h", Urgency: worktime.Urgent, Space: h.open})
		h.Must(err)
		if len(f.Warnings) == 0 || !strings.Contains(f.Warnings[0], "only its own members") {
			t.Errorf("Ben is warned: %q", f.Warnings)
		}
		if team, u, err := h.agreed.UrgentIn(t.Context(), h.DB, h.ben, h.open); team != "Harbour" || u.PerMonth != 3 || err != nil {
			t.Errorf("agreed on by %q: %+v, %v", team, u, err)
		}
		if team, u, err := h.agreed.UrgentIn(t.Context(), h.DB, h.mei, h.closed); team != "" || u != (agreements.Urgent{}) || err != nil {
			t.Errorf("in the other space %q agreed on %+v, %v", team, u, err)
		}
	})
}

func TestBoundsAreSetByAdminsAndHold(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		quiet := agreements.Fields{Quiet: &agreements.Bounds{Earliest: "07:00", Latest: "19:00"}}
		if err := h.set(h.kofi, quiet, "", "Rest"); !fault.Is(err, "admins_bound") {
			t.Errorf("a member sets bounds: %v", err)
		}
		late := worktime.Spec{Zone: "Europe/Berlin", Weekly: map[string][]string{"mon": {"12:00-21:00"}}}
		h.Must(h.People.SetMySchedule(t.Context(), h.kofi, late, 0))
		h.Must(h.set(h.ana, quiet, "", "Rest"))
		quiet.Checks = []string{"09:30"}
		h.Must(h.set(h.kofi, quiet, "", "Check times")) // who leaves them as they are may change the rest

		late.Checks = map[string][]string{"mon": {"13:00"}}
		if err := h.People.SetMySchedule(t.Context(), h.kofi, late, 0); err != nil {
			t.Errorf("what he had before is refused: %v", err)
		}
		late.Weekly["tue"] = []string{"08:00-12:00", "13:00-20:00"}
		err := h.People.SetMySchedule(t.Context(), h.kofi, late, 0)
		if !fault.Is(err, "outside_bounds") || fault.As(err).Field != "weekly.tue[1]" || !strings.Contains(fault.As(err).Sentence, "Harbour agreed on hours between 07:00 and 19:00") {
			t.Errorf("new hours outside: %v", err)
		}
		late.Weekly["tue"] = []string{"22:00-06:00"}
		if err := h.People.SetMySchedule(t.Context(), h.kofi, late, 0); !fault.Is(err, "outside_bounds") {
			t.Errorf("a night outside: %v", err)
		}
		late.Weekly["tue"] = []string{"07:00-19:00"}
		h.Must(h.People.SetMySchedule(t.Context(), h.kofi, late, 0))
		if err := h.People.SetMySchedule(t.Context(), h.ben, worktime.Spec{Zone: "UTC", Weekly: map[string][]string{"mon": {"22:00-06:00"}}}, 0); err != nil {
			t.Errorf("Ben is in no team: %v", err)
		}
	})
}

func TestAChangeIsAVersionAndReachesTheTeam(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.Must(h.set(h.kofi, agreements.Fields{Windows: map[asks.Kind]string{asks.Reply: "4h"}}, "We are kind.\nWe write.", "To begin with"))
		h.Clock.Set(h.Clock.Now().Add(time.Second))
		h.Must(h.set(h.mei, agreements.Fields{Windows: map[asks.Kind]string{asks.Reply: "8h"}, MeetingFree: map[string][]string{"wed": {"09:00-12:00"}}}, "We are kind.\nWe write well.", "Less hurry"))
		if err := h.agreed.Set(t.Context(), h.kofi, h.harbour, agreements.Change{From: 1, Reason: "Late"}); !fault.Is(err, "agreement_changed") {
			t.Errorf("over a newer version: %v", err)
		}
		concerns, title, excerpt, path := h.told(h.kofi)
		if title != "Mei Lin changed the working agreement of Harbour" || path != agreements.Path(h.harbour) ||
			excerpt != "Less hurry (window to reply 8h; time without meetings on wed 09:00-12:00; the page)" {
			t.Errorf("Kofi reads %q, %q, %s", title, excerpt, path)
		}
		if !slices.Equal(concerns, []id.ID{h.mei.Person, h.kofi.Person}) {
			t.Errorf("it concerns %v, want the two of the team", concerns)
		}
		free, err := h.agreed.MeetingFree(t.Context(), h.DB, h.WS, h.kofi.Person)
		h.Must(err)
		if len(free) != 1 || free[0].Name != "Harbour" || free[0].Ranges["wed"][0] != "09:00-12:00" {
			t.Errorf("Kofi's teams meet not on %+v", free)
		}
		if none, err := h.agreed.MeetingFree(t.Context(), h.DB, h.WS, h.ben.Person); err != nil || len(none) != 0 {
			t.Errorf("Ben is in no team: %+v, %v", none, err)
		}
		h.Must(h.agreed.Restore(t.Context(), h.kofi, h.harbour, 1, 2, "It was better"))
		now, err := h.agreed.Of(t.Context(), h.DB, h.mei, h.harbour)
		h.Must(err)
		if now.Version.Version != 3 || now.Restored != 1 || now.Fields.V.Windows[asks.Reply] != "4h" || now.Prose != "We are kind.\nWe write." {
			t.Errorf("restored: %+v", now.Version)
		}
		old, err := h.agreed.At(t.Context(), h.DB, h.mei, h.harbour, 2)
		h.Must(err)
		if old.Fields.V.Windows[asks.Reply] != "8h" || old.Reason != "Less hurry" || old.Author != h.mei.Person {
			t.Errorf("as it was: %+v", old.Version)
		}
		list, more, err := h.agreed.History(t.Context(), h.DB, h.mei, h.harbour, 0, 2)
		h.Must(err)
		if len(list) != 3 || !more {
			t.Errorf("history: %d versions, more %v", len(list), more)
		}
	})
}

func TestSpacesOfAnAgreement(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.Must(h.set(h.kofi, agreements.Fields{Spaces: []id.ID{h.open, h.closed}}, "", "Where"))
		seen, err := h.agreed.Of(t.Context(), h.DB, h.ben, h.harbour)
		h.Must(err)
		if !slices.Equal(seen.Fields.V.Spaces, []id.ID{h.open}) || seen.MayChange {
			t.Errorf("Ben sees %v", seen.Fields.V.Spaces)
		}
		h.Must(h.set(h.ana, agreements.Fields{Spaces: []id.ID{}}, "", "Nowhere I know")) // an owner who does not read the board
		kept, err := h.agreed.Of(t.Context(), h.DB, h.mei, h.harbour)
		h.Must(err)
		if !slices.Equal(kept.Fields.V.Spaces, []id.ID{h.closed}) {
			t.Errorf("what she could not see is %v", kept.Fields.V.Spaces)
		}
		if err := h.set(h.ben, agreements.Fields{}, "", "Mine now"); !fault.Is(err, "team_members_only") {
			t.Errorf("Ben changes it: %v", err)
		}
		tower, err := h.People.MakeTeam(t.Context(), h.mei, "Tower", "", []id.ID{h.mei.Person})
		h.Must(err)
		c := agreements.Change{Fields: agreements.Fields{Spaces: []id.ID{h.closed}}, Reason: "Ours"}
		if err := h.agreed.Set(t.Context(), h.mei, tower.ID, c); !fault.Is(err, "space_taken") {
			t.Errorf("a second agreement in one space: %v", err)
		}
		h.Must(h.People.RemoveTeam(t.Context(), h.kofi, h.harbour))
		h.Settle()
		h.Must(h.agreed.Set(t.Context(), h.mei, tower.ID, c))
	})
}

func TestWhatAnAgreementCannotSay(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		for what, c := range map[string]struct {
			f    agreements.Fields
			code string
		}{
			"a window of nothing":  {agreements.Fields{Windows: map[asks.Kind]string{asks.Reply: "soon"}}, "window"},
			"a kind of nothing":    {agreements.Fields{Windows: map[asks.Kind]string{"sing": "1d"}}, "kind"},
			"a time of nothing":    {agreements.Fields{Checks: []string{"9"}}, "times"},
			"a range of nothing":   {agreements.Fields{MeetingFree: map[string][]string{"wed": {"morning"}}}, "times"},
			"a day of nothing":     {agreements.Fields{MeetingFree: map[string][]string{"noday": {"09:00-10:00"}}}, "times"},
			"bounds the wrong way": {agreements.Fields{Quiet: &agreements.Bounds{Earliest: "20:00", Latest: "07:00"}}, "bounds"},
			"who":                  {agreements.Fields{Urgent: agreements.Urgent{Who: "me"}}, "urgent_who"},
			"a number":             {agreements.Fields{Urgent: agreements.Urgent{PerMonth: -1}}, "urgent_number"},
		} {
			if err := h.set(h.ana, c.f, "", "Because"); !fault.Is(err, c.code) {
				t.Errorf("%s: %v, want %s", what, err, c.code)
			}
		}
		if err := h.set(h.ana, agreements.Fields{}, "", " "); !fault.Is(err, "reason_needed") {
			t.Errorf("without a reason: %v", err)
		}
		guest := h.Person(people.NewPerson{Name: "Gus", Role: actor.Guest})
		if _, err := h.agreed.Of(t.Context(), h.DB, guest, h.harbour); !fault.IsKind(err, fault.NotFound) {
			t.Errorf("a guest reads it: %v", err)
		}
	})
}
