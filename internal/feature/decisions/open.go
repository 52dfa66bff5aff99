package decisions

import (
	"context"
	"crypto/rand"
	"strings"

	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// Open opens a draft, now or at an instant to come. Zero opens it now.
func (s *Service) Open(ctx context.Context, a actor.Actor, x id.ID, at clock.Instant) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		v, err := s.find(ctx, tx, a, x)
		if err != nil {
			return err
		}
		if !v.hidden() {
			return conflict("open_already", "This decision has been opened already.")
		}
		return s.openAt(ctx, tx, a, &v.Decision, at)
	})
}

// openAt opens a draft that its maker may open.
func (s *Service) openAt(ctx context.Context, tx *db.Tx, a actor.Actor, d *Decision, at clock.Instant) error {
	if at.IsZero() || at <= tx.Now {
		return s.openTx(ctx, tx, a, d)
	}
	if at > tx.Now.Add(maxAhead) {
		return wrong("too_far", "opens_at", "Let it open within a year.")
	}
	if end := d.Rules.V.End; !end.IsZero() && end <= at {
		return wrong("end_first", "opens_at", "It would end before it opens.")
	}
	who, err := s.entitled(ctx, tx, a, d.Space, d.Invited.V)
	if err == nil && len(who) == 0 {
		err = nobodyAsked()
	}
	if err != nil {
		return err
	}
	d.State, d.OpensAt, d.LookAt = Scheduled, at, at
	d.Version++
	event.Append(tx, d.own(EventChanged))
	return update(ctx, tx, d)
}

const maxAhead = 366 * 24 * 60 * 60 * 1e9

// Unschedule makes a draft again of a decision that would open by itself.
func (s *Service) Unschedule(ctx context.Context, a actor.Actor, x id.ID) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		v, err := s.find(ctx, tx, a, x)
		if err != nil {
			return err
		}
		if v.State != Scheduled {
			return conflict("not_scheduled", "This decision is not waiting to open.")
		}
		d := v.Decision
		d.State, d.OpensAt, d.LookAt = Draft, 0, 0
		d.Version++
		event.Append(tx, d.own(EventChanged))
		return update(ctx, tx, &d)
	})
}

func nobodyAsked() error {
	return wrong("nobody", "people", "Say who is entitled: people, teams or both.")
}

// openTx opens it: with its thread, those entitled, the seed that breaks ties, its end,
// and what is expected of whom.
func (s *Service) openTx(ctx context.Context, tx *db.Tx, a actor.Actor, d *Decision) error {
	if err := d.Rules.V.check(d.Kind, len(d.Options.V), tx.Now); err != nil {
		return err
	}
	who, err := s.entitled(ctx, tx, a, d.Space, d.Invited.V)
	if err == nil && len(who) == 0 {
		err = nobodyAsked()
	}
	if err != nil {
		return err
	}
	t, err := s.spaces.OpenThreadTx(ctx, tx, a, spaces.NewThread{Space: d.Space, Title: d.Title})
	if err != nil {
		return err
	}
	post, err := s.spaces.PostTx(ctx, tx, a, spaces.NewPost{Thread: t.ID, Markdown: d.opening()})
	if err != nil {
		return err
	}
	d.Thread, d.Post, d.Seed = t.ID, post.ID, rand.Text()
	d.State, d.OpenedAt, d.OpensAt = Open, tx.Now, 0
	d.Version++
	list := make([]Voter, len(who))
	for i, p := range who {
		list[i] = Voter{DecisionID: d.ID, Person: p.ID, Guest: p.Guest, From: tx.Now}
	}
	if list, err = s.begin(ctx, tx, d, list); err != nil {
		return err
	}
	if err := s.makeBox(ctx, tx, d, len(list)); err != nil {
		return err
	}
	d.LookAt = d.EndsAt
	event.Append(tx, d.event(EventOpened, a.Person, nil))
	if err := s.expect(ctx, tx, d, a.Person, list); err != nil {
		return err
	}
	return update(ctx, tx, d)
}

// begin writes down who is entitled, and by when each has had their share.
func (s *Service) begin(ctx context.Context, tx *db.Tx, d *Decision, list []Voter) ([]Voter, error) {
	r := d.Rules.V
	d.EndsAt = r.End
	if r.Fair != 0 {
		here, err := s.shares(ctx, tx, tx.Workspace, list, r.Fair)
		if err != nil {
			return nil, err
		}
		list, d.EndsAt = here, lastShare(here, true)
		if d.EndsAt.IsZero() {
			return nil, fault.New(fault.Invalid, "unreachable", "Nobody of those entitled has any working hours in sight. Pick a fixed end instead.").At("fair")
		}
	}
	for _, v := range list {
		if err := putVoter(ctx, tx, v); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// opening is the first post of the thread: what it is about, and where to vote.
func (d *Decision) opening() string {
	var b strings.Builder
	if d.Context != "" {
		b.WriteString(d.Context + "\n\n")
	}
	for _, o := range d.Options.V {
		b.WriteString("- **" + escaped(o.Name) + "**")
		if o.Meaning != "" {
			b.WriteString(": " + strings.Join(strings.Fields(o.Meaning), " "))
		}
		b.WriteString("\n")
	}
	if len(d.Options.V) > 0 {
		b.WriteString("\n")
	}
	b.WriteString("[" + invitation(d.Kind) + "](" + d.Path() + ")")
	return b.String()
}

// asked is what is asked in a mail to one person: the options with their letters, times
// in the person's own clock.
func (d *Decision) asked(mine *worktime.Schedule) string {
	parts := []string{d.Context}
	for _, o := range d.Options.V {
		line := o.Key + ". **" + escaped(o.named(mine)) + "**"
		if o.Meaning != "" {
			line += ": " + strings.Join(strings.Fields(o.Meaning), " ")
		}
		parts = append(parts, line)
	}
	return strings.TrimSpace(strings.Join(parts, "\n\n"))
}

func invitation(k Kind) string {
	switch k {
	case Consent:
		return "Consent or object"
	case Advice:
		return "Give your advice"
	case SenseCheck:
		return "Say how it looks to you"
	case Time:
		return "Say when you can"
	}
	return "Vote"
}

// escaped keeps a name from being read as Markdown.
func escaped(s string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "`", "\\`", "<", `\<`, "@", "@\u200b").Replace(s)
}
