package asks

import (
	"context"
	"slices"
	"strings"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// Question is what a composer holds while somebody is still typing.
type Question struct {
	People, Teams []id.ID
	Duty          []id.ID // as in NewAsk
	Space         id.ID   // may be unknown yet
	Kind          Kind    // may be unknown yet
	Window        string
	Deadline      clock.Instant
	Urgency       worktime.Urgency
	Need          string
}

// usualWindow is the window where nobody has said one and no space is known.
const usualWindow = "1d"

// Forecast says what would happen if the actor asked now. It changes nothing.
func (s *Service) Forecast(ctx context.Context, q db.Queryer, a actor.Actor, ask Question) (Forecast, error) {
	now := s.db.Clock().Now()
	window, shortest, err := s.questionWindows(ctx, q, a, ask)
	if err != nil {
		return Forecast{}, err
	}
	n := NewAsk{People: ask.People, Teams: ask.Teams, Kind: ask.Kind, Window: ask.Window, Deadline: ask.Deadline, Urgency: ask.Urgency, Need: ask.Need}
	window, agreedBy, err := s.usual(ctx, q, a, n, ask.Space, window)
	if err != nil {
		return Forecast{}, err
	}
	n = n.tidy(window)
	t, err := terms(n.Urgency, n.Window, n.Deadline, now)
	if err != nil {
		return Forecast{}, err
	}
	list, err := s.wouldAsk(ctx, q, a, ask)
	if err != nil {
		return Forecast{}, err
	}
	if n.Need != NeedAll && n.Need != NeedAny {
		if err := checkNeed(n.Need, max(len(list), 1)); err != nil {
			return Forecast{}, err
		}
	}
	to, err := s.know(ctx, q, a, ask.Space, list, now)
	if err != nil {
		return Forecast{}, err
	}
	f := Foresee(now, t, n.Need, shortest, to)
	f.Window, f.AgreedBy = n.Window, agreedBy
	if n.Urgency == worktime.Urgent && s.paging != nil && !ask.Space.IsZero() {
		if f.Page, err = s.paging.Foresee(ctx, q, a, ask.Space, f.People); err != nil {
			return Forecast{}, err
		}
	}
	return f, s.warnUrgent(ctx, q, a, n, ask.Space, &f)
}

func (s *Service) questionWindows(ctx context.Context, q db.Queryer, a actor.Actor, ask Question) (string, worktime.Window, error) {
	if ask.Space.IsZero() {
		return usualWindow, worktime.Window{}, nil
	}
	return s.windows(ctx, q, a, ask.Space)
}

// wouldAsk finds whom the question would go to; the actor is left out.
func (s *Service) wouldAsk(ctx context.Context, q db.Queryer, a actor.Actor, ask Question) ([]id.ID, error) {
	if err := s.visible(ctx, q, a, ask.People, ask.Teams); err != nil {
		return nil, err
	}
	onDuty, err := s.onDuty(ctx, q, a, ask.Space, ask.Duty)
	if err != nil {
		return nil, err
	}
	list, err := s.people.Expand(ctx, q, a.Workspace, append(slices.Clone(ask.People), onDuty...), ask.Teams)
	if err != nil {
		return nil, err
	}
	if list, err = s.people.Visible(ctx, q, a, list); err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(x id.ID) bool { return x == a.Person })
	if len(list) > mostPeople {
		return nil, wrongf("too_many", "to", "This goes to %d people. Ask at most %d at once.", len(list), mostPeople)
	}
	return list, nil
}

// visible refuses people and teams whom the actor may not see.
func (s *Service) visible(ctx context.Context, q db.Queryer, a actor.Actor, list, teams []id.ID) error {
	for _, t := range teams {
		if _, err := s.people.Team(ctx, q, a, t); err != nil {
			return err
		}
	}
	seen, err := s.people.Visible(ctx, q, a, list)
	if err != nil {
		return err
	}
	known, err := s.people.ByIDs(ctx, q, a.Workspace, seen)
	if err != nil {
		return err
	}
	for _, x := range list {
		if _, ok := known[x]; !ok {
			return fault.Missing("person")
		}
	}
	return nil
}

// ahead is how far absences and holidays are looked at.
const ahead = 60 * 24 * time.Hour

