package push_test

import (
	"math/rand/v2"
	"net/http"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/testkit"
	"example.org/meantime/worktime"
)

// Over a year of digests at any instant, with a service that fails half of the time:
// nothing is handed over outside hours or in a focus block, nor could ring there by
// having waited at the service; urgent ones neither, without consent.
func TestNothingRingsOutsideHoursInAYear(t *testing.T) {
	d := testkit.SQLite(t, clock.Still(testkit.Monday))
	h := build(t, d, d.Clock().(*clock.Machine))
	h.device(h.mei, "/a")
	err := h.people.SetMySchedule(t.Context(), h.mei, worktime.Spec{
		Zone:   "America/New_York",
		Weekly: map[string][]string{"mon": {"09:00-12:00", "13:00-17:00"}, "wed": {"22:00-06:00"}, "fri": {"09:00-17:30"}},
		Focus:  map[string][]string{"mon": {"10:00-11:00"}, "fri": {"16:00-17:30"}},
	}, 0)
	if err != nil {
		t.Fatal(err)
	}
	hours, err := h.people.Hours(t.Context(), d, h.workspace, h.mei.Person)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(4, 2))
	var asked atomic.Uint64
	h.sink.answer = func(string, int) (int, map[string]string) {
		return []int{http.StatusCreated, http.StatusServiceUnavailable}[asked.Add(1)*0x9E3779B97F4A7C15>>63], nil
	}
	checked := 0
	check := func() {
		for _, p := range h.sink.pushes()[checked:] {
			checked++
			at := h.clock.Now().Time()
			ttl, err := strconv.Atoi(p.header.Get("Ttl"))
			if err != nil {
				t.Fatal(err)
			}
			last := at.Add(time.Duration(ttl)*time.Second - time.Second)
			if !hours.Interruptible(at) || (ttl > 0 && !hours.Interruptible(last)) {
				t.Errorf("a push at %s may ring until %s", at, last)
			}
		}
	}
	told := 0
	days := 365
	if testing.Short() {
		days = 60
	}
	for end := h.clock.Now().Add(time.Duration(days) * 24 * time.Hour); h.clock.Now() < end; {
		u := worktime.Routine
		if random.IntN(4) == 0 {
			u = worktime.Urgent
		}
		h.tell(u, h.mei.Person, item())
		told++
		until := h.clock.Now().Add(time.Duration(1+random.IntN(40)) * time.Hour)
		for {
			h.settle()
			check()
			next, err := h.jobs.Next(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if next == 0 || next > until {
				break
			}
			h.clock.Set(max(next, h.clock.Now()))
		}
		h.clock.Set(until)
	}
	if checked < told*8/10 {
		t.Errorf("%d of %d digests were told", checked, told)
	}
	t.Logf("%d of %d digests were told, none outside hours", checked, told)
}
