package people

// Day is one holiday: a whole date, or the part of it between two clock times.
type Day struct {
	Date string `json:"date"`
	Name string `json:"name"`
	From string `json:"from,omitempty" doc:"The clock time at which a part of a day begins; missing for a whole day."`
	To   string `json:"to,omitempty"`
}

func (d Day) forWorktime() string {
	if d.From == "" {
		return d.Date
	}
	return d.Date + " " + d.From + "-" + d.To
}
