package duty

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
	"example.org/meantime/worktime"
)

// zones that change their clocks in many ways, and one that skipped a whole day.
var zones = []string{
	"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Taipei", "Africa/Casablanca",
	"America/Sao_Paulo", "Asia/Kolkata", "Pacific/Apia", "Pacific/Chatham",
}

func TestOneIsOnDutyInALayerAndGapsAreTheRest(t *testing.T) {
	seeds := uint64(60)
	if testing.Short() || testkit.Raced {
		seeds = 10
	}
	for seed := range seeds {
		r := rand.New(rand.NewPCG(seed, 4))
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			rota, folk := invented(r)
			from := clock.At(time.Date(2011+r.IntN(16), time.Month(1+r.IntN(12)), 1+r.IntN(28), r.IntN(24), 0, 0, 0, time.UTC))
			in := Span{from, from.Add(time.Duration(20+r.IntN(30)) * 24 * time.Hour)}
			check(t, r, rota, folk, in)
		})
	}
}

// invented is a rota of up to three layers with covers, whose people have holidays
// and absences.
func invented(r *rand.Rand) (Rota, map[id.ID]Folk) {
	folk := map[id.ID]Folk{}
	var all []id.ID
	for i := range 6 {
		p := id.ID{15: byte(i + 1)}
		all = append(all, p)
		spec := worktime.Spec{Zone: zones[r.IntN(len(zones))], Weekly: map[string][]string{"mon": {"09:00-17:00"}}}
		day := time.Date(2011+r.IntN(16), time.Month(1+r.IntN(12)), 1+r.IntN(28), 0, 0, 0, 0, time.UTC)
		spec.Absences = []worktime.Absence{{From: day.Format(time.DateOnly), To: day.AddDate(0, 0, 1+r.IntN(20)).Format(time.DateOnly)}}
		spec.Holidays = []string{day.AddDate(0, 0, 30).Format(time.DateOnly)}
		h, err := spec.Compile()
		if err != nil {
			panic(err)
		}
		folk[p] = Folk{Active: r.IntN(8) > 0, Hours: h}
	}
	var rota Rota
	for i := range 1 + r.IntN(3) {
		l := Layer{
			ID: id.ID{14: 1, 15: byte(i)}, Zone: zones[r.IntN(len(zones))], Start: fmt.Sprintf("201%d-0%d-1%d", r.IntN(2), 1+r.IntN(9), r.IntN(9)),
			Handover: int64(r.IntN(24 * 60)), Days: []int64{1, 7, 14}[r.IntN(3)],
		}
		for range 1 + r.IntN(4) {
			l.People.V = append(l.People.V, all[r.IntN(len(all))])
		}
		if r.IntN(2) == 0 {
			l.Hours = db.JSON[map[string][]string]{V: map[string][]string{"mon": {"08:00-16:00"}, "wed": {"22:00-06:00"}, "sun": {"00:00-24:00"}, "sat": {"01:30-02:45"}}}
		}
		rota.Layers = append(rota.Layers, l)
	}
	for i := range r.IntN(5) {
		at := clock.At(time.Date(2011+r.IntN(16), time.Month(1+r.IntN(12)), 1+r.IntN(28), r.IntN(24), r.IntN(60), 0, 0, time.UTC))
		rota.Covers = append(rota.Covers, Cover{
			ID: id.ID{13: 1, 15: byte(i)}, Layer: rota.Layers[r.IntN(len(rota.Layers))].ID, Person: all[r.IntN(len(all))],
			From: at, To: at.Add(time.Duration(1+r.IntN(200)) * time.Hour),
		})
	}
	return rota, folk
}

