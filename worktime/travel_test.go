package worktime_test

import (
	"testing"
	"time"

	"example.org/meantime/worktime"
)

const fiveDays = `"weekly":{"mon":["09:00-17:00"],"tue":["09:00-17:00"],"wed":["09:00-17:00"],"thu":["09:00-17:00"],"fri":["09:00-17:00"]}`

func TestADateTheZoneSkipsHoldsNoWork(t *testing.T) {
	s := schedule(t, `{"zone":"Pacific/Apia",`+fiveDays+`}`)
	closing := when(t, "2011-12-29T17:00:00-10:00") // Thursday; Friday the 30th never came
	same(t, "Next", when(t, "2012-01-02T09:00:00+14:00"))(s.Next(closing))
	same(t, "EndOfDay", when(t, "2012-01-02T17:00:00+14:00"))(s.EndOfDay(closing.Add(-time.Hour), 1))
	if got := s.LocalDate(when(t, "2011-12-30T10:00:00Z")); got.String() != "2011-12-31" {
		t.Errorf("the date after the 29th is %s, want the 31st", got)
	}
	nights := schedule(t, `{"zone":"Pacific/Apia","weekly":{"thu":["22:00-06:00"]}}`)
	if got := nights.Between(when(t, "2011-12-29T12:00:00-10:00"), when(t, "2011-12-31T12:00:00+14:00")); got != 8*time.Hour {
		t.Errorf("the night into the date that never came is %v, want 8h", got)
	}
}

func TestTravelEastToWestLivesADateTwice(t *testing.T) {
	s := schedule(t, `{"zone":"Pacific/Auckland","zones":[{"from":"2026-07-07","zone":"Pacific/Honolulu"}],`+fiveDays+`}`)
	// Tuesday the 7th in Auckland, from 09:00 NZST to midnight of the 7th in
	// Honolulu, and then Tuesday the 7th again.
	got := s.Ranges(when(t, "2026-07-06T19:00:00Z"), when(t, "2026-07-08T12:00:00Z"))
	want := []worktime.Range{
		{From: when(t, "2026-07-07T09:00:00+12:00"), To: when(t, "2026-07-07T17:00:00+12:00")},
		{From: when(t, "2026-07-07T09:00:00-10:00"), To: when(t, "2026-07-07T17:00:00-10:00")},
	}
	if len(got) != 2 || !got[0].From.Equal(want[0].From) || !got[0].To.Equal(want[0].To) ||
		!got[1].From.Equal(want[1].From) || !got[1].To.Equal(want[1].To) {
		t.Errorf("Ranges = %v, want %v", got, want)
	}
	same(t, "EndOfDay", want[1].To)(s.EndOfDay(want[0].From, 1))
	if zone := s.Zone(when(t, "2026-07-07T11:00:00Z")).String(); zone != "Pacific/Honolulu" {
		t.Errorf("Zone = %s", zone)
	}
}

func TestTravelWestToEastMissesADate(t *testing.T) {
	s := schedule(t, `{"zone":"Pacific/Honolulu","zones":[{"from":"2026-07-08","zone":"Pacific/Auckland"}],`+fiveDays+`}`)
	monday := when(t, "2026-07-06T09:00:00-10:00")
	// Midnight of the 8th in Auckland is 02:00 on the 7th in Honolulu.
	same(t, "Add", when(t, "2026-07-08T10:00:00+12:00"))(s.Add(monday, 9*time.Hour))
	same(t, "EndOfDay", when(t, "2026-07-08T17:00:00+12:00"))(s.EndOfDay(monday, 1))
}

func TestHolidaysAreLocalToThePeriod(t *testing.T) {
	s := schedule(t, `{"zone":"Europe/Berlin","zones":[{"from":"2026-09-01","zone":"Asia/Tokyo"}],"holidays":["2026-09-21"],`+fiveDays+`}`)
	same(t, "Next", when(t, "2026-09-22T09:00:00+09:00"))(s.Next(when(t, "2026-09-20T12:00:00Z")))
}

// The holiday of an hour in Honolulu was passed over, because the dates of the zone before
// it had been looked at beyond its end.
func TestAHolidayOfAnHourBetweenTwoZones(t *testing.T) {
	s := schedule(t, `{"zone":"Etc/GMT+12","zones":[{"from":"2027-01-03","zone":"Pacific/Honolulu"},{"from":"2027-01-04","zone":"Pacific/Auckland"}],
		"weekly":{"sat":["00:59-01:00"],"sun":["00:00-24:00"]},"holidays":["2027-01-03"]}`)
	from := when(t, "2026-12-30T00:00:00Z")
	same(t, "Add", when(t, "2027-01-10T00:06:00+13:00"))(s.Add(from, 8*time.Minute))
	if got := s.Between(from, when(t, "2027-01-04T00:00:00Z")); got != time.Minute {
		t.Errorf("Between = %s, want the minute of Saturday", got)
	}
}

// same compares the answer that follows it with want.
func same(t *testing.T, what string, want time.Time) func(time.Time, error) {
	t.Helper()
	return func(got time.Time, err error) {
		t.Helper()
		if err != nil || !got.Equal(want) {
			t.Errorf("%s = %v, %v, want %v", what, got, err, want.UTC())
		}
	}
}
