package calendars

import (
	"context"
	"net/url"
	"strings"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Subscription is a calendar that somebody reads in. Its address and what signs in
// there are secrets: they go nowhere but to the server they belong to.
type Subscription struct {
	WorkspaceID id.ID
	ID          id.ID
	PersonID    id.ID
	Kind        string // Busy or Meetings
	Source      string // ICS or CalDAV
	Name        string
	URL         string `db:"url"`
	Username    string
	Password    string
	Focus       bool   // its busy times count as focus
	Etag        string // the other server's word for what was read last
	Modified    string
	Problem     string // why the last try failed; "" when it did not
	Note        string // what was left out of it, if anything
	Fails       int64  // in a row
	Events      int64  // that lie ahead or not long ago
	CreatedAt   clock.Instant
	RefreshedAt clock.Instant // when it last worked
	WholeAt     clock.Instant // when all of it was last read
	RefreshAt   clock.Instant
}

// Host is where the calendar comes from, which is as much of its address as is shown.
func (c Subscription) Host() string {
	u, err := url.Parse(c.URL)
	if err != nil {
		return ""
	}
	return u.Host
}

// NewSubscription is what somebody wants to read in.
type NewSubscription struct {
	Kind, Source, Name, URL, Username, Password string
	Focus                                       bool
}

const (
	mostSubscriptions = 20 // of one person
	refreshEvery      = time.Hour
	shortestPause     = 30 * time.Second // between two tries that somebody asks for
	longestName       = 120
)

// Subscribe reads a calendar and keeps reading it, for the actor alone. What cannot be
// read is refused, with a sentence that says why.
func (s *Service) Subscribe(ctx context.Context, a actor.Actor, n NewSubscription) (Subscription, error) {
	c, err := s.check(a, n)
	if err != nil {
		return c, err
	}
	have, err := loadSubscriptions(ctx, s.db, a.Workspace, a.Person)
	if err != nil {
		return c, err
	}
	if len(have) >= mostSubscriptions {
		return c, fault.Newf(fault.Invalid, "too_many_calendars", "You read in %d calendars already. Please remove one first.", mostSubscriptions)
	}
	got, err := s.read(ctx, c)
	if err != nil {
		return c, err
	}
	err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		c.ID, c.CreatedAt = id.New(tx.Now), tx.Now
		if c.Name == "" {
			c.Name = c.Host()
		}
		s.settle(&c, got, tx.Now)
		if err := insertSubscription(ctx, tx, c); err != nil {
			return err
		}
		if err := replaceEvents(ctx, tx, c, got.events); err != nil {
			return err
		}
		event.Append(tx, event.New{Kind: EventSubscribed, Actor: a.Person, Subject: subject(c.ID), Concerns: []id.ID{a.Person}})
		return s.recountTx(ctx, tx, a.Person)
	})
	return c, err
}

// check reads what somebody typed.
func (s *Service) check(a actor.Actor, n NewSubscription) (Subscription, error) {
	c := Subscription{
		WorkspaceID: a.Workspace, PersonID: a.Person, Kind: n.Kind, Source: n.Source, Name: people.CleanName(n.Name),
		URL: strings.TrimSpace(n.URL), Username: strings.TrimSpace(n.Username), Password: n.Password, Focus: n.Focus,
	}
	if r := []rune(c.Name); len(r) > longestName {
		c.Name = string(r[:longestName])
	}
	for _, scheme := range []string{"webcal", "webcals"} { // what calendar programs offer to copy
		if rest, ok := strings.CutPrefix(c.URL, scheme+"://"); ok {
			c.URL = "https://" + rest
		}
	}
	u, err := url.Parse(c.URL)
	if err != nil || s.outside.Check(c.URL) != nil {
		return c, badAddress()
	}
	if c.Username != "" && u.Scheme != "https" && !s.outside.Listed(c.URL) {
		return c, fault.New(fault.Invalid, "not_encrypted", "A password is sent to an https address only.").At("url")
	}
	if strings.ContainsAny(c.Username, ":\r\n") || strings.ContainsAny(c.Password, "\r\n") || len(c.Username) > 320 || len(c.Password) > 500 {
		return c, fault.New(fault.Invalid, "bad_sign_in", "This name or password holds characters that cannot be sent.").At("username")
	}
	return c, nil
}

