package worktime_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/meantime/worktime"
)

var update = flag.Bool("update", false, "rewrite docs/worktime-agreement.md")

// foreignTables are calls that other libraries' authors recorded from their own
// tests, and how each is put to us. A translation answers got and want as text;
// ok is false when the call asks for something the table does not say.
var foreignTables = []struct {
	name, title string
	translate   func(t *testing.T, raw json.RawMessage) (got, want string, ok bool)
}{
	{"biz_rb", "biz (Ruby)", translateBiz},
	{"working_hours_rb", "working_hours (Ruby)", translateWorkingHours},
	{"moment_business_time", "moment-business-time (JavaScript)", translateMoment},
	{"spatie_opening_hours", "spatie/opening-hours (PHP)", translateSpatie},
	{"seatgeek_py", "businesstime (Python)", translateSeatgeek},
	{"rickar_cal", "rickar/cal (Go)", translateRickar},
}

// TestForeignTables holds us to other libraries' answers. Every difference has
// a reason in testdata/differences.json and a line in the document.
func TestForeignTables(t *testing.T) {
	var known struct {
		Reasons map[string]string
		Cases   map[string]string
	}
	b, err := os.ReadFile("testdata/differences.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &known); err != nil {
		t.Fatal(err)
	}
	var doc strings.Builder
	doc.WriteString(agreementIntro)
	for _, table := range foreignTables {
		var rows []json.RawMessage
		corpus(t, "worktime/"+table.name+".json", &rows)
		var lines []string
		for i, raw := range rows {
			id := fmt.Sprintf("%s:%d", table.name, i)
			got, want, ok := table.translate(t, raw)
			if ok && got == want {
				continue
			}
			reason := known.Reasons[known.Cases[id]]
			if reason == "" {
				t.Errorf("%s: got %s, want %s (asked: %v)\n%s", id, got, want, ok, brief(raw))
				continue
			}
			if !ok {
				got, want = "not asked", "—"
			}
			lines = append(lines, fmt.Sprintf("| %d | `%s` | %s | %s | %s |", i, operation(raw), want, got, reason))
		}
		fmt.Fprintf(&doc, "\n## %s\n\n%d calls, %d agree.\n", table.title, len(rows), len(rows)-len(lines))
		if len(lines) > 0 {
			fmt.Fprintf(&doc, "\n| case | call | theirs | ours | why |\n|---|---|---|---|---|\n%s\n", strings.Join(lines, "\n"))
		}
	}
	checkAgreement(t, doc.String())
}

