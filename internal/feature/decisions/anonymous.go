package decisions

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"example.org/meantime/internal/feature/decisions/sealed"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// What is voted without names goes by other ways than what has them: into a sealed box,
// from which nothing comes before the end, and out of it to all at once. The voters'
// rows say who has voted, as everywhere.

// checkAnonymous refuses what cannot be kept without names.
func (r Rules) checkAnonymous(k Kind) error {
	switch {
	case !r.Anonymous:
		return nil
	case k == Consent || k == Advice:
		return wrong("anonymous_kind", "anonymous", "An objection is settled with whoever made it, and advice is asked of somebody: these kinds carry names. Choose another kind, or leave the names.")
	case r.Blind != UntilClosed:
		return wrong("anonymous_blind", "blind", "Nobody can count an anonymous vote before its end: hide the results until_closed.")
	case r.Sealed:
		return wrong("anonymous_sealed", "sealed", "Reasons without names are read at the end only, so there is nothing to revise by them.")
	case r.Objections != 0:
		return wrong("anonymous_objections", "objections", "What was voted without names is opened once and for good, so the absent cannot object afterwards. Give everybody more hours instead.")
	}
	return nil
}

// Room that a ballot has: for a mark on each option, and for reasons.
const (
	bytesForMarks   = 64
	bytesPerOption  = 24
	bytesForReasons = 2048
)

// makeBox makes the box of an anonymous decision that opens.
func (s *Service) makeBox(ctx context.Context, tx *db.Tx, d *Decision, entitled int) error {
	if !d.Rules.V.Anonymous {
		return nil
	}
	if entitled < sealed.Fewest {
		return wrongf("too_few", "people", "With fewer than %d people a vote is not anonymous. Entitle more, or vote with names.", sealed.Fewest)
	}
	room := bytesForMarks + bytesPerOption*len(d.Options.V)
	if d.Rules.V.Reasons != ReasonsOff {
		room += bytesForReasons
	}
	return s.boxes.MakeTx(ctx, tx, d.ID, sealed.Spec{Voters: entitled, BallotBytes: room})
}

// VoteSealed casts the actor's ballot without their name, or casts it anew: then with
// the receipt that the first one was cast with. The receipt is made by the voter's own
// program and forgotten here. The code is what will be published for it.
func (s *Service) VoteSealed(ctx context.Context, a actor.Actor, x id.ID, m Marks, receipt string) (code string, err error) {
	err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		code, err = s.voteSealedTx(ctx, tx, a, x, m, receipt)
		return err
	})
	return code, err
}

func (s *Service) voteSealedTx(ctx context.Context, tx *db.Tx, a actor.Actor, x id.ID, m Marks, receipt string) (code string, err error) {
	v, err := s.mayVote(ctx, tx, a, x)
	if err != nil {
		return "", err
	}
	d := &v.Decision
	if !d.Rules.V.Anonymous {
		return "", conflict("named", "This decision carries names. Vote with your name, or say what you think in its thread.")
	}
	if m, err = d.tidy(m); err != nil {
		return "", err
	}
	ballot, err := json.Marshal(m.plain())
	if err != nil {
		return "", err
	}
	code, err = s.boxes.CastTx(ctx, tx, sealed.Cast{Box: d.ID, Person: a.Person, Secret: receipt, Ballot: ballot, Voted: v.Mine.Voted})
	if err != nil {
		return "", err
	}
	if v.Mine.Voted {
		tx.Quiet("that a ballot without a name was changed is told to nobody")
		return code, nil
	}
	return code, s.hasVoted(ctx, tx, &v)
}

// hasVoted says that somebody has had their say, and nothing of what they said.
func (s *Service) hasVoted(ctx context.Context, tx *db.Tx, v *seen) error {
	mine := *v.Mine
	mine.Voted, mine.Declined = true, false
	if err := putVoter(ctx, tx, mine); err != nil {
		return err
	}
	event.Append(tx, v.event(EventVoted, mine.Person, nil))
	if err := s.asks.HeldDoneTx(ctx, tx, v.thing(toVote), mine.Person, ""); err != nil {
		return err
	}
	return s.endEarly(ctx, tx, &v.Decision)
}

// plain are marks from which the order of clicks cannot be read.
func (m Marks) plain() Marks {
	m.Approved = slices.Sorted(slices.Values(m.Approved))
	ranking := make([][]string, len(m.Ranking))
	for i, group := range m.Ranking {
		ranking[i] = slices.Sorted(slices.Values(group))
	}
	m.Ranking = ranking
	return m
}

// needsName refuses what cannot be done where nobody knows whose ballot is whose.
func (d *Decision) needsName(sentence string) error {
	if d.Rules.V.Anonymous {
		return conflict("anonymous", sentence)
	}
	return nil
}

