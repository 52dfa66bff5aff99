package worktime_test

import (
	"fmt"
	"runtime"
	"sync"
	"testing"
	"time"

	"example.org/meantime/worktime"
)

var (
	sink   time.Time
	window = []struct {
		name string
		d    time.Duration // of eight-hour days
	}{{"4h", 4 * time.Hour}, {"3d", 3 * 8 * time.Hour}, {"60d", 60 * 8 * time.Hour}}
)

// BenchmarkFloor is the least that any reading of a wall clock costs.
func BenchmarkFloor(b *testing.B) {
	loc, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		b.Fatal(err)
	}
	at := when(b, "2026-03-25T10:30:00Z")
	b.ReportAllocs()
	for b.Loop() {
		y, m, d := at.In(loc).Date()
		sink = time.Date(y, m, d, 9, 0, 0, 0, loc)
	}
}

func BenchmarkAdd(b *testing.B) {
	s, at := ordinary(b, 0), when(b, "2026-03-25T10:30:00Z")
	for _, w := range window {
		b.Run(w.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				sink, _ = s.Add(at, w.d)
			}
		})
	}
}

// BenchmarkReach asks over 4 h, 3 d and 60 d: from the morning before hours,
// over a weekend, and over a leave of twelve weeks.
func BenchmarkReach(b *testing.B) {
	for _, tc := range []struct{ name, from string }{
		{"4h", "2026-03-25T04:00:00Z"}, {"3d", "2026-03-27T17:30:00Z"}, {"60d", "2026-06-01T10:00:00Z"},
	} {
		for _, u := range []worktime.Urgency{worktime.Routine, worktime.Soon} {
			b.Run(tc.name+"/"+string(u), func(b *testing.B) {
				s, at := ordinary(b, 0), when(b, tc.from)
				b.ReportAllocs()
				for b.Loop() {
					sink, _ = s.Reach(at, u)
				}
			})
		}
	}
}

// BenchmarkReachRuled asks somebody who has every rule there is: travel, agreed
// check times, focus blocks, an override, holidays and a leave.
func BenchmarkReachRuled(b *testing.B) {
	s, err := worktime.Parse([]byte(ruled))
	if err != nil {
		b.Fatal(err)
	}
	for _, tc := range []struct{ name, from string }{{"4h", "2026-03-25T04:00:00Z"}, {"3d", "2026-03-27T17:30:00Z"}, {"60d", "2026-06-01T10:00:00Z"}} {
		for _, u := range []worktime.Urgency{worktime.Routine, worktime.Soon} {
			b.Run(tc.name+"/"+string(u), func(b *testing.B) {
				at := when(b, tc.from)
				b.ReportAllocs()
				for b.Loop() {
					sink, _ = s.Reach(at, u)
				}
			})
		}
	}
}

// BenchmarkReplanMillion plans a delivery for each of a million people with
// schedules of their own, on all processors: what a change to everybody costs.
func BenchmarkReplanMillion(b *testing.B) {
	if testing.Short() {
		b.Skip("a million schedules take a while to make")
	}
	people, at := million(b), when(b, "2026-03-25T10:30:00Z")
	out := make([]int64, len(people))
	hands := runtime.GOMAXPROCS(0)
	for b.Loop() {
		var all sync.WaitGroup
		for h := range hands {
			all.Go(func() {
				for i := h * len(people) / hands; i < (h+1)*len(people)/hands; i++ {
					t, _ := people[i].Reach(at, worktime.Routine)
					out[i] = t.UnixMicro()
				}
			})
		}
		all.Wait()
	}
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms/million")
}

const ruled = `{
	"zone": "Europe/Berlin", "zones": [{"from": "2026-02-01", "zone": "Asia/Tokyo"}, {"from": "2026-02-15", "zone": "Europe/Berlin"}],
	"weekly": {"mon": ["08:00-12:00", "13:00-17:00"], "tue": ["08:00-12:00", "13:00-17:00"], "wed": ["08:00-12:00", "13:00-17:00"],
		"thu": ["08:00-12:00", "13:00-17:00"], "fri": ["08:00-12:00", "13:00-17:00"]},
	"overrides": {"2026-03-31": ["10:00-14:00"]},
	"holidays": ["2026-04-03", "2026-04-06", "2026-05-01", "2026-12-25"],
	"absences": [{"from": "2026-06-01", "to": "2026-08-24"}],
	"focus": {"mon": ["08:00-09:30"], "wed": ["13:00-15:00"]},
	"checks": {"mon": ["09:00", "13:30"], "tue": ["09:00", "13:30"], "wed": ["09:00", "15:30"], "thu": ["09:00", "13:30"], "fri": ["09:00", "13:30"]}
}`

