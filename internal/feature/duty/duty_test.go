package duty_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"example.org/meantime/internal/core/coretest"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/feature/duty"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// house is a team of Ana, Kofi and Mei whose duty changes on Mondays at nine in
// Berlin, where it is nine now: Ana, then Kofi, then Mei.
type house struct {
	*coretest.World
	duty           *duty.Service
	team, layer    id.ID
	ana, kofi, mei actor.Actor
}

func engines(t *testing.T, f func(t *testing.T, h *house)) {
	t.Helper()
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) { f(t, build(t, d, c)) })
}

func build(t *testing.T, d *db.DB, c *clock.Machine) *house {
	t.Helper()
	h := &house{World: coretest.New(t, d, c, coretest.Options{})}
	h.duty = duty.New(d, h.People, func(context.Context, db.Queryer, id.ID, []id.ID) (map[id.ID]bool, error) {
		return map[id.ID]bool{h.kofi.Person: true}, nil
	})
	h.duty.Jobs(h.Jobs)
	h.Follow(h.duty.Followers()...)
	h.Furnish()
	h.ana, h.kofi, h.mei = h.Person(coretest.Ana), h.Person(coretest.Kofi), h.Person(coretest.Mei)
	h.team = h.Team(h.ana, "Ops", h.ana, h.kofi, h.mei)
	h.Must(h.duty.Set(t.Context(), h.ana, h.team, duty.NewRota{Keeper: h.mei.Person, Layers: []duty.Layer{{
		Zone: "Europe/Berlin", Start: "2026-10-05", Handover: 9 * 60, Days: 7,
		People: db.JSON[[]id.ID]{V: coretest.IDs(h.ana, h.kofi, h.mei)},
	}}}))
	h.layer = h.see().Rota.Layers[0].ID
	h.Settle()
	return h
}

func (h *house) see() duty.Seen {
	h.T.Helper()
	v, err := h.duty.See(h.T.Context(), h.ana, h.team, h.Clock.Now(), 28)
	h.Must(err)
	return v
}

// told lists when events of a kind were told, and whom they concerned.
func (h *house) told(kind string) (at []clock.Instant, whom []id.ID) {
	h.T.Helper()
	for _, e := range h.Heard(kind) {
		at = append(at, e.At)
		whom = append(whom, e.Concerns...)
	}
	return at, whom
}

const week = 7 * 24 * time.Hour

func (h *house) onDuty(in time.Duration) id.ID {
	h.T.Helper()
	x, err := h.duty.OnDuty(h.T.Context(), h.DB, h.WS, h.team, 0, h.Clock.Now().Add(in))
	h.Must(err)
	return x
}

func TestTurnsAndHandovers(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		for i, want := range []id.ID{h.ana.Person, h.kofi.Person, h.mei.Person, h.ana.Person} {
			if got := h.onDuty(time.Duration(i)*week + time.Hour); got != want {
				t.Errorf("in week %d %s is on duty, want %s", i, got, want)
			}
		}
		start := h.Clock.Now()
		h.Pass(week - 25*time.Hour)
		if at, _ := h.told("duty.handover_asked"); len(at) != 0 {
			t.Error("the note was asked for more than a day before")
		}
		h.Pass(2 * time.Hour)
		at, whom := h.told("duty.handover_asked")
		if len(at) != 1 || whom[0] != h.ana.Person || at[0] != start.Add(week-24*time.Hour) {
			t.Fatalf("asked at %v of %v, want once, a day before, of Ana", at, whom)
		}
		note := h.see().Handovers[0]
		if _, err := h.duty.Write(t.Context(), h.kofi, note.ID, "x", ""); !fault.Is(err, "not_yours") {
			t.Errorf("another writes the note: %v", err)
		}
		_, err := h.duty.Write(t.Context(), h.ana, note.ID, "The import runs.", "Its memory.")
		h.Must(err)
		h.Pass(24 * time.Hour)
		at, whom = h.told("duty.begun")
		if len(at) != 1 || whom[0] != h.kofi.Person || at[0] != start.Add(week) {
			t.Errorf("told at %v to %v, want Kofi at his first moment", at, whom)
		}
		mine, err := h.duty.Mine(t.Context(), h.kofi)
		h.Must(err)
		if len(mine.On) != 1 || len(mine.Received) != 1 || mine.Received[0].GoingOn != "The import runs." {
			t.Errorf("Kofi is shown %+v", mine)
		}
		told := func() error {
			_, err := h.duty.Describe()["handover"](t.Context(), h.DB, h.kofi, note.ID)
			return err
		}
		h.Pass(6 * 24 * time.Hour)
		if err := told(); err != nil {
			t.Errorf("while his week lasts: %v", err)
		}
		h.Pass(2 * 24 * time.Hour)
		if err := told(); !fault.IsKind(err, fault.NotFound) {
			t.Errorf("when it is Mei's week he is told still that he is on duty: %v", err)
		}
	})
}

