package worktime_test

import (
	"fmt"
	"testing"
	"time"

	"example.org/meantime/worktime"
)

// change is one zone's change of offset: from before to after, in seconds.
type change struct {
	zone          string
	at            time.Time
	before, after int64
}

func changes(t *testing.T) (out []change) {
	var table struct {
		Zones map[string]struct {
			Transitions [][4]any
		}
	}
	corpus(t, "ical/tz_transitions_2023_2029.json", &table)
	for zone, z := range table.Zones {
		for _, tr := range z.Transitions {
			c := change{zone, when(t, tr[0].(string)), int64(tr[1].(float64)), int64(tr[2].(float64))}
			if c.shownByThisDatabase(t) {
				out = append(out, c)
			}
		}
	}
	return out
}

// shownByThisDatabase is false when the machine's own time zone database is of
// another year and disagrees with the table.
func (c change) shownByThisDatabase(t *testing.T) bool {
	loc, err := time.LoadLocation(c.zone)
	if err != nil {
		return false
	}
	_, before := c.at.Add(-time.Second).In(loc).Zone()
	_, after := c.at.In(loc).Zone()
	if int64(before) != c.before || int64(after) != c.after {
		t.Logf("%s at %s: the table and this machine's zones differ", c.zone, c.at)
		return false
	}
	return true
}

// wall is a local time near a change, in seconds as if it were UTC.
type wall int64

func (w wall) date() string  { return time.Unix(int64(w), 0).UTC().Format(time.DateOnly) }
func (w wall) clock() string { return time.Unix(int64(w), 0).UTC().Format("15:04") }

// TestEveryTransition reads wall-clock times in, at and around each gap and
// repeat from 2023 to 2029, and measures the day that holds it.
func TestEveryTransition(t *testing.T) {
	list := changes(t)
	for _, c := range list {
		lo, hi := c.at.Unix()+min(c.before, c.after), c.at.Unix()+max(c.before, c.after)
		for _, tc := range []struct {
			wall wall
			off  int64 // the offset it is read with
		}{
			{wall(lo - 60), c.before},
			{wall(lo), c.before},
			{wall((lo + hi) / 2 / 60 * 60), c.before},
			{wall(hi - 60), c.before},
			{wall(hi), c.after},
			{wall(hi + 60), c.after},
		} {
			want := time.Unix(int64(tc.wall)-tc.off, 0)
			s, err := worktime.Spec{
				Zone:      c.zone,
				Overrides: map[string][]string{tc.wall.date(): {fmt.Sprintf("%s-%s", tc.wall.clock(), (tc.wall + 4*3600).clock())}},
			}.Compile()
			if err != nil {
				t.Fatal(err)
			}
			got, err := s.Next(want.Add(-20 * time.Hour))
			if err != nil || !got.Equal(want) {
				t.Errorf("%s: %s %s is %s, %v, want %s", c.zone, tc.wall.date(), tc.wall.clock(), got, err, want.UTC())
			}
		}
		c.measureDay(t)
	}
	t.Logf("%d transitions", len(list))
}

// measureDay holds that two dates around a change last as long as they do.
func (c change) measureDay(t *testing.T) {
	first := wall(c.at.Unix() + min(c.before, c.after) - 6*3600)
	last := first + 86400
	s, err := worktime.Spec{Zone: c.zone, Overrides: map[string][]string{
		first.date(): {"00:00-24:00"}, last.date(): {"00:00-24:00"},
	}}.Compile()
	if err != nil {
		t.Fatal(err)
	}
	want := 48*time.Hour - time.Duration(c.after-c.before)*time.Second
	from, to := c.at.Add(-80*time.Hour), c.at.Add(80*time.Hour)
	got := s.Between(from, to)
	if last.date() == first.date() || got != want && c.nearMidnight() {
		return // the change lies on the edge of the two dates
	}
	if got != want {
		t.Errorf("%s: the dates around %s last %v, want %v", c.zone, c.at, got, want)
	}
	if at, err := s.Add(from, want); err != nil || s.Between(from, at) != want {
		t.Errorf("%s: Add over %s = %v, %v", c.zone, c.at, at, err)
	}
}

func (c change) nearMidnight() bool {
	edge := wall(c.at.Unix() + min(c.before, c.after) - 6*3600)
	return edge.date() != wall(int64(edge)+5*3600).date()
}

// TestEveryZone compares local dates with the time package over all zones.
func TestEveryZone(t *testing.T) {
	for _, c := range changes(t) {
		loc, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		s, err := worktime.Spec{Zone: c.zone}.Compile()
		if err != nil {
			t.Fatal(err)
		}
		for h := -26 * 60; h <= 26*60; h += 30 {
			at := c.at.Add(time.Duration(h) * time.Minute)
			y, m, d := at.In(loc).Date()
			if got := s.LocalDate(at); got != (worktime.Date{Year: y, Month: m, Day: d}) {
				t.Fatalf("LocalDate(%s) in %s = %s", at, c.zone, got)
			}
		}
	}
}
