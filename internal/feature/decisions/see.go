package decisions

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Sees is what one reader may know before the end.
type Sees struct {
	Results bool // how the votes stand, and what is marked on ballots
	Reasons bool // what others say
}

// sees says what is open to a reader. It is asked wherever ballots leave the house.
func (v *seen) sees() Sees {
	r, said := v.Rules.V, v.Mine != nil && v.Mine.Voted
	if v.State == Closed || v.State == Decided {
		return Sees{true, true}
	}
	if v.State != Open {
		return Sees{}
	}
	results := r.Blind == Shown || r.Blind == UntilVoted && said
	if r.Sealed {
		return Sees{Results: results && said, Reasons: said}
	}
	return Sees{Results: results, Reasons: results}
}

// hides says that what people think is kept from those who have not had their say, or
// from everybody, for now.
func (d *Decision) hides() bool {
	return d.State == Open && (d.Rules.V.Blind != Shown || d.Rules.V.Sealed)
}

// Seen is a decision as somebody sees it, with what is open to them.
type Seen struct {
	Decision
	Sees
	Reads      bool // the space too, not this decision alone
	Mine       *Voter
	Ballot     *Ballot // the reader's own
	Result     *Result // as it stands, or as it was counted; nil while hidden
	Turnout    turnout
	Objections []Objection
	Replaces   []Decision // that the reader may see
	ReplacedBy *Decision
	May        May
}

// May says what the reader may do.
type May struct {
	Change, Open, Discard                bool // a draft
	Vote, Unvote, Revise                 bool
	Invite, Extend, Close, Withdraw      bool
	Decide, Undecide, Review, ObjectLate bool
	NameDecider                          bool
}

// See reads a decision.
func (s *Service) See(ctx context.Context, a actor.Actor, x id.ID) (out Seen, err error) {
	err = s.db.Snapshot(ctx, func(ctx context.Context, q db.Queryer) error {
		v, err := s.find(ctx, q, a, x)
		if err != nil {
			return err
		}
		out = Seen{Decision: v.Decision, Sees: v.sees(), Reads: v.Reads, Mine: v.Mine}
		if err := s.fill(ctx, q, a, &v, &out); err != nil {
			return err
		}
		out.May, err = s.may(ctx, q, a, &v, &out)
		return err
	})
	return out, err
}

func (s *Service) fill(ctx context.Context, q db.Queryer, a actor.Actor, v *seen, out *Seen) error {
	all, err := turnouts(ctx, q, a.Workspace, []id.ID{v.ID})
	if err != nil {
		return err
	}
	out.Turnout = all[v.ID]
	if v.Mine != nil && v.Mine.Voted {
		b, ok, err := s.box.Mine(ctx, q, &v.Decision, a.Person)
		if err != nil {
			return err
		}
		if ok {
			out.Ballot = &b
		}
	}
	if out.Result, err = s.standing(ctx, q, v, int(out.Turnout.Entitled)); err != nil {
		return err
	}
	list, err := objections(ctx, q, a.Workspace, v.ID)
	if err != nil {
		return err
	}
	for _, o := range list {
		if out.Reasons || o.Person == a.Person {
			out.Objections = append(out.Objections, o)
		}
	}
	return s.relatives(ctx, q, a, v, out)
}

// standing is the count as it is open to the reader: of an open decision as it stands.
func (s *Service) standing(ctx context.Context, q db.Queryer, v *seen, entitled int) (*Result, error) {
	if !v.sees().Results {
		return nil, nil
	}
	if v.State != Open {
		return v.Result.V, nil
	}
	ballots, err := s.box.Ballots(ctx, q, &v.Decision, id.ID{}, 0)
	if err != nil {
		return nil, err
	}
	r, err := v.count(entitled, ballots, false)
	return &r, err
}