// Subscriptions lists the calendars that the actor reads in, oldest first.
func (s *Service) Subscriptions(ctx context.Context, q db.Queryer, a actor.Actor) ([]Subscription, error) {
	return loadSubscriptions(ctx, q, a.Workspace, a.Person)
}

// Subscription finds one of the actor's own; another's is not found.
func (s *Service) Subscription(ctx context.Context, q db.Queryer, a actor.Actor, sub id.ID) (Subscription, error) {
	c, ok, err := loadSubscription(ctx, q, a.Workspace, sub)
	if err == nil && (!ok || c.PersonID != a.Person) {
		err = fault.Missing("calendar")
	}
	if err != nil {
		return Subscription{}, err
	}
	return c, nil
}

// Change renames one of the actor's calendars, or lets it count as focus or not; nil
// leaves it.
func (s *Service) Change(ctx context.Context, a actor.Actor, sub id.ID, name *string, focus *bool) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		c, err := s.Subscription(ctx, tx, a, sub)
		if err != nil {
			return err
		}
		if name != nil {
			if c.Name = people.CleanName(*name); c.Name == "" || len([]rune(c.Name)) > longestName {
				return fault.Newf(fault.Invalid, "bad_name", "Give the calendar a name of at most %d characters.", longestName).At("name")
			}
		}
		if focus != nil {
			c.Focus = *focus
		}
		if err := updateSubscription(ctx, tx, c); err != nil {
			return err
		}
		event.Append(tx, event.New{Kind: EventChanged, Actor: a.Person, Subject: subject(sub), Concerns: []id.ID{a.Person}})
		return s.recountTx(ctx, tx, a.Person)
	})
}

// Unsubscribe forgets one of the actor's calendars and all that was read from it.
func (s *Service) Unsubscribe(ctx context.Context, a actor.Actor, sub id.ID) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		if _, err := s.Subscription(ctx, tx, a, sub); err != nil {
			return err
		}
		if err := deleteSubscription(ctx, tx, sub); err != nil {
			return err
		}
		event.Append(tx, event.New{Kind: EventUnsubscribed, Actor: a.Person, Subject: subject(sub), Concerns: []id.ID{a.Person}})
		return s.recountTx(ctx, tx, a.Person)
	})
}

// Events lists what takes place in one of the actor's calendars from an instant on.
func (s *Service) Events(ctx context.Context, q db.Queryer, a actor.Actor, sub id.ID, from clock.Instant) ([]Event, error) {
	if _, err := s.Subscription(ctx, q, a, sub); err != nil {
		return nil, err
	}
	return loadEvents(ctx, q, a.Workspace, sub, from, 200)
}

// MeetingsOf lists what somebody's calendars of meetings hold in [from, to), titles
// included: it is for their own eyes, and for sums in which nobody can be told apart.
func (s *Service) MeetingsOf(ctx context.Context, q db.Queryer, workspace, person id.ID, from, to clock.Instant) ([]Event, error) {
	return loadMeetings(ctx, q, workspace, person, from, to)
}

// recountTx tells the owner's hours when they are busy elsewhere. Whole days do not
// count: they are birthdays and trips more often than work that must not be disturbed.
func (s *Service) recountTx(ctx context.Context, tx *db.Tx, person id.ID) error {
	list, err := loadFocus(ctx, tx, person, tx.Now.Add(-24*time.Hour))
	if err != nil {
		return err
	}
	busy := make([]people.Busy, 0, len(list))
	for _, e := range list {
		busy = append(busy, people.Busy{From: e.StartAt, To: e.EndAt})
	}
	_, err = s.people.SetBusyTx(ctx, tx, person, busy)
	return err
}

func badAddress() error {
	return fault.New(fault.Invalid, "bad_address", "Give the address of a calendar on the public internet that begins with https:// or http://.").At("url")
}
