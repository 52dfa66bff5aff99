package ics

import (
	"cmp"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/metrics"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"example.org/meantime/internal/platform/testkit"
)

// The bars of hostile calendars.
const (
	mostCPU    = 2 * time.Second
	mostMemory = 128 << 20
)

// cpu is what this process has used.
func cpu() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// allocated is the memory that a call ever asked for.
func allocated() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// digest does all that is ever done with a calendar of a stranger.
func digest(text string) int {
	c, err := Parse(text)
	if err != nil {
		return 0
	}
	list, _ := c.Occurrences(time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC), berlin)
	return len(list)
}

var berlin, _ = time.LoadLocation("Europe/Berlin")

func TestHostileCalendars(t *testing.T) {
	event := func(lines ...string) string {
		return "BEGIN:VEVENT\r\nUID:x\r\n" + strings.Join(lines, "\r\n") + "\r\nEND:VEVENT\r\n"
	}
	calendar := func(inside string) string { return "BEGIN:VCALENDAR\r\n" + inside + "END:VCALENDAR\r\n" }
	rule := func(r string) string { return calendar(event("DTSTART:19700101T000000", "RRULE:"+r)) }
	many := func(n int, f func(i int) string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(f(i))
		}
		return b.String()
	}
	cases := map[string]string{
		"each second for ever":       rule("FREQ=SECONDLY"),
		"each second to year 9999":   rule("FREQ=SECONDLY;UNTIL=99991231T000000Z"),
		"a billion seconds":          rule("FREQ=SECONDLY;COUNT=1000000000"),
		"the thirtieth of February":  rule("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30"),
		"an hour that never comes":   rule("FREQ=HOURLY;INTERVAL=24;BYHOUR=5"),
		"a minute that never comes":  rule("FREQ=MINUTELY;INTERVAL=1440;BYHOUR=5;BYMINUTE=7"),
		"a second that never comes":  rule("FREQ=SECONDLY;INTERVAL=86400;BYSECOND=7;COUNT=3"),
		"everything at once":         rule("FREQ=YEARLY;BYHOUR=" + count(24) + ";BYMINUTE=" + count(60) + ";BYSECOND=" + count(60)),
		"everything, one of them":    rule("FREQ=YEARLY;BYHOUR=" + count(24) + ";BYMINUTE=" + count(60) + ";BYSECOND=" + count(60) + ";BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=-1"),
		"the 53rd Monday of a month": rule("FREQ=MONTHLY;BYDAY=-53MO,53MO"),
		"a step of eons":             rule("FREQ=SECONDLY;INTERVAL=1000000000"),
		"a step of years":            rule("FREQ=YEARLY;INTERVAL=1000000000"),
		"many rules":                 calendar(many(MaxEvents, func(int) string { return event("DTSTART:16010101T000000", "RRULE:FREQ=MINUTELY") })),
		"deep":                       calendar(strings.Repeat("BEGIN:VEVENT\r\n", 300_000)),
		"deep of another kind":       calendar(strings.Repeat("BEGIN:X\r\n", 500_000)),
		"a million exceptions":       calendar(event("DTSTART:20200101T000000", "RRULE:FREQ=DAILY", "EXDATE:"+many(290_000, func(i int) string { return "20200101T000000," }))),
		"all changed, of all": calendar(many(9_000, func(i int) string {
			return event("DTSTART:20200101T000000", "RRULE:FREQ=DAILY") + event("DTSTART:20200101T000000", "RECURRENCE-ID;RANGE=THISANDFUTURE:20200101T000000")
		})),
		"zones without end": calendar(many(20_000, func(i int) string {
			return fmt.Sprintf("BEGIN:VTIMEZONE\r\nTZID:%d\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nRRULE:FREQ=MONTHLY;BYMONTHDAY="+count1(31)+";BYHOUR="+count(24)+"\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n", i)
		})),
		"one long line":       calendar(event("DTSTART:20200101T000000", "SUMMARY:"+strings.Repeat("x\r\n ", 1_000_000))),
		"parameters":          calendar(event("DTSTART" + strings.Repeat(";A=\"b\"", 500_000) + ":20200101")),
		"quotes":              calendar(event("DTSTART;A=" + strings.Repeat("\"b\",", 500_000) + ":20200101")),
		"unknown zones":       calendar(many(19_000, func(i int) string { return event(fmt.Sprintf("DTSTART;TZID=%d/a/b/c/d:20200101T000000", i)) })),
		"a long unknown zone": calendar(event("DTSTART;TZID=" + strings.Repeat("a/", 1_000_000) + ":20200101T000000")),
		"periods":             calendar(event("DTSTART:20200101T000000", "RDATE;VALUE=PERIOD:"+strings.Repeat("20200101T000000/P99999999W,", 150_000))),
		"a very long event":   calendar(event("DTSTART:16010101T000000", "DTEND:22000101T000000", "RRULE:FREQ=HOURLY")),
	}
	for name, text := range cases {
		t.Run(name, func(t *testing.T) {
			before, memory := cpu(), allocated()
			n := digest(text)
			used, took := cpu()-before, allocated()-memory
			t.Logf("%d kB: %d occurrences, %v, %d MB", len(text)>>10, n, used, took>>20)
			if used > mostCPU*slack() || took > mostMemory {
				t.Errorf("took %v and %d MB", used, took>>20)
			}
		})
	}
}

func count(n int) string { return numbersFrom(0, n) }

func count1(n int) string { return numbersFrom(1, n+1) }

func numbersFrom(a, b int) string {
	out := []string{}
	for i := a; i < b; i++ {
		out = append(out, strconv.Itoa(i))
	}
	return strings.Join(out, ",")
}