// relatives are the decisions that this one replaces, and the one that replaces it.
func (s *Service) relatives(ctx context.Context, q db.Queryer, a actor.Actor, v *seen, out *Seen) error {
	list := v.Notes.V.Supersedes
	if !v.Superseded.IsZero() {
		list = append([]id.ID{v.Superseded}, list...)
	}
	for _, x := range list {
		o, err := s.find(ctx, q, a, x)
		switch {
		case fault.IsKind(err, fault.NotFound):
		case err != nil:
			return err
		case x == v.Superseded:
			out.ReplacedBy = &o.Decision
		default:
			out.Replaces = append(out.Replaces, o.Decision)
		}
	}
	return nil
}

func (s *Service) may(ctx context.Context, q db.Queryer, a actor.Actor, v *seen, out *Seen) (May, error) {
	now, leads := s.now(), v.leads(a) && v.Writes
	m := May{}
	if v.hidden() {
		m.Change, m.Open, m.Discard = true, true, true
		return m, nil
	}
	open := v.State == Open && now < v.EndsAt
	if open && v.Mine != nil {
		sealed := v.Rules.V.Sealed
		m.Vote = !v.Mine.Voted || !sealed
		m.Revise = v.Mine.Voted && sealed && out.Ballot != nil && out.Ballot.First == nil
		m.Unvote = v.Mine.Voted && !sealed && !v.Rules.V.Anonymous
	}
	m.Invite, m.Extend = leads && open, leads && open
	m.Withdraw = leads && (v.State == Open || v.State == Closed)
	m.NameDecider = leads && v.State != Withdrawn
	m.Undecide = v.State == Decided && v.Superseded.IsZero() && (leads || a.Person == v.Decider)
	m.Review = leads && v.State == Decided && v.Superseded.IsZero()
	late := s.mayObjectLate(ctx, q, v, now)
	if m.ObjectLate = late == nil; late != nil && fault.As(late) == nil {
		return m, late
	}
	if m.Decide = s.mayDecideNow(ctx, q, a, v) == nil; !leads || !open {
		return m, nil
	}
	list, err := s.here(ctx, q, &v.Decision)
	m.Close = waitingFor(list, now) == 0
	return m, err
}

// Ballots pages through what others said, as far as it is open to the reader: without
// the marks while results are hidden, without the reasons while those are.
func (s *Service) Ballots(ctx context.Context, a actor.Actor, x, after id.ID, limit int) (out []Ballot, more bool, err error) {
	err = s.db.Snapshot(ctx, func(ctx context.Context, q db.Queryer) error {
		v, err := s.find(ctx, q, a, x)
		if err != nil {
			return err
		}
		see := v.sees()
		if !see.Results && !see.Reasons {
			return nil
		}
		list, err := s.box.Ballots(ctx, q, &v.Decision, after, limit+1)
		if more = len(list) > limit; more {
			list = list[:limit]
		}
		for _, b := range list {
			out = append(out, b.opened(see))
		}
		return err
	})
	return out, more, err
}

// opened leaves of a ballot what may be seen of it.
func (b Ballot) opened(see Sees) Ballot {
	b.Marks = b.Marks.opened(see)
	if b.First != nil {
		first := b.First.opened(see)
		b.First = &first
	}
	if !see.Reasons {
		b.MovedBy, b.MovedWhy = id.ID{}, ""
	}
	return b
}

func (m Marks) opened(see Sees) Marks {
	if !see.Results {
		m = Marks{Reason: m.Reason, Reasons: m.Reasons}
	}
	if !see.Reasons {
		m.Reason, m.Reasons = "", nil
	}
	return m
}

// Voters pages through those entitled.
func (s *Service) Voters(ctx context.Context, a actor.Actor, x, after id.ID, limit int) (list []Voter, more bool, err error) {
	err = s.db.Snapshot(ctx, func(ctx context.Context, q db.Queryer) error {
		if _, err := s.find(ctx, q, a, x); err != nil {
			return err
		}
		if list, err = votersAfter(ctx, q, a.Workspace, x, after, limit+1); err != nil {
			return err
		}
		if more = len(list) > limit; more {
			list = list[:limit]
		}
		return nil
	})
	return list, more, err
}
