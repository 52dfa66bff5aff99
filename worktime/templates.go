package worktime

// Template is a week of hours to start from.
type Template struct {
	Key  string // stable, such as "nine_to_five"
	Name string // for people
	Spec Spec   // without a zone; set it before compiling
}

// Templates are the weeks a person can choose from. Each call makes new ones,
// so that they may be changed.
func Templates() []Template {
	return []Template{
		{"nine_to_five", "Nine to five", on(5, "09:00-17:00")},
		{"four_day_week", "Four-day week", on(4, "08:30-12:30", "13:00-17:00")},
		{"early", "Early", on(5, "06:00-14:00")},
		{"late", "Late", on(5, "13:00-21:00")},
		{"split_day", "Split day", on(5, "07:00-11:00", "16:00-20:00")},
		{"nights", "Nights", on(5, "22:00-06:00")},
	}
}

// on gives the first n weekdays the same ranges.
func on(n int, ranges ...string) Spec {
	week := map[string][]string{}
	for _, day := range weekdayKeys[:n] {
		week[day] = append([]string(nil), ranges...)
	}
	return Spec{Weekly: week}
}
