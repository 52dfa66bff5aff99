package calendars

import (
	"context"
	"strings"
	"time"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// The stretch of time that feeds tell of.
const (
	feedBack  = 30 * 24 * time.Hour
	feedAhead = 180 * 24 * time.Hour
	mostDues  = 500
	dueTakes  = 15 * time.Minute // how long a due is drawn, before it
)

// mine are the lines of a person's own feed, as that person sees things now.
func (s *Service) mine(ctx context.Context, q db.Queryer, a actor.Actor) ([]Entry, error) {
	out, err := s.dues(ctx, q, a)
	if err != nil {
		return nil, err
	}
	from, to := s.now().Add(-feedBack), s.now().Add(feedAhead)
	away, err := s.people.AbsencesBetween(ctx, q, a.Workspace, []id.ID{a.Person}, from, to)
	if err != nil {
		return nil, err
	}
	for _, x := range away[a.Person] {
		out = append(out, absence("away-", x, "Away", nil))
	}
	focus, err := s.people.OwnFocus(ctx, q, a.Workspace, a.Person, s.now().Add(-24*time.Hour), s.now().Add(feedAhead/3))
	if err != nil {
		return nil, err
	}
	for _, r := range focus {
		out = append(out, Entry{
			Key: "focus-" + r.From.UTC().Format("20060102T1504"), Start: clock.At(r.From), End: clock.At(r.To), Title: "Focus", Category: "Focus",
		})
	}
	return s.more(ctx, q, a, a.Person, id.ID{}, out)
}

// more adds what other parts of the house tell.
func (s *Service) more(ctx context.Context, q db.Queryer, a actor.Actor, person, team id.ID, out []Entry) ([]Entry, error) {
	for _, source := range s.sources {
		list, err := source(ctx, q, a, person, team, s.now().Add(-feedBack), s.now().Add(feedAhead))
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return out, nil
}

// dues are what the person owes, where they may still read it.
func (s *Service) dues(ctx context.Context, q db.Queryer, a actor.Actor) (out []Entry, err error) {
	hours, err := s.people.HoursOf(ctx, q, a.Workspace, []id.ID{a.Person})
	if err != nil {
		return nil, err
	}
	var at asks.Cursor
	for len(out) < mostDues {
		page, err := s.asks.Owe(ctx, q, a, a.Person, at, 100)
		if err != nil || len(page) == 0 {
			return out, err
		}
		var list []asks.Ask
		var mine []asks.Owed
		for _, o := range page {
			if !o.Gone && !o.Mine.By().IsZero() {
				list, mine = append(list, o.Ask), append(mine, o.Mine)
			}
		}
		views, err := s.asks.Views(ctx, q, a, list)
		if err != nil {
			return nil, err
		}
		for i, v := range views {
			out = append(out, due(&list[i], mine[i], v, hours[a.Person]))
		}
		at = page[len(page)-1].Next
	}
	return out, nil
}

// due stands in the hours of whoever owes it, where they have any before it since they
// were reached.
func due(a *asks.Ask, o asks.Owed, v asks.AskView, h *worktime.Schedule) Entry {
	by := o.OwnBy(h, o.Reach)
	e := Entry{
		Key: "due-" + id.Encode("ask", a.ID), Start: by.Add(-dueTakes), End: by, Title: "Due: " + v.ThreadTitle,
		Text: v.Asker.Name + ": " + a.Line(), Path: a.Path(), Category: "Due", Free: true,
	}
	if o.State == asks.Acknowledged && !o.PromisedAt.IsZero() {
		e.Title, e.Category = "Promised: "+v.ThreadTitle, "Promised"
	}
	return e
}

// absence writes whole days as days, and the rest by its instants.
func absence(key string, x people.Absence, title string, standIn *people.PersonRef) Entry {
	e := Entry{Key: key + id.Encode("abs", x.ID), Start: x.From, End: x.To, Title: title, Text: x.Reason, Category: "Away"}
	if standIn != nil {
		e.Text = strings.TrimSpace(e.Text + "\n" + standIn.Name + " stands in.")
	}
	if x.FromDate != "" {
		e.From, e.To = x.FromDate, x.ToDate
		if last, err := worktime.ParseDate(x.ToDate); err == nil {
			e.To = last.AddDays(1).String()
		}
	}
	return e
}

// ofTeam are the lines of a team's feed: whose people are away when, as far as the
// reader may see them.
func (s *Service) ofTeam(ctx context.Context, q db.Queryer, a actor.Actor, team id.ID) (people.Team, []Entry, error) {
	t, err := s.people.Team(ctx, q, a, team)
	if err != nil {
		return t, nil, err
	}
	var list, standIns []id.ID
	for _, p := range t.Members {
		list = append(list, p.ID)
	}
	away, err := s.people.AbsencesBetween(ctx, q, a.Workspace, list, s.now().Add(-feedBack), s.now().Add(feedAhead))
	if err != nil {
		return t, nil, err
	}
	for _, l := range away {
		for _, x := range l {
			standIns = append(standIns, x.StandIn)
		}
	}
	if standIns, err = s.people.Visible(ctx, q, a, standIns); err != nil {
		return t, nil, err
	}
	names, err := s.people.Refs(ctx, q, a.Workspace, standIns)
	if err != nil {
		return t, nil, err
	}
	var out []Entry
	for _, p := range t.Members {
		for _, x := range away[p.ID] {
			var standIn *people.PersonRef
			if r, ok := names[x.StandIn]; ok {
				standIn = &r
			}
			e := absence("team-away-"+id.Encode("team", team)+"-", x, p.Name+" is away", standIn)
			e.Free = p.ID != a.Person // others being away takes none of the reader's time
			out = append(out, e)
		}
	}
	out, err = s.more(ctx, q, a, id.ID{}, team, out)
	return t, out, err
}
