package checkins

import (
	"context"
	"strings"
	"time"

	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// NewCheckin is a check-in to be begun. With a template, what is left empty is the
// template's.
type NewCheckin struct {
	Space         id.ID
	Name          string // at most 120 characters
	Purpose       string
	Template      string
	Team          id.ID
	People        []id.ID
	Questions     []Question
	Rhythm        Rhythm
	Hidden        bool
	BlockerWindow string // "1d" when empty
}

const (
	longestName    = 120
	longestPurpose = 2000
	mostPeople     = 500
)

// Make begins a check-in with a thread of its own. Everybody who may write in the
// space may, but guests. People who may not read the space are refused by name; of a
// team they are left out.
func (s *Service) Make(ctx context.Context, a actor.Actor, n NewCheckin) (c Checkin, err error) {
	if a.Role == actor.Guest {
		if err := s.spaces.MayRead(ctx, s.db, a, n.Space); err != nil {
			return c, err
		}
		return c, fault.New(fault.Forbidden, "not_for_guests", "Guests cannot begin a check-in. Ask somebody in the workspace.")
	}
	err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		c, err = s.MakeTx(ctx, tx, a, n)
		return err
	})
	return c, err
}

// MakeTx is Make in a transaction already open.
func (s *Service) MakeTx(ctx context.Context, tx *db.Tx, a actor.Actor, n NewCheckin) (c Checkin, err error) {
	if err := s.spaces.MayPost(ctx, tx, a, n.Space); err != nil {
		return c, err
	}
	if n, err = n.fromTemplate(); err != nil {
		return c, err
	}
	c = Checkin{
		WorkspaceID: tx.Workspace, ID: id.New(tx.Now), Space: n.Space, Owner: a.Person, Name: n.Name, Purpose: n.Purpose, Template: n.Template, Team: n.Team,
		People: db.JSON[[]id.ID]{V: unique(n.People)}, Questions: db.JSON[[]Question]{V: n.Questions}, Rhythm: db.JSON[Rhythm]{V: n.Rhythm},
		Hidden: n.Hidden, BlockerWindow: n.BlockerWindow, State: Active, Version: 1, MadeAt: tx.Now, ChangedAt: tx.Now,
	}
	if c, err = s.checked(ctx, tx, a, c); err != nil {
		return c, err
	}
	if c.Rhythm.V.over(tx.Now) {
		return c, wrong("past", "rhythm.from", "That day is over everywhere, and nobody would be asked. Name today or a day to come.")
	}
	thread, err := s.spaces.OpenThreadTx(ctx, tx, a, spaces.NewThread{Space: c.Space, Title: c.Name, Purpose: c.Purpose})
	if err != nil {
		return c, err
	}
	post, err := s.spaces.PostTx(ctx, tx, a, spaces.NewPost{Thread: thread.ID, Markdown: c.opening(), Info: true})
	if err != nil {
		return c, err
	}
	c.Thread, c.Post = thread.ID, post.ID
	event.Append(tx, c.told(EventMade, a.Person, c.ref()))
	if err := insertCheckin(ctx, tx, c); err != nil {
		return c, err
	}
	week := midnight(monday(dateIn(tx.Now))).AddDate(0, 0, 7)
	if err := putDue(ctx, tx, dueWeek, c.ID, c.ID, clock.At(week.Add(settles))); err != nil {
		return c, err
	}
	return c, s.syncTx(ctx, tx, c)
}

// settles is how long after a date began in UTC everybody's working day of that date
// is over, wherever they live: the date ends 36 hours after it begins in UTC, and a
// night's work that begins in it a day later.
const settles = 60 * time.Hour

// dateIn is the date of an instant in UTC.
func dateIn(at clock.Instant) worktime.Date {
	y, m, d := at.Time().UTC().Date()
	return worktime.Date{Year: y, Month: m, Day: d}
}

func (n NewCheckin) fromTemplate() (NewCheckin, error) {
	if n.Template == "" {
		return n, nil
	}
	t, ok := templateOf(n.Template)
	if !ok {
		return n, wrong("no_template", "template", "There is no such template; leave it out, or choose one of those listed.")
	}
	if n.Name == "" {
		n.Name = t.Name
	}
	if n.Purpose == "" {
		n.Purpose = t.Purpose
	}
	if len(n.Questions) == 0 {
		n.Questions = t.Questions
	}
	if n.Rhythm.Every == "" {
		n.Rhythm = t.Rhythm
	}
	return n, nil
}

// checked tidies a check-in and refuses what cannot be.
func (s *Service) checked(ctx context.Context, q db.Queryer, a actor.Actor, c Checkin) (Checkin, error) {
	c.Name, c.Purpose = oneLine(c.Name), strings.TrimSpace(c.Purpose)
	if c.Name == "" {
		return c, wrong("name_needed", "name", "Give the check-in a name.")
	}
	if err := fits("name", c.Name, longestName); err != nil {
		return c, err
	}
	if err := fits("purpose", c.Purpose, longestPurpose); err != nil {
		return c, err
	}
	if c.BlockerWindow == "" {
		c.BlockerWindow = "1d"
	}
	if _, err := worktime.ParseWindow(c.BlockerWindow); err != nil {
		return c, wrong("bad_window", "blocker_window", "Write the window as working hours or days, such as 4h or 1d.")
	}
	hours, err := s.people.Hours(ctx, q, a.Workspace, a.Person)
	if err != nil {
		return c, err
	}
	if c.Rhythm.V, err = c.Rhythm.V.tidy(hours.LocalDate(s.now().Time())); err != nil {
		return c, err
	}
	if c.Questions.V, err = tidyQuestions(c.Questions.V); err != nil {
		return c, err
	}
	return c, s.checkPeople(ctx, q, a, c)
}

