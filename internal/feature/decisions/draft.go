package decisions

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
	"example.org/meantime/worktime"
)

// NewDecision is a decision as people write it.
type NewDecision struct {
	Space   id.ID
	Title   string
	Context string // Markdown
	Kind    Kind
	Rules   Rules
	Options []Option // keys are given by their order
	Invited Invited
	Decider id.ID // whoever makes it, when zero
}

// Limits of what is written.
const (
	longestTitle   = 200 // as a thread's
	longestContext = 50_000
	longestName    = 120
	longestMeaning = 1000
	longestPrompt  = 200
	mostOptions    = 50
	mostEntitled   = 1000
)

// Make drafts a decision, which nobody else sees until it opens.
func (s *Service) Make(ctx context.Context, a actor.Actor, n NewDecision) (x id.ID, err error) {
	err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		d, err := s.MakeTx(ctx, tx, a, n)
		x = d.ID
		return err
	})
	return x, err
}

// MakeTx is Make as a part of something larger.
func (s *Service) MakeTx(ctx context.Context, tx *db.Tx, a actor.Actor, n NewDecision) (Decision, error) {
	d := Decision{WorkspaceID: tx.Workspace, ID: id.New(tx.Now), Maker: a.Person, State: Draft, MadeAt: tx.Now, Version: 1}
	if err := s.write(ctx, tx, a, &d, n); err != nil {
		return d, err
	}
	event.Append(tx, d.own(EventChanged))
	return d, insert(ctx, tx, &d)
}

// own tells whoever made a draft alone.
func (d *Decision) own(kind string) event.New {
	return event.New{Kind: kind, Actor: d.Maker, Subject: d.ref(), Concerns: []id.ID{d.Maker}}
}

// Change rewrites a draft. What is open keeps its question, its options and its rules:
// people have answered them.
func (s *Service) Change(ctx context.Context, a actor.Actor, x id.ID, n NewDecision, version int64) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		v, err := s.find(ctx, tx, a, x)
		if err != nil {
			return err
		}
		if !v.hidden() {
			return conflict("open_already", "This decision has been opened: its question, options and rules hold to the end. Copy it to ask again.")
		}
		if version != v.Version {
			return conflict("changed_since", "This draft was changed since you read it. Reload it and make your change again.")
		}
		d := v.Decision
		if err := s.write(ctx, tx, a, &d, n); err != nil {
			return err
		}
		d.Version++
		event.Append(tx, d.own(EventChanged))
		return update(ctx, tx, &d)
	})
}

// Discard deletes a draft for good.
func (s *Service) Discard(ctx context.Context, a actor.Actor, x id.ID) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		v, err := s.find(ctx, tx, a, x)
		if err != nil {
			return err
		}
		if !v.hidden() {
			return conflict("open_already", "This decision has been opened. Call it off instead, and say why.")
		}
		event.Append(tx, v.own(EventChanged))
		return remove(ctx, tx, x)
	})
}

// Copy makes a new draft of a decision, as its reader could have written it.
func (s *Service) Copy(ctx context.Context, a actor.Actor, x id.ID) (made id.ID, err error) {
	err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		v, err := s.find(ctx, tx, a, x)
		if err != nil {
			return err
		}
		n := v.asNew()
		if !n.Rules.End.IsZero() && n.Rules.End <= tx.Now {
			n.Rules.End, n.Rules.Fair = 0, usualFair
		}
		if n.Invited, err = s.stillThere(ctx, tx, a, v); err != nil {
			return err
		}
		n.Decider = id.ID{}
		d, err := s.MakeTx(ctx, tx, a, n)
		made = d.ID
		return err
	})
	return made, err
}

func (d *Decision) asNew() NewDecision {
	return NewDecision{Space: d.Space, Title: d.Title, Context: d.Context, Kind: d.Kind, Rules: d.Rules.V, Options: slices.Clone(d.Options.V), Invited: d.Invited.V, Decider: d.Decider}
}

// stillThere lists the people of an old decision who can be asked again.
func (s *Service) stillThere(ctx context.Context, q db.Queryer, a actor.Actor, v seen) (Invited, error) {
	list := v.Invited.V.People
	if !v.hidden() {
		rows, err := voters(ctx, q, a.Workspace, v.ID)
		if err != nil {
			return Invited{}, err
		}
		list = nil
		for _, r := range rows {
			list = append(list, r.Person)
		}
	}
	visible, err := s.people.Visible(ctx, q, a, list)
	if err != nil {
		return Invited{}, err
	}
	list, err = s.people.Expand(ctx, q, a.Workspace, visible, nil)
	return Invited{People: list}, err
}

