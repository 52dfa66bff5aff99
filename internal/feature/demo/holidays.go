package demo

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/id"
)

// country is what a calendar of holidays says, and who lives by it. A day is month and
// day, or "11 4 Thu" for the fourth Thursday of November.
type country struct {
	name string
	who  []string
	days map[string]string
}

var countries = []country{
	{"Portugal", []string{"ana"}, map[string]string{
		"01-01": "New Year's Day", "04-25": "Freedom Day", "05-01": "Labour Day", "06-10": "Portugal Day", "10-05": "Republic Day",
		"12-01": "Restoration of Independence", "12-08": "Immaculate Conception", "12-25": "Christmas Day",
	}},
	{"Spain", []string{"tomas"}, map[string]string{
		"01-01": "New Year's Day", "01-06": "Epiphany", "05-01": "Labour Day", "05-02": "Day of Madrid", "10-12": "National Day",
		"12-06": "Constitution Day", "12-08": "Immaculate Conception", "12-25": "Christmas Day",
	}},
	{"Germany", []string{"jonas"}, map[string]string{
		"01-01": "New Year's Day", "03-08": "Women's Day", "05-01": "Labour Day", "10-03": "German Unity Day", "12-25": "Christmas Day", "12-26": "Second Day of Christmas",
	}},
	{"Ghana", []string{"kofi"}, map[string]string{
		"01-01": "New Year's Day", "03-06": "Independence Day", "05-01": "May Day", "09-21": "Founder's Day", "12 1 Fri": "Farmer's Day", "12-25": "Christmas Day", "12-26": "Boxing Day",
	}},
	{"Taiwan", []string{"mei"}, map[string]string{
		"01-01": "Founding Day", "02-28": "Peace Memorial Day", "04-04": "Children's Day", "05-01": "Labour Day", "10-10": "National Day",
	}},
	{"India", []string{"priya"}, map[string]string{
		"01-26": "Republic Day", "05-01": "May Day", "08-15": "Independence Day", "10-02": "Gandhi Jayanti", "11-01": "Karnataka Day", "12-25": "Christmas Day",
	}},
	{"Lebanon", []string{"sara"}, map[string]string{
		"01-01": "New Year's Day", "01-06": "Armenian Christmas", "02-09": "Saint Maron's Day", "05-01": "Labour Day", "11-22": "Independence Day", "12-25": "Christmas Day",
	}},
	{"Egypt", []string{"omar"}, map[string]string{
		"01-07": "Coptic Christmas", "01-25": "Revolution Day", "04-25": "Sinai Liberation Day", "05-01": "Labour Day", "07-23": "Revolution Day of 1952", "10-06": "Armed Forces Day",
	}},
	{"United States", []string{"liam", "grace"}, map[string]string{
		"01-01": "New Year's Day", "01 3 Mon": "Martin Luther King Jr. Day", "06-19": "Juneteenth", "07-04": "Independence Day",
		"09 1 Mon": "Labor Day", "11-11": "Veterans Day", "11 4 Thu": "Thanksgiving", "12-25": "Christmas Day",
	}},
	{"Brazil", []string{"joao"}, map[string]string{
		"01-01": "New Year's Day", "04-21": "Tiradentes' Day", "05-01": "Labour Day", "09-07": "Independence Day", "10-12": "Our Lady of Aparecida",
		"11-02": "All Souls' Day", "11-15": "Republic Day", "11-20": "Black Awareness Day", "12-25": "Christmas Day",
	}},
	{"New Zealand", []string{"hana"}, map[string]string{
		"01-01": "New Year's Day", "01-02": "Day after New Year's Day", "02-06": "Waitangi Day", "04-25": "Anzac Day", "06 1 Mon": "King's Birthday",
		"10 4 Mon": "Labour Day", "12-25": "Christmas Day", "12-26": "Boxing Day",
	}},
}

// story is how many days from the played Monday are kept free of holidays, whatever the
// date is: the week as it is told, and the one in which its questions end.
const story = 14

// holidays gives everybody the calendar of where they live, and Hana a long weekend on
// the second Friday.
func (c *company) holidays(ctx context.Context) error {
	for _, x := range countries {
		days := x.dates(c.week)
		if x.name == "New Zealand" {
			days[c.week.AddDate(0, 0, 11)] = "Anniversary Day"
		}
		cal, err := c.People.AddCalendar(ctx, c.as("ana"), people.NewCalendar{Name: x.name, ICS: ics(days)})
		if err != nil {
			return fmt.Errorf("holidays of %s: %w", x.name, err)
		}
		for _, who := range x.who {
			if err := c.People.FollowCalendars(ctx, c.as(who), []id.ID{cal.ID}); err != nil {
				return err
			}
		}
	}
	return nil
}

// dates are the holidays of three years, without those that fall into the story.
func (x country) dates(week time.Time) map[time.Time]string {
	out := map[time.Time]string{}
	for year := week.Year(); year < week.Year()+3; year++ {
		for day, name := range x.days {
			if at := date(year, day); at.Before(week) || !at.Before(week.AddDate(0, 0, story)) {
				out[at] = name
			}
		}
	}
	return out
}

// date is a day of a year, as countries write it.
func date(year int, day string) time.Time {
	at, err := time.Parse("01-02", day)
	if err == nil {
		return time.Date(year, at.Month(), at.Day(), 0, 0, 0, 0, time.UTC)
	}
	var month, nth int
	var weekday string
	if _, err := fmt.Sscanf(day, "%d %d %s", &month, &nth, &weekday); err != nil {
		panic("demo: the holiday " + day)
	}
	at = time.Date(year, time.Month(month), 1+7*(nth-1), 0, 0, 0, 0, time.UTC)
	for at.Format("Mon") != weekday {
		at = at.AddDate(0, 0, 1)
	}
	return at
}

// ics writes days as an iCalendar.
func ics(days map[time.Time]string) string {
	var b strings.Builder
	b.WriteString("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Northwind//Holidays//EN\r\n")
	for _, day := range slices.SortedFunc(maps.Keys(days), time.Time.Compare) {
		fmt.Fprintf(&b, "BEGIN:VEVENT\r\nUID:%[1]s@northwind.example\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:%[1]s\r\nSUMMARY:%[2]s\r\nEND:VEVENT\r\n", day.Format("20060102"), days[day])
	}
	b.WriteString("END:VCALENDAR\r\n")
	return b.String()
}