func TestASwapIsInTheRotaOnceItIsAccepted(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		from := h.Clock.Now().Add(week)
		offer := duty.Swap{
			WorkspaceID: h.WS, Team: h.team, Layer: h.layer, Other: h.mei.Person, From: from, To: from.Add(48 * time.Hour),
			BackFrom: from.Add(week), BackTo: from.Add(week + 24*time.Hour),
		}
		if _, err := h.duty.Offer(t.Context(), h.ana, offer); !fault.Is(err, "not_on_duty") {
			t.Errorf("Ana gives away Kofi's time: %v", err)
		}
		w, err := h.duty.Offer(t.Context(), h.kofi, offer)
		h.Must(err)
		if got := h.onDuty(week + time.Hour); got != h.kofi.Person {
			t.Error("an offer alone changes who is on duty")
		}
		if _, err := h.duty.Accept(t.Context(), h.kofi, w.ID); !fault.Is(err, "not_yours") {
			t.Errorf("whoever offers accepts: %v", err)
		}
		_, err = h.duty.Accept(t.Context(), h.mei, w.ID)
		h.Must(err)
		for _, c := range []struct {
			in   time.Duration
			want id.ID
		}{{week, h.mei.Person}, {week + 47*time.Hour, h.mei.Person}, {week + 48*time.Hour, h.kofi.Person}, {2 * week, h.kofi.Person}, {2*week + 24*time.Hour, h.mei.Person}} {
			if got := h.onDuty(c.in); got != c.want {
				t.Errorf("after %s %s is on duty, want %s", c.in, got, c.want)
			}
		}
		if _, err := h.duty.Decline(t.Context(), h.mei, w.ID); !fault.Is(err, "decided") {
			t.Errorf("a swap is decided twice: %v", err)
		}
	})
}

func TestAGapIsToldAWeekBeforeAndOnce(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		h.Pass(24 * time.Hour)
		// Mei's turn begins on the 19th; she is away from the 21st to the 22nd.
		_, err := h.People.AddAbsence(t.Context(), h.mei, people.NewAbsence{From: "2026-10-21", To: "2026-10-22"})
		h.Must(err)
		h.Settle()
		if got := h.see().Missing; len(got) != 1 {
			t.Fatalf("the gaps are %v, want one", got)
		}
		if got := h.onDuty(time.Duration(15)*24*time.Hour + time.Hour); !got.IsZero() {
			t.Errorf("%s is on duty while Mei is away", got)
		}
		gap := h.see().Missing[0].From
		h.Pass(gap.Sub(h.Clock.Now()) - week - time.Minute)
		if at, _ := h.told("duty.gap_ahead"); len(at) != 0 {
			t.Error("it was told more than a week before")
		}
		h.Pass(20 * 24 * time.Hour)
		at, whom := h.told("duty.gap_ahead")
		if len(at) != 1 || at[0] != gap.Add(-week) || whom[0] != h.mei.Person {
			t.Errorf("told at %v to %v, want once to the keeper at %s", at, whom, gap.Add(-week))
		}
	})
}

func TestACoverFillsAGapAndAnAbsenceMakesOneAtOnce(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		_, err := h.People.AddAbsence(t.Context(), h.ana, people.NewAbsence{From: "2026-10-07", To: "2026-10-07"})
		h.Must(err)
		h.Settle()
		if at, _ := h.told("duty.gap_ahead"); len(at) != 1 {
			t.Fatalf("a gap of this week was told %d times, want at once", len(at))
		}
		gap := h.see().Missing[0]
		_, err = h.duty.CoverFor(t.Context(), h.ana, h.team, duty.NewCover{Layer: h.layer, Person: h.kofi.Person, From: gap.From, To: gap.To})
		h.Must(err)
		if got := h.see().Missing; len(got) != 0 {
			t.Errorf("the gap is covered, and there is %v", got)
		}
		if _, whom := h.told("duty.covered"); !slices.Equal(whom, []id.ID{h.kofi.Person}) {
			t.Errorf("told to %v, want Kofi", whom)
		}
		if got := h.see().Silent; slices.Contains(got, h.kofi.Person) || !slices.Contains(got, h.ana.Person) {
			t.Errorf("silent at night are %v, want Ana and not Kofi, who agreed", got)
		}
	})
}