func checkAgreement(t *testing.T, text string) {
	const path = "../docs/worktime-agreement.md"
	if *update {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if b, err := os.ReadFile(path); err != nil || string(b) != text {
		t.Errorf("%s does not say what was found (%v). Run the test with -update and read the difference.", path, err)
	}
}

func operation(raw json.RawMessage) string {
	var row struct{ Op string }
	_ = json.Unmarshal(raw, &row)
	return row.Op
}

func brief(raw json.RawMessage) string {
	var row map[string]any
	_ = json.Unmarshal(raw, &row)
	b, _ := json.Marshal(row)
	return string(b[:min(len(b), 700)])
}

// book asks one schedule through Eval, as a user with a table would.
type book struct {
	t    *testing.T
	spec worktime.Spec
	loc  *time.Location
}

func newBook(t *testing.T, spec worktime.Spec) book {
	loc, err := time.LoadLocation(spec.Zone)
	if err != nil {
		t.Fatal(err)
	}
	return book{t, spec, loc}
}

func (b book) ask(c map[string]any) map[string]any {
	c["schedule"], c["schedules"] = b.spec, []worktime.Spec{b.spec}
	for k, v := range c {
		if at, ok := v.(time.Time); ok {
			c[k] = at.UTC().Format(time.RFC3339Nano)
		}
	}
	return evaluate(b.t, []map[string]any{c})[0]
}

func (b book) instant(c map[string]any) time.Time {
	at, _ := b.ask(c)["at"].(string)
	return when(b.t, at)
}

func (b book) next(t time.Time) time.Time {
	return b.instant(map[string]any{"op": "next", "t": t})
}

func (b book) add(t time.Time, d time.Duration) time.Time {
	return b.instant(map[string]any{"op": "add", "t": t, "d": d.String()})
}

func (b book) working(t time.Time) bool {
	return b.ask(map[string]any{"op": "working", "t": t})["working"] == true
}

func (b book) seconds(t, u time.Time) float64 {
	s, _ := b.ask(map[string]any{"op": "between", "t": t, "u": u})["seconds"].(float64)
	return s
}

func (b book) ranges(from, to time.Time) (out []worktime.Range) {
	list, _ := b.ask(map[string]any{"op": "overlap", "from": from, "to": to, "k": 1})["ranges"].([]any)
	for _, r := range list {
		m := r.(map[string]any)
		out = append(out, worktime.Range{From: when(b.t, m["from"].(string)), To: when(b.t, m["to"].(string))})
	}
	return out
}

const lookAround = 120 * 24 * time.Hour

// closing is the end of the working range that contains t or comes next.
func (b book) closing(t time.Time) time.Time {
	return b.ranges(t, t.Add(15*lookAround))[0].To
}

// opening is the start of the first working range after t.
func (b book) opening(t time.Time) time.Time {
	for _, r := range b.ranges(t.Add(-lookAround), t.Add(lookAround)) {
		if r.From.After(t) {
			return r.From
		}
	}
	return time.Time{}
}

// before is the last range that begins before t, clipped to it.
func (b book) before(t time.Time) worktime.Range {
	list := b.ranges(t.Add(-lookAround), t)
	return list[len(list)-1]
}

// back takes working time off, through the ranges before t.
func (b book) back(t time.Time, d time.Duration) time.Time {
	list := b.ranges(t.Add(-lookAround), t)
	slices.Reverse(list)
	for _, r := range list {
		if long := r.To.Sub(r.From); d > long {
			d -= long
			continue
		}
		return r.To.Add(-d)
	}
	return time.Time{}
}

func (b book) midnight(t time.Time) time.Time {
	y, m, d := t.In(b.loc).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, b.loc)
}

// works says whether the local date of t has working time.
func (b book) works(t time.Time) bool {
	day := b.midnight(t)
	return len(b.ranges(day, day.AddDate(0, 0, 1))) > 0
}

// days counts the working dates after from's date, up to and with to's.
func (b book) days(from, to time.Time) int {
	if to.Before(from) {
		return -b.days(to, from)
	}
	n := 0
	for day := b.midnight(from).AddDate(0, 0, 1); !day.After(to); day = day.AddDate(0, 0, 1) {
		if b.works(day) {
			n++
		}
	}
	return n
}

// sameClock is the n-th working date after t's date, at t's time of day, or
// before it when n is negative.
func (b book) sameClock(t time.Time, n int) time.Time {
	at, step := t.In(b.loc), 1
	if n < 0 {
		n, step = -n, -1
	}
	for ; n > 0; n-- {
		for at = at.AddDate(0, 0, step); !b.works(at); at = at.AddDate(0, 0, step) {
		}
	}
	return at
}

// endOfDay is the date n working dates after the one of t, or the first after.
func (b book) endOfDay(t time.Time, n int) time.Time {
	end := b.instant(map[string]any{"op": "end_of_day", "t": b.midnight(t), "n": n})
	return b.midnight(end.Add(-time.Second))
}

func utc(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }

func yes(b bool) string { return fmt.Sprint(b) }

const agreementIntro = `# Where Meantime and other libraries differ

Other libraries' authors recorded calls from their own tests. Each call is put
to ` + "`meantime worktime eval`" + ` and its answer compared. This page is written by the
test that compares them; it lists every call on which we differ, or which asks
for something we do not offer, with the reason. A difference without a reason
fails the test.

Calls that go backwards in time (the previous opening, subtracting working
time, the last closing) are put as questions about the working ranges before
the instant.

Beside these there is a table of random schedules in 42 zones with the answers
of three independent implementations. Where all three agree, so do we, on every
row. Where they differ, these are our policies:

- A duration that is used up exactly at closing time ends there
  (` + "`end_of_interval`" + `), not at the next opening.
- No working time takes no time: adding ` + "`0s`" + ` gives the instant itself.
- What elapses is what counts: a range over the end of summer time is longer,
  one over its beginning shorter, and no wall-clock subtraction is done.
`
