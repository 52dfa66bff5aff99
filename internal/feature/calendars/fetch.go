package calendars

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"time"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/ics"
	"example.org/meantime/internal/platform/outside"
)

var fetchLimits = outside.Limits{Time: 20 * time.Second, Answer: ics.MaxBytes, Redirects: 3}

// Event is what is kept of something that takes place.
type Event struct {
	N       int64 // apart from others at the same time
	StartAt clock.Instant
	EndAt   clock.Instant
	AllDay  bool
	Busy    bool
	Title   string // "" for calendars that are read for busy times alone
}

// reading is what came of trying to read a calendar.
type reading struct {
	unchanged bool
	events    []Event
	note      string
	version   outside.Version
}

// laterError is a refusal that says when to come back.
type laterError struct {
	error
	wait time.Duration
}

func (e laterError) Unwrap() error { return e.error }

// The stretch of time that is read, and how long what is past is kept.
const (
	readBack   = 35 * 24 * time.Hour
	readAhead  = 120 * 24 * time.Hour
	wholeAfter = 3 * 24 * time.Hour // even what is unchanged is read anew, since its rules go on
	mostEvents = 5_000
	keepPast   = 400 * 24 * time.Hour
)

// read asks the other server. What it refuses, and what is no calendar, is an invalid
// fault whose sentence can be shown to the owner.
func (s *Service) read(ctx context.Context, c Subscription) (r reading, err error) {
	now := s.now()
	known := outside.Version{ETag: c.Etag, Modified: c.Modified}
	if c.WholeAt.IsZero() || now.Sub(c.WholeAt) > wholeAfter {
		known = outside.Version{}
	}
	var text string
	if c.Source == CalDAV {
		text, r.version, r.unchanged, err = s.collection(ctx, c, known, now)
	} else {
		text, r.version, r.unchanged, err = s.file(ctx, c, known)
	}
	if err != nil || r.unchanged {
		return r, err
	}
	zone, err := s.zoneOf(ctx, c)
	if err != nil {
		return r, err
	}
	r.events, r.note, err = expand(text, c.Kind, now, zone)
	return r, err
}

func (s *Service) zoneOf(ctx context.Context, c Subscription) (*time.Location, error) {
	h, err := s.people.Hours(ctx, s.db, c.WorkspaceID, c.PersonID)
	if err != nil {
		return nil, err
	}
	return h.Zone(s.now().Time()), nil
}

// file reads an iCalendar file.
func (s *Service) file(ctx context.Context, c Subscription, known outside.Version) (string, outside.Version, bool, error) {
	header := map[string]string{"Accept": "text/calendar, */*;q=0.5"}
	signIn(header, c)
	a, err := s.outside.Ask(ctx, outside.Request{URL: c.URL, Header: header, Known: known})
	if err := answered(ctx, a, err); err != nil {
		return "", outside.Version{}, false, err
	}
	if a.Unchanged {
		return "", known, true, nil
	}
	return string(a.Body), a.Version, false, nil
}

func signIn(header map[string]string, c Subscription) {
	if c.Username != "" || c.Password != "" {
		header["Authorization"] = "Basic " + base64.StdEncoding.EncodeToString([]byte(c.Username+":"+c.Password))
	}
}

// answered turns what went wrong into a sentence for the owner.
func answered(ctx context.Context, a outside.Answer, err error) error {
	refuse := func(code, sentence string) error { return fault.New(fault.Invalid, code, sentence).At("url") }
	switch {
	case err != nil && ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, outside.ErrAddress):
		return badAddress()
	case errors.Is(err, outside.ErrTooLarge):
		return refuse("calendar_too_large", "The calendar at this address is larger than 5 MB. Export a part of it.")
	case errors.Is(err, outside.ErrTooSlow):
		return refuse("calendar_too_slow", "The other server did not answer in time.")
	case err != nil:
		return refuse("unreachable_address", "This address could not be reached. It must be on the public internet.")
	case a.Unchanged, a.Status >= 200 && a.Status < 300:
		return nil
	case a.Status == 401 || a.Status == 403:
		return refuse("calendar_refused", "The other server does not let us read this calendar. Check the address, the name and the app password.")
	case a.Status == 404 || a.Status == 410:
		return refuse("calendar_gone", "There is no calendar at this address any more.")
	case a.Status == 429 || a.Status == 503:
		n, _ := strconv.Atoi(a.Header["Retry-After"])
		return laterError{refuse("calendar_busy", "The other server asks us to come back later."), time.Duration(min(max(n, 0), 86_400)) * time.Second}
	case a.Status >= 500:
		return refuse("calendar_broken", "The other server has a problem of its own.")
	}
	return refuse("no_calendar", "The address answered, but not with a calendar. Check it in your browser.")
}

// expand reads the text of a calendar and works out what takes place around now. The
// note says what was left out.
func expand(text, kind string, now clock.Instant, zone *time.Location) (list []Event, note string, err error) {
	c, err := ics.Parse(text)
	if errors.Is(err, ics.ErrTooLarge) {
		return nil, "", fault.New(fault.Invalid, "calendar_too_large", "The calendar at this address is larger than 5 MB. Export a part of it.").At("url")
	}
	if err != nil {
		return nil, "", fault.New(fault.Invalid, "no_calendar", "What is at this address is no iCalendar file. Check it in your browser.").At("url")
	}
	all, problems := c.Occurrences(now.Add(-readBack).Time(), now.Add(readAhead).Time(), zone)
	for _, o := range all {
		e := Event{N: int64(len(list)), StartAt: clock.At(o.Start), EndAt: clock.At(o.End), AllDay: o.AllDay, Busy: !o.Event.Free}
		if kind == Meetings {
			e.Title = title(o.Event.Summary)
		} else if !e.Busy || e.EndAt <= now {
			continue
		}
		if len(list) == mostEvents {
			return list, fmt.Sprintf("Only the first %d events are read.", mostEvents), nil
		}
		list = append(list, e)
	}
	return list, noteOf(append(c.Problems, problems...)), nil
}

func title(s string) string {
	if r := []rune(s); len(r) > 200 {
		return string(r[:199]) + "…"
	}
	return s
}

func noteOf(problems []ics.Problem) string {
	lost, first := 0, ics.Problem{}
	for _, p := range problems {
		if lost == 0 || first.Minor {
			first = p
		}
		lost++
	}
	if lost == 0 {
		return ""
	}
	return fmt.Sprintf("Not all of it could be read (%d in all). Line %d: %s", lost, first.Line, first.Why)
}