// write fills a draft with what was said, and refuses what cannot be.
func (s *Service) write(ctx context.Context, q db.Queryer, a actor.Actor, d *Decision, n NewDecision) (err error) {
	if err := s.spaces.MayPost(ctx, q, a, n.Space); err != nil {
		return err
	}
	if a.Role == actor.Guest {
		return fault.New(fault.Forbidden, "not_for_guests", "Guests take part in decisions, and members of the workspace make them.")
	}
	if n.Title, err = tidyTitle(n.Title); err != nil {
		return err
	}
	if utf8.RuneCountInString(n.Context) > longestContext {
		return wrongf("too_long", "context", "Keep the context to %d characters.", longestContext)
	}
	if n.Options, err = tidyOptions(n.Kind, n.Options); err != nil {
		return err
	}
	n.Rules = n.Rules.usual(n.Kind)
	if err := n.Rules.check(n.Kind, len(n.Options), s.now()); err != nil {
		return err
	}
	if n.Decider.IsZero() {
		n.Decider = d.Maker
	}
	if err := s.mayDecide(ctx, q, a, n.Space, n.Decider); err != nil {
		return err
	}
	if _, err := s.entitled(ctx, q, a, n.Space, n.Invited); err != nil {
		return err
	}
	d.Space, d.Title, d.Context, d.Kind, d.Decider = n.Space, n.Title, strings.TrimSpace(n.Context), n.Kind, n.Decider
	d.Rules.V, d.Options.V, d.Invited.V = n.Rules, n.Options, n.Invited
	d.Words = d.searched()
	return nil
}

func tidyTitle(title string) (string, error) {
	title = strings.Join(strings.Fields(title), " ")
	switch n := utf8.RuneCountInString(title); {
	case n == 0:
		return "", wrong("title_needed", "title", "Say in a line what is to be decided.")
	case n > longestTitle:
		return "", wrongf("too_long", "title", "Keep the title to %d characters.", longestTitle)
	}
	return title, nil
}

// searched is what the register is searched by.
func (d *Decision) searched() string {
	all := []string{d.Title, text.Read(d.Context).Plain, text.Read(d.Outcome).Plain, d.Notes.V.Reason, d.Notes.V.Dissent}
	for _, o := range d.Options.V {
		all = append(all, o.Name, o.Meaning)
	}
	return text.Fold(strings.Join(all, "\n"))
}

// least is how many options a kind needs.
func least(k Kind) (n int, ok bool) {
	n, ok = map[Kind]int{SenseCheck: 2, Consent: 0, Advice: 0, Majority: 2, Approval: 2, Score: 1, Dots: 2, Ranked: 2, Time: 1}[k]
	return n, ok
}

// tidyOptions gives options their keys, and usual ones where none were named.
func tidyOptions(k Kind, list []Option) ([]Option, error) {
	need, ok := least(k)
	switch {
	case !ok:
		return nil, wrong("kind", "kind", "Choose what kind of decision it is: sense_check, consent, advice, majority, approval, score, dots, ranked or time.")
	case k == Consent && len(list) > 0:
		return nil, wrong("consent_options", "options", "Consent is given to one proposal, which stands in the context. Leave the options out.")
	case len(list) == 0 && k == SenseCheck:
		list = []Option{{Name: "Looks good"}, {Name: "Not sure"}, {Name: "Concerned"}}
	case len(list) == 0 && k == Majority:
		list = []Option{{Name: "Yes"}, {Name: "No"}}
	}
	if len(list) < need || len(list) > mostOptions {
		return nil, wrongf("options", "options", "Name between %d and %d options.", need, mostOptions)
	}
	out, names := make([]Option, len(list)), map[string]bool{}
	for i, o := range list {
		o.Key = keyOf(i)
		if err := o.tidy(k); err != nil {
			return nil, err
		}
		folded := text.Fold(o.Name)
		if names[folded] {
			return nil, wrongf("same_name", "options", "Two options are called “%s”. Give each its own name.", o.Name)
		}
		names[folded], out[i] = true, o
	}
	return out, nil
}

