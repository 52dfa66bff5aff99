package brainstorms

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// The ways to vote, by the names that tally has for them.
const (
	Like   = "likes"         // -1 or 1 for each idea
	Dots   = "dots"          // so many dots to give, some of them to one idea
	Points = "points"        // 100 points to give
	Scale  = "scale"         // -3 to 3 for each idea
	Impact = "impact_effort" // impact and effort, 1 to 5 each
)

// VoteRule says how a brainstorm votes.
type VoteRule struct {
	Method string `json:"method" enum:"likes,dots,points,scale,impact_effort"`
	Dots   int64  `json:"dots,omitempty" minimum:"0" maximum:"100" doc:"How many dots everybody has; 5 when missing."`
	Most   int64  `json:"most,omitempty" minimum:"0" maximum:"100" doc:"How many of them may go to one idea; 3 when missing."`
}

const allPoints = 100

func (r *VoteRule) check(votes bool) error {
	if r.Method == "" {
		r.Method = Dots
	}
	switch r.Method {
	case Dots:
		if r.Dots == 0 {
			r.Dots = 5
		}
		if r.Most == 0 {
			r.Most = min(3, r.Dots)
		}
		if r.Dots < 1 || r.Dots > 100 || r.Most < 1 || r.Most > r.Dots {
			return wrong("dots", "vote.dots", "Give everybody between 1 and 100 dots, and let no more than that go to one idea.")
		}
	case Like, Points, Scale, Impact:
		r.Dots, r.Most = 0, 0
	default:
		return wrong("method", "vote.method", "Vote by likes, dots, points, scale or impact_effort.")
	}
	return nil
}

// bounds are the least and the most that one idea can be given.
func (r VoteRule) bounds() (least, most int64) {
	switch r.Method {
	case Like:
		return -1, 1
	case Dots:
		return 0, r.Most
	case Points:
		return 0, allPoints
	case Scale:
		return -3, 3
	}
	return 1, 5
}

// gives says that votes are given out of a stock, and what is not given counts as none.
func (r VoteRule) gives() bool { return r.Method == Dots || r.Method == Points }

func (r VoteRule) stock() int64 {
	if r.Method == Dots {
		return r.Dots
	}
	return allPoints
}

// Mark is what one voter gave one idea.
type Mark struct {
	Idea   id.ID `json:"idea"`
	Value  int64 `json:"value"`
	Effort int64 `json:"effort,omitempty"`
}

// Ballot is one voter's votes; nobody else ever sees it.
type Ballot struct {
	Voter []byte          `db:"voter_mark"`
	Votes db.JSON[[]Mark] // in no order
}

// Vote puts the actor's votes in place of those they gave before. They can change them
// until the phase ends. No event tells of it.
func (s *Service) Vote(ctx context.Context, a actor.Actor, x id.ID, votes []Mark) error {
	return s.write(ctx, a, x, func(ctx context.Context, tx *db.Tx, at *at) error {
		tx.Quiet("a ballot is nobody's news")
		return s.voteTx(ctx, tx, at, votes)
	})
}

func (s *Service) voteTx(ctx context.Context, tx *db.Tx, at *at, votes []Mark) error {
	if err := at.takesPart(); err != nil {
		return err
	}
	if at.b.Phase != Vote {
		return fault.New(fault.Conflict, "not_voting", "Votes are given in the phase of voting, and this brainstorm is not in it.")
	}
	list, err := loadIdeas(ctx, tx, tx.Workspace, at.b.ID, 0)
	if err != nil {
		return err
	}
	if err := at.keyed(); err != nil {
		return err
	}
	kept, err := at.b.count(list, at.a.Person, votes)
	if err != nil {
		return err
	}
	return putBallot(ctx, tx, at.b.ID, Ballot{Voter: at.b.mark(at.a.Person), Votes: db.JSON[[]Mark]{V: kept}})
}

// count checks a ballot against the rule and the ideas that stand.
func (b *Brainstorm) count(list []Idea, voter id.ID, votes []Mark) ([]Mark, error) {
	rule, own := b.Settings.V.Vote, ownOf(list, func(i Idea) bool { return b.wrote(voter, i) })
	stands := map[id.ID]bool{}
	for _, i := range list {
		stands[i.ID] = i.stands()
	}
	least, most := rule.bounds()
	kept, seen, sum := []Mark{}, map[id.ID]bool{}, int64(0)
	for _, v := range votes {
		switch {
		case !stands[v.Idea]:
			return nil, fault.Missing("idea").At("votes")
		case seen[v.Idea]:
			return nil, wrong("twice", "votes", "An idea is in your votes twice. Give it one vote.")
		case own[v.Idea]:
			return nil, wrong("own_idea", "votes", "You cannot vote on your own idea. Leave it out.")
		case v.Value < least || v.Value > most:
			return nil, wrongf("value", "votes", "Give an idea between %d and %d.", least, most)
		case rule.Method == Impact && (v.Effort < 1 || v.Effort > 5):
			return nil, wrong("effort", "votes", "Say the impact and the effort of an idea, between 1 and 5 each.")
		case rule.Method != Impact && v.Effort != 0:
			return nil, wrong("effort", "votes", "Effort is asked only when a brainstorm votes by impact and effort.")
		}
		seen[v.Idea] = true
		sum += v.Value
		if v.Value != 0 || rule.Method == Scale {
			kept = append(kept, v)
		}
	}
	if rule.gives() && sum > rule.stock() {
		return nil, wrongf("too_many", "votes", "That is %d in all, and you have %d to give. Take some back.", sum, rule.stock())
	}
	return kept, nil
}

// ownOf are the ideas that somebody wrote, or into which one of theirs was merged.
func ownOf(list []Idea, mine func(Idea) bool) map[id.ID]bool {
	out := map[id.ID]bool{}
	for _, i := range list {
		if mine(i) {
			out[i.ID] = true
			if !i.Merged.IsZero() {
				out[i.Merged] = true
			}
		}
	}
	return out
}
