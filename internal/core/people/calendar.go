package people

import (
	"context"
	"slices"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/outside"
)

// Calendar is a list of holidays that people of the workspace may follow.
type Calendar struct {
	ID        id.ID `db:"calendar_id"`
	Name      string
	URL       string `db:"url"` // "" when it came from a file
	Days      db.JSON[[]Day]
	Problem   string // why it could not be read the last time; "" when it could
	UpdatedAt clock.Instant
	Etag      string // the other server's word for what was read
	Modified  string
}

// NewCalendar comes from an address or from a text.
type NewCalendar struct {
	Name, URL, ICS string

	known outside.Version
}

const (
	refreshAfter  = 24 * time.Hour
	wholeAfter    = 30 * 24 * time.Hour // then even what is unchanged is read, since years move on
	mostCalendars = 100                 // in a workspace
	mostFollowed  = 20                  // by one person
)

// AddCalendar reads a holiday calendar and keeps it; guests may not.
func (s *Service) AddCalendar(ctx context.Context, a actor.Actor, n NewCalendar) (Calendar, error) {
	if a.Role == actor.Guest {
		return Calendar{}, fault.New(fault.Forbidden, "not_for_guests", "Guests cannot add holiday calendars. Ask somebody in the workspace.")
	}
	c, source, _, err := s.readCalendar(ctx, n)
	if err != nil {
		return Calendar{}, err
	}
	err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		have, err := loadCalendars(ctx, tx, a.Workspace)
		if err != nil {
			return err
		}
		if len(have) >= mostCalendars {
			return fault.Newf(fault.Invalid, "too_many_calendars", "There are %d calendars already. Please remove one first.", mostCalendars)
		}
		c.ID, c.UpdatedAt = id.New(tx.Now), tx.Now
		event.Append(tx, calendarEvent(a.Person, c.ID))
		return insertCalendar(ctx, tx, c, source, tx.Now.Add(refreshAfter))
	})
	return c, err
}

// readCalendar does the slow part before anything is written. What is unchanged at
// its address is not read.
func (s *Service) readCalendar(ctx context.Context, n NewCalendar) (c Calendar, source string, unchanged bool, err error) {
	c = Calendar{Name: CleanName(n.Name), URL: n.URL}
	if err := checkName(c.Name); err != nil {
		return c, "", false, err
	}
	if (n.URL == "") == (n.ICS == "") {
		return c, "", false, fault.New(fault.Invalid, "file_or_address", "Give either an address or the text of an iCalendar file.").At("url")
	}
	source = n.ICS
	if n.URL != "" {
		a, err := s.fetch(ctx, n.URL, n.known)
		if err != nil || a.Unchanged {
			return c, "", a.Unchanged, err
		}
		source, c.Etag, c.Modified = string(a.Body), a.Version.ETag, a.Version.Modified
	}
	c.Days.V, err = ParseCalendar(source, s.now())
	if c.Days.V == nil {
		c.Days.V = []Day{}
	}
	return c, source, false, err
}

// RemoveCalendar removes a calendar and its holidays from everybody's hours; for
// owners and admins.
func (s *Service) RemoveCalendar(ctx context.Context, a actor.Actor, calendar id.ID) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		if _, ok, err := loadCalendar(ctx, tx, a.Workspace, calendar); err != nil || !ok || a.Role == actor.Guest {
			if err == nil {
				err = fault.Missing("holiday calendar")
			}
			return err
		}
		if err := a.MustAdminister(); err != nil {
			return err
		}
		readers, err := calendarReaders(ctx, tx, a.Workspace, calendar)
		if err != nil {
			return err
		}
		if err := deleteCalendar(ctx, tx, calendar); err != nil {
			return err
		}
		event.Append(tx, calendarEvent(a.Person, calendar))
		return hoursChanged(ctx, tx, a.Person, "holidays", readers...)
	})
}

// Calendars lists the workspace's holiday calendars by name, and which of them
// the actor follows.
func (s *Service) Calendars(ctx context.Context, q db.Queryer, a actor.Actor) (list []Calendar, mine []id.ID, err error) {
	if list, err = loadCalendars(ctx, q, a.Workspace); err != nil {
		return nil, nil, err
	}
	mine, err = followedBy(ctx, q, a.Workspace, a.Person)
	return list, mine, err
}

// FollowCalendars makes exactly these calendars' holidays the actor's own.
func (s *Service) FollowCalendars(ctx context.Context, a actor.Actor, calendars []id.ID) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		return s.FollowCalendarsTx(ctx, tx, a.Person, calendars)
	})
}

// FollowCalendarsTx is FollowCalendars inside a transaction, for any person; it
// does not check who asks.
func (s *Service) FollowCalendarsTx(ctx context.Context, tx *db.Tx, person id.ID, calendars []id.ID) error {
	calendars = unique(calendars)
	if len(calendars) > mostFollowed {
		return fault.Newf(fault.Invalid, "too_many_calendars", "Please follow at most %d calendars.", mostFollowed).At("calendars")
	}
	for _, c := range calendars {
		if _, ok, err := loadCalendar(ctx, tx, tx.Workspace, c); err != nil || !ok {
			if err == nil {
				err = fault.Missing("holiday calendar")
			}
			return err
		}
	}
	if err := replaceFollowed(ctx, tx, person, calendars); err != nil {
		return err
	}
	return hoursChanged(ctx, tx, person, "holidays", person)
}

// RefreshCalendar reads a calendar anew: from its address, or, for a file, its
// yearly rules around today. When that fails the old days stay and the problem
// is shown.
func (s *Service) RefreshCalendar(ctx context.Context, workspace, calendar id.ID) error {
	old, ok, err := loadCalendar(ctx, s.db, workspace, calendar)
	if err != nil || !ok {
		return err
	}
	n := NewCalendar{Name: old.Name, URL: old.URL}
	if s.now().Sub(old.UpdatedAt) < wholeAfter {
		n.known = outside.Version{ETag: old.Etag, Modified: old.Modified}
	}
	if old.URL == "" {
		if n.ICS, err = calendarSource(ctx, s.db, workspace, calendar); err != nil {
			return err
		}
	}
	fresh, source, unchanged, problem := s.readCalendar(ctx, n)
	if problem != nil && fault.As(problem) == nil {
		return problem
	}
	return s.db.Write(ctx, workspace, func(ctx context.Context, tx *db.Tx) error {
		old, ok, err := loadCalendar(ctx, tx, workspace, calendar)
		if err != nil || !ok {
			return err
		}
		if problem != nil {
			tx.Quiet("a holiday calendar could not be read")
			return setCalendarProblem(ctx, tx, calendar, fault.As(problem).Sentence)
		}
		if unchanged {
			tx.Quiet("a holiday calendar is as it was at its address")
			return setCalendarProblem(ctx, tx, calendar, "")
		}
		if err := updateCalendar(ctx, tx, calendar, fresh, source); err != nil {
			return err
		}
		if slices.Equal(old.Days.V, fresh.Days.V) {
			tx.Quiet("a holiday calendar was read and is as it was")
			return nil
		}
		event.Append(tx, calendarEvent(id.ID{}, calendar))
		readers, err := calendarReaders(ctx, tx, workspace, calendar)
		if err != nil {
			return err
		}
		return hoursChanged(ctx, tx, id.ID{}, "holidays", readers...)
	})
}

func calendarEvent(by, calendar id.ID) event.New {
	return event.New{Kind: EventCalendarChanged, Actor: by, Subject: event.Ref{Kind: "calendar", ID: calendar}}
}