const (
	voteOnThePage = "This vote is anonymous, and what comes by mail or by link is kept with your name. Vote on its page, or with the command line."
	takesNothing  = "Your ballot carries no name, so it cannot be found to be taken back. With your receipt you can change it, to an abstention too."
)

// countAtEnd counts a decision that ends. The box of an anonymous one is opened with
// it, or destroyed when too few are in it.
func (s *Service) countAtEnd(ctx context.Context, tx *db.Tx, d *Decision, list []Voter) (Result, error) {
	if !d.Rules.V.Anonymous {
		ballots, err := s.box.Ballots(ctx, tx, d, id.ID{}, 0)
		if err != nil {
			return Result{}, err
		}
		return d.count(len(list), ballots, true)
	}
	voted := 0
	for _, v := range list {
		if v.Voted {
			voted++
		}
	}
	box, err := s.boxes.CloseTx(ctx, tx, d.ID)
	if err != nil {
		return Result{}, err
	}
	if box.State != sealed.Opened {
		return Result{Entitled: len(list), Voted: voted, Silent: len(list) - voted, Unopened: string(box.State)}, nil
	}
	ballots, err := nameless(d, box.Ballots)
	if err != nil {
		return Result{}, err
	}
	r, err := d.count(len(list), ballots, true)
	r.Missing = voted - len(ballots)
	return r, err
}

// waitForKey leaves a decision open whose box cannot be opened now, says why, and has
// it tried again: a folder that several nodes share may come back. Its maker may call
// it off.
func (s *Service) waitForKey(ctx context.Context, tx *db.Tx, d *Decision, why error) error {
	d.LookAt = tx.Now.Add(later)
	if words := fault.As(why).Sentence; d.EndedWhy != words {
		d.EndedWhy = words
		d.Version++
		event.Append(tx, d.event(EventChanged, id.ID{}, nil, d.Maker, d.Decider))
	}
	return update(ctx, tx, d)
}

func nameless(d *Decision, list [][]byte) ([]Ballot, error) {
	out := make([]Ballot, len(list))
	for i, b := range list {
		out[i].DecisionID = d.ID
		if err := json.Unmarshal(b, &out[i].Marks); err != nil {
			return nil, fmt.Errorf("decisions: a ballot of %s: %w", d.ID, err)
		}
	}
	return out, nil
}

// whyUnopened says in words how a box ended that was not opened.
func whyUnopened(state sealed.State) string {
	switch state {
	case sealed.Few:
		return fmt.Sprintf("Fewer than %d people voted, so no ballot was opened, and all were destroyed.", sealed.Fewest)
	case sealed.Lost:
		return "The key of this vote was lost, so its ballots could not be opened."
	}
	return ""
}

// Secrecy is what a voter is told before voting.
type Secrecy struct {
	Anonymous  bool
	Kept       []string // what is kept of a vote, a sentence each
	Receipt    string   // what a receipt shows and what not
	Fewest     int
	KeyMissing bool // nobody can vote or close while it is
	State      sealed.State
}

// Secrecy says to whoever may see a decision what is kept of a vote in it.
func (s *Service) Secrecy(ctx context.Context, a actor.Actor, x id.ID) (out Secrecy, err error) {
	v, err := s.find(ctx, s.db, a, x)
	if err != nil || !v.Rules.V.Anonymous {
		out.Kept = []string{"What you vote is kept with your name, and so are your reasons."}
		return out, err
	}
	out = Secrecy{Anonymous: true, Kept: sealed.Kept(), Receipt: sealed.Receipt, Fewest: sealed.Fewest}
	box, there, err := s.boxes.Find(ctx, s.db, a.Workspace, x)
	out.State = box.State
	out.KeyMissing = there && box.State == sealed.Open && !s.boxes.HasKey(x)
	return out, err
}

// Opened reads the ballots without names after the n-th; none before the end.
func (s *Service) Opened(ctx context.Context, a actor.Actor, x id.ID, after, limit int) ([]Ballot, error) {
	v, err := s.find(ctx, s.db, a, x)
	if err != nil {
		return nil, err
	}
	list, err := s.boxes.Ballots(ctx, s.db, a.Workspace, x, after, limit)
	if err != nil {
		return nil, err
	}
	return nameless(&v.Decision, list)
}

// Codes reads the codes of the receipts after the n-th; none before the end.
func (s *Service) Codes(ctx context.Context, a actor.Actor, x id.ID, after, limit int) ([]string, error) {
	if _, err := s.find(ctx, s.db, a, x); err != nil {
		return nil, err
	}
	return s.boxes.Codes(ctx, s.db, a.Workspace, x, after, limit)
}

// lose destroys the box of a decision that is called off.
func (s *Service) lose(ctx context.Context, tx *db.Tx, d *Decision) error {
	if !d.Rules.V.Anonymous {
		return nil
	}
	return s.boxes.LoseTx(ctx, tx, d.ID)
}
