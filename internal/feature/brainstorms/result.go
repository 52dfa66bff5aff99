package brainstorms

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"strconv"
	"time"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/job"
	"example.org/meantime/tally"
)

// IdeaResult is what the votes say of one idea, as tally counted them.
type IdeaResult struct {
	Rank      int64            `json:"rank" doc:"1 is best; equals stand in the order drawn from the seed."`
	Score     float64          `json:"score" doc:"What the ranking goes by: the sum of the votes, or impact divided by effort."`
	Voters    int64            `json:"voters" doc:"Who gave it something; 0 in an anonymous brainstorm, where that would tell whose idea it is."`
	Mean      float64          `json:"mean" doc:"The mean of the votes, or of the impact."`
	Effort    float64          `json:"effort,omitempty" doc:"The mean of the effort."`
	Agreement float64          `json:"agreement" doc:"1: all the same; 0: half at either end, and in an anonymous brainstorm, where only spread tells of it."`
	Spread    string           `json:"spread,omitempty" doc:"agreement, mixed or split; missing when too few voted."`
	Quadrant  string           `json:"quadrant,omitempty" doc:"quick_win, big_bet, fill_in or time_sink, with impact and effort."`
	Counts    map[string]int64 `json:"counts,omitempty" doc:"How often each value was given; missing in an anonymous brainstorm."`
}

// results counts the ballots for the ideas that stand. A vote on an idea of one's own
// does not count, even where it became one's own by a merge since. Where votes are given
// out of a stock, what a voter could have given and did not counts as none.
func (b *Brainstorm) results(list []Idea, ballots []Ballot) (map[id.ID]*IdeaResult, error) {
	rule, names := b.Settings.V.Vote, map[id.ID]string{}
	var options []string
	for _, i := range list {
		if i.stands() {
			names[i.ID] = id.Encode("idea", i.ID)
			options = append(options, names[i.ID])
		}
	}
	if len(options) == 0 {
		return nil, nil
	}
	votes, voters := make([]tally.Ballot, len(ballots)), map[string]int64{}
	who := map[string]id.ID{}
	for _, t := range b.People {
		who[string(b.mark(t.Person))] = t.Person
	}
	for n, ballot := range ballots {
		own := ownOf(list, func(i Idea) bool {
			return len(i.Mark) > 0 && bytes.Equal(i.Mark, ballot.Voter) || b.wrote(who[string(ballot.Voter)], i)
		})
		votes[n] = rule.ballot(ballot.Votes.V, names, own)
		if b.Settings.V.Anonymous {
			rule.fill(votes[n], names)
		}
		for name, v := range votes[n].Scores {
			if v != 0 || !rule.gives() {
				voters[name]++
			}
		}
	}
	count, err := tally.Count(tally.Method(rule.Method), options, votes, tally.Settings{Seed: b.Seed, Budget: rule.Dots, PerOption: rule.Most})
	if err != nil {
		return nil, err
	}
	rank, figures := int64(0), map[string]tally.Figure{}
	for _, f := range count.Figures {
		figures[f.Option] = f
	}
	out := map[id.ID]*IdeaResult{}
	for _, p := range count.Places {
		for _, name := range p.Options {
			rank++
			x, err := id.Decode("idea", name)
			if err != nil {
				return nil, err
			}
			if out[x] = resultOf(figures[name], rank, voters[name]); b.Settings.V.Anonymous {
				out[x].blur(rule)
			}
		}
	}
	return out, nil
}

// ballot is one voter's votes as tally takes them.
func (r VoteRule) ballot(votes []Mark, names map[id.ID]string, own map[id.ID]bool) tally.Ballot {
	out := tally.Ballot{Scores: map[string]int64{}}
	if r.Method == Impact {
		out.Effort = map[string]int64{}
	}
	if r.gives() {
		for x, name := range names {
			if !own[x] {
				out.Scores[name] = 0
			}
		}
	}
	for _, v := range votes {
		name, stands := names[v.Idea]
		if !stands || own[v.Idea] {
			continue
		}
		out.Scores[name] = v.Value
		if r.Method == Impact {
			out.Effort[name] = v.Effort
		}
	}
	return out
}

