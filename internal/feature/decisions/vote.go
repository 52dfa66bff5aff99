package decisions

import (
	"context"
	"strings"
	"unicode/utf8"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// box keeps ballots. That somebody has had their say is kept by the voters' rows, what
// they said by the box alone.
type box interface {
	// CastTx puts a ballot in, in place of the voter's earlier one.
	CastTx(ctx context.Context, tx *db.Tx, d *Decision, b Ballot) error
	// TakeTx takes the voter's ballot out again.
	TakeTx(ctx context.Context, tx *db.Tx, d *Decision, voter id.ID) error
	// Mine is the ballot of a voter, to be shown to them alone.
	Mine(ctx context.Context, q db.Queryer, d *Decision, voter id.ID) (Ballot, bool, error)
	// Ballots are up to limit of them, or all with 0, after one of a voter.
	Ballots(ctx context.Context, q db.Queryer, d *Decision, after id.ID, limit int) ([]Ballot, error)
}

// named keeps ballots under their voters' names.
type named struct{}

func (named) CastTx(ctx context.Context, tx *db.Tx, _ *Decision, b Ballot) error {
	return putBallot(ctx, tx, b)
}

func (named) TakeTx(ctx context.Context, tx *db.Tx, d *Decision, voter id.ID) error {
	return deleteBallot(ctx, tx, d.ID, voter)
}

func (named) Mine(ctx context.Context, q db.Queryer, d *Decision, voter id.ID) (Ballot, bool, error) {
	return ballotOf(ctx, q, d.WorkspaceID, d.ID, voter)
}

func (named) Ballots(ctx context.Context, q db.Queryer, d *Decision, after id.ID, limit int) ([]Ballot, error) {
	return ballotsAfter(ctx, q, d.WorkspaceID, d.ID, after, limit)
}

// Moved says what changed somebody's mind, of a revision under sealed reasons.
type Moved struct {
	By  id.ID // whose reason it was; zero when it was none of them
	Why string
}

// Vote casts the actor's ballot, or casts it anew.
func (s *Service) Vote(ctx context.Context, a actor.Actor, x id.ID, m Marks, moved Moved) (out Ballot, err error) {
	err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		out, err = s.voteTx(ctx, tx, a, x, m, moved)
		return err
	})
	return out, err
}

// ReadLine reads what somebody wrote in a line as a ballot of a decision.
func (s *Service) ReadLine(ctx context.Context, a actor.Actor, x id.ID, line, reason string) (Marks, error) {
	v, err := s.find(ctx, s.db, a, x)
	if err != nil {
		return Marks{}, err
	}
	m, ok, err := v.Read(line, reason)
	if err != nil {
		return m, err
	}
	if !ok {
		return m, wrong("unclear", "line", "This could not be read as a vote. Write the name, number or letter of an option; “B > A > C”; “A 4, B 2”; “consent” or “object: why”; or “abstain”.")
	}
	return m, nil
}

func (s *Service) voteTx(ctx context.Context, tx *db.Tx, a actor.Actor, x id.ID, m Marks, moved Moved) (b Ballot, err error) {
	v, err := s.mayVote(ctx, tx, a, x)
	if err != nil {
		return b, err
	}
	d := &v.Decision
	if err := d.needsName(voteOnThePage); err != nil {
		return b, err
	}
	if m, err = d.tidy(m); err != nil {
		return b, err
	}
	b = Ballot{DecisionID: d.ID, Person: a.Person, Marks: m, CastAt: tx.Now, ChangedAt: tx.Now}
	old, voted, err := s.box.Mine(ctx, tx, d, a.Person)
	if err != nil {
		return b, err
	}
	if voted {
		b.CastAt = old.CastAt
		if d.Rules.V.Sealed {
			if err := s.revise(ctx, tx, d, old, &b, moved); err != nil {
				return b, err
			}
		}
	}
	if err := s.box.CastTx(ctx, tx, d, b); err != nil {
		return b, err
	}
	if err := s.objectTx(ctx, tx, d, b); err != nil {
		return b, err
	}
	return b, s.hasVoted(ctx, tx, &v)
}