// check compares the roster with who is found, instant by instant, by looking at
// wall clocks alone.
func check(t *testing.T, r *rand.Rand, rota Rota, folk map[id.ID]Folk, in Span) {
	t.Helper()
	roster := rota.Compute(folk, in)
	for i, layer := range roster.Layers {
		for k, s := range layer {
			if s.empty() || s.From < in.From || s.To > in.To {
				t.Fatalf("layer %d has a shift %v outside of %v", i, s.Span, in)
			}
			if k > 0 && s.From < layer[k-1].To {
				t.Fatalf("layer %d has two on duty at %s", i, s.From)
			}
		}
	}
	var edges []clock.Instant
	for _, s := range roster.Duty {
		edges = append(edges, s.From, s.To-1, s.From-1, s.To)
	}
	for range 2000 {
		edges = append(edges, in.From+clock.Instant(r.Int64N(int64(in.To-in.From))))
	}
	for _, at := range edges {
		if at < in.From || at >= in.To {
			continue
		}
		want, any := oracle(rota, folk, at)
		got, found := id.ID{}, 0
		for _, s := range roster.Duty {
			if s.From <= at && at < s.To {
				got, found = s.Person, found+1
			}
		}
		gap := 0
		for _, g := range roster.Gaps {
			if g.From <= at && at < g.To {
				gap++
			}
		}
		if found+gap != 1 {
			t.Fatalf("at %s there are %d on duty and %d gaps, want one of either", at, found, gap)
		}
		if any != (found == 1) || got != want {
			t.Fatalf("at %s %v is on duty, want %v", at, got, want)
		}
	}
}

// oracle finds who is on duty at one instant, layer by layer.
func oracle(rota Rota, folk map[id.ID]Folk, at clock.Instant) (id.ID, bool) {
	for _, l := range rota.Layers {
		if p, ok := turnAt(l, at); ok || len(rota.Covers) > 0 {
			for _, c := range rota.Covers {
				if c.Layer == l.ID && c.From <= at && at < c.To {
					p, ok = c.Person, true
				}
			}
			if ok && folk[p].Active && !isOff(folk[p].Hours, at) {
				return p, true
			}
		}
	}
	return id.ID{}, false
}

func isOff(h *worktime.Schedule, at clock.Instant) bool {
	return len(h.OffRanges(at.Time(), at.Time().Add(time.Microsecond))) > 0
}

// turnAt counts turns from the first one, one after the other.
func turnAt(l Layer, at clock.Instant) (p id.ID, ok bool) {
	if len(l.Hours.V) > 0 {
		h, err := worktime.Spec{Zone: l.Zone, Weekly: l.Hours.V}.Compile()
		if err != nil || !h.Working(at.Time()) {
			return p, false
		}
	}
	day, err := worktime.ParseDate(l.Start)
	if err != nil {
		return p, false
	}
	k := -1
	for {
		begins, err := worktime.Wall(l.Zone, day, int(l.Handover))
		if err != nil {
			return p, false
		}
		if clock.At(begins) > at {
			break
		}
		k++
		day = day.AddDays(int(l.Days))
	}
	if k < 0 {
		return p, false
	}
	return l.People.V[k%len(l.People.V)], true
}

func TestAHandoverKeepsItsWallClock(t *testing.T) {
	ana, kofi := id.ID{15: 1}, id.ID{15: 2}
	l := Layer{Zone: "Europe/Berlin", Start: "2026-10-19", Handover: 9 * 60, Days: 7, People: db.JSON[[]id.ID]{V: []id.ID{ana, kofi}}}
	h, err := worktime.Spec{Zone: "Europe/Berlin"}.Compile()
	if err != nil {
		t.Fatal(err)
	}
	folk := map[id.ID]Folk{ana: {true, h}, kofi: {true, h}}
	from := clock.At(time.Date(2026, 10, 19, 0, 0, 0, 0, time.UTC))
	got := Rota{Layers: []Layer{l}}.Compute(folk, Span{from, from.Add(21 * 24 * time.Hour)})
	want := []string{"2026-10-19T07:00:00Z", "2026-10-26T08:00:00Z", "2026-11-02T08:00:00Z"} // the clock goes back on the 25th
	for i, w := range want {
		if got.Duty[i].From.String() != w {
			t.Errorf("turn %d begins at %s, want %s", i, got.Duty[i].From, w)
		}
	}
	if len(got.Gaps) != 1 || got.Gaps[0].To != got.Duty[0].From {
		t.Errorf("gaps %v, want only the one before the first turn", got.Gaps)
	}
}
