package worktime

import (
	"fmt"
	"time"
)

const daySeconds = 86400

// Date is a calendar date without a zone.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// ParseDate reads "2026-03-01". Dates from 1700 to 2200 are understood.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, invalid("", "%q is not a date. Write it as year-month-day, such as 2026-03-01.", s)
	}
	if y := t.Year(); y < 1700 || y > 2200 {
		return Date{}, invalid("", "%q is too far away. Give a date between 1700 and 2200.", s)
	}
	return Date{t.Year(), t.Month(), t.Day()}, nil
}

// String writes the date as "2026-03-01".
func (d Date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day) }

// MarshalText writes the date as "2026-03-01".
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads "2026-03-01".
func (d *Date) UnmarshalText(b []byte) (err error) {
	*d, err = ParseDate(string(b))
	return err
}

// Weekday is the day of the week of d.
func (d Date) Weekday() time.Weekday {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Weekday()
}

// AddDays is the date n days after d, or before it when n is negative.
func (d Date) AddDays(n int) Date { return dateOf(d.number() + int64(n)) }

// Before says whether d is an earlier date than e.
func (d Date) Before(e Date) bool { return d.number() < e.number() }

// number is the count of days since 1970-01-01.
func (d Date) number() int64 {
	return floorDiv(time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Unix(), daySeconds)
}

func dateOf(n int64) Date {
	y, m, d := time.Unix(n*daySeconds, 0).UTC().Date()
	return Date{y, m, d}
}

// weekdayOf counts from Monday = 0.
func weekdayOf(n int64) int { return int(uint64(n+3+7*daySeconds*100) % 7) }

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