// Every calendar of the corpus, and changed ones: nothing panics, nothing takes long.
func TestMutatedCalendars(t *testing.T) {
	root := corpus(t, "")
	mutations := 50
	if n, err := strconv.Atoi(os.Getenv("MEANTIME_MUTATIONS")); err == nil {
		mutations = n
	}
	if testing.Short() || testkit.Raced {
		mutations = 10
	}
	files, read, whole := []*calendarFile{}, 0, 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil || strings.HasSuffix(path, ".json") || len(b) > MaxBytes {
			return err
		}
		files = append(files, &calendarFile{path: path, text: b, random: rand.New(rand.NewPCG(uint64(len(files)+1), 7))}) //nolint:gosec // the same each time
		if c, err := Parse(string(b)); err == nil {
			read++
			if len(c.Problems) == 0 {
				whole++
			} else if testing.Verbose() {
				t.Logf("%s: %v", strings.TrimPrefix(path, root), c.Problems[0])
			}
		} else if testing.Verbose() {
			t.Logf("%s: %v", strings.TrimPrefix(path, root), err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	// In rounds over all files, so that a long run says how far it came.
	for from := 0; from < mutations; from += mutationsAtOnce {
		to := min(mutations, from+mutationsAtOnce)
		for _, f := range files {
			f.change(t, from, to)
		}
		if mutations > mutationsAtOnce {
			t.Logf("%d mutations of each so far", to)
		}
	}
	most := slices.MaxFunc(files, func(a, b *calendarFile) int { return cmp.Compare(a.cpu, b.cpu) })
	memory := slices.MaxFunc(files, func(a, b *calendarFile) int { return cmp.Compare(a.memory, b.memory) })
	t.Logf("at most %v (%s) and %d MB (%s)", most.cpu, most.path, memory.memory>>20, memory.path)
	t.Logf("%d files: %d are calendars, %d without a complaint; %d mutations each", len(files), read, whole, mutations)
	atLeast(t, map[string]int{"files": len(files), "calendars": read}, map[string]int{"files": 150, "calendars": 120})
}

// mutationsAtOnce is how many changed forms of one file are read before the next file's turn.
const mutationsAtOnce = 200

// calendarFile is a file of the corpus and the most that a changed form of it cost.
type calendarFile struct {
	path   string
	text   []byte
	random *rand.Rand
	cpu    time.Duration
	memory uint64
}

// change reads changed forms of the file; the first is the file itself.
func (f *calendarFile) change(t *testing.T, from, to int) {
	t.Helper()
	for i := from; i < to; i++ {
		text := mutate(f.text, f.random)
		if i == 0 {
			text = string(f.text)
		}
		before, memory := cpu(), allocated()
		digest(text)
		used, took := cpu()-before, allocated()-memory
		f.cpu, f.memory = max(f.cpu, used), max(f.memory, took)
		if used > mostCPU*slack() || took > mostMemory {
			t.Errorf("%s, mutation %d: %v and %d MB", f.path, i, used, took>>20)
		}
	}
}

// mutate changes a few places: bytes, pieces cut or doubled, numbers made large.
func mutate(b []byte, r *rand.Rand) string {
	out := append([]byte{}, b...)
	for range 1 + r.IntN(6) {
		if len(out) == 0 {
			return ""
		}
		i := r.IntN(len(out))
		j := min(len(out), i+r.IntN(80))
		switch r.IntN(7) {
		case 0:
			out[i] = byte(r.IntN(256))
		case 1:
			out = append(out[:i:i], out[j:]...)
		case 2:
			out = append(out[:j:j], out[i:]...)
		case 3:
			out = append(append(out[:i:i], "999999999"...), out[i:]...)
		case 4:
			words := []string{"\r\n", ";", ":", "=", ",", "FREQ=SECONDLY", "\r\nBEGIN:VEVENT\r\n", "\r\nRRULE:FREQ=MINUTELY\r\n", "INTERVAL=0", "\x00", "\"", "-", "BYSETPOS=-366"}
			out = append(append(out[:i:i], words[r.IntN(len(words))]...), out[i:]...)
		case 5:
			out = out[:j]
		case 6:
			for k := i; k < j; k++ {
				if out[k] >= '0' && out[k] <= '9' {
					out[k] = byte('0' + r.IntN(10))
				}
			}
		}
	}
	return string(out)
}

// slack is more where the race detector makes everything slower.
func slack() time.Duration {
	if testkit.Raced {
		return 15
	}
	return 1
}

func FuzzParse(f *testing.F) {
	f.Add("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;TZID=Europe/Berlin:20260101T090000\r\nRRULE:FREQ=WEEKLY;BYDAY=MO\r\nEXDATE:20260105T080000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
	f.Add("BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:X\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nRRULE:FREQ=YEARLY\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n")
	f.Fuzz(func(_ *testing.T, text string) { digest(text) })
}

func FuzzRule(f *testing.F) {
	f.Add("FREQ=MONTHLY;BYDAY=-1FR;COUNT=5")
	f.Add("FREQ=YEARLY;BYWEEKNO=1,53;INTERVAL=3;UNTIL=20300101")
	f.Fuzz(func(t *testing.T, text string) {
		r, why := ParseRule(text)
		if why != "" {
			return
		}
		start := time.Date(2024, 2, 29, 9, 30, 0, 0, time.UTC)
		last, n := start, 0
		r.expand(start, false, time.Time{}, start.AddDate(20, 0, 0), &budget{100_000}, func(at time.Time) bool {
			if at.Before(last) {
				t.Fatalf("%s: %s comes after %s", text, at, last)
			}
			last = at
			n++
			return n < 1000
		})
	})
}
