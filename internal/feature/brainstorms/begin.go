package brainstorms

import (
	"bytes"
	"context"
	"slices"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// NewBrainstorm is a brainstorm to be begun.
type NewBrainstorm struct {
	Space    id.ID
	Title    string
	Prompt   string // Markdown
	Template string // key of a template, for the groups it begins with
	Settings Settings
	People   []id.ID
	Teams    []id.ID // stand for their members of this moment
}

// Begin opens a brainstorm with a thread of its own and asks everybody for ideas.
// Whoever begins it facilitates it, and takes part if they are among the people.
func (s *Service) Begin(ctx context.Context, a actor.Actor, n NewBrainstorm) (x id.ID, err error) {
	err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		b, err := s.draft(ctx, tx, a, &n)
		if err != nil {
			return err
		}
		if err := s.lock(b); err != nil {
			return err
		}
		if err := s.openThread(ctx, tx, a, b); err != nil {
			return err
		}
		if err := s.beginTx(ctx, tx, b); err != nil {
			return err
		}
		x = b.ID
		return s.firstGroups(ctx, tx, b)
	})
	return x, err
}

// draft checks what is to be begun and puts it together.
func (s *Service) draft(ctx context.Context, q db.Queryer, a actor.Actor, n *NewBrainstorm) (b *Brainstorm, err error) {
	now := s.now()
	if tx, ok := q.(*db.Tx); ok {
		now = tx.Now
	}
	if err := s.spaces.MayPost(ctx, q, a, n.Space); err != nil {
		return nil, err
	}
	b = &Brainstorm{WorkspaceID: a.Workspace, ID: id.New(now), Space: n.Space, Facilitator: a.Person, CreatedAt: now, Seed: newSeed(), Secret: random(32)}
	if b.Title, err = titled(n.Title); err != nil {
		return nil, err
	}
	if b.Prompt, err = words(n.Prompt, "prompt", longestPrompt); err != nil {
		return nil, err
	}
	if _, ok := templateOf(n.Template); n.Template != "" && !ok {
		return nil, wrong("template", "template", "There is no such template.")
	}
	b.Settings.V = n.Settings
	b.Settings.V.Template = n.Template
	if err := b.Settings.V.check(now); err != nil {
		return nil, err
	}
	b.Phase, b.PhaseN, b.PhaseAt = Collect, 1, now
	list, err := s.invited(ctx, q, a, b.Space, n.People, n.Teams)
	if err != nil {
		return nil, err
	}
	if b.Settings.V.Anonymous && len(list) < fewest {
		return nil, wrongf("too_few", "people", "An anonymous brainstorm needs at least %d people: among fewer everybody could guess. Name more, or let ideas stand under their authors' names.", fewest)
	}
	for _, p := range list {
		b.People = append(b.People, Taker{Person: p, AddedAt: now})
	}
	return b, nil
}

// invited are the people meant, teams taken apart: active, seen by the actor, and
// readers of the space. Somebody named who is not is refused by name; members of teams
// who are not are left out.
func (s *Service) invited(ctx context.Context, q db.Queryer, a actor.Actor, space id.ID, persons, teams []id.ID) ([]id.ID, error) {
	for _, t := range teams {
		if _, err := s.people.Team(ctx, q, a, t); err != nil {
			return nil, err
		}
	}
	seen, err := s.people.Visible(ctx, q, a, persons)
	if err != nil {
		return nil, err
	}
	for _, p := range persons {
		if !slices.Contains(seen, p) {
			return nil, fault.Missing("person").At("people")
		}
	}
	list, err := s.people.Expand(ctx, q, a.Workspace, persons, teams)
	if err != nil {
		return nil, err
	}
	known, err := s.people.ByIDs(ctx, q, a.Workspace, append(slices.Clone(persons), list...))
	if err != nil {
		return nil, err
	}
	reads, err := s.spaces.Readers(ctx, q, a.Workspace, space)
	if err != nil {
		return nil, err
	}
	may := func(p people.Person) bool { return reads(p) && !p.Bot }
	for _, x := range persons {
		if p := known[x]; !may(p) {
			return nil, wrongf("cannot_take_part", "people", "%s cannot take part: they may not read this space, or are not here any more.", p.Name)
		}
	}
	list = slices.DeleteFunc(list, func(x id.ID) bool { return !may(known[x]) })
	switch {
	case len(list) == 0:
		return nil, wrong("nobody", "people", "Say who is to take part.")
	case len(list) > MostPeople:
		return nil, wrongf("too_many", "people", "That is %d people; at most %d take part in one brainstorm.", len(list), MostPeople)
	}
	slices.SortFunc(list, func(x, y id.ID) int { return bytes.Compare(x[:], y[:]) })
	return slices.Compact(list), nil
}