// know gathers schedules and what there is to warn of, in a constant number of
// queries, but for holidays: those are looked up for whoever seems to have one.
func (s *Service) know(ctx context.Context, q db.Queryer, a actor.Actor, space id.ID, list []id.ID, now clock.Instant) ([]Addressee, error) {
	hours, err := s.people.HoursOf(ctx, q, a.Workspace, list)
	if err != nil {
		return nil, err
	}
	paged, err := s.consents(ctx, q, a.Workspace, list)
	if err != nil {
		return nil, err
	}
	away, err := s.people.AbsencesBetween(ctx, q, a.Workspace, list, now, now.Add(ahead))
	if err != nil {
		return nil, err
	}
	known, err := s.people.ByIDs(ctx, q, a.Workspace, append(slices.Clone(list), standIns(away)...))
	if err != nil {
		return nil, err
	}
	days, err := s.holidays(ctx, q, a, list, hours, now)
	if err != nil {
		return nil, err
	}
	reads := func(people.Person) bool { return true }
	if !space.IsZero() {
		if reads, err = s.spaces.Readers(ctx, q, a.Workspace, space); err != nil {
			return nil, err
		}
	}
	deputies, err := s.deputies(ctx, q, a, list, away, known, reads, now)
	if err != nil {
		return nil, err
	}
	out := make([]Addressee, 0, len(list))
	for _, x := range list {
		if hours[x] == nil {
			continue
		}
		one := Addressee{
			Person: x, Name: known[x].Name, Schedule: hours[x], Paged: paged[x], Blind: !reads(known[x]),
			Absences: away[x], Holidays: days[x], Deputies: deputies,
		}
		if len(away[x]) > 0 {
			one.StandIn = known[away[x][0].StandIn].Name
		}
		out = append(out, one)
	}
	return out, nil
}

// deputies finds those who stand in and can be asked by the actor: active, readers,
// not asked already, and not away themselves now.
func (s *Service) deputies(ctx context.Context, q db.Queryer, a actor.Actor, list []id.ID, away map[id.ID][]people.Absence, known map[id.ID]people.Person, reads func(people.Person) bool, now clock.Instant) ([]Deputy, error) {
	who := unique(standIns(away))
	who = slices.DeleteFunc(who, func(x id.ID) bool {
		p := known[x]
		return x == a.Person || slices.Contains(list, x) || !p.Active(now) || p.Bot || !reads(p)
	})
	if len(who) == 0 {
		return nil, nil
	}
	hours, err := s.people.HoursOf(ctx, q, a.Workspace, who)
	if err != nil {
		return nil, err
	}
	paged, err := s.consents(ctx, q, a.Workspace, who)
	if err != nil {
		return nil, err
	}
	var out []Deputy
	for _, x := range who {
		if h := hours[x]; h != nil {
			if _, gone := h.Absent(now.Time()); !gone {
				out = append(out, Deputy{x, h, paged[x]})
			}
		}
	}
	return out, nil
}

func standIns(away map[id.ID][]people.Absence) (out []id.ID) {
	for _, list := range away {
		for _, x := range list {
			if !x.StandIn.IsZero() {
				out = append(out, x.StandIn)
			}
		}
	}
	return out
}

// holidays names the holidays ahead of whoever follows a calendar with one.
func (s *Service) holidays(ctx context.Context, q db.Queryer, a actor.Actor, list []id.ID, hours map[id.ID]*worktime.Schedule, now clock.Instant) (map[id.ID][]people.Day, error) {
	out := map[id.ID][]people.Day{}
	all, _, err := s.people.Calendars(ctx, q, a)
	if err != nil {
		return nil, err
	}
	near := map[id.ID][]people.Day{}
	for _, c := range all {
		near[c.ID] = daysAhead(c.Days.V, now)
	}
	for _, x := range list {
		if hours[x] == nil || !slices.ContainsFunc(all, func(c people.Calendar) bool { return anyOff(hours[x], near[c.ID]) }) {
			continue
		}
		_, follows, err := s.people.Calendars(ctx, q, actor.Actor{Workspace: a.Workspace, Person: x})
		if err != nil {
			return nil, err
		}
		for _, c := range follows {
			out[x] = append(out[x], near[c]...)
		}
		slices.SortFunc(out[x], func(d, e people.Day) int { return strings.Compare(d.Date, e.Date) })
	}
	return out, nil
}

func daysAhead(days []people.Day, now clock.Instant) (out []people.Day) {
	from, to := now.Time().AddDate(0, 0, -1).Format(time.DateOnly), now.Time().Add(ahead).Format(time.DateOnly)
	for _, d := range days {
		if d.Date >= from && d.Date <= to {
			out = append(out, d)
		}
	}
	return out
}

// anyOff says whether a person is off on one of the days, on their own calendar,
// or may be for a part of it: only then is it worth asking which they follow.
func anyOff(h *worktime.Schedule, days []people.Day) bool {
	for _, d := range days {
		date, err := worktime.ParseDate(d.Date)
		if err != nil {
			continue
		}
		noon := time.Date(date.Year, date.Month, date.Day, 12, 0, 0, 0, time.UTC)
		from := time.Date(date.Year, date.Month, date.Day, 0, 0, 0, 0, h.Zone(noon))
		if d.From != "" || len(h.Ranges(from, from.AddDate(0, 0, 1))) == 0 {
			return true
		}
	}
	return false
}
