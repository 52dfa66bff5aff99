package worktime_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"example.org/meantime/worktime"
)

// example is the schedule of the documentation.
const example = `{
  "zone": "Europe/Berlin",
  "zones": [{"from": "2026-09-01", "zone": "Asia/Tokyo"}],
  "weekly": {"mon": ["09:00-12:00", "13:00-17:00"], "fri": ["22:00-06:00"], "sun": ["00:00-24:00"]},
  "overrides": {"2026-12-24": ["09:00-12:00"], "2026-12-31": []},
  "holidays": ["2026-12-25", "2026-12-24 11:00-24:00"],
  "absences": [{"from": "2026-07-01", "to": "2026-07-15"}, {"from": "2026-08-03T09:00:00Z", "to": "2026-08-03T12:00:00Z"}],
  "focus": {"tue": ["09:00-11:00"], "2026-03-01": ["09:00-11:00"]},
  "checks": {"mon": ["09:30", "14:00"]}
}`

func TestEval(t *testing.T) {
	for _, tc := range []struct{ name, in, want string }{
		{"add", `[{"id":7,"op":"add","t":"2026-03-16T08:00:00Z","d":"3h30m","schedule":S}]`, `[{"id":7,"at":"2026-03-16T12:30:00Z"}]`},
		{"next", `[{"id":"a","op":"next","t":"2026-03-16T12:30:00+01:00","schedule":S}]`, `[{"id":"a","at":"2026-03-16T12:00:00Z"}]`},
		{"between, forwards and back", `[{"op":"between","t":"2026-03-16T00:00:00Z","u":"2026-03-17T00:00:00Z","schedule":S},{"op":"between","t":"2026-03-17T00:00:00Z","u":"2026-03-16T15:59:59.5Z","schedule":S}]`, `[{"seconds":25200},{"seconds":-0.5}]`},
		{"working", `[{"op":"working","t":"2026-03-16T11:00:00Z","schedule":S}]`, `[{"working":false}]`},
		{"end of day", `[{"op":"end_of_day","t":"2026-03-16T09:00:00Z","n":1,"schedule":S}]`, `[{"at":"2026-03-21T05:00:00Z"}]`},
		{"reach", `[{"op":"reach","t":"2026-03-16T09:00:00Z","urgency":"routine","schedule":S}]`, `[{"at":"2026-03-16T13:00:00Z"}]`},
		{"fair", `[{"op":"fair","t":"2026-03-16T09:00:00Z","d":"1h","schedules":[S,{"zone":"UTC","weekly":{"mon":["20:00-22:00"]}}]}]`, `[{"at":"2026-03-16T21:00:00Z"}]`},
		{"overlap", `[{"op":"overlap","from":"2026-03-16T00:00:00Z","to":"2026-03-17T00:00:00Z","k":2,"schedules":[S,{"zone":"UTC","weekly":{"mon":["10:00-14:00"]}}]}]`, `[{"ranges":[{"from":"2026-03-16T10:00:00Z","to":"2026-03-16T11:00:00Z"},{"from":"2026-03-16T12:00:00Z","to":"2026-03-16T14:00:00Z"}]}]`},
		{"nobody overlaps", `[{"op":"overlap","from":"2026-03-17T00:00:00Z","to":"2026-03-18T00:00:00Z","k":1,"schedules":[S]}]`, `[{"ranges":[]}]`},
		{
			"a bad case does not stop the others", `[{"id":1,"op":"sing"},3,{"id":2,"op":"working","t":"2026-03-16T08:00:00Z","schedule":S}]`,
			`[{"id":1,"error":{"code":"invalid","message":"op: \"sing\" is not an operation. Use add, next, between, working, end_of_day, reach, fair or overlap."}},{"error":{"code":"invalid","message":"A case is a JSON object with a schedule and an op."}},{"id":2,"working":true}]`,
		},
		{
			"unreachable has its own code", `[{"id":null,"op":"next","t":"2026-03-16T08:00:00Z","schedule":{"zone":"UTC"}}]`,
			`[{"id":null,"error":{"code":"unreachable","message":"No suitable working time within five years of 2026-03-16T08:00:00Z. Check the weekly hours, absences and check times."}}]`,
		},
		{"nothing to ask", `[]`, `[]`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var out bytes.Buffer
			if err := worktime.Eval(strings.NewReader(strings.ReplaceAll(tc.in, "S", example)), &out); err != nil {
				t.Fatal(err)
			}
			if got := strings.TrimSpace(out.String()); got != tc.want {
				t.Errorf("got  %s\nwant %s", got, tc.want)
			}
		})
	}
}

func TestEvalRefusesWhatIsNotAnArray(t *testing.T) {
	for _, in := range []string{"", "{}", "[", `[{]`, "[] []"} {
		var out bytes.Buffer
		if err := worktime.Eval(strings.NewReader(in), &out); err == nil || out.Len() > 0 {
			t.Errorf("Eval(%q) = %v and wrote %q, want an error and nothing", in, err, out.String())
		}
	}
}

