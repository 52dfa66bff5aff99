package worktime_test

import (
	"testing"
	"time"

	"example.org/meantime/worktime"
)

func schedule(t testing.TB, js string) *worktime.Schedule {
	t.Helper()
	s, err := worktime.Parse([]byte(js))
	if err != nil {
		t.Fatalf("Parse(%s): %v", js, err)
	}
	return s
}

func when(t testing.TB, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

const berlin = `"zone":"Europe/Berlin","weekly":{"mon":["09:00-17:00"],"tue":["09:00-17:00"],"wed":["09:00-17:00"],"thu":["09:00-17:00"],"fri":["09:00-17:00"]}`

func TestAdd(t *testing.T) {
	for _, tc := range []struct{ name, schedule, from, d, want string }{
		{"eight hours are due at close, not next morning", `{` + berlin + `}`, "2026-03-16T08:00:00Z", "8h", "2026-03-16T16:00:00Z"},
		{"a second more is due next morning", `{` + berlin + `}`, "2026-03-16T08:00:00Z", "8h0m1s", "2026-03-17T08:00:01Z"},
		{"nothing takes no time, even at night", `{` + berlin + `}`, "2026-03-15T01:00:00Z", "0s", "2026-03-15T01:00:00Z"},
		{"Friday's rest waits for Monday, past a change of clocks", `{` + berlin + `}`, "2026-03-27T15:00:00Z", "2h", "2026-03-30T08:00:00Z"},
		{"a night over 25 hours is an hour longer", `{"zone":"Europe/Berlin","weekly":{"sat":["22:00-06:00"]}}`, "2026-10-24T20:00:00Z", "9h", "2026-10-25T05:00:00Z"},
		{"Lord Howe's half hour counts", `{"zone":"Australia/Lord_Howe","weekly":{"sun":["00:00-06:00"]}}`, "2026-04-04T13:00:00Z", "6h30m", "2026-04-04T19:30:00Z"},
		{"a skipped range is read with the offset before", `{"zone":"Europe/Berlin","weekly":{"sun":["02:10-02:30"]}}`, "2026-03-28T20:00:00Z", "20m", "2026-03-29T01:30:00Z"},
		{"an absence for ever is passed by override of nothing", `{` + berlin + `,"absences":[{"from":"2026-07-01","to":"2026-08-01"}]}`, "2026-06-30T14:00:00Z", "2h", "2026-08-03T08:00:00Z"},
		{"overlapping ranges across midnight count once", `{"zone":"UTC","weekly":{"mon":["22:00-06:00"],"tue":["00:00-08:00"]}}`, "2026-03-16T22:00:00Z", "10h", "2026-03-17T08:00:00Z"},
		{"part of a day can be a holiday", `{` + berlin + `,"holidays":["2026-12-24 12:00-24:00"]}`, "2026-12-24T10:00:00Z", "2h", "2026-12-25T09:00:00Z"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d, err := time.ParseDuration(tc.d)
			if err != nil {
				t.Fatal(err)
			}
			got, err := schedule(t, tc.schedule).Add(when(t, tc.from), d)
			if err != nil || !got.Equal(when(t, tc.want)) {
				t.Errorf("Add = %v, %v, want %s", got, err, tc.want)
			}
		})
	}
}