// revise allows one revision once the others' reasons are open, which says what
// changed one's mind.
func (s *Service) revise(ctx context.Context, tx *db.Tx, d *Decision, old Ballot, b *Ballot, moved Moved) error {
	if old.First != nil {
		return conflict("revised_already", "You have changed your ballot once, as sealed reasons allow. It stays as it is.")
	}
	moved.Why = strings.TrimSpace(moved.Why)
	switch {
	case moved.By.IsZero() && moved.Why == "":
		return wrong("moved_needed", "moved", "Say what changed your mind: whose reason, or which argument.")
	case utf8.RuneCountInString(moved.Why) > longestReason:
		return tooLong()
	case moved.By == b.Person:
		return wrong("moved_self", "moved", "Name the reason of somebody else, or say it in your own words.")
	}
	if !moved.By.IsZero() {
		_, ok, err := s.box.Mine(ctx, tx, d, moved.By)
		if err != nil {
			return err
		}
		if !ok {
			return fault.Missing("reason").At("moved")
		}
	}
	first := old.Marks
	b.First, b.MovedBy, b.MovedWhy = &first, moved.By, moved.Why
	return nil
}

// mayVote finds an open decision in which the actor is entitled.
func (s *Service) mayVote(ctx context.Context, tx *db.Tx, a actor.Actor, x id.ID) (v seen, err error) {
	if v, err = s.find(ctx, tx, a, x); err != nil {
		return v, err
	}
	if v.Mine == nil {
		return v, fault.New(fault.Forbidden, "not_entitled", "You are not among those entitled in this decision. You can say what you think in its thread.")
	}
	return v, s.stillOpen(ctx, tx, &v)
}

// stillOpen refuses once the end has come. An end that hours have moved meanwhile is
// looked at first, so that nobody is refused in their own time.
func (s *Service) stillOpen(ctx context.Context, tx *db.Tx, v *seen) error {
	d := &v.Decision
	if d.State == Open && tx.Now >= d.EndsAt {
		if err := s.advance(ctx, tx, d); err != nil {
			return err
		}
	}
	switch d.State {
	case Open:
		return nil
	case Draft, Scheduled:
		return conflict("not_open", "This decision has not been opened yet.")
	}
	return conflict("closed", "This decision has ended.")
}

// Unvote takes the actor's ballot back while the decision is open.
func (s *Service) Unvote(ctx context.Context, a actor.Actor, x id.ID) error {
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		v, err := s.mayVote(ctx, tx, a, x)
		if err != nil {
			return err
		}
		d := &v.Decision
		if err := d.needsName(takesNothing); err != nil {
			return err
		}
		switch _, ok, err := s.box.Mine(ctx, tx, d, a.Person); {
		case err != nil:
			return err
		case !ok:
			return conflict("not_voted", "There is no ballot of yours to take back.")
		case d.Rules.V.Sealed:
			return conflict("sealed", "Under sealed reasons a ballot cannot be taken back; it can be changed once.")
		}
		if err := s.box.TakeTx(ctx, tx, d, a.Person); err != nil {
			return err
		}
		if err := s.unobject(ctx, tx, d, a.Person, "Took the ballot back."); err != nil {
			return err
		}
		mine := *v.Mine
		mine.Voted = false
		event.Append(tx, d.event(EventVoted, a.Person, nil))
		if err := putVoter(ctx, tx, mine); err != nil {
			return err
		}
		return s.lookNow(ctx, tx, d) // their share may not have passed
	})
}

// lookNow has the pulse look at a decision that may end otherwise than was planned.
func (s *Service) lookNow(ctx context.Context, tx *db.Tx, d *Decision) error {
	return setLook(ctx, tx, d.ID, tx.Now)
}