func (s *Service) checkPeople(ctx context.Context, q db.Queryer, a actor.Actor, c Checkin) error {
	if !c.Team.IsZero() {
		if _, err := s.people.Team(ctx, q, a, c.Team); err != nil {
			return err
		}
	}
	if c.Team.IsZero() && len(c.People.V) == 0 {
		return wrong("nobody", "people", "Say whom to ask: a team, or people.")
	}
	known, err := s.people.ByIDs(ctx, q, a.Workspace, c.People.V)
	if err != nil {
		return err
	}
	reads, err := s.spaces.Readers(ctx, q, a.Workspace, c.Space)
	if err != nil {
		return err
	}
	for _, x := range c.People.V {
		p, ok := known[x]
		if !ok {
			return fault.Missing("person")
		}
		if !reads(p) {
			return fault.Newf(fault.Invalid, "cannot_read", "%s may not read this space. Add them to it first, or leave them out.", p.Name).At("people")
		}
	}
	list, err := s.people.Expand(ctx, q, a.Workspace, c.People.V, c.teams())
	if err == nil && len(list) > mostPeople {
		err = fault.Newf(fault.Invalid, "too_many", "This asks %d people. Ask at most %d with one check-in.", len(list), mostPeople).At("people")
	}
	return err
}

func (c Checkin) teams() []id.ID {
	if c.Team.IsZero() {
		return nil
	}
	return []id.ID{c.Team}
}

// opening is the first post of the thread.
func (c Checkin) opening() string {
	var b strings.Builder
	if c.Purpose != "" {
		b.WriteString(c.Purpose + "\n\n")
	}
	b.WriteString("Asked " + c.Rhythm.V.Words() + ":\n\n")
	for _, q := range c.Questions.V {
		words := q.Text
		if words == "" {
			words = "The team question of the week"
		}
		b.WriteString("- " + words + "\n")
	}
	b.WriteString("\nAnswers and reports: [" + "this check-in](" + Path(c.ID) + ")\n")
	return b.String()
}

// Path is where a check-in is.
func Path(checkin id.ID) string { return "/checkins/" + id.Encode("chk", checkin) }

// TurnPath is where a turn is answered, and its answer read.
func TurnPath(turn id.ID) string { return "/checkins/turns/" + id.Encode("turn", turn) }

// ReportPath is where a report is read.
func ReportPath(report id.ID) string { return "/checkins/reports/" + id.Encode("crep", report) }

// syncTx brings the people of a check-in up to date: whoever is in its team or named
// is asked from now on, whoever is no more is let go; others go on as planned, by
// whatever the rhythm is now.
func (s *Service) syncTx(ctx context.Context, tx *db.Tx, c Checkin) error {
	should, err := s.people.Expand(ctx, tx, tx.Workspace, c.People.V, c.teams())
	if err != nil {
		return err
	}
	known, err := s.people.ByIDs(ctx, tx, tx.Workspace, should)
	if err != nil {
		return err
	}
	reads, err := s.spaces.Readers(ctx, tx, tx.Workspace, c.Space)
	if err != nil {
		return err
	}
	have, err := peopleOf(ctx, tx, tx.Workspace, c.ID)
	if err != nil {
		return err
	}
	parts := map[id.ID]Person{}
	for _, p := range have {
		parts[p.Person] = p
	}
	asked := map[id.ID]bool{}
	for _, x := range should {
		asked[x] = reads(known[x])
		p, there := parts[x]
		if !asked[x] || there && p.Asked {
			continue
		}
		if !there {
			p = Person{Checkin: c.ID, Person: x, Reads: true}
		}
		p.Asked, p.SinceAt = true, tx.Now
		parts[x] = p
	}
	return s.planAll(ctx, tx, c, parts, asked)
}

func (s *Service) planAll(ctx context.Context, tx *db.Tx, c Checkin, parts map[id.ID]Person, asked map[id.ID]bool) error {
	var list []id.ID
	for x := range parts {
		list = append(list, x)
	}
	hours, err := s.people.HoursOf(ctx, tx, tx.Workspace, list)
	if err != nil {
		return err
	}
	for _, x := range sorted(list) {
		p := parts[x]
		if p.Asked && !asked[x] {
			if err := s.leaveTx(ctx, tx, c, x); err != nil {
				return err
			}
			continue
		}
		if err := s.planTx(ctx, tx, c, p, hours[x]); err != nil {
			return err
		}
	}
	return nil
}

// leaveTx lets somebody go who is not asked any more.
func (s *Service) leaveTx(ctx context.Context, tx *db.Tx, c Checkin, person id.ID) error {
	turns, err := openOf(ctx, tx, tx.Workspace, c.ID)
	if err != nil {
		return err
	}
	for _, t := range turns {
		if t.Person == person {
			if err := s.overTx(ctx, tx, c, t, "You are not asked any more."); err != nil {
				return err
			}
		}
	}
	for _, kind := range []string{dueAsk, dueReport} {
		if err := putDue(ctx, tx, kind, c.ID, person, 0); err != nil {
			return err
		}
	}
	return deletePerson(ctx, tx, c.ID, person)
}