// BenchmarkMillion asks each of a million different schedules in turn.
func BenchmarkMillion(b *testing.B) {
	if testing.Short() {
		b.Skip("a million schedules take a while to make")
	}
	people, at := million(b), when(b, "2026-03-25T10:30:00Z")
	for _, w := range window {
		b.Run("Add/"+w.name, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				sink, _ = people[i%len(people)].Add(at, w.d)
			}
		})
	}
	for _, u := range []worktime.Urgency{worktime.Routine, worktime.Soon} {
		b.Run("Reach/"+string(u), func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				sink, _ = people[i%len(people)].Reach(at, u)
			}
		})
	}
}

var million = func() func(testing.TB) []*worktime.Schedule {
	var once sync.Once
	var people []*worktime.Schedule
	return func(tb testing.TB) []*worktime.Schedule {
		once.Do(func() {
			people = make([]*worktime.Schedule, 1_000_000)
			for i := range people {
				people[i] = ordinary(tb, i)
			}
		})
		return people
	}
}()

var benchZones = []string{
	"Europe/Berlin", "America/New_York", "Asia/Taipei", "Africa/Accra", "America/Sao_Paulo", "Asia/Kolkata",
	"Australia/Sydney", "Europe/London", "America/Los_Angeles", "Asia/Tokyo", "Africa/Cairo", "America/Santiago",
}

// ordinary is a working week with lunch, a few holidays and a leave, different
// for each i.
func ordinary(tb testing.TB, i int) *worktime.Schedule {
	start, lunch := 7*60+i%180, 12*60+i/180%90
	morning := fmt.Sprintf("%02d:%02d-%02d:%02d", start/60, start%60, lunch/60, lunch%60)
	end := lunch + 45 + i/16200%60 + (8*60 - (lunch - start))
	afternoon := fmt.Sprintf("%02d:%02d-%02d:%02d", (lunch+45)/60, (lunch+45)%60, end/60%24, end%60)
	week := map[string][]string{}
	for _, d := range weekdays[:5] {
		week[d] = []string{morning, afternoon}
	}
	s, err := worktime.Spec{
		Zone: benchZones[i%len(benchZones)], Weekly: week,
		Holidays: []string{"2026-04-03", "2026-04-06", "2026-05-01", "2026-12-25"},
		Absences: []worktime.Absence{{From: "2026-06-01", To: "2026-08-24"}},
	}.Compile()
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// TestAllocatesNothing keeps ordinary questions off the heap.
func TestAllocatesNothing(t *testing.T) {
	s, at := ordinary(t, 0), when(t, "2026-03-25T10:30:00Z")
	all, err := worktime.Parse([]byte(ruled))
	if err != nil {
		t.Fatal(err)
	}
	for name, ask := range map[string]func(){
		"Every rule":    func() { sink, _ = all.Reach(at, worktime.Routine) },
		"Add 4h":        func() { sink, _ = s.Add(at, 4*time.Hour) },
		"Add 60d":       func() { sink, _ = s.Add(at, 480*time.Hour) },
		"Reach routine": func() { sink, _ = s.Reach(at, worktime.Routine) },
		"Reach soon":    func() { sink, _ = s.Reach(at, worktime.Soon) },
		"Next":          func() { sink, _ = s.Next(at) },
		"EndOfDay":      func() { sink, _ = s.EndOfDay(at, 3) },
	} {
		if n := testing.AllocsPerRun(100, ask); n != 0 {
			t.Errorf("%s allocates %v times, want none", name, n)
		}
	}
}

// BenchmarkCompile makes schedules, and says how much room one takes.
func BenchmarkCompile(b *testing.B) {
	b.ReportAllocs()
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	people := make([]*worktime.Schedule, 20_000)
	for i := range people {
		people[i] = ordinary(b, i)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	size := float64(after.HeapAlloc-before.HeapAlloc) / float64(len(people))
	runtime.KeepAlive(people)
	for i := 0; b.Loop(); i++ {
		ordinary(b, i)
	}
	b.ReportMetric(size, "B/schedule")
}