// resultOf is one figure.
func resultOf(f tally.Figure, rank, voters int64) *IdeaResult {
	r := &IdeaResult{Rank: rank, Score: f.Total}
	if f.Spread == nil {
		return r
	}
	r.Voters, r.Mean, r.Agreement, r.Spread, r.Quadrant = voters, f.Spread.Mean, f.Spread.Agreement, string(f.Spread.Verdict), string(f.Quadrant)
	if f.Effort != nil {
		r.Effort = f.Effort.Mean
	}
	r.Counts = map[string]int64{}
	for _, v := range f.Spread.Values {
		r.Counts[strconv.FormatInt(v.Value, 10)] = v.Votes
	}
	return r
}

// Nobody votes on their own idea. So an idea on which all who voted have voted is of
// somebody who did not, and who did not vote is known: in an anonymous brainstorm no
// figure may tell on how many ballots an idea stands.

// fill gives what somebody left out, their own ideas too, a zero, where that says
// nothing for or against it.
func (r VoteRule) fill(b tally.Ballot, names map[id.ID]string) {
	if r.Method == Impact {
		return
	}
	for _, name := range names {
		if _, there := b.Scores[name]; !there {
			b.Scores[name] = 0
		}
	}
}

// blur takes out of a result what would tell how many gave the idea something: the counts,
// and of means with a divisor of their own all that is finer than a half.
func (r *IdeaResult) blur(rule VoteRule) {
	r.Voters, r.Counts, r.Agreement = 0, nil, 0
	if rule.Method != Impact {
		return
	}
	half := func(x float64) float64 { return math.Round(2*x) / 2 }
	r.Mean, r.Effort = half(r.Mean), half(r.Effort)
	r.Score = 0
	if r.Effort > 0 {
		r.Score = math.Round(10*r.Mean/r.Effort) / 10
	}
}

// open counts an anonymous vote as its results open, once: they are written on the
// ideas, and the ballots are gone. With fewer than five that say anything nothing is
// told of them; they wait for more, or are deleted at the end.
func (s *Service) open(ctx context.Context, tx *db.Tx, b *Brainstorm) error {
	if !b.Settings.V.Anonymous {
		return nil
	}
	ballots, err := loadBallots(ctx, tx, tx.Workspace, b.ID)
	if err != nil {
		return err
	}
	said := 0
	for _, x := range ballots {
		if len(x.Votes.V) > 0 {
			said++
		}
	}
	if said < fewest {
		return nil
	}
	list, err := loadIdeas(ctx, tx, tx.Workspace, b.ID, 0)
	if err != nil {
		return err
	}
	results, err := b.results(list, ballots)
	if err != nil {
		return err
	}
	for _, i := range list {
		if r := results[i.ID]; r != nil {
			i.Result.V, i.Version = r, b.Version
			if err := putIdea(ctx, tx, i); err != nil {
				return err
			}
		}
	}
	b.Settings.V.Counted = true
	if err := s.forgetKey(ctx, tx, b, job.Options{At: tx.Now.Add(claimFor)}); err != nil {
		return err
	}
	return dropBallots(ctx, tx, b.ID)
}

// claimFor is for how long an anonymous idea can be claimed once the results are open.
const claimFor = 30 * 24 * time.Hour

// final says that an anonymous vote was counted, and is not held again.
func (b *Brainstorm) final() bool { return b.Phase == Act && b.Settings.V.Counted }

// uncounted says why there is no result though there was a vote; empty otherwise.
func (b *Brainstorm) uncounted() string {
	_, votes := b.plan(Vote)
	if !votes || !b.Settings.V.Anonymous || b.Settings.V.Counted || b.Phase.before(Act) || !b.Parent.IsZero() {
		return ""
	}
	return fmt.Sprintf("Fewer than %d people voted, so no votes were counted: among fewer a result would tell who voted how.", fewest)
}
