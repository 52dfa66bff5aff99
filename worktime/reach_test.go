package worktime_test

import (
	"errors"
	"testing"
	"time"

	"example.org/meantime/worktime"
)

func TestEndOfDay(t *testing.T) {
	s := schedule(t, `{`+berlin+`,"holidays":["2026-03-18"]}`)
	for _, tc := range []struct {
		name, at string
		n        int
		want     string
	}{
		{"today, asked on Sunday, is Monday at close", "2026-03-15T10:00:00Z", 0, "2026-03-16T16:00:00Z"},
		{"a day, asked on Sunday, is Tuesday at close", "2026-03-15T10:00:00Z", 1, "2026-03-17T16:00:00Z"},
		{"a holiday is not a working date", "2026-03-16T10:00:00Z", 2, "2026-03-19T16:00:00Z"},
		{"before hours the date has yet to be worked", "2026-03-16T04:00:00Z", 0, "2026-03-16T16:00:00Z"},
		{"after hours the date is over", "2026-03-16T16:00:00Z", 0, "2026-03-17T16:00:00Z"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			same(t, "EndOfDay", when(t, tc.want))(s.EndOfDay(when(t, tc.at), tc.n))
		})
	}
	nights := schedule(t, `{"zone":"UTC","weekly":{"mon":["22:00-06:00"],"tue":["22:00-06:00"]}}`)
	same(t, "a night belongs to its first date", when(t, "2026-03-17T06:00:00Z"))(nights.EndOfDay(when(t, "2026-03-17T03:00:00Z"), 0))
}

func TestReach(t *testing.T) {
	with := `{` + berlin + `,"focus":{"tue":["09:00-11:00"],"2026-03-19":["09:00-10:00"]},"checks":{"mon":["09:30","14:00"],"tue":["10:00"],"thu":["08:00"]}}`
	without := `{` + berlin + `,"focus":{"tue":["09:00-11:00"]},"absences":[{"from":"2026-03-18T06:00:00Z","to":"2026-03-18T12:00:00Z"}]}`
	for _, tc := range []struct {
		name, schedule, at string
		urgency            worktime.Urgency
		want               string
	}{
		{"routine waits for the next check", with, "2026-03-16T08:31:00Z", worktime.Routine, "2026-03-16T13:00:00Z"},
		{"a check in focus or outside hours is none", with, "2026-03-16T13:01:00Z", worktime.Routine, "2026-03-23T08:30:00Z"},
		{"a check now is now", with, "2026-03-16T08:30:00Z", worktime.Routine, "2026-03-16T08:30:00Z"},
		{"without checks the range's start is one", without, "2026-03-15T08:00:00Z", worktime.Routine, "2026-03-16T08:00:00Z"},
		{"an absence over the start moves the check to its end", without, "2026-03-16T08:00:01Z", worktime.Routine, "2026-03-18T12:00:00Z"},
		{"soon waits for focus to end", with, "2026-03-17T08:30:00Z", worktime.Soon, "2026-03-17T10:00:00Z"},
		{"soon waits for a dated focus to end", with, "2026-03-19T05:00:00Z", worktime.Soon, "2026-03-19T09:00:00Z"},
		{"soon is now in working time", with, "2026-03-16T11:11:11Z", worktime.Soon, "2026-03-16T11:11:11Z"},
		{"urgent is now", with, "2026-03-15T02:00:00Z", worktime.Urgent, "2026-03-15T02:00:00Z"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			same(t, "Reach", when(t, tc.want))(schedule(t, tc.schedule).Reach(when(t, tc.at), tc.urgency))
		})
	}
}

func TestDue(t *testing.T) {
	s := schedule(t, `{`+berlin+`}`)
	for window, want := range map[string]string{"4h": "2026-03-16T12:00:00Z", "0d": "2026-03-16T16:00:00Z", "1d": "2026-03-17T16:00:00Z"} {
		w, err := worktime.ParseWindow(window)
		if err != nil || w.String() != window {
			t.Fatalf("ParseWindow(%q) = %v, %v", window, w, err)
		}
		reach, due, err := s.Due(when(t, "2026-03-14T12:00:00Z"), worktime.Routine, w)
		same(t, "reach", when(t, "2026-03-16T08:00:00Z"))(reach, err)
		same(t, window, when(t, want))(due, err)
	}
	for _, bad := range []string{"", "4", "-1h", "0h", "1.5h", "d", "-1d", "99999d", "10s", "1w"} {
		if _, err := worktime.ParseWindow(bad); err == nil {
			t.Errorf("ParseWindow(%q) is read, want a refusal", bad)
		}
	}
}

