package people

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// Off is a holiday or an absence, and how much working time it takes.
type Off struct {
	From, To clock.Instant
	Absence  bool
	Name     string        // of a holiday, as its calendar calls it; of an absence never, which is its owner's affair
	Date     worktime.Date // of a holiday, on its owner's calendar
	Takes    time.Duration // of the time that would be worked otherwise
}

// Usual is how somebody works when nothing comes in between, and what does.
type Usual struct {
	Week time.Duration // of working time in the seven days from the beginning on
	Off  []Off         // in order, clipped
}

// UsualBetween says how people work in [from, to), and what of it holidays and absences
// take. Somebody who is not there is left out.
func (s *Service) UsualBetween(ctx context.Context, q db.Queryer, workspace id.ID, persons []id.ID, from, to clock.Instant) (map[id.ID]Usual, error) {
	away, err := s.AbsencesBetween(ctx, q, workspace, persons, from, to)
	if err != nil {
		return nil, err
	}
	out := make(map[id.ID]Usual, len(persons))
	for _, part := range chunks(unique(persons)) {
		found, err := sourcesOf(ctx, q, workspace, part)
		if err != nil {
			return nil, err
		}
		for x, of := range found {
			days := of.days
			of.days, of.absences, of.busy = nil, nil, ""
			h, err := s.hours.shared(of)
			if err != nil {
				return nil, err
			}
			u := Usual{Week: h.Between(from.Time(), from.Add(7*24*time.Hour).Time())}
			if u.Off, err = holidaysOf(h, days, from, to); err != nil {
				return nil, err
			}
			for _, a := range away[x] {
				u.Off = append(u.Off, Off{From: a.From, To: a.To, Absence: true})
			}
			u.Off = within(h, u.Off, from, to)
			out[x] = u
		}
	}
	return out, nil
}

// holidaysOf are the days of calendars, those about [from, to), as they fall for
// somebody. A day of two calendars has the name that the first gives it.
func holidaysOf(h *worktime.Schedule, calendars []string, from, to clock.Instant) (out []Off, err error) {
	first, last := h.LocalDate(from.Time()).AddDays(-1), h.LocalDate(to.Time()).AddDays(1)
	known := map[string]bool{}
	for _, text := range calendars {
		var days []Day
		if err := json.Unmarshal([]byte(text), &days); err != nil {
			return nil, err
		}
		for _, d := range days {
			date, err := worktime.ParseDate(d.Date)
			if err != nil || date.Before(first) || last.Before(date) || known[d.forWorktime()] {
				continue
			}
			known[d.forWorktime()] = true
			a, b := dayBounds(h, date)
			if d.From != "" {
				zone := h.Zone(a.Add(12 * time.Hour)).String()
				if a, err = worktime.Wall(zone, date, minutesOf(d.From)); err == nil {
					b, err = worktime.Wall(zone, date, minutesOf(d.To))
				}
				if err != nil {
					return nil, err
				}
			}
			out = append(out, Off{From: clock.At(a), To: clock.At(b), Name: d.Name, Date: date})
		}
	}
	return out, nil
}

// minutesOf reads "12:30" as minutes since midnight; a day's end is "24:00".
func minutesOf(s string) (n int) {
	h, m, _ := strings.Cut(s, ":")
	hours, _ := strconv.Atoi(h)
	n, _ = strconv.Atoi(m)
	return hours*60 + n
}

// within clips, leaves out what is outside, and says what each takes.
func within(h *worktime.Schedule, list []Off, from, to clock.Instant) (out []Off) {
	for _, o := range list {
		o.From = max(o.From, from)
		if o.To.IsZero() || o.To > to {
			o.To = to
		}
		if o.From < o.To {
			o.Takes = h.Between(o.From.Time(), o.To.Time())
			out = append(out, o)
		}
	}
	slices.SortFunc(out, func(a, b Off) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.Name, b.Name))
	})
	return out
}