// openThread opens the thread in which the brainstorm is discussed.
func (s *Service) openThread(ctx context.Context, tx *db.Tx, a actor.Actor, b *Brainstorm) error {
	t, err := s.spaces.OpenThreadTx(ctx, tx, a, spaces.NewThread{Space: b.Space, Title: b.Title, Purpose: "A brainstorm, and what is said about it."})
	if err != nil {
		return err
	}
	markdown := "[Take part in the brainstorm](" + Path(b.ID) + ")"
	if b.Prompt != "" {
		markdown = b.Prompt + "\n\n" + markdown
	}
	p, err := s.spaces.PostTx(ctx, tx, a, spaces.NewPost{Thread: t.ID, Markdown: markdown, Info: true})
	b.Thread, b.Post = t.ID, p.ID
	return err
}

// beginTx writes a brainstorm whose thread is there, and asks for its first phase.
func (s *Service) beginTx(ctx context.Context, tx *db.Tx, b *Brainstorm) error {
	b.Version, b.Base = 1, 1
	if err := s.endAt(ctx, tx, b, b.People); err != nil {
		return err
	}
	if err := insert(ctx, tx, b); err != nil {
		return err
	}
	event.Append(tx, event.New{Kind: EventBegun, Actor: b.Facilitator, Subject: ref(b.ID), Space: b.Space, Thread: b.Thread, Due: b.EndsAt})
	return s.expectAnew(ctx, tx, b, b.People)
}

func (s *Service) firstGroups(ctx context.Context, tx *db.Tx, b *Brainstorm) error {
	t, _ := templateOf(b.Settings.V.Template)
	for n, name := range t.Groups {
		if err := putGroup(ctx, tx, Group{ID: id.New(tx.Now), Board: b.ID, Name: name, Place: int64(n+1) * gap, Version: b.Version}); err != nil {
			return err
		}
	}
	return nil
}

// Ahead is when each phase would end if nobody was done before; End zero where that is
// not within five years, or by hand.
type Ahead struct {
	Phase      Phase
	Begin, End clock.Instant
	Shares     []people.Share
	Hours      map[id.ID]time.Duration // before a fixed end
	Without    *Without
}

// Forecast says how a brainstorm would go before it is begun: by the hours that people
// have now, each phase following the one before.
func (s *Service) Forecast(ctx context.Context, a actor.Actor, n NewBrainstorm) (out []Ahead, err error) {
	if n.Title == "" {
		n.Title = "…"
	}
	b, err := s.draft(ctx, s.db, a, &n)
	if err != nil {
		return nil, err
	}
	return s.ahead(ctx, s.db, b, b.People)
}

// ForecastChange says how a brainstorm would go on from its present phase with another
// plan; nil leaves what it has.
func (s *Service) ForecastChange(ctx context.Context, a actor.Actor, x id.ID, plan *[]Step, byHand *bool) (out []Ahead, err error) {
	err = s.db.Snapshot(ctx, func(ctx context.Context, q db.Queryer) error {
		at, err := s.find(ctx, q, a, x)
		if err != nil {
			return err
		}
		if err := at.leads(); err != nil {
			return err
		}
		b := at.b
		if byHand != nil {
			b.Settings.V.ByHand = *byHand
		}
		if plan != nil {
			if err := b.replan(*plan, s.now()); err != nil {
				return err
			}
		}
		who, err := s.eligible(ctx, q, b)
		if err != nil {
			return err
		}
		out, err = s.ahead(ctx, q, b, who)
		return err
	})
	return out, err
}

// ahead goes through the phases from the present one; it leaves b in the last.
func (s *Service) ahead(ctx context.Context, q db.Queryer, b *Brainstorm, who []Taker) (out []Ahead, err error) {
	for _, step := range b.Settings.V.Plan {
		if step.Phase.before(b.Phase) {
			continue
		}
		b.Phase = step.Phase
		one := Ahead{Phase: step.Phase, Begin: b.PhaseAt}
		if one.Shares, err = s.shares(ctx, q, b, who); err != nil {
			return nil, err
		}
		if one.Hours, err = s.hoursBefore(ctx, q, b, who); err != nil {
			return nil, err
		}
		if err := s.endAt(ctx, q, b, who); err != nil {
			return nil, err
		}
		one.End = b.EndsAt
		if one.Without, err = s.leaveOut(ctx, q, b.WorkspaceID, one); err != nil {
			return nil, err
		}
		out = append(out, one)
		if b.EndsAt.IsZero() {
			break // what follows begins by hand
		}
		b.PhaseAt, b.PhaseN = b.EndsAt, b.PhaseN+1
		for i := range who {
			who[i].AddedAt = b.PhaseAt
		}
	}
	return out, nil
}