func TestUnreachable(t *testing.T) {
	at := when(t, "2026-03-14T12:00:00Z")
	for name, js := range map[string]string{
		"no hours at all":     `{"zone":"UTC"}`,
		"away for good":       `{` + berlin + `,"absences":[{"from":"2020-01-01","to":""}]}`,
		"away for six years":  `{` + berlin + `,"absences":[{"from":"2020-01-01","to":"2032-03-15"}]}`,
		"work in ten years":   `{"zone":"UTC","overrides":{"2036-01-01":["09:00-17:00"]}}`,
		"every hour is focus": `{` + berlin + `,"focus":{"mon":["00:00-24:00"],"tue":["00:00-24:00"],"wed":["00:00-24:00"],"thu":["00:00-24:00"],"fri":["00:00-24:00"]}}`,
	} {
		s := schedule(t, js)
		answers := map[string]error{}
		_, answers["Reach soon"] = s.Reach(at, worktime.Soon)
		_, answers["Reach routine"] = s.Reach(at, worktime.Routine)
		if name != "every hour is focus" {
			_, answers["Next"] = s.Next(at)
			_, answers["Add"] = s.Add(at, time.Hour)
			_, answers["EndOfDay"] = s.EndOfDay(at, 0)
			_, answers["Fair"] = worktime.Fair([]*worktime.Schedule{s}, at, time.Hour)
		}
		for op, err := range answers {
			var typed *worktime.UnreachableError
			if !errors.Is(err, worktime.ErrUnreachable) || !errors.As(err, &typed) {
				t.Errorf("%s: %s gives %v, want unreachable", name, op, err)
			}
		}
	}
	if _, err := schedule(t, `{`+berlin+`}`).Add(at, 20_000*time.Hour); !errors.Is(err, worktime.ErrUnreachable) {
		t.Errorf("ten years of work: %v, want unreachable", err)
	}
}

func TestAbsent(t *testing.T) {
	s := schedule(t, `{`+berlin+`,"holidays":["2026-07-20"],"absences":[{"from":"2026-07-01","to":"2026-07-08"},{"from":"2026-07-08","to":"2026-07-15"}]}`)
	got, ok := s.Absent(when(t, "2026-07-03T12:00:00Z"))
	if !ok || !got.From.Equal(when(t, "2026-07-01T00:00:00+02:00")) || !got.To.Equal(when(t, "2026-07-15T00:00:00+02:00")) {
		t.Errorf("Absent = %v, %v", got, ok)
	}
	if _, ok := s.Absent(when(t, "2026-07-20T12:00:00Z")); ok {
		t.Error("a holiday counts as an absence")
	}
}

func TestOverlapAndFocus(t *testing.T) {
	a := schedule(t, `{"zone":"UTC","weekly":{"mon":["09:00-17:00"]},"focus":{"mon":["08:00-10:00"]}}`)
	b := schedule(t, `{"zone":"America/New_York","weekly":{"mon":["09:00-17:00"]}}`)
	from, to := when(t, "2026-03-15T00:00:00Z"), when(t, "2026-03-22T00:00:00Z")
	both := worktime.Overlap([]*worktime.Schedule{a, b}, from, to, 2)
	if len(both) != 1 || !both[0].From.Equal(when(t, "2026-03-16T13:00:00Z")) || !both[0].To.Equal(when(t, "2026-03-16T17:00:00Z")) {
		t.Errorf("both work %v", both)
	}
	any := worktime.Overlap([]*worktime.Schedule{a, b}, from, to, 1)
	if len(any) != 1 || !any[0].To.Equal(when(t, "2026-03-16T21:00:00Z")) {
		t.Errorf("somebody works %v", any)
	}
	focus := a.FocusRanges(from, to)
	if len(focus) != 1 || !focus[0].From.Equal(when(t, "2026-03-16T09:00:00Z")) || !focus[0].To.Equal(when(t, "2026-03-16T10:00:00Z")) {
		t.Errorf("focus inside hours is %v", focus)
	}
	same(t, "Fair", when(t, "2026-03-16T14:00:00Z"))(worktime.Fair([]*worktime.Schedule{a, b}, from, time.Hour))
}