func (o *Option) tidy(k Kind) error {
	o.Name = strings.Join(strings.Fields(o.Name), " ")
	o.Meaning, o.Prompt = strings.TrimSpace(o.Meaning), strings.TrimSpace(o.Prompt)
	switch {
	case k != Time:
		o.Start, o.End = 0, 0
	case o.Start.IsZero():
		return wrong("start_needed", "options.start", "Say of every time when it begins.")
	case !o.End.IsZero() && o.End <= o.Start:
		return wrong("end_first", "options.end", "A time ends after it begins.")
	case o.Name == "":
		o.Name = spanName(o.Start, o.End)
	}
	switch {
	case o.Name == "":
		return wrong("name_needed", "options.name", "Give every option a name.")
	case utf8.RuneCountInString(o.Name) > longestName:
		return wrongf("too_long", "options.name", "Keep the name of an option to %d characters.", longestName)
	case utf8.RuneCountInString(o.Meaning) > longestMeaning:
		return wrongf("too_long", "options.meaning", "Keep what an option means to %d characters.", longestMeaning)
	case utf8.RuneCountInString(o.Prompt) > longestPrompt:
		return wrongf("too_long", "options.prompt", "Keep the question for a reason to %d characters.", longestPrompt)
	}
	return nil
}

// spanName names a time where nobody did: each reader is shown it in their own clock.
func spanName(from, to clock.Instant) string {
	return span(from.Time(), to.Time(), to.IsZero()) + " UTC"
}

// named is the name of an option to one reader: a time without a name of its own is
// told in their clock.
func (o Option) named(mine *worktime.Schedule) string {
	if mine == nil || o.Start.IsZero() || o.Name != spanName(o.Start, o.End) {
		return o.Name
	}
	from, to := o.Start.Time(), o.End.Time()
	return span(from.In(mine.Zone(from)), to.In(mine.Zone(from)), o.End.IsZero())
}

// span writes a time, and its end unless it is open.
func span(from, to time.Time, open bool) string {
	name := from.Format("Mon 2 Jan 2006 15:04")
	if open {
		return name
	}
	if from.Format(time.DateOnly) != to.Format(time.DateOnly) {
		return name + "–" + to.Format("Mon 2 Jan 15:04")
	}
	return name + "–" + to.Format("15:04")
}

// keyOf is A for the first option, B for the second, AA for the 27th.
func keyOf(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return keyOf(i/26-1) + string(rune('A'+i%26))
}

// mayDecide refuses a decider who could not read the space or write the outcome.
func (s *Service) mayDecide(ctx context.Context, q db.Queryer, a actor.Actor, space, decider id.ID) error {
	p, err := s.people.Find(ctx, q, a, decider)
	if err != nil {
		return err
	}
	if err := s.spaces.MayPost(ctx, q, p.Actor(), space); err != nil && fault.As(err) == nil {
		return err
	} else if err != nil || !p.Active(s.now()) || p.Bot || p.Role == actor.Guest {
		return wrongf("decider", "decider", "%s cannot write the outcome here. Name a member who may write in this space.", p.Name)
	}
	return nil
}

// asked is somebody who would be entitled.
type asked struct {
	people.Person
	Guest bool // sees this decision and nothing else of the space
}

// entitled takes people and teams apart. Whoever is named and may not read the space
// becomes a guest of this decision; of a team, they are left out.
func (s *Service) entitled(ctx context.Context, q db.Queryer, a actor.Actor, space id.ID, in Invited) ([]asked, error) {
	visible, err := s.people.Visible(ctx, q, a, in.People)
	if err != nil {
		return nil, err
	}
	if len(visible) < len(in.People) {
		return nil, fault.Missing("person").At("people")
	}
	for _, t := range in.Teams {
		if _, err := s.people.Team(ctx, q, a, t); err != nil {
			return nil, err
		}
	}
	list, err := s.people.Expand(ctx, q, a.Workspace, in.People, in.Teams)
	if err != nil {
		return nil, err
	}
	known, err := s.people.ByIDs(ctx, q, a.Workspace, append(slices.Clone(in.People), list...))
	if err != nil {
		return nil, err
	}
	for _, x := range in.People {
		if p, ok := known[x]; !ok {
			return nil, fault.Missing("person").At("people")
		} else if !p.Active(s.now()) || p.Bot {
			return nil, wrongf("not_active", "people", "%s cannot take part: not signed up, or no longer here. Leave them out.", p.Name)
		}
	}
	if len(list) > mostEntitled {
		return nil, wrongf("too_many", "people", "At most %d people are entitled in one decision.", mostEntitled)
	}
	reads, err := s.spaces.Readers(ctx, q, a.Workspace, space)
	out := []asked{}
	for _, x := range list {
		p := known[x]
		switch {
		case p.Bot:
		case reads(p):
			out = append(out, asked{Person: p})
		case slices.Contains(in.People, x):
			out = append(out, asked{Person: p, Guest: true})
		}
	}
	return out, err
}