func TestParseNamesWhatIsWrong(t *testing.T) {
	for js, field := range map[string]string{
		`[]`: "", `null`: "", `{}`: "zone", `{"zone":"Mars/Base"}`: "zone", `{"zone":"Local"}`: "zone", `{"zone":5}`: "zone",
		`{"zone":"UTC","weekley":{}}`:                                                                           "weekley",
		`{"zone":"UTC","weekly":{"monday":[]}}`:                                                                 "weekly.monday",
		`{"zone":"UTC","weekly":{"mon":["09:00-17:00","9-17"]}}`:                                                "weekly.mon[1]",
		`{"zone":"UTC","weekly":{"mon":["24:00-06:00"]}}`:                                                       "weekly.mon[0]",
		`{"zone":"UTC","weekly":{"mon":["09:00-24:01"]}}`:                                                       "weekly.mon[0]",
		`{"zone":"UTC","overrides":{"2026-02-30":[]}}`:                                                          "overrides",
		`{"zone":"UTC","holidays":["2026-12-25","soon"]}`:                                                       "holidays[1]",
		`{"zone":"UTC","holidays":["2026-12-24 noon"]}`:                                                         "holidays[0]",
		`{"zone":"UTC","absences":[{"from":"2026-01-02","to":"2026-01-01"}]}`:                                   "absences[0]",
		`{"zone":"UTC","absences":[{"to":"2026-01-01"}]}`:                                                       "absences[0].from",
		`{"zone":"UTC","checks":{"mon":["24:00"]}}`:                                                             "checks.mon[0]",
		`{"zone":"UTC","focus":{"2026-13-01":[]}}`:                                                              "focus",
		`{"zone":"UTC","zones":[{"from":"2026-01-01","zone":"Nowhere"}]}`:                                       "zones[0].zone",
		`{"zone":"UTC","zones":[{"from":"then","zone":"UTC"}]}`:                                                 "zones[0].from",
		`{"zone":"UTC","zones":[{"from":"2026-01-01","zone":"UTC"},{"from":"2026-01-01","zone":"Asia/Tokyo"}]}`: "zones",
	} {
		_, err := worktime.Parse([]byte(js))
		var bad *worktime.InvalidError
		if !errors.As(err, &bad) || bad.Field != field {
			t.Errorf("Parse(%s) = %v, want a complaint about %q", js, err, field)
		}
	}
}

func TestTemplatesCompile(t *testing.T) {
	for _, tpl := range worktime.Templates() {
		tpl.Spec.Zone = "Asia/Taipei"
		s, err := tpl.Spec.Compile()
		if err != nil {
			t.Fatalf("%s: %v", tpl.Key, err)
		}
		week := s.Between(when(t, "2026-03-08T12:00:00Z"), when(t, "2026-03-15T12:00:00Z"))
		if week != 40*time.Hour && week != 32*time.Hour {
			t.Errorf("%s is a week of %v", tpl.Name, week)
		}
	}
}

// FuzzSchedule reads any JSON as a schedule, and holds what must always be so.
func FuzzSchedule(f *testing.F) {
	f.Add([]byte(example), int64(1773648000), int64(4*time.Hour))
	f.Add([]byte(`{"zone":"Pacific/Apia","weekly":{"thu":["22:00-06:00"],"fri":["00:00-00:00"]}}`), int64(1325000000), int64(time.Hour))
	f.Add([]byte(`{"zone":"America/Toronto","weekly":{"sun":["23:15-00:40","00:05-00:20"]}}`), int64(-1600000000), int64(1))
	f.Fuzz(func(t *testing.T, js []byte, sec, d int64) {
		s, err := worktime.Parse(js)
		if err != nil {
			var bad *worktime.InvalidError
			if !errors.As(err, &bad) || bad.Message == "" {
				t.Fatalf("Parse(%q): %v is not a complaint", js, err)
			}
			return
		}
		at := time.Unix(sec, 0)
		if end, err := s.Add(at, time.Duration(d)); err == nil && s.Between(at, end) != time.Duration(d) {
			t.Fatalf("%s: Between(t, Add(t, %v)) = %v", js, time.Duration(d), s.Between(at, end))
		}
		if next, err := s.Next(at); err == nil && (!s.Working(next) || next.Before(at)) {
			t.Fatalf("%s: Next(%s) = %s, which is not worked", js, at, next)
		}
		soon, err := s.Reach(at, worktime.Soon)
		if err == nil && !s.Interruptible(soon) {
			t.Fatalf("%s: soon is %s, which may not be interrupted", js, soon)
		}
		if routine, err := s.Reach(at, worktime.Routine); err == nil && (!s.Interruptible(routine) || routine.Before(soon)) {
			t.Fatalf("%s: routine is %s, soon %s", js, routine, soon)
		}
		if end, err := s.EndOfDay(at, 1); err == nil && (!end.After(at) || s.Working(end.Add(-time.Second)) == false) {
			t.Fatalf("%s: EndOfDay(%s) = %s", js, at, end)
		}
	})
}
